//! The pages for people. Each comes with its facts in it, so that it is there at once and can be read without scripts; the
//! scripts of `web/` take over with the answer that it was made of. Pages that are nothing without scripts are a frame.

mod layout;

mod catalog;
mod changes;
mod model;
mod subject;

mod catalog_params;
mod components;
mod i18n;
mod query;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, EntityTag},
    },
    web,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use maud::{Markup, html};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::http::cache::etag;
use crate::http::pages::catalog_params::CatalogParams;
use crate::http::pages::changes::Changes;
use crate::http::pages::layout::{Page, Preferences, not_found, problem};
use crate::http::pages::query::{QueryError, run_query};
use crate::http::pages::subject::{ListParams, SubjectPage};
use crate::http::routes::assets::{CHANGES_CHUNKS, LIST_CHUNKS, MODEL_CHUNKS, NOUNS_CHUNKS};
use crate::http::routes::get_or_head;
use crate::http::server::state::State;

/// What a page may load: its own files, and nothing from anywhere else.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A query as the script of a page asks it.
macro_rules! query {
    ($name:literal) => {
        include_str!(concat!("../../../web/dist/queries/", $name, ".graphql")).trim_ascii_end()
    };
}

/// Pages that are made by scripts alone.
const FRAMES: [&str; 5] = ["/compare", "/plots", "/import", "/tokens", "/new/{noun}"];

const NOUNS: [SubjectPage; 4] = [
    SubjectPage {
        one: "dataset",
        many: "datasets",
        title: "nav.datasets",
        query: (query!("dataset"), false),
        list: (query!("datasets"), false),
    },
    SubjectPage {
        one: "license",
        many: "licenses",
        title: "nav.licenses",
        query: (query!("license"), true),
        list: (query!("licenses"), false),
    },
    SubjectPage {
        one: "organization",
        many: "organizations",
        title: "nav.organizations",
        query: (query!("organization"), true),
        list: (query!("organizations"), true),
    },
    SubjectPage {
        one: "architecture",
        many: "architectures",
        title: "nav.architectures",
        query: (query!("architecture"), false),
        list: (query!("architectures"), false),
    },
];

/// Adds the addresses.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/", get_or_head().to(catalog))
        .route("/models/{slug}", get_or_head().to(model))
        .route("/changes", get_or_head().to(changes));
    for noun in &NOUNS {
        let one = async move |request: HttpRequest, state: web::Data<State>, slug: web::Path<String>| {
            let made = subject(&request, &state, noun, &slug).await;
            answer(&request, &state, made)
        };
        let all = async move |request: HttpRequest, state: web::Data<State>| {
            let made = subjects(&request, &state, noun).await;
            answer(&request, &state, made)
        };
        config
            .route(&format!("/{}/{{slug}}", noun.many), get_or_head().to(one))
            .route(&format!("/{}", noun.many), get_or_head().to(all));
    }
    for address in FRAMES {
        config.route(address, get_or_head().to(frame));
    }
}

async fn catalog(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let words = Preferences::of(&request, state.features).words;
    let mut view = CatalogParams::read(request.query_string());
    let query = query!("models");
    let mut found = fill(&request, &state, query, view.variables(words.api)).await;
    if matches!(found, Err(QueryError::Failed)) && view.after.take().is_some() {
        // The place may be one of another order: the list begins again.
        found = fill(&request, &state, query, view.variables(words.api)).await;
    }
    let made = found.map(|mut filled| {
        let content = catalog::page(words, &view, &filled.data["models"]);
        // A page further on is for who has no scripts: those begin with the first one.
        let sent = view.after.is_none().then(|| filled.send());
        Page { canonical: canonical(&request), content, sent, ..Page::default() }
    });
    answer(&request, &state, made)
}

async fn model(request: HttpRequest, state: web::Data<State>, slug: web::Path<String>) -> HttpResponse {
    let words = Preferences::of(&request, state.features).words;
    let variables = json!({ "slug": *slug, "language": words.api });
    let made = fill(&request, &state, query!("model"), variables).await;
    let made = made.map(|mut filled| Page {
        canonical: Some(request.path().to_owned()),
        chunks: MODEL_CHUNKS,
        ..filled.sent_with(|data| model::page(words, &data["model"]))
    });
    answer(&request, &state, made)
}

async fn subject(request: &HttpRequest, state: &State, noun: &SubjectPage, slug: &str) -> Result<Page, QueryError> {
    let words = Preferences::of(request, state.features).words;
    let (query, in_language) = noun.query;
    let variables = if in_language { json!({ "slug": slug, "language": words.api }) } else { json!({ "slug": slug }) };
    let mut filled = fill(request, state, query, variables).await?;
    Ok(Page {
        canonical: Some(request.path().to_owned()),
        chunks: NOUNS_CHUNKS,
        ..filled.sent_with(|data| subject::page(words, noun, &data[noun.one]))
    })
}

async fn subjects(request: &HttpRequest, state: &State, noun: &SubjectPage) -> Result<Page, QueryError> {
    let words = Preferences::of(request, state.features).words;
    let place = ListParams::read(request.query_string());
    let mut filled = fill(request, state, noun.list.0, place.variables(words, noun)).await?;
    Ok(Page {
        canonical: canonical(request),
        chunks: LIST_CHUNKS,
        ..filled.sent_with(|data| place.page(words, noun, &data["list"]))
    })
}

async fn changes(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let words = Preferences::of(&request, state.features).words;
    let changes = Changes::read(request.query_string());
    let made = fill(&request, &state, query!("revisions"), changes.variables()).await;
    let made = made.map(|mut filled| Page {
        canonical: canonical(&request),
        chunks: CHANGES_CHUNKS,
        ..filled.sent_with(|data| changes.page(words, &data["revisions"]))
    });
    answer(&request, &state, made)
}

async fn frame(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let choices = Preferences::of(&request, state.features);
    let content = html! { noscript { p.page { (choices.words.text("catalog.script")) } } };
    html_response(&request, StatusCode::OK, &Page { content, ..Page::default() }.write(&choices))
}

/// The address of a page that shows all there is; where it is narrowed down, no other page is the same.
fn canonical(request: &HttpRequest) -> Option<String> {
    request.query_string().is_empty().then(|| request.path().to_owned())
}

/// What a page is made of.
struct PageData {
    query: &'static str,
    variables: Json,
    data: Json,
}

impl PageData {
    /// The page that is made of it, with what the script needs to go on.
    fn sent_with(&mut self, page: impl FnOnce(&Json) -> Page) -> Page {
        let page = page(&self.data);
        Page { sent: Some(self.send()), ..page }
    }

    fn send(&mut self) -> Json {
        json!({ "query": self.query, "variables": self.variables.take(), "data": self.data.take() })
    }
}

async fn fill(
    request: &HttpRequest,
    state: &State,
    query: &'static str,
    variables: Json,
) -> Result<PageData, QueryError> {
    let answer = run_query(request, state, query, &variables).await?;
    let mut answer = serde_json::from_slice::<Json>(&answer).map_err(|_| QueryError::Failed)?;
    Ok(PageData { query, variables, data: answer["data"].take() })
}

/// Answers with a page, or with one that says why there is none.
fn answer(request: &HttpRequest, state: &State, made: Result<Page, QueryError>) -> HttpResponse {
    let choices = Preferences::of(request, state.features);
    match made {
        Ok(page) => html_response(request, StatusCode::OK, &page.write(&choices)),
        Err(QueryError::NotFound) => {
            html_response(request, StatusCode::NOT_FOUND, &not_found(choices.words).write(&choices))
        }
        Err(QueryError::Failed) => {
            let page = problem(choices.words.text("problem.failed"));
            html_response(request, StatusCode::SERVICE_UNAVAILABLE, &page.write(&choices))
        }
        Err(QueryError::Refused(refusal)) => {
            let mut response = html_response(request, refusal.status, &problem(&refusal.message).write(&choices));
            if let Some(seconds) = refusal.retry_after {
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            response
        }
    }
}

/// Gives a page; to who has it already, the word that it is still right.
fn html_response(request: &HttpRequest, status: StatusCode, page: &Markup) -> HttpResponse {
    let hash = BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(&page.0)[..16]);
    let tag = EntityTag::new_strong(hash);
    let known = status == StatusCode::OK && etag::matches(request, &tag);
    let mut response = HttpResponse::build(if known { StatusCode::NOT_MODIFIED } else { status });
    response
        .insert_header(header::ETag(tag))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::VARY, "accept-language, cookie"))
        // With 304 too: browsers take the headers of that for those of the page that they have.
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY));
    if known {
        return response.finish();
    }
    response.content_type("text/html; charset=utf-8").body(page.0.clone())
}

/// The page at an address that has none.
pub fn not_found_page(request: &HttpRequest, state: &State) -> HttpResponse {
    answer(request, state, Err(QueryError::NotFound))
}
