//! Parser of searches: the sizes, memory, context, tokens and years that a search asks for. All other words are looked for in names
//! and texts, and so is a phrase in quotation marks.

use std::{collections::BTreeSet, ops::Bound, sync::LazyLock};

use regex::Regex;

use crate::domain::count::Count;
use crate::domain::text::{normalize, static_regex};

/// Bits per parameter for which a memory such as "24gb" is read: the usual format on one's own card.
pub const BITS_PER_PARAMETER: i64 = 4;
/// The part of such a memory that weights may take, in percent. The rest is for the context and the runtime.
pub const WEIGHTS_PERCENT: i64 = 85;

/// The readings of a search text, and the rest of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// The words that are no amount, and the phrases in quotation marks, normalized, in their order.
    pub words: Vec<String>,
    /// The values that the other words ask for, in their order.
    pub terms: Vec<Term>,
}

/// A part of a search that asks for a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The part of the normalized search.
    pub text: String,
    /// The value that it asks for.
    pub reading: Reading,
}

/// A value that a part of a search asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A size with this label: "7b", "8x7b", "30b-a3b". If it is an amount, any size that rounds to it will do.
    Size {
        /// The label in lower case.
        label: String,
        /// The parameters that round to it; none if the label is no amount.
        parameters: Option<Range>,
    },
    /// A size with parameters in a range: "<13b". A size that is called by the bound counts as equal to it.
    Parameters(Range),
    /// Training tokens in a range: "15t tokens".
    TrainingTokens(Range),
    /// The length of the context in a range: "128k" asks for as much or more.
    ContextLength(Range),
    /// A size whose weights fit in a memory of so many bytes: "24gb".
    Memory(Count),
    /// A date of release from one text to before another, compared as texts: "2024", "2024-07", ">2023".
    Released {
        /// The first date; empty without a bound.
        from: String,
        /// The first date that is too late; empty without a bound.
        before: String,
    },
}

/// A range of amounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The lower bound.
    pub from: Bound<i64>,
    /// The upper bound.
    pub to: Bound<i64>,
}

impl SearchQuery {
    /// Reads a search text. Every word of it is part of the result: nothing is left out but the nouns of amounts.
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        for part in segments(text) {
            match part {
                Segment::Word(word) | Segment::Phrase(word) => query.words.push(word),
                Segment::Term(term) => query.terms.push(term),
            }
        }
        query
    }

    /// Returns the search text in which one of the terms is a phrase in quotation marks, so that it is looked for in names and
    /// texts.
    pub fn with_phrase(text: &str, term: usize) -> String {
        let mut terms = 0..;
        let written = segments(text).into_iter().map(|part| match part {
            Segment::Word(word) => word,
            Segment::Phrase(phrase) => format!("\"{phrase}\""),
            Segment::Term(Term { text, .. }) if terms.next() == Some(term) => format!("\"{text}\""),
            Segment::Term(Term { text, .. }) => text,
        });
        written.collect::<Vec<_>>().join(" ")
    }

    /// Returns the words that are no amount, joined.
    pub fn rest(&self) -> String {
        self.words.join(" ")
    }

    /// Returns the distinct words that are no amount.
    pub fn distinct_words(&self) -> BTreeSet<&str> {
        self.words.iter().map(String::as_str).collect()
    }
}

impl Reading {
    /// Returns the largest number of parameters whose weights fit in a memory: of 4 bits each, in 85 % of it.
    pub fn parameters_in(memory: Count) -> i64 {
        memory.get() / 100 * WEIGHTS_PERCENT / BITS_PER_PARAMETER * 8
    }
}

/// Returns the words of a search text in which no amount is read, with each phrase in quotation marks as one of them.
pub fn words(text: &str) -> Vec<String> {
    let parts = quotations(text).into_iter().flat_map(|(quoted, text)| match quoted {
        true => vec![text],
        false => text.split(' ').map(str::to_owned).collect(),
    });
    parts.collect()
}

/// A segment of a search text.
enum Segment {
    Word(String),
    Phrase(String),
    Term(Term),
}

fn segments(text: &str) -> Vec<Segment> {
    let mut parts = Vec::new();
    for (quoted, text) in quotations(text) {
        if quoted {
            parts.push(Segment::Phrase(text));
            continue;
        }
        let words = join_amounts(text.split(' '));
        let mut index = 0;
        while index < words.len() {
            let word = &words[index];
            let noun = |index: usize| words.get(index).and_then(|word| Quantity::of(word));
            // "128k context", or "context 128k".
            if let Some((reading, length)) = noun(index + 1)
                .and_then(|noun| Some((read(word, Some(noun))?, 2)))
                .or_else(|| {
                    let amount = words.get(index + 1)?;
                    Some((read(amount, Some(noun(index)?))?, 2))
                })
                .or_else(|| Some((read(word, None)?, 1)))
            {
                parts.push(Segment::Term(Term { text: words[index..index + length].join(" "), reading }));
                index += length;
            } else {
                parts.push(Segment::Word(word.clone()));
                index += 1;
            }
        }
    }
    parts
}

/// Splits a text, normalized, into what is in quotation marks and what is not. A mark without a second one is a character.
fn quotations(text: &str) -> Vec<(bool, String)> {
    let text = normalize(text).replace(['“', '”', '„'], "\"");
    let marks = text.matches('"').count();
    let parts = text.splitn(marks + 1 - marks % 2, '"').map(str::trim).enumerate();
    parts.filter(|(_, part)| !part.is_empty()).map(|(index, part)| (index % 2 == 1, part.to_owned())).collect()
}

/// The quantity of an amount.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quantity {
    Parameters,
    TrainingTokens,
    ContextLength,
    Memory,
}

impl Quantity {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "parameters" | "parameter" | "params" | "参数" => Self::Parameters,
            "tokens" | "token" | "词元" => Self::TrainingTokens,
            "context" | "ctx" | "上下文" => Self::ContextLength,
            "vram" | "gpu" | "显存" | "内存" => Self::Memory,
            _ => return None,
        })
    }
}

/// Joins what belongs to one amount: "< 13b", "24 gb", "under 13b".
fn join_amounts<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut amounts = Vec::<String>::new();
    for word in words {
        let number = amounts.last_mut().filter(|last| UNIT.is_match(word) && NUMBER.is_match(last));
        match number {
            Some(number) => number.push_str(word),
            None => amounts.push(word.to_owned()),
        }
    }
    let mut joined = Vec::<String>::new();
    for word in amounts {
        let operator = joined.last().and_then(|last| match last.as_str() {
            "<" | "<=" | ">" | ">=" | "≤" | "≥" => Some(last.as_str()),
            "under" | "below" => Some("<"),
            "over" | "above" => Some(">"),
            _ => None,
        });
        let with_operator = operator.map(|operator| format!("{operator}{word}"));
        match with_operator.filter(|joined| read(joined, None).is_some()) {
            Some(amount) => {
                joined.pop();
                joined.push(amount);
            }
            None => joined.push(word),
        }
    }
    joined
}

static UNIT: LazyLock<Regex> = LazyLock::new(|| static_regex(r"^(?:[bt]|gb?|gib|亿|万亿)(?:以下|以内|以上)?\z"));
static NUMBER: LazyLock<Regex> = LazyLock::new(|| static_regex(r"^(?:[<>≤≥]=?)?\d{1,6}(?:\.\d{1,3})?$"));
static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    static_regex(r"^([<>≤≥]=?)?(\d{1,6}(?:\.\d{1,3})?)(k|m|b|t|万亿|亿|gb?|gib|tb)(\+|以下|以内|以上|参数|显存)?$")
});
static RANGE: LazyLock<Regex> =
    LazyLock::new(|| static_regex(r"^(\d{1,6}(?:\.\d{1,3})?)([kmbt])?(?:-|–|~|\.\.)(\d{1,6}(?:\.\d{1,3})?)([kmbt])$"));
static YEAR: LazyLock<Regex> =
    LazyLock::new(|| static_regex(r"^([<>≤≥]=?)?((?:19[5-9]\d|20\d\d)(?:-(?:0[1-9]|1[0-2]))?)年?(以后|以前)?$"));
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    static_regex(r"^(?:\d{1,3}x\d{1,4}(?:\.\d)?b|e\d{1,3}b|\d{1,5}(?:\.\d{1,2})?b-a\d{1,4}(?:\.\d{1,2})?b)$")
});

/// Reads a word, with the noun next to it. None if it is no amount.
fn read(word: &str, noun: Option<Quantity>) -> Option<Reading> {
    if let Some(found) = YEAR.captures(word)
        && noun.is_none()
    {
        return Some(released(found.get(1).or(found.get(3)).map_or("", |text| text.as_str()), &found[2]));
    }
    if LABEL.is_match(word) && noun.is_none() {
        return Some(Reading::Size { label: word.to_owned(), parameters: None });
    }
    if let Some(found) = RANGE.captures(word) {
        let unit = &found[4];
        let from = amount(&found[1], found.get(2).map_or(unit, |unit| unit.as_str()))?;
        let range = Range { from: Bound::Included(from), to: Bound::Included(amount(&found[3], unit)?) };
        return of_noun(noun.or((unit == "k").then_some(Quantity::ContextLength)), range);
    }
    let found = AMOUNT.captures(word)?;
    let (number, unit) = (&found[2], &found[3]);
    let value = amount(number, unit)?;
    let suffix = found.get(4).map_or("", |suffix| suffix.as_str());
    if unit.starts_with('g') || unit == "tb" || noun == Some(Quantity::Memory) {
        let is_memory = unit.starts_with('g') || unit == "tb";
        return is_memory.then(|| Count::new(value).ok().map(Reading::Memory)).flatten();
    }
    let operator = match (found.get(1).map_or("", |operator| operator.as_str()), suffix) {
        ("", "+" | "以上") => ">=",
        ("", "以下" | "以内") => "<=",
        (operator, _) => operator,
    };
    let of = noun.unwrap_or(if unit == "k" { Quantity::ContextLength } else { Quantity::Parameters });
    let range = match operator {
        "<" => Range { from: Bound::Unbounded, to: Bound::Excluded(value) },
        "<=" | "≤" | "≤=" => Range { from: Bound::Unbounded, to: Bound::Included(value) },
        ">" => Range { from: Bound::Excluded(value), to: Bound::Unbounded },
        ">=" | "≥" | "≥=" => Range { from: Bound::Included(value), to: Bound::Unbounded },
        _ if of == Quantity::ContextLength => Range { from: Bound::Included(value), to: Bound::Unbounded },
        _ => {
            // Half of the last digit to each side.
            let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let step = amount("1", unit)? / 10_i64.pow(u32::try_from(decimals).ok()?);
            let range =
                Range { from: Bound::Included(value - step / 2), to: Bound::Excluded(value.saturating_add(step / 2)) };
            let label = match unit {
                "万亿" => format!("{number}t"),
                "亿" => label(value),
                _ => format!("{number}{unit}"),
            };
            return match of {
                Quantity::Parameters => Some(Reading::Size { label, parameters: Some(range) }),
                other => of_noun(Some(other), range),
            };
        }
    };
    of_noun(Some(of), range)
}

fn of_noun(noun: Option<Quantity>, range: Range) -> Option<Reading> {
    match noun.unwrap_or(Quantity::Parameters) {
        Quantity::Parameters => Some(Reading::Parameters(range)),
        Quantity::TrainingTokens => Some(Reading::TrainingTokens(range)),
        Quantity::ContextLength => Some(Reading::ContextLength(range)),
        Quantity::Memory => None,
    }
}

/// Writes hundreds of millions as people call a size: 70 of them are "7b".
fn label(value: i64) -> String {
    let tenths = value / 100_000_000;
    if tenths % 10 == 0 { format!("{}b", tenths / 10) } else { format!("{}.{}b", tenths / 10, tenths % 10) }
}

/// Reads dates: a year or a month, and what is before or after it.
fn released(operator: &str, date: &str) -> Reading {
    // `~` is after every digit and hyphen: the first text after all dates within the year or month.
    let (start, end) = (date.to_owned(), format!("{date}~"));
    let (from, before) = match operator {
        "<" | "以前" => (String::new(), start),
        "<=" | "≤" | "≤=" => (String::new(), end),
        ">" => (end, String::new()),
        ">=" | "≥" | "≥=" | "以后" => (start, String::new()),
        _ => (start, end),
    };
    Reading::Released { from, before }
}

/// Returns a number with its unit as a whole number; none if it is none, or too large.
fn amount(number: &str, unit: &str) -> Option<i64> {
    let (unit, factor) = match unit {
        "亿" => ("M", 100),
        "万亿" => ("T", 1),
        "g" | "gb" => ("B", 1),
        "gib" => return Some(number.parse::<Count>().ok()?.get() << 30),
        "tb" => ("T", 1),
        unit => (unit, 1),
    };
    let value = format!("{number}{unit}").parse::<Count>().ok()?.get().checked_mul(factor)?;
    (value <= Count::MAX).then_some(value)
}
