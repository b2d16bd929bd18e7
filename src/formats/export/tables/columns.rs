//! The columns of tables, with their types and descriptions.

use crate::domain::checkpoint::CheckpointDocument;
use crate::domain::document::{NameColumn, SubjectDocument};
use crate::domain::facts::value::Kind;
use crate::domain::facts::{Fact, Facts};
use crate::domain::model::SizeDocument;

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// The heading.
    pub name: String,
    /// The kind of the values.
    pub kind: ColumnKind,
    /// The description.
    pub description: String,
    /// The place of the value in the document of a row, unless the row has a value of its own.
    pub place: ValuePath,
}

/// The kind of the values of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// A text; also a date with the precision of its source, such as 2024-05.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// An absolute URL.
    Url,
    /// A list; in CSV its texts are joined by semicolons, and other elements are written as JSON.
    List,
    /// The kinds of data that a model reads and writes.
    Modalities,
    /// A value of the type of the fact that it is about.
    Any,
}

/// The place of a value in a document.
#[derive(Clone, Copy, Debug)]
pub enum ValuePath {
    /// A field, with the value where the document has none.
    Field(&'static str, Option<&'static str>),
    /// A text in a language.
    Localized(&'static str, &'static str),
    /// No place: the row has it.
    Row,
}

impl Column {
    /// Returns the kind and the description of the column of a fact.
    pub fn of_fact(fact: &Fact) -> (ColumnKind, String) {
        // The second paragraph says where a document leaves the fact out.
        let description = fact.description.split("\n\n").next().unwrap_or_default();
        (kind(fact), description.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

fn column(name: impl Into<String>, kind: ColumnKind, description: impl Into<String>, place: ValuePath) -> Column {
    Column { name: name.into(), kind, description: description.into(), place }
}

/// Returns a column with values of the rows themselves.
fn own(name: &'static str, kind: ColumnKind, description: &'static str) -> Column {
    column(name, kind, description, ValuePath::Row)
}

fn page(subject: &str) -> Column {
    column("catalog_page", ColumnKind::Url, format!("The page of the {subject}."), ValuePath::Row)
}

/// Returns the columns of declared facts, under the name of what applies.
fn facts<D: Facts>() -> impl Iterator<Item = Column> {
    D::FACTS.iter().map(|fact| {
        let (kind, description) = Column::of_fact(fact);
        column(fact.column.trim_start_matches("stated_"), kind, description, ValuePath::Field(fact.name, fact.default))
    })
}

fn kind(fact: &Fact) -> ColumnKind {
    match fact.kind {
        Kind::Count | Kind::Integer => ColumnKind::Integer,
        Kind::Float => ColumnKind::Number,
        Kind::Boolean => ColumnKind::Boolean,
        Kind::Modalities => ColumnKind::Modalities,
        Kind::Text if ["url", "homepage"].contains(&fact.name) => ColumnKind::Url,
        Kind::Text | Kind::Enum(_) | Kind::PartialDate => ColumnKind::Text,
    }
}

/// Returns the columns of subjects of a type.
pub fn of_subjects<D: SubjectDocument>() -> Vec<Column> {
    let field = |name| ValuePath::Field(name, None);
    let mut columns = vec![
        column("slug", ColumnKind::Text, "The identifier.", field("slug")),
        column(D::NAME_FIELD, ColumnKind::Text, "The name as its source writes it.", field(D::NAME_FIELD)),
    ];
    columns.extend(facts::<D>());
    columns.extend(D::REFERENCES.iter().map(|reference| {
        let description = format!("The slug of the {}.", reference.subject.table());
        column(reference.column.trim_end_matches("_id"), ColumnKind::Text, description, field(reference.name))
    }));
    for text in D::LOCALIZED {
        for (name, language, description) in [(text.zh, "zh", "In Chinese."), (text.en, "en", "In English.")] {
            columns.push(column(name, ColumnKind::Text, description, ValuePath::Localized(text.name, language)));
        }
    }
    let lists = D::LISTS.iter().map(|(name, column)| (*name, *column));
    let names = D::OTHER_NAMES.iter().filter_map(|names| match names {
        NameColumn::List(column) => Some((*column, *column)),
        NameColumn::Text(_) => None,
    });
    let links = D::HAS_LINKS.then_some(("links", "links"));
    for (name, heading) in lists.chain(names).chain(links) {
        if columns.iter().all(|column| column.name != heading) {
            columns.push(column(heading, ColumnKind::List, format!("The {}.", heading.replace('_', " ")), field(name)));
        }
    }
    columns.push(page(D::SUBJECT.table()));
    columns
}

/// The columns with the license and the commercial use that apply.
fn permission() -> [Column; 2] {
    [
        own("license", ColumnKind::Text, "The slug of the license that applies."),
        own("commercial_use", ColumnKind::Text, "Whether commercial use is permitted, by what applies."),
    ]
}

/// Returns the columns of sizes.
pub fn of_sizes() -> Vec<Column> {
    let first = [
        own("model", ColumnKind::Text, "The slug of the model."),
        own("model_name", ColumnKind::Text, "The name of the model."),
        own("organizations", ColumnKind::List, "The slugs of the organizations that made the model."),
        column("size", ColumnKind::Text, "The label, such as 7B.", ValuePath::Field("label", None)),
    ];
    let facts = facts::<SizeDocument>().filter(|column| column.name != "commercial_use");
    let cache = "The cache of its layers, by groups of equal layers.";
    let cache = column("cache_layers", ColumnKind::List, cache, ValuePath::Field("cacheLayers", None));
    first.into_iter().chain(facts).chain(permission()).chain([cache, page("model")]).collect()
}

/// Returns the columns of checkpoints.
pub fn of_checkpoints() -> Vec<Column> {
    let field = |name| ValuePath::Field(name, None);
    let first = [
        own("model", ColumnKind::Text, "The slug of the model."),
        own("size", ColumnKind::Text, "The label of the size."),
        column("hub", ColumnKind::Text, "The hub.", field("hub")),
        column("repository", ColumnKind::Text, "The repository at the hub.", field("repository")),
        column("revision", ColumnKind::Text, "The commit, branch or tag.", field("revision")),
        column("path", ColumnKind::Text, "The path in the repository.", field("path")),
    ];
    let facts = facts::<CheckpointDocument>().filter(|column| column.name != "commercial_use");
    let url = own("url", ColumnKind::Url, "The page at the hub.");
    first.into_iter().chain(facts).chain(permission()).chain([url, page("model")]).collect()
}

/// Returns the columns of evidence.
pub fn of_evidence() -> Vec<Column> {
    let text = |name, description| own(name, ColumnKind::Text, description);
    vec![
        text("subject_type", "The type of the subject, such as MODEL."),
        text("subject", "The slug of the subject."),
        text("part", "The label of the size or the address of the checkpoint that the fact belongs to."),
        text("field", "The name of the fact in documents."),
        own("value", ColumnKind::Any, "The value that the source states; unknown unless the stance is STATED."),
        text("stance", "The stance of the source."),
        text("source", "The slug of the source."),
        text("locator", "The place in the source."),
        text("quote", "The words of the source."),
        text("accessed", "The day on which the source was read, if that differs from its snapshots."),
        text("confidence", "How the value is known."),
        text("qualifier", "How the value is to be read, if it is not just the value."),
        text("rank", "The rank among the evidence about the same fact."),
        text("reason", "The reason for the rank."),
        page("subject"),
    ]
}
