//! Random organizations, licenses, architectures and datasets that models refer to.

use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::{
    random::Random,
    vocabulary::{ARCHITECTURES, CHINESE, DATASETS, FIRST, LICENSES, LINKS, MAKERS, SECOND},
};

/// The numbers of organizations and datasets in a catalog.
#[derive(Clone, Copy)]
pub struct Counts {
    pub organizations: usize,
    pub datasets: usize,
}

impl Counts {
    pub fn for_models(models: usize) -> Self {
        Self { organizations: (models / 40).clamp(8, 4000), datasets: (models / 50).clamp(8, 3000) }
    }
}

/// Converts generated JSON to a document.
pub fn document<D: DeserializeOwned>(json: Json) -> D {
    serde_json::from_value(json).expect("generated JSON matches the document type")
}

/// The slug of the organization with this number.
pub fn organization_slug(number: usize) -> String {
    format!("maker-{number}")
}

/// The slug of the dataset with this number.
pub fn dataset_slug(number: usize) -> String {
    format!("data-{number}")
}

/// The slug of the license with this number.
pub fn license_slug(number: usize) -> String {
    slug::slugify(LICENSES[number].0)
}

/// The slug of the architecture with this number.
pub fn architecture_slug(number: usize) -> String {
    slug::slugify(ARCHITECTURES[number])
}

pub fn organization(number: usize) -> Json {
    let mut random = Random::new(1, number);
    let (word, chinese) = *random.pick(&MAKERS);
    let name = format!("{} {word} {number}", random.pick(&FIRST));
    let localized = if random.chance(40) {
        json!({ "zh": format!("{}{chinese}{number}", random.pick(&CHINESE)), "en": name })
    } else {
        json!({})
    };
    json!({ "slug": organization_slug(number), "name": name, "localizedName": localized })
}

pub fn license(number: usize) -> Json {
    let (name, spdx, commercial_use) = LICENSES[number];
    let conditions = if commercial_use == "ALLOWED" {
        json!({ "en": "Keep the notice.", "zh": "保留声明。" })
    } else {
        json!({ "en": "Ask first where more than a hundred million people use it.", "zh": "用户超过一亿时须先申请授权。" })
    };
    let url = format!("https://licenses.example.org/{}", license_slug(number));
    json!({ "slug": license_slug(number), "name": name, "spdxId": spdx, "commercialUse": commercial_use, "url": url,
        "conditions": conditions })
}

pub fn architecture(number: usize) -> Json {
    json!({ "slug": architecture_slug(number), "name": ARCHITECTURES[number] })
}

pub fn dataset(number: usize) -> Json {
    let mut random = Random::new(2, number);
    let name = format!("{} {} {number}", random.pick(&SECOND), random.pick(&DATASETS));
    let tokens = random.chance(60).then(|| format!("{}B", 1 + random.power_law(5000)));
    let bytes = random.chance(40).then(|| (1 + random.power_law(9000)) as u64 * 1_000_000_000);
    let license = random.chance(70).then(|| license_slug(random.power_law(LICENSES.len())));
    let (_, prefix) = LINKS[0];
    let links = json!([{ "kind": "PAPER", "url": format!("{prefix}data-{number}") }]);
    json!({ "slug": dataset_slug(number), "name": name, "tokens": tokens, "bytes": bytes, "license": license, "links": links })
}
