//! Parses the sizes of a model: `7B,13B`, `30B-A3B`, `8x7B`.

use std::sync::LazyLock;

use entity::vocabulary::{Qualifier, TokensBasis};
use regex::Regex;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

use crate::domain::count::Count;
use crate::domain::text::static_regex;
use crate::formats::parse::amount;
use crate::formats::parse::amount::{Amount, DataScale, bare_number, normalize_width};
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

/// The smallest number without a unit that is read as a number of parameters.
const MIN_BARE_NUMBER: i64 = 1_000_000;

impl Size {
    /// Creates a size with its parameters.
    fn new(label: &str, parameters: Option<Count>, active_parameters: Option<Count>) -> Self {
        Self {
            label: label.to_owned(),
            parameters,
            active_parameters,
            training_tokens: None,
            license: None,
            facts: Map::new(),
        }
    }

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
              | [\s,/;]* \( \s* (?: (?: 激活 (?:参数量?)? | activ(?:e|ated) | a ) \s* :? \s* (?P<after> [^()a-z]+ [bm亿]? )
                         | (?P<before> [^()]+? ) \s* (?: activ(?:e|ated) (?:\ param(?:eter)?s)? | 激活 (?:参数量?)? ) ) \s* \) ) $",
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
    let normalized = without_words(&normalize_width(label));
    if let Some(parameters) = bare_number(&normalized).filter(|count| count.get() >= MIN_BARE_NUMBER) {
        return Some(Size::new(&short_label(&normalized, parameters), Some(parameters), None));
    }
    let mut count = |text: &str| {
        let Amount { count, unit: None, rough: is_rough } = amount::parse(text.trim_end_matches([' ', ',', ';']))?
        else {
            return None;
        };
        *rough |= is_rough;
        (count.get() > 0).then_some(count)
    };
    let size = Size::new;
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

/// Removes words that only say that a number is one of parameters: "7B parameters", "7B (dense)", "671B total".
fn without_words(text: &str) -> String {
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix) (?: [\s-]* (?: (?: trainable | total | model | in\ total ) \s+ )? (?: parameters? | params? \.? | 个?参数量? )
                | \s* (?: in\ )?total | \s* 总参数量?
                | \s* [(\[] (?: dense | moe | total | base | chat | instruct | tiny | mini | nano | micro | small | medium | large
                    | xl | xxl | pro | plus | ultra | flash | lite | text | parameters | params ) [)\]] ) $",
        )
    });
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(r"(?i)^(?:(?:total|parameters|params|总?参数量?)\s*[:为]?\s*)(?P<number>[0-9~≈约超近>≥])")
    });
    let mut text = text.trim();
    while let Some(found) = AFTER.find(text).filter(|found| found.start() > 0) {
        text = text[..found.start()].trim_end();
    }
    BEFORE.replace(text, "$number").into_owned()
}

/// Returns the label of a size that the source writes only as a number: in billions or millions if it has few digits.
fn short_label(text: &str, parameters: Count) -> String {
    let number = parameters.get();
    let written = [(1_000_000_000_000, "T"), (1_000_000_000, "B"), (1_000_000, "M")].into_iter();
    let short = written.filter(|(unit, _)| number >= *unit).find_map(|(unit, letter)| {
        let thousandths = Decimal::from(number) / Decimal::from(unit);
        (thousandths.normalize().scale() <= 2).then(|| format!("{}{letter}", thousandths.normalize()))
    });
    // Digits alone are a label as written, so that an exported label is read unchanged.
    let is_label = text.bytes().all(|byte| byte.is_ascii_digit());
    short.filter(|_| !is_label).unwrap_or_else(|| parameters.to_string())
}

/// Reads the sizes at the beginning of the parts of a text in brackets: `(8x13b (73b), 13b, 13b-instruct)`. Other parts are returned as
/// written.
pub fn in_brackets(text: &str) -> (Vec<Size>, Vec<&str>) {
    static PART: LazyLock<Regex> =
        LazyLock::new(|| static_regex(r"(?i)^(?P<size>(?:[0-9]+x)?[0-9.]+[bm](?:\s*\([0-9.]+[bm]\))?)(?:$|[-\s])"));
    let (mut sizes, mut others) = (Vec::<Size>::new(), Vec::new());
    for part in amount::split(text) {
        let size = PART.captures(part).and_then(|parts| parse_label(&parts["size"], &mut false));
        match size.filter(|size| size.parameters.is_some()) {
            Some(size) if sizes.contains(&size) => {}
            Some(size) => sizes.push(size),
            None => others.push(part),
        }
    }
    sizes.sort_by_key(|size| (size.parameters, size.label.clone()));
    (sizes, others)
}

/// Whether a text has a number of parameters.
pub fn has_size(text: &str) -> bool {
    total_and_active(text).is_some()
        || split(text).iter().any(|part| {
            let part = part.split(['(', '（', '[']).next().unwrap_or(part).trim();
            parse_label(part, &mut false).is_some() || range(part).is_some()
        })
}

/// The sizes of a cell.
pub struct CellSizes {
    /// The sizes that were read, in the order of the source.
    pub sizes: Vec<Size>,
    /// The number of parts of the cell, read or not.
    pub parts: usize,
}

/// Reads the sizes of a cell in the order of the source, and adds warnings about other text.
pub fn read(builder: &mut RecordBuilder, column: &str, text: &str) -> CellSizes {
    if let Some(size) = total_and_active(text) {
        return CellSizes { sizes: vec![size], parts: 1 };
    }
    let is_number = bare_number(&normalize_width(text)).is_some();
    let mut parts = if is_number { vec![text.trim()] } else { split(text) };
    // Spaces separate sizes only if each part is a size.
    if let [one] = parts[..]
        && parse_label(one, &mut false).is_none()
        && one.split_whitespace().all(|part| parse_label(part, &mut false).is_some())
    {
        parts = one.split_whitespace().collect();
    }
    let is_small_number =
        |part: &&str| bare_number(&normalize_width(part)).is_some_and(|number| number.get() < MIN_BARE_NUMBER);
    if parts.len() > 1 && parts.iter().any(is_small_number) {
        builder.warn(column, text, "numbers without a unit such as B; all sizes ignored");
        return CellSizes { sizes: Vec::new(), parts: parts.len() };
    }
    // Of "132B/36B" the second number may be the active parameters of the first size.
    if let [first, second] = parts[..]
        && !text.contains([',', '，', '、', ';', '；'])
        && text.contains('/')
        && let Some((total, other)) = parse_label(first, &mut false).zip(parse_label(second, &mut false))
        && other.parameters < total.parameters
    {
        builder.warn(
            column,
            second,
            "a smaller number after a slash may be another size or active parameters; ignored",
        );
        return CellSizes { sizes: vec![total], parts: 2 };
    }
    let mut sizes = Vec::<Size>::new();
    let mut ends = 0;
    for part in &parts {
        let mut rough = false;
        match parse_label(part, &mut rough) {
            Some(size) => {
                if rough {
                    builder.warn(column, part, "an approximate number; stored as the exact number");
                    builder.qualify(&size.label, "parameters", qualifier(part));
                }
                if !part.starts_with(&size.label) {
                    builder.warn(column, part, format!("stored as {:?}", size.label));
                }
                sizes.push(size);
            }
            None => match range(part) {
                Some(range) => {
                    builder.warn(column, part, "a range; its ends were stored as sizes");
                    sizes.extend(range);
                    ends += 1;
                }
                None => match size_before_words(part) {
                    Some((size, words)) => {
                        builder.warn(column, words, "text next to the size; ignored");
                        sizes.push(size);
                    }
                    None => builder.warn(column, part, "not a size such as 7B; ignored"),
                },
            },
        }
    }
    CellSizes { parts: parts.len() + ends, sizes }
}

/// Returns the size before text in brackets on the files of its weights: `7B (4.1GB)`, `7B (4bit)`.
fn size_before_words(text: &str) -> Option<(Size, &str)> {
    static FILES: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?i)^[(（]\s*(?:[~≈]?[0-9.]+\s*[KMGT]i?B|[0-9]+-?\s?bits?|int[0-9]+|fp[0-9]+|bf16|q[0-9]\w*)\s*[)）]$",
        )
    });
    let start = text.find(['(', '（']).filter(|start| *start > 0 && text.ends_with([')', '）']))?;
    let (before, words) = text.split_at(start);
    let mut rough = false;
    let size = parse_label(before.trim(), &mut rough).filter(|size| size.parameters.is_some() && !rough)?;
    FILES.is_match(&normalize_width(words)).then_some((size, words))
}

/// Returns how a number that is marked as rough is to be read.
fn qualifier(text: &str) -> Qualifier {
    let text = normalize_width(text).to_lowercase();
    let is_lower_bound = text.contains(['>', '≥', '+', '超', '多']) || text.contains("over") || text.contains("more");
    if is_lower_bound || text.contains("以上") { Qualifier::AtLeast } else { Qualifier::Approximate }
}

/// Splits a list of sizes in a cell, also at "and".
fn split(text: &str) -> Vec<&str> {
    static AND: LazyLock<Regex> = LazyLock::new(|| static_regex(r"(?i)(?:^|\s+)(?:and|or|&)\s+|\s*[和及或]\s*|\n"));
    amount::split(text)
        .into_iter()
        .flat_map(|part| AND.split(part))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// Parses the ends of a range: `0.1B - 14B`, `7-13B`.
fn range(text: &str) -> Option<[Size; 2]> {
    static RANGE: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?i)^(?P<first>[0-9.]+\s*(?:[KMBT]|亿)?)\s*(?:-|–|—|~|to|至|到)\s*(?P<last>[0-9.]+\s*(?P<unit>[KMBT]|亿))$",
        )
    });
    let text = normalize_width(text);
    let parts = RANGE.captures(&text)?;
    let first = if parts["first"].ends_with(|c: char| c.is_ascii_digit()) {
        format!("{}{}", &parts["first"], &parts["unit"])
    } else {
        parts["first"].to_owned()
    };
    let (first, last) = (parse_label(&first, &mut false)?, parse_label(&parts["last"], &mut false)?);
    (first.parameters < last.parameters).then_some([first, last])
}

/// Parses the total and active parameters of one size: `671B total, 37B active`.
fn total_and_active(text: &str) -> Option<Size> {
    static BOTH: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix)^ (?: 总参数量? | total (?:\ param(?:eter)?s)? )? \s* :? \s* (?P<total> [0-9.]+ \s* (?:[KMBT]|亿) )
               \s* (?: total | 总参数 )? \s* (?: param(?:eter)?s )? \s* [,，、;/]? \s*
               (?: (?: activ(?:e|ated) | 激活 ) (?: \ param(?:eter)?s | 参数量? )? \s* :? \s* (?P<after> [0-9.]+ \s* (?:[KMBT]|亿) )
                 | (?P<before> [0-9.]+ \s* (?:[KMBT]|亿) ) \s* (?: activ(?:e|ated) | 激活 ) (?: \ param(?:eter)?s | 参数量? )? ) $",
        )
    });
    // `22B active / 235B total`, `激活 22B，总参数 235B`.
    static ACTIVE_FIRST: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix)^ (?: (?P<before> [0-9.]+ \s* (?:[KMBT]|亿) ) \s* (?: activ(?:e|ated) | 激活 ) (?: \ param(?:eter)?s | 参数量? )?
                 | (?: activ(?:e|ated) | 激活 ) (?: \ param(?:eter)?s | 参数量? )? \s* :? \s* (?P<after> [0-9.]+ \s* (?:[KMBT]|亿) ) )
               \s* [,，、;/] \s* (?: total (?:\ param(?:eter)?s)? | 总参数量? | 总 )? \s* :? \s* (?P<total> [0-9.]+ \s* (?:[KMBT]|亿) )
               \s* (?: total | 总参数量? )? (?: \ param(?:eter)?s )? $",
        )
    });
    let text = normalize_width(text);
    let parts = BOTH.captures(&text).or_else(|| ACTIVE_FIRST.captures(&text))?;
    let count = |name: &str| amount::parse(parts.name(name)?.as_str()).map(|amount| amount.count);
    let (total, active) = (count("total")?, count("after").or_else(|| count("before"))?);
    let label = parts["total"].split_whitespace().collect::<String>();
    (active <= total && active.get() > 0).then(|| Size::new(&label, Some(total), Some(active)))
}

/// Returns whether two numbers of parameters are so far apart that one of them is not what it seems: more than half of the expected
/// one.
pub fn is_far(expected: Count, found: Count) -> bool {
    (expected.get() - found.get()).abs() * 2 > expected.get()
}

/// Sets the training tokens of the only size of a model.
pub fn set_tokens(builder: &mut RecordBuilder, tokens: Count, basis: TokensBasis) {
    match builder.get("sizes").and_then(Json::as_array).map(Vec::as_slice) {
        Some([Json::Object(size)]) => {
            let mut size = size.clone();
            size.insert("trainingTokens".to_owned(), json!(tokens));
            size.insert("trainingTokensBasis".to_owned(), json!(basis));
            builder.set("sizes", json!([size]));
        }
        _ => builder.warn("training tokens", &tokens.to_string(), "of a size that is not known; left out"),
    }
}

/// Sets the training tokens of sizes from a list with one amount for each size. Adds a warning if the numbers of amounts and
/// parts of the cell with the sizes differ.
pub fn assign_tokens(builder: &mut RecordBuilder, column: &str, text: &str, cell: &mut CellSizes, scale: &DataScale) {
    let CellSizes { sizes, parts } = cell;
    if scale.tokens.len() == *parts && sizes.len() == *parts {
        for (size, tokens) in sizes.iter_mut().zip(&scale.tokens) {
            size.training_tokens = Some(*tokens);
        }
    } else if scale.tokens.len() > 1 && !sizes.is_empty() {
        let message = format!(
            "{} amounts for {parts} sizes, which cannot be assigned; stored for the model only",
            scale.tokens.len(),
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
