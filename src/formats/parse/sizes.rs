//! Parses the sizes of a model: `7B,13B`, `30B-A3B`, `8x7B`.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value as Json, json};

use crate::domain::count::Count;
use crate::domain::text::static_regex;
use crate::formats::parse::amount;
use crate::formats::parse::amount::{Amount, DataScale, normalize_width};
use crate::formats::parse::record_builder::RecordBuilder;

/// A size with the facts that the source states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Size {
    /// The label as written in the source.
    pub label: String,
    /// The number of parameters. `None` for the label of a mixture of experts such as `8x7B`, which does not state it.
    pub parameters: Option<Count>,
    /// The number of parameters that are used for each token.
    pub active_parameters: Option<Count>,
    /// The number of tokens that the size was trained on.
    pub training_tokens: Option<Count>,
    /// The license, where it differs from that of the model.
    pub license: Option<String>,
    /// Further facts, by their names.
    pub facts: Map<String, Json>,
}

impl Size {
    /// Returns the size as in a document. `None` if its number of parameters is unknown.
    fn json(&self) -> Option<Json> {
        let mut json = json!({ "label": self.label, "parameters": self.parameters? });
        if let Some(active) = self.active_parameters {
            json["activeParameters"] = json!(active);
        }
        if let Some(tokens) = self.training_tokens {
            json["trainingTokens"] = json!(tokens);
        }
        if let Some(license) = &self.license {
            json["license"] = json!(license);
        }
        for (name, value) in &self.facts {
            json[name] = value.clone();
        }
        Some(json)
    }
}

/// Parses the label of a size. Sets `rough` if a number in it is approximate.
pub fn parse_label(label: &str, rough: &mut bool) -> Option<Size> {
    static TOTAL_AND_ACTIVE: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix)^ (?P<total> [^-()]+? ) \s* (?:
                -A (?P<named> [0-9.]+[bm] )
              | \( \s* (?: (?: 激活 (?:参数)? | active | a ) \s* :? \s* (?P<after> [^()a-z]+ [bm亿]? )
                         | (?P<before> [^()]+? ) \s* (?: active (?:\ parameters)? | 激活 (?:参数)? ) ) \s* \) ) $",
        )
    });
    static EXPERTS: LazyLock<Regex> = LazyLock::new(|| static_regex(r"(?i)^[0-9]+\s*[x×*]\s*[0-9.]+\s*[bm]$"));
    // A label with its parameter counts in brackets: `8x7B (46.7B, 12.9B active)`.
    static COUNTS_IN_BRACKETS: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix)^ (?P<label> [^()]+? ) \s* \( (?P<total> [0-9.]+ [KMBT]? )
                (?: \s* [,、;] \s* (?: 激活 (?:参数)? \s* :? \s* (?P<after> [0-9.]+ [KMBT]? )
                                   | (?P<before> [0-9.]+ [KMBT]? ) \s* (?: active (?:\ parameters)? | 激活 (?:参数)? ) ) )? \) $",
        )
    });
    let normalized = normalize_width(label);
    let mut count = |text: &str| {
        let Amount { count, unit: None, rough: is_rough } = amount::parse(text)? else { return None };
        *rough |= is_rough;
        (count.get() > 0).then_some(count)
    };
    let size = |label: &str, parameters, active_parameters| Size {
        label: label.to_owned(),
        parameters,
        active_parameters,
        training_tokens: None,
        license: None,
        facts: Map::new(),
    };
    if let Some(parts) = COUNTS_IN_BRACKETS.captures(&normalized)
        && let Ok(total) = parts["total"].to_uppercase().parse::<Count>()
        && total.get() > 0
    {
        let in_label = parse_label(&parts["label"], rough).and_then(|size| size.parameters);
        // A label may be rounded. A total that differs by 50% or more is not its number of parameters.
        let is_near = in_label.is_none_or(|in_label| (in_label.get() - total.get()).abs() * 2 < in_label.get());
        let active = match parts.name("after").or(parts.name("before")) {
            Some(active) => Some(active.as_str().to_uppercase().parse().ok().filter(|active| *active <= total)?),
            None => None,
        };
        return is_near.then(|| size(parts["label"].trim(), Some(total), active));
    }
    if EXPERTS.is_match(&normalized) {
        return Some(size(&normalized, None, None));
    }
    if let Some(parts) = TOTAL_AND_ACTIVE.captures(&normalized) {
        let total = count(&parts["total"])?;
        let active = parts.name("named").or(parts.name("after")).or(parts.name("before"))?;
        let active = count(active.as_str().trim()).filter(|active| *active <= total)?;
        let label = if parts.name("named").is_some() { &normalized } else { parts["total"].trim() };
        return Some(size(label, Some(total), Some(active)));
    }
    let total = count(&normalized)?;
    Some(size(&normalized.split_whitespace().collect::<String>(), Some(total), None))
}

/// Reads the sizes of a cell in the order of the source, and adds warnings about other text.
pub fn read(builder: &mut RecordBuilder, column: &str, text: &str) -> Vec<Size> {
    let mut parts = amount::split(text);
    // Spaces separate sizes only if each part is a size.
    if let [one] = parts[..]
        && parse_label(one, &mut false).is_none()
        && one.split_whitespace().all(|part| parse_label(part, &mut false).is_some())
    {
        parts = one.split_whitespace().collect();
    }
    let is_bare_number = |part: &&str| normalize_width(part).bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if parts.len() > 1 && parts.iter().any(is_bare_number) {
        builder.warn(column, text, "numbers without a unit such as B; all sizes ignored");
        return Vec::new();
    }
    let mut sizes = Vec::<Size>::new();
    for part in parts {
        let mut rough = false;
        match parse_label(part, &mut rough) {
            Some(size) => {
                if rough {
                    builder.warn(column, part, "an approximate number; stored as the exact number");
                }
                if !part.starts_with(&size.label) {
                    builder.warn(column, part, format!("stored as {:?}", size.label));
                }
                sizes.push(size);
            }
            None => builder.warn(column, part, "not a size such as 7B; ignored"),
        }
    }
    sizes
}

/// Sets the training tokens of sizes from a list with one amount for each size. Adds a warning if the numbers of amounts and
/// sizes differ.
pub fn assign_tokens(builder: &mut RecordBuilder, column: &str, text: &str, sizes: &mut [Size], scale: &DataScale) {
    if scale.tokens.len() == sizes.len() {
        for (size, tokens) in sizes.iter_mut().zip(&scale.tokens) {
            size.training_tokens = Some(*tokens);
        }
    } else if scale.tokens.len() > 1 && !sizes.is_empty() {
        let message = format!(
            "{} amounts for {} sizes, which cannot be assigned; stored for the model only",
            scale.tokens.len(),
            sizes.len()
        );
        builder.warn(column, text, message);
    }
}

/// Adds the sizes to the record, ordered by parameters and then by label as in documents. Sizes that cannot be stored add
/// warnings.
pub fn add(builder: &mut RecordBuilder, column: &str, sizes: Vec<Size>) {
    let mut added = Vec::<Size>::new();
    for size in sizes {
        let other = added.iter().find(|other| other.label == size.label);
        if size.parameters.is_none() {
            let message =
                "mixture of experts without its total parameters; size ignored; expected 8x7B (46.7B, 12.9B active)";
            builder.warn(column, &size.label, message);
        } else if other.is_some_and(|other| *other != size) {
            builder.warn(column, &size.label, "second size with this label and other values; the first was stored");
        } else if other.is_some() {
            builder.warn(column, &size.label, "the same size twice; stored once");
        } else {
            added.push(size);
        }
    }
    if !added.is_sorted_by_key(|size| (size.parameters, size.label.clone())) {
        let labels = added.iter().map(|size| size.label.as_str()).collect::<Vec<_>>().join(", ");
        builder.warn(column, &labels, "sizes not in the order of their parameters; stored in that order");
        added.sort_by_key(|size| (size.parameters, size.label.clone()));
    }
    for size in added.iter().filter_map(Size::json) {
        builder.push("sizes", size);
    }
}
