//! Components and formatting that pages share.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use maud::{Markup, html};
use serde_json::Value as Json;

use crate::domain::date::PartialDate;
use crate::domain::facts::Fact;
use crate::domain::facts::value::Kind;
use crate::http::pages::code_names::{country_name, language_name};
use crate::http::pages::i18n::Translations;

/// Returns the elements of a JSON array; empty if the value is not an array.
pub fn list(value: &Json) -> &[Json] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Returns a JSON string; empty if the value is not a string.
pub fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_default()
}

/// Renders commercial use as a text and a sign. Where the sizes of a model differ, the text names them: "Allowed: 7B, 40B · with
/// conditions: 180B".
pub fn commercial_use(texts: &Translations, value: &Json, sizes: &Json) -> Markup {
    let sign = match text(value) {
        "ALLOWED" => "✓",
        "CONDITIONAL" => "§",
        "VARIES" => "≠",
        "AUTHORIZATION_REQUIRED" => "!",
        "PROHIBITED" => "✕",
        _ => "?",
    };
    html! {
        span class={ "use " (text(value).to_lowercase()) } {
            span.sign aria-hidden="true" { (sign) }
            @if text(value) == "VARIES" && !list(sizes).is_empty() { (uses_of_sizes(texts, list(sizes))) }
            @else { (texts.enum_text("CommercialUse", value)) }
        }
    }
}

fn uses_of_sizes(texts: &Translations, sizes: &[Json]) -> String {
    let mut uses = Vec::<(&Json, Vec<&str>)>::new();
    for size in sizes {
        let (commercial_use, label) = (&size["commercialUse"], text(&size["label"]));
        match uses.iter_mut().find(|(known, _)| *known == commercial_use) {
            Some((_, labels)) => labels.push(label),
            None => uses.push((commercial_use, vec![label])),
        }
    }
    let parts = uses.iter().enumerate().map(|(index, (commercial_use, labels))| {
        let name = texts.enum_text("CommercialUse", commercial_use);
        let mut characters = name.chars();
        let start =
            characters.next().map(|first| if index > 0 { first.to_lowercase().collect() } else { first.to_string() });
        let labels = labels.join(texts.text("list.comma"));
        format!("{}{}{}{labels}", start.unwrap_or_default(), characters.as_str(), texts.text("list.colon"))
    });
    parts.collect::<Vec<_>>().join(" · ")
}

/// The facts that are lengths of contexts in tokens.
const CONTEXTS: [&str; 2] = ["contextLength", "extendedContextLength"];

/// Renders the value of a declared fact; `None` if it is unknown.
pub fn fact_value(texts: &Translations, fact: &Fact, value: &Json) -> Option<Markup> {
    let text = match fact.kind {
        Kind::Count if fact.name.to_lowercase().ends_with("tokens") => {
            value.as_u64().map(|tokens| texts.with("amount.tokens", &[("count", &amount(tokens))]))
        }
        Kind::Count if fact.name.to_lowercase().ends_with("bytes") => value.as_u64().map(bytes),
        Kind::Count => value.as_u64().map(amount),
        Kind::PartialDate => date(texts, value),
        Kind::Text if page_address(value).is_some() => return Some(outside(value, None)),
        Kind::Integer if CONTEXTS.contains(&fact.name) => {
            let tokens = value.as_u64()?;
            return Some(html! { span title=(group_digits(tokens)) { (context_length(tokens)) } });
        }
        Kind::Integer => value.as_u64().map(group_digits),
        Kind::Float => value.as_f64().map(|number| if number < 1e6 { number.to_string() } else { scientific(number) }),
        Kind::Boolean => value.as_bool().map(|yes| texts.text(if yes { "yes" } else { "no" }).to_owned()),
        Kind::Enum(name) => value.as_str().map(|_| texts.enum_text(name, value).to_owned()),
        Kind::Text if fact.name == "country" => value.as_str().map(|code| country_name(code, texts.api).to_owned()),
        // Of organizations; that of all others is an enum.
        Kind::Text if fact.name == "kind" => {
            value.as_str().map(|_| texts.enum_text("OrganizationKind", value).to_owned())
        }
        Kind::Text => value.as_str().map(str::to_owned),
        Kind::Modalities => modalities(texts, value),
    };
    text.map(|text| html! { (text) })
}

/// Renders a fact of a model, or else the values of its sizes, each once; `None` if no size has one either.
pub fn fact_of_model(texts: &Translations, fact: &Fact, model: &Json) -> Option<Markup> {
    if fact.name == "contextLength" {
        return span_of_sizes(model, fact.name).or_else(|| fact_value(texts, fact, &model[fact.name]));
    }
    fact_value(texts, fact, &model[fact.name]).or_else(|| distinct_of_sizes(texts, fact, model))
}

/// Renders the values that sizes have for a fact, each once; `None` without any.
pub fn distinct_of_sizes(texts: &Translations, fact: &Fact, model: &Json) -> Option<Markup> {
    let mut values = Vec::<Markup>::new();
    for value in list(&model["sizes"]).iter().filter_map(|size| fact_value(texts, fact, &size[fact.name])) {
        if !values.iter().any(|known| known.0 == value.0) {
            values.push(value);
        }
    }
    let comma = texts.text("list.comma");
    (!values.is_empty())
        .then(|| html! { @for (index, value) in values.iter().enumerate() { @if index > 0 { (comma) } (value) } })
}

/// Renders the smallest and the largest value that sizes have, such as "3B–22B"; `None` without any.
pub fn span_of_sizes(model: &Json, field: &str) -> Option<Markup> {
    let format = if CONTEXTS.contains(&field) { context_length } else { amount };
    let values = list(&model["sizes"]).iter().filter_map(|size| size[field].as_u64());
    let (least, most) = values.fold(None, |span: Option<(u64, u64)>, value| {
        Some(span.map_or((value, value), |(least, most)| (least.min(value), most.max(value))))
    })?;
    Some(html! { (format(least)) @if format(least) != format(most) { "–" (format(most)) } })
}

/// Returns modalities as text: "Text, Images → Text".
fn modalities(texts: &Translations, value: &Json) -> Option<String> {
    let side = |name: &str| {
        let names = list(&value[name]).iter().map(|modality| texts.enum_text("Modality", modality));
        names.collect::<Vec<_>>().join(texts.text("list.comma"))
    };
    (!value.is_null()).then(|| format!("{} → {}", side("input"), side("output")))
}

/// The number of texts of a list that are shown at first.
const INITIAL_TEXTS: usize = 8;

/// Renders the values of a fact that is a list of texts, in words of the page's language, the later ones behind their number; `None`
/// without any.
pub fn words<'a>(texts: &'a Translations, fact: &str, words: &'a [Json]) -> Option<Markup> {
    let comma = texts.text("list.comma");
    let word = |value: &'a Json| match fact {
        "languages" => language_name(text(value), texts.api),
        "purposes" => texts.enum_text("Purpose", value),
        _ => text(value),
    };
    let join = |words: &'a [Json]| words.iter().map(word).collect::<Vec<_>>().join(comma);
    // A remainder of a few is as long as its number.
    let (first, rest) = words.split_at(if words.len() > INITIAL_TEXTS + 3 { INITIAL_TEXTS } else { words.len() });
    (!words.is_empty()).then(|| {
        html! {
            (join(first))
            @if !rest.is_empty() {
                details.rest { summary { "+" (rest.len()) } (join(rest)) }
            }
        }
    })
}

/// Formats a number in scientific notation: 6.67e22 is "6.67 × 10²²".
pub fn scientific(number: f64) -> String {
    let formatted = format!("{number:.2e}");
    let (mantissa, exponent) = formatted.split_once('e').unwrap_or((&formatted, "0"));
    let superscript = |digit: char| digit.to_digit(10).and_then(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit as usize));
    let exponent = exponent.chars().map(|sign| superscript(sign).unwrap_or('⁻')).collect::<String>();
    let mantissa = if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
    format!("{mantissa} × 10{exponent}")
}

/// Renders the word for a value that no source states.
pub fn unknown(texts: &Translations) -> Markup {
    html! { span.unknown { (texts.text("unknown")) } }
}

/// Renders a fact with its name that is derived from others; "unknown" without a value.
pub fn fact(texts: &Translations, name: &str, value: Option<Markup>) -> Markup {
    html! {
        div {
            dt { (texts.text(name)) }
            dd { (value.unwrap_or_else(|| unknown(texts))) }
        }
    }
}

/// Renders a button that copies a text; an empty one copies the address of the page.
pub fn copy_button(texts: &Translations, label: &str, copied: &str) -> Markup {
    html! { button.copy type="button" data-copy=(copied) { (texts.text(label)) } }
}

/// The maximum number of characters of an address that is shown whole.
const MAX_URL: usize = 48;

/// Returns an address without its scheme; of a long one the host and the end.
fn short_url(url: &str) -> String {
    let short = url.trim_start_matches("https://").trim_start_matches("http://");
    match (short.split_once('/'), short.trim_end_matches('/').rsplit_once('/')) {
        (Some((host, _)), Some((_, last))) if short.chars().count() > MAX_URL && last.chars().count() < MAX_URL => {
            format!("{host}/…/{last}")
        }
        _ => short.to_owned(),
    }
}

/// Renders links to subjects below a path; `None` without subjects.
pub fn names(texts: &Translations, subjects: &[Json], path: &str) -> Option<Markup> {
    (!subjects.is_empty()).then(|| {
        html! {
            @for (i, subject) in subjects.iter().enumerate() {
                @if i > 0 { (texts.text("list.comma")) }
                a href={ "/" (path) "/" (text(&subject["slug"])) } { (text(&subject["name"])) }
            }
        }
    })
}

/// Returns a URL if it is an HTTP or HTTPS URL, which is safe as a link.
pub fn page_address(url: &Json) -> Option<&str> {
    Some(text(url)).filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}

/// Renders the links of a subject; `None` without links.
pub fn links(texts: &Translations, links: &[Json]) -> Option<Markup> {
    (!links.is_empty()).then(|| {
        html! {
            ul.plain {
                @for link in links {
                    li {
                        span.tag { (texts.enum_text("LinkKind", &link["kind"])) } " "
                        (outside(&link["url"], link["title"].as_str()))
                    }
                }
            }
        }
    })
}

/// Renders a link to another site with its title, or its URL without one.
pub fn outside(url: &Json, title: Option<&str>) -> Markup {
    let name = title.map_or_else(|| short_url(text(url)), str::to_owned);
    html! { a href=[page_address(url)] rel="noreferrer" target="_blank" { (name) } }
}

/// Returns the label of a field: that of the type, otherwise that of models, otherwise the path.
pub fn field_label<'a>(texts: &'a Translations, type_name: &str, field: &'a str) -> &'a str {
    let label = |name: &str| texts.find(&format!("fact.{name}.{field}"));
    label(type_name).or_else(|| label("Model")).unwrap_or(field)
}

/// Formats a value of a document as text.
pub fn format_value(value: &Json) -> String {
    match value {
        Json::Null => "–".to_owned(),
        Json::Array(values) => values.iter().map(format_value).collect::<Vec<_>>().join(", "),
        Json::Object(parts) => {
            parts.values().filter(|part| !part.is_null()).map(format_value).collect::<Vec<_>>().join(" · ")
        }
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Formats a number of parameters or tokens with three significant digits: 6700000000 is "6.7B".
pub fn amount(number: u64) -> String {
    with_unit(number, &[(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")]).unwrap_or_else(|| number.to_string())
}

/// Formats a number of bytes in decimal units.
pub fn bytes(number: u64) -> String {
    let units = [(1e12, " TB"), (1e9, " GB"), (1e6, " MB"), (1e3, " kB")];
    with_unit(number, &units).unwrap_or_else(|| format!("{number} B"))
}

fn with_unit(number: u64, units: &[(f64, &str)]) -> Option<String> {
    let (size, unit) = units.iter().find(|(size, _)| number as f64 >= *size)?;
    let part = number as f64 / size;
    let decimals = if part < 10.0 { 2 } else { usize::from(part < 100.0) };
    let digits = format!("{part:.decimals$}");
    let digits = if decimals > 0 { digits.trim_end_matches('0').trim_end_matches('.') } else { &digits };
    Some(format!("{digits}{unit}"))
}

/// Formats an integer with its digits in groups of three.
pub fn group_digits(number: u64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join(",")
}

/// Formats a date with its precision, such as "6 May 2024", "May 2024" or "2024".
pub fn date(texts: &Translations, date: &Json) -> Option<String> {
    let date = date.as_str()?.parse::<PartialDate>().ok()?;
    let first = date.first_day();
    Some(match (date.as_str().len(), texts.api) {
        (4, "ZH") => format!("{}年", first.year()),
        (4, _) => date.to_string(),
        (7, "ZH") => format!("{}年{}月", first.year(), first.month()),
        (7, _) => first.format("%b %Y").to_string(),
        _ => format_date(texts, first),
    })
}

/// Formats a time in UTC, because the server does not know the time zone of the reader.
pub fn format_time(texts: &Translations, time: &Json) -> String {
    let Ok(time) = text(time).parse::<DateTime<Utc>>() else { return text(time).to_owned() };
    format!("{} {:02}:{:02} UTC", format_date(texts, time.date_naive()), time.hour(), time.minute())
}

fn format_date(texts: &Translations, date: NaiveDate) -> String {
    if texts.api == "ZH" {
        return format!("{}年{}月{}日", date.year(), date.month(), date.day());
    }
    date.format("%-d %b %Y").to_string()
}

/// Formats the memory that a size takes, in GiB: "≥" where its cache is unknown.
pub fn gibibytes(memory: &Json) -> Option<String> {
    let gib = memory["total"].as_f64()? / GIB;
    let digits = if gib < 100.0 { format!("{gib:.1}") } else { format!("{gib:.0}") };
    let digits = digits.strip_suffix(".0").unwrap_or(&digits);
    Some(format!("{}{digits} GiB", if memory["complete"] == true { "" } else { "≥ " }))
}

/// The bytes of a GiB.
pub const GIB: f64 = 1_073_741_824.0;

/// Renders a region that scrolls sideways, with a table.
#[expect(clippy::needless_pass_by_value, reason = "callers make the table in place")]
pub fn scroll(label: &str, table: Markup) -> Markup {
    html! { div.scroll tabindex="0" role="region" aria-label=(label) { (table) } }
}

/// Formats a length of a context as makers do: 131072 is "128K", 1000000 "1M".
pub fn context_length(tokens: u64) -> String {
    match tokens {
        // Of a maker that counts in thousands: 128,000 is 128K, although 1024 divides it too.
        _ if tokens.is_multiple_of(1000) => amount(tokens),
        _ if tokens >= 1 << 20 && tokens.is_multiple_of(1 << 20) => format!("{}M", tokens >> 20),
        _ if tokens >= 1024 && tokens.is_multiple_of(1024) => format!("{}K", tokens >> 10),
        _ => amount(tokens),
    }
}
