//! Splits a Markdown text into headings, tables and lists.

use std::{collections::VecDeque, ops::Range, sync::LazyLock};

use entity::vocabulary::LinkKind;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use regex::Regex;

use crate::domain::text::static_regex;
use crate::formats::parse::column::{Column, Heading};
use crate::formats::parse::inline::Inline;
use crate::formats::parse::{column, dictionary, inline};
use crate::formats::readers::markdown::line_index::LineIndex;
use crate::formats::record::Warning;

/// A block of a Markdown text.
pub enum Block {
    /// A heading.
    Heading {
        /// The level, from 1 (outermost) to 6.
        level: usize,
        /// The text.
        text: String,
    },
    /// A table.
    Table(Table),
    /// A list with its nested lists, as a flat list of items.
    List(Vec<Item>),
    /// A part that looks like a table and is not read.
    Unread {
        /// The first line.
        line: usize,
        /// The text.
        text: String,
        /// Why it is not read.
        reason: &'static str,
    },
}

/// A table.
pub struct Table {
    /// The first line.
    pub line: usize,
    /// The texts of the heading row.
    pub head: Vec<String>,
    /// The other rows.
    pub rows: Vec<TableRow>,
    /// The lines and the texts of rows with cells that span several columns or rows, which are left out.
    pub spanning: Vec<(usize, String)>,
}

/// A row of a table.
pub struct TableRow {
    /// The line.
    pub line: usize,
    /// The cells in the source. Omitted cells at the end of the row are missing here, too.
    pub cells: Vec<Vec<Inline>>,
    /// The text after the last column.
    pub excess: String,
    /// The number of cells in the source.
    pub source_cells: usize,
    /// The place in the text.
    pub range: Range<usize>,
}

impl TableRow {
    /// Returns warnings about missing or extra cells.
    pub fn cell_count_warnings(&self, headings: &[Heading]) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let mut warn = |raw: &str, message: String| {
            warnings.push(Warning { column: String::new(), raw: raw.to_owned(), message });
        };
        if self.cells.len() < headings.len() {
            let raw = self.cells.iter().map(|cell| inline::plain_text(cell)).collect::<Vec<_>>().join(" | ");
            let (found, expected) = (self.cells.len(), headings.len());
            let message =
                format!("the row has {found} cells for {expected} columns; the missing cells were read as blank");
            warn(&raw, message);
        }
        if !self.excess.is_empty() {
            let expected = headings.len();
            let message = format!("the row has more cells than the {expected} columns; the extra cells were ignored");
            warn(&self.excess, message);
        }
        warnings
    }
}

/// A list item.
pub struct Item {
    /// The first line.
    pub line: usize,
    /// The nesting depth, from 1.
    pub depth: usize,
    /// The text without that of nested items.
    pub text: Vec<Inline>,
    /// The place in the text.
    pub range: Range<usize>,
}

/// Reads a text that is one table.
pub fn read_table(text: &str) -> Option<Table> {
    let blocks = read_blocks(text, &LineIndex::new(text), Vec::new()).into_iter();
    blocks.into_iter().find_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
}

/// Splits a text into its blocks. `taken` are blocks that were taken out of the text, in the order of their places.
pub fn read_blocks(text: &str, lines: &LineIndex, taken: Vec<(usize, Block)>) -> Vec<Block> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut reader = BlockReader {
        text,
        lines,
        blocks: Vec::new(),
        table: None,
        items: Vec::new(),
        open_items: Vec::new(),
        current: InlineBuffer::default(),
        skip_depth: 0,
    };
    let mut taken = VecDeque::from(taken);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        while let Some((_, block)) = taken.pop_front_if(|(offset, _)| *offset <= range.start) {
            reader.blocks.push(block);
        }
        reader.on_event(event, range);
    }
    reader.blocks.extend(taken.into_iter().map(|(_, block)| block));
    reader.blocks
}

/// Reads lines with bars as a table without the row of dashes, or with one that has another number of columns, if the first line
/// has the headings of a table of models.
fn read_bars(line: usize, text: &str, range: &Range<usize>) -> Block {
    let is_dashes = |line: &str| line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t' | '\r'));
    let rows = (line..).zip(text.lines()).filter(|(_, line)| !is_dashes(line)).collect::<Vec<_>>();
    let mut lines = rows.iter().map(|(_, line)| *line);
    let first = lines.next().unwrap_or_default();
    let dashes = "---|".repeat(source_cells(first).len());
    let table = read_table(&format!("{first}\n|{dashes}\n{}\n", lines.collect::<Vec<_>>().join("\n")));
    let table = table.filter(|table| {
        let columns = table.head.iter().filter_map(|text| column::from_heading(text)).collect::<Vec<_>>();
        columns.contains(&Column::Name) && columns.len() > 1 && table.rows.len() + 1 == rows.len()
    });
    let Some(mut table) = table else {
        let reason = "lines with bars that are no table: the row of dashes below the headings is missing; ignored";
        return Block::Unread { line, text: text.to_owned(), reason };
    };
    table.line = line;
    for (row, (line, _)) in table.rows.iter_mut().zip(&rows[1..]) {
        (row.line, row.range) = (*line, range.clone());
    }
    Block::Table(table)
}

/// Builds the blocks from the events of the Markdown parser. It does not recurse, so deeply nested text cannot overflow the
/// stack.
struct BlockReader<'a> {
    text: &'a str,
    lines: &'a LineIndex,
    blocks: Vec<Block>,
    table: Option<Table>,
    items: Vec<Item>,
    /// The indexes of the open items in `items`.
    open_items: Vec<usize>,
    /// The inline content of the current cell, heading or item.
    current: InlineBuffer,
    /// The number of open blocks whose text is not read: front matter and code.
    skip_depth: usize,
}

impl BlockReader<'_> {
    fn on_event(&mut self, event: Event<'_>, range: Range<usize>) {
        let line = self.lines.line_at(range.start);
        match event {
            Event::Start(Tag::MetadataBlock(_) | Tag::CodeBlock(_)) => self.skip_depth += 1,
            Event::End(TagEnd::MetadataBlock(_) | TagEnd::CodeBlock) => self.skip_depth -= 1,
            _ if self.skip_depth > 0 => {}
            Event::Start(Tag::Paragraph) if self.text[range.clone()].trim_start().starts_with('|') => {
                let text = self.text[range.clone()].trim();
                let has_bars = text.lines().all(|line| line.matches('|').count() > 1);
                if has_bars && self.open_items.is_empty() {
                    self.blocks.push(read_bars(line, text, &range));
                }
            }
            Event::Start(Tag::Heading { .. }) => self.current = InlineBuffer::default(),
            Event::End(TagEnd::Heading(level)) => {
                let text = inline::plain_text(&self.current.take());
                self.blocks.push(Block::Heading { level: level as usize, text });
            }
            Event::Start(Tag::Table(_)) => {
                self.table = Some(Table { line, head: Vec::new(), rows: Vec::new(), spanning: Vec::new() });
            }
            Event::End(TagEnd::Table) => self.blocks.extend(self.table.take().map(Block::Table)),
            Event::Start(Tag::TableRow) => {
                if let Some(table) = &mut self.table {
                    let cells = source_cells(&self.text[range.clone()]);
                    let excess = cells.iter().skip(table.head.len()).copied().collect::<Vec<_>>().join(" | ");
                    let is_blank = excess.replace('|', "").trim().is_empty();
                    table.rows.push(TableRow {
                        line,
                        cells: Vec::new(),
                        excess: if is_blank { String::new() } else { excess.trim().to_owned() },
                        source_cells: cells.len(),
                        range,
                    });
                }
            }
            Event::Start(Tag::TableCell) => self.current = InlineBuffer::default(),
            Event::End(TagEnd::TableCell) => self.end_cell(),
            Event::Start(Tag::Item) => self.begin_item(line, range),
            Event::End(TagEnd::Item) => self.end_item(),
            Event::End(TagEnd::List(_)) => self.end_list(),
            Event::Start(Tag::Paragraph) | Event::SoftBreak | Event::HardBreak => self.current.push_text(" "),
            Event::Start(Tag::Link { dest_url, title, .. }) => {
                self.current.link = Some((String::new(), dest_url.to_string(), dictionary::parse_link_kind(&title)));
            }
            Event::End(TagEnd::Link) => self.current.end_link(),
            Event::Text(text) if self.text[range.clone()].starts_with('&') && text.chars().all(is_syntax) => {
                self.current.push_literal(&text);
            }
            Event::Text(text) | Event::Code(text) => self.current.push_text(&text),
            Event::InlineHtml(tag) => self.current.push_html(&tag),
            Event::Html(html) if html.to_lowercase().contains("<table") => {
                let reason = "a table in HTML that does not end, or is inside other text; ignored";
                self.blocks.push(Block::Unread { line, text: html.trim().to_owned(), reason });
            }
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let cell = self.current.take();
        let Some(table) = &mut self.table else { return };
        let Some(row) = table.rows.last_mut() else { return table.head.push(inline::plain_text(&cell)) };
        // The parser adds empty cells to short rows, and leaves out the extra cells of long rows.
        if row.cells.len() < row.source_cells {
            row.cells.push(cell);
        }
    }

    fn begin_item(&mut self, line: usize, range: Range<usize>) {
        self.flush_text();
        self.open_items.push(self.items.len());
        self.items.push(Item { line, depth: self.open_items.len(), text: Vec::new(), range });
    }

    fn end_item(&mut self) {
        self.flush_text();
        self.open_items.pop();
    }

    fn end_list(&mut self) {
        if self.open_items.is_empty() {
            self.blocks.push(Block::List(std::mem::take(&mut self.items)));
        }
    }

    /// Moves the inline content so far to the innermost open item.
    fn flush_text(&mut self) {
        let inlines = self.current.take();
        if let Some(item) = self.open_items.last().and_then(|index| self.items.get_mut(*index)) {
            item.text.extend(inlines);
        }
    }
}

/// Splits the source of a row into its cells.
pub fn source_cells(row: &str) -> Vec<&str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (index, byte) in row.bytes().enumerate() {
        if byte == b'|' && !escaped {
            cells.push(row[start..index].trim());
            start = index + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    if start < row.len() {
        cells.push(row[start..].trim());
    }
    cells
}

/// Whether a character separates segments, ends a name or starts a URL, unless it is written as a character reference.
fn is_syntax(c: char) -> bool {
    inline::is_mark(c) || matches!(c, ':' | '：' | '-' | '—' | '–')
}

/// Collects text and links.
#[derive(Default)]
struct InlineBuffer {
    inlines: Vec<Inline>,
    link: Option<(String, String, Option<LinkKind>)>,
}

impl InlineBuffer {
    fn push_text(&mut self, text: &str) {
        match (&mut self.link, self.inlines.last_mut()) {
            (Some((title, ..)), _) => title.push_str(text),
            (None, Some(Inline::Text(last))) => last.push_str(text),
            (None, _) => self.inlines.push(Inline::Text(text.to_owned())),
        }
    }

    fn push_literal(&mut self, text: &str) {
        match &mut self.link {
            Some((title, ..)) => title.push_str(text),
            None => self.inlines.push(Inline::Literal(text.to_owned())),
        }
    }

    /// Reads an HTML tag: `<br>` is a line break, `<sup>` marks an exponent, `<a>` is a link, and tags that only change the
    /// appearance are left out. Other tags stay text.
    fn push_html(&mut self, tag: &str) {
        const APPEARANCE: [&str; 26] = [
            "b", "strong", "i", "em", "u", "s", "del", "ins", "code", "kbd", "small", "big", "span", "font", "center",
            "sub", "p", "div", "img", "hr", "wbr", "nobr", "tt", "mark", "abbr", "picture",
        ];
        static HREF: LazyLock<Regex> = LazyLock::new(|| {
            static_regex(r#"(?i)\shref\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"']+))"#)
        });
        let is_end = tag.starts_with("</");
        let name =
            tag.trim_start_matches(['<', '/']).split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        match (name.to_lowercase().as_str(), is_end) {
            ("br", _) => self.push_text("\n"),
            ("sup", false) => self.push_text("^"),
            ("sup", true) => {}
            ("a", true) => self.end_link(),
            ("a", false) => {
                if let Some(parts) = HREF.captures(tag) {
                    let url = parts.name("double").or(parts.name("single")).or(parts.name("bare"));
                    self.link = Some((String::new(), url.map_or("", |url| url.as_str()).to_owned(), None));
                }
            }
            (name, _) if APPEARANCE.contains(&name) => {}
            _ => self.push_text(tag),
        }
    }

    fn end_link(&mut self) {
        if let Some((title, url, kind)) = self.link.take() {
            // A title that equals the URL is a bare URL.
            let title = if title == url { String::new() } else { title };
            self.inlines.push(Inline::Link { title, url, kind });
        }
    }

    fn take(&mut self) -> Vec<Inline> {
        std::mem::take(self).inlines
    }
}
