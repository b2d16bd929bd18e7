//! Lists of bullets: derived models, architectures.

use entity::vocabulary::SubjectType;

use super::block::Item;
use crate::exchange::{
    draft::Draft,
    inline::{self, Inline, Segment},
    notes, sizes,
    source::{MOST_CELL_BYTES, beginning, refusal, refused},
    statement::Entry,
    words::{self, Section},
};

/// The column that warnings about a bullet's own text name.
const COLUMN: &str = "";

/// Reads a list with all inside it, which stands under a heading.
pub fn read(items: &[Item], section: Option<Section>, heading: &str) -> Vec<Entry> {
    let Some(section) = section else {
        let first =
            items.iter().map(|item| inline::words(&item.text)).find(|text| !text.is_empty()).unwrap_or_default();
        let message = format!("a list under {heading:?}, which does not say what the list is about; not read");
        let line = items.first().map_or(1, |item| item.line);
        return refused(refusal(line, &beginning(&first), &beginning(&first), &message));
    };
    let mut entries = Vec::new();
    let mut rest = items;
    while let [item, inside @ ..] = rest {
        let count = inside.iter().take_while(|inner| inner.depth > item.depth).count();
        let (inner, next) = inside.split_at(count);
        entries.extend(subjects(item, inner, section));
        rest = next;
    }
    entries
}

/// The subjects of one bullet.
fn subjects(item: &Item, inner: &[Item], section: Section) -> Vec<Entry> {
    let whole = inline::words(&item.text);
    if whole.len() > MOST_CELL_BYTES {
        let message = format!("the bullet has {} bytes; at most {MOST_CELL_BYTES} are read", whole.len());
        return refused(refusal(item.line, &beginning(&whole), &beginning(&whole), &message));
    }
    let (names, rest) = names(&item.text);
    let subject = match section {
        Section::Models(_) => SubjectType::Model,
        Section::Others(subject) => subject,
    };
    if names.is_empty() {
        let mut rejected = refusal(item.line, &beginning(&whole), &whole, "the bullet has no name");
        rejected.subject = Some(subject);
        return refused(rejected);
    }
    let mut drafts = Vec::from_iter(names.into_iter().map(|(name, url)| {
        let mut draft = Draft::new(subject, item.line, &name);
        if let Some(url) = url {
            draft.link(COLUMN, words::link_kind("", &url), None, &url);
        }
        if let Section::Models(kind) = section {
            draft.set("kind", kind.word());
        }
        draft
    }));
    if let [draft] = &mut drafts[..] {
        about(draft, &rest, inner);
    } else if let Some(first) = drafts.first_mut() {
        for text in inner.iter().map(|item| inline::words(&item.text)).chain([inline::words(&rest)]) {
            if !text.is_empty() {
                first.warn(COLUMN, &text, "stands under several names; of which is not said; not read");
            }
        }
    }
    drafts.into_iter().flat_map(Draft::finish).collect()
}

/// What stands behind the name of a subject and in the bullets inside its own.
fn about(draft: &mut Draft, rest: &[Inline], inner: &[Item]) {
    let model = draft.is_model();
    let mut all = Vec::new();
    if model && !rest.is_empty() {
        notes::read(draft, COLUMN, rest);
    } else if !rest.is_empty() {
        draft.warn(COLUMN, &inline::words(rest), "stands behind the name; not read");
    }
    for item in inner {
        let text = inline::words(&item.text);
        let parts = text.split([',', '，', '、', ';', '；', '/']).map(str::trim);
        if model && parts.clone().all(|part| sizes::of(part, &mut false).is_some()) {
            all.extend(sizes::read(draft, COLUMN, &text));
        } else if model && text.len() <= MOST_CELL_BYTES {
            notes::read(draft, COLUMN, &item.text);
        } else if !text.is_empty() {
            draft.warn(COLUMN, &text, "stands inside the bullet; not read");
        }
    }
    sizes::state(draft, COLUMN, all);
}

/// The names that a bullet begins with, each with its own link, and what stands behind them.
fn names(text: &[Inline]) -> (Vec<(String, Option<String>)>, Vec<Inline>) {
    let segments = inline::segments(text);
    let own = |segment: &Segment| match &segment.inlines[..] {
        [Inline::Text(text)] => Some((text.clone(), None)),
        [Inline::Link { title, url }] if !title.trim().is_empty() => Some((title.trim().to_owned(), Some(url.clone()))),
        _ => None,
    };
    let all = segments.iter().map(own).collect::<Option<Vec<_>>>();
    if let Some(names) =
        all.filter(|names| names.len() > 1 && names.iter().all(|(name, url)| url.is_some() || is_name(name)))
    {
        return (names, Vec::new());
    }
    let (first, mut rest) = match text.split_first() {
        Some((Inline::Text(text), rest)) if text.trim().is_empty() => match rest.split_first() {
            Some((first, rest)) => (first, rest.to_vec()),
            None => return (Vec::new(), Vec::new()),
        },
        Some((first, rest)) => (first, rest.to_vec()),
        None => return (Vec::new(), Vec::new()),
    };
    let (name, url) = match first {
        Inline::Link { title, url } => (title.trim(), Some(url.clone())),
        Inline::Text(text) => {
            let end = [": ", "：", " - ", " — ", " – ", "——", "，", ", ", "（", " ("]
                .iter()
                .filter_map(|mark| text.find(mark))
                .min();
            let (name, behind) = text.split_at(end.unwrap_or(text.len()));
            rest.insert(0, Inline::Text(behind.to_owned()));
            (name.trim(), None)
        }
    };
    if let Some(Inline::Text(text)) = rest.first_mut() {
        *text = text.trim_start_matches([' ', ':', '：', '-', '—', '–', '，', ',']).to_owned();
    }
    rest.retain(|inline| !matches!(inline, Inline::Text(text) if text.trim().is_empty()));
    let names = if name.is_empty() { Vec::new() } else { vec![(name.to_owned(), url)] };
    (names, rest)
}

/// Whether one of several parts of a bullet is a name, not prose: a word or few, each with a capital or a digit.
fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().collect::<Vec<_>>();
    let proper = |word: &&str| word.chars().any(|c| c.is_uppercase() || c.is_ascii_digit());
    (1..=3).contains(&words.len()) && words.iter().all(proper)
}
