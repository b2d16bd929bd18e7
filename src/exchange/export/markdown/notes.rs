//! What the list says about a model beside its name and numbers, in the words that readers of lists know.

use std::collections::HashMap;

use super::{
    super::{format::Language, walk::by_slug},
    named,
    text::{destination, escape},
    words::Words,
};
use crate::{
    catalog::{
        dataset::DatasetDocument, link::LinkDocument, model::ModelDocument, organization::OrganizationDocument,
        snapshot::Snapshot, text::Slug,
    },
    error::Result,
};

/// What some models refer to.
pub struct Mentioned {
    organizations: HashMap<Slug, OrganizationDocument>,
    datasets: HashMap<Slug, DatasetDocument>,
}

impl Mentioned {
    pub async fn read(snapshot: &Snapshot, models: &[ModelDocument]) -> Result<Self> {
        Ok(Self {
            organizations: by_slug(snapshot, models.iter().flat_map(|model| &model.organizations)).await?,
            datasets: by_slug(snapshot, models.iter().flat_map(|model| &model.datasets)).await?,
        })
    }
}

/// The notes on a model. Each part states one thing; the summary is last, because it may be of any words.
pub fn notes(model: &ModelDocument, mentioned: &Mentioned, words: &Words, language: Language) -> String {
    let Words { organization, alias, .. } = words;
    let organizations = model.organizations.iter().filter_map(|slug| mentioned.organizations.get(slug));
    let datasets = model.datasets.iter().filter_map(|slug| mentioned.datasets.get(slug));
    let (_, links) = named(&model.name, &model.links);
    let (summary, other) = match language {
        Language::Zh => (&model.summary.zh, &model.summary.en),
        Language::En => (&model.summary.en, &model.summary.zh),
    };
    let mut parts = Vec::new();
    parts.extend(model.commercial_use.and_then(|word| words.commercial_use(word)).map(str::to_owned));
    parts.extend(organizations.map(|document| format!("{organization}{}", escape(name(document, language)))));
    parts.extend(model.aliases.iter().map(|name| format!("{alias}{}", escape(name))));
    parts.extend(datasets.map(|document| dataset(document, words)));
    parts.extend(model.training_flops.map(flops));
    parts.extend(links.iter().map(link));
    parts.extend(summary.as_ref().or(other.as_ref()).map(|text| escape(text)));
    parts.join(words.between)
}

fn name(document: &OrganizationDocument, language: Language) -> &str {
    let OrganizationDocument { name, localized_name, .. } = document;
    match language {
        Language::Zh => localized_name.zh.as_ref().unwrap_or(name),
        Language::En => localized_name.en.as_ref().unwrap_or(name),
    }
}

fn dataset(document: &DatasetDocument, words: &Words) -> String {
    let name = escape(&document.name);
    match document.links.first().and_then(|link| destination(&link.url)) {
        Some(url) => format!("{}[{name}]({url})", words.dataset),
        None => format!("{}{name}", words.dataset),
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
