//! Reads the parameter count of a model from the metadata of its weights.

use entity::vocabulary::ParametersBasis;
use serde_json::{Value as Json, json};

use crate::domain::count::Count;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::sizes;

/// Adds the single size of a model from its parameter count, which is known as `basis` says. The label is the size in the model's name, else the number.
/// `by_dtype` has the number of stored values for each data type of the weights.
pub fn read_parameter_count(
    builder: &mut RecordBuilder,
    column: &str,
    name: &str,
    total: Option<&Json>,
    by_dtype: Option<&Json>,
    basis: ParametersBasis,
) {
    let Some(total) = total else { return };
    let Some(parameters) = parse_count(total).filter(|count| count.get() > 0) else {
        return builder.warn(column, &total.to_string(), "not a parameter count such as 7000000000 or 7B; ignored");
    };
    let size_in_name = size_in_name(name);
    let packed = ["I8", "U8", "I16", "I32", "U32", "I64"];
    let dtypes = by_dtype.and_then(Json::as_object);
    if dtypes.is_some_and(|dtypes| dtypes.keys().any(|key| packed.contains(&key.as_str()))) {
        return builder.warn(
            column,
            &total.to_string(),
            "number of quantized (packed) weights, not of parameters; ignored",
        );
    }
    if let Some(expected) = size_in_name.as_ref().and_then(|size| size.parameters)
        && (expected.get() - parameters.get()).abs() * 4 > expected.get()
    {
        let message = format!("differs by more than 25% from the {expected} parameters in the name; ignored");
        return builder.warn(column, &total.to_string(), message);
    }
    let label = size_in_name.as_ref().map_or_else(|| parameters.to_string(), |size| size.label.clone());
    let mut size = json!({ "label": label, "parameters": parameters, "parametersBasis": basis });
    if let Some(active) = size_in_name.and_then(|size| size.active_parameters) {
        size["activeParameters"] = json!(active);
    }
    builder.push("sizes", size);
}

/// Returns the size in a name such as `Qwen3-30B-A3B`. `None` if the name has no size or several.
fn size_in_name(name: &str) -> Option<sizes::Size> {
    let words = name.split(['-', '_', ' ']).collect::<Vec<_>>();
    let mut found = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let pair = words.get(index + 1).map(|next| format!("{}-{next}", words[index]));
        let mixture =
            pair.and_then(|pair| sizes::parse_label(&pair, &mut false)).filter(|size| size.active_parameters.is_some());
        index += if mixture.is_some() { 2 } else { 1 };
        found.extend(mixture.or_else(|| sizes::parse_label(words[index - 1], &mut false)));
    }
    let size = found.pop()?;
    found.is_empty().then_some(size)
}

/// Parses a number, or a text such as `7B`.
fn parse_count(json: &Json) -> Option<Count> {
    match json {
        Json::Number(number) => Count::new(number.as_i64()?).ok(),
        Json::String(text) => text.parse().ok(),
        _ => None,
    }
}
