//! Rules about dates.

use chrono::NaiveDate;
use entity::vocabulary::EvidenceRank;
use serde::Deserialize;

use crate::domain::date::PartialDate;
use crate::domain::document::SubjectDocument as _;
use crate::domain::evidence::document::EvidenceDocument;
use crate::domain::evidence::fact_state::part_path;
use crate::domain::evidence::statement::Comparison;
use crate::domain::lint::related::{AnyDocument, Related};
use crate::domain::lint::subject::Subject;
use crate::domain::lint::{Rule, Severity};
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::domain::text::normalize;
use crate::error::Problem;

pub const RULES: &[Rule] = &[
    Rule { name: "implausible-date", severity: Severity::Error, check: implausible_date },
    Rule { name: "cutoff-after-release", severity: Severity::Error, check: cutoff_after_release },
    Rule { name: "release-before-base", severity: Severity::Warning, check: release_before_base },
    Rule { name: "creation-date", severity: Severity::Warning, check: creation_date },
];

/// The year of the first model of the kind that the catalog lists, the transformer.
const FIRST_YEAR: i32 = 2017;

/// Dates of models before 2017, and dates after today.
fn implausible_date(subject: &Subject<'_>, related: &Related, problems: &mut Vec<Problem>) {
    let today = related.today;
    let mut check = |field: String, date: &PartialDate, has_first: bool| {
        let message = if date.first_day() > today {
            format!("is {date}, which is after today")
        } else if has_first && date.last_day() < NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap_or_default() {
            format!("is {date}, which is before {FIRST_YEAR}")
        } else {
            return;
        };
        problems.push(Problem { field, message });
    };
    for fact in subject.facts.iter().filter(|fact| fact.comparison == Comparison::Date) {
        let statements = fact.statements.iter().filter(|statement| statement.rank != EvidenceRank::Deprecated);
        let dates = fact.value.iter().chain(statements.map(|statement| &statement.value));
        let mut dates = dates.filter_map(|date| PartialDate::deserialize(date).ok()).collect::<Vec<_>>();
        dates.sort();
        dates.dedup();
        dates.iter().for_each(|date| check(fact.path(), date, true));
    }
    for cited in &subject.evidence {
        if let Some(day) = cited.evidence.accessed {
            check(format!("{}.accessed", cited.path), &PartialDate::day(day.0), true);
        }
    }
    if let AnyDocument::Source(source) = subject.document {
        source.published_at.iter().for_each(|date| check("publishedAt".to_owned(), date, false));
        for (index, snapshot) in source.snapshots.iter().enumerate() {
            check(format!("snapshots.{index}.accessed"), &PartialDate::day(snapshot.accessed.0), true);
        }
    }
}

/// Training data that reaches beyond the release.
fn cutoff_after_release(subject: &Subject<'_>, _: &Related, problems: &mut Vec<Problem>) {
    let Some(model) = subject.model() else { return };
    let mut check = |part: &str, cutoff: Option<&PartialDate>, release: Option<&PartialDate>| {
        let Some((cutoff, release)) = cutoff.zip(release) else { return };
        if cutoff.first_day() > release.last_day() {
            let message = format!("is {cutoff}, after the release on {release}");
            problems.push(Problem { field: format!("{}knowledgeCutoff", part_path(part)), message });
        }
    };
    check("", model.knowledge_cutoff.as_ref(), model.release_date.as_ref());
    let own = |size: &&SizeDocument| size.knowledge_cutoff.is_some() || size.release_date.is_some();
    for size in model.sizes.iter().filter(own) {
        let cutoff = size.knowledge_cutoff.as_ref().or(model.knowledge_cutoff.as_ref());
        check(&size.label, cutoff, size.release_date.as_ref().or(model.release_date.as_ref()));
    }
}

/// A release before that of the model that it was derived from.
fn release_before_base(subject: &Subject<'_>, related: &Related, problems: &mut Vec<Problem>) {
    let Some(model) = subject.model() else { return };
    for base in model.bases() {
        let Some(other) = related.model.get(&base.model) else { continue };
        let released = dates_of(model, base.of.as_deref()).into_iter().max_by_key(|date| date.last_day());
        let before = dates_of(other, base.size.as_deref()).into_iter().min_by_key(|date| date.first_day());
        if let Some((released, before)) = released.zip(before).filter(|(own, base)| own.last_day() < base.first_day()) {
            let message =
                format!("is {released}, before the release of its base {:?} on {before}", base.model.as_str());
            problems.push(Problem {
                field: format!("{}releaseDate", part_path(base.of.as_deref().unwrap_or_default())),
                message,
            });
        }
    }
}

/// Returns the dates of release of a size of a model; without a label, of the model and all its sizes.
fn dates_of<'a>(model: &'a ModelDocument, label: Option<&str>) -> Vec<&'a PartialDate> {
    let sizes = model.sizes.iter().filter(|size| label.is_none_or(|label| size.label == label));
    let of_sizes = sizes.filter_map(|size| size.release_date.as_ref()).collect::<Vec<_>>();
    if label.is_some() && !of_sizes.is_empty() {
        of_sizes
    } else {
        of_sizes.into_iter().chain(&model.release_date).collect()
    }
}

/// A date of release that rests on nothing but the day on which a repository was created.
fn creation_date(subject: &Subject<'_>, _: &Related, problems: &mut Vec<Problem>) {
    for fact in subject.facts.iter().filter(|fact| fact.name == "releaseDate" && fact.value.is_some()) {
        let evidence = subject.evidence.iter().filter(|cited| cited.part == fact.part).map(|cited| cited.evidence);
        let about = evidence.filter(|evidence| {
            evidence.values.contains_key("releaseDate") && evidence.rank != EvidenceRank::Deprecated
        });
        let about = about.collect::<Vec<_>>();
        if !about.is_empty() && about.iter().all(|evidence| is_creation_date(evidence)) {
            let message = "rests only on the date on which a repository was created, which is often another".to_owned();
            problems.push(Problem { field: fact.path(), message });
        }
    }
}

/// Returns whether evidence is about the creation of a repository, as the fields of model hubs are called.
fn is_creation_date(evidence: &EvidenceDocument) -> bool {
    [&evidence.locator, &evidence.quote].into_iter().flatten().any(|text| {
        let text = normalize(text).replace(['_', '-', ' '], "");
        ["createdat", "creationdate", "createdtime", "repositorycreated"].iter().any(|name| text.contains(name))
    })
}
