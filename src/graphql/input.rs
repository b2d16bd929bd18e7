//! From inputs to documents: nested subjects are created on the way, and whatever is wrong is told at once, each problem
//! with the path of the input it is in.

use async_graphql::{InputObject, InputType, MaybeUndefined, OneofObject};

use crate::domain::document::SubjectDocument;
use crate::domain::slug;
use crate::domain::text::LocalizedText;
use crate::error::{Error, Problem, Result};
use crate::graphql::scalars::Slug;
use crate::store::change::{Change, Saved};
use crate::store::documents::{Persist, SubjectRef};

/// A change that inputs are turned into documents for.
pub struct InputContext<'a> {
    change: &'a mut Change,
    problems: Vec<Problem>,
}

/// An input that describes a whole subject.
pub trait CreateInput: InputType {
    /// The document that it describes.
    type Document: Persist;

    /// The document; what it creates on the way is created. `path` is where the input stands.
    fn document(self, path: &str, draft: &mut InputContext<'_>) -> impl Future<Output = Result<Self::Document>> + Send;
}

/// An input that changes a subject: what is absent stays, null clears.
pub trait UpdateInput: InputType {
    /// The document that it changes.
    type Document: Persist;

    /// Which subject, and the version that the caller believes it to be at.
    fn subject(&self) -> (slug::Slug, Option<i32>);

    /// Applies the change to a document.
    fn apply(
        self,
        path: &str,
        document: Self::Document,
        draft: &mut InputContext<'_>,
    ) -> impl Future<Output = Result<Self::Document>> + Send;
}

impl<'a> InputContext<'a> {
    /// A draft without problems.
    pub fn new(change: &'a mut Change) -> Self {
        Self { change, problems: Vec::new() }
    }

    /// Adds a problem.
    pub fn problem(&mut self, field: String, message: &str) {
        self.problems.push(Problem { field, message: message.to_owned() });
    }

    /// Creates a subject; nothing where there is a problem.
    pub async fn create<D: Persist>(&mut self, path: &str, document: &D) -> Result<Option<Saved>> {
        if self.has_problems(path, document) {
            return Ok(None);
        }
        let created = self.change.create(document).await;
        self.collect_errors(path, created)
    }

    /// Makes the catalog say what a document says, whether its subject is there or not; nothing where there is a problem.
    pub async fn save<D: Persist>(&mut self, path: &str, document: &D) -> Result<Option<Saved>> {
        if self.has_problems(path, document) {
            return Ok(None);
        }
        let saved = self.change.save(document).await;
        self.collect_errors(path, saved)
    }

    /// Changes a subject; nothing where there is a problem.
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
        self.collect_errors(path, updated)
    }

    /// # Errors
    /// Every problem there was.
    pub fn finish<T>(self, done: Option<T>) -> Result<T> {
        match done {
            Some(done) if self.problems.is_empty() => Ok(done),
            _ => Err(Error::InvalidDocument { subject: "This".to_owned(), problems: self.problems }),
        }
    }

    /// After one problem the database is not asked about others; what the document says by itself still counts.
    fn has_problems<D: Persist>(&mut self, path: &str, document: &D) -> bool {
        if self.problems.is_empty() {
            return false;
        }
        self.add(path, document.validate().into());
        true
    }

    fn collect_errors(&mut self, path: &str, saved: Result<Saved>) -> Result<Option<Saved>> {
        match saved {
            Ok(saved) => Ok(Some(saved)),
            Err(Error::InvalidDocument { problems, .. }) => {
                self.add(path, problems);
                Ok(None)
            }
            // The subject of the mutation itself is a mistake of its own; one that is created on the way is a problem.
            Err(Error::AlreadyExists { noun, slug }) if path.contains(".create") => {
                self.problem(
                    format!("{path}.slug"),
                    &format!("is taken: there is a {noun} {slug:?}; name it by `slug`"),
                );
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn add(&mut self, path: &str, problems: Vec<Problem>) {
        let inside = |problem: Problem| Problem { field: format!("{path}.{}", problem.field), ..problem };
        self.problems.extend(problems.into_iter().map(inside));
    }

    /// The slug that is given, else one made of the name.
    pub fn slug(&mut self, path: &str, given: Option<Slug>, name: &str) -> slug::Slug {
        let made = given.map_or_else(|| slug::Slug::of(name), |slug| Some(slug.0));
        made.unwrap_or_else(|| {
            self.problem(format!("{path}.slug"), "is absent, and none can be made of the name");
            slug::Slug::placeholder()
        })
    }
}

/// Another subject: one that is in the catalog, or a new one.
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
    /// The slug of one that is in the catalog.
    Slug(Slug),
    /// A new one, created in the same transaction.
    Create(C),
}

impl<C: CreateInput + Send> Reference<C> {
    /// The slug to refer to; creates the subject where that is asked for.
    pub async fn resolve(self, path: &str, draft: &mut InputContext<'_>) -> Result<slug::Slug> {
        match self {
            Self::Slug(slug) => Ok(slug.0),
            Self::Create(input) => {
                let path = format!("{path}.create");
                let document = input.document(&path, draft).await?;
                draft.create(&path, &document).await?;
                Ok(document.slug().clone())
            }
        }
    }

    /// As [`Reference::resolve`], where there may be none.
    pub async fn resolve_optional(
        reference: Option<Self>,
        path: &str,
        draft: &mut InputContext<'_>,
    ) -> Result<Option<slug::Slug>> {
        match reference {
            Some(reference) => Ok(Some(reference.resolve(path, draft).await?)),
            None => Ok(None),
        }
    }

    /// Applies an input to a reference: absent keeps it, null clears it.
    pub async fn patch(
        field: &mut Option<slug::Slug>,
        input: MaybeUndefined<Self>,
        path: &str,
        draft: &mut InputContext<'_>,
    ) -> Result<()> {
        if !input.is_undefined() {
            *field = Self::resolve_optional(input.take(), path, draft).await?;
        }
        Ok(())
    }

    /// Applies an input to a list of references: absent keeps it, null clears it.
    pub async fn patch_all(
        field: &mut Vec<slug::Slug>,
        input: MaybeUndefined<Vec<Self>>,
        path: &str,
        draft: &mut InputContext<'_>,
    ) -> Result<()> {
        if !input.is_undefined() {
            *field = Self::resolve_all(input.take().unwrap_or_default(), path, draft).await?;
        }
        Ok(())
    }

    /// As [`Reference::resolve`], for each of a list.
    pub async fn resolve_all(list: Vec<Self>, path: &str, draft: &mut InputContext<'_>) -> Result<Vec<slug::Slug>> {
        let mut slugs = Vec::new();
        for (index, reference) in list.into_iter().enumerate() {
            slugs.push(reference.resolve(&format!("{path}.{index}"), draft).await?);
        }
        Ok(slugs)
    }
}

/// A text in the languages of the catalog.
#[derive(Clone, Debug, InputObject)]
pub struct LocalizedInput {
    /// In Chinese.
    zh: Option<String>,
    /// In English.
    en: Option<String>,
}

impl From<LocalizedInput> for LocalizedText {
    fn from(input: LocalizedInput) -> Self {
        Self { zh: input.zh, en: input.en }
    }
}

/// Applies an input to a localized text: absent keeps it, null clears it.
pub fn patch_localized(field: &mut LocalizedText, input: MaybeUndefined<LocalizedInput>) {
    match input {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *field = LocalizedText::default(),
        MaybeUndefined::Value(value) => *field = value.into(),
    }
}

/// What a nullable field becomes: as it was where the input says nothing, empty where it says null.
pub fn patch<T>(field: &mut Option<T>, input: MaybeUndefined<impl Into<T>>) {
    match input {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *field = None,
        MaybeUndefined::Value(value) => *field = Some(value.into()),
    }
}

/// What a list becomes: as it was where the input says nothing, empty where it says null.
pub fn patch_list<T>(field: &mut Vec<T>, input: MaybeUndefined<Vec<impl Into<T>>>) {
    match input {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => field.clear(),
        MaybeUndefined::Value(values) => *field = values.into_iter().map(Into::into).collect(),
    }
}
