//! What one part of the notes may state. Each function tells whether it took the part.

use std::sync::LazyLock;

use crate::formats::parse::amount::{Amount, normalize_width};
use crate::formats::parse::inline::{Inline, Segment, static_regex};
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::{amount, dictionary, record_builder};
use entity::vocabulary::{DataUnit, LinkKind, SubjectType};
use regex::Regex;
use serde_json::{Map, json};

/// A dataset with a link: `数据集[RefinedWeb](…)`, `800GB的[The Pile](…)数据集`. A link alone is one among datasets only.
pub fn dataset(draft: &mut RecordBuilder, column: &str, segment: &Segment, among_datasets: bool) -> bool {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix)^ (?: (?P<bytes> [0-9.]+ \s* [kmgtp]b ) \s* (?: 的 | of )? \s* )? (?: the \s+ )?
               (?P<word> (?: 训练 )? 数据集 | (?: training \s+ )? datasets? )? \s* :? $",
        )
    });
    static AFTER: LazyLock<Regex> = LazyLock::new(|| static_regex(r"(?i)^\s*(?P<word>数据集|datasets?)?$"));
    let (before, title, address, after) = match &segment.inlines[..] {
        [Inline::Link { title, url, kind }] => ("", title, (url, *kind), ""),
        [Inline::Text(before), Inline::Link { title, url, kind }] => (before.as_str(), title, (url, *kind), ""),
        [Inline::Link { title, url, kind }, Inline::Text(after)] => ("", title, (url, *kind), after.as_str()),
        [Inline::Text(before), Inline::Link { title, url, kind }, Inline::Text(after)] => {
            (before.as_str(), title, (url, *kind), after.as_str())
        }
        _ => return false,
    };
    let (before, after) = (normalize_width(before), normalize_width(after));
    let (Some(before), Some(after)) = (BEFORE.captures(&before), AFTER.captures(&after)) else { return false };
    let said = before.name("word").is_some() || after.name("word").is_some() || among_datasets;
    let bytes = before.name("bytes").map(|bytes| amount::parse(bytes.as_str()));
    if !said || title.trim().is_empty() {
        return false;
    }
    let bytes = match bytes {
        Some(Some(Amount { count, unit: Some(DataUnit::Bytes), .. })) => Some(count),
        Some(_) => return false,
        None => None,
    };
    let (url, kind) = address;
    state_dataset(draft, column, title.trim(), (url, kind), bytes.map(|bytes| ("bytes", json!(bytes))));
    true
}

/// States a dataset, and that the model was trained on it.
pub fn state_dataset(
    draft: &mut RecordBuilder,
    column: &str,
    name: &str,
    (url, kind): (&str, Option<LinkKind>),
    fact: Option<(&str, serde_json::Value)>,
) {
    let mut fields = Map::new();
    fields.extend(fact.map(|(field, value)| (field.to_owned(), value)));
    match record_builder::link(kind.unwrap_or_else(|| dictionary::dataset_link_kind(url)), None, url) {
        Some(link) => drop(fields.insert("links".to_owned(), json!([link]))),
        None => draft.warn(column, url, record_builder::NO_LINK),
    }
    draft.state(SubjectType::Dataset, name, fields);
    draft.push("datasets", name);
}

/// A link alone. Where its address is left out, its words are not.
pub fn link(draft: &mut RecordBuilder, column: &str, segment: &Segment) -> bool {
    match &segment.inlines[..] {
        [Inline::Link { title, url, kind }] if record_builder::link(LinkKind::Other, None, url).is_some() => {
            draft.written_link(column, title, url, *kind)
        }
        _ => false,
    }
}

/// Training compute: `6.67x10^22 FLOPs`, also where the exponent lost its place: `6.67x1022 FLOPs`.
pub fn training_flops(draft: &mut RecordBuilder, column: &str, text: &str) -> bool {
    static FLOPS: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix)^ (?: training \s+ compute \s* :? | 训练(?:算力|计算量) \s* :? )? \s*
               (?P<number> [0-9]+ (?: \.[0-9]+ )? ) \s*
               (?: e \+? (?P<e> [0-9]{1,2} ) | [x×*] \s* 10 \s* (?P<hat> \^ )? \s* (?P<exponent> [0-9]{1,3} ) ) \s* flops? $",
        )
    });
    // A superscript must be told from digits before widths are folded.
    let raised = text.contains(['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']);
    let folded = normalize_width(text);
    let Some(parts) = FLOPS.captures(&folded) else { return false };
    let exponent = parts.name("e").or(parts.name("exponent")).map_or("", |part| part.as_str());
    let number = format!("{}e{exponent}", &parts["number"]);
    let Some(flops) = number.parse::<f64>().ok().filter(|flops| flops.is_finite() && *flops > 0.0) else {
        return false;
    };
    if parts.name("e").is_none() && parts.name("hat").is_none() && !raised {
        if exponent.len() != 2 {
            return false;
        }
        draft.warn(column, text, format!("has an exponent that is not set apart; recorded as {number}"));
    }
    draft.set("trainingFlops", flops);
    true
}

/// Another name: `又名…`, `aka …`.
pub fn named(draft: &mut RecordBuilder, text: &str) -> bool {
    static NAMED: LazyLock<Regex> =
        LazyLock::new(|| static_regex(r"(?i)^(?:又名|aka\s|a\.k\.a\.\s)\s*(?P<name>\S.*)$"));
    let Some(parts) = NAMED.captures(text) else { return false };
    draft.push("aliases", parts["name"].trim());
    true
}

/// Makers and other names that the reader knows: `Meta`, `IBM+NASA`, `昆仑万维·天工`.
pub fn known(draft: &mut RecordBuilder, text: &str) -> bool {
    let field = |word: &str| match word {
        word if dictionary::is_organization(word) => Some("organizations"),
        word if dictionary::is_alias(word) => Some("aliases"),
        _ => None,
    };
    let parts = if field(text).is_some() {
        vec![text]
    } else {
        text.split(['+', '＋', '·', '&', '/']).map(str::trim).collect::<Vec<_>>()
    };
    let Some(fields) = parts.iter().map(|part| field(part)).collect::<Option<Vec<_>>>() else { return false };
    for (field, part) in fields.into_iter().zip(parts) {
        draft.push(field, part);
    }
    true
}
