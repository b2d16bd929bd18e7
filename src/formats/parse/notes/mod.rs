//! Reads notes about a model. Clear statements become fields; the remaining text becomes the summary.

mod labelled;
pub mod segment;
pub mod summary;

use entity::vocabulary::{CommercialUse, DataUnit, SubjectType};
use serde_json::json;

use crate::formats::parse::amount::DataScale;
use crate::formats::parse::inline::{Inline, Segment};
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::cell;
use crate::formats::parse::{amount, column, dictionary, inline, sizes};
use crate::formats::record::ImportedRecord;

/// Reads notes into the fields of a model.
pub fn read(builder: &mut RecordBuilder, column: &str, inlines: &[Inline]) {
    let inlines = with_links(inlines);
    let segments = split_at_labels(inline::split_segments(&inlines));
    let mut used = vec![false; segments.len()];
    labelled::read_labelled(builder, column, &segments, &mut used);
    read_commercial_use(builder, column, &segments, &mut used);
    // Unlabelled organizations and aliases come before any prose.
    let mut before_prose = true;
    let mut in_datasets = false;
    for (index, segment) in segments.iter().enumerate() {
        let text = inline::plain_text(&segment.inlines);
        if text.is_empty() {
            used[index] = true;
        }
        if used[index] {
            continue;
        }
        let is_dataset = segment::read_dataset(builder, column, segment, in_datasets);
        in_datasets = is_dataset && segment.separator.trim() == "、";
        used[index] = is_dataset
            || segment::read_link(builder, column, segment)
            || segment::read_training_flops(builder, column, &text)
            || read_data_scale(builder, column, &text)
            || segment::read_alias(builder, &text)
            || (before_prose && segment::read_known_names(builder, &text));
        before_prose &= used[index];
    }
    for (segment, _) in segments.iter().zip(&used).filter(|(_, used)| !**used) {
        for inline in &segment.inlines {
            if let Inline::Link { title, url, kind } = inline {
                builder.push_written_link(column, title, url, *kind);
            }
        }
    }
    summary::append(builder, &remaining_text(&segments, &used));
}

/// Whether a text in notes is read as a summary in that language and as nothing else.
pub fn is_summary(text: &str, language: &str) -> bool {
    // At the start of the notes and next to a statement of commercial use, a text is most likely to be read as a fact.
    let mut builder = RecordBuilder::new(SubjectType::Model, 1, "");
    read(&mut builder, "", &[Inline::Text(format!("可商用；{text}"))]);
    let ImportedRecord { mut fields, warnings, .. } = builder.into_record();
    fields.remove("commercialUse");
    let has_heading = text.split_once([':', '：']).is_some_and(|(label, _)| column::from_heading(label).is_some());
    let is_sizes = amount::split(text).iter().all(|part| sizes::parse_label(part, &mut false).is_some());
    warnings.is_empty()
        && !has_heading
        && !is_sizes
        && fields.get("summary") == Some(&json!({ language: text }))
        && fields.keys().eq(["name", "summary"])
}

/// Splits segments that begin with a label before the labels that follow in them.
fn split_at_labels(segments: Vec<Segment>) -> Vec<Segment> {
    // In a note with separators a label within a segment belongs to its value, such as an alias.
    if segments.len() > 1 {
        return segments;
    }
    let mut split = Vec::new();
    for mut segment in segments {
        let is_labelled = matches!(&segment.inlines[..], [Inline::Text(first), ..]
            if first.split_once([':', '：']).is_some_and(|(label, _)| begins_with_value(label)));
        if !is_labelled {
            split.push(segment);
            continue;
        }
        let separator = std::mem::take(&mut segment.separator);
        let mut current = Segment::default();
        for inline in segment.inlines {
            let Inline::Text(text) = &inline else {
                current.inlines.push(inline);
                continue;
            };
            let parts = dictionary::split_at_labels(text);
            if parts.len() < 2 {
                // The blanks at its ends separate it from its neighbours.
                current.inlines.push(inline);
                continue;
            }
            // The blank before a label may be in the text after a link.
            for (index, part) in parts.into_iter().enumerate() {
                if index > 0 {
                    split.push(Segment { separator: "; ".to_owned(), ..std::mem::take(&mut current) });
                }
                if !part.is_empty() {
                    current.inlines.push(Inline::Text(part.to_owned()));
                }
            }
        }
        split.push(Segment { separator, ..current });
    }
    split
}

/// Whether a label is followed by a value that ends where another label begins. A summary may contain the words of labels.
fn begins_with_value(label: &str) -> bool {
    dictionary::find_label(label).is_some_and(|label| !matches!(label, dictionary::Label::Summary(_)))
}

/// Turns bare URLs into links.
fn with_links(inlines: &[Inline]) -> Vec<Inline> {
    let split = |inline: &Inline| match inline {
        Inline::Text(text) => inline::split_urls(text),
        other => vec![other.clone()],
    };
    inlines.iter().flat_map(split).collect()
}

/// Reads the commercial use, if all statements about it agree, and marks their segments in `used`.
fn read_commercial_use(builder: &mut RecordBuilder, column: &str, segments: &[Segment], used: &mut [bool]) {
    // The title of a link with a stated kind is only a title.
    let is_link =
        |segment: &Segment| segment.inlines.iter().any(|inline| matches!(inline, Inline::Link { kind: Some(_), .. }));
    let text = |segment: &Segment| if is_link(segment) { String::new() } else { inline::plain_text(&segment.inlines) };
    let texts = segments.iter().map(text).collect::<Vec<_>>();
    let parse = |(text, used): (&String, &bool)| dictionary::parse_commercial_use(text).filter(|_| !used);
    let stated = texts.iter().zip(&*used).map(parse).collect::<Vec<_>>();
    let mut different = stated.iter().flatten().collect::<Vec<_>>();
    different.dedup();
    // A permission or prohibition next to a condition is not plain.
    let is_plain = |word: &CommercialUse| matches!(word, CommercialUse::Allowed | CommercialUse::Prohibited);
    let has_condition = || {
        let others = texts.iter().zip(&stated).zip(&*used).filter(|((_, stated), used)| stated.is_none() && !**used);
        let of_licenses = texts.iter().zip(&*used).filter(|(_, used)| **used);
        let of_licenses = of_licenses.filter_map(|(text, _)| Some(cell::license_and_use(text)?.1));
        others.map(|((text, _), _)| text.as_str()).chain(of_licenses).any(dictionary::states_condition)
    };
    match different[..] {
        [] => {}
        [commercial_use] if is_plain(commercial_use) && has_condition() => {
            builder.warn(
                column,
                &texts.join("; "),
                "commercial use next to a condition, so it is not clear; kept as text",
            );
            return segment::unset_plain_use(builder);
        }
        [commercial_use] => {
            let raw = texts.iter().zip(&stated).filter(|(_, stated)| stated.is_some()).map(|(text, _)| text.as_str());
            segment::set_commercial_use(builder, column, &raw.collect::<Vec<_>>().join("; "), *commercial_use);
        }
        _ => builder.warn(column, &texts.join("; "), "contradictory statements about commercial use; kept as text"),
    }
    if different.len() == 1 {
        for index in 0..segments.len() {
            let neighbours = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
            let next_to_stated =
                neighbours.into_iter().any(|neighbour| stated.get(neighbour).copied().flatten().is_some());
            used[index] |= stated[index].is_some() || (dictionary::is_open(&texts[index]) && next_to_stated);
        }
    }
    for (index, text) in texts.iter().enumerate() {
        used[index] |= dictionary::is_commercial_use_unknown(text);
        if stated[index].is_none() && !used[index] && dictionary::mentions_commercial_use(text) {
            builder.warn(column, text, "unclear statement about commercial use; kept as text");
            if dictionary::states_condition(text) {
                segment::unset_plain_use(builder);
            }
        }
    }
}

/// Reads an amount of training data with its unit: `100M（图片）`. Returns whether the text is one. A separate column takes
/// precedence.
fn read_data_scale(builder: &mut RecordBuilder, column: &str, text: &str) -> bool {
    let has_unit =
        amount::parse(text).is_some_and(|amount| matches!(amount.unit, Some(unit) if unit != DataUnit::Bytes));
    if !has_unit || builder.get("dataScale").is_some() {
        return false;
    }
    let scale = DataScale::of(text);
    for doubt in &scale.doubts {
        builder.warn(column, text, *doubt);
    }
    builder.set("dataScale", scale.json());
    true
}

/// Joins the text of the segments that were not read into fields.
fn remaining_text(segments: &[Segment], used: &[bool]) -> String {
    let mut remaining = String::new();
    let mut separator = "";
    for (segment, used) in segments.iter().zip(used) {
        let text = inline::plain_text(&segment.inlines);
        if *used || text.is_empty() {
            // Text before and after a fact is joined by a comma.
            separator = if remaining.is_empty() { "" } else { summary::comma(&remaining) };
            continue;
        }
        remaining.push_str(separator);
        remaining.push_str(&text);
        separator = &segment.separator;
    }
    let end = separator.trim_end();
    if matches!(end, "。") {
        remaining.push_str(end);
    }
    remaining
}
