//! The page about the API: its address, tokens, limits as they are configured, and examples for clients.

use maud::{Markup, html};
use url::Url;
use url::form_urlencoded;

use crate::graphql::limits::settings::Limits;
use crate::http::limits::body::MAX_BODY_BYTES;
use crate::http::limits::rate_limit::RateLimits;
use crate::http::limits::timeouts::Timeouts;
use crate::http::pages::components::{bytes, group_digits};
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::Page;
use crate::http::server::options::Features;

/// Questions that people have, each with its text and its query.
const EXAMPLES: [(&str, &str); 6] = [
    ("api.newest", include_str!("../../../web/src/playground/examples/newest.graphql")),
    ("api.fits", include_str!("../../../web/src/playground/examples/fits.graphql")),
    ("api.checkpoint", include_str!("../../../web/src/playground/examples/checkpoint.graphql")),
    ("api.licenses", include_str!("../../../web/src/playground/examples/licenses.graphql")),
    ("api.conflicts", include_str!("../../../web/src/playground/examples/conflicts.graphql")),
    ("api.groups", include_str!("../../../web/src/playground/examples/groups.graphql")),
];

/// The settings of the running server that clients need to know.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The limits of a document.
    pub limits: Limits,
    /// The limits of a client.
    pub rate_limits: RateLimits,
    /// The timeouts.
    pub timeouts: Timeouts,
    /// The optional routes.
    pub features: Features,
}

/// The page `/api`.
pub fn page(texts: &Translations, base: &Url, settings: &Settings) -> Page {
    let endpoint = at(base, "/graphql");
    let content = html! {
        article.page.api {
            header.subject {
                h1 { (texts.text("api.title")) }
                p.lead { (texts.text("api.lead")) }
            }
            section {
                h2 { (texts.text("api.endpoint")) }
                pre tabindex="0" { code { (endpoint) } }
                p { (texts.text("api.endpointText")) }
                ul.plain {
                    @if settings.features.playground { li { a href="/playground" { (texts.text("api.playground")) } } }
                    @if settings.features.schema { li { a href="/schema.graphql" { "schema.graphql" } } }
                    li { a href="/export/catalog.json" download { (texts.text("footer.export")) } }
                    li { a href="/datapackage.json" { "datapackage.json" } }
                    li { a href="/feed.atom" { "Atom" } " · " a href="/feed.json" { "JSON Feed" } }
                }
            }
            section {
                h2 { (texts.text("api.examples")) }
                ul.plain.examples {
                    @for (question, query) in EXAMPLES { li { (example(texts, question, query, settings)) } }
                }
            }
            section {
                h2 { (texts.text("api.clients")) }
                @for (name, code) in clients(&endpoint) {
                    h3 { (name) }
                    pre tabindex="0" { code { (code) } }
                }
            }
            section {
                h2 { (texts.text("api.tokens")) }
                p { (texts.text("api.tokensText")) }
                pre tabindex="0" { code { "Authorization: Bearer SECRET" } }
            }
            section {
                h2 { (texts.text("api.limits")) }
                p { (texts.text("api.limitsText")) }
                (limits(texts, settings))
            }
            section {
                h2 { (texts.text("api.stable")) }
                p { (texts.text("api.stableText")) }
            }
        }
    };
    Page {
        title: texts.text("api.title").to_owned(),
        description: texts.text("api.lead").to_owned(),
        canonical: Some("/api".to_owned()),
        content,
        ..Page::default()
    }
}

fn at(base: &Url, path: &str) -> String {
    format!("{}{path}", base.as_str().trim_end_matches('/'))
}

fn example(texts: &Translations, question: &str, query: &str, settings: &Settings) -> Markup {
    let query = query.trim_end();
    let address = form_urlencoded::Serializer::new(String::new()).append_pair("query", query).finish();
    html! {
        details {
            summary { (texts.text(question)) }
            pre tabindex="0" { code { (query) } }
            @if settings.features.playground {
                p { a href={ "/playground?" (address) } { (texts.text("api.try")) } }
            }
        }
    }
}

/// Returns a first request in each of three languages.
fn clients(endpoint: &str) -> [(&'static str, String); 3] {
    let query =
        "{ models(first: 3, orderBy: { field: RELEASE_DATE, direction: DESC }) { nodes { name releaseDate } } }";
    [
        (
            "curl",
            format!("curl {endpoint} \\\n  -H 'content-type: application/json' \\\n  -d '{{\"query\": \"{query}\"}}'"),
        ),
        (
            "JavaScript",
            format!(
                "const response = await fetch(\"{endpoint}\", {{\n  method: \"POST\",\n  headers: {{ \"content-type\": \
                 \"application/json\" }},\n  body: JSON.stringify({{ query: \"{query}\" }}),\n}});\nconst {{ data, errors }} = \
                 await response.json();"
            ),
        ),
        (
            "Python",
            format!(
                "import json, urllib.request\n\nrequest = urllib.request.Request(\n    \"{endpoint}\",\n    \
                 json.dumps({{\"query\": \"{query}\"}}).encode(),\n    {{\"content-type\": \"application/json\"}},\n)\nprint(\
                 json.load(urllib.request.urlopen(request))[\"data\"])"
            ),
        ),
    ]
}

fn limits(texts: &Translations, settings: &Settings) -> Markup {
    let Settings { limits, rate_limits, timeouts, .. } = settings;
    let number = |number: u32| group_digits(u64::from(number));
    let unlimited = || texts.text("api.unlimited").to_owned();
    let per_minute = |limit: Option<std::num::NonZeroU32>| limit.map_or_else(unlimited, |limit| number(limit.get()));
    let rows = [
        ("api.limit.requests", per_minute(rate_limits.requests)),
        ("api.limit.costPerMinute", per_minute(rate_limits.cost)),
        ("api.limit.cost", number(limits.cost)),
        ("api.limit.depth", number(limits.depth)),
        ("api.limit.rootFields", number(limits.root_fields)),
        ("api.limit.tokens", number(limits.tokens)),
        ("api.limit.document", bytes(u64::from(limits.bytes))),
        ("api.limit.body", bytes(MAX_BODY_BYTES as u64)),
        ("api.limit.response", bytes(u64::from(limits.response_bytes))),
        ("api.limit.time", format!("{} s", timeouts.request.as_secs())),
    ];
    html! {
        table.limits {
            tbody { @for (name, value) in rows { tr { th scope="row" { (texts.text(name)) } td { (value) } } } }
        }
    }
}
