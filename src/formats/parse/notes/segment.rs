//! Reads single segments of notes. Each function returns whether it read the segment into a field.

use std::sync::LazyLock;

use crate::domain::text::static_regex;
use crate::formats::parse::amount::{Amount, normalize_width};
use crate::formats::parse::inline::{Inline, Segment};
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::{amount, dictionary, record_builder};
use entity::vocabulary::{CommercialUse, DataUnit, LinkKind, SubjectType};
use regex::Regex;
use serde_json::{Map, json};

/// Reads a dataset with a link: `数据集[RefinedWeb](…)`, `800GB的[The Pile](…)数据集`. A link alone is a dataset only in a list of
/// datasets.
pub fn read_dataset(builder: &mut RecordBuilder, column: &str, segment: &Segment, among_datasets: bool) -> bool {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix)^ (?: (?P<bytes> [0-9.]+ \s* [kmgtp]b ) \s* (?: 的 | of )? \s* )? (?: the \s+ )?
               (?P<word> (?: 训练 )? 数据集 | (?: training \s+ )? datasets? )? \s* :? $",
        )
    });
    static AFTER: LazyLock<Regex> = LazyLock::new(|| static_regex(r"(?i)^\s*(?P<word>数据集|datasets?)?$"));
    let (before, title, target, after) = match &segment.inlines[..] {
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
    let is_dataset = before.name("word").is_some() || after.name("word").is_some() || among_datasets;
    let bytes = before.name("bytes").map(|bytes| amount::parse(bytes.as_str()));
    if !is_dataset || title.trim().is_empty() {
        return false;
    }
    let bytes = match bytes {
        Some(Some(Amount { count, unit: Some(DataUnit::Bytes), .. })) => Some(count),
        Some(_) => return false,
        None => None,
    };
    let (url, kind) = target;
    add_dataset(builder, column, title.trim(), (url, kind), bytes.map(|bytes| ("bytes", json!(bytes))));
    true
}

/// Adds a dataset with its link and at most one other field, and adds it to the training data of the model.
pub fn add_dataset(
    builder: &mut RecordBuilder,
    column: &str,
    name: &str,
    (url, kind): (&str, Option<LinkKind>),
    field: Option<(&str, serde_json::Value)>,
) {
    let mut fields = Map::new();
    fields.extend(field.map(|(field, value)| (field.to_owned(), value)));
    match record_builder::link_json(kind.unwrap_or_else(|| dictionary::dataset_link_kind(url)), None, url) {
        Some(link) => drop(fields.insert("links".to_owned(), json!([link]))),
        None => builder.warn(column, url, record_builder::INVALID_LINK),
    }
    builder.add_related(SubjectType::Dataset, name, fields);
    builder.push("datasets", name);
}

/// Reads a segment that is only a link. A link with an invalid URL stays text.
pub fn read_link(builder: &mut RecordBuilder, column: &str, segment: &Segment) -> bool {
    match &segment.inlines[..] {
        [Inline::Link { title, url, kind }] if record_builder::link_json(LinkKind::Other, None, url).is_some() => {
            builder.push_written_link(column, title, url, *kind)
        }
        _ => false,
    }
}

/// Reads training compute: `6.67x10^22 FLOPs`, also without a mark of the exponent: `6.67x1022 FLOPs`.
pub fn read_training_flops(builder: &mut RecordBuilder, column: &str, text: &str) -> bool {
    static FLOPS: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix)^ (?: training \s+ compute \s* :? | 训练(?:算力|计算量) \s* :? )? \s*
               (?P<number> [0-9]+ (?: \.[0-9]+ )? ) \s*
               (?: e \+? (?P<e> [0-9]{1,2} ) | [x×*] \s* 10 \s* (?P<hat> \^ )? \s* (?P<exponent> [0-9]{1,3} ) ) \s* flops? $",
        )
    });
    // Normalization turns superscript digits into plain ones, so they are detected first.
    let has_superscript = text.contains(['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']);
    let normalized = normalize_width(text);
    let Some(parts) = FLOPS.captures(&normalized) else { return false };
    let exponent = parts.name("e").or(parts.name("exponent")).map_or("", |part| part.as_str());
    let number = format!("{}e{exponent}", &parts["number"]);
    let Some(flops) = number.parse::<f64>().ok().filter(|flops| flops.is_finite() && *flops > 0.0) else {
        return false;
    };
    if parts.name("e").is_none() && parts.name("hat").is_none() && !has_superscript {
        if exponent.len() != 2 {
            return false;
        }
        builder.warn(column, text, format!("exponent without a mark such as ^; stored as {number}"));
    }
    builder.set("trainingFlops", flops);
    true
}

/// Reads an alias: `又名…`, `aka …`.
pub fn read_alias(builder: &mut RecordBuilder, text: &str) -> bool {
    static ALIAS: LazyLock<Regex> =
        LazyLock::new(|| static_regex(r"(?i)^(?:又名|aka\s|a\.k\.a\.\s)\s*(?P<name>\S.*)$"));
    let Some(parts) = ALIAS.captures(text) else { return false };
    builder.push("aliases", parts["name"].trim());
    true
}

/// Reads known organizations and aliases without a label: `Meta`, `IBM+NASA`, `昆仑万维·天工`.
pub fn read_known_names(builder: &mut RecordBuilder, text: &str) -> bool {
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
        builder.push(field, part);
    }
    true
}

/// Removes a commercial use without conditions, because the row states a condition, too.
pub fn unset_plain_use(builder: &mut RecordBuilder) {
    let plain = [CommercialUse::Allowed, CommercialUse::Prohibited].map(|word| json!(word));
    if builder.get("commercialUse").is_some_and(|value| plain.contains(value)) {
        builder.unset("commercialUse");
    }
}

/// Sets the commercial use, unless an earlier column or part set another value: then that value stays, with a warning.
pub fn set_commercial_use(builder: &mut RecordBuilder, column: &str, raw: &str, commercial_use: CommercialUse) {
    match builder.get("commercialUse").cloned() {
        Some(existing) if existing != json!(commercial_use) => {
            let existing = existing.as_str().unwrap_or_default();
            let message =
                format!("means {}, but {existing} was read earlier in this row and stored", commercial_use.word());
            builder.warn(column, raw, message);
        }
        _ => builder.set("commercialUse", commercial_use.word()),
    }
}
