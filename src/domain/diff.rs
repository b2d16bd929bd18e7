//! What differs between two states of a document, field by field.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Where it stands, such as `license`, `summary.en` or `sizes.7B.trainingTokens`.
    pub field: String,
    /// The value before; none where there was none.
    pub before: Option<Json>,
    /// The value after; none where there is none.
    pub after: Option<Json>,
}

/// The fields in which two states differ, in the order of their names. No state is that of a subject that is not there.
pub fn diff(before: Option<&Json>, after: Option<&Json>) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    compare("", before, after, &mut changes);
    changes
}

fn compare(field: &str, before: Option<&Json>, after: Option<&Json>, changes: &mut Vec<FieldChange>) {
    if before == after {
        return;
    }
    let (Some(old), Some(new)) = (named_children(before), named_children(after)) else {
        changes.push(FieldChange { field: field.to_owned(), before: before.cloned(), after: after.cloned() });
        return;
    };
    for name in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let field = if field.is_empty() { name.clone() } else { format!("{field}.{name}") };
        compare(&field, old.get(name).copied(), new.get(name).copied(), changes);
    }
}

/// The named parts of a value: the fields of an object, the elements of a list of sizes by their labels. Other values,
/// lists among them, differ as a whole. What is not there has no parts.
fn named_children(value: Option<&Json>) -> Option<BTreeMap<String, &Json>> {
    match value {
        None => Some(BTreeMap::new()),
        Some(Json::Object(fields)) => Some(fields.iter().map(|(name, value)| (name.clone(), value)).collect()),
        Some(Json::Array(elements)) if !elements.is_empty() => {
            elements.iter().map(|element| Some((element.get("label")?.as_str()?.to_owned(), element))).collect()
        }
        Some(_) => None,
    }
}
