//! Finds subjects by their names. Names are compared without case, character width, white space and punctuation: Qwen, QWen and
//! the alias 千问 find the same subject. The sizes and checkpoints of models are found, too.

use std::{
    any::Any,
    collections::{BTreeMap, HashMap, HashSet, hash_map::Entry},
    hash::{DefaultHasher, Hash, Hasher},
};

use entity::vocabulary::{LinkKind, StringList, SubjectType};
use sea_orm::{
    ConnectionTrait, ExprTrait, QueryResult,
    sea_query::{Expr, Order, Query},
};

use crate::domain::checkpoint::CheckpointDocument;
use crate::domain::document::{NameColumn, SubjectDocument as _};
use crate::domain::model::ModelDocument;
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
    /// The sizes and checkpoints of models, by what [`PartKey`] says.
    parts: HashMap<u64, PartTarget>,
    /// The labels of the sizes in `parts`, each once.
    labels: Vec<String>,
    /// The accounts of the checkpoints of each model.
    accounts: HashSet<(u32, u64)>,
    /// The models with checkpoints.
    with_checkpoints: HashSet<u32>,
    /// The indexes of the labels.
    label_indexes: HashMap<String, u32>,
}

/// The part of a model that a key refers to.
#[derive(Clone, Copy, PartialEq, Eq)]
struct PartTarget {
    /// The index of the model in [`TypeNames::subjects`], or [`SEVERAL`].
    subject: u32,
    /// The index of the label of the size in [`TypeNames::labels`], [`UNKNOWN`], or [`SEVERAL`].
    size: u32,
}

/// By what a part of a model is found.
#[derive(Clone, Copy)]
enum PartKey<'a> {
    /// The repository of a checkpoint.
    Repository(&'a str),
    /// The last part of the repository of a checkpoint.
    RepositoryName(&'a str),
    /// A name of the model and the label of a size.
    NameAndLabel(&'a str, &'a str),
}

/// A part of a model that a text refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelPart {
    /// The label of the size. None if it is unknown.
    pub size: Option<String>,
    /// The checkpoint; none if the text refers to the size.
    pub checkpoint: Option<RepositoryText>,
}

/// A text that names the repository of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RepositoryText {
    /// The whole repository.
    Full(String),
    /// Its last part.
    Name(String),
}

impl RepositoryText {
    /// Whether it names a repository.
    pub fn is(&self, repository: &str) -> bool {
        match self {
            Self::Full(text) => text.eq_ignore_ascii_case(repository),
            Self::Name(text) => joined(text) == joined(last_part(repository)),
        }
    }
}

/// The result of a lookup of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartLookup {
    /// A part of one model.
    One(Slug, ModelPart),
    /// Parts of several models.
    Several,
    /// No part.
    None,
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
/// The index of the label of an unknown size.
const UNKNOWN: u32 = u32::MAX - 1;
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

    /// Finds a checkpoint of a model by its repository.
    pub fn find_repository(&self, repository: &str) -> PartLookup {
        let checkpoint = || Some(RepositoryText::Full(repository.to_owned()));
        self.find_part(PartKey::Repository(repository), checkpoint)
    }

    /// Finds a size by a name of the model and its label, else a checkpoint by the last part of its repository.
    pub fn find_part_by_name(&self, name: &str) -> PartLookup {
        let checkpoint = || Some(RepositoryText::Name(name.to_owned()));
        let size = self.find_part(PartKey::NameAndLabel(name, ""), || None);
        let checkpoint = self.find_part(PartKey::RepositoryName(name), checkpoint);
        match (&size, &checkpoint) {
            (PartLookup::One(one, _), PartLookup::One(other, _)) if one != other => PartLookup::Several,
            (PartLookup::None, _) => checkpoint,
            _ => size,
        }
    }

    fn find_part(&self, key: PartKey<'_>, checkpoint: impl Fn() -> Option<RepositoryText>) -> PartLookup {
        let Some(names) = self.0.get(&SubjectType::Model) else { return PartLookup::None };
        match names.parts.get(&key.hash()) {
            None => PartLookup::None,
            Some(PartTarget { subject: SEVERAL, .. }) => PartLookup::Several,
            Some(PartTarget { subject, size }) => {
                let size = names.labels.get(*size as usize).cloned();
                let part = ModelPart { size, checkpoint: checkpoint() };
                PartLookup::One(names.subjects[*subject as usize].clone(), part)
            }
        }
    }

    /// Whether a checkpoint of a model is of the account of a repository.
    pub fn has_account(&self, slug: &Slug, repository: &str) -> bool {
        let names = self.0.get(&SubjectType::Model);
        names.is_some_and(|names| {
            names.index(slug).is_some_and(|index| names.accounts.contains(&(index, account(repository))))
        })
    }

    /// Whether a model has checkpoints, but none of the account of a repository.
    pub fn is_other_account(&self, slug: &Slug, repository: &str) -> bool {
        let names = self.0.get(&SubjectType::Model);
        let has_checkpoints =
            names.is_some_and(|names| names.index(slug).is_some_and(|index| names.with_checkpoints.contains(&index)));
        has_checkpoints && !self.has_account(slug, repository)
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
            names.change_parts(before, |names, key, _| {
                if names.parts.get(&key).is_some_and(|target| target.subject == index) {
                    names.parts.remove(&key);
                }
            });
        }
        let index = names.add(index, after.slug(), after.name(), &after.other_names());
        for link in after.links() {
            names.add_page(index, &link.url);
        }
        names.change_parts(after, |names, key, size| names.add_part(index, key, size));
        if let Some(model) = (after as &dyn Any).downcast_ref::<ModelDocument>() {
            for checkpoint in &model.checkpoints {
                names.add_account(index, &checkpoint.repository);
            }
        }
    }
}

impl PartKey<'_> {
    fn hash(self) -> u64 {
        match self {
            Self::Repository(repository) => hash(&format!("repository {}", repository.to_ascii_lowercase())),
            Self::RepositoryName(name) => hash(&format!("name {}", joined(name))),
            Self::NameAndLabel(name, label) => hash(&format!("size {}{}", joined(name), joined(label))),
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
            let mut chunk = BTreeMap::<i32, Vec<String>>::new();
            for row in &rows {
                last = row.try_get("", "id")?;
                let slug = Slug::from_column(row.try_get("", "slug")?)?;
                let others = other_names::<D>(row)?;
                let others = others.iter().map(String::as_str).collect::<Vec<_>>();
                let name = row.try_get::<String>("", "name")?;
                let index = names.add(None, &slug, &name, &others);
                if D::SUBJECT == SubjectType::Model {
                    ids.insert(last, index);
                    chunk.insert(last, others.into_iter().map(str::to_owned).chain([name]).collect());
                }
            }
            names.read_parts(db, &ids, &chunk).await?;
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

    /// Reads the sizes and checkpoints of models, whose indexes and names are given by their ids.
    async fn read_parts(
        &mut self,
        db: &impl ConnectionTrait,
        ids: &HashMap<i32, u32>,
        models: &BTreeMap<i32, Vec<String>>,
    ) -> Result<()> {
        let (Some((first, _)), Some((last, _))) = (models.first_key_value(), models.last_key_value()) else {
            return Ok(());
        };
        let select = |table: &'static str, columns: [&'static str; 2]| {
            let mut select = Query::select();
            select.column("model_id").columns(columns).from(table);
            select.and_where(Expr::col("model_id").between(*first, *last));
            select
        };
        for row in db.query_all(&select("model_size", ["label", "id"])).await? {
            let model = row.try_get::<i32>("", "model_id")?;
            let label = row.try_get::<String>("", "label")?;
            let Some(index) = ids.get(&model) else { continue };
            for name in models.get(&model).into_iter().flatten() {
                self.add_part(*index, PartKey::NameAndLabel(name, &label).hash(), Some(&label));
            }
        }
        for row in db.query_all(&select("checkpoint", ["repository", "size_label"])).await? {
            let Some(index) = ids.get(&row.try_get::<i32>("", "model_id")?) else { continue };
            let repository = row.try_get::<String>("", "repository")?;
            let size = row.try_get::<Option<String>>("", "size_label")?;
            self.add_account(*index, &repository);
            for key in checkpoint_keys(&repository) {
                self.add_part(*index, key.hash(), size.as_deref());
            }
        }
        Ok(())
    }

    /// Calls a function with the keys of the parts of a document, each with the label of the size.
    fn change_parts<D: Persist>(&mut self, document: &D, mut change: impl FnMut(&mut Self, u64, Option<&str>)) {
        let Some(model) = (document as &dyn Any).downcast_ref::<ModelDocument>() else { return };
        for size in &model.sizes {
            for name in [model.name.as_str()].into_iter().chain(model.other_names()) {
                change(self, PartKey::NameAndLabel(name, &size.label).hash(), Some(&size.label));
            }
        }
        for CheckpointDocument { repository, size, .. } in &model.checkpoints {
            for key in checkpoint_keys(repository) {
                change(self, key.hash(), size.as_deref());
            }
        }
    }

    fn add_account(&mut self, index: u32, repository: &str) {
        self.accounts.insert((index, account(repository)));
        self.with_checkpoints.insert(index);
    }

    fn add_part(&mut self, subject: u32, key: u64, size: Option<&str>) {
        let size = size.map_or(UNKNOWN, |label| self.label_index(label));
        match self.parts.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(PartTarget { subject, size });
            }
            Entry::Occupied(mut entry) => {
                let known = entry.get_mut();
                if known.subject != subject {
                    known.subject = SEVERAL;
                } else if known.size == UNKNOWN {
                    // A checkpoint without a size has that of the one that it was converted from.
                    known.size = size;
                } else if size != UNKNOWN && known.size != size {
                    known.size = SEVERAL;
                }
            }
        }
    }

    fn label_index(&mut self, label: &str) -> u32 {
        if let Some(index) = self.label_indexes.get(label) {
            return *index;
        }
        let index = u32::try_from(self.labels.len()).unwrap_or(SEVERAL);
        self.labels.push(label.to_owned());
        self.label_indexes.insert(label.to_owned(), index);
        index
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
    normalize(last_part(id))
}

/// Returns the last part of the id of a page or a repository.
fn last_part(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// Returns the key of the account of a repository.
fn account(repository: &str) -> u64 {
    hash(&repository.split_once('/').map_or("", |(account, _)| account).to_ascii_lowercase())
}

/// Returns the keys of a checkpoint.
fn checkpoint_keys(repository: &str) -> [PartKey<'_>; 2] {
    [PartKey::Repository(repository), PartKey::RepositoryName(last_part(repository))]
}

/// Returns a normalized name without white space and punctuation, except points and plus signs, which tell names apart: Qwen2.5-72B
/// and Qwen2.5 (72B) are equal.
pub fn joined(name: &str) -> String {
    normalize(name).chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '+')).collect()
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
