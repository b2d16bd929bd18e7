//! Rules about licenses.

use entity::vocabulary::CommercialUse;

use crate::domain::evidence::fact_state::part_path;
use crate::domain::lint::related::{MAX_ANCESTOR_STEPS, Related};
use crate::domain::lint::subject::Subject;
use crate::domain::lint::{Rule, Severity};
use crate::domain::model::ModelDocument;
use crate::domain::slug::Slug;
use crate::error::Problem;

pub const RULES: &[Rule] = &[
    Rule { name: "less-restrictive-than-base", severity: Severity::Warning, check: less_restrictive_than_base },
    Rule { name: "unreviewed-license", severity: Severity::Warning, check: unreviewed_license },
];

/// A derived model, or one of its sizes, that permits a commercial use that a model does not permit whose weights it contains.
fn less_restrictive_than_base(subject: &Subject<'_>, related: &Related, problems: &mut Vec<Problem>) {
    let Some(model) = subject.model() else { return };
    let labels = model.sizes.iter().map(|size| size.label.as_str()).chain(model.sizes.is_empty().then_some(""));
    for (label, own) in labels.zip(related.uses(model)) {
        let Some(own) = strictness(own) else { continue };
        for (ancestor, slug, size) in ancestors(model, label, related) {
            let uses = related.uses(ancestor);
            let same = ancestor.sizes.iter().position(|other| other.label == size);
            // Without a size of that label it is not known which one it was derived from: the least strict one counts.
            let uses = same.map_or(&uses[..], |index| &uses[index..=index]);
            let Some(base) = uses.iter().map(|one| strictness(*one)).min().flatten().filter(|base| own < *base) else {
                continue;
            };
            let message = format!(
                "permits commercial use as {}, but {:?}, which it was derived from, as {}",
                WORDS[own].word(),
                slug.as_str(),
                WORDS[base].word()
            );
            problems.push(Problem { field: format!("{}license", part_path(label)), message });
        }
    }
}

/// The commercial uses from the most permissive to the strictest.
const WORDS: [CommercialUse; 4] = [
    CommercialUse::Allowed,
    CommercialUse::Conditional,
    CommercialUse::AuthorizationRequired,
    CommercialUse::Prohibited,
];

/// Returns the index in [`WORDS`]; none if it is not known.
fn strictness(commercial_use: CommercialUse) -> Option<usize> {
    WORDS.iter().position(|word| *word == commercial_use)
}

/// Returns the models whose weights a size of a model contains, directly or indirectly, each once, with the label of their size: that
/// which a base names, or else the same label.
fn ancestors<'a>(
    model: &ModelDocument,
    label: &str,
    related: &'a Related,
) -> Vec<(&'a ModelDocument, &'a Slug, String)> {
    let mut found = Vec::<(&ModelDocument, &Slug, String)>::new();
    let mut next = vec![(model, label.to_owned())];
    for _ in 0..MAX_ANCESTOR_STEPS {
        let mut bases = Vec::new();
        for (model, label) in &next {
            for base in model.bases_of_size(label) {
                let Some((slug, document)) = related.model.get_key_value(&base.model) else { continue };
                let size = base.size_for(label).to_owned();
                if !found.iter().any(|(_, known, label)| *known == slug && *label == size) {
                    found.push((document, slug, size.clone()));
                    bases.push((document, size));
                }
            }
        }
        next = bases;
    }
    found.retain(|(_, slug, _)| **slug != model.slug);
    found
}

/// A license whose terms were not recorded from its whole text.
fn unreviewed_license(subject: &Subject<'_>, _: &Related, problems: &mut Vec<Problem>) {
    if subject.license().is_some_and(|license| license.terms_reviewed.is_none()) {
        let message = "is unknown: the whole text has not been read for its terms".to_owned();
        problems.push(Problem { field: "termsReviewed".to_owned(), message });
    }
}
