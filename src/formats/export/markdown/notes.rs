//! The notes column of the Markdown list. The Markdown reader reads them back into the same fields.

use std::collections::HashMap;

use crate::domain::architecture::ArchitectureDocument;
use crate::domain::dataset::DatasetDocument;
use crate::domain::document::SubjectDocument;
use crate::domain::license::LicenseDocument;
use crate::domain::link::LinkDocument;
use crate::domain::model::ModelDocument;
use crate::domain::organization::OrganizationDocument;
use crate::domain::slug::Slug;
use crate::error::Result;
use crate::formats::export::format::Language;
use crate::formats::export::iterate::{load_by_slug, load_model_names};
use crate::formats::export::markdown::escape::{destination, escape, escape_note};
use crate::formats::export::markdown::labels::Labels;
use crate::formats::export::markdown::linked_name::linked_name;
use crate::formats::parse::dictionary::dataset_link_kind;
use crate::formats::parse::notes::is_summary;
use crate::query::as_of::snapshot_view::SnapshotView;

/// The subjects that the models of a batch refer to.
pub struct Referenced {
    organizations: HashMap<Slug, OrganizationDocument>,
    licenses: HashMap<Slug, LicenseDocument>,
    architectures: HashMap<Slug, ArchitectureDocument>,
    base_models: HashMap<Slug, String>,
    datasets: HashMap<Slug, DatasetDocument>,
}

impl Referenced {
    /// Loads the subjects that the models refer to.
    pub async fn load(snapshot: &SnapshotView, models: &[ModelDocument]) -> Result<Self> {
        let bases = models.iter().filter_map(first_base).collect::<Vec<_>>();
        Ok(Self {
            organizations: load_by_slug(snapshot, models.iter().flat_map(|model| &model.organizations)).await?,
            licenses: load_by_slug(snapshot, models.iter().filter_map(|model| model.license.as_ref())).await?,
            architectures: load_by_slug(snapshot, models.iter().filter_map(|model| model.architecture.as_ref()))
                .await?,
            base_models: load_model_names(snapshot, bases.iter()).await?,
            datasets: load_by_slug(snapshot, models.iter().flat_map(dataset_slugs)).await?,
        })
    }
}

/// Returns the notes on a model. Each part states one fact. The summary is last, because it may contain any text.
pub fn notes(model: &ModelDocument, referenced: &Referenced, labels: &Labels, language: Language) -> String {
    let ModelDocument { license, architecture, .. } = model;
    let organizations = model.organizations.iter().filter_map(|slug| referenced.organizations.get(slug));
    let license = license.as_ref().and_then(|slug| referenced.licenses.get(slug));
    let architecture = architecture.as_ref().and_then(|slug| referenced.architectures.get(slug));
    let base_model = first_base(model).and_then(|slug| referenced.base_models.get(&slug));
    let datasets = dataset_slugs(model).filter_map(|slug| referenced.datasets.get(slug)).collect::<Vec<_>>();
    // A dataset without a link needs a label with a colon. The reader reads labelled datasets first, so either all or none
    // are labelled: that keeps their order.
    let all_linked = datasets.iter().all(|document| first_link(document).is_some());
    let label = if all_linked { labels.dataset } else { labels.unlinked_dataset };
    let (_, links) = linked_name(&model.name, &model.links, escape);
    let labelled = |label: &str, name: &str| format!("{label}{}", escape_note(name));
    let mut parts = Vec::new();
    parts.extend(model.commercial_use.and_then(|word| labels.commercial_use(word)).map(str::to_owned));
    parts.extend(license.map(|document| labelled(labels.license, &document.name)));
    parts.extend(organizations.map(|document| labelled(labels.organization, localized_name(document, language))));
    parts.extend(model.aliases.iter().map(|name| labelled(labels.alias, name)));
    parts.extend(architecture.map(|document| labelled(labels.architecture, &document.name)));
    parts.extend(base_model.map(|name| labelled(labels.base_model, name)));
    parts.extend(datasets.into_iter().map(|document| format!("{label}{}", linked_dataset(document))));
    parts.extend(model.training_flops.map(format_flops));
    parts.extend(links.iter().map(markdown_link));
    parts.extend(summary(model, language));
    parts.join(labels.separator)
}

/// Returns the first base of a model: the list names one.
fn first_base(model: &ModelDocument) -> Option<Slug> {
    model.bases().into_iter().next().map(|base| base.model)
}

/// Returns the summary in the language of the list, else in the other one. It gets a label if the reader would read it as
/// something else.
fn summary(model: &ModelDocument, language: Language) -> Option<String> {
    let zh = model.summary.zh.as_ref().map(|text| (Language::Zh, text));
    let en = model.summary.en.as_ref().map(|text| (Language::En, text));
    let (text_language, text) = match language {
        Language::Zh => zh.or(en),
        Language::En => en.or(zh),
    }?;
    let label = if is_summary(text, text_language.word()) { "" } else { Labels::summary_label(text_language) };
    Some(format!("{label}{}", escape(text)))
}

/// Returns the name of an organization in a language, else its name.
fn localized_name(document: &OrganizationDocument, language: Language) -> &str {
    let OrganizationDocument { name, localized_name, .. } = document;
    match language {
        Language::Zh => localized_name.zh.as_ref().unwrap_or(name),
        Language::En => localized_name.en.as_ref().unwrap_or(name),
    }
}

/// Returns the first link of a dataset and its Markdown destination. `None` if it has no link that a browser may follow.
fn first_link(document: &DatasetDocument) -> Option<(&LinkDocument, String)> {
    let link = document.links.first()?;
    Some((link, destination(&link.url)?))
}

/// Returns the name of a dataset, linked if possible. The kind of the link is stated unless the reader infers it.
fn linked_dataset(document: &DatasetDocument) -> String {
    match first_link(document) {
        Some((LinkDocument { kind, url, .. }, destination)) => {
            let kind = if *kind == dataset_link_kind(url) { String::new() } else { format!(" \"{}\"", kind.word()) };
            format!("[{}]({destination}{kind})", escape(&document.name))
        }
        None => escape_note(&document.name),
    }
}

/// Returns training compute as text, such as 6.67×10²² FLOPs.
fn format_flops(flops: f64) -> String {
    let text = format!("{flops:e}");
    let (number, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let superscript = exponent.chars().map(|c| match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32('⁰' as u32 + u32::from(c) - u32::from('0')).unwrap_or(c),
        _ => '⁻',
    });
    format!("{number}×10{} FLOPs", superscript.collect::<String>())
}

/// Returns a link with its kind. Without a title its text is the URL.
pub fn markdown_link(link: &LinkDocument) -> String {
    let text = escape(link.title.as_deref().unwrap_or(&link.url));
    match destination(&link.url) {
        Some(url) => format!("[{text}]({url} \"{}\")", link.kind.word()),
        None => text,
    }
}

fn dataset_slugs(model: &ModelDocument) -> impl Iterator<Item = &Slug> {
    model.datasets.iter().map(|data| &data.dataset)
}
