//! Parts of notes that say what they are: `机构：IBM、NASA`, `license: Apache-2.0`.

use super::{
    super::{
        draft::Draft,
        inline::{self, Inline, Segment},
        words::{self, Label, is_name},
    },
    segment::state_dataset,
};

/// States what stands behind labels, and notes which segments that took.
pub fn read(draft: &mut Draft, column: &str, segments: &[Segment], taken: &mut [bool]) {
    let strong = |segment: &Segment| segment.after.starts_with([';', '；', '\n']);
    let semicolons = segments.iter().any(strong);
    let mut index = 0;
    while index < segments.len() {
        let Some((label, first)) = labelled(&segments[index].inlines) else {
            index += 1;
            continue;
        };
        let mut things = vec![first];
        taken[index] = true;
        // A list goes on behind commas of lists; behind others where semicolons part the notes, or names follow.
        while !strong(&segments[index])
            && let Some(next) = segments.get(index + 1)
            && (segments[index].after.starts_with('、')
                || (segments[index].after.starts_with([',', '，']) && (semicolons || is_one(next))))
            && words::commercial_use(&inline::words(&next.inlines)).is_none()
        {
            index += 1;
            taken[index] = true;
            things.push(next.inlines.clone());
        }
        state(draft, column, label, &things);
        index += 1;
    }
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
    let label = words::label(label)?;
    let behind = behind.trim_start();
    let mut inlines = Vec::new();
    if !behind.is_empty() {
        inlines.push(Inline::Text(behind.to_owned()));
    }
    inlines.extend_from_slice(rest);
    (!inline::words(&inlines).is_empty()).then_some((label, inlines))
}

fn state(draft: &mut Draft, column: &str, label: Label, things: &[Vec<Inline>]) {
    let (field, one) = match label {
        Label::Organizations => ("organizations", false),
        Label::Aliases => ("aliases", false),
        Label::Datasets => ("datasets", false),
        Label::License => ("license", true),
        Label::Architecture => ("architecture", true),
        Label::BaseModel => ("baseModel", true),
    };
    if one && (things.len() > 1 || draft.get(field).is_some()) {
        let all = things.iter().map(|thing| inline::words(thing)).collect::<Vec<_>>().join(", ");
        return draft.warn(column, &all, "is one of several where one is recorded; not read");
    }
    for thing in things {
        match &thing[..] {
            [Inline::Link { title, url, .. }] if label == Label::Datasets && !title.trim().is_empty() => {
                state_dataset(draft, column, title.trim(), url, None);
                continue;
            }
            _ => {}
        }
        let name = inline::words(thing);
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
