//! Differences between two states of a document, field by field.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::domain::checkpoint::{DEFAULT_HUB, address};

/// A field with different values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The path of the field, such as `license`, `summary.en` or `sizes.7B.trainingTokens`.
    pub field: String,
    /// The path without the names of elements of lists, such as `sizes.trainingTokens`.
    #[serde(skip)]
    pub fact: String,
    /// The earlier value; none if the field was absent.
    pub before: Option<Json>,
    /// The later value; none if the field is absent.
    pub after: Option<Json>,
}

/// Returns the fields in which two states differ, in the order of their names. None is the state of a subject that does not
/// exist.
pub fn diff(before: Option<&Json>, after: Option<&Json>) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    compare(&Path::default(), before, after, &mut changes);
    changes
}

/// Returns the value of a field with a path as in a [`FieldChange`]; none if it is absent.
pub fn value_at<'a>(document: &'a Json, field: &str) -> Option<&'a Json> {
    named_children(Some(document))?.into_iter().find_map(|(name, child)| {
        // The label of a size may contain dots, so a path can have several readings.
        let rest = field.strip_prefix(name.as_str())?;
        if rest.is_empty() { Some(child) } else { value_at(child, rest.strip_prefix('.')?) }
    })
}

/// The path of a value: [`FieldChange::field`] and [`FieldChange::fact`].
#[derive(Clone, Default)]
struct Path {
    field: String,
    fact: String,
}

impl Path {
    /// Returns the path of a part. The name of an element of a list belongs to no fact.
    fn join(&self, name: &str, is_element: bool) -> Self {
        let join = |path: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        Self { field: join(&self.field), fact: if is_element { self.fact.clone() } else { join(&self.fact) } }
    }
}

fn compare(path: &Path, before: Option<&Json>, after: Option<&Json>, changes: &mut Vec<FieldChange>) {
    if before == after {
        return;
    }
    let (Some(old), Some(new)) = (named_children(before), named_children(after)) else {
        let Path { field, fact } = path.clone();
        changes.push(FieldChange { field, fact, before: before.cloned(), after: after.cloned() });
        return;
    };
    let of_list = [before, after].into_iter().flatten().any(Json::is_array);
    for name in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        compare(&path.join(name, of_list), old.get(name).copied(), new.get(name).copied(), changes);
    }
}

/// Returns the parts of a value that are compared one by one: the fields of an object, and the elements of a list of sizes by
/// their labels, those of a list of checkpoints by their addresses. An absent value has no parts. Returns none for all other values, other lists included: they are compared as a
/// whole.
fn named_children(value: Option<&Json>) -> Option<BTreeMap<String, &Json>> {
    match value {
        None => Some(BTreeMap::new()),
        Some(Json::Object(fields)) => Some(fields.iter().map(|(name, value)| (name.clone(), value)).collect()),
        Some(Json::Array(elements)) if !elements.is_empty() => {
            elements.iter().map(|element| Some((element_name(element)?, element))).collect()
        }
        Some(_) => None,
    }
}

/// Returns the name of an element of a list: the label of a size, or the address of a checkpoint.
fn element_name(element: &Json) -> Option<String> {
    let text = |field: &str| element.get(field).and_then(Json::as_str);
    let of_checkpoint =
        |repository| address(text("hub").unwrap_or(DEFAULT_HUB), repository, text("revision"), text("path"));
    text("label").map(str::to_owned).or_else(|| text("repository").map(of_checkpoint))
}
