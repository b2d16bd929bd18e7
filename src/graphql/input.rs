//! Converts mutation inputs to subject documents. Nested subjects are created in the same transaction. All problems are
//! collected and returned at once, each with the path of the input field.

use std::collections::HashMap;

use async_graphql::{InputObject, InputType, MaybeUndefined, OneofObject};
use entity::vocabulary::SubjectType;
use sea_orm::DatabaseTransaction;

use crate::domain::document::SubjectDocument;
use crate::domain::evidence::document::Citation;
use crate::domain::facts::Patch;
use crate::domain::model::ModelDocument;
use crate::domain::slug;
use crate::domain::text::LocalizedText;
use crate::error::{Error, Problem, Result};
use crate::graphql::scalars::Slug;
use crate::store::change::{Change, Saved};
use crate::store::documents::{Persist, SubjectRef};
use crate::store::evidence;

/// The context in which inputs are converted: the change, and the problems so far.
pub struct InputContext<'a> {
    change: &'a mut Change,
    problems: Vec<Problem>,
    /// The subject that is updated; none if one is created.
    subject: Option<(SubjectType, i32)>,
    /// The paths of the inputs whose documents were saved, with the types and slugs of these.
    saved: Vec<(SubjectType, slug::Slug, String)>,
    /// The parts of documents that have another path in their input: the path of the input, and the paths in document and input.
    moved: Vec<(String, String, String)>,
}

/// An input that describes a new subject.
pub trait CreateInput: InputType {
    /// The type of the document.
    type Document: Persist;

    /// Converts the input to a document, and creates its nested subjects. `path` is the path of the input.
    ///
    /// # Errors
    /// The database fails. Problems of the input are collected in the context.
    fn document(
        self,
        path: &str,
        context: &mut InputContext<'_>,
    ) -> impl Future<Output = Result<Self::Document>> + Send;
}

/// An input that changes an existing subject: absent fields keep their values, null clears a field.
pub trait UpdateInput: InputType {
    /// The type of the document.
    type Document: Persist;

    /// Returns the slug of the subject, and the expected version if there is one.
    fn subject(&self) -> (slug::Slug, Option<i32>);

    /// Applies the change to a document, and creates nested subjects. `path` is the path of the input.
    ///
    /// # Errors
    /// The database fails. Problems of the input are collected in the context.
    fn apply(
        self,
        path: &str,
        document: Self::Document,
        context: &mut InputContext<'_>,
    ) -> impl Future<Output = Result<Self::Document>> + Send;
}

impl<'a> InputContext<'a> {
    /// Creates a context without problems.
    pub fn new(change: &'a mut Change) -> Self {
        Self { change, problems: Vec::new(), subject: None, saved: Vec::new(), moved: Vec::new() }
    }

    /// Creates a context of an update of a subject.
    pub fn of_update(change: &'a mut Change, subject: SubjectType, id: i32) -> Self {
        Self { subject: Some((subject, id)), ..Self::new(change) }
    }

    /// Returns those of the evidences with these ids that are current and about the subject that is updated.
    ///
    /// # Errors
    /// The database fails.
    pub async fn evidence(&self, ids: &[i32]) -> Result<HashMap<i32, Citation>> {
        match self.subject {
            Some((subject, id)) => evidence::find(self.change.transaction(), subject, id, ids).await,
            None => Ok(HashMap::new()),
        }
    }

    /// Returns the transaction of the change.
    pub fn transaction(&self) -> &DatabaseTransaction {
        self.change.transaction()
    }

    /// Adds a problem.
    pub fn problem(&mut self, field: String, message: &str) {
        self.problems.push(Problem { field, message: message.to_owned() });
    }

    /// States that a part of the document whose input has the path `path` comes from another part of the input: problems of `from` in
    /// the document are problems of `to` in the input. An empty `to` is the input itself.
    pub fn moved(&mut self, path: &str, from: String, to: &str) {
        self.moved.push((path.to_owned(), from, to.to_owned()));
    }

    /// Sorts the sizes of a model. Problems of a size are problems of the part of the input that it comes from: `of_input` returns
    /// the path of a size by its former index.
    pub fn sort_sizes(&mut self, path: &str, model: &mut ModelDocument, of_input: impl Fn(usize) -> String) {
        for (index, former) in model.sort_sizes().into_iter().enumerate() {
            self.moved(path, format!("sizes.{index}"), &of_input(former));
        }
    }

    /// Creates a subject. Without effect if there are problems: then returns none.
    ///
    /// # Errors
    /// The subject exists already, unless it is nested in another input; or the database fails.
    pub async fn create<D: Persist>(&mut self, path: &str, document: &D) -> Result<Option<Saved>> {
        if self.has_problems(path, document) {
            return Ok(None);
        }
        let created = self.change.create(document).await;
        self.collect_errors(path, document, created)
    }

    /// Creates a subject, or replaces the state of the existing one. Without effect if there are problems: then returns none.
    ///
    /// # Errors
    /// The database fails.
    pub async fn save<D: Persist>(&mut self, path: &str, document: &D) -> Result<Option<Saved>> {
        if self.has_problems(path, document) {
            return Ok(None);
        }
        let saved = self.change.save(document).await;
        self.collect_errors(path, document, saved)
    }

    /// Updates a subject. Without effect if there are problems: then returns none.
    ///
    /// # Errors
    /// Another subject has the new slug, or the database fails.
    pub async fn update<D: Persist>(
        &mut self,
        path: &str,
        subject: SubjectRef,
        before: &D,
        after: &D,
    ) -> Result<Option<Saved>> {
        if self.has_problems(path, after) {
            return Ok(None);
        }
        let updated = self.change.update(subject, before, after).await;
        self.collect_errors(path, after, updated)
    }

    /// Returns the value if there are no problems, also not between the saved documents.
    ///
    /// # Errors
    /// All problems together.
    pub async fn finish<T>(mut self, value: Option<T>) -> Result<T> {
        if self.problems.is_empty() {
            self.check_lineage().await?;
        }
        match value {
            Some(value) if self.problems.is_empty() => Ok(value),
            _ => Err(Error::InvalidDocument { subject: "This".to_owned(), problems: self.problems }),
        }
    }

    /// Adds a problem if subjects are derived from each other in a cycle: to the last input of a subject in it.
    async fn check_lineage(&mut self) -> Result<()> {
        let Some(cycle) = self.change.lineage_cycle().await? else { return Ok(()) };
        let in_cycle = |(subject, slug, _): &&(_, _, _)| cycle.contains(*subject, slug);
        if let Some((_, slug, path)) = self.saved.iter().rev().find(in_cycle) {
            let (problem, path) = (cycle.problem(slug), path.clone());
            self.add(&path, vec![problem]);
        }
        Ok(())
    }

    /// Returns whether there are problems. If so, the document is not saved, but its own problems are added.
    fn has_problems<D: Persist>(&mut self, path: &str, document: &D) -> bool {
        if self.problems.is_empty() {
            return false;
        }
        self.add(path, document.validate().into());
        true
    }

    fn collect_errors<D: Persist>(&mut self, path: &str, document: &D, saved: Result<Saved>) -> Result<Option<Saved>> {
        match saved {
            Ok(saved) => {
                self.saved.push((D::SUBJECT, document.slug().clone(), path.to_owned()));
                Ok(Some(saved))
            }
            Err(Error::InvalidDocument { problems, .. }) => {
                self.add(path, problems);
                Ok(None)
            }
            // A nested subject that exists is a problem of the input; the subject of the mutation itself has an error code.
            Err(Error::AlreadyExists { subject, slug }) if path.contains(".create") => {
                self.problem(
                    format!("{path}.slug"),
                    &format!("is taken by an existing {subject}: refer to it by `slug: {slug:?}`"),
                );
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Adds the problems of the document whose input has the given path.
    fn add(&mut self, path: &str, problems: Vec<Problem>) {
        let moved = self.moved.iter().filter(|(input, ..)| input == path).collect::<Vec<_>>();
        let problems = problems.into_iter().map(|Problem { field, message }| {
            let parts = moved.iter().filter_map(|(_, from, to)| {
                let rest = field.strip_prefix(from.as_str())?;
                (rest.is_empty() || rest.starts_with('.')).then_some((from.len(), to, rest))
            });
            let field = match parts.max_by_key(|(length, ..)| *length) {
                Some((_, to, rest)) if to.is_empty() => format!("{path}{rest}"),
                Some((_, to, rest)) => format!("{path}.{to}{rest}"),
                None => format!("{path}.{field}"),
            };
            Problem { field, message }
        });
        self.problems.extend(problems);
    }

    /// Updates a field that cannot be unknown: unchanged if the input is absent. Adds a problem if it is null.
    pub fn patch_required<T>(&mut self, path: &str, name: &str, field: &mut T, input: MaybeUndefined<T>) {
        if !Patch::<T>::apply(input, field) {
            self.reject_nulls(path, [name]);
        }
    }

    /// Adds a problem for each field that the input sets to null, but that cannot be unknown.
    pub fn reject_nulls<'n>(&mut self, path: &str, fields: impl IntoIterator<Item = &'n str>) {
        for field in fields {
            self.problem(format!("{path}.{field}"), "is null, but cannot be unknown; omit it to keep its value");
        }
    }

    /// Updates the slug: unchanged if the input is absent. Adds a problem if it is null.
    pub fn patch_slug(&mut self, path: &str, field: &mut slug::Slug, input: MaybeUndefined<Slug>) {
        self.patch_required(path, "newSlug", field, input.map_value(|slug| slug.0));
    }

    /// Returns the slug of the input, or one derived from the name or title. Adds a problem if there is neither.
    pub fn slug(&mut self, path: &str, slug: Option<Slug>, name: &str) -> slug::Slug {
        let slug = slug.map_or_else(|| slug::Slug::of(name), |slug| Some(slug.0));
        slug.unwrap_or_else(|| {
            self.problem(format!("{path}.slug"), "is absent, and none can be derived from the name or title");
            slug::Slug::placeholder()
        })
    }
}

/// A reference to another subject: an existing one, or a new one to create.
#[derive(Clone, Debug, OneofObject)]
#[graphql(concrete(name = "LicenseReference", params(crate::graphql::types::license::CreateLicenseInput)))]
#[graphql(concrete(name = "DatasetReference", params(crate::graphql::types::dataset::CreateDatasetInput)))]
#[graphql(concrete(
    name = "OrganizationReference",
    params(crate::graphql::types::organization::CreateOrganizationInput)
))]
#[graphql(concrete(
    name = "ArchitectureReference",
    params(crate::graphql::types::architecture::CreateArchitectureInput)
))]
pub enum Reference<C: InputType> {
    /// The slug of an existing subject.
    Slug(Slug),
    /// A new subject, created in the same transaction.
    Create(C),
}

impl<C: CreateInput + Send> Reference<C> {
    /// Returns the slug of the subject. Creates the subject first if the reference contains a new one.
    ///
    /// # Errors
    /// The database fails. Problems of the input are collected in the context.
    pub async fn resolve(self, path: &str, context: &mut InputContext<'_>) -> Result<slug::Slug> {
        match self {
            Self::Slug(slug) => Ok(slug.0),
            Self::Create(input) => {
                let path = format!("{path}.create");
                let document = input.document(&path, context).await?;
                context.create(&path, &document).await?;
                Ok(document.slug().clone())
            }
        }
    }

    /// Resolves a reference if there is one, as [`Reference::resolve`].
    pub async fn resolve_optional(
        reference: Option<Self>,
        path: &str,
        context: &mut InputContext<'_>,
    ) -> Result<Option<slug::Slug>> {
        match reference {
            Some(reference) => Ok(Some(reference.resolve(path, context).await?)),
            None => Ok(None),
        }
    }

    /// Updates a reference: unchanged if the input is absent, none if it is null.
    ///
    /// # Errors
    /// As [`Reference::resolve`].
    pub async fn patch(
        field: &mut Option<slug::Slug>,
        input: MaybeUndefined<Self>,
        path: &str,
        context: &mut InputContext<'_>,
    ) -> Result<()> {
        if !input.is_undefined() {
            *field = Self::resolve_optional(input.take(), path, context).await?;
        }
        Ok(())
    }

    /// Updates a list of references: unchanged if the input is absent, empty if it is null.
    ///
    /// # Errors
    /// As [`Reference::resolve`].
    pub async fn patch_all(
        field: &mut Vec<slug::Slug>,
        input: MaybeUndefined<Vec<Self>>,
        path: &str,
        context: &mut InputContext<'_>,
    ) -> Result<()> {
        if !input.is_undefined() {
            *field = Self::resolve_all(input.take().unwrap_or_default(), path, context).await?;
        }
        Ok(())
    }

    /// Resolves all references of a list, as [`Reference::resolve`].
    pub async fn resolve_all(list: Vec<Self>, path: &str, context: &mut InputContext<'_>) -> Result<Vec<slug::Slug>> {
        let mut slugs = Vec::new();
        for (index, reference) in list.into_iter().enumerate() {
            slugs.push(reference.resolve(&format!("{path}.{index}"), context).await?);
        }
        Ok(slugs)
    }
}

/// A text in Chinese and English. Null or absent means that the text is unknown in that language.
#[derive(Clone, Debug, InputObject)]
pub struct LocalizedInput {
    /// The text in Chinese.
    zh: Option<String>,
    /// The text in English.
    en: Option<String>,
}

impl From<LocalizedInput> for LocalizedText {
    fn from(input: LocalizedInput) -> Self {
        Self { zh: input.zh, en: input.en }
    }
}

/// Updates a localized text: unchanged if the input is absent, unknown in both languages if it is null.
pub fn patch_localized(field: &mut LocalizedText, input: MaybeUndefined<LocalizedInput>) {
    match input {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *field = LocalizedText::default(),
        MaybeUndefined::Value(value) => *field = value.into(),
    }
}

/// Updates a nullable field: unchanged if the input is absent, none if it is null.
pub fn patch<T>(field: &mut Option<T>, input: MaybeUndefined<impl Into<T>>) {
    match input {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *field = None,
        MaybeUndefined::Value(value) => *field = Some(value.into()),
    }
}

/// Updates a list: unchanged if the input is absent, empty if it is null.
pub fn patch_list<T>(field: &mut Vec<T>, input: MaybeUndefined<Vec<impl Into<T>>>) {
    match input {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => field.clear(),
        MaybeUndefined::Value(values) => *field = values.into_iter().map(Into::into).collect(),
    }
}
