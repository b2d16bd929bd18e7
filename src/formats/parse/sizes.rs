//! The sizes that a model comes in: `7B,13B`, `30B-A3B`, `8x7B`.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value as Json, json};

use crate::domain::count::Count;
use crate::formats::parse::amount;
use crate::formats::parse::amount::{Amount, DataScale, normalize_width};
use crate::formats::parse::inline::static_regex;
use crate::formats::parse::record_builder::RecordBuilder;

/// A size as far as a source states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Size {
    /// The size as written.
    pub label: String,
    /// The number of parameters. A mixture of experts may not say it.
    pub parameters: Option<Count>,
    /// The parameters used for one token.
    pub active_parameters: Option<Count>,
    /// The tokens it was trained on.
    pub training_tokens: Option<Count>,
    /// The license, where it differs from that of the model.
    pub license: Option<String>,
    /// Further facts, by their names.
    pub facts: Map<String, Json>,
}

impl Size {
    /// As a model's document holds it, or `None` where the parameters are not known.
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

/// A size by its label.
pub fn parse_label(label: &str, rough: &mut bool) -> Option<Size> {
    static ACTIVE: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix)^ (?P<total> [^-()]+? ) \s* (?:
                -A (?P<named> [0-9.]+[bm] )
              | \( \s* (?: (?: 激活 (?:参数)? | active | a ) \s* :? \s* (?P<after> [^()a-z]+ [bm亿]? )
                         | (?P<before> [^()]+? ) \s* (?: active (?:\ parameters)? | 激活 (?:参数)? ) ) \s* \) ) $",
        )
    });
    static EXPERTS: LazyLock<Regex> = LazyLock::new(|| static_regex(r"(?i)^[0-9]+\s*[x×*]\s*[0-9.]+\s*[bm]$"));
    // The numbers of a label that does not tell them: `8x7B (46.7B, 12.9B active)`.
    static TOLD: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix)^ (?P<label> [^()]+? ) \s* \( (?P<total> [0-9.]+ [KMBT]? )
                (?: \s* [,、;] \s* (?: 激活 (?:参数)? \s* :? \s* (?P<after> [0-9.]+ [KMBT]? )
                                   | (?P<before> [0-9.]+ [KMBT]? ) \s* (?: active (?:\ parameters)? | 激活 (?:参数)? ) ) )? \) $",
        )
    });
    let folded = normalize_width(label);
    let mut count = |text: &str| {
        let Amount { count, unit: None, rough: about } = amount::parse(text)? else { return None };
        *rough |= about;
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
    if let Some(parts) = TOLD.captures(&folded)
        && let Ok(total) = parts["total"].to_uppercase().parse::<Count>()
        && total.get() > 0
    {
        let own = parse_label(&parts["label"], rough).and_then(|size| size.parameters);
        // A label may round; a number far from it is something else.
        let near = own.is_none_or(|own| (own.get() - total.get()).abs() * 2 < own.get());
        let active = match parts.name("after").or(parts.name("before")) {
            Some(active) => Some(active.as_str().to_uppercase().parse().ok().filter(|active| *active <= total)?),
            None => None,
        };
        return near.then(|| size(parts["label"].trim(), Some(total), active));
    }
    if EXPERTS.is_match(&folded) {
        return Some(size(&folded, None, None));
    }
    if let Some(parts) = ACTIVE.captures(&folded) {
        let total = count(&parts["total"])?;
        let active = parts.name("named").or(parts.name("after")).or(parts.name("before"))?;
        let active = count(active.as_str().trim()).filter(|active| *active <= total)?;
        let label = if parts.name("named").is_some() { &folded } else { parts["total"].trim() };
        return Some(size(label, Some(total), Some(active)));
    }
    let total = count(&folded)?;
    Some(size(&folded.split_whitespace().collect::<String>(), Some(total), None))
}

/// The sizes of a cell, in the order written; warns about what is none.
pub fn read(draft: &mut RecordBuilder, column: &str, text: &str) -> Vec<Size> {
    let mut parts = amount::split(text);
    // Blanks separate sizes only where each part is one.
    if let [one] = parts[..]
        && parse_label(one, &mut false).is_none()
        && one.split_whitespace().all(|part| parse_label(part, &mut false).is_some())
    {
        parts = one.split_whitespace().collect();
    }
    let bare = |part: &&str| normalize_width(part).bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if parts.len() > 1 && parts.iter().any(bare) {
        draft.warn(column, text, "numbers without a unit such as B; all sizes ignored");
        return Vec::new();
    }
    let mut sizes = Vec::<Size>::new();
    for part in parts {
        let mut rough = false;
        match parse_label(part, &mut rough) {
            Some(size) => {
                if rough {
                    draft.warn(column, part, "an approximate number; stored as the exact number");
                }
                if !part.starts_with(&size.label) {
                    draft.warn(column, part, format!("stored as {:?}", size.label));
                }
                sizes.push(size);
            }
            None => draft.warn(column, part, "not a size such as 7B; ignored"),
        }
    }
    sizes
}

/// Gives sizes the amounts of tokens that the source states for them, one by one.
pub fn assign_tokens(draft: &mut RecordBuilder, column: &str, text: &str, sizes: &mut [Size], scale: &DataScale) {
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
        draft.warn(column, text, message);
    }
}

/// States the sizes, by parameters and then by label as documents hold them.
pub fn state(draft: &mut RecordBuilder, column: &str, sizes: Vec<Size>) {
    let mut stated = Vec::<Size>::new();
    for size in sizes {
        let other = stated.iter().find(|other| other.label == size.label);
        if size.parameters.is_none() {
            let message =
                "mixture of experts without its total parameters; size ignored; expected 8x7B (46.7B, 12.9B active)";
            draft.warn(column, &size.label, message);
        } else if other.is_some_and(|other| *other != size) {
            draft.warn(column, &size.label, "second size with this label and other values; the first was stored");
        } else if other.is_some() {
            draft.warn(column, &size.label, "the same size twice; stored once");
        } else {
            stated.push(size);
        }
    }
    if !stated.is_sorted_by_key(|size| (size.parameters, size.label.clone())) {
        let labels = stated.iter().map(|size| size.label.as_str()).collect::<Vec<_>>().join(", ");
        draft.warn(column, &labels, "sizes not in the order of their parameters; stored in that order");
        stated.sort_by_key(|size| (size.parameters, size.label.clone()));
    }
    for size in stated.iter().filter_map(Size::json) {
        draft.push("sizes", size);
    }
}
