//! The parts of a Markdown text that hold facts: headings, tables and lists.

use std::ops::Range;

use entity::vocabulary::LinkKind;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::formats::parse::column::Heading;
use crate::formats::parse::inline::Inline;
use crate::formats::parse::{dictionary, inline};
use crate::formats::readers::markdown::line_index::LineIndex;
use crate::formats::record::Warning;

/// A part of a text.
pub enum Block {
    /// A heading.
    Heading {
        /// From 1, the outermost, to 6.
        level: usize,
        /// Its words.
        text: String,
    },
    /// A table.
    Table(Table),
    /// A list with those inside it, as bullets one after another.
    List(Vec<Item>),
    /// A table written as HTML.
    Html {
        /// The line it begins in.
        line: usize,
        /// The source's text.
        text: String,
    },
}

/// A table.
pub struct Table {
    /// The line it begins in.
    pub line: usize,
    /// The words of the heading row.
    pub head: Vec<String>,
    /// The other rows.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
pub struct TableRow {
    /// The line it stands in.
    pub line: usize,
    /// The cells that the source writes; those that it leaves out at the end are missing here too.
    pub cells: Vec<Vec<Inline>>,
    /// What stands behind the last column.
    pub excess: String,
}

impl TableRow {
    /// What is doubtful about the number of cells.
    pub fn doubts(&self, headings: &[Heading]) -> Vec<Warning> {
        let mut doubts = Vec::new();
        let mut doubt = |raw: &str, message: String| {
            doubts.push(Warning { column: String::new(), raw: raw.to_owned(), message });
        };
        if self.cells.len() < headings.len() {
            let raw = self.cells.iter().map(|cell| inline::words(cell)).collect::<Vec<_>>().join(" | ");
            let (found, all) = (self.cells.len(), headings.len());
            doubt(&raw, format!("the row has {found} cells for {all} columns; the last columns were taken as blank"));
        }
        if !self.excess.is_empty() {
            let all = headings.len();
            doubt(
                &self.excess,
                format!("the row has more cells than the {all} columns; what stands behind them was not read"),
            );
        }
        doubts
    }
}

/// A bullet.
pub struct Item {
    /// The line it begins in.
    pub line: usize,
    /// How many lists it stands in, from 1.
    pub depth: usize,
    /// Its own text, without that of bullets inside it.
    pub text: Vec<Inline>,
}

/// Finds the parts of a text.
pub fn blocks(text: &str, lines: &LineIndex) -> Vec<Block> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut reader = Reader {
        text,
        lines,
        blocks: Vec::new(),
        table: None,
        items: Vec::new(),
        open: Vec::new(),
        current: Words::default(),
        skipped: 0,
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.take(event, range);
    }
    reader.blocks
}

/// Goes through the events of the library; nothing here calls itself, however deep the text is nested.
struct Reader<'a> {
    text: &'a str,
    lines: &'a LineIndex,
    blocks: Vec<Block>,
    table: Option<Table>,
    items: Vec<Item>,
    /// The bullets that are open, as places in `items`.
    open: Vec<usize>,
    /// The words since the last beginning of a cell, heading or bullet.
    current: Words,
    /// How many parts are open whose words are not read: front matter and code.
    skipped: usize,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        let line = self.lines.at(range.start);
        match event {
            Event::Start(Tag::MetadataBlock(_) | Tag::CodeBlock(_)) => self.skipped += 1,
            Event::End(TagEnd::MetadataBlock(_) | TagEnd::CodeBlock) => self.skipped -= 1,
            _ if self.skipped > 0 => {}
            Event::Start(Tag::Heading { .. }) => self.current = Words::default(),
            Event::End(TagEnd::Heading(level)) => {
                let text = inline::words(&self.current.take());
                self.blocks.push(Block::Heading { level: level as usize, text });
            }
            Event::Start(Tag::Table(_)) => self.table = Some(Table { line, head: Vec::new(), rows: Vec::new() }),
            Event::End(TagEnd::Table) => self.blocks.extend(self.table.take().map(Block::Table)),
            Event::Start(Tag::TableRow) => {
                if let Some(table) = &mut self.table {
                    table.rows.push(TableRow { line, cells: Vec::new(), excess: String::new() });
                }
            }
            Event::Start(Tag::TableCell) => self.current = Words::default(),
            Event::End(TagEnd::TableCell) => self.end_cell(&range),
            Event::Start(Tag::Item) => self.begin_item(line),
            Event::End(TagEnd::Item) => self.end_item(),
            Event::End(TagEnd::List(_)) => self.end_list(),
            Event::Start(Tag::Paragraph) | Event::SoftBreak | Event::HardBreak => self.current.text(" "),
            Event::Start(Tag::Link { dest_url, title, .. }) => {
                self.current.link = Some((String::new(), dest_url.to_string(), dictionary::kind_named(&title)));
            }
            Event::End(TagEnd::Link) => self.current.end_link(),
            Event::Text(words) if self.text[range.clone()].starts_with('&') && words.chars().all(means_something) => {
                self.current.literal(&words);
            }
            Event::Text(words) | Event::Code(words) => self.current.text(&words),
            Event::InlineHtml(tag) => self.current.html(&tag),
            Event::Html(html) if html.to_lowercase().contains("<table") => {
                self.blocks.push(Block::Html { line, text: html.trim().to_owned() });
            }
            _ => {}
        }
    }

    fn end_cell(&mut self, range: &Range<usize>) {
        let cell = self.current.take();
        let Some(table) = &mut self.table else { return };
        let Some(row) = table.rows.last_mut() else { return table.head.push(inline::words(&cell)) };
        // The library fills short rows up with cells that stand nowhere, and leaves out what long rows have too much.
        if range.is_empty() {
            return;
        }
        row.cells.push(cell);
        if row.cells.len() == table.head.len() {
            let rest = self.text[range.end..].lines().next().unwrap_or_default();
            let rest = rest.trim().trim_start_matches('|');
            row.excess = rest.strip_suffix('|').unwrap_or(rest).trim().to_owned();
        }
    }

    fn begin_item(&mut self, line: usize) {
        self.keep_words();
        self.open.push(self.items.len());
        self.items.push(Item { line, depth: self.open.len(), text: Vec::new() });
    }

    fn end_item(&mut self) {
        self.keep_words();
        self.open.pop();
    }

    fn end_list(&mut self) {
        if self.open.is_empty() {
            self.blocks.push(Block::List(std::mem::take(&mut self.items)));
        }
    }

    /// Gives the words so far to the bullet that is open.
    fn keep_words(&mut self) {
        let words = self.current.take();
        if let Some(item) = self.open.last().and_then(|index| self.items.get_mut(*index)) {
            item.text.extend(words);
        }
    }
}

/// Whether a character parts a text, ends a name or makes an address, unless it is written as a reference.
fn means_something(c: char) -> bool {
    inline::is_mark(c) || matches!(c, ':' | '：' | '-' | '—' | '–')
}

/// Words and links as they come.
#[derive(Default)]
struct Words {
    inlines: Vec<Inline>,
    link: Option<(String, String, Option<LinkKind>)>,
}

impl Words {
    fn text(&mut self, words: &str) {
        match (&mut self.link, self.inlines.last_mut()) {
            (Some((title, ..)), _) => title.push_str(words),
            (None, Some(Inline::Text(text))) => text.push_str(words),
            (None, _) => self.inlines.push(Inline::Text(words.to_owned())),
        }
    }

    fn literal(&mut self, words: &str) {
        match &mut self.link {
            Some((title, ..)) => title.push_str(words),
            None => self.inlines.push(Inline::Literal(words.to_owned())),
        }
    }

    /// HTML is words like others, but for what breaks a line or raises an exponent.
    fn html(&mut self, tag: &str) {
        match tag.to_lowercase().replace([' ', '/'], "").as_str() {
            "<br>" => self.text("\n"),
            "<sup>" if !tag.contains('/') => self.text("^"),
            "<sup>" => {}
            _ => self.text(tag),
        }
    }

    fn end_link(&mut self) {
        if let Some((title, url, kind)) = self.link.take() {
            // An address that is its own title stands by itself.
            let title = if title == url { String::new() } else { title };
            self.inlines.push(Inline::Link { title, url, kind });
        }
    }

    fn take(&mut self) -> Vec<Inline> {
        std::mem::take(self).inlines
    }
}
