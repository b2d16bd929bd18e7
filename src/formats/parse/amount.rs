//! Parses amounts such as `2.4T`, `70亿`, `100M（图片）`, `800 GB`.

use std::sync::LazyLock;

use entity::vocabulary::{DataUnit, Qualifier};
use regex::Regex;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use unicode_normalization::UnicodeNormalization;

use crate::domain::count::Count;
use crate::domain::text::static_regex;

/// An amount with its unit and precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The exact number.
    pub count: Count,
    /// The counted unit. `None` if the text does not name one.
    pub unit: Option<DataUnit>,
    /// Whether the text marks the number as approximate or as a lower bound: "about", "more than".
    pub rough: bool,
}

/// The lowest number without a unit that is read as training tokens. No large language model was trained on fewer.
const MIN_TOKENS: i64 = 100_000_000;

/// The factors of multiplier words and letters. A single B is a billion, as in parameter counts.
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

/// Parses a text that is one amount. Returns `None` for other text and for a number without a multiplier or unit, because
/// its meaning is unknown.
pub fn parse(text: &str) -> Option<Amount> {
    static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix)^ (?P<about> [~≈约超近>≥+≳] | about\s | over\s | more\ than\s )? \s*
               (?P<number> [0-9]+ (?: \.[0-9]+ )? | [0-9]{1,3} (?: ,[0-9]{3} )+ (?: \.[0-9]+ )? ) \s*
               (?P<multiple> [kmgtp]?b | [kmt] | thousand | million | billion | trillion
                 | 万亿 | 千亿 | 百亿 | 十亿 | 亿 | 千万 | 百万 | 万 | 千 | 兆 )? \s*
               (?P<more> \+ | 以上 | 多 )? \s* 个? \s* 的? \s*
               (?P<unit> \(? (?: tokens? | 词元 | 张? 图[片像] | images? | pictures? ) \)? )? $",
        )
    });
    let text = normalize_width(text);
    let captures = AMOUNT.captures(&text)?;
    let group = |name: &str| captures.name(name).map_or("", |group| group.as_str());
    let multiple = group("multiple").to_lowercase();
    let unit = group("unit").to_lowercase();
    if multiple.is_empty() && unit.is_empty() {
        return None;
    }
    // KB, MB, GB, TB and PB are bytes; a single B is a billion.
    let is_bytes = multiple.len() == 2 && multiple.ends_with('b');
    let factor = match multiple.strip_suffix('b').filter(|_| is_bytes) {
        Some(letter) => factor(letter)?,
        None => factor(&multiple)?,
    };
    let unit = match unit.trim_matches(['(', ')']) {
        "" if is_bytes => Some(DataUnit::Bytes),
        "" => None,
        "token" | "tokens" | "词元" => Some(DataUnit::Tokens),
        _ => Some(DataUnit::Images),
    };
    let rough = !group("about").is_empty() || !group("more").is_empty();
    Some(Amount { count: exact_product(&group("number").replace(',', ""), factor)?, unit, rough })
}

/// Parses a whole number without a unit: `7000000000`, `7,000,000,000`, `7e9`, `405000000000.0`.
pub fn bare_number(text: &str) -> Option<Count> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"^(?P<number>[0-9]+(\.[0-9]+)?|[0-9]{1,3}([,_ ][0-9]{3})+(\.0+)?)([eE]\+?(?P<exponent>[0-9]{1,2}))?$",
        )
    });
    let parts = NUMBER.captures(text)?;
    let digits = parts["number"].replace([',', '_', ' '], "");
    let exponent = parts.name("exponent").map_or(Some(0), |exponent| exponent.as_str().parse::<u32>().ok())?;
    let number = Decimal::from_str_exact(&digits).ok()?;
    let product = number.checked_mul(Decimal::from(10_i64.checked_pow(exponent)?))?;
    // Floating-point numbers are written with digits that they do not have: 247000000.00000003.
    let rounded = product.round();
    if (product - rounded).abs() > Decimal::new(1, 6) {
        return None;
    }
    Count::new(i64::try_from(rounded).ok()?).ok()
}

/// Whether the words of a source state a number, within the precision in which they write it.
pub fn states(quote: &str, number: i64) -> bool {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?i)(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?P<unit>thousand|million|billion|trillion|[kmbt]\b|亿|万亿|万)?",
        )
    });
    NUMBER.captures_iter(quote).any(|parts| {
        let digits = parts["number"].trim_end_matches(',').replace(',', "");
        let Ok(written) = digits.parse::<f64>() else { return false };
        let unit = parts.name("unit").map_or("", |unit| unit.as_str());
        let factor =
            if unit.is_empty() { Some(1) } else { parse(&format!("1{unit}")).map(|amount| amount.count.get()) };
        let factors = [
            factor,
            (unit.eq_ignore_ascii_case("k")).then_some(1024),
            (unit.eq_ignore_ascii_case("m")).then_some(1 << 20),
        ];
        #[expect(clippy::cast_precision_loss, reason = "compared within a tolerance")]
        let is_near = |factor: i64| (written * factor as f64 - number as f64).abs() <= 0.005 * number as f64;
        factors.into_iter().flatten().any(is_near)
    })
}

/// Returns the factor of a multiplier word or letter.
fn factor(word: &str) -> Option<i64> {
    MULTIPLES.iter().find(|(multiple, _)| *multiple == word).map(|(_, factor)| *factor)
}

/// Multiplies a decimal number by a factor. Returns `None` if the product is not an integer in the range of counts.
fn exact_product(number: &str, factor: i64) -> Option<Count> {
    let product = Decimal::from_str_exact(number).ok()?.checked_mul(Decimal::from(factor))?;
    if !product.is_integer() {
        return None;
    }
    Count::new(i64::try_from(product).ok()?).ok()
}

/// Normalizes full-width and half-width letters and digits (Unicode NFKC) and trims the text.
pub fn normalize_width(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_owned()
}

/// An amount of training data with the text of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataScale {
    /// The text as written.
    text: String,
    /// The largest amount in the text.
    amount: Option<Count>,
    /// The counted unit.
    unit: DataUnit,
    /// The amounts in the order of the text, if the unit is tokens; else empty.
    pub tokens: Vec<Count>,
    /// Warnings about the text.
    pub doubts: Vec<&'static str>,
    /// How the amount is to be read, if it is not exact.
    pub qualifier: Option<Qualifier>,
}

impl DataScale {
    /// Reads the text of a cell.
    pub fn of(text: &str) -> Self {
        let unparsed = |doubt| Self {
            text: text.to_owned(),
            amount: None,
            unit: DataUnit::Unknown,
            tokens: Vec::new(),
            doubts: vec![doubt],
            qualifier: None,
        };
        let Some(amounts) = split_amounts(text).into_iter().map(parse).collect::<Option<Vec<_>>>() else {
            return unparsed("not an amount or a list of amounts such as 1.4T,2T; stored as text without an amount");
        };
        let stated_unit = amounts.iter().find_map(|amount| amount.unit);
        if amounts.iter().any(|amount| amount.unit.is_some() && amount.unit != stated_unit) {
            return unparsed("amounts in different units; stored as text without an amount");
        }
        let Some(largest) = amounts.iter().map(|amount| amount.count).max() else {
            return unparsed("not an amount such as 1.4T; stored as text without an amount");
        };
        let mut doubts = Vec::new();
        let unit = match stated_unit {
            Some(unit) => unit,
            None if largest.get() < MIN_TOKENS => {
                doubts.push("less than 100M without a unit, too few for training tokens; stored with the unit UNKNOWN");
                DataUnit::Unknown
            }
            None => DataUnit::Tokens,
        };
        if amounts.iter().any(|amount| amount.rough) {
            doubts.push("an approximate amount or a lower bound; stored as the exact number");
        }
        let tokens = amounts.iter().filter(|_| unit == DataUnit::Tokens).map(|amount| amount.count).collect();
        let is_lower_bound = text.contains(['>', '≥', '+', '超', '多']) || text.contains("以上");
        let rough = if is_lower_bound { Qualifier::AtLeast } else { Qualifier::Approximate };
        let qualifier = amounts.iter().any(|amount| amount.rough).then_some(rough);
        Self { text: text.to_owned(), amount: Some(largest), unit, tokens, doubts, qualifier }
    }

    /// Returns the value of `dataScale` in a model's document.
    pub fn json(&self) -> Json {
        let mut json = json!({ "text": self.text, "unit": self.unit });
        if let Some(amount) = self.amount {
            json["amount"] = json!(amount);
        }
        json
    }
}

/// Splits a cell into its amounts. Digits in groups of three, such as 1,400B, are one amount.
fn split_amounts(text: &str) -> Vec<&str> {
    if parse(text).is_some() { vec![text] } else { split(text) }
}

/// Splits a list in a cell: `7B,13B`, `7B、13B`, `7B / 13B`. Separators inside brackets do not split.
pub fn split(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let parts = text.split(|c: char| {
        depth += i32::from(matches!(c, '(' | '（')) - i32::from(matches!(c, ')' | '）'));
        depth <= 0 && matches!(c, ',' | '，' | '、' | ';' | '；' | '/')
    });
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}
