//! Parts of notes that say what they are: `机构：IBM、NASA`, `license: Apache-2.0`.

use crate::formats::parse::dictionary::{Label, is_name};
use crate::formats::parse::inline::{Inline, Segment};
use crate::formats::parse::notes::segment::state_dataset;
use crate::formats::parse::notes::{add_summary, commercial_use};
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::cell::license_at;
use crate::formats::parse::{dictionary, inline};

/// States what stands behind labels, and notes which segments that took.
pub fn read(draft: &mut RecordBuilder, column: &str, segments: &[Segment], taken: &mut [bool]) {
    let strong = |segment: &Segment| segment.after.starts_with([';', '；', '\n']);
    let semicolons = segments.iter().any(strong);
    let mut index = 0;
    while index < segments.len() {
        let Some((label, first)) = labelled(&segments[index].inlines) else {
            index += 1;
            continue;
        };
        if let Label::Summary(language) = label {
            taken[index..].fill(true);
            return add_summary(draft, language, &whole(&first, &segments[index..]));
        }
        let mut things = vec![first];
        taken[index] = true;
        // A list goes on behind commas of lists; behind others where semicolons part the notes, or names follow.
        while !strong(&segments[index])
            && let Some(next) = segments.get(index + 1)
            && (segments[index].after.starts_with('、')
                || (segments[index].after.starts_with([',', '，']) && (semicolons || is_one(next))))
            && dictionary::commercial_use(&inline::words(&next.inlines)).is_none()
        {
            index += 1;
            taken[index] = true;
            things.push(next.inlines.clone());
        }
        state(draft, column, label, &things);
        index += 1;
    }
}

/// The words that a segment begins with, and all behind it.
fn whole(first: &[Inline], segments: &[Segment]) -> String {
    let mut text = first.iter().map(Inline::words).collect::<String>();
    for pair in segments.windows(2) {
        text.push_str(&pair[0].after);
        text.extend(pair[1].inlines.iter().map(Inline::words));
    }
    text.trim().to_owned()
}

fn is_one(segment: &Segment) -> bool {
    match &segment.inlines[..] {
        [Inline::Text(text)] => is_name(text),
        [Inline::Link { .. }] => true,
        _ => false,
    }
}

/// The label that a segment begins with, and what stands behind it.
fn labelled(inlines: &[Inline]) -> Option<(Label, Vec<Inline>)> {
    let [Inline::Text(first), rest @ ..] = inlines else { return None };
    let (label, behind) = first.split_once([':', '：'])?;
    let label = dictionary::label(label)?;
    let behind = behind.trim_start();
    let mut inlines = Vec::new();
    if !behind.is_empty() {
        inlines.push(Inline::Text(behind.to_owned()));
    }
    inlines.extend_from_slice(rest);
    (!inline::words(&inlines).is_empty()).then_some((label, inlines))
}

fn state(draft: &mut RecordBuilder, column: &str, label: Label, things: &[Vec<Inline>]) {
    let (field, one) = match label {
        Label::Organizations => ("organizations", false),
        Label::Aliases => ("aliases", false),
        Label::Datasets => ("datasets", false),
        Label::License => ("license", true),
        Label::Architecture => ("architecture", true),
        Label::BaseModel => ("baseModel", true),
        Label::Summary(_) => return,
    };
    if one && (things.len() > 1 || draft.get(field).is_some()) {
        let all = things.iter().map(|thing| inline::words(thing)).collect::<Vec<_>>().join(", ");
        return draft.warn(column, &all, "is one of several where one is recorded; not read");
    }
    for thing in things {
        match &thing[..] {
            [Inline::Link { title, url, kind }] if label == Label::Datasets && !title.trim().is_empty() => {
                state_dataset(draft, column, title.trim(), (url, *kind), None);
                continue;
            }
            [Inline::Link { title, url, .. }] if label == Label::License && !title.trim().is_empty() => {
                license_at(draft, column, title.trim(), url);
                draft.set(field, title.trim());
                continue;
            }
            _ => {}
        }
        let name = inline::words(thing);
        if let Some(stated) = dictionary::commercial_use(&name).filter(|_| label == Label::License) {
            commercial_use(draft, column, &name, stated);
            continue;
        }
        if one {
            draft.set(field, name);
        } else {
            draft.push(field, name);
        }
        for inline in thing {
            if let Inline::Link { title, url, kind } = inline {
                draft.written_link(column, title, url, *kind);
            }
        }
    }
}
