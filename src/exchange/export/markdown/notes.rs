//! What the list says about a model beside its name and numbers.

use std::collections::HashMap;

use super::{
    super::{format::Language, walk::by_slug},
    named,
    text::{destination, escape},
    words::Words,
};
use crate::{
    catalog::{
        architecture::ArchitectureDocument, dataset::DatasetDocument, license::LicenseDocument, link::LinkDocument,
        model::ModelDocument, organization::OrganizationDocument, snapshot::Snapshot, text::Slug,
    },
    error::Result,
};

/// What some models refer to.
pub struct Mentioned {
    organizations: HashMap<Slug, OrganizationDocument>,
    licenses: HashMap<Slug, LicenseDocument>,
    architectures: HashMap<Slug, ArchitectureDocument>,
    datasets: HashMap<Slug, DatasetDocument>,
    models: HashMap<Slug, ModelDocument>,
}

impl Mentioned {
    pub async fn read(snapshot: &Snapshot, models: &[ModelDocument]) -> Result<Self> {
        Ok(Self {
            organizations: by_slug(snapshot, models.iter().flat_map(|model| &model.organizations)).await?,
            licenses: by_slug(snapshot, models.iter().flat_map(|model| &model.license)).await?,
            architectures: by_slug(snapshot, models.iter().flat_map(|model| &model.architecture)).await?,
            datasets: by_slug(snapshot, models.iter().flat_map(|model| &model.datasets)).await?,
            models: by_slug(snapshot, models.iter().flat_map(|model| &model.base_model)).await?,
        })
    }
}

/// The cell of notes.
pub fn notes(model: &ModelDocument, mentioned: &Mentioned, words: &Words, language: Language) -> String {
    let mut parts = Vec::new();
    let mut say = |label: &str, things: Vec<String>| {
        if !things.is_empty() {
            parts.push(format!("{label}{}{}", words.colon, things.join(words.and)));
        }
    };
    let organizations = model.organizations.iter().filter_map(|slug| mentioned.organizations.get(slug));
    let organization = |document: &OrganizationDocument| {
        let OrganizationDocument { name, localized_name, .. } = document;
        let local = match language {
            Language::Zh => &localized_name.zh,
            Language::En => &localized_name.en,
        };
        escape(local.as_ref().unwrap_or(name))
    };
    let licenses = model.license.iter().filter_map(|slug| mentioned.licenses.get(slug));
    let datasets = model.datasets.iter().filter_map(|slug| mentioned.datasets.get(slug));
    let architectures = model.architecture.iter().filter_map(|slug| mentioned.architectures.get(slug));
    let bases = model.base_model.iter().filter_map(|slug| mentioned.models.get(slug));
    say(words.license, licenses.map(|license| escape(&license.name)).collect());
    say(words.organizations, organizations.map(organization).collect());
    say(words.aliases, model.aliases.iter().map(|alias| escape(alias)).collect());
    say(words.datasets, datasets.map(dataset).collect());
    say(words.architecture, architectures.map(|architecture| escape(&architecture.name)).collect());
    say(words.base_model, bases.map(|base| escape(&base.name)).collect());
    parts.extend(model.training_flops.map(|flops| format!("{} FLOPs", serde_json::json!(flops))));
    let (_, links) = named(&model.name, &model.links);
    parts.extend(links.iter().map(|link| self::link(link, words)));
    let summary = match language {
        Language::Zh => &model.summary.zh,
        Language::En => &model.summary.en,
    };
    parts.extend(summary.as_deref().map(escape));
    let stated = model.commercial_use.map(|word| words.commercial_use(word).to_owned());
    stated.into_iter().chain(parts).collect::<Vec<_>>().join(words.between)
}

fn dataset(document: &DatasetDocument) -> String {
    let name = escape(&document.name);
    match document.links.first().and_then(|link| destination(&link.url)) {
        Some(url) => format!("[{name}]({url})"),
        None => name,
    }
}

/// A link that says what stands behind it.
pub fn link(link: &LinkDocument, words: &Words) -> String {
    let text = escape(link.title.as_deref().unwrap_or(words.link(link.kind)));
    match destination(&link.url) {
        Some(url) => format!("[{text}]({url} \"{}\")", link.kind.word()),
        None => text,
    }
}
