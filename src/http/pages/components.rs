//! What pages are put together from. `web/src/app/ui/` and `web/src/app/format.ts` draw and write the same.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use maud::{Markup, html};
use serde_json::Value as Json;

use crate::http::pages::i18n::Translations;

/// The elements of a list; none where it is unknown.
pub fn list(value: &Json) -> &[Json] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A text; empty where it is unknown.
pub fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_default()
}

/// Whether something may be used commercially, by word and sign.
pub fn commercial_use(words: &Translations, value: &Json) -> Markup {
    let sign = match text(value) {
        "ALLOWED" => "✓",
        "AUTHORIZATION_REQUIRED" => "!",
        "PROHIBITED" => "✕",
        _ => "?",
    };
    html! {
        span class={ "use " (text(value).to_lowercase()) } {
            span.sign aria-hidden="true" { (sign) }
            (words.word("CommercialUse", value))
        }
    }
}

/// A fact with its name; "not known" where there is none.
pub fn fact(words: &Translations, name: &str, value: Option<Markup>) -> Markup {
    html! {
        div {
            dt { (words.text(name)) }
            dd { @if let Some(value) = value { (value) } @else { span.unknown { (words.text("unknown")) } } }
        }
    }
}

/// Links to subjects below an address.
pub fn names(words: &Translations, subjects: &[Json], at: &str) -> Option<Markup> {
    (!subjects.is_empty()).then(|| {
        html! {
            @for (i, subject) in subjects.iter().enumerate() {
                @if i > 0 { (words.text("list.comma")) }
                a href={ "/" (at) "/" (text(&subject["slug"])) } { (text(&subject["name"])) }
            }
        }
    })
}

/// An address that is known to be a page.
pub fn page_address(url: &Json) -> Option<&str> {
    Some(text(url)).filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}

/// Where to read more, under a heading; nothing where nobody says.
pub fn links(words: &Translations, links: &[Json]) -> Markup {
    html! {
        @if !links.is_empty() {
            section {
                h2 { (words.text("fact.Model.links")) }
                ul.plain {
                    @for link in links {
                        li {
                            span.tag { (words.word("LinkKind", &link["kind"])) } " "
                            (outside(&link["url"], link["title"].as_str()))
                        }
                    }
                }
            }
        }
    }
}

/// A link to another site, by its title or its address.
pub fn outside(url: &Json, title: Option<&str>) -> Markup {
    let shown = text(url).trim_start_matches("https://").trim_start_matches("http://");
    html! { a href=[page_address(url)] rel="noreferrer" target="_blank" { (title.unwrap_or(shown)) } }
}

/// What changed a subject, the last first, and the version that it came to.
pub fn history(words: &Translations, subject: &Json) -> Markup {
    let version = subject["version"].to_string();
    let time = format_time(words, &subject["updatedAt"]);
    html! {
        section {
            h2 { (words.text("history.title")) }
            ol.revisions { @for each in list(&subject["revisions"]["nodes"]).iter().rev() { (revision(words, each, None)) } }
            p.unit { (words.with("history.version", &[("version", &version), ("time", &time)])) }
        }
    }
}

/// A revision with what it changed, field by field; and what it is about, where that is not said above.
pub fn revision(words: &Translations, revision: &Json, about: Option<Markup>) -> Markup {
    let (action, changes) = (text(&revision["action"]), list(&revision["changes"]));
    let count = changes.len().to_string();
    let value = |value: &Json, mark: fn(String) -> Markup| {
        html! { td { @if value.is_null() { span.unknown { "–" } } @else { (mark(plain(value))) } } }
    };
    html! {
        li.revision {
            p {
                span.number { "#" (revision["number"]) } " " (about.unwrap_or_default())
                span class={ "tag " (action.to_lowercase()) } { (words.word("RevisionAction", &revision["action"])) } " "
                span.unit {
                    (words.with("history.by", &[("actor", text(&revision["actor"]))])) " · "
                    time datetime=(text(&revision["createdAt"])) { (format_time(words, &revision["createdAt"])) }
                }
            }
            @if !changes.is_empty() {
                details open[action == "UPDATED" && changes.len() <= 6] {
                    summary { (words.with("history.fields", &[("count", &count)])) }
                    table.fields {
                        tbody {
                            @for change in changes {
                                tr {
                                    th scope="row" { (words.word("fact.Model", &change["field"])) }
                                    (value(&change["before"], |text| html! { del { (text) } }))
                                    (value(&change["after"], |text| html! { ins { (text) } }))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A value of a document as text.
fn plain(value: &Json) -> String {
    match value {
        Json::Null => "–".to_owned(),
        Json::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
        Json::Object(parts) => parts.values().filter(|part| !part.is_null()).map(plain).collect::<Vec<_>>().join(" · "),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A number of parameters or tokens as people write it, with three digits: 6700000000 is "6.7B".
pub fn amount(number: u64) -> String {
    with_unit(number, &[(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")]).unwrap_or_else(|| number.to_string())
}

/// Bytes in decimal units.
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

/// A whole number with its digits grouped.
pub fn group_digits(number: u64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join(",")
}

/// A day, such as "6 May 2024".
pub fn day(words: &Translations, date: &Json) -> Option<String> {
    date.as_str()?.parse::<NaiveDate>().ok().map(|date| format_date(words, date))
}

/// A point in time, in UTC: a page without scripts does not know where its reader is.
pub fn format_time(words: &Translations, time: &Json) -> String {
    let Ok(time) = text(time).parse::<DateTime<Utc>>() else { return text(time).to_owned() };
    format!("{} {:02}:{:02} UTC", format_date(words, time.date_naive()), time.hour(), time.minute())
}

fn format_date(words: &Translations, date: NaiveDate) -> String {
    if words.api == "ZH" {
        return format!("{}年{}月{}日", date.year(), date.month(), date.day());
    }
    date.format("%-d %b %Y").to_string()
}
