//! Reads labelled segments of notes: `机构：IBM、NASA`, `license: Apache-2.0`.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::text::static_regex;
use crate::formats::parse::dictionary::{Label, is_name};
use crate::formats::parse::inline::{Inline, Segment};
use crate::formats::parse::notes::segment::{add_dataset, set_commercial_use};
use crate::formats::parse::notes::summary;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::cell;
use crate::formats::parse::row::cell::add_license_url;
use crate::formats::parse::{amount, date, dictionary, inline, sizes};

/// Reads the labelled segments into fields and marks them in `used`.
pub fn read_labelled(builder: &mut RecordBuilder, column: &str, segments: &[Segment], used: &mut [bool]) {
    let ends_list = |segment: &Segment| segment.separator.starts_with([';', '；', '\n']);
    let semicolons = segments.iter().any(ends_list);
    let mut index = 0;
    while index < segments.len() {
        let Some((label, first)) = split_label(&segments[index].inlines) else {
            index += 1;
            continue;
        };
        if let Label::Summary(language) = label {
            used[index..].fill(true);
            return summary::append_in(builder, language, &joined_text(&first, &segments[index..]));
        }
        let mut values = vec![first];
        used[index] = true;
        // A list continues after an enumeration comma, and after another comma if the notes have semicolons or a name follows.
        while !ends_list(&segments[index])
            && let Some(next) = segments.get(index + 1)
            && (segments[index].separator.starts_with('、')
                || (segments[index].separator.starts_with([',', '，'])
                    && (semicolons || is_name_or_link(next))
                    && !looks_like_fact(&inline::plain_text(&next.inlines))))
            && dictionary::parse_commercial_use(&inline::plain_text(&next.inlines)).is_none()
        {
            index += 1;
            used[index] = true;
            values.push(next.inlines.clone());
        }
        set_labelled(builder, column, label, &values);
        index += 1;
    }
}

/// Joins the text of `first` with that of the segments after the first one.
fn joined_text(first: &[Inline], segments: &[Segment]) -> String {
    let mut text = first.iter().map(Inline::plain_text).collect::<String>();
    for pair in segments.windows(2) {
        text.push_str(&pair[0].separator);
        text.extend(pair[1].inlines.iter().map(Inline::plain_text));
    }
    text.trim().to_owned()
}

/// Whether a segment is a single name or link.
fn is_name_or_link(segment: &Segment) -> bool {
    match &segment.inlines[..] {
        [Inline::Text(text)] => is_name(text) && !looks_like_fact(text),
        [Inline::Link { .. }] => true,
        _ => false,
    }
}

/// Whether a segment of notes looks like a fact of its own, so that it does not continue a list of names.
fn looks_like_fact(text: &str) -> bool {
    static FACT: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix) [0-9]{4} \s* (?: 年 | [-/.] [0-9]{1,2} ) | 发布 | 开源 | 上下文 | 参数 | 词元 | 支持 | 商用 | 训练
                | \b (?: context | parameters? | tokens? | released? | licen[cs]ed? ) \b | \p{Han} [0-9.]+ [KMBT亿万]",
        )
    });
    FACT.is_match(text)
        || date::parse_date(text).is_ok()
        || amount::parse(text).is_some()
        || sizes::parse_label(text, &mut false).is_some()
}

/// Splits a segment into its label and the value after the colon. Returns `None` if it has no label or no value.
fn split_label(inlines: &[Inline]) -> Option<(Label, Vec<Inline>)> {
    let [Inline::Text(first), rest @ ..] = inlines else { return None };
    let (label, value) = first.split_once([':', '：'])?;
    let label = dictionary::find_label(label)?;
    let value = value.trim_start();
    let mut inlines = Vec::new();
    if !value.is_empty() {
        inlines.push(Inline::Text(value.to_owned()));
    }
    inlines.extend_from_slice(rest);
    (!inline::plain_text(&inlines).is_empty()).then_some((label, inlines))
}

/// Sets the field of a label to its values.
fn set_labelled(builder: &mut RecordBuilder, column: &str, label: Label, values: &[Vec<Inline>]) {
    let (field, is_single) = match label {
        Label::Organizations => ("organizations", false),
        Label::Aliases => ("aliases", false),
        Label::Datasets => ("datasets", false),
        Label::License => ("license", true),
        Label::Architecture => ("architecture", true),
        Label::BaseModel => ("baseModel", true),
        Label::Summary(_) => return,
    };
    let values = values.iter().filter(|value| !dictionary::is_blank(&inline::plain_text(value))).collect::<Vec<_>>();
    if is_single && (values.len() > 1 || builder.get(field).is_some()) {
        let all = values.iter().copied().map(|value| inline::plain_text(value)).collect::<Vec<_>>().join(", ");
        return builder.warn(column, &all, format!("more than one value for {field}, which takes one; ignored"));
    }
    for value in values {
        match &value[..] {
            [Inline::Link { title, url, kind }] if label == Label::Datasets && !title.trim().is_empty() => {
                add_dataset(builder, column, title.trim(), (url, *kind), None);
                continue;
            }
            [Inline::Link { title, url, .. }] if label == Label::License && !title.trim().is_empty() => {
                add_license_url(builder, column, title.trim(), url);
                builder.set(field, title.trim());
                continue;
            }
            _ => {}
        }
        let name = inline::plain_text(value);
        if let Some(commercial_use) = dictionary::parse_commercial_use(&name).filter(|_| label == Label::License) {
            set_commercial_use(builder, column, &name, commercial_use);
            continue;
        }
        let name = match cell::license_and_use(&name).filter(|_| label == Label::License) {
            Some((license, rest)) => {
                cell::beside_license(builder, column, rest);
                license.to_owned()
            }
            None => name,
        };
        if label == Label::License && dictionary::names_no_license(&name) {
            builder.warn(column, &name, "names no license; ignored");
        } else if is_single {
            builder.set(field, name);
        } else {
            builder.push(field, name);
        }
        for inline in value {
            if let Inline::Link { title, url, kind } = inline {
                builder.push_written_link(column, title, url, *kind);
            }
        }
    }
}
