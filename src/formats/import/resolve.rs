//! Which subject a statement is about, and which ones it refers to.

use entity::vocabulary::SubjectType;
use serde_json::{Map, Value as Json};

use crate::domain::slug::Slug;
use crate::formats::import::name_index::{Lookup, NameIndex};
use crate::formats::record::Warning;
use crate::store::documents::Persist;

/// The subject of a statement.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The slug that it has, or will have.
    pub slug: Slug,
    /// Whether it is in the catalog.
    pub found: bool,
    /// Whether the source gave the slug, and so speaks of the name as a fact.
    pub stated: bool,
}

/// Finds the subject that a statement is about: by its slug, exactly, where the source gives one, else by its name.
///
/// # Errors
/// What makes it impossible to tell.
pub fn identify<D: Persist>(names: &NameIndex, fields: &Map<String, Json>) -> Result<Identity, Warning> {
    let text = |field: &str| fields.get(field).and_then(Json::as_str).filter(|text| !text.trim().is_empty());
    let problem =
        |column: &str, raw: &str, message: String| Warning { column: column.to_owned(), raw: raw.to_owned(), message };
    if let Some(slug) = text("slug") {
        let slug = slug.parse::<Slug>().map_err(|error| problem("slug", slug, error.to_string()))?;
        return Ok(Identity { found: names.has(D::SUBJECT, &slug), slug, stated: true });
    }
    let none =
        || problem("name", "", "there is neither a name nor a slug, so nothing tells what this is about".to_owned());
    let name = text("name").ok_or_else(none)?;
    match names.find(D::SUBJECT, name) {
        Lookup::One(slug) => Ok(Identity { slug, found: true, stated: false }),
        Lookup::Several => Err(problem("name", name, format!("means several {}s; give the slug", D::TABLE_NAME))),
        Lookup::None => {
            let slug = Slug::of(name).filter(|slug| !names.has(D::SUBJECT, slug));
            let slug =
                slug.ok_or_else(|| problem("name", name, "no free slug can be made of it; give one".to_owned()))?;
            Ok(Identity { slug, found: false, stated: false })
        }
    }
}

/// Turns the names by which a statement refers to subjects into their slugs.
pub struct Resolver<'a> {
    names: &'a NameIndex,
    /// What refers to nothing, or to several.
    pub problems: Vec<Warning>,
}

impl<'a> Resolver<'a> {
    /// A resolver without problems.
    pub fn new(names: &'a NameIndex) -> Self {
        Self { names, problems: Vec::new() }
    }

    /// Resolves every reference of a statement. What cannot be resolved is taken away.
    pub fn resolve<D: Persist>(&mut self, fields: &mut Map<String, Json>) {
        for (path, noun) in reference_fields::<D>() {
            match path.split_once('.') {
                None => self.field(fields, path, path, noun),
                Some((list, field)) => {
                    let items = fields.get_mut(list).and_then(Json::as_array_mut);
                    for (index, item) in items.into_iter().flatten().enumerate() {
                        if let Json::Object(item) = item {
                            self.field(item, field, &format!("{list}.{index}.{field}"), noun);
                        }
                    }
                }
            }
        }
    }

    fn field(&mut self, fields: &mut Map<String, Json>, field: &str, column: &str, noun: SubjectType) {
        let resolved = match fields.get(field) {
            Some(Json::String(text)) => self.slug(text, column, noun).map(Json::from),
            Some(Json::Array(items)) => {
                let mut slugs = Vec::new();
                for (index, item) in items.iter().enumerate() {
                    match item {
                        Json::String(text) => {
                            slugs.extend(self.slug(text, &format!("{column}.{index}"), noun).map(Json::from));
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

    fn slug(&mut self, text: &str, column: &str, noun: SubjectType) -> Option<String> {
        if text.trim().is_empty() {
            return None;
        }
        let slug = text.parse::<Slug>().ok().filter(|slug| self.names.has(noun, slug));
        let found = slug.map_or_else(|| self.names.find(noun, text), Lookup::One);
        match found {
            Lookup::One(slug) => Some(slug.to_string()),
            Lookup::Several => {
                let noun = noun.word().to_lowercase();
                let message = format!("means several {noun}s; give the slug");
                self.problems.push(Warning { column: column.to_owned(), raw: text.to_owned(), message });
                None
            }
            // A list of models need not name base models before those that are derived from them.
            Lookup::None if column == "baseModel" => {
                let slug = text.parse().ok().or_else(|| Slug::of(text));
                if slug.is_none() {
                    self.problems.push(Self::unresolved(column, noun, text));
                }
                slug.map(|slug| slug.to_string())
            }
            Lookup::None => {
                self.problems.push(Self::unresolved(column, noun, text));
                None
            }
        }
    }

    /// The problem of a reference to nothing.
    pub fn unresolved(column: &str, noun: SubjectType, text: &str) -> Warning {
        let noun = noun.word().to_lowercase();
        Warning {
            column: column.to_owned(),
            raw: text.to_owned(),
            message: format!("refers to the {noun} {text:?}, and there is none; state it before, or leave it out"),
        }
    }
}

/// The paths of the fields that refer to other subjects, with the types of these.
pub fn reference_fields<D: Persist>() -> impl Iterator<Item = (&'static str, SubjectType)> {
    let declared = D::REFERENCES.iter().map(|reference| (reference.name, reference.subject));
    declared.chain(D::OTHER_REFERENCES.iter().copied())
}
