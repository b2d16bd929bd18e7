//! The scenarios.

use std::ops::RangeInclusive;

use serde_json::{Value as Json, json};

use crate::{
    generate::middle_slug,
    load::{Request, UNIQUE},
    queries,
    server::Caches,
};

/// Number of models from which a catalog counts as large.
const LARGE_CATALOG: usize = 1000;

/// One request, sent repeatedly.
pub struct Scenario {
    pub name: &'static str,
    pub caches: Caches,
    /// Number of connections; none takes it from the command line.
    pub connections: Option<usize>,
    /// Whether responses are compressed.
    pub compressed: bool,
    /// The catalog sizes it applies to, in models.
    models: RangeInclusive<usize>,
    query: fn(usize) -> String,
}

impl Scenario {
    /// Whether it applies to a catalog with this number of models.
    pub fn applies_to(&self, models: usize) -> bool {
        self.models.contains(&models)
    }

    /// The request for a catalog with this number of models.
    pub fn request(&self, models: usize, secret: &str) -> Request {
        let query = (self.query)(models);
        if query == queries::CREATE {
            return Request::new(&query, &json!({ "input": create_input() }), Some(secret));
        }
        Request::new(&query, &Json::Null, None)
    }
}

/// The input of a model with a unique name.
fn create_input() -> Json {
    json!({
        "name": format!("Measured {UNIQUE}"), "slug": format!("measured-{UNIQUE}"), "kind": "FOUNDATION",
        "releaseDate": "2026-01-01", "license": { "slug": "llama-license" }, "organizations": [{ "slug": "meta" }],
        "summary": { "en": "Made to be measured.", "zh": "用于测量。" },
        "sizes": [
            { "label": "7B", "parameters": "7B", "trainingTokens": "2T" },
            { "label": "70B", "parameters": "70B", "trainingTokens": "2T" },
        ],
        "links": [
            { "kind": "PAPER", "url": "https://papers.example.org/abs/measured" },
            { "kind": "WEIGHTS", "url": "https://weights.example.org/measured" },
        ],
    })
}

/// All scenarios in the order of measurement: those that write come last.
pub fn scenarios() -> Vec<Scenario> {
    let small = 0..=LARGE_CATALOG - 1;
    let large = LARGE_CATALOG..=usize::MAX;
    let any = 0..=usize::MAX;
    let read = |name, caches, models: &RangeInclusive<usize>, query| Scenario {
        name,
        caches,
        connections: None,
        compressed: false,
        models: models.clone(),
        query,
    };
    let with = |connections, scenario| Scenario { connections: Some(connections), ..scenario };
    vec![
        read("page-hot", Caches::All, &any, |_| queries::page(24)),
        Scenario { compressed: true, ..read("page-compressed", Caches::All, &any, |_| queries::page(24)) },
        read("page-warm", Caches::Entities, &small, |_| queries::page(24)),
        read("model", Caches::Entities, &any, |models| queries::model(&middle_slug(models))),
        read("filter", Caches::Entities, &large, |_| queries::filter()),
        read("filter-narrow", Caches::Entities, &large, |_| queries::narrow_filter()),
        read("facets", Caches::Entities, &large, |_| queries::FACETS.to_owned()),
        read("search-chinese", Caches::Entities, &large, |_| queries::search("星火源 医疗")),
        read("search-english", Caches::Entities, &large, |_| queries::search("quartz owl")),
        read("page-cold", Caches::None, &any, |_| queries::page(24)),
        read("model-cold", Caches::None, &any, |models| queries::model(&middle_slug(models))),
        read("filter-cold", Caches::None, &large, |_| queries::filter()),
        with(1, read("page-serial", Caches::None, &any, |_| queries::page(24))),
        with(1, read("create-serial", Caches::All, &any, |_| queries::CREATE.to_owned())),
        read("create", Caches::All, &any, |_| queries::CREATE.to_owned()),
    ]
}
