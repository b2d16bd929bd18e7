//! Parses YAML 1.2: the documents of a text as values that know their lines.
//!
//! A plain scalar is a number only if JSON would write it in the same way; `1.10`, `1e3`, `0o17`, `2024-01-02`, `no` and `off` are the
//! texts that they are written as. So no type that YAML guesses changes what a source states.

use std::{collections::HashMap, rc::Rc};

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};
use serde_json::{Map, Number, Value as Json};

use crate::formats::parse::source::{beginning, reject_line};
use crate::formats::record::Rejected;

/// The maximum depth of nested values, with those that aliases repeat.
pub const MAX_DEPTH: usize = 128;
/// The maximum size of what all aliases of a file repeat, in bytes.
pub const MAX_REPEATED_BYTES: usize = 1 << 20;

/// How to correct errors, by a part of their message. The first part that matches applies.
const CORRECTIONS: [(&str, &str); 12] = [
    ("tab", "indent with spaces"),
    ("recursion limit", "values are nested too deeply"),
    ("mapping values are not allowed", "put a text that contains a colon and a space in quotation marks"),
    ("illegal placement of ':'", "close the bracket, or put a text that contains a colon in quotation marks"),
    ("unknown anchor", "put a text that begins with * in quotation marks, or define the anchor before it"),
    ("unexpected character", "put a text that begins with this character in quotation marks"),
    ("unknown escape", "write a backslash twice, or use single quotation marks"),
    ("trailing content after", "put the whole text in quotation marks"),
    ("quoted scalar", "close the quotation mark"),
    ("flow", "close the bracket, and separate elements by commas"),
    ("<document start>", "write --- between documents; JSON with a record per line needs the format records"),
    ("expected key", "indent all keys of a mapping alike"),
];

/// A value of a document.
#[derive(Debug)]
pub struct Value {
    /// The line where it begins, from 1.
    pub line: usize,
    /// The content.
    pub content: Content,
    /// The number of levels of nested values.
    depth: usize,
}

/// The content of a value.
#[derive(Debug)]
pub enum Content {
    /// A text, a number, a truth value or null.
    Scalar(Json),
    /// A list.
    List(Vec<Rc<Value>>),
    /// A mapping of keys to values, with keys that may be given twice.
    Mapping(Vec<Entry>),
    /// A value that cannot be read.
    Invalid {
        /// The beginning of its text.
        raw: String,
        /// The reason.
        message: &'static str,
    },
}

/// A key of a mapping with its value.
#[derive(Debug)]
pub struct Entry {
    line: usize,
    key: String,
    /// Whether the key is `<<`: a key that the mapping does not state is that of its value.
    is_merge: bool,
    value: Rc<Value>,
}

impl Value {
    /// Returns the value of a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Rc<Self>> {
        let Content::Mapping(entries) = &self.content else { return None };
        entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// Returns the value as JSON.
    ///
    /// # Errors
    /// A key is given twice or is no text, or a value has an unknown tag.
    pub fn json(&self) -> Result<Json, Rejected> {
        match &self.content {
            Content::Scalar(scalar) => Ok(scalar.clone()),
            Content::List(items) => items.iter().map(|item| item.json()).collect(),
            Content::Mapping(entries) => fields(entries).map(Json::Object),
            Content::Invalid { raw, message } => Err(reject_line(self.line, "", raw, message)),
        }
    }
}

/// Returns the fields of a mapping.
fn fields(entries: &[Entry]) -> Result<Map<String, Json>, Rejected> {
    let mut fields = Map::new();
    let mut merged = None;
    for entry in entries {
        let is_duplicate =
            if entry.is_merge { merged.replace(entry).is_some() } else { fields.contains_key(&entry.key) };
        if is_duplicate {
            let message = format!("the key {:?} is given twice; remove one of them", entry.key);
            return Err(reject_line(entry.line, "", &entry.key, &message));
        }
        if !entry.is_merge {
            fields.insert(entry.key.clone(), entry.value.json()?);
        }
    }
    let Some(merged) = merged else { return Ok(fields) };
    let mappings = match merged.value.json()? {
        Json::Array(mappings) => mappings,
        mapping => vec![mapping],
    };
    for mapping in mappings {
        let Json::Object(mapping) = mapping else {
            let message = "<< takes the keys of mappings; expected an alias of one, such as *defaults";
            return Err(reject_line(merged.line, "", &mapping.to_string(), message));
        };
        for (key, value) in mapping {
            fields.entry(key).or_insert(value);
        }
    }
    Ok(fields)
}

/// Returns the documents of a text. Empty documents are left out.
///
/// # Errors
/// The text is not YAML, is nested too deeply, or repeats too much by aliases.
pub fn documents(text: &str) -> Result<Vec<Rc<Value>>, Rejected> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| not_yaml(text, &error))?;
        let line = span.start.line();
        builder.add(event, line).map_err(|message| reject_line(line, "", line_of(text, line), &message))?;
    }
    Ok(builder.documents)
}

/// Returns the beginning of a line.
fn line_of(text: &str, line: usize) -> &str {
    let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim();
    line.char_indices().nth(80).map_or(line, |(end, _)| &line[..end])
}

fn not_yaml(text: &str, error: &ScanError) -> Rejected {
    let line = error.marker().line().clamp(1, text.lines().count().max(1));
    let correction = CORRECTIONS.iter().find(|(part, _)| error.info().contains(part));
    let correction = correction.map(|(_, correction)| format!("; {correction}")).unwrap_or_default();
    let message = format!("not valid YAML: {}, at column {}{correction}", error.info(), error.marker().col() + 1);
    reject_line(line, "", line_of(text, line), &message)
}

/// Builds values from the events of the parser.
#[derive(Default)]
struct Builder {
    documents: Vec<Rc<Value>>,
    /// The values that have begun, outermost first.
    open: Vec<Open>,
    /// The values that aliases of this document may repeat, with their sizes.
    anchors: HashMap<usize, (Rc<Value>, usize)>,
    /// The size of the values so far, with those that aliases repeat.
    size: usize,
    /// The size of the values that aliases repeat.
    repeated: usize,
}

/// A list or a mapping that has begun.
struct Open {
    line: usize,
    anchor: usize,
    /// The size of the values before it.
    size_before: usize,
    has_unknown_tag: bool,
    depth: usize,
    parts: Parts,
}

enum Parts {
    List(Vec<Rc<Value>>),
    /// The entries, and the key whose value follows.
    Mapping(Vec<Entry>, Option<Key>),
}

struct Key {
    line: usize,
    text: Option<String>,
    is_merge: bool,
}

impl Builder {
    fn add(&mut self, event: Event<'_>, line: usize) -> Result<(), String> {
        match event {
            Event::DocumentStart(_) => self.anchors.clear(),
            Event::SequenceStart(anchor, tag) => self.open(line, anchor, tag.as_deref(), Parts::List(Vec::new()))?,
            Event::MappingStart(anchor, tag) => {
                self.open(line, anchor, tag.as_deref(), Parts::Mapping(Vec::new(), None))?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Scalar(text, style, anchor, tag) => {
                let size_before = self.size;
                self.size += size_of::<Value>() + text.len();
                let is_plain = style == ScalarStyle::Plain && tag.is_none();
                let key = Key { line, text: Some(text.to_string()), is_merge: is_plain && text == "<<" };
                let content = match scalar(&text, style, tag.as_deref()) {
                    Some(scalar) => Content::Scalar(scalar),
                    None => Content::Invalid { raw: beginning(&text), message: UNKNOWN_TAG },
                };
                self.finish(Value { line, content, depth: 0 }, anchor, size_before, key);
            }
            Event::Alias(anchor) => {
                let Some((value, size)) = self.anchors.get(&anchor).cloned() else {
                    return Err("an alias of a value that it is part of; write the value instead".to_owned());
                };
                self.size += size;
                self.repeated += size;
                if self.repeated > MAX_REPEATED_BYTES {
                    return Err(format!(
                        "aliases repeat more than {MAX_REPEATED_BYTES} bytes; write the values instead"
                    ));
                }
                self.check_depth(value.depth)?;
                let text = match &value.content {
                    Content::Scalar(Json::String(text)) => Some(text.clone()),
                    _ => None,
                };
                self.place(value, Key { line, text, is_merge: false });
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn open(&mut self, line: usize, anchor: usize, tag: Option<&Tag>, parts: Parts) -> Result<(), String> {
        let kind = if matches!(parts, Parts::List(_)) { "seq" } else { "map" };
        let has_unknown_tag = tag.is_some_and(|tag| !(tag.is_yaml_core_schema() && tag.suffix == kind));
        self.open.push(Open { line, anchor, size_before: self.size, has_unknown_tag, depth: 0, parts });
        self.size += size_of::<Value>();
        self.check_depth(0)
    }

    fn check_depth(&self, depth: usize) -> Result<(), String> {
        if self.open.len() + depth > MAX_DEPTH {
            return Err(format!("values are nested more than {MAX_DEPTH} levels deep"));
        }
        Ok(())
    }

    /// Ends the list or mapping that began last.
    fn close(&mut self) {
        let Some(Open { line, anchor, size_before, has_unknown_tag, depth, parts }) = self.open.pop() else { return };
        let content = match parts {
            _ if has_unknown_tag => Content::Invalid { raw: String::new(), message: UNKNOWN_TAG },
            Parts::List(items) => Content::List(items),
            Parts::Mapping(entries, _) => Content::Mapping(entries),
        };
        let key = Key { line, text: None, is_merge: false };
        self.finish(Value { line, content, depth: depth + 1 }, anchor, size_before, key);
    }

    fn finish(&mut self, value: Value, anchor: usize, size_before: usize, key: Key) {
        let value = Rc::new(value);
        if anchor > 0 {
            self.anchors.insert(anchor, (Rc::clone(&value), self.size - size_before));
        }
        self.place(value, key);
    }

    /// Adds a value to the list or mapping that it is part of. `as_key` is the key that it is in the place of one.
    fn place(&mut self, value: Rc<Value>, as_key: Key) {
        let Some(open) = self.open.last_mut() else {
            if !matches!(value.content, Content::Scalar(Json::Null)) {
                self.documents.push(value);
            }
            return;
        };
        open.depth = open.depth.max(value.depth);
        match &mut open.parts {
            Parts::List(items) => items.push(value),
            Parts::Mapping(entries, key) => match key.take() {
                None => *key = Some(as_key),
                Some(Key { line, text: Some(key), is_merge }) => entries.push(Entry { line, key, is_merge, value }),
                Some(Key { line, text: None, .. }) => {
                    let content = Content::Invalid { raw: String::new(), message: NO_TEXT_AS_KEY };
                    let value = Rc::new(Value { line, content, depth: 0 });
                    entries.push(Entry { line, key: String::new(), is_merge: false, value });
                }
            },
        }
    }
}

const UNKNOWN_TAG: &str = "a value with a tag that is not known; remove the tag";
const NO_TEXT_AS_KEY: &str = "a key that is no text; put a text with braces or brackets in quotation marks";

/// Returns the value of a scalar. `None` if its tag is not known.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Option<Json> {
    match tag {
        None if style == ScalarStyle::Plain => Some(plain(text)),
        None => Some(text.into()),
        Some(tag) if !tag.is_yaml_core_schema() => (tag.handle.is_empty() && tag.suffix == "!").then(|| text.into()),
        Some(tag) => match tag.suffix.as_str() {
            "str" => Some(text.into()),
            "bool" | "float" | "int" | "null" | "timestamp" => Some(plain(text)),
            _ => None,
        },
    }
}

/// Returns the value of a scalar without quotation marks.
fn plain(text: &str) -> Json {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Json::Null,
        "true" | "True" | "TRUE" => true.into(),
        "false" | "False" | "FALSE" => false.into(),
        text => {
            let number = text.parse::<Number>().ok().filter(|number| number.to_string() == text);
            number.map_or_else(|| text.into(), Json::Number)
        }
    }
}
