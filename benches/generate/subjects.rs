//! What models refer to, at random: makers, licenses, architectures and datasets.

use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::{
    draw::Draw,
    words::{ARCHITECTURES, CHINESE, DATASETS, FIRST, LICENSES, LINKS, MAKERS, SECOND},
};

/// How many there are of each for a number of models.
#[derive(Clone, Copy)]
pub struct Counts {
    pub organizations: usize,
    pub datasets: usize,
}

impl Counts {
    pub fn of(models: usize) -> Self {
        Self { organizations: (models / 40).clamp(8, 4000), datasets: (models / 50).clamp(8, 3000) }
    }
}

/// A document out of JSON that is one.
pub fn document<D: DeserializeOwned>(json: Json) -> D {
    serde_json::from_value(json).expect("the generator makes documents")
}

/// The slug of the maker with a number.
pub fn organization_slug(number: usize) -> String {
    format!("maker-{number}")
}

/// The slug of the dataset with a number.
pub fn dataset_slug(number: usize) -> String {
    format!("data-{number}")
}

/// The slug of the license with a number.
pub fn license_slug(number: usize) -> String {
    slug::slugify(LICENSES[number].0)
}

/// The slug of the architecture with a number.
pub fn architecture_slug(number: usize) -> String {
    slug::slugify(ARCHITECTURES[number])
}

pub fn organization(number: usize) -> Json {
    let mut draw = Draw::of(1, number);
    let (word, chinese) = *draw.pick(&MAKERS);
    let name = format!("{} {word} {number}", draw.pick(&FIRST));
    let localized = if draw.chance(40) {
        json!({ "zh": format!("{}{chinese}{number}", draw.pick(&CHINESE)), "en": name })
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
    let mut draw = Draw::of(2, number);
    let name = format!("{} {} {number}", draw.pick(&SECOND), draw.pick(&DATASETS));
    let tokens = draw.chance(60).then(|| format!("{}B", 1 + draw.skewed(5000)));
    let bytes = draw.chance(40).then(|| (1 + draw.skewed(9000)) as u64 * 1_000_000_000);
    let license = draw.chance(70).then(|| license_slug(draw.skewed(LICENSES.len())));
    let (_, place) = LINKS[0];
    let links = json!([{ "kind": "PAPER", "url": format!("{place}data-{number}") }]);
    json!({ "slug": dataset_slug(number), "name": name, "tokens": tokens, "bytes": bytes, "license": license, "links": links })
}
