//! Finds the subject of a record and the subjects that it refers to.

use entity::vocabulary::SubjectType;
use serde_json::{Map, Value as Json};

use crate::domain::slug::Slug;
use crate::formats::import::name_index::{Lookup, ModelPart, NameIndex, PartLookup};
use crate::formats::parse::dictionary::weights_repositories;
use crate::formats::record::{ImportedRecord, Warning};
use crate::store::documents::Persist;
use crate::store::reconciliation::is_saved_before_sources;

/// The subject of a record.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The slug of the existing or new subject.
    pub slug: Slug,
    /// Whether the subject is in the catalog.
    pub found: bool,
    /// Whether the source states the slug. Then a stated name renames the subject.
    pub has_slug: bool,
    /// The size or checkpoint that the record is about. None if it is about the subject as a whole.
    pub part: Option<ModelPart>,
}

impl Identity {
    /// Returns the label of the size that the record is about.
    fn size(&self) -> Option<&str> {
        self.part.as_ref()?.size.as_deref()
    }

    fn new(slug: Slug, found: bool) -> Self {
        Self { slug, found, has_slug: false, part: None }
    }
}

/// Finds the subject of a record: by its stated slug; the repository of a checkpoint; the page of a model; its name; the pages with
/// its weights; the name of a model with the label of a size; the last part of the repository of a checkpoint. A page of the same name
/// but another account is another subject, whose slug has the account.
///
/// # Errors
/// The slug is invalid, there is neither slug nor name, the name matches several subjects, or no slug can be derived from it.
pub fn identify<D: Persist>(names: &NameIndex, record: &ImportedRecord) -> Result<Identity, Warning> {
    let ImportedRecord { fields, id, .. } = record;
    let text = |field: &str| fields.get(field).and_then(Json::as_str).filter(|text| !text.trim().is_empty());
    let problem =
        |column: &str, raw: &str, message: String| Warning { column: column.to_owned(), raw: raw.to_owned(), message };
    if let Some(slug) = text("slug") {
        let slug = slug.parse::<Slug>().map_err(|error| problem("slug", slug, error.to_string()))?;
        return Ok(Identity { has_slug: true, ..Identity::new(slug.clone(), names.has(D::SUBJECT, &slug)) });
    }
    let field = D::NAME_FIELD;
    let unnamed =
        || problem(field, "", format!("there is neither a {field} nor a slug; one of them must identify the subject"));
    let name = text(field).ok_or_else(unnamed)?;
    let is_model = D::SUBJECT == SubjectType::Model;
    let several = || problem(field, name, format!("matches several {}s; give the slug", D::SUBJECT.table()));
    let part_of = |found: PartLookup| match found {
        PartLookup::One(slug, part) => Ok(Some(Identity { part: Some(part), ..Identity::new(slug, true) })),
        PartLookup::Several => Err(several()),
        PartLookup::None => Ok(None),
    };
    if let Some(id) = id {
        if let Some(identity) = part_of(names.find_repository(id))?.filter(|_| is_model) {
            return Ok(identity);
        }
        if let Some(slug) = names.find_page(D::SUBJECT, id) {
            return Ok(Identity::new(slug, true));
        }
    }
    let found = names.find(D::SUBJECT, name);
    if is_model && found == Lookup::None {
        let by_name = part_of(names.find_part_by_name(name))?;
        let by_weights = if id.is_none() { weights(names, fields) } else { None };
        if let (Some(one), Some(other)) = (&by_name, &by_weights)
            && one.slug != other.slug
        {
            let message =
                format!("is a part of {:?}, but its weights are those of {:?}", one.slug.as_str(), other.slug.as_str());
            return Err(problem(field, name, message));
        }
        let part = match (by_name, by_weights) {
            // A page of another account is that of another model.
            (Some(identity), _) if id.as_ref().is_some_and(|id| !names.has_account(&identity.slug, id)) => None,
            (Some(by_name), Some(by_weights)) if by_name.size() != by_weights.size() && by_weights.size().is_some() => {
                return Err(problem(field, name, "is another size than that of its weights".to_owned()));
            }
            (Some(identity), _) if identity.part.as_ref().is_some_and(|part| part.checkpoint.is_some()) => {
                Some(identity)
            }
            (by_name, by_weights) => by_weights.or(by_name),
        };
        if let Some(identity) = part {
            return Ok(identity);
        }
    }
    let is_other = match (&found, id) {
        (Lookup::One(slug), Some(id)) => {
            names.is_other_page(D::SUBJECT, slug, id) || (is_model && names.is_other_account(slug, id))
        }
        (Lookup::Several, Some(_)) => true,
        _ => false,
    };
    if let Some(id) = id.as_ref().filter(|_| is_other) {
        let slug = Slug::of(id).filter(|slug| !names.has(D::SUBJECT, slug));
        let taken = || problem(field, id, format!("another subject is called {name:?}; give a slug"));
        return Ok(Identity::new(slug.ok_or_else(taken)?, false));
    }
    match found {
        Lookup::One(slug) => Ok(Identity::new(slug, true)),
        Lookup::Several => Err(several()),
        Lookup::None => {
            let slug = Slug::of(name).filter(|slug| !names.has(D::SUBJECT, slug));
            let slug = slug.ok_or_else(|| {
                problem(field, name, format!("no unused slug can be derived from this {field}; give a slug"))
            })?;
            Ok(Identity::new(slug, false))
        }
    }
}

/// Returns the model that the pages of the weights of a record belong to, with the checkpoint or the size if there is only one. None
/// if they belong to no model of the catalog, or to several.
fn weights(names: &NameIndex, fields: &Map<String, Json>) -> Option<Identity> {
    let mut found = None::<Identity>;
    for repository in weights_repositories(fields) {
        let PartLookup::One(slug, part) = names.find_repository(repository) else { continue };
        let next = Identity { part: Some(part), ..Identity::new(slug, true) };
        found = match found {
            None => Some(next),
            Some(known) if known.slug != next.slug => return None,
            Some(known) if known.part == next.part => Some(known),
            Some(known) => {
                let size = known.size().filter(|size| Some(*size) == next.size());
                let part = size.map(|size| ModelPart { size: Some(size.to_owned()), checkpoint: None });
                Some(Identity { part, ..Identity::new(known.slug.clone(), true) })
            }
        };
    }
    found
}

/// Replaces the names in the references of a record by slugs.
pub struct Resolver<'a> {
    names: &'a NameIndex,
    /// The field with a subject of the same type, which may come later in the source than those derived from it.
    base_field: Option<&'static str>,
    /// Whether sources may come later in the source than the subjects whose evidence cites them.
    defers_sources: bool,
    /// The cited sources that have not been imported yet, each with the path of the field.
    pub missing_sources: Vec<(String, Slug)>,
    /// Whether an unknown base is left out with a warning. Otherwise it may come later.
    leaves_out_bases: bool,
    /// References that match no subject or several.
    pub problems: Vec<Warning>,
    /// Bases that were left out.
    pub warnings: Vec<Warning>,
}

impl<'a> Resolver<'a> {
    /// Creates a resolver without problems. With `leaves_out_bases` an unknown base is left out with a warning.
    pub fn new<D: Persist>(names: &'a NameIndex, leaves_out_bases: bool) -> Self {
        Self {
            names,
            base_field: D::base_field(),
            defers_sources: is_saved_before_sources(D::SUBJECT),
            missing_sources: Vec::new(),
            leaves_out_bases,
            problems: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Resolves all references of a record. References that match no subject or several are removed.
    pub fn resolve<D: Persist>(&mut self, fields: &mut Map<String, Json>) {
        for (path, subject_type) in reference_fields::<D>() {
            self.resolve_path(fields, path, "", subject_type);
        }
    }

    /// Resolves the references at a path below the path `parent`.
    fn resolve_path(&mut self, fields: &mut Map<String, Json>, path: &str, parent: &str, subject_type: SubjectType) {
        let Some((list, rest)) = path.split_once('.') else {
            return self.resolve_field(fields, path, &format!("{parent}{path}"), subject_type);
        };
        let items = fields.get_mut(list).and_then(Json::as_array_mut);
        for (index, item) in items.into_iter().flatten().enumerate() {
            if let Json::Object(item) = item {
                self.resolve_path(item, rest, &format!("{parent}{list}.{index}."), subject_type);
            }
        }
    }

    fn resolve_field(&mut self, fields: &mut Map<String, Json>, field: &str, column: &str, subject_type: SubjectType) {
        let resolved = match fields.get(field) {
            Some(Json::String(text)) => self.resolve_slug(text, column, subject_type).map(Json::from),
            Some(Json::Array(items)) => {
                let mut slugs = Vec::new();
                for (index, item) in items.iter().enumerate() {
                    match item {
                        Json::String(text) => {
                            slugs.extend(
                                self.resolve_slug(text, &format!("{column}.{index}"), subject_type).map(Json::from),
                            );
                        }
                        other => slugs.push(other.clone()),
                    }
                }
                Some(slugs.into())
            }
            _ => return,
        };
        match resolved {
            Some(resolved) => fields.insert(field.to_owned(), resolved),
            None => fields.remove(field),
        };
    }

    fn resolve_slug(&mut self, text: &str, column: &str, subject_type: SubjectType) -> Option<String> {
        if text.trim().is_empty() {
            return None;
        }
        let is_base = Some(column) == self.base_field || column.starts_with("bases.");
        let slug = text.parse::<Slug>().ok().filter(|slug| self.names.has(subject_type, slug));
        let found = slug.map_or_else(|| self.find(subject_type, text), Lookup::One);
        match found {
            Lookup::One(slug) => Some(slug.to_string()),
            Lookup::Several => {
                let subject_type = subject_type.word().to_lowercase();
                let message = format!("matches several {subject_type}s; give the slug");
                self.problems.push(Warning { column: column.to_owned(), raw: text.to_owned(), message });
                None
            }
            Lookup::None if self.leaves_out_bases && is_base => {
                let message = "is not in the catalog; left out";
                self.warnings.push(Warning {
                    column: column.to_owned(),
                    raw: text.to_owned(),
                    message: message.to_owned(),
                });
                None
            }
            Lookup::None if is_base => {
                let slug = text.parse().ok().or_else(|| Slug::of(text));
                if slug.is_none() {
                    self.problems.push(Self::unresolved(column, subject_type, text));
                }
                slug.map(|slug| slug.to_string())
            }
            Lookup::None => {
                let is_deferred = self.defers_sources && subject_type == SubjectType::Source;
                let Some(slug) = text.parse::<Slug>().ok().filter(|_| is_deferred) else {
                    self.problems.push(Self::unresolved(column, subject_type, text));
                    return None;
                };
                self.missing_sources.push((column.to_owned(), slug));
                Some(text.to_owned())
            }
        }
    }

    /// Finds a subject by the id of a page, or else by a name. A page that is not known can be that of the subject with its name, if
    /// that has none of another account.
    fn find(&self, subject_type: SubjectType, text: &str) -> Lookup {
        let by_name = || self.names.find(subject_type, text);
        let Some((_, name)) = text.split_once('/').filter(|_| subject_type == SubjectType::Model) else {
            return by_name();
        };
        if let Some(slug) = self.names.find_page(subject_type, text) {
            return Lookup::One(slug);
        }
        match by_name() {
            Lookup::None => match self.names.find(subject_type, name) {
                Lookup::One(slug) if self.names.is_other_page(subject_type, &slug, text) => Lookup::None,
                found => found,
            },
            found => found,
        }
    }

    /// Returns the problem of a reference that matches no subject.
    pub fn unresolved(column: &str, subject_type: SubjectType, text: &str) -> Warning {
        let subject_type = subject_type.word().to_lowercase();
        Warning {
            column: column.to_owned(),
            raw: text.to_owned(),
            message: format!("no {subject_type} matches {text:?}; add it before this row, or remove the reference"),
        }
    }
}

/// Returns the paths of the fields that refer to other subjects, each with the type of the other subject.
pub fn reference_fields<D: Persist>() -> impl Iterator<Item = (&'static str, SubjectType)> {
    let declared = D::REFERENCES.iter().map(|reference| (reference.name, reference.subject));
    let sources = D::HAS_EVIDENCE.then_some(("evidence.source", SubjectType::Source));
    declared.chain(D::OTHER_REFERENCES.iter().copied()).chain(sources)
}
