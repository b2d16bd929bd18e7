//! Notes about a model, taken apart: what they clearly state becomes facts, what is left is the summary.

mod labelled;
pub mod segment;

use entity::vocabulary::{CommercialUse, DataUnit, SubjectType};
use serde_json::{Value as Json, json};

use crate::formats::parse::amount::DataScale;
use crate::formats::parse::inline::{Inline, Segment};
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::{amount, column, dictionary, inline, sizes};
use crate::formats::record::ImportedRecord;

/// Takes notes apart into the fields of a model.
pub fn read(draft: &mut RecordBuilder, column: &str, inlines: &[Inline]) {
    let inlines = with_addresses(inlines);
    let segments = inline::segments(&inlines);
    let mut taken = vec![false; segments.len()];
    labelled::read(draft, column, &segments, &mut taken);
    license(draft, column, &segments, &mut taken);
    // Makers and other names stand in front, before any prose.
    let mut in_front = true;
    let mut in_datasets = false;
    for (index, segment) in segments.iter().enumerate() {
        let text = inline::words(&segment.inlines);
        if text.is_empty() {
            taken[index] = true;
        }
        if taken[index] {
            continue;
        }
        let dataset = segment::dataset(draft, column, segment, in_datasets);
        in_datasets = dataset && segment.after.trim() == "、";
        taken[index] = dataset
            || segment::link(draft, column, segment)
            || segment::training_flops(draft, column, &text)
            || data_scale(draft, column, &text)
            || segment::named(draft, &text)
            || (in_front && segment::known(draft, &text));
        in_front &= taken[index];
    }
    for (segment, _) in segments.iter().zip(&taken).filter(|(_, taken)| !**taken) {
        for inline in &segment.inlines {
            if let Inline::Link { title, url, kind } = inline {
                draft.written_link(column, title, url, *kind);
            }
        }
    }
    summary(draft, &remaining_text(&segments, &taken));
}

/// Whether a text among notes is read as a summary in that language, and as nothing else.
pub fn is_summary(text: &str, language: &str) -> bool {
    // In front of anything else, beside a statement of commercial use: there most is read as something.
    let mut draft = RecordBuilder::new(SubjectType::Model, 1, "");
    read(&mut draft, "", &[Inline::Text(format!("可商用；{text}"))]);
    let ImportedRecord { mut fields, warnings, .. } = draft.into_statement();
    fields.remove("commercialUse");
    let labelled = text.split_once([':', '：']).is_some_and(|(label, _)| column::from_heading(label).is_some());
    let sized = amount::split(text).iter().all(|part| sizes::parse_label(part, &mut false).is_some());
    warnings.is_empty()
        && !labelled
        && !sized
        && fields.get("summary") == Some(&json!({ language: text }))
        && fields.keys().eq(["name", "summary"])
}

/// Finds the addresses that stand by themselves among the words.
fn with_addresses(inlines: &[Inline]) -> Vec<Inline> {
    let apart = |inline: &Inline| match inline {
        Inline::Text(text) => inline::plain(text),
        other => vec![other.clone()],
    };
    inlines.iter().flat_map(apart).collect()
}

/// What the notes say about commercial use, if they say one thing.
fn license(draft: &mut RecordBuilder, column: &str, segments: &[Segment], taken: &mut [bool]) {
    // The title of a link that says what stands behind it says nothing else.
    let is_link =
        |segment: &Segment| segment.inlines.iter().any(|inline| matches!(inline, Inline::Link { kind: Some(_), .. }));
    let text = |segment: &Segment| if is_link(segment) { String::new() } else { inline::words(&segment.inlines) };
    let texts = segments.iter().map(text).collect::<Vec<_>>();
    let state = |(text, taken): (&String, &bool)| dictionary::commercial_use(text).filter(|_| !taken);
    let stated = texts.iter().zip(&*taken).map(state).collect::<Vec<_>>();
    let mut different = stated.iter().flatten().collect::<Vec<_>>();
    different.dedup();
    match different[..] {
        [] => {}
        [one] => {
            let raw = texts.iter().zip(&stated).filter(|(_, stated)| stated.is_some()).map(|(text, _)| text.as_str());
            commercial_use(draft, column, &raw.collect::<Vec<_>>().join("; "), *one);
        }
        _ => draft.warn(column, &texts.join("; "), "says different things about commercial use; left as text"),
    }
    if different.len() == 1 {
        for index in 0..segments.len() {
            let beside = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
            let beside_license = beside.into_iter().any(|at| stated.get(at).copied().flatten().is_some());
            taken[index] |= stated[index].is_some() || (dictionary::says_open(&texts[index]) && beside_license);
        }
    }
    for (index, text) in texts.iter().enumerate() {
        taken[index] |= dictionary::commercial_use_unknown(text);
        if stated[index].is_none() && !taken[index] && dictionary::mentions_commercial_use(text) {
            draft.warn(column, text, "says something about commercial use that is not clear; left as text");
        }
    }
}

/// States whether commercial use is allowed. Where a column of its own says otherwise, that counts.
pub fn commercial_use(draft: &mut RecordBuilder, column: &str, raw: &str, stated: CommercialUse) {
    match draft.get("commercialUse").cloned() {
        Some(other) if other != json!(stated) => {
            let message =
                format!("says {} of commercial use, another column {other}; that was recorded", stated.word());
            draft.warn(column, raw, message);
        }
        _ => draft.set("commercialUse", stated.word()),
    }
}

/// An amount with what it counts: `100M（图片）`. Where a column of its own tells the amount, that counts.
fn data_scale(draft: &mut RecordBuilder, column: &str, text: &str) -> bool {
    let clear = amount::parse(text).is_some_and(|amount| matches!(amount.unit, Some(unit) if unit != DataUnit::Bytes));
    if !clear || draft.get("dataScale").is_some() {
        return false;
    }
    let scale = DataScale::of(text);
    for doubt in &scale.doubts {
        draft.warn(column, text, *doubt);
    }
    draft.set("dataScale", scale.json());
    true
}

/// The words that became no fact, in their order.
fn remaining_text(segments: &[Segment], taken: &[bool]) -> String {
    let mut left = String::new();
    let mut separator = "";
    for (segment, taken) in segments.iter().zip(taken) {
        let words = inline::words(&segment.inlines);
        if *taken || words.is_empty() {
            // What stood around a fact is parted by a comma of its own.
            separator = if left.is_empty() { "" } else { comma(&left) };
            continue;
        }
        left.push_str(separator);
        left.push_str(&words);
        separator = &segment.after;
    }
    let end = separator.trim_end();
    if matches!(end, "。") {
        left.push_str(end);
    }
    left
}

fn comma(text: &str) -> &'static str {
    if is_chinese(text) { "，" } else { ", " }
}

/// Adds words to the summary in their language.
pub fn summary(draft: &mut RecordBuilder, words: &str) {
    if words.is_empty() {
        return;
    }
    add_summary(draft, if is_chinese(words) { "zh" } else { "en" }, words);
}

fn add_summary(draft: &mut RecordBuilder, language: &str, words: &str) {
    let mut summary = draft.get("summary").cloned().unwrap_or_else(|| json!({}));
    let text = match summary.get(language).and_then(Json::as_str) {
        Some(before) => format!("{before}{}{words}", if language == "zh" { "；" } else { "; " }),
        None => words.to_owned(),
    };
    summary[language] = text.into();
    draft.set("summary", summary);
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'))
}
