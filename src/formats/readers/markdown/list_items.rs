//! Lists of bullets: derived models, architectures. A bullet is read as a row: its name, its sizes, what bullets inside it say
//! behind the heading of a column, and the rest as notes.

use std::collections::VecDeque;

use entity::vocabulary::SubjectType;

use crate::formats::parse::column::{Column, Heading};
use crate::formats::parse::dictionary::{Section, is_name};
use crate::formats::parse::inline::{Inline, Segment};
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::Row;
use crate::formats::parse::source::{MAX_CELL_BYTES, beginning, ignored, reject_all, reject_line};
use crate::formats::parse::{amount, column, dictionary, inline, row, sizes};
use crate::formats::readers::markdown::SEPARATORS;
use crate::formats::readers::markdown::blocks::Item;
use crate::formats::record::ParsedEntry;

/// Reads a list with all inside it, which stands under a heading.
pub fn read(items: &[Item], section: Option<Section>, heading: &str) -> Vec<ParsedEntry> {
    let contents = |inline: &Inline| matches!(inline, Inline::Link { url, .. } if url.starts_with('#'));
    if items.iter().all(|item| item.text.iter().all(contents)) {
        // A table of contents, or bullets with nothing behind them.
        return Vec::new();
    }
    let Some(section) = section else {
        let first =
            items.iter().map(|item| inline::words(&item.text)).find(|text| !text.is_empty()).unwrap_or_default();
        let message = format!("a list under {heading:?}, which does not say what the list is about; not read");
        let line = items.first().map_or(1, |item| item.line);
        return ignored(line, &beginning(&first), &message);
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
fn subjects(item: &Item, inner: &[Item], section: Section) -> Vec<ParsedEntry> {
    let whole = inline::words(&item.text);
    if whole.len() > MAX_CELL_BYTES {
        let message = format!("the bullet has {} bytes; at most {MAX_CELL_BYTES} are read", whole.len());
        return reject_all(reject_line(item.line, &beginning(&whole), &beginning(&whole), &message));
    }
    if whole.is_empty() && inner.is_empty() {
        return Vec::new();
    }
    let (names, behind) = names(&item.text);
    let mut cells = Cells::default();
    let about = if names.len() > 1 { &[][..] } else { inner };
    for inner in about {
        cells.take(inner, section);
    }
    let behind = if inline::words(&behind).is_empty() { Vec::new() } else { behind };
    // What else is told of models is prose; of others it is links.
    let rest = if matches!(section, Section::Models(_)) { Column::Notes } else { Column::Links };
    cells.add(rest, "", behind);
    let mut entries = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let mut read = cells.clone();
        read.add(Column::Name, "", vec![name.clone()]);
        let row = Row {
            line: item.line,
            headings: &read.headings,
            cells: read.cells,
            section: Some(section),
            separators: &SEPARATORS,
        };
        match row::read(&row) {
            Ok(mut draft) => {
                for text in cells.unread.iter().filter(|_| index == 0) {
                    draft.warn("", text, "stands there a second time; not read");
                }
                if names.len() > 1 && index == 0 {
                    unclear(&mut draft, inner);
                }
                entries.extend(draft.finish());
            }
            Err(rejected) => entries.push(Err(rejected)),
        }
    }
    if names.is_empty() {
        let mut rejected = reject_line(item.line, &beginning(&whole), &whole, "the bullet has no name");
        rejected.subject = Some(match section {
            Section::Models(_) => SubjectType::Model,
            Section::Others(subject) => subject,
        });
        entries.push(Err(rejected));
    }
    entries
}

/// Bullets under several names, which may be about any of them.
fn unclear(draft: &mut RecordBuilder, inner: &[Item]) {
    for text in inner.iter().map(|item| inline::words(&item.text)).filter(|text| !text.is_empty()) {
        draft.warn("", &text, "stands under several names; of which is not said; not read");
    }
}

/// The cells that a bullet and those inside it make.
#[derive(Clone, Default)]
struct Cells {
    headings: Vec<Heading>,
    cells: Vec<Vec<Inline>>,
    unread: Vec<String>,
}

impl Cells {
    /// A bullet inside: sizes, `heading: text`, or prose.
    fn take(&mut self, item: &Item, section: Section) {
        let text = inline::words(&item.text);
        if text.is_empty() {
            return;
        }
        let parts = amount::split(&text);
        if matches!(section, Section::Models(_))
            && parts.iter().all(|part| sizes::parse_label(part, &mut false).is_some())
        {
            return self.add(Column::Parameters, "", item.text.clone());
        }
        if let [Inline::Text(first), rest @ ..] = &item.text[..]
            && let Some((label, behind)) = first.split_once([':', '：'])
            // Notes that begin with a label may have more behind it.
            && (dictionary::label(label).is_none() || !matches!(section, Section::Models(_)))
            && let Some(column) = column::from_heading(label)
        {
            let column = if column == Column::TrainingTokens { Column::DataScale } else { column };
            let mut cell = vec![Inline::Text(behind.trim_start().to_owned())];
            cell.extend_from_slice(rest);
            return self.add(column, label.trim(), cell);
        }
        match section {
            Section::Models(_) => self.add(Column::Notes, "", item.text.clone()),
            Section::Others(_) => self.add(Column::Links, "", item.text.clone()),
        }
    }

    fn add(&mut self, column: Column, heading: &str, cell: Vec<Inline>) {
        let place = self.headings.iter().position(|heading| heading.column == Some(column));
        match place {
            _ if cell.is_empty() => {}
            Some(place) if matches!(column, Column::Notes | Column::Links) => {
                self.cells[place].push(Inline::Text("\n".to_owned()));
                self.cells[place].extend(cell);
            }
            Some(_) => self.unread.push(inline::words(&cell)),
            None => {
                self.headings.push(Heading { text: heading.to_owned(), column: Some(column) });
                self.cells.push(cell);
            }
        }
    }
}

/// The names that a bullet begins with, and what stands behind them.
fn names(text: &[Inline]) -> (Vec<Inline>, Vec<Inline>) {
    let segments = inline::segments(text);
    let own = |segment: &Segment| match &segment.inlines[..] {
        [Inline::Text(text)] => is_name(text).then(|| Inline::Text(text.clone())),
        [link @ Inline::Link { title, .. }] => (!title.trim().is_empty()).then(|| link.clone()),
        _ => None,
    };
    let all = segments.iter().map(own).collect::<Option<Vec<_>>>();
    if let Some(names) = all.filter(|names| names.len() > 1) {
        return (names, Vec::new());
    }
    let blank = |inline: &&Inline| matches!(inline, Inline::Text(text) if text.trim().is_empty());
    let mut inlines = text.iter().skip_while(blank).cloned().collect::<VecDeque<_>>();
    let name = match inlines.pop_front_if(|inline| matches!(inline, Inline::Link { .. })) {
        Some(link) => link,
        None => Inline::Text(words_of_name(&mut inlines)),
    };
    if let Some(Inline::Text(text)) = inlines.front_mut() {
        *text = text.trim_start_matches([' ', ':', '：', '-', '—', '–', '，', ',']).to_owned();
    }
    inlines.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    let names = if name.words().trim().is_empty() { Vec::new() } else { vec![name] };
    (names, inlines.into())
}

/// Takes the words up to the first mark that ends a name, or up to the first link.
fn words_of_name(inlines: &mut VecDeque<Inline>) -> String {
    const MARKS: [&str; 10] = [": ", "：", " - ", " — ", " – ", "——", "，", ", ", "（", " ("];
    let mut name = String::new();
    while let Some(mut inline) = inlines.pop_front_if(|inline| !matches!(inline, Inline::Link { .. })) {
        if let Inline::Text(text) = &mut inline
            && let Some(end) = MARKS.iter().filter_map(|mark| text.find(mark)).min()
        {
            inlines.push_front(Inline::Text(text.split_off(end)));
            name.push_str(text);
            break;
        }
        name.push_str(inline.words());
    }
    name
}
