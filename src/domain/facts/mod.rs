//! Facts: the fields of documents that are generated from one declaration.
//!
//! A field with `#[fact]` in a document with `#[derive(Facts)]` declares the column of the table, the inputs, the filter and
//! the field of the API, the column of exports and imports, and the column of as-of reads. The derive macro generates the code
//! that depends on types; other code reads the table [`Facts::FACTS`].

pub mod filter;
pub mod response_budget;
pub mod value;

use std::any::Any;

use async_graphql::MaybeUndefined;
use entity::vocabulary::SubjectType;

use crate::domain::evidence::statement::Comparison;
use crate::domain::facts::value::Kind;
use crate::domain::slug::Slug;
use crate::error::Result;

/// Returns the facts that evidence can be about: declared facts but the position in the source list, references, and `others`.
pub fn citable<D: Facts>(others: &[&'static str]) -> Vec<CitableFact> {
    let facts = D::FACTS.iter().filter(|fact| fact.name != "position").map(|fact| CitableFact {
        name: fact.name,
        comparison: fact.kind.comparison(),
        default: fact.default,
        basis: D::FACTS.iter().map(|other| other.name).find(|other| other.strip_suffix("Basis") == Some(fact.name)),
        basis_of: fact.name.strip_suffix("Basis"),
    });
    let others = D::REFERENCES.iter().map(|reference| reference.name).chain(others.iter().copied());
    let others = others.map(|name| CitableFact {
        name,
        comparison: Comparison::Exact,
        default: None,
        basis: None,
        basis_of: None,
    });
    facts.chain(others).collect()
}

/// A fact that evidence can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CitableFact {
    /// The name of the field in documents.
    pub name: &'static str,
    /// How its values are compared.
    pub comparison: Comparison,
    /// The value where a document states none.
    pub default: Option<&'static str>,
    /// For a number: the fact with its meaning, such as `trainingTokensBasis`. None if it counts only one thing.
    pub basis: Option<&'static str>,
    /// For such a fact: the number. It has the name of the number and `Basis`.
    pub basis_of: Option<&'static str>,
}

/// A declared fact: a field of a document that is stored in one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The name in documents and in the API.
    pub name: &'static str,
    /// The column of the table.
    pub column: &'static str,
    /// The description in the API.
    pub description: &'static str,
    /// Headings of columns with this fact in imported tables, besides the name of the column.
    pub headings: &'static [&'static str],
    /// The kind of the values.
    pub kind: Kind,
    /// Whether the value can be unknown.
    pub nullable: bool,
    /// Whether the fact of the parent applies where the document states none. The column with the name of the fact has the value
    /// that applies then, and `column` the stated one.
    pub inherited: bool,
    /// The value where a document states none.
    pub default: Option<&'static str>,
}

/// The columns of a localized text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalizedColumns {
    /// The name of the field.
    pub name: &'static str,
    /// The column with the text in Chinese.
    pub zh: &'static str,
    /// The column with the text in English.
    pub en: &'static str,
}

/// The column with the id of another subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReferenceColumn {
    /// The name of the field with the slug.
    pub name: &'static str,
    /// The column with the id.
    pub column: &'static str,
    /// The type of the other subject.
    pub subject: SubjectType,
}

/// A document, or a part of a document, with declared facts. Implemented by `#[derive(Facts)]`.
pub trait Facts {
    /// The row of the table.
    type Row;
    /// The row, for writes.
    type ActiveRow;

    /// The facts in the order of the fields.
    const FACTS: &'static [Fact];
    /// The localized texts.
    const LOCALIZED: &'static [LocalizedColumns];
    /// The lists that are stored as JSON: the name of the field and the column.
    const LISTS: &'static [(&'static str, &'static str)];
    /// The references to other subjects.
    const REFERENCES: &'static [ReferenceColumn];

    /// Sets the declared columns. `id_of` returns the id of a subject, or none if the column is set later.
    ///
    /// # Errors
    /// `id_of` fails.
    fn write_row(
        &self,
        row: &mut Self::ActiveRow,
        id_of: &dyn Fn(SubjectType, &Slug) -> Result<Option<i32>>,
    ) -> Result<()>;

    /// Sets the declared fields from the columns. `slug_of` returns the slug of a subject.
    fn read_row(&mut self, row: &Self::Row, slug_of: &dyn Fn(SubjectType, i32) -> Option<Slug>);

    /// Returns the declared references of the document: the field, the type of the other subject and its slug.
    fn referenced_slugs(&self) -> impl Iterator<Item = (&'static str, SubjectType, &Slug)>;

    /// Returns the ids of the subjects that a row refers to, each with the type of the subject.
    fn referenced_ids(row: &Self::Row) -> Vec<(SubjectType, Option<i32>)>;

    /// Returns the value of the fact with a name: an `Option` if it can be unknown. None if there is no such fact.
    fn fact(&self, name: &str) -> Option<&dyn Any>;

    /// Returns the values of the facts as text, in the order of [`Facts::FACTS`]; `None` for an unknown value.
    fn cells(&self) -> Vec<Option<String>>;
}

impl Fact {
    /// Returns whether the API has, under the name of the fact, the value that applies, and the stated one under another name:
    /// [`Fact::stated_name`]. Documents and inputs have the stated one.
    pub fn has_effective_field(&self) -> bool {
        self.column.starts_with("stated_")
    }

    /// Returns the name of the field of the API with the stated value, such as `statedReleaseDate`.
    pub fn stated_name(&self) -> String {
        format!("stated{}", self.name[..1].to_uppercase() + &self.name[1..])
    }

    /// Returns whether a normalized heading of an imported table names the fact.
    pub fn has_heading(&self, heading: &str) -> bool {
        let names = [self.name.to_lowercase(), self.column.replace('_', " ")];
        names.iter().any(|name| name == heading) || self.headings.contains(&heading)
    }

    /// Returns the SQL expression that reads the fact from a JSON document as a column, such as
    /// `CAST(item.value ->> 'trainingTokens' AS BIGINT) AS training_tokens`. The placeholder `{collation}` is
    /// replaced by the SQL of the database.
    pub fn as_of_column(&self, document: &str) -> String {
        let operator = if self.kind == Kind::Modalities { "->" } else { "->>" };
        let text = format!("{document} {operator} '{}'", self.name);
        let with_default = self.default.map(|default| format!("COALESCE({text}, '{default}')"));
        self.column_of(with_default.as_deref().unwrap_or(&text), self.column)
    }

    /// Returns the SQL expression of the value of an inherited fact that applies: the first of those in the JSON documents `levels`,
    /// such as `COALESCE(item.value ->> 'releaseDate', document ->> 'releaseDate') AS release_date`.
    pub fn effective_as_of_column(&self, levels: &[&str]) -> String {
        let operator = if self.kind == Kind::Modalities { "->" } else { "->>" };
        let values = levels.iter().map(|level| format!("{level} {operator} '{}'", self.name)).collect::<Vec<_>>();
        self.column_of(&format!("COALESCE({})", values.join(", ")), self.column.trim_start_matches("stated_"))
    }

    fn column_of(&self, text: &str, column: &str) -> String {
        match self.kind {
            Kind::Count => format!("CAST({text} AS BIGINT) AS {column}"),
            Kind::Integer => format!("CAST({text} AS INTEGER) AS {column}"),
            Kind::Float => format!("CAST({text} AS DOUBLE PRECISION) AS {column}"),
            Kind::Boolean => format!("CAST({text} AS BOOLEAN) AS {column}"),
            Kind::Modalities => format!("{text} AS {column}"),
            Kind::Enum(_) | Kind::PartialDate | Kind::Text => format!("({text}){{collation}} AS {column}"),
        }
    }
}

/// A field of an update input.
pub trait Patch<T> {
    /// Applies the update to the field of the document: absent keeps its value, null clears it. Returns false for null if the
    /// field cannot be unknown; it keeps its value then.
    fn apply(self, field: &mut T) -> bool;
}

impl<T> Patch<T> for MaybeUndefined<T> {
    fn apply(self, field: &mut T) -> bool {
        match self {
            Self::Undefined => true,
            Self::Null => false,
            Self::Value(value) => {
                *field = value;
                true
            }
        }
    }
}

impl<T> Patch<Option<T>> for MaybeUndefined<T> {
    fn apply(self, field: &mut Option<T>) -> bool {
        match self {
            Self::Undefined => {}
            Self::Null => *field = None,
            Self::Value(value) => *field = Some(value),
        }
        true
    }
}
