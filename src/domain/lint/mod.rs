//! Lint rules: what is wrong or doubtful in documents although they are valid.
//!
//! A rule is a function of a document and of the documents that it refers to. To add one, write it in a file of `rules/` and
//! name it in the table of that file.

pub mod related;
pub mod subject;

mod numbers;
mod rules;

use entity::vocabulary::SubjectType;
use serde::Serialize;

use crate::domain::lint::related::{Linted, Related};
use crate::domain::lint::subject::Subject;
use crate::error::Problem;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something is wrong.
    Error,
    /// Something is doubtful or missing.
    Warning,
}

/// A rule.
pub struct Rule {
    /// The name, which findings have.
    pub name: &'static str,
    /// The severity of its findings.
    pub severity: Severity,
    /// Adds its problems with a subject.
    pub check: fn(&Subject<'_>, &Related, &mut Vec<Problem>),
}

/// A problem that a rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The severity.
    pub severity: Severity,
    /// The name of the rule.
    pub rule: &'static str,
    /// The type of the subject.
    pub subject: SubjectType,
    /// The slug of the subject.
    pub slug: String,
    /// The path of the field, with the labels of sizes, such as `sizes.7B.trainingTokens`.
    pub field: String,
    /// The problem, as the rest of a sentence that begins with the field.
    pub message: String,
}

/// Checks a document by all rules.
pub fn lint<D: Linted>(document: &D, related: &Related) -> Vec<Finding> {
    let subject = Subject::of(document, related);
    let findings = rules::RULES.iter().copied().flatten().flat_map(|rule| {
        let mut problems = Vec::new();
        (rule.check)(&subject, related, &mut problems);
        problems.into_iter().map(|Problem { field, message }| Finding {
            severity: rule.severity,
            rule: rule.name,
            subject: D::SUBJECT,
            slug: document.slug().to_string(),
            field,
            message,
        })
    });
    findings.collect()
}
