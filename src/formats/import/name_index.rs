//! Which subject a name means. What names say is compared without regard to case, width, blanks and punctuation: Qwen, QWen
//! and its alias 千问 are one.

use std::{
    collections::{HashMap, hash_map::Entry},
    hash::{DefaultHasher, Hash, Hasher},
};

use entity::vocabulary::{SubjectType, Words};
use sea_orm::{
    ConnectionTrait, ExprTrait, QueryResult,
    sea_query::{Expr, Order, Query},
};

use crate::domain::document::NameColumn;
use crate::domain::slug::Slug;
use crate::domain::subject::with_document;
use crate::domain::text::normalize;
use crate::error::Result;
use crate::store::documents::Persist;

/// The names of the nouns that have been asked for.
#[derive(Default)]
pub struct NameIndex(HashMap<SubjectType, NamesOf>);

/// The names of one noun. A catalog may have very many, so a name is kept as its hash.
#[derive(Default)]
struct NamesOf {
    subjects: Vec<Slug>,
    keys: HashMap<u64, Meaning>,
}

/// What a name means.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Meaning {
    /// The place of the subject, or [`SEVERAL`].
    subject: u32,
    /// How much the name is the subject's own: a slug before a name before another name.
    rank: Rank,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Slug,
    Name,
    Other,
}

const SEVERAL: u32 = u32::MAX;
/// How many rows are read at once.
const CHUNK: u64 = 5000;

/// What was found under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// One subject.
    One(Slug),
    /// Several, which have equal rights to it.
    Several,
    /// None.
    None,
}

impl NameIndex {
    /// Reads the names of a noun, once.
    pub async fn read(&mut self, db: &impl ConnectionTrait, noun: SubjectType) -> Result<()> {
        if let Entry::Vacant(entry) = self.0.entry(noun) {
            entry.insert(with_document!(noun, D => NamesOf::read::<D>(db).await?));
        }
        Ok(())
    }

    /// Whether there is a subject with a slug.
    pub fn has(&self, noun: SubjectType, slug: &Slug) -> bool {
        let names = self.0.get(&noun);
        names.is_some_and(|names| names.place(slug).is_some())
    }

    /// The subject that a slug or a name means.
    pub fn find(&self, noun: SubjectType, name: &str) -> Lookup {
        let Some(names) = self.0.get(&noun) else { return Lookup::None };
        let mut best = None::<Meaning>;
        for key in keys(name) {
            if let Some(meaning) = names.keys.get(&key)
                && best.is_none_or(|best| meaning.rank < best.rank)
            {
                best = Some(*meaning);
            }
        }
        match best {
            Some(Meaning { subject: SEVERAL, .. }) => Lookup::Several,
            Some(Meaning { subject, .. }) => Lookup::One(names.subjects[subject as usize].clone()),
            None => Lookup::None,
        }
    }

    /// Notes what a subject is called now, and no longer what it was called before.
    pub fn rename<D: Persist>(&mut self, before: Option<&D>, after: &D) {
        let names = self.0.entry(D::SUBJECT).or_default();
        let place = names.place(after.slug());
        if let Some((before, place)) = before.zip(place) {
            for key in [before.name()].into_iter().chain(before.other_names()).flat_map(keys) {
                if names.keys.get(&key).is_some_and(|meaning| meaning.subject == place) {
                    names.keys.remove(&key);
                }
            }
        }
        names.add(place, after.slug(), after.name(), &after.other_names());
    }
}

impl NamesOf {
    async fn read<D: Persist>(db: &impl ConnectionTrait) -> Result<Self> {
        let mut names = Self::default();
        let mut last = 0;
        loop {
            let mut select = Query::select();
            select.columns(["id", "slug", "name"]).from(D::TABLE_NAME);
            for NameColumn::Text(column) | NameColumn::List(column) in D::OTHER_NAMES {
                select.column(*column);
            }
            select.and_where(Expr::col("id").gt(last)).order_by("id", Order::Asc).limit(CHUNK);
            let rows = db.query_all(&select).await?;
            for row in &rows {
                last = row.try_get("", "id")?;
                let slug = Slug::from_column(row.try_get("", "slug")?)?;
                let others = other_names::<D>(row)?;
                let others = others.iter().map(String::as_str).collect::<Vec<_>>();
                names.add(None, &slug, &row.try_get::<String>("", "name")?, &others);
            }
            if (rows.len() as u64) < CHUNK {
                return Ok(names);
            }
        }
    }

    /// The place of the subject with a slug.
    fn place(&self, slug: &Slug) -> Option<u32> {
        let meaning = self.keys.get(&hash(slug.as_str()))?;
        (meaning.rank == Rank::Slug && self.subjects.get(meaning.subject as usize) == Some(slug))
            .then_some(meaning.subject)
    }

    fn add(&mut self, place: Option<u32>, slug: &Slug, name: &str, others: &[&str]) {
        let place = place.unwrap_or_else(|| {
            self.subjects.push(slug.clone());
            u32::try_from(self.subjects.len() - 1).unwrap_or(SEVERAL)
        });
        self.insert(hash(slug.as_str()), Meaning { subject: place, rank: Rank::Slug });
        for key in keys(name) {
            self.insert(key, Meaning { subject: place, rank: Rank::Name });
        }
        for key in others.iter().copied().flat_map(keys) {
            self.insert(key, Meaning { subject: place, rank: Rank::Other });
        }
    }

    fn insert(&mut self, key: u64, meaning: Meaning) {
        match self.keys.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(meaning);
            }
            Entry::Occupied(mut entry) => {
                let known = *entry.get();
                if meaning.rank < known.rank {
                    entry.insert(meaning);
                } else if meaning.rank == known.rank && meaning.subject != known.subject {
                    entry.insert(Meaning { subject: SEVERAL, ..known });
                }
            }
        }
    }
}

/// The names of a row besides `name`.
fn other_names<D: Persist>(row: &QueryResult) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for column in D::OTHER_NAMES {
        match column {
            NameColumn::Text(column) => names.extend(row.try_get::<Option<String>>("", column)?),
            NameColumn::List(column) => names.extend(row.try_get::<Words>("", column)?.0),
        }
    }
    Ok(names)
}

/// The forms under which a name is known: normalised, and as the slug that is made of it.
fn keys(name: &str) -> impl Iterator<Item = u64> + use<> {
    let slug = Slug::of(name).filter(|slug| slug.as_str().len() < 100);
    [Some(hash(&normalize(name))), slug.map(|slug| hash(slug.as_str()))].into_iter().flatten()
}

fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
