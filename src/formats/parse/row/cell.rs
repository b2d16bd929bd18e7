//! Reads the cells of a row. Each function sets one field or adds a warning.

use std::{borrow::Cow, sync::LazyLock};

use crate::domain::count::Count;
use crate::domain::facts::Fact;
use crate::domain::facts::value::Kind;
use crate::domain::limits::MAX_NAME_CHARACTERS;
use crate::domain::modalities::Modalities;
use crate::domain::text::normalize;
use crate::domain::text::static_regex;
use crate::formats::parse::amount::normalize_width;
use crate::formats::parse::column::Column;
use crate::formats::parse::inline::Inline;
use crate::formats::parse::notes::segment::{self, add_dataset};
use crate::formats::parse::notes::summary;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::source::beginning;
use crate::formats::parse::{amount, date, dictionary, inline, record_builder, sizes};
use entity::vocabulary::{CommercialUse, DataUnit, LinkKind, SubjectType};
use regex::Regex;
use serde_json::{Map, Value as Json, json};

/// The contents of a cell.
pub struct Cell<'a> {
    /// The heading of its column.
    pub heading: &'a str,
    /// The contents of the column.
    pub column: Column,
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
    let inlines = without_notes(cell.inlines);
    let mut links = inlines.iter().filter_map(|inline| match inline {
        Inline::Link { title, url, .. } => Some((title.trim(), url)),
        Inline::Text(_) | Inline::Literal(_) => None,
    });
    // A name has no line breaks.
    let one_line =
        |text: &str| text.split(char::is_control).map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned();
    let mut name = one_line(&inline::plain_text(&inlines));
    if let Some((title, url)) = links.next() {
        if !title.is_empty() {
            let others = inlines.iter().filter(|inline| !matches!(inline, Inline::Link { .. })).cloned();
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
    static MARK: LazyLock<Regex> = LazyLock::new(|| static_regex(r"(?:\^\[?[0-9A-Za-z]{1,12}\]?|\^?[*†‡§]+)$"));
    if let Some(mark) = MARK.find(&name).filter(|mark| mark.start() > 0) {
        name = name[..mark.start()].trim_end().to_owned();
    }
    let name = dictionary::without_pictures(&name).to_owned();
    (!normalize(&name).is_empty()).then_some((name, rest))
}

/// Returns the content of a cell without links that are notes, such as `[[1]](#notes)`, unless it has nothing else.
fn without_notes(inlines: &[Inline]) -> Vec<Inline> {
    let is_note = |inline: &Inline| match inline {
        Inline::Link { title, url, .. } => url.starts_with('#') && !title.contains(char::is_alphabetic),
        Inline::Text(_) | Inline::Literal(_) => false,
    };
    let others = inlines.iter().filter(|inline| !is_note(inline)).cloned().collect::<Vec<_>>();
    if inline::plain_text(&others).is_empty() { inlines.to_vec() } else { others }
}

/// Returns a name without the marks of notes after it: `MIT*`.
fn without_marks(name: &str) -> &str {
    name.trim_end_matches(['*', '†', '‡', '§']).trim_end()
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
        // A name has no line breaks.
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if dictionary::names_nothing(&name) {
            builder.warn(cell.heading, &name, "names nothing; ignored");
            continue;
        }
        let name = without_marks(&name).to_owned();
        let listed = dictionary::without_others(&name).filter(|_| field == "organizations");
        if listed.is_some() {
            builder.warn(cell.heading, &name, "there are others, which are not named");
        }
        if name.chars().count() > MAX_NAME_CHARACTERS {
            builder.warn(cell.heading, &beginning(&name), "too long for a name; ignored");
        } else {
            builder.push(field, listed.unwrap_or(&name));
        }
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
    if let Some(name) = linked_license(builder, &cell) {
        builder.set("license", name);
        return;
    }
    let mut names = Vec::new();
    let mut has_own = false;
    let mut text = cell.text.as_str();
    // A second line or a doubt in brackets is about the license and no part of its name.
    if let Some((first, rest)) = text.split_once('\n').filter(|(_, rest)| rest.trim_start().starts_with(['(', '（'])) {
        builder.warn(cell.heading, rest, "text below the license; ignored");
        text = first.trim();
    }
    if text.ends_with("(?)") || text.ends_with('?') {
        return builder.warn(cell.heading, text, "a license that the source doubts; ignored");
    }
    let text = if separators.contains(&';') { text.replace('\n', ";") } else { text.to_owned() };
    for part in split_list(&text, separators) {
        if let Some((license, words)) = in_brackets(&part)
            && let Some(of_weights) = dictionary::licenses_weights(words)
        {
            if of_weights {
                names.push(license.to_owned());
            } else {
                builder.warn(cell.heading, &part, "not the license of the weights; ignored");
            }
            continue;
        }
        let part = match license_and_use(&part) {
            Some((license, rest)) => {
                beside_license(builder, cell.heading, rest);
                license.to_owned()
            }
            None => part,
        };
        if dictionary::is_blank(&part) {
            continue;
        } else if let Some(commercial_use) = dictionary::parse_commercial_use(&part) {
            segment::set_commercial_use(builder, cell.heading, &part, commercial_use);
        } else if dictionary::mentions_commercial_use(&part) && !part.to_lowercase().contains("licen") {
            builder.warn(cell.heading, &part, "unclear statement about commercial use; kept as text");
            summary::append(builder, &part);
            segment::unset_plain_use(builder);
        } else if dictionary::joins_licenses(&part) {
            names.extend([part.clone(), part]);
        } else if dictionary::names_no_license(&part) {
            has_own |= dictionary::is_own_license(&part);
            builder.warn(cell.heading, &part, "names no license; ignored");
        } else {
            names.push(without_marks(&part).to_owned());
        }
    }
    match &names[..] {
        [] => {}
        [name] if !has_own => {
            builder.set("license", name.as_str());
            if let [Inline::Link { url, .. }] = cell.inlines {
                add_license_url(builder, cell.heading, name, url);
            }
        }
        _ => builder.warn(cell.heading, &cell.text, "more than one license; name the one that applies; ignored"),
    }
}

/// Splits a text from what is in brackets after it.
fn in_brackets(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let start = text.rfind(['(', '（']).filter(|start| *start > 0 && text.ends_with([')', '）']))?;
    Some((text[..start].trim(), text[start..].trim_matches(['(', '（', ')', '）']).trim()))
}

/// Splits a license from what is in brackets after it, if that is about commercial use or a condition: `MIT（可商用）`.
pub fn license_and_use(text: &str) -> Option<(&str, &str)> {
    let (license, inner) = in_brackets(text)?;
    let is_use = dictionary::mentions_commercial_use(inner) || dictionary::states_condition(inner);
    (is_use && !dictionary::mentions_commercial_use(license)).then_some((license, inner))
}

/// Reads what is in brackets after a license.
pub fn beside_license(builder: &mut RecordBuilder, column: &str, text: &str) {
    if let Some(commercial_use) = dictionary::parse_commercial_use(text) {
        segment::set_commercial_use(builder, column, text, commercial_use);
    } else {
        builder.warn(column, text, "unclear statement next to the license; kept as text");
        summary::append(builder, text);
        segment::unset_plain_use(builder);
    }
}

/// Reads a license whose only link has its name: `[Gemma Terms of Use](https://…) with words`. `None` if the cell is not such a
/// license.
fn linked_license(builder: &mut RecordBuilder, cell: &Cell<'_>) -> Option<String> {
    let mut links = cell.inlines.iter().filter_map(|inline| match inline {
        Inline::Link { title, url, .. } => Some((title.trim(), url)),
        Inline::Text(_) | Inline::Literal(_) => None,
    });
    let (Some((title, url)), None) = (links.next(), links.next()) else { return None };
    let is_use = dictionary::mentions_commercial_use(title) && !title.to_lowercase().contains("licen");
    if title.is_empty() || dictionary::names_no_license(title) || is_use || cell.inlines.len() == 1 {
        return None;
    }
    let others = cell.inlines.iter().filter(|inline| !matches!(inline, Inline::Link { .. })).cloned();
    let rest = inline::plain_text(&others.collect::<Vec<_>>());
    let is_of_others =
        || in_brackets(&cell.text).and_then(|(_, words)| dictionary::licenses_weights(words)) == Some(false);
    if rest.starts_with(['/', ',', '，', '、', '+', '&', ';', '；']) || is_of_others() {
        return None;
    }
    if !rest.is_empty() {
        builder.warn(cell.heading, &rest, "text next to the linked license; ignored");
    }
    add_license_url(builder, cell.heading, title, url);
    Some(title.to_owned())
}

/// Splits the text of a cell into a name and the text below it or in brackets after it.
fn name_and_rest(text: &str) -> (&str, &str) {
    let end = text.find(['\n', '(', '（', '[']).filter(|end| *end > 0).unwrap_or(text.len());
    (text[..end].trim(), text[end..].trim())
}

/// Reads the name of a subject that a cell refers to, without what is in brackets after it. Returns the rest.
pub fn reference<'a>(builder: &mut RecordBuilder, field: &str, cell: &'a Cell<'_>) -> &'a str {
    let (name, rest) = name_and_rest(&cell.text);
    let words = name.split_whitespace().count();
    let is_name = words <= 5 && !name.contains(" + ") && !name.contains([',', '，', '、', ';', '；']);
    let has_slashes = field == "architecture" && (name.contains('/') || words > 3);
    if dictionary::is_blank(name) || dictionary::names_nothing(name) || !is_name || has_slashes {
        builder.warn(cell.heading, &cell.text, format!("not one name for {field}; ignored"));
        return rest;
    }
    builder.set(field, name);
    rest
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
    let (answer, words) = dictionary::answer(&cell.text).unzip();
    let words = words.unwrap_or_else(|| cell.text.clone());
    let meaning = match normalize(&words).as_str() {
        "" => answer.map(|yes| if yes { CommercialUse::Allowed } else { CommercialUse::Prohibited }),
        "是" | "可" | "yes" => Some(CommercialUse::Allowed),
        "否" | "不可" | "no" => Some(CommercialUse::Prohibited),
        _ => dictionary::parse_commercial_use(&words),
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
pub fn datasets(
    builder: &mut RecordBuilder,
    cell: Option<Cell<'_>>,
    separators: &[char],
    with_separators: impl Fn(&str) -> String,
) {
    let Some(cell) = cell else { return };
    for inline in cell.inlines {
        match inline {
            Inline::Text(text) | Inline::Literal(text) => {
                for name in split_list(&with_separators(text), separators) {
                    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
                    if dictionary::names_nothing(&name) {
                        builder.warn(cell.heading, &name, "names nothing; ignored");
                        continue;
                    }
                    if name.chars().count() > MAX_NAME_CHARACTERS {
                        builder.warn(cell.heading, &beginning(&name), "too long for a name; ignored");
                        continue;
                    }
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
    let text = normalize_width(&cell.text);
    let labelled = || {
        let mut rough = false;
        sizes::parse_label(&text, &mut rough).and_then(|size| size.parameters).filter(|_| !rough)
    };
    let exact = amount::bare_number(&text).or_else(|| text.replace(' ', "").parse().ok()).or_else(labelled);
    let amount = || amount::parse(&cell.text).filter(|amount| !amount.rough && amount.unit != Some(DataUnit::Bytes));
    let exact = exact.or_else(|| amount().map(|amount| amount.count));
    if exact.is_none() {
        builder.warn(cell.heading, &cell.text, "not an exact number such as 7B; ignored");
    }
    exact
}

/// Reads a whole number. Of a length of context, K is 1024 if the number of them is a power of two.
fn integer(builder: &mut RecordBuilder, fact: &Fact, cell: &Cell<'_>) -> Option<i32> {
    let text = normalize_width(&cell.text);
    let text = text.trim_end_matches("tokens").trim_end_matches("词元").trim();
    if let Some(number) = amount::bare_number(text) {
        return i32::try_from(number.get()).ok().filter(|number| *number > 0);
    }
    if !fact.name.to_lowercase().contains("context") {
        return amount::parse(text)
            .filter(|amount| amount.unit.is_none())
            .and_then(|amount| i32::try_from(amount.count.get()).ok());
    }
    let tokens = context_tokens(text)?;
    builder.warn(cell.heading, &cell.text, format!("stored as {tokens}"));
    Some(tokens)
}

/// Returns the number of tokens of a length of context such as 8K or 128k. `None` for other text.
pub fn context_tokens(text: &str) -> Option<i32> {
    let text = text.trim();
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number = digits.trim().parse::<i32>().ok().filter(|number| *number > 0)?;
    match unit {
        "K" | "k" if number.count_ones() == 1 => number.checked_mul(1024),
        "K" | "k" => number.checked_mul(1000),
        "M" | "m" => number.checked_mul(1_000_000),
        _ => None,
    }
}

/// Reads the value of a fact. Returns it as JSON, as in a document.
pub fn fact(builder: &mut RecordBuilder, fact: &Fact, cell: Option<Cell<'_>>) -> Option<Json> {
    let cell = cell?;
    let (value, expected) = match fact.kind {
        Kind::Count => return count(builder, Some(cell)).map(|count| json!(count)),
        Kind::Integer => (integer(builder, fact, &cell).map(Json::from), "a whole number"),
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

/// Splits a list. An element in quotation marks may contain separators; a quotation mark inside it is doubled. Separators inside
/// brackets, a plus at the end of a word and a comma before a legal form, as in "H2O.ai, Inc.", do not split. Elements that stand
/// for a blank are left out.
pub fn split_list(text: &str, separators: &[char]) -> Vec<String> {
    static NONE: LazyLock<Regex> = LazyLock::new(|| static_regex(r"(?i)#?\bn/a\b"));
    let text = if dictionary::is_blank(text) { Cow::Borrowed("") } else { NONE.replace_all(text, "") };
    let mut parts = Vec::<String>::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (part, remaining) = split_quoted(rest, separators).unwrap_or_else(|| {
            let end = element_end(rest, separators);
            (dictionary::without_pictures(rest[..end].trim()).to_owned(), &rest[end..])
        });
        let is_form = rest.len() < text.trim_start().len() && is_legal_form(&part);
        match parts.last_mut() {
            Some(last) if is_form => *last = format!("{last}, {part}"),
            _ if !part.is_empty() && !dictionary::is_blank(&part) => parts.push(part),
            _ => {}
        }
        rest = remaining.trim_start_matches(separators).trim_start();
    }
    parts
}

/// Whether a part of a list is a legal form of the organization before it.
fn is_legal_form(text: &str) -> bool {
    const FORMS: [&str; 19] = [
        "inc",
        "ltd",
        "llc",
        "co",
        "corp",
        "corporation",
        "gmbh",
        "limited",
        "lp",
        "llp",
        "plc",
        "ag",
        "sa",
        "sas",
        "bv",
        "nv",
        "srl",
        "pte ltd",
        "incorporated",
    ];
    FORMS.contains(&text.to_lowercase().replace('.', "").as_str())
}

/// Returns where the first element of a list ends.
fn element_end(text: &str, separators: &[char]) -> usize {
    let mut depth = 0_i32;
    let mut chars = text.char_indices().peekable();
    let is_balanced = text.matches(['(', '（']).count() == text.matches([')', '）']).count();
    while let Some((index, c)) = chars.next() {
        depth += i32::from(matches!(c, '(' | '（')) - i32::from(matches!(c, ')' | '）'));
        let next = chars.peek().map(|(_, next)| *next);
        let is_plus = matches!(c, '+' | '＋')
            && index > 0
            && next.is_none_or(|next| separators.contains(&next) || next == ' ' || next == ')');
        let is_address = c == '/' && (next == Some('/') || text[..index].ends_with(['/', ':']));
        if separators.contains(&c) && (depth <= 0 || !is_balanced) && !is_plus && !is_address {
            return index;
        }
    }
    text.len()
}

/// Splits off the quoted element at the beginning of a text. Returns it unquoted with the remaining text.
fn split_quoted<'t>(text: &'t str, separators: &[char]) -> Option<(String, &'t str)> {
    static QUOTED: LazyLock<Regex> = LazyLock::new(|| static_regex(r#"^"(?P<text>(?:[^"]|"")*)""#));
    let parts = QUOTED.captures(text)?;
    let remaining = text[parts.get(0)?.end()..].trim_start();
    let is_element = remaining.is_empty() || remaining.starts_with(separators);
    is_element.then(|| (parts["text"].replace("\"\"", "\""), remaining))
}
