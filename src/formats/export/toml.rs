//! Exports documents as TOML files, one for each subject, in folders of their types, as the data sets in `seed/data` have them.
//! Equal documents give equal bytes.

use std::{
    collections::HashSet,
    fmt::{self, Write as _},
    fs, io,
    path::{Path, PathBuf},
    pin::pin,
};

use entity::vocabulary::SubjectType;
use futures_util::TryStreamExt;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_json::Number;

use crate::domain::document::SubjectDocument;
use crate::domain::subject::with_document;
use crate::error::{Error, Result};
use crate::formats::export::selection::Selection;
use crate::query::as_of::snapshot_view::SnapshotView;
use crate::store::documents::Persist;
use crate::store::scan::scan;

/// A folder to which documents are exported.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// The folder.
    pub path: PathBuf,
    /// Folders of documents that are left out where they have the same content there.
    pub without: Vec<PathBuf>,
    /// Whether files of documents that are not exported are removed.
    pub prune: bool,
}

/// The numbers of files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FolderTotals {
    /// Files that are new or have changed.
    pub written: usize,
    /// Files that had the same content.
    pub unchanged: usize,
    /// Documents that are left out, because another folder has them.
    pub left_out: usize,
    /// Files of other documents that were removed, or would be with `prune`.
    pub others: usize,
}

/// An error of an export to a folder.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The catalog cannot be read.
    #[error(transparent)]
    Catalog(#[from] Error),
    /// A file cannot be read, written or removed.
    #[error("{path}: {cause}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        cause: io::Error,
    },
}

impl Folder {
    /// Writes the selected documents. A file that exists is replaced if it differs.
    ///
    /// # Errors
    /// The catalog cannot be read, or a file cannot be written; the folder has a part of the export.
    pub async fn write(&self, snapshot: &SnapshotView, selection: &Selection) -> Result<FolderTotals, FolderError> {
        let mut totals = FolderTotals::default();
        for subject in SubjectType::referenced_first() {
            with_document!(subject, D => self.documents::<D>(snapshot, selection, &mut totals).await?);
        }
        Ok(totals)
    }

    async fn documents<D: Persist>(
        &self,
        snapshot: &SnapshotView,
        selection: &Selection,
        totals: &mut FolderTotals,
    ) -> Result<(), FolderError> {
        let folder = self.path.join(D::SUBJECT.plural());
        let mut exported = HashSet::new();
        let mut documents = pin!(scan::<D, _>(snapshot, selection.with_references(D::SUBJECT)));
        while let Some(document) = documents.try_next().await? {
            let (file, text) = (format!("{}.toml", document.slug()), text(&document)?);
            let same = |folder: &Path| fs::read(folder.join(&file)).is_ok_and(|bytes| bytes == text.as_bytes());
            if self.without.iter().any(|other| same(&other.join(D::SUBJECT.plural()))) {
                totals.left_out += 1;
                continue;
            }
            if same(&folder) {
                totals.unchanged += 1;
            } else {
                replace(&folder, &file, &text)?;
                totals.written += 1;
            }
            exported.insert(file);
        }
        for path in document_files(&folder)? {
            if path.file_name().and_then(|name| name.to_str()).is_some_and(|name| !exported.contains(name)) {
                totals.others += 1;
                if self.prune {
                    fs::remove_file(&path).map_err(failure(&path))?;
                }
            }
        }
        Ok(())
    }
}

fn failure(path: &Path) -> impl Fn(io::Error) -> FolderError {
    move |cause| FolderError::File { path: path.to_owned(), cause }
}

/// Writes a file next to its place and renames it, so that it is never incomplete.
fn replace(folder: &Path, file: &str, text: &str) -> Result<(), FolderError> {
    let (path, part) = (folder.join(file), folder.join(format!(".{file}.part")));
    fs::create_dir_all(folder).map_err(failure(folder))?;
    fs::write(&part, text).map_err(failure(&part))?;
    fs::rename(&part, &path).map_err(failure(&path))
}

/// Returns the files of a folder that an export may have written: TOML files with a schema.
fn document_files(folder: &Path) -> Result<Vec<PathBuf>, FolderError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failure(folder))?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(failure(folder))?.path();
        if path.extension().is_some_and(|extension| extension == "toml")
            && fs::read_to_string(&path).is_ok_and(|text| text.starts_with(SCHEMA))
        {
            files.push(path);
        }
    }
    Ok(files)
}

/// The beginning of the first line, which tells editors the schema of the document. The path is that from a folder of a data set in
/// `seed/data`.
const SCHEMA: &str = "#:schema ";

/// The lists whose elements are tables with a heading each, in their order after the other fields.
const TABLES: [&str; 4] = ["evidence", "terms", "sizes", "checkpoints"];

/// Returns the text of the file of a document.
///
/// # Errors
/// The document cannot be serialized (internal error).
pub fn text<D: SubjectDocument>(document: &D) -> Result<String> {
    let mut document = document.clone();
    document.sort();
    document.set_citations(document.citations());
    let json = serde_json::to_string(&document).map_err(Error::internal)?;
    let fields = serde_json::from_str::<Value>(&json).map_err(Error::internal)?;
    let mut text = format!("{SCHEMA}../../../{}.schema.json\n", D::SUBJECT.table());
    write_fields(&mut text, "", &fields).map_err(Error::internal)?;
    Ok(text)
}

/// A value, with the fields of tables in the order of the document.
enum Value {
    Null,
    /// A text, number or truth value, as TOML.
    Scalar(String),
    List(Vec<Self>),
    Table(Vec<(String, Self)>),
}

/// Writes the fields of the table with this path, then its lists of tables.
fn write_fields(out: &mut String, path: &str, table: &Value) -> fmt::Result {
    let Value::Table(fields) = table else { return Ok(()) };
    for (name, value) in fields.iter().filter(|(name, _)| !TABLES.contains(&name.as_str())) {
        match value {
            Value::Null => {}
            Value::List(items) if items.iter().any(|item| matches!(item, Value::Table(_))) => {
                writeln!(out, "{} = [", Key(name))?;
                items.iter().try_for_each(|item| writeln!(out, "    {},", Inline(item)))?;
                writeln!(out, "]")?;
            }
            // TOML has no null. A source that states no value has an empty text for it.
            Value::Table(values) if name == "values" => {
                let texts = values.iter().map(|(name, value)| match value {
                    Value::Null => format!("{} = \"\"", Key(name)),
                    value => format!("{} = {}", Key(name), Inline(value)),
                });
                writeln!(out, "values = {{ {} }}", texts.collect::<Vec<_>>().join(", "))?;
            }
            value => writeln!(out, "{} = {}", Key(name), Inline(value))?,
        }
    }
    for table in TABLES {
        let Some((_, Value::List(items))) = fields.iter().find(|(name, _)| name == table) else { continue };
        let path = if path.is_empty() { table.to_owned() } else { format!("{path}.{table}") };
        for item in items {
            write!(out, "\n[[{path}]]\n")?;
            write_fields(out, &path, item)?;
        }
    }
    Ok(())
}

/// A key.
struct Key<'a>(&'a str);

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_bare = !self.0.is_empty() && self.0.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        if is_bare { f.write_str(self.0) } else { f.write_str(&string(self.0)) }
    }
}

/// A value in one line.
struct Inline<'a>(&'a Value);

impl fmt::Display for Inline<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => f.write_str("\"\""),
            Value::Scalar(text) => f.write_str(text),
            Value::List(items) => {
                let items = items.iter().map(|item| Inline(item).to_string()).collect::<Vec<_>>();
                write!(f, "[{}]", items.join(", "))
            }
            Value::Table(fields) => {
                let fields = fields.iter().filter(|(_, value)| !matches!(value, Value::Null));
                let fields = fields.map(|(name, value)| format!("{} = {}", Key(name), Inline(value)));
                match &fields.collect::<Vec<_>>()[..] {
                    [] => f.write_str("{}"),
                    fields => write!(f, "{{ {} }}", fields.join(", ")),
                }
            }
        }
    }
}

/// Returns a text as a basic string. JSON escapes the same characters in the same way, but for one.
fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

/// Returns a whole number. From five digits on, they are in groups of three.
fn integer(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    if digits.len() < 5 {
        return format!("{sign}{digits}");
    }
    let mut text = sign.to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Scalar(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Scalar(integer(&value.to_string())))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Scalar(integer(&value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        // JSON has finite numbers only.
        Ok(Number::from_f64(value).map_or(Value::Null, |number| Value::Scalar(number.to_string())))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Scalar(string(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut table = Vec::new();
        while let Some(field) = fields.next_entry()? {
            table.push(field);
        }
        Ok(Value::Table(table))
    }
}
