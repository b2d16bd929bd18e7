//! Numbers in the words of sources, in their common spellings: 7B, 7 billion, 70亿, 2T, 128k, 131,072.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value as Json;

use crate::domain::date::PartialDate;
use crate::domain::text::{normalize, static_regex};

/// The largest difference of two numbers that are equal but for the rounding of binary fractions.
const EQUAL: f64 = 1e-9;

/// A number in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// The value.
    pub value: f64,
    /// The value if the unit is a power of two: 128k is 128,000 or 131,072.
    pub binary: Option<f64>,
    /// Whether the text has no unit, as in a table whose heading has it.
    bare: bool,
    /// Half of the unit of the last digit.
    half: f64,
}

impl Number {
    /// Returns whether the number is another one, or rounds to it at the precision with which the other one is written. A number
    /// without a unit may be one of thousands, millions, and so on.
    pub fn is(&self, other: &Self) -> bool {
        let in_units = self.bare.then(|| [1e3, 1e6, 1e9, 1e12].map(|unit| Some(self.value * unit)));
        let readings = [Some(self.value), self.binary].into_iter().chain(in_units.into_iter().flatten());
        let others = [Some(other.value), other.binary];
        let close = |one: f64, another: f64| (one - another).abs() <= another.abs() * EQUAL;
        readings.flatten().any(|own| {
            others.into_iter().flatten().any(|other| close(own, other)) || (own - other.value).abs() <= other.half
        })
    }

    /// Returns the number that a fact has as its value: an integer, or a text such as "2T".
    pub fn of_value(value: &Json) -> Option<Self> {
        let mut number = match value {
            Json::Number(number) => numbers(&number.to_string()).first().copied(),
            Json::String(text) => numbers(text).first().copied(),
            _ => None,
        }?;
        // 40000 is written 40K, so it has that precision.
        let suffix = [1e12, 1e9, 1e6, 1e3].into_iter().find(|suffix| number.value >= *suffix).unwrap_or(1.0);
        let mut unit = number.half * 2.0;
        while unit * 10.0 <= suffix && (number.value / (unit * 10.0)).fract() == 0.0 {
            unit *= 10.0;
        }
        number.half = unit / 2.0;
        Some(number)
    }
}

/// The factors of units. The longest spelling comes first.
const UNITS: [(&str, f64, Option<f64>); 31] = [
    ("thousand", 1e3, None),
    ("million", 1e6, None),
    ("billion", 1e9, None),
    ("trillion", 1e12, None),
    ("万亿", 1e12, None),
    ("萬億", 1e12, None),
    ("千亿", 1e11, None),
    ("千億", 1e11, None),
    ("百亿", 1e10, None),
    ("百億", 1e10, None),
    ("十亿", 1e9, None),
    ("十億", 1e9, None),
    ("千万", 1e7, None),
    ("千萬", 1e7, None),
    ("百万", 1e6, None),
    ("百萬", 1e6, None),
    ("十万", 1e5, None),
    ("兆", 1e12, None),
    ("亿", 1e8, None),
    ("億", 1e8, None),
    ("万", 1e4, None),
    ("萬", 1e4, None),
    ("千", 1e3, None),
    ("ki", 1024.0, None),
    ("mi", 1_048_576.0, None),
    ("bn", 1e9, None),
    ("k", 1e3, Some(1024.0)),
    ("m", 1e6, Some(1_048_576.0)),
    ("b", 1e9, None),
    ("t", 1e12, None),
    ("g", 1e9, None),
];

/// Numbers in words.
const WORDS: [(&str, f64); 12] = [
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("half", 0.5),
    ("两", 2.0),
];

/// Returns the numbers in a text, in their order.
pub fn numbers(text: &str) -> Vec<Number> {
    static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
        let words = WORDS.map(|(word, _)| word).join("|");
        let units = UNITS.map(|(unit, ..)| unit).join("|");
        static_regex(&format!(
            r"(?P<number>[0-9]{{1,3}}(?:[,'_][0-9]{{3}})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?(?:e\+?[0-9]{{1,2}})?|{words})(?P<gap>[\s-]?)(?P<unit>{units})?"
        ))
    });
    // A copied text loses the position of an exponent: 6.67 × 10^22, 6.67x1022.
    static POWER: LazyLock<Regex> = LazyLock::new(|| static_regex(r"([0-9]) ?[x×·] ?10\^?([0-9]{2})\b"));
    let text = normalize(&text.replace(['*', '`'], ""));
    let text = POWER.replace_all(&text, "${1}e${2}");
    let numbers = PATTERN.captures_iter(&text).filter_map(|found| {
        let written = &found["number"];
        let rest = &text[found.get(0)?.end()..];
        let word = WORDS.iter().find(|(word, _)| *word == written);
        let (number, last_digit) = match word {
            Some((_, number)) => (*number, 1.0),
            None => {
                let (mantissa, power) = written.split_once('e').unwrap_or((written, "0"));
                let digits = mantissa.replace([',', '\'', '_'], "");
                let decimals = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
                let power = power.trim_start_matches('+').parse::<i32>().ok()?;
                let last_digit = 10_f64.powi(power - i32::try_from(decimals).ok()?);
                (digits.parse::<f64>().ok()? * 10_f64.powi(power), last_digit)
            }
        };
        let mut unit = found.name("unit").and_then(|unit| UNITS.iter().find(|(name, ..)| *name == unit.as_str()));
        // "7 million" has a unit, "7 models" has none, and neither has "7mm": a unit of letters ends with its word.
        let is_latin = |unit: &str| unit.is_ascii();
        if unit.is_some_and(|(name, ..)| is_latin(name) && rest.starts_with(|next: char| next.is_ascii_alphabetic())) {
            let plural_or_bytes = |rest: &str| {
                let word = rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
                matches!(word, "s" | "tok" | "tokens" | "params" | "parameters")
            };
            unit = unit.filter(|_| plural_or_bytes(rest));
        }
        let factor = unit.map_or(1.0, |(_, factor, _)| *factor);
        Some(Number {
            value: number * factor,
            bare: unit.is_none(),
            binary: unit.and_then(|(_, _, binary)| *binary).map(|binary| number * binary),
            half: factor * last_digit / 2.0,
        })
    });
    numbers.collect()
}

/// The English names of the months.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A day whose year has two digits, such as 25/08/15 or 15.08.25.
static SHORT_DATE: LazyLock<Regex> =
    LazyLock::new(|| static_regex(r"\b(?P<first>[0-9]{2})[./-][0-9]{1,2}[./-](?P<last>[0-9]{2})\b"));

/// Returns whether a text contains a date, in any order and spelling of its parts: 2024-07-23, 23/07/2024, July 23rd, 2024, 2024年7月23日.
pub fn contains_date(text: &str, date: &PartialDate) -> bool {
    let text = normalize(text);
    let is_digit = |c: char| c.is_ascii_digit();
    let digits = text.split(|c| !is_digit(c)).filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let words = text.split(|c: char| !c.is_ascii_alphabetic()).collect::<Vec<_>>();
    let compact = date.to_string().replace('-', "");
    if digits.iter().any(|part| part.len() >= compact.len() && part.starts_with(&compact)) {
        return true;
    }
    let has_number =
        |number: &str| digits.iter().any(|part| part.trim_start_matches('0') == number.trim_start_matches('0'));
    let written = date.to_string();
    let mut parts = written.split('-');
    let year = parts.next().is_none_or(|year| {
        let short = &year[2..];
        let of_day = |day: regex::Captures| [&day["first"], &day["last"]].contains(&short);
        has_number(year) || text.contains(&format!("'{short}")) || SHORT_DATE.captures_iter(&text).any(of_day)
    });
    let month = parts.next().is_none_or(|month| {
        let name = month.parse::<usize>().ok().and_then(|month| MONTHS.get(month - 1));
        let named = name.is_some_and(|name| {
            words
                .iter()
                .any(|word| word.len() >= 3 && (name.starts_with(word) || word == &"sept" && name.starts_with("sept")))
        });
        named || has_number(month)
    });
    year && month && parts.next().is_none_or(has_number)
}
