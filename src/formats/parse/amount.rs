//! Amounts as people write them: `2.4T`, `70亿`, `100M（图片）`, `800 GB`.

use std::sync::LazyLock;

use entity::vocabulary::DataUnit;
use regex::Regex;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use unicode_normalization::UnicodeNormalization;

use crate::domain::count::Count;
use crate::formats::parse::inline::static_regex;

/// An amount and what its words say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The number, exact.
    pub count: Count,
    /// What it counts, where the words say so.
    pub unit: Option<DataUnit>,
    /// Whether the words say more or less than the number: "about", "more than".
    pub rough: bool,
}

/// Below this nothing is the amount of tokens that a large language model was trained on.
const MIN_TOKENS: i64 = 100_000_000;

/// The multiples that words and letters stand for. A single B is a billion, as lists use it.
const MULTIPLES: [(&str, i64); 21] = [
    ("", 1),
    ("g", 1_000_000_000),
    ("p", 1_000_000_000_000_000),
    ("k", 1_000),
    ("m", 1_000_000),
    ("b", 1_000_000_000),
    ("t", 1_000_000_000_000),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
    ("千", 1_000),
    ("万", 10_000),
    ("百万", 1_000_000),
    ("千万", 10_000_000),
    ("亿", 100_000_000),
    ("十亿", 1_000_000_000),
    ("百亿", 10_000_000_000),
    ("千亿", 100_000_000_000),
    ("万亿", 1_000_000_000_000),
    ("兆", 1_000_000_000_000),
];

/// An amount with nothing else in the text. A number alone is none: it could be of anything.
pub fn parse(text: &str) -> Option<Amount> {
    static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix)^ (?P<about> [~≈约超近>≥+] | about\s | over\s | more\ than\s )? \s*
               (?P<number> [0-9]+ (?: \.[0-9]+ )? | [0-9]{1,3} (?: ,[0-9]{3} )+ (?: \.[0-9]+ )? ) \s*
               (?P<multiple> [kmgtp]?b | [kmt] | thousand | million | billion | trillion
                 | 万亿 | 千亿 | 百亿 | 十亿 | 亿 | 千万 | 百万 | 万 | 千 | 兆 )? \s*
               (?P<more> \+ | 以上 | 多 )? \s* 个? \s* 的? \s*
               (?P<what> \(? (?: tokens? | 词元 | 张? 图[片像] | images? | pictures? ) \)? )? $",
        )
    });
    let text = normalize_width(text);
    let parts = AMOUNT.captures(&text)?;
    let part = |name: &str| parts.name(name).map_or("", |part| part.as_str());
    let multiple = part("multiple").to_lowercase();
    let what = part("what").to_lowercase();
    if multiple.is_empty() && what.is_empty() {
        return None;
    }
    // KB, MB, GB, TB and PB are bytes: B alone is a billion.
    let bytes = multiple.len() == 2 && multiple.ends_with('b');
    let factor = match multiple.strip_suffix('b').filter(|_| bytes) {
        Some(letter) => factor(letter)?,
        None => factor(&multiple)?,
    };
    let unit = match what.trim_matches(['(', ')']) {
        "" if bytes => Some(DataUnit::Bytes),
        "" => None,
        "token" | "tokens" | "词元" => Some(DataUnit::Tokens),
        _ => Some(DataUnit::Images),
    };
    let rough = !part("about").is_empty() || !part("more").is_empty();
    Some(Amount { count: exact(&part("number").replace(',', ""), factor)?, unit, rough })
}

fn factor(word: &str) -> Option<i64> {
    MULTIPLES.iter().find(|(known, _)| *known == word).map(|(_, factor)| *factor)
}

fn exact(number: &str, factor: i64) -> Option<Count> {
    let product = Decimal::from_str_exact(number).ok()?.checked_mul(Decimal::from(factor))?;
    if !product.is_integer() {
        return None;
    }
    Count::new(i64::try_from(product).ok()?).ok()
}

/// Folds the width of letters and digits, which never changes what they say.
pub fn normalize_width(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_owned()
}

/// An amount of training data in a source's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataScale {
    /// The words.
    text: String,
    /// The largest amount in them.
    amount: Option<Count>,
    /// What it counts.
    unit: DataUnit,
    /// The amounts of tokens, where all that the words hold are such, in their order.
    pub tokens: Vec<Count>,
    /// What is doubtful.
    pub doubts: Vec<&'static str>,
}

impl DataScale {
    /// Reads the words of a list's cell.
    pub fn of(text: &str) -> Self {
        let unknown = |doubt| Self {
            text: text.to_owned(),
            amount: None,
            unit: DataUnit::Unknown,
            tokens: Vec::new(),
            doubts: vec![doubt],
        };
        let Some(amounts) = list(text).into_iter().map(parse).collect::<Option<Vec<_>>>() else {
            return unknown("is not an amount, or a list of such; the words were kept, without an amount");
        };
        let stated = amounts.iter().find_map(|amount| amount.unit);
        if amounts.iter().any(|amount| amount.unit.is_some() && amount.unit != stated) {
            return unknown("counts different things; the words were kept, without an amount");
        }
        let Some(largest) = amounts.iter().map(|amount| amount.count).max() else {
            return unknown("is not an amount; the words were kept");
        };
        let mut doubts = Vec::new();
        let unit = match stated {
            Some(unit) => unit,
            None if largest.get() < MIN_TOKENS => {
                doubts
                    .push("is too little to be tokens and does not say what it counts; recorded with an unknown unit");
                DataUnit::Unknown
            }
            None => DataUnit::Tokens,
        };
        if amounts.iter().any(|amount| amount.rough) {
            doubts.push("is said to be about or more than this; recorded as the number itself");
        }
        let tokens = amounts.iter().filter(|_| unit == DataUnit::Tokens).map(|amount| amount.count).collect();
        Self { text: text.to_owned(), amount: Some(largest), unit, tokens, doubts }
    }

    /// As a model's document holds it.
    pub fn json(&self) -> Json {
        let mut json = json!({ "text": self.text, "unit": self.unit });
        if let Some(amount) = self.amount {
            json["amount"] = json!(amount);
        }
        json
    }
}

/// The amounts of a cell. Digits in groups of three are one number.
fn list(text: &str) -> Vec<&str> {
    if parse(text).is_some() { vec![text] } else { split(text) }
}

/// The parts of a list in a cell: `7B,13B`, `7B、13B`, `7B / 13B`. What stands in brackets belongs to what is before it.
pub fn split(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let parts = text.split(|c: char| {
        depth += i32::from(matches!(c, '(' | '（')) - i32::from(matches!(c, ')' | '）'));
        depth <= 0 && matches!(c, ',' | '，' | '、' | ';' | '；' | '/')
    });
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}
