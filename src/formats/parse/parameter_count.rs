//! The number of parameters that pages of weights tell, and the size that it belongs to.

use serde_json::{Value as Json, json};

use crate::domain::count::Count;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::sizes;

/// States the one size of a model whose page tells a number of parameters. The label is the size in its name, else the number.
pub fn state(draft: &mut RecordBuilder, column: &str, name: &str, total: Option<&Json>, by_type: Option<&Json>) {
    let Some(total) = total else { return };
    let Some(parameters) = count(total).filter(|count| count.get() > 0) else {
        return draft.warn(column, &total.to_string(), "is not a number of parameters; not read");
    };
    let named = in_name(name);
    let packed = ["I8", "U8", "I16", "I32", "U32", "I64"];
    let types = by_type.and_then(Json::as_object);
    if types.is_some_and(|types| types.keys().any(|key| packed.contains(&key.as_str()))) {
        return draft.warn(
            column,
            &total.to_string(),
            "counts packed weights, which is not the number of parameters; not read",
        );
    }
    if let Some(said) = named.as_ref().and_then(|size| size.parameters)
        && (said.get() - parameters.get()).abs() * 4 > said.get()
    {
        let message = format!("is far from the {said} parameters that the name tells; not read");
        return draft.warn(column, &total.to_string(), message);
    }
    let label = named.as_ref().map_or_else(|| parameters.to_string(), |size| size.label.clone());
    let mut size = json!({ "label": label, "parameters": parameters });
    if let Some(active) = named.and_then(|size| size.active_parameters) {
        size["activeParameters"] = json!(active);
    }
    draft.push("sizes", size);
}

/// The size that a name holds, as `Qwen3-30B-A3B` does, if it holds one.
fn in_name(name: &str) -> Option<sizes::Size> {
    let words = name.split(['-', '_', ' ']).collect::<Vec<_>>();
    let mut found = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let two = words.get(index + 1).map(|next| format!("{}-{next}", words[index]));
        let two =
            two.and_then(|two| sizes::parse_label(&two, &mut false)).filter(|size| size.active_parameters.is_some());
        index += if two.is_some() { 2 } else { 1 };
        found.extend(two.or_else(|| sizes::parse_label(words[index - 1], &mut false)));
    }
    let one = found.pop()?;
    found.is_empty().then_some(one)
}

/// A number, or text such as `7B`.
fn count(json: &Json) -> Option<Count> {
    match json {
        Json::Number(number) => Count::new(number.as_i64()?).ok(),
        Json::String(text) => text.parse().ok(),
        _ => None,
    }
}
