//! Reads the cells of a row. Each function sets one field or adds a warning.

use std::sync::LazyLock;

use crate::domain::count::Count;
use crate::domain::facts::Fact;
use crate::domain::facts::value::Kind;
use crate::domain::modalities::Modalities;
use crate::domain::text::normalize;
use crate::domain::text::static_regex;
use crate::formats::parse::amount::normalize_width;
use crate::formats::parse::inline::Inline;
use crate::formats::parse::notes::segment::{self, add_dataset};
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::{amount, date, dictionary, inline, record_builder};
use entity::vocabulary::{CommercialUse, LinkKind, SubjectType};
use regex::Regex;
use serde_json::{Map, Value as Json, json};

/// The contents of a cell.
pub struct Cell<'a> {
    /// The heading of its column.
    pub heading: &'a str,
    /// The text and links.
    pub inlines: &'a [Inline],
    /// The visible text.
    pub text: String,
}

/// The contents of a name cell besides the name.
pub struct NameCell<'a> {
    heading: &'a str,
    links: Vec<(Option<String>, String)>,
    text: String,
    unbracketed: Option<String>,
}

/// Returns the name in a cell, the title of its first link or else its text, and the other contents. `None` if there is no
/// name.
pub fn name<'a>(cell: &Cell<'a>) -> Option<(String, NameCell<'a>)> {
    let mut rest = NameCell { heading: cell.heading, links: Vec::new(), text: String::new(), unbracketed: None };
    let mut links = cell.inlines.iter().filter_map(|inline| match inline {
        Inline::Link { title, url, .. } => Some((title.trim(), url)),
        Inline::Text(_) | Inline::Literal(_) => None,
    });
    // A name has no line breaks.
    let one_line =
        |text: &str| text.split(char::is_control).map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned();
    let mut name = one_line(&cell.text);
    if let Some((title, url)) = links.next() {
        if !title.is_empty() {
            let others = cell.inlines.iter().filter(|inline| !matches!(inline, Inline::Link { .. })).cloned();
            rest.text = inline::plain_text(&others.collect::<Vec<_>>());
            name = one_line(title);
        }
        rest.links.push((None, url.clone()));
        rest.links.extend(links.map(|(title, url)| (Some(title.to_owned()), url.clone())));
    }
    if let Some(inner) = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
        let inner = inner.trim().to_owned();
        rest.unbracketed = Some(std::mem::replace(&mut name, inner));
    }
    (!normalize(&name).is_empty()).then_some((name, rest))
}

impl NameCell<'_> {
    /// Adds the links of the name, and warnings about the cell.
    pub fn apply(self, builder: &mut RecordBuilder) {
        if let Some(raw) = &self.unbracketed {
            builder.warn(self.heading, raw, "brackets without a URL; stored without the brackets");
        }
        for (title, url) in &self.links {
            let kind = dictionary::link_kind(title.as_deref().unwrap_or_default(), url);
            let title = if url.is_empty() { Some(builder.name().to_owned()) } else { title.clone() };
            builder.push_link(self.heading, kind, title.as_deref(), url);
        }
        if !self.text.is_empty() {
            builder.warn(self.heading, &self.text, "text next to the linked name; ignored");
        }
    }
}

/// Reads the position in the list.
pub fn position(builder: &mut RecordBuilder, cell: Option<Cell<'_>>) {
    let Some(cell) = cell else { return };
    match normalize_width(&cell.text).trim_end_matches('.').parse::<i32>() {
        Ok(position) if position > 0 => builder.set("position", position),
        _ => builder.warn(cell.heading, &cell.text, "not a position such as 1; ignored"),
    }
}

/// Reads a list of names.
pub fn names(builder: &mut RecordBuilder, field: &str, cell: Option<Cell<'_>>, separators: &[char]) {
    let Some(cell) = cell else { return };
    for name in split_list(&cell.text, separators) {
        builder.push(field, name);
    }
    for inline in cell.inlines {
        if let Inline::Link { url, .. } = inline {
            builder.warn(cell.heading, url, "links are not stored for the names in this column; link ignored");
        }
    }
}

/// Reads the name of a license, or statements about commercial use.
pub fn license(builder: &mut RecordBuilder, cell: Option<Cell<'_>>, separators: &[char]) {
    let Some(cell) = cell else { return };
    let (uses, names) = split_list(&cell.text, separators)
        .into_iter()
        .partition::<Vec<_>, _>(|part| dictionary::parse_commercial_use(part).is_some());
    for (raw, commercial_use) in uses.iter().filter_map(|part| Some((part, dictionary::parse_commercial_use(part)?))) {
        segment::set_commercial_use(builder, cell.heading, raw, commercial_use);
    }
    match &names[..] {
        [] => {}
        [name] => {
            builder.set("license", name.as_str());
            if let [Inline::Link { url, .. }] = cell.inlines {
                add_license_url(builder, cell.heading, name, url);
            }
        }
        _ => builder.warn(cell.heading, &cell.text, "more than one license; name the one that applies; ignored"),
    }
}

/// Adds the URL of a license text.
pub fn add_license_url(builder: &mut RecordBuilder, column: &str, name: &str, url: &str) {
    if record_builder::link_json(LinkKind::Other, None, url).is_some() {
        builder.add_related(SubjectType::License, name, Map::from_iter([("url".to_owned(), json!(url))]));
    } else {
        builder.warn(column, url, record_builder::INVALID_LINK);
    }
}

/// Reads the commercial use.
pub fn commercial_use(builder: &mut RecordBuilder, cell: Option<Cell<'_>>) {
    let Some(cell) = cell else { return };
    let values = [
        CommercialUse::Allowed,
        CommercialUse::Conditional,
        CommercialUse::AuthorizationRequired,
        CommercialUse::Prohibited,
    ];
    let value = values.into_iter().find(|value| value.word().eq_ignore_ascii_case(&cell.text));
    let meaning = match normalize(&cell.text).as_str() {
        "是" | "可" | "yes" => Some(CommercialUse::Allowed),
        "否" | "不可" | "no" => Some(CommercialUse::Prohibited),
        // An unknown value is not stored.
        "unknown" | "未知" | "-" => return,
        _ => dictionary::parse_commercial_use(&cell.text),
    };
    match value.or(meaning) {
        Some(commercial_use) => segment::set_commercial_use(builder, cell.heading, &cell.text, commercial_use),
        None => {
            let message = "not a commercial use such as ALLOWED, CONDITIONAL, AUTHORIZATION_REQUIRED, PROHIBITED, yes or no; ignored";
            builder.warn(cell.heading, &cell.text, message);
        }
    }
}

/// Reads the release date.
pub fn release_date(builder: &mut RecordBuilder, cell: Option<Cell<'_>>) {
    let Some(cell) = cell else { return };
    match date::parse_date(&cell.text) {
        Ok(date) => builder.set("releaseDate", json!(date)),
        Err(message) => builder.warn(cell.heading, &cell.text, message),
    }
}

/// Reads the names of datasets with their links.
pub fn datasets(builder: &mut RecordBuilder, cell: Option<Cell<'_>>, separators: &[char]) {
    let Some(cell) = cell else { return };
    for inline in cell.inlines {
        match inline {
            Inline::Text(text) | Inline::Literal(text) => {
                for name in split_list(text, separators) {
                    builder.push("datasets", name);
                }
            }
            Inline::Link { title, url, .. } if title.trim().is_empty() => {
                builder.warn(cell.heading, url, "URL without the name of a dataset; ignored");
            }
            Inline::Link { title, url, kind } => {
                add_dataset(builder, cell.heading, title.trim(), (url, *kind), None);
            }
        }
    }
}

/// Reads training compute: `6.67e22`, with or without `FLOPs` after it.
pub fn training_flops(builder: &mut RecordBuilder, cell: Option<Cell<'_>>) {
    let Some(cell) = cell else { return };
    let flops = normalize_width(&cell.text).parse::<f64>().ok().filter(|flops| flops.is_finite() && *flops > 0.0);
    let with_unit = format!("{} FLOPs", cell.text);
    match flops {
        Some(flops) => builder.set("trainingFlops", flops),
        None if segment::read_training_flops(builder, cell.heading, &cell.text) => {}
        None if segment::read_training_flops(builder, cell.heading, &with_unit) => {}
        None => builder.warn(cell.heading, &cell.text, "not a number of FLOPs such as 6.67e22; ignored"),
    }
}

/// Reads an exact count.
pub fn count(builder: &mut RecordBuilder, cell: Option<Cell<'_>>) -> Option<Count> {
    let cell = cell?;
    let normalized = normalize_width(&cell.text).replace(' ', "");
    let exact = normalized.parse::<Count>().ok().or_else(|| {
        let amount = amount::parse(&cell.text)?;
        (!amount.rough).then_some(amount.count)
    });
    if exact.is_none() {
        builder.warn(cell.heading, &cell.text, "not an exact number such as 7B; ignored");
    }
    exact
}

/// Reads the value of a fact. Returns it as JSON, as in a document.
pub fn fact(builder: &mut RecordBuilder, fact: &Fact, cell: Option<Cell<'_>>) -> Option<Json> {
    let cell = cell?;
    let (value, expected) = match fact.kind {
        Kind::Count => return count(builder, Some(cell)).map(|count| json!(count)),
        Kind::Integer => (cell.text.parse::<i32>().ok().map(Json::from), "a whole number"),
        Kind::Float => (cell.text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Json::from), "a number"),
        Kind::PartialDate => (date::parse_date(&cell.text).ok().map(|date| json!(date)), "a date such as 2023-07-18"),
        Kind::Boolean => (cell.text.to_lowercase().parse::<bool>().ok().map(Json::from), "true or false"),
        Kind::Modalities => (
            cell.text.parse::<Modalities>().ok().map(|modalities| json!(modalities)),
            "a list such as TEXT, IMAGE -> TEXT",
        ),
        Kind::Enum(_) => (Some(cell.text.to_uppercase().replace([' ', '-'], "_").into()), ""),
        Kind::Text => (Some(cell.text.clone().into()), ""),
    };
    if value.is_none() {
        builder.warn(cell.heading, &cell.text, format!("not {expected}; ignored"));
    }
    value
}

/// Reads a list as JSON, as documents have it.
pub fn json_list(builder: &mut RecordBuilder, cell: Option<Cell<'_>>) -> Option<Json> {
    let cell = cell?;
    let list = serde_json::from_str::<Json>(&cell.text).ok().filter(Json::is_array);
    if list.is_none() {
        builder.warn(cell.heading, &cell.text, "not a list as JSON; ignored");
    }
    list
}

/// Splits a list. An element in quotation marks may contain separators; a quotation mark inside it is doubled.
pub fn split_list(text: &str, separators: &[char]) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (part, remaining) = split_quoted(rest, separators).unwrap_or_else(|| {
            let end = rest.find(separators).unwrap_or(rest.len());
            (rest[..end].trim().to_owned(), &rest[end..])
        });
        if !part.is_empty() {
            parts.push(part);
        }
        rest = remaining.trim_start_matches(separators).trim_start();
    }
    parts
}

/// Splits off the quoted element at the beginning of a text. Returns it unquoted with the remaining text.
fn split_quoted<'t>(text: &'t str, separators: &[char]) -> Option<(String, &'t str)> {
    static QUOTED: LazyLock<Regex> = LazyLock::new(|| static_regex(r#"^"(?P<text>(?:[^"]|"")*)""#));
    let parts = QUOTED.captures(text)?;
    let remaining = text[parts.get(0)?.end()..].trim_start();
    let is_element = remaining.is_empty() || remaining.starts_with(separators);
    is_element.then(|| (parts["text"].replace("\"\"", "\""), remaining))
}
