//! Cells as text, and values of texts.

use serde_json::Value as Json;

use crate::domain::modalities::Modalities;
use crate::formats::export::csv::{LIST_SEPARATOR, element};
use crate::formats::export::tables::columns::{Column, ColumnKind};

/// Returns a cell as text. Empty for null and for an empty list.
pub fn text(column: &Column, cell: &Json) -> String {
    match cell {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Array(elements) if elements.iter().all(Json::is_string) => {
            let elements = elements.iter().filter_map(Json::as_str).map(element).collect::<Vec<_>>();
            elements.join(LIST_SEPARATOR)
        }
        Json::Object(_) if column.kind == ColumnKind::Modalities => serde_json::from_value::<Modalities>(cell.clone())
            .map(|modalities| modalities.to_string())
            .unwrap_or_default(),
        other => other.to_string(),
    }
}

/// Returns the value of a text of a CSV table; null for an empty one.
pub fn typed(column: &Column, text: String) -> Json {
    match column.kind {
        _ if text.is_empty() => Json::Null,
        ColumnKind::Integer | ColumnKind::Number | ColumnKind::Boolean => {
            serde_json::from_str(&text).unwrap_or(Json::String(text))
        }
        _ => Json::String(text),
    }
}
