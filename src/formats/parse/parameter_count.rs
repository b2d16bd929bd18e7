//! Reads the parameter count of a model, as the Hugging Face Hub and models.dev state it.

use entity::vocabulary::ParametersBasis;
use serde_json::{Value as Json, json};

use crate::domain::count::Count;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::sizes;

/// The smallest number in a name that is a number of parameters. Smaller ones are lengths of context, such as 128k.
const MIN_PARAMETERS_IN_NAME: i64 = 1_000_000;

/// Adds the single size of a model from its parameter count, which is known as `basis` says. The label is the size in the model's name
/// if the count is near it, else the number. A reported count that is far from the name is ignored; one that was counted holds.
pub fn read_parameter_count(
    builder: &mut RecordBuilder,
    column: &str,
    name: &str,
    parameters: Count,
    basis: ParametersBasis,
) {
    let size_in_name = size_in_name(name);
    let expected = size_in_name.as_ref().and_then(|size| size.parameters);
    let is_far = expected.is_some_and(|expected| sizes::is_far(expected, parameters));
    if let Some(expected) = expected.filter(|expected| (expected.get() - parameters.get()).abs() * 4 > expected.get()) {
        let difference = format!("differs by more than 25% from the {expected} parameters in the name");
        match (is_far, basis) {
            (false, _) => builder.warn(column, &parameters.to_string(), difference),
            (true, ParametersBasis::Counted) => {
                builder.warn(column, &parameters.to_string(), format!("{difference}; stored without that size"));
            }
            (true, _) => return builder.warn(column, &parameters.to_string(), format!("{difference}; ignored")),
        }
    }
    let near = size_in_name.filter(|_| !is_far);
    let label = near.as_ref().map_or_else(|| parameters.to_string(), |size| size.label.clone());
    let mut size = json!({ "label": label, "parameters": parameters, "parametersBasis": basis });
    if let Some(active) = near.and_then(|size| size.active_parameters).filter(|active| *active <= parameters) {
        size["activeParameters"] = json!(active);
    }
    builder.push("sizes", size);
}

/// Returns the size in a name such as `Qwen3-30B-A3B`. `None` if the name has no size or several.
pub fn size_in_name(name: &str) -> Option<sizes::Size> {
    let words = name.split(['-', '_', ' ']).collect::<Vec<_>>();
    let mut found = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let pair = words.get(index + 1).map(|next| format!("{}-{next}", words[index]));
        let mixture =
            pair.and_then(|pair| sizes::parse_label(&pair, &mut false)).filter(|size| size.active_parameters.is_some());
        index += if mixture.is_some() { 2 } else { 1 };
        let word = words[index - 1];
        let is_label = word.ends_with(['B', 'b', 'M', 'm', 'T', 't', '亿']);
        let single = || sizes::parse_label(word, &mut false).filter(|_| is_label);
        found.extend(mixture.or_else(single));
    }
    found.retain(|size| size.parameters.is_none_or(|parameters| parameters.get() >= MIN_PARAMETERS_IN_NAME));
    let size = found.pop()?;
    found.is_empty().then_some(size)
}

/// Parses a number, or a text such as `7B`.
pub fn parse_count(json: &Json) -> Option<Count> {
    match json {
        Json::Number(number) => Count::new(number.as_i64()?).ok(),
        Json::String(text) => text.parse().ok(),
        _ => None,
    }
}
