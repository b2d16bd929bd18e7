//! Proposed changes of subjects, compared with the current state.

use entity::vocabulary::SubjectType;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::domain::diff::{FieldChange, diff, value_at};
use crate::domain::evidence::document::Citation;

/// The change of one subject that a proposal makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedEdit {
    /// The type of the subject.
    pub subject: SubjectType,
    /// The id of the subject; none if the proposal creates it.
    pub id: Option<i32>,
    /// The slug of the subject after the change.
    pub slug: String,
    /// Whether the proposal deletes the subject.
    #[serde(default)]
    pub deletes: bool,
    /// The fields that change, with their values when the change was proposed.
    pub changes: Vec<FieldChange>,
}

/// A statement of a source that a proposal adds or removes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedEvidence {
    /// The statement.
    pub citation: Citation,
    /// Whether the proposal removes it.
    pub removed: bool,
}

/// The change of one field, compared with the current state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingChange {
    /// The field, with its current value and the proposed one.
    pub change: FieldChange,
    /// Whether the current value is neither that when the change was proposed nor the proposed one; or the subject has been
    /// deleted, or created, since.
    pub conflict: bool,
}

impl ProposedEdit {
    /// Compares the change with the current document of the subject; none if it does not exist. Fields that have the proposed
    /// value already are left out.
    pub fn pending(&self, current: Option<&Json>) -> Vec<PendingChange> {
        if self.deletes && current.is_some() {
            // A deletion takes all that the subject has now, also what it did not have then.
            let known = |change: &FieldChange| {
                self.changes.iter().any(|stated| stated.field == change.field && stated.before == change.before)
            };
            let changes = diff(current, None).into_iter();
            return changes.map(|change| PendingChange { conflict: !known(&change), change }).collect();
        }
        let other_existence = self.id.is_some() != current.is_some();
        let changes = self.changes.iter().filter_map(|stated| {
            let now = current.and_then(|document| value_at(document, &stated.field));
            if now == stated.after.as_ref() && !other_existence {
                return None;
            }
            let change = FieldChange { before: now.cloned(), ..stated.clone() };
            Some(PendingChange { change, conflict: other_existence || now != stated.before.as_ref() })
        });
        changes.collect()
    }
}
