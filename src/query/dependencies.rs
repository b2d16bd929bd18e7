//! The dependencies of cached values, from which they were read: subjects, lists of subjects, and types of subjects as a whole. A revision names its subject,
//! so it is known which values it cannot have changed.
//!
//! The recorded dependencies may be too many, never too few. A statement that is not known to read only some subjects depends on every
//! subject of the types whose tables it names.

use std::{
    str::FromStr,
    sync::{Mutex, PoisonError},
};

use entity::vocabulary::SubjectType;
use sea_orm::{EntityTrait, ModelTrait, Value};

use crate::query::relation::Relation;

/// The number of types of subjects.
pub const TYPES: usize = SubjectType::ALL.len();
/// All types, as bits.
const ALL_TYPES: u8 = u8::MAX >> (8 - TYPES);
/// The largest number of subjects that are recorded one by one. With more, all subjects of their types count.
const MAX_SUBJECTS: usize = 4_000;

/// The keys of documents that alone decide where a subject is in a list by some columns.
pub const LIST_KEYS: [&str; 6] = ["slug", "name", "position", "releaseDate", "sizes", "kind"];
/// The bit of a list that only depends on which subjects there are.
const MEMBERS: u8 = 1 << 7;

/// A subject: the index of its type, and its id.
pub type SubjectKey = (u8, i32);

/// The subjects and lists that a value was read from.
#[derive(Clone, Debug, Default)]
pub struct Dependencies {
    /// The types of which any subject counts, as bits.
    types: u8,
    /// For each type the lists that were read: [`MEMBERS`], and a bit for each of [`LIST_KEYS`] by which a list is filtered or
    /// ordered.
    lists: [u8; TYPES],
    /// The subjects.
    subjects: Vec<SubjectKey>,
}

/// The index of a type of subjects.
pub fn type_index(subject: SubjectType) -> usize {
    SubjectType::ALL.iter().position(|other| *other == subject).unwrap_or_default()
}

fn type_of(table: &str) -> Option<SubjectType> {
    SubjectType::ALL.iter().copied().find(|subject| subject.table() == table)
}

fn bit(subject: SubjectType) -> u8 {
    1 << type_index(subject)
}

impl Dependencies {
    /// Adds the whole catalog, with its revisions.
    pub fn add_everything(&mut self) {
        self.types = ALL_TYPES;
    }

    /// Adds a subject, whether or not it exists.
    pub fn add_subject(&mut self, subject: SubjectType, id: i32) {
        if self.types & bit(subject) == 0 {
            // TYPES is at most 8.
            self.subjects.push((u8::try_from(type_index(subject)).unwrap_or_default(), id));
        }
        if self.subjects.len() > 2 * MAX_SUBJECTS {
            self.compact();
        }
    }

    /// Adds every subject of a type.
    pub fn add_type(&mut self, subject: SubjectType) {
        self.types |= bit(subject);
    }

    /// Adds everything that a statement may read, given as its SQL without the values of its parameters.
    pub fn add_statement(&mut self, sql: &str) {
        self.types |= Tables::of(sql).types();
    }

    /// Adds which rows a list has, and their order. `sql` reads it without the values of its parameters, and `table` has its
    /// rows; `parent` is the column of the parent's id and that id. The contents of the rows are not included.
    pub fn add_list(&mut self, sql: &str, table: &'static str, parent: Option<((&'static str, &'static str), i32)>) {
        let tables = Tables::of(sql);
        let only_table = tables == Tables::of_table(table);
        match (parent, type_of(table)) {
            (Some((("evidence" | "revision", "subject_id"), id)), _) if only_table => {
                // A condition names the type of the subject.
                SubjectType::ALL.iter().for_each(|subject| self.add_subject(*subject, id));
            }
            (Some((("model_size" | "checkpoint", "model_id"), id)), _) if only_table => {
                self.add_subject(SubjectType::Model, id);
            }
            (None, Some(subject)) if only_table => match list_keys(sql, table) {
                Some(keys) => self.lists[type_index(subject)] |= MEMBERS | keys,
                None => self.add_type(subject),
            },
            _ => self.types |= tables.types(),
        }
    }

    /// Adds a row, if its table is that of a type of subjects; rows of other tables belong to the subject that they are read by.
    pub fn add_row<M: ModelTrait>(&mut self, row: &M) {
        let Some(subject) = type_of(table_name::<M>()) else { return };
        match id_of(row) {
            Some(id) => self.add_subject(subject, id),
            None => self.add_type(subject),
        }
    }

    /// Adds the rows that are related to an id. `rows` are the ids of rows that belong to other subjects.
    pub fn add_relation(&mut self, relation: &Relation, id: i32, rows: &[i32]) {
        let Relation { table, by: (by_table, column), row, .. } = *relation;
        let owner = column.strip_suffix("_id").and_then(type_of);
        match (type_of(table), owner) {
            (Some(subject), _) if by_table == table && column == "id" => self.add_subject(subject, id),
            (None, Some(owner)) if row.is_none() && OWN_TABLES.contains(&table) && by_table == table => {
                self.add_subject(owner, id);
            }
            (Some(subject), Some(owner)) if row.is_some() && OWN_TABLES.contains(&by_table) => {
                self.add_subject(owner, id);
                rows.iter().for_each(|row| self.add_subject(subject, *row));
            }
            _ => {
                for table in [table, by_table] {
                    self.types |= Tables::of_table(table).types();
                }
            }
        }
    }

    /// Adds what another value was read from.
    pub fn add(&mut self, other: &Self) {
        self.types |= other.types;
        for (own, other) in self.lists.iter_mut().zip(other.lists) {
            *own |= other;
        }
        self.subjects.extend_from_slice(&other.subjects);
        if self.subjects.len() > 2 * MAX_SUBJECTS {
            self.compact();
        }
    }

    /// Removes what is named twice, and names types instead of too many subjects.
    pub fn compact(&mut self) {
        let types = self.types;
        self.subjects.retain(|(index, _)| types & (1 << index) == 0);
        self.subjects.sort_unstable();
        self.subjects.dedup();
        if self.subjects.len() > MAX_SUBJECTS {
            self.types = self.subjects.iter().fold(types, |types, (index, _)| types | 1 << index);
            self.subjects.clear();
        }
        self.subjects.shrink_to_fit();
    }

    /// Returns the memory in bytes.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + self.subjects.capacity() * size_of::<SubjectKey>()
    }

    /// Returns whether any subject of the type with an index counts.
    pub(super) fn has_type(&self, index: usize) -> bool {
        self.types & (1 << index) != 0
    }

    /// Returns whether a list of the type with an index was read, and the indexes of the [`LIST_KEYS`] that it depends on.
    pub(super) fn list(&self, index: usize) -> Option<impl Iterator<Item = usize>> {
        let list = self.lists[index];
        (list != 0).then(|| (0..LIST_KEYS.len()).filter(move |key| list & (1 << key) != 0))
    }

    /// Returns the subjects.
    pub(super) fn subjects(&self) -> &[SubjectKey] {
        &self.subjects
    }
}

/// Tables with rows that belong to one subject, whose id they have in a column, and change only by its revisions.
const OWN_TABLES: [&str; 7] =
    ["model_size", "model_base", "model_dataset", "model_organization", "model_license", "license_term", "link"];

/// Tables, as bits of their places in [`TABLES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tables(u32);

/// All tables with facts, each with the type of subjects whose revisions change its rows; none for revisions of all types.
const TABLES: [(&str, Option<SubjectType>); 21] = [
    ("model", Some(SubjectType::Model)),
    ("model_size", Some(SubjectType::Model)),
    ("model_license", Some(SubjectType::Model)),
    ("model_dataset", Some(SubjectType::Model)),
    ("model_organization", Some(SubjectType::Model)),
    ("model_base", Some(SubjectType::Model)),
    ("checkpoint", Some(SubjectType::Model)),
    // Also of models that are derived from the subject, without a revision of theirs.
    ("inherited_license", Some(SubjectType::Model)),
    ("dataset", Some(SubjectType::Dataset)),
    ("architecture", Some(SubjectType::Architecture)),
    ("source", Some(SubjectType::Source)),
    ("license", Some(SubjectType::License)),
    ("license_term", Some(SubjectType::License)),
    ("organization", Some(SubjectType::Organization)),
    ("link", None),
    ("evidence", None),
    ("conflict", None),
    ("reassessment", None),
    ("revision", None),
    ("api_token", None),
    ("proposal", None),
];

/// Returns the names of all tables that responses are read from.
pub fn known_tables() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|(table, _)| *table)
}

impl Tables {
    /// Returns the tables that SQL names.
    fn of(sql: &str) -> Self {
        let mut previous = "";
        let mut tables = 0;
        for word in words(sql) {
            let found = TABLES.iter().position(|(table, _)| *table == word);
            // Checkpoints have a column of that name.
            let is_column = word == "revision" && !["FROM", "JOIN"].contains(&previous.to_ascii_uppercase().as_str());
            if let Some(index) = found.filter(|_| !is_column) {
                tables |= 1 << index;
            }
            previous = word;
        }
        Self(tables)
    }

    fn of_table(table: &str) -> Self {
        TABLES.iter().position(|(other, _)| *other == table).map_or(Self(0), |index| Self(1 << index))
    }

    /// Returns the types whose revisions change the tables, as bits: all if none of the tables is known.
    fn types(self) -> u8 {
        if self.0 == 0 {
            return ALL_TYPES;
        }
        let named = TABLES.iter().enumerate().filter(|(index, _)| self.0 & (1 << index) != 0);
        named.fold(0, |types, (_, (_, subject))| types | subject.map_or(ALL_TYPES, bit))
    }
}

fn words(sql: &str) -> impl Iterator<Item = &str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    sql.split(move |c| !is_word(c)).filter(|word| !word.is_empty())
}

/// Words of statements that name no column.
const KEYWORDS: [&str; 13] =
    ["WHERE", "AND", "OR", "ORDER", "BY", "ASC", "DESC", "LIMIT", "COALESCE", "IS", "NULL", "NOT", "TRUE"];

/// Returns the [`LIST_KEYS`], as bits, that decide which rows of `table` a statement reads, and in which order; none if anything
/// else does. Its columns are before the first FROM, its conditions and its order after it.
fn list_keys(sql: &str, table: &str) -> Option<u8> {
    let (_, after) = sql.split_once(" FROM ")?;
    let mut keys = 0;
    for word in words(after) {
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        if is_number || word == table || KEYWORDS.contains(&word) {
            continue;
        }
        let deciding: &[&str] = match word {
            // They never change.
            "id" | "created_at" => continue,
            "slug" => &["slug"],
            "name" | "name_key" => &["name"],
            "position" => &["position"],
            // Of a model: its own, or that of a size.
            "release_date" => &["releaseDate", "sizes"],
            "kind" => &["kind"],
            _ => return None,
        };
        for key in deciding {
            keys |= 1 << LIST_KEYS.iter().position(|other| other == key)?;
        }
    }
    Some(keys)
}

fn table_name<M: ModelTrait>() -> &'static str {
    sea_orm::EntityName::table_name(&<M::Entity as Default>::default())
}

/// Returns the id of a row.
pub fn id_of<M: ModelTrait>(row: &M) -> Option<i32> {
    let column = <M::Entity as EntityTrait>::Column::from_str("id").ok()?;
    match row.get(column) {
        Value::Int(id) => id,
        _ => None,
    }
}

/// Returns the slug of a row.
pub fn slug_of<M: ModelTrait>(row: &M) -> Option<String> {
    let column = <M::Entity as EntityTrait>::Column::from_str("slug").ok()?;
    match row.get(column) {
        Value::String(slug) => slug,
        _ => None,
    }
}

/// The dependencies of the response to a request so far; none if its response is not cached.
#[derive(Debug, Default)]
pub struct ReadSet(Option<Mutex<Dependencies>>);

impl ReadSet {
    /// Creates the set of a request whose response may be cached.
    pub fn recording() -> Self {
        Self(Some(Mutex::default()))
    }

    /// Returns whether what is added is kept.
    pub fn is_recording(&self) -> bool {
        self.0.is_some()
    }

    /// Adds what a value was read from.
    pub fn add(&self, dependencies: &Dependencies) {
        self.with(|own| own.add(dependencies));
    }

    /// Adds the whole catalog.
    pub fn add_everything(&self) {
        self.with(Dependencies::add_everything);
    }

    /// Returns what was added.
    pub fn take(&self) -> Dependencies {
        let mut taken = Dependencies::default();
        self.with(|own| taken = std::mem::take(own));
        taken.compact();
        taken
    }

    fn with(&self, change: impl FnOnce(&mut Dependencies)) {
        if let Some(own) = &self.0 {
            change(&mut own.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }
}
