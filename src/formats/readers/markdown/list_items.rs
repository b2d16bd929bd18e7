//! Reads lists of derived models, architectures or datasets. An item is read as a row: its text starts with the name, nested
//! items are sizes or `heading: value`, and the remaining text is notes.

use std::collections::VecDeque;

use entity::vocabulary::{ModelKind, SubjectType};

use crate::formats::parse::column::{Column, Heading};
use crate::formats::parse::dictionary::is_name;
use crate::formats::parse::inline::{Inline, Segment};
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::Row;
use crate::formats::parse::source::{MAX_CELL_BYTES, beginning, reject_all, reject_line, skip_part};
use crate::formats::parse::topic::Topic;
use crate::formats::parse::{amount, column, dictionary, inline, row, sizes};
use crate::formats::readers::markdown::blocks::Item;
use crate::formats::readers::markdown::clean::Clean;
use crate::formats::readers::markdown::{SEPARATORS, Sections};
use crate::formats::record::ParsedEntry;

/// Reads a list with its nested lists.
pub fn read_list(items: &[Item], sections: &Sections, clean: &Clean) -> Vec<ParsedEntry> {
    let is_anchor = |inline: &Inline| matches!(inline, Inline::Link { url, .. } if url.starts_with('#'));
    if items.iter().all(|item| item.text.iter().all(is_anchor)) {
        // A table of contents, or empty items.
        return Vec::new();
    }
    let topic = sections.innermost().filter(|topic| matches!(topic, Topic::Models(Some(_)) | Topic::Others(_)));
    let skip = |message: &str| {
        let first = items.iter().map(|item| inline::plain_text(&item.text)).find(|text| !text.is_empty());
        skip_part(items.first().map_or(1, |item| item.line), &beginning(&first.unwrap_or_default()), message)
    };
    let Some(topic) = topic else {
        return skip(&format!(
            "list under {:?} ignored: the heading must name the contents, such as \"Derived models\" or \"Architectures\"",
            sections.title()
        ));
    };
    let needs_facts = topic == Topic::Models(Some(ModelKind::Foundation)) || sections.has_remarks();
    let mut entries = Vec::new();
    let mut remaining = items;
    while let [item, following @ ..] = remaining {
        let count = following.iter().take_while(|nested| nested.depth > item.depth).count();
        let (nested, next) = following.split_at(count);
        entries.extend(read_item(item, nested, topic, needs_facts, clean));
        remaining = next;
    }
    entries
}

/// Reads the subjects of one item and its nested items. With `needs_facts` an item that states none is a remark.
fn read_item(item: &Item, nested: &[Item], topic: Topic, needs_facts: bool, clean: &Clean) -> Vec<ParsedEntry> {
    let text = inline::plain_text(&item.text);
    if text.len() > MAX_CELL_BYTES {
        let message = format!("the list item has {} bytes; the limit is {MAX_CELL_BYTES}", text.len());
        return reject_all(reject_line(item.line, &beginning(&text), &beginning(&text), &message));
    }
    if text.is_empty() && nested.is_empty() {
        return Vec::new();
    }
    if dictionary::is_paper(&text) {
        return skip_part(item.line, &beginning(&text), "the title of a paper, not a name; ignored");
    }
    let (names, rest) = split_names(&item.text);
    let mut cells = Cells::default();
    let unambiguous = if names.len() > 1 { &[][..] } else { nested };
    for item in unambiguous {
        cells.add_item(item, topic);
    }
    let rest = if inline::plain_text(&rest).is_empty() { Vec::new() } else { rest };
    let has_rest = !rest.is_empty();
    // The remaining text of a model is notes; that of another subject is links.
    match topic {
        Topic::Models(_) => cells.add_notes(rest),
        _ => cells.add(Column::Links, "", rest),
    }
    let mut entries = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let mut named = cells.clone();
        named.add(Column::Name, "", vec![name.clone()]);
        let row =
            Row { line: item.line, headings: &named.headings, cells: named.cells, topic, separators: &SEPARATORS };
        match row::read(&row) {
            Ok(builder) if is_remark(&builder, name, topic, needs_facts, has_rest) => {
                entries.extend(skip_part(item.line, &beginning(&text), "states no fact about a model; ignored"));
            }
            Ok(mut builder) => {
                for text in cells.unread.iter().filter(|_| index == 0) {
                    builder.warn("", text, "second value for the same field; ignored");
                }
                if names.len() > 1 && index == 0 {
                    warn_ambiguous(&mut builder, nested);
                }
                for (mark, text) in clean.footnotes(&item.range).filter(|_| index == 0) {
                    builder.warn("", &mark, format!("footnote {text:?}; ignored"));
                }
                entries.extend(builder.finish());
            }
            Err(rejected) => entries.push(Err(rejected)),
        }
    }
    if names.is_empty() {
        let mut rejected = reject_line(item.line, &beginning(&text), &text, "the list item has no name");
        rejected.subject = Some(match topic {
            Topic::Others(subject) => subject,
            Topic::Models(_) | Topic::Else => SubjectType::Model,
        });
        entries.push(Err(rejected));
    }
    entries
}

/// Whether an item is a remark and not about a subject: an address, prose, or words that state no fact.
fn is_remark(builder: &RecordBuilder, name: &Inline, topic: Topic, needs_facts: bool, has_rest: bool) -> bool {
    const FACTS: [&str; 9] = [
        "sizes",
        "license",
        "releaseDate",
        "dataScale",
        "commercialUse",
        "organizations",
        "baseModel",
        "position",
        "trainingFlops",
    ];
    let text = name.plain_text().trim();
    let is_address = (text.contains("://") && !text.contains(char::is_whitespace))
        || matches!(name, Inline::Link { title, .. } if title.trim().is_empty());
    let is_prose = text.contains(['。', '！', '？']) || text.split_whitespace().count() > 8;
    if is_address || is_prose {
        return true;
    }
    let has_facts = FACTS.into_iter().any(|field| builder.get(field).is_some());
    let looks_like_name = is_name(text) || (matches!(name, Inline::Link { .. }) && !text.contains(' '));
    match topic {
        Topic::Models(_) if has_facts => false,
        Topic::Models(_) => needs_facts || (has_rest && !looks_like_name),
        _ => !looks_like_name && has_rest && !matches!(name, Inline::Link { .. }),
    }
}

/// Adds warnings about items nested below several names, which may belong to any of them.
fn warn_ambiguous(builder: &mut RecordBuilder, nested: &[Item]) {
    for text in nested.iter().map(|item| inline::plain_text(&item.text)).filter(|text| !text.is_empty()) {
        builder.warn("", &text, "nested below several names; it is unclear to which of them it belongs; ignored");
    }
}

/// The cells of an item and its nested items.
#[derive(Clone, Default)]
struct Cells {
    headings: Vec<Heading>,
    cells: Vec<Vec<Inline>>,
    unread: Vec<String>,
}

impl Cells {
    /// Adds a nested item: sizes, `heading: value`, or prose.
    fn add_item(&mut self, item: &Item, topic: Topic) {
        let text = inline::plain_text(&item.text);
        if text.is_empty() {
            return;
        }
        let parts = amount::split(&text);
        if matches!(topic, Topic::Models(_)) && parts.iter().all(|part| sizes::parse_label(part, &mut false).is_some())
        {
            return self.add(Column::Parameters, "", item.text.clone());
        }
        if let [Inline::Text(first), rest @ ..] = &item.text[..]
            && let Some((label, value)) = first.split_once([':', '：'])
            // The notes of a model may begin with a label, too, and contain other segments.
            && (dictionary::find_label(label).is_none() || !matches!(topic, Topic::Models(_)))
            && let Some(column) = column::from_heading(label)
        {
            let column = if column == Column::TrainingTokens { Column::DataScale } else { column };
            let mut cell = vec![Inline::Text(value.trim_start().to_owned())];
            cell.extend_from_slice(rest);
            return self.add(column, label.trim(), cell);
        }
        match topic {
            Topic::Models(_) => self.add_notes(item.text.clone()),
            _ => self.add(Column::Links, "", item.text.clone()),
        }
    }

    /// Adds notes. The sizes at their beginning are sizes: `7B, 13B, based on LLaMA`, `(7B)`.
    fn add_notes(&mut self, notes: Vec<Inline>) {
        let text = inline::plain_text(&notes);
        let inner = text.strip_prefix(['(', '（']).and_then(|text| text.strip_suffix([')', '）'])).unwrap_or(&text);
        let is_size = |text: &str| sizes::parse_label(text, &mut false).is_some();
        if !amount::split(inner).is_empty() && amount::split(inner).into_iter().all(is_size) {
            return self.add(Column::Parameters, "", vec![Inline::Text(inner.to_owned())]);
        }
        let segments = inline::split_segments(&notes);
        let count = segments.iter().take_while(|segment| is_size(&inline::plain_text(&segment.inlines))).count();
        if count == 0 || self.headings.iter().any(|heading| heading.column == Some(Column::Parameters)) {
            return self.add(Column::Notes, "", notes);
        }
        let (sizes, rest) = segments.split_at(count);
        let labels = sizes.iter().map(|segment| inline::plain_text(&segment.inlines)).collect::<Vec<_>>().join(",");
        self.add(Column::Parameters, "", vec![Inline::Text(labels)]);
        let joined = rest.iter().enumerate().flat_map(|(index, segment)| {
            let separator = if index + 1 < rest.len() { segment.separator.clone() } else { String::new() };
            segment.inlines.iter().cloned().chain([Inline::Text(separator)])
        });
        self.add(Column::Notes, "", joined.collect());
    }

    fn add(&mut self, column: Column, heading: &str, cell: Vec<Inline>) {
        let index = self.headings.iter().position(|heading| heading.column == Some(column));
        match index {
            _ if cell.is_empty() => {}
            Some(index) if matches!(column, Column::Notes | Column::Links) => {
                self.cells[index].push(Inline::Text("\n".to_owned()));
                self.cells[index].extend(cell);
            }
            Some(_) => self.unread.push(inline::plain_text(&cell)),
            None => {
                self.headings.push(Heading::new(heading, Some(column)));
                self.cells.push(cell);
            }
        }
    }
}

/// Splits the text of an item into the names at its beginning and the remaining text.
fn split_names(text: &[Inline]) -> (Vec<Inline>, Vec<Inline>) {
    let segments = inline::split_segments(text);
    let parse_name = |segment: &Segment| match &segment.inlines[..] {
        [Inline::Text(text)] => {
            let is_other = text.contains([':', '：']) || sizes::parse_label(text, &mut false).is_some();
            (is_name(text) && !is_other).then(|| Inline::Text(text.clone()))
        }
        [link @ Inline::Link { title, .. }] => (!title.trim().is_empty()).then(|| link.clone()),
        _ => None,
    };
    let segment_names = segments.iter().map(parse_name).collect::<Option<Vec<_>>>();
    if let Some(names) = segment_names.filter(|names| names.len() > 1) {
        return (names, Vec::new());
    }
    let is_blank = |inline: &&Inline| matches!(inline, Inline::Text(text) if text.trim().is_empty());
    let mut inlines = text.iter().skip_while(is_blank).cloned().collect::<VecDeque<_>>();
    let name = match inlines.pop_front_if(|inline| matches!(inline, Inline::Link { .. })) {
        Some(link) => link,
        None => Inline::Text(take_name(&mut inlines)),
    };
    if let Some(Inline::Text(text)) = inlines.front_mut() {
        *text = text.trim_start_matches([' ', ':', '：', '-', '—', '–', '，', ',']).to_owned();
    }
    inlines.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    let names = if name.plain_text().trim().is_empty() { Vec::new() } else { vec![name] };
    (names, inlines.into())
}

/// Removes and returns the text up to the first mark that ends a name, or up to the first link.
fn take_name(inlines: &mut VecDeque<Inline>) -> String {
    const END_MARKS: [&str; 10] = [": ", "：", " - ", " — ", " – ", "——", "，", ", ", "（", " ("];
    let mut name = String::new();
    while let Some(mut inline) = inlines.pop_front_if(|inline| !matches!(inline, Inline::Link { .. })) {
        if let Inline::Text(text) = &mut inline
            && let Some(end) = END_MARKS.iter().filter_map(|mark| text.find(mark)).min()
        {
            inlines.push_front(Inline::Text(text.split_off(end)));
            name.push_str(text);
            break;
        }
        name.push_str(inline.plain_text());
    }
    name
}
