//! Finds subjects by their names. Names are compared without case, character width, white space and punctuation: Qwen, QWen and
//! the alias 千问 find the same subject.

use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    hash::{DefaultHasher, Hash, Hasher},
};

use entity::vocabulary::{LinkKind, StringList, SubjectType};
use sea_orm::{
    ConnectionTrait, ExprTrait, QueryResult,
    sea_query::{Expr, Order, Query},
};

use crate::domain::document::NameColumn;
use crate::domain::slug::Slug;
use crate::domain::subject::with_document;
use crate::domain::text::normalize;
use crate::error::Result;
use crate::formats::parse::dictionary::hub_id;
use crate::store::documents::Persist;

/// The names of the subjects of each type that has been read.
#[derive(Default)]
pub struct NameIndex(HashMap<SubjectType, TypeNames>);

/// The names of the subjects of one type. Only hashes of the names are stored, because a catalog can have millions of names.
#[derive(Default)]
struct TypeNames {
    subjects: Vec<Slug>,
    keys: HashMap<u64, Target>,
    /// The subjects by their pages on the Hugging Face Hub, of which only the hashes of the ids are stored.
    pages: HashMap<u64, u32>,
    /// The names of the pages of each subject, without their accounts.
    page_names: HashSet<(u32, u64)>,
}

/// The subject that a name refers to.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Target {
    /// The index of the subject in [`TypeNames::subjects`], or [`SEVERAL`].
    subject: u32,
    /// The kind of the name. A slug takes precedence over a name, and a name over other names.
    rank: Rank,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Slug,
    Name,
    Other,
}

/// The index for a name that several subjects have.
const SEVERAL: u32 = u32::MAX;
/// The number of rows of one query.
const CHUNK: u64 = 5000;

/// The result of a lookup by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// One subject.
    One(Slug),
    /// Several subjects have the name, with the same precedence.
    Several,
    /// No subject.
    None,
}

impl NameIndex {
    /// Reads the names of a type, unless they were read before.
    pub async fn read(&mut self, db: &impl ConnectionTrait, subject_type: SubjectType) -> Result<()> {
        if let Entry::Vacant(entry) = self.0.entry(subject_type) {
            entry.insert(with_document!(subject_type, D => TypeNames::read::<D>(db).await?));
        }
        Ok(())
    }

    /// Returns whether there is a subject with a slug.
    pub fn has(&self, subject_type: SubjectType, slug: &Slug) -> bool {
        let names = self.0.get(&subject_type);
        names.is_some_and(|names| names.index(slug).is_some())
    }

    /// Finds a subject by its slug or by a name.
    pub fn find(&self, subject_type: SubjectType, name: &str) -> Lookup {
        let Some(names) = self.0.get(&subject_type) else { return Lookup::None };
        let mut best = None::<Target>;
        for key in keys(name) {
            if let Some(target) = names.keys.get(&key)
                && best.is_none_or(|best| target.rank < best.rank)
            {
                best = Some(*target);
            }
        }
        match best {
            Some(Target { subject: SEVERAL, .. }) => Lookup::Several,
            Some(Target { subject, .. }) => Lookup::One(names.subjects[subject as usize].clone()),
            None => Lookup::None,
        }
    }

    /// Finds a subject by the id of a page of it, such as `Qwen/Qwen3-8B`.
    pub fn find_page(&self, subject_type: SubjectType, id: &str) -> Option<Slug> {
        let names = self.0.get(&subject_type)?;
        let index = names.pages.get(&hash(&id.to_lowercase()))?;
        names.subjects.get(*index as usize).cloned()
    }

    /// Whether a subject has a page with the same name as another page, but of another account: then they are two subjects.
    pub fn is_other_page(&self, subject_type: SubjectType, slug: &Slug, id: &str) -> bool {
        let Some(names) = self.0.get(&subject_type) else { return false };
        let Some(index) = names.index(slug) else { return false };
        names.pages.get(&hash(&id.to_lowercase())) != Some(&index)
            && names.page_names.contains(&(index, hash(&page_name(id))))
    }

    /// Replaces the names of a changed subject, or adds those of a new one.
    pub fn rename<D: Persist>(&mut self, before: Option<&D>, after: &D) {
        let names = self.0.entry(D::SUBJECT).or_default();
        let index = names.index(after.slug());
        if let Some((before, index)) = before.zip(index) {
            for key in [before.name()].into_iter().chain(before.other_names()).flat_map(keys) {
                if names.keys.get(&key).is_some_and(|target| target.subject == index) {
                    names.keys.remove(&key);
                }
            }
        }
        let index = names.add(index, after.slug(), after.name(), &after.other_names());
        for link in after.links() {
            names.add_page(index, &link.url);
        }
    }
}

impl TypeNames {
    async fn read<D: Persist>(db: &impl ConnectionTrait) -> Result<Self> {
        let mut names = Self::default();
        let mut ids = HashMap::new();
        let mut last = 0;
        loop {
            let mut select = Query::select();
            select.columns(["id", "slug", "name"]).from(D::SUBJECT.table());
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
                let index = names.add(None, &slug, &row.try_get::<String>("", "name")?, &others);
                if D::SUBJECT == SubjectType::Model {
                    ids.insert(last, index);
                }
            }
            if (rows.len() as u64) < CHUNK {
                names.read_pages(db, &ids).await?;
                return Ok(names);
            }
        }
    }

    /// Reads the pages of models, whose indexes are given by their ids.
    async fn read_pages(&mut self, db: &impl ConnectionTrait, ids: &HashMap<i32, u32>) -> Result<()> {
        let mut last = 0;
        while !ids.is_empty() {
            let mut select = Query::select();
            select.columns(["id", "model_id", "url"]).from("link");
            select.and_where(Expr::col("id").gt(last)).and_where(Expr::col("model_id").is_not_null());
            select.and_where(Expr::col("kind").eq(LinkKind::Weights.word()));
            select.order_by("id", Order::Asc).limit(CHUNK);
            let rows = db.query_all(&select).await?;
            for row in &rows {
                last = row.try_get("", "id")?;
                if let Some(index) = ids.get(&row.try_get::<i32>("", "model_id")?) {
                    self.add_page(*index, &row.try_get::<String>("", "url")?);
                }
            }
            if (rows.len() as u64) < CHUNK {
                break;
            }
        }
        Ok(())
    }

    /// Adds the page of a subject with an address, if it is one on the Hub.
    fn add_page(&mut self, index: u32, url: &str) {
        if let Some(id) = hub_id(url) {
            self.pages.entry(hash(&id.to_lowercase())).or_insert(index);
            self.page_names.insert((index, hash(&page_name(id))));
        }
    }

    /// Returns the index of the subject with a slug.
    fn index(&self, slug: &Slug) -> Option<u32> {
        let target = self.keys.get(&hash(slug.as_str()))?;
        (target.rank == Rank::Slug && self.subjects.get(target.subject as usize) == Some(slug))
            .then_some(target.subject)
    }

    fn add(&mut self, index: Option<u32>, slug: &Slug, name: &str, others: &[&str]) -> u32 {
        let index = index.unwrap_or_else(|| {
            self.subjects.push(slug.clone());
            u32::try_from(self.subjects.len() - 1).unwrap_or(SEVERAL)
        });
        self.insert(hash(slug.as_str()), Target { subject: index, rank: Rank::Slug });
        for key in keys(name) {
            self.insert(key, Target { subject: index, rank: Rank::Name });
        }
        for key in others.iter().copied().flat_map(keys) {
            self.insert(key, Target { subject: index, rank: Rank::Other });
        }
        index
    }

    fn insert(&mut self, key: u64, target: Target) {
        match self.keys.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(target);
            }
            Entry::Occupied(mut entry) => {
                let known = *entry.get();
                if target.rank < known.rank {
                    entry.insert(target);
                } else if target.rank == known.rank && target.subject != known.subject {
                    entry.insert(Target { subject: SEVERAL, ..known });
                }
            }
        }
    }
}

/// Returns the names in a row besides `name`.
fn other_names<D: Persist>(row: &QueryResult) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for column in D::OTHER_NAMES {
        match column {
            NameColumn::Text(column) => names.extend(row.try_get::<Option<String>>("", column)?),
            NameColumn::List(column) => names.extend(row.try_get::<StringList>("", column)?.0),
        }
    }
    Ok(names)
}

/// Returns the normalized name in the id of a page.
fn page_name(id: &str) -> String {
    normalize(id.rsplit('/').next().unwrap_or(id))
}

/// Returns the keys of a name in the index: the hash of the normalized name, and that of the slug derived from it.
fn keys(name: &str) -> impl Iterator<Item = u64> + use<> {
    let slug = Slug::of(name).filter(|slug| slug.as_str().len() < 100);
    [Some(hash(&normalize(name))), slug.map(|slug| hash(slug.as_str()))].into_iter().flatten()
}

fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
