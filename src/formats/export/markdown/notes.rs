//! What the list says about a model beside its name and numbers, in the words that readers of lists know.

use std::collections::HashMap;

use crate::db::snapshot::Snapshot;
use crate::domain::architecture::ArchitectureDocument;
use crate::domain::dataset::DatasetDocument;
use crate::domain::license::LicenseDocument;
use crate::domain::link::LinkDocument;
use crate::domain::model::ModelDocument;
use crate::domain::organization::OrganizationDocument;
use crate::domain::slug::Slug;
use crate::error::Result;
use crate::formats::export::format::Language;
use crate::formats::export::iterate::{by_slug, names};
use crate::formats::export::markdown::escape::{destination, escape, escape_note};
use crate::formats::export::markdown::labels::Labels;
use crate::formats::export::markdown::named::named;
use crate::formats::parse::dictionary::dataset_link_kind;
use crate::formats::parse::notes::is_summary;

/// What some models refer to.
pub struct Referenced {
    organizations: HashMap<Slug, OrganizationDocument>,
    licenses: HashMap<Slug, LicenseDocument>,
    architectures: HashMap<Slug, ArchitectureDocument>,
    base_models: HashMap<Slug, String>,
    datasets: HashMap<Slug, DatasetDocument>,
}

impl Referenced {
    pub async fn read(snapshot: &Snapshot, models: &[ModelDocument]) -> Result<Self> {
        Ok(Self {
            organizations: by_slug(snapshot, models.iter().flat_map(|model| &model.organizations)).await?,
            licenses: by_slug(snapshot, models.iter().filter_map(|model| model.license.as_ref())).await?,
            architectures: by_slug(snapshot, models.iter().filter_map(|model| model.architecture.as_ref())).await?,
            base_models: names(snapshot, models.iter().filter_map(|model| model.base_model.as_ref())).await?,
            datasets: by_slug(snapshot, models.iter().flat_map(|model| &model.datasets)).await?,
        })
    }
}

/// The notes on a model. Each part states one thing; the summary is last, because it may be of any words.
pub fn notes(model: &ModelDocument, mentioned: &Referenced, words: &Labels, language: Language) -> String {
    let ModelDocument { license, architecture, base_model, .. } = model;
    let organizations = model.organizations.iter().filter_map(|slug| mentioned.organizations.get(slug));
    let license = license.as_ref().and_then(|slug| mentioned.licenses.get(slug));
    let architecture = architecture.as_ref().and_then(|slug| mentioned.architectures.get(slug));
    let base_model = base_model.as_ref().and_then(|slug| mentioned.base_models.get(slug));
    let datasets = model.datasets.iter().filter_map(|slug| mentioned.datasets.get(slug)).collect::<Vec<_>>();
    // One without a link needs a colon before it, and readers take what has one first: so that they stay in order all have.
    let linked = datasets.iter().all(|document| own_link(document).is_some());
    let before = if linked { words.dataset } else { words.dataset_named };
    let (_, links) = named(&model.name, &model.links, escape);
    let labelled = |label: &str, name: &str| format!("{label}{}", escape_note(name));
    let mut parts = Vec::new();
    parts.extend(model.commercial_use.and_then(|word| words.commercial_use(word)).map(str::to_owned));
    parts.extend(license.map(|document| labelled(words.license, &document.name)));
    parts.extend(organizations.map(|document| labelled(words.organization, name(document, language))));
    parts.extend(model.aliases.iter().map(|name| labelled(words.alias, name)));
    parts.extend(architecture.map(|document| labelled(words.architecture, &document.name)));
    parts.extend(base_model.map(|name| labelled(words.base_model, name)));
    parts.extend(datasets.into_iter().map(|document| format!("{before}{}", dataset(document))));
    parts.extend(model.training_flops.map(flops));
    parts.extend(links.iter().map(link));
    parts.extend(summary(model, language));
    parts.join(words.between)
}

/// The summary in the language of the list, else in the other one. Where its words would be taken for something else it
/// says what it is.
fn summary(model: &ModelDocument, language: Language) -> Option<String> {
    let zh = model.summary.zh.as_ref().map(|text| (Language::Zh, text));
    let en = model.summary.en.as_ref().map(|text| (Language::En, text));
    let (written, text) = match language {
        Language::Zh => zh.or(en),
        Language::En => en.or(zh),
    }?;
    let label = if is_summary(text, written.word()) { "" } else { Labels::summary_in(written) };
    Some(format!("{label}{}", escape(text)))
}

fn name(document: &OrganizationDocument, language: Language) -> &str {
    let OrganizationDocument { name, localized_name, .. } = document;
    match language {
        Language::Zh => localized_name.zh.as_ref().unwrap_or(name),
        Language::En => localized_name.en.as_ref().unwrap_or(name),
    }
}

/// The link that a dataset's name carries, and its address as Markdown has it.
fn own_link(document: &DatasetDocument) -> Option<(&LinkDocument, String)> {
    let link = document.links.first()?;
    Some((link, destination(&link.url)?))
}

fn dataset(document: &DatasetDocument) -> String {
    match own_link(document) {
        Some((LinkDocument { kind, url, .. }, to)) => {
            let kind = if *kind == dataset_link_kind(url) { String::new() } else { format!(" \"{}\"", kind.word()) };
            format!("[{}]({to}{kind})", escape(&document.name))
        }
        None => escape_note(&document.name),
    }
}

/// A number of operations, such as 6.67×10²² FLOPs.
fn flops(flops: f64) -> String {
    let text = format!("{flops:e}");
    let (number, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let raised = exponent.chars().map(|c| match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32('⁰' as u32 + u32::from(c) - u32::from('0')).unwrap_or(c),
        _ => '⁻',
    });
    format!("{number}×10{} FLOPs", raised.collect::<String>())
}

/// A link that says what stands behind it; one without a text shows its address.
pub fn link(link: &LinkDocument) -> String {
    let text = escape(link.title.as_deref().unwrap_or(&link.url));
    match destination(&link.url) {
        Some(url) => format!("[{text}]({url} \"{}\")", link.kind.word()),
        None => text,
    }
}
