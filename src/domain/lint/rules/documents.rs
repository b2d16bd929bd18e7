//! Rules about documents as a whole.

use crate::domain::link::resolve_url;
use crate::domain::lint::related::Related;
use crate::domain::lint::subject::Subject;
use crate::domain::lint::{Rule, Severity};
use crate::error::Problem;

pub const RULES: &[Rule] = &[
    Rule { name: "invalid", severity: Severity::Error, check: invalid },
    Rule { name: "dead-reference", severity: Severity::Error, check: dead_reference },
];

/// A document that could not be saved.
fn invalid(subject: &Subject<'_>, _: &Related, problems: &mut Vec<Problem>) {
    problems.extend(subject.invalid.iter().cloned());
}

/// References to subjects, and to sizes of models, that do not exist; addresses that cannot be resolved.
fn dead_reference(subject: &Subject<'_>, related: &Related, problems: &mut Vec<Problem>) {
    let mut dead = |field: String, message: String| problems.push(Problem { field, message });
    for (field, subject, slug) in &subject.references {
        if !related.contains(*subject, slug) {
            dead(field.clone(), format!("is {:?}, but there is no such {}", slug.as_str(), subject.table()));
        }
    }
    for (index, base) in subject.model().into_iter().flat_map(|model| &model.bases).enumerate() {
        let known = related.model.get(&base.model).zip(base.size.as_ref());
        if let Some((model, label)) =
            known.filter(|(model, label)| model.sizes.iter().all(|size| size.label != **label))
        {
            dead(
                format!("bases.{index}.size"),
                format!("is {label:?}, but {:?} has no such size", model.slug.as_str()),
            );
        }
    }
    for (index, link) in subject.links.iter().enumerate().filter(|(_, link)| resolve_url(&link.url).is_none()) {
        dead(format!("links.{index}.url"), format!("is {:?}, which is no address", link.url));
    }
}
