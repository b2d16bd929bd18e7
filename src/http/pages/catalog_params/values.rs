//! The values of parameters: each is brought into its normal form, or refused with the values that would be valid.

use crate::domain::count::Count;
use crate::domain::date::PartialDate;
use crate::domain::quantization::Quantization;
use crate::domain::slug::Slug;
use crate::http::pages::code_names::COUNTRIES;
use crate::http::pages::hardware;

/// The values of `sort` and the `ModelOrderField` of each.
pub const ORDERS: [(&str, &str); 7] = [
    ("listed", "POSITION"),
    ("name", "NAME"),
    ("size", "MAX_PARAMETERS"),
    ("tokens", "MAX_TRAINING_TOKENS"),
    ("context", "MAX_CONTEXT_LENGTH"),
    ("released", "RELEASE_DATE"),
    ("updated", "UPDATED_AT"),
];

pub fn text(value: &str) -> Result<String, String> {
    if value.contains('\0') { Err("it contains the character U+0000".to_owned()) } else { Ok(value.to_owned()) }
}

pub fn choice(values: &[&str], value: &str) -> Result<String, String> {
    let known = values.iter().find(|known| known.eq_ignore_ascii_case(value));
    known.map(|known| (*known).to_owned()).ok_or_else(|| format!("expected one of {}", values.join(", ")))
}

pub fn yes_or_no(value: &str) -> Result<String, String> {
    choice(&["yes", "no"], value)
}

pub fn slug(value: &str) -> Result<String, String> {
    value.parse::<Slug>().map(|slug| slug.to_string()).map_err(|error| error.to_string())
}

pub fn word(value: &str) -> Result<String, String> {
    let valid = value.len() <= 50 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if valid { Ok(value.to_ascii_uppercase()) } else { Err("expected a word such as CODE".to_owned()) }
}

pub fn country(value: &str) -> Result<String, String> {
    let code = value.to_ascii_uppercase();
    if COUNTRIES.contains_key(&code) { Ok(code) } else { Err("expected a country code such as FR".to_owned()) }
}

pub fn territory(value: &str) -> Result<String, String> {
    if value.eq_ignore_ascii_case("EU") { Ok("EU".to_owned()) } else { country(value) }
}

pub fn device(value: &str) -> Result<String, String> {
    let slug = value.to_ascii_lowercase();
    let known = hardware::device(&slug).is_some();
    if known {
        Ok(slug)
    } else {
        Err("it is not a known device, such as rtx-4090; give its memory in GiB: memory=24".to_owned())
    }
}

pub fn quantization(value: &str) -> Result<String, String> {
    value.parse::<Quantization>().map(|quantization| quantization.name.to_owned())
}

pub fn year(value: &str) -> Result<String, String> {
    let valid = value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit()) && value != "0000";
    if valid { Ok(value.to_owned()) } else { Err("expected a year such as 2024".to_owned()) }
}

pub fn date(value: &str) -> Result<String, String> {
    let date = value.parse::<PartialDate>();
    date.map(|date| date.as_str().to_owned())
        .map_err(|_| "expected a date such as 2024-05-31, 2024-05 or 2024".to_owned())
}

pub fn sort(value: &str) -> Result<String, String> {
    let names = ORDERS.map(|(name, _)| name);
    let field = value.strip_prefix('-').unwrap_or(value);
    if names.contains(&field) {
        Ok(value.to_owned())
    } else {
        Err(format!("expected one of {}, with - before it for descending", names.join(", ")))
    }
}

/// Reads a whole number. Larger ones become the largest that has a meaning.
pub fn number(value: &str, min: u64, max: u64) -> Result<String, String> {
    let digits = value.bytes().all(|b| b.is_ascii_digit()) && value.len() <= 30;
    let number = digits.then(|| value.parse::<u64>().unwrap_or(u64::MAX)).filter(|number| *number >= min);
    number
        .map(|number| number.min(max).to_string())
        .ok_or_else(|| format!("expected a whole number from {min} to {max}"))
}

/// Reads a number of tokens such as "32768", "32k" or "1M".
pub fn tokens_of_context(value: &str) -> Result<String, String> {
    let tokens = amount_of(value).filter(|tokens| *tokens > 0);
    tokens
        .map(|tokens| tokens.min(1_000_000_000).to_string())
        .ok_or_else(|| "expected a number of tokens such as 32768 or 32K".to_owned())
}

/// Reads an amount such as "7B" or "1.5T". One that is larger than a `Count` can be becomes the largest.
pub fn amount(value: &str) -> Result<String, String> {
    match value.parse::<Count>() {
        Ok(_) => Ok(value.to_ascii_uppercase()),
        Err(error) if error.is_above_the_largest() => Ok(Count::MAX.to_string()),
        Err(_) => Err("expected an amount such as 7B or 1.5T".to_owned()),
    }
}

/// Reads a number of parameters. A number below 10,000 without a unit is in billions: nobody looks for models of 13 parameters.
pub fn parameters(value: &str) -> Result<String, String> {
    with_unit(value, |number| (number < 10_000.0).then_some("B"))
}

/// Reads a number of training tokens. A number without a unit is in trillions up to 100, and in billions below 10,000.
pub fn training_tokens(value: &str) -> Result<String, String> {
    with_unit(value, |number| match number {
        ..=100.0 => Some("T"),
        ..10_000.0 => Some("B"),
        _ => None,
    })
}

fn with_unit(value: &str, unit: impl Fn(f64) -> Option<&'static str>) -> Result<String, String> {
    let is_number = value.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let number = value.parse::<f64>().ok().filter(|number| is_number && *number > 0.0);
    match number.and_then(unit) {
        Some(unit) => amount(&format!("{value}{unit}")),
        None => amount(value),
    }
}

/// Returns the number of an amount; none if it is none.
pub fn amount_of(text: &str) -> Option<u64> {
    u64::try_from(text.parse::<Count>().ok()?.get()).ok()
}

/// Returns the text with the name of a column.
pub fn column_text(column: &str) -> &'static str {
    match column {
        "maker" => "fact.Model.organizations",
        "active" => "columns.active",
        "context" => "columns.context",
        "tokens" => "fact.Model.dataScale",
        "license" => "fact.Model.license",
        "released" => "fact.Model.releaseDate",
        "country" => "fact.Organization.country",
        "modality" => "columns.modality",
        "checkpoints" => "columns.checkpoints",
        _ => "fact.Model.links",
    }
}
