//! The cells of a row: each states one thing, or warns that it does not.

use std::sync::LazyLock;

use crate::domain::count::Count;
use crate::domain::text::normalize;
use crate::formats::parse::amount::normalize_width;
use crate::formats::parse::inline::{Inline, static_regex};
use crate::formats::parse::notes::segment::state_dataset;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::{amount, date, dictionary, inline, notes};
use entity::vocabulary::{CommercialUse, LinkKind, SubjectType};
use regex::Regex;
use serde_json::{Map, json};

/// What stands in a cell.
pub struct Cell<'a> {
    /// The heading of its column.
    pub heading: &'a str,
    /// Words and links.
    pub inlines: &'a [Inline],
    /// The words.
    pub text: String,
}

/// What else than the name stands in the cell of a name.
pub struct NameCell<'a> {
    heading: &'a str,
    links: Vec<(Option<String>, String)>,
    rest: String,
    unbracketed: Option<String>,
}

/// The name in a cell: its words, or those of its one link.
pub fn name<'a>(cell: &Cell<'a>) -> Option<(String, NameCell<'a>)> {
    let mut own = NameCell { heading: cell.heading, links: Vec::new(), rest: String::new(), unbracketed: None };
    let mut links = cell.inlines.iter().filter_map(|inline| match inline {
        Inline::Link { title, url, .. } => Some((title.trim(), url)),
        Inline::Text(_) | Inline::Literal(_) => None,
    });
    // A name stands on one line.
    let one_line =
        |text: &str| text.split(char::is_control).map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned();
    let mut name = one_line(&cell.text);
    if let Some((title, url)) = links.next() {
        if !title.is_empty() {
            let others = cell.inlines.iter().filter(|inline| !matches!(inline, Inline::Link { .. })).cloned();
            own.rest = inline::words(&others.collect::<Vec<_>>());
            name = one_line(title);
        }
        own.links.push((None, url.clone()));
        own.links.extend(links.map(|(title, url)| (Some(title.to_owned()), url.clone())));
    }
    if let Some(inner) = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
        let inner = inner.trim().to_owned();
        own.unbracketed = Some(std::mem::replace(&mut name, inner));
    }
    (!normalize(&name).is_empty()).then_some((name, own))
}

impl NameCell<'_> {
    /// States the name's links, and what is doubtful about the name.
    pub fn apply(self, draft: &mut RecordBuilder) {
        if let Some(raw) = &self.unbracketed {
            draft.warn(self.heading, raw, "has brackets, but no link; recorded without them");
        }
        for (title, url) in &self.links {
            let kind = dictionary::link_kind(title.as_deref().unwrap_or_default(), url);
            let title = if url.is_empty() { Some(draft.name().to_owned()) } else { title.clone() };
            draft.link(self.heading, kind, title.as_deref(), url);
        }
        if !self.rest.is_empty() {
            draft.warn(self.heading, &self.rest, "stands beside the name; not read");
        }
    }
}

/// The place in the list.
pub fn position(draft: &mut RecordBuilder, cell: Option<Cell<'_>>) {
    let Some(cell) = cell else { return };
    match normalize_width(&cell.text).trim_end_matches('.').parse::<i32>() {
        Ok(position) if position > 0 => draft.set("position", position),
        _ => draft.warn(cell.heading, &cell.text, "is not a place such as 1; not read"),
    }
}

/// A list of names.
pub fn names(draft: &mut RecordBuilder, field: &str, cell: Option<Cell<'_>>, separators: &[char]) {
    let Some(cell) = cell else { return };
    for name in parts(&cell.text, separators) {
        draft.push(field, name);
    }
    for inline in cell.inlines {
        if let Inline::Link { url, .. } = inline {
            draft.warn(cell.heading, url, "is a link, which is not recorded of what stands here; left out");
        }
    }
}

/// A license by name, or what it says about commercial use.
pub fn license(draft: &mut RecordBuilder, cell: Option<Cell<'_>>, separators: &[char]) {
    let Some(cell) = cell else { return };
    let (uses, names) = parts(&cell.text, separators)
        .into_iter()
        .partition::<Vec<_>, _>(|part| dictionary::commercial_use(part).is_some());
    for (raw, stated) in uses.iter().filter_map(|part| Some((part, dictionary::commercial_use(part)?))) {
        notes::commercial_use(draft, cell.heading, raw, stated);
    }
    match &names[..] {
        [] => {}
        [name] => {
            draft.set("license", name.as_str());
            if let [Inline::Link { url, .. }] = cell.inlines {
                license_at(draft, cell.heading, name, url);
            }
        }
        _ => draft.warn(
            cell.heading,
            &cell.text,
            "names more than one license; which of them holds is not said; not read",
        ),
    }
}

/// States where the text of a license stands.
pub fn license_at(draft: &mut RecordBuilder, column: &str, name: &str, url: &str) {
    if crate::formats::parse::record_builder::link(LinkKind::Other, None, url).is_some() {
        draft.state(SubjectType::License, name, Map::from_iter([("url".to_owned(), json!(url))]));
    } else {
        draft.warn(column, url, "is not an address that can be followed; left out");
    }
}

/// Whether commercial use is allowed.
pub fn commercial_use(draft: &mut RecordBuilder, cell: Option<Cell<'_>>) {
    let Some(cell) = cell else { return };
    let known = [CommercialUse::Allowed, CommercialUse::AuthorizationRequired, CommercialUse::Prohibited];
    let word = known.into_iter().find(|known| known.word().eq_ignore_ascii_case(&cell.text));
    let answer = match normalize(&cell.text).as_str() {
        "是" | "可" | "yes" => Some(CommercialUse::Allowed),
        "否" | "不可" | "no" => Some(CommercialUse::Prohibited),
        // That nobody says is nothing to state.
        "unknown" | "未知" | "-" => return,
        _ => dictionary::commercial_use(&cell.text),
    };
    match word.or(answer) {
        Some(stated) => notes::commercial_use(draft, cell.heading, &cell.text, stated),
        None => {
            draft.warn(cell.heading, &cell.text, "does not clearly say whether commercial use is allowed; not read");
        }
    }
}

/// The day of release.
pub fn release_date(draft: &mut RecordBuilder, cell: Option<Cell<'_>>) {
    let Some(cell) = cell else { return };
    match date::parse(&cell.text) {
        Ok(day) => draft.set("releaseDate", json!(day)),
        Err(doubt) => draft.warn(cell.heading, &cell.text, doubt),
    }
}

/// Datasets by name, with their links.
pub fn datasets(draft: &mut RecordBuilder, cell: Option<Cell<'_>>, separators: &[char]) {
    let Some(cell) = cell else { return };
    for inline in cell.inlines {
        match inline {
            Inline::Text(text) | Inline::Literal(text) => {
                for name in parts(text, separators) {
                    draft.push("datasets", name);
                }
            }
            Inline::Link { title, url, .. } if title.trim().is_empty() => {
                draft.warn(cell.heading, url, "is an address without a name; left out");
            }
            Inline::Link { title, url, kind } => {
                state_dataset(draft, cell.heading, title.trim(), (url, *kind), None);
            }
        }
    }
}

/// Training compute: `6.67e22`, with or without FLOPs behind it.
pub fn training_flops(draft: &mut RecordBuilder, cell: Option<Cell<'_>>) {
    let Some(cell) = cell else { return };
    let flops = normalize_width(&cell.text).parse::<f64>().ok().filter(|flops| flops.is_finite() && *flops > 0.0);
    let words = format!("{} FLOPs", cell.text);
    match flops {
        Some(flops) => draft.set("trainingFlops", flops),
        None if notes::segment::training_flops(draft, cell.heading, &cell.text) => {}
        None if notes::segment::training_flops(draft, cell.heading, &words) => {}
        None => draft.warn(cell.heading, &cell.text, "is not a number of FLOPs such as 6.67e22; not read"),
    }
}

/// An exact number.
pub fn count(draft: &mut RecordBuilder, cell: Option<Cell<'_>>) -> Option<Count> {
    let cell = cell?;
    let folded = normalize_width(&cell.text).replace(' ', "");
    let exact = folded.parse::<Count>().ok().or_else(|| {
        let amount = amount::parse(&cell.text)?;
        (!amount.rough).then_some(amount.count)
    });
    if exact.is_none() {
        draft.warn(cell.heading, &cell.text, "is not an exact number such as 7B; not read");
    }
    exact
}

/// The parts of a list. One in quote marks is a part whatever stands in it; a quote mark inside is doubled.
pub fn parts(text: &str, separators: &[char]) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (part, behind) = quoted(rest, separators).unwrap_or_else(|| {
            let end = rest.find(separators).unwrap_or(rest.len());
            (rest[..end].trim().to_owned(), &rest[end..])
        });
        if !part.is_empty() {
            parts.push(part);
        }
        rest = behind.trim_start_matches(separators).trim_start();
    }
    parts
}

/// The part in quote marks that a text begins with, and what stands behind it.
fn quoted<'t>(text: &'t str, separators: &[char]) -> Option<(String, &'t str)> {
    static QUOTED: LazyLock<Regex> = LazyLock::new(|| static_regex(r#"^"(?P<text>(?:[^"]|"")*)""#));
    let parts = QUOTED.captures(text)?;
    let behind = text[parts.get(0)?.end()..].trim_start();
    let whole = behind.is_empty() || behind.starts_with(separators);
    whole.then(|| (parts["text"].replace("\"\"", "\""), behind))
}
