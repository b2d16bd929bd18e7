//! Reads Markdown: tables of models, and lists of derived models and architectures.

mod blocks;
mod clean;
mod html_table;
mod line_index;
mod list_items;
mod page;
mod tables;

use entity::vocabulary::ModelKind;

use crate::domain::text::normalize;
use crate::formats::parse::group_by_model::Groups;
use crate::formats::parse::source::{beginning, reject_all, reject_line, skip_part};
use crate::formats::parse::topic::Topic;
use crate::formats::parse::{source, topic};
use crate::formats::readers::markdown::blocks::Block;
use crate::formats::readers::markdown::line_index::LineIndex;
use crate::formats::record::ParsedEntry;

/// The maximum size of a text, in bytes.
pub const MAX_BYTES: usize = 16 << 20;
/// The maximum size of a line, in bytes.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// The separators of a list in a cell.
const SEPARATORS: [char; 8] = [',', '，', '、', ';', '；', '/', '+', '＋'];

/// Reads a text. Records of organizations, licenses, architectures and datasets come before the records that refer to them.
pub fn read(bytes: &[u8]) -> Vec<ParsedEntry> {
    let text = match source::text(bytes, MAX_BYTES) {
        Ok(text) => text,
        Err(rejected) => return reject_all(rejected),
    };
    if let Some((line, long)) = (1..).zip(text.lines()).find(|(_, line)| line.len() > MAX_LINE_BYTES) {
        let message = format!("the line has {} bytes; the limit is {MAX_LINE_BYTES}", long.len());
        return reject_all(reject_line(line, &beginning(long), &beginning(long), &message));
    }
    let clean = clean::clean(text);
    let lines = LineIndex::new(&clean.text);
    let (text, tables) = html_table::take_tables(&clean.text, &lines);
    let blocks = blocks::read_blocks(&text, &lines, tables);
    let mut sections = Sections::new(&blocks);
    let mut groups = Groups::default();
    let mut rejected = Vec::new();
    for block in blocks {
        let entries = match block {
            Block::Heading { level, text } => {
                sections.enter(level, &text);
                continue;
            }
            Block::Table(table) => tables::read_table(table, &sections, &clean),
            Block::List(items) => list_items::read_list(&items, &sections, &clean),
            Block::Unread { line, text, reason } => skip_part(line, &beginning(&text), reason),
        };
        for entry in entries {
            match entry {
                Ok(record) => groups.add(record),
                Err(rejection) => rejected.push(rejection),
            }
        }
    }
    groups.finish(rejected)
}

/// The headings of the current section, the innermost last.
pub struct Sections {
    headings: Vec<(usize, String)>,
    /// The number of the current section.
    section: usize,
    /// Whether the first heading is the title of the text: the others are below it.
    has_title: bool,
    /// Whether a heading is about foundation models: then the other models are derived ones.
    has_foundation: bool,
    /// The model that the page is about, if it is about one.
    model: Option<String>,
}

impl Sections {
    fn new(blocks: &[Block]) -> Self {
        let mut levels = Vec::new();
        let mut has_foundation = false;
        for block in blocks {
            if let Block::Heading { level, text } = block {
                has_foundation |= Topic::of(text) == Some(Topic::Models(Some(ModelKind::Foundation)));
                levels.push(*level);
            }
        }
        let has_title = levels
            .split_first()
            .is_some_and(|(first, others)| !others.is_empty() && others.iter().all(|level| level > first));
        Self { headings: Vec::new(), section: 0, has_title, has_foundation, model: page::model_of(blocks) }
    }

    fn enter(&mut self, level: usize, heading: &str) {
        self.section += 1;
        self.headings.retain(|(outer, _)| *outer < level);
        self.headings.push((level, heading.to_owned()));
    }

    fn title(&self) -> String {
        self.headings.last().map(|(_, title)| title.clone()).unwrap_or_default()
    }

    /// Returns the topic of the innermost heading.
    fn innermost(&self) -> Option<Topic> {
        self.topic(&self.headings.last()?.1)
    }

    fn topic(&self, heading: &str) -> Option<Topic> {
        let is_other = self.has_foundation && normalize(heading) == "other models";
        if is_other { Some(Topic::Models(Some(ModelKind::Derived))) } else { Topic::of(heading) }
    }

    /// Returns the topic of the nearest heading that has one, from the innermost outwards. A kind that an outer heading states
    /// holds for the models below it.
    fn nearest(&self) -> Option<Topic> {
        let mut topics = self.headings.iter().rev().filter_map(|(_, heading)| self.topic(heading));
        match topics.next()? {
            Topic::Models(None) => {
                let kinds = topics.take_while(|topic| matches!(topic, Topic::Models(_)));
                let kind = kinds.filter_map(|topic| if let Topic::Models(kind) = topic { kind } else { None }).next();
                Some(Topic::Models(kind))
            }
            topic => Some(topic),
        }
    }

    /// Returns whether the nearest heading that says what it is about is about things with sizes that are no open models: closed
    /// models, adapters, quantizations, hardware.
    fn excludes_models(&self) -> bool {
        let mut headings = self.headings.iter().rev().map(|(_, heading)| heading);
        headings.find_map(|heading| topic::excludes_models(heading).or(self.topic(heading).map(|_| false)))
            == Some(true)
    }

    /// Returns the model that the page is about, unless a heading here names another one, such as a later version.
    fn model(&self) -> Option<&str> {
        let model = self.model.as_deref()?;
        let is_other = |heading: &str| normalize(heading).contains(&normalize(model)) && Topic::of(heading).is_none();
        (!self.headings.iter().skip(1).any(|(_, heading)| is_other(heading))).then_some(model)
    }

    /// Returns whether list items here are likely to be remarks: before the first section.
    fn has_remarks(&self) -> bool {
        self.has_title && self.section <= 1
    }
}
