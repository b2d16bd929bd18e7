//! The pages. The server draws every page that is read, so that it is readable without scripts; the scripts of `web/` add to it.
//! Pages that only scripts draw are sent as a frame.

mod layout;

mod api;
mod catalog;
mod catalog_filters;
mod changes;
mod compare;
mod model;
mod plots;
mod points;
mod search;
mod subject;

pub mod catalog_params;
mod checkpoints;
mod components;
mod evidence;
mod hardware;
mod i18n;
mod lineage;
mod sheet;
mod sizes;
mod terms;

use std::{sync::Arc, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, Accept, EntityTag, Header, HeaderValue},
    },
    rt, web,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::vocabulary::SubjectType;
use maud::{Markup, html};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use url::form_urlencoded;

use crate::domain::facts::Facts;
use crate::domain::slug::Slug;
use crate::domain::text::normalize;
use crate::http::cache::etag;
use crate::http::graphql::anonymous_query::{QueryError, run_query};
use crate::http::pages::api::Settings;
use crate::http::pages::catalog::Catalog;
use crate::http::pages::catalog_filters::Counts;
use crate::http::pages::catalog_params::CatalogParams;
use crate::http::pages::changes::Changes;
use crate::http::pages::compare::Comparison;
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::{Page, Preferences, not_found, problem};
use crate::http::pages::sizes::{hardware_of, with_hardware};
use crate::http::pages::subject::{ListParams, SubjectPage};
use crate::http::routes::get_or_head;
use crate::http::server::state::State;
use crate::query::as_of::ReadView;
use crate::query::search::nearest;

/// The Content-Security-Policy of pages: only resources of this server.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A query of the pages, as the script sends it too.
macro_rules! query {
    ($name:expr) => {
        include_str!(concat!("../../../web/dist/queries/", $name, ".graphql")).trim_ascii_end()
    };
}

/// The query of the list of a subject type.
macro_rules! list_query {
    (models) => {
        ROWS_QUERY
    };
    ($plural:ident) => {
        query!(stringify!($plural))
    };
}

/// The largest number of characters of a search.
const MAX_QUERY: usize = 200;
/// The cost that a suggestion has for the share of the connections.
const SUGGESTION_COST: u32 = 1000;

/// Pages that only scripts render: their address, their view, and the text with their title.
const FRAMES: [(&str, &str, &str); 5] = [
    ("/conflicts", "conflicts", "conflicts.title"),
    ("/proposals", "proposals", "proposals.title"),
    ("/import", "import", "import.title"),
    ("/tokens", "tokens", "tokens.title"),
    ("/new/{type}", "create", "edit.new"),
];

/// Declares the pages of every subject type.
macro_rules! subject_pages {
    ($($(#[$doc:meta])* $subject:ident = $word:literal, $table:ident, $plural:ident, $document:ident;)+) => {
        /// The pages of every subject type.
        const SUBJECT_PAGES: &[SubjectPage] = &[$(SubjectPage {
            subject: SubjectType::$subject,
            facts: <crate::domain::$table::$document as Facts>::FACTS,
            references: <crate::domain::$table::$document as Facts>::REFERENCES,
            title: concat!("nav.", stringify!($plural)),
            query: query!(stringify!($table)),
            list_query: list_query!($plural),
        }),+];
    };
}

entity::subjects!([subject_pages]);

/// Adds the routes.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/", get_or_head().to(catalog))
        .route("/catalog/filters", get_or_head().to(filters))
        .route("/models/{slug}", get_or_head().to(model))
        .route("/compare", get_or_head().to(compare))
        .route("/changes", get_or_head().to(changes))
        .route("/search", get_or_head().to(find))
        .route("/api", get_or_head().to(about_api))
        .route("/plots", get_or_head().to(charts))
        .route("/plots/embed", get_or_head().to(embedded_chart))
        .route("/plots/points.json", get_or_head().to(points::as_json))
        .route("/plots/points.csv", get_or_head().to(points::as_csv));
    for page in SUBJECT_PAGES {
        let edit = async move |request: HttpRequest, state: web::Data<State>, slug: web::Path<String>| {
            let texts = Preferences::of(&request, state.features).texts;
            let title = texts.with("edit.title", &[("name", &slug)]);
            frame(&request, &state, "edit", title, json!({ "type": page.subject.name(), "slug": *slug }))
        };
        config.route(&format!("/{}/{{slug}}/edit", page.subject.plural()), get_or_head().to(edit));
    }
    // The pages of models have their own templates.
    for page in SUBJECT_PAGES.iter().filter(|page| page.subject != SubjectType::Model) {
        let one = async move |request: HttpRequest, state: web::Data<State>, slug: web::Path<String>| {
            let result = subject(&request, &state, page, &slug).await;
            respond(&request, &state, result)
        };
        let all = async move |request: HttpRequest, state: web::Data<State>| {
            let result = subjects(&request, &state, page).await;
            respond(&request, &state, result)
        };
        config
            .route(&format!("/{}/{{slug}}", page.subject.plural()), get_or_head().to(one))
            .route(&format!("/{}", page.subject.plural()), get_or_head().to(all));
    }
    for (address, view, title) in FRAMES {
        let handler = async move |request: HttpRequest, state: web::Data<State>| {
            let title = Preferences::of(&request, state.features).texts.text(title).to_owned();
            let props = json!({ "slug": request.match_info().get("type") });
            frame(&request, &state, view, title, props)
        };
        config.route(address, get_or_head().to(handler));
    }
}

/// The queries of the catalog.
const ROWS_QUERY: &str = include_str!("queries/catalog.graphql").trim_ascii_end();
const STATE_QUERY: &str = include_str!("queries/catalog-state.graphql").trim_ascii_end();
const COUNTS_QUERY: &str = include_str!("queries/catalog-filters.graphql").trim_ascii_end();
const NAMES_QUERY: &str = include_str!("queries/catalog-names.graphql").trim_ascii_end();

/// How long the page waits for the counts of its filters, once it has its rows: when a browser loads it, and when a script does,
/// which asks for the counts afterwards.
const COUNTS_TIMEOUT: Duration = Duration::from_millis(400);
const SCRIPT_COUNTS_TIMEOUT: Duration = Duration::from_millis(80);

async fn catalog(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let texts = Preferences::of(&request, state.features).texts;
    let mut params = CatalogParams::read(request.query_string());
    // They go on if the page does not wait for them, so that the next request finds them in the cache.
    let counts = rt::spawn(counts(request.clone(), state.clone(), texts, params.clone()));
    let of_catalog = rt::spawn(state_of_catalog(request.clone(), state.clone()));
    let mut variables = params.variables(texts.api);
    let mut found = fetch(&request, &state, ROWS_QUERY, variables.clone()).await;
    let rejected =
        |error: &QueryError| matches!(error, QueryError::Rejected(error) if error.status == StatusCode::BAD_REQUEST);
    if found.as_ref().is_err_and(rejected) && params.after().is_some() {
        // The cursor may belong to another order: the list starts at its beginning.
        params = params.at_the_start();
        variables = params.variables(texts.api);
        found = fetch(&request, &state, ROWS_QUERY, variables.clone()).await;
    }
    let by_script = request.headers().get("sec-fetch-dest").is_some_and(|dest| dest == "empty");
    let wait = if by_script { SCRIPT_COUNTS_TIMEOUT } else { COUNTS_TIMEOUT };
    let (counts, of_catalog) = tokio::join!(tokio::time::timeout(wait, counts), tokio::time::timeout(wait, of_catalog));
    let of_catalog = of_catalog.ok().and_then(Result::ok).unwrap_or_default();
    let (facets, names) = counts.ok().and_then(Result::ok).flatten().unzip();
    let names = names.unwrap_or_default();
    let result = found.map(|data| {
        let counts = Counts { facets: facets.as_ref(), names: &names };
        let view = Catalog { texts, params: &params, rows: &data.data["models"], state: &of_catalog, counts };
        let sent = Some(json!({ "query": ROWS_QUERY, "variables": variables }));
        Page { canonical: canonical(&request), content: view.page(), sent, ..Page::default() }
    });
    respond(&request, &state, result)
}

/// The parts of the page that have counts, for scripts.
async fn filters(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let texts = Preferences::of(&request, state.features).texts;
    let params = CatalogParams::read(request.query_string());
    let counts = counts(request.clone(), state.clone(), texts, params.clone()).await;
    let (facets, names) = counts.unzip();
    let names = names.unwrap_or_default();
    let counts = Counts { facets: facets.as_ref(), names: &names };
    let view = Catalog { texts, params: &params, rows: &Json::Null, state: &Json::Null, counts };
    html_response(&request, StatusCode::OK, &view.with_counts())
}

/// Reads the number of models of each value of the filters, and the names of makers in the language of the page. `None` if that
/// fails: the form works without them.
async fn counts(
    request: HttpRequest,
    state: web::Data<State>,
    texts: &'static Translations,
    params: CatalogParams,
) -> Option<(Json, Map<String, Json>)> {
    let facets = fetch(&request, &state, COUNTS_QUERY, catalog_filters::variables(&params)).await.ok()?.data;
    let values = components::list(&facets["maker"]["facets"]["values"]).iter().map(|facet| facet["value"].clone());
    let chosen = params.all("maker").into_iter().map(Json::from);
    let slugs = chosen.chain(values).take(100).collect::<Vec<_>>();
    let names = fetch(&request, &state, NAMES_QUERY, json!({ "slugs": slugs, "language": texts.api })).await;
    let names = names.map(|mut names| names.data["organizations"]["nodes"].take()).unwrap_or_default();
    let names = components::list(&names).iter();
    let names = names.map(|maker| (components::text(&maker["slug"]).to_owned(), maker["name"].clone())).collect();
    Some((facets, names))
}

/// Reads how many models there are and when the catalog changed; null if that fails.
async fn state_of_catalog(request: HttpRequest, state: web::Data<State>) -> Json {
    fetch(&request, &state, STATE_QUERY, json!({})).await.map(|data| data.data).unwrap_or_default()
}

async fn model(request: HttpRequest, state: web::Data<State>, slug: web::Path<String>) -> HttpResponse {
    let texts = Preferences::of(&request, state.features).texts;
    let hardware = hardware_of(&request);
    let variables = with_hardware(json!({ "slug": *slug }), &hardware);
    let result = fetch_subject(&request, &state, query!("model"), texts, SubjectType::Model, &slug, variables).await;
    let mut address = state.public_url.of(&request);
    address.set_path(request.path());
    let result = result.map(|data| Page {
        canonical: Some(request.path().to_owned()),
        ..data.page(|data| model::page(texts, &data["model"], &hardware, &address))
    });
    respond(&request, &state, result)
}

async fn subject(request: &HttpRequest, state: &State, page: &SubjectPage, slug: &str) -> Result<Page, QueryError> {
    let texts = Preferences::of(request, state.features).texts;
    let variables = json!({ "slug": slug });
    let data = fetch_subject(request, state, page.query, texts, page.subject, slug, variables).await?;
    Ok(Page {
        canonical: Some(request.path().to_owned()),
        ..data.page(|data| subject::page(texts, page, &data[page.subject.table()]))
    })
}

async fn subjects(request: &HttpRequest, state: &State, page: &SubjectPage) -> Result<Page, QueryError> {
    let texts = Preferences::of(request, state.features).texts;
    let params = ListParams::read(request.query_string());
    let variables = with_language(page.list_query, texts, params.variables());
    let data = fetch(request, state, page.list_query, variables).await?;
    Ok(Page { canonical: canonical(request), ..data.page(|data| params.page(texts, page, &data["list"])) })
}

/// The query that finds models to compare.
const FIND_QUERY: &str = "query FindModels($search: String!) { models(first: 8, search: $search) { nodes { slug name organizations { name } } } }";

async fn compare(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let texts = Preferences::of(&request, state.features).texts;
    let comparison = Comparison::read(request.query_string());
    let variables = with_hardware(comparison.variables(), &hardware_of(&request));
    let query = query!("compare");
    let result = async {
        let data = fetch(&request, &state, query, with_language(query, texts, variables)).await?;
        let found = match comparison.find() {
            Some(variables) => fetch(&request, &state, FIND_QUERY, variables).await?.data,
            None => Json::Null,
        };
        Ok(data.page(|data| comparison.page(texts, data, &found)))
    };
    respond(&request, &state, result.await)
}

/// Adds the language of the page to the variables of a query that has it.
fn with_language(query: &str, texts: &Translations, mut variables: Json) -> Json {
    if query.contains("$language") {
        variables["language"] = texts.api.into();
    }
    variables
}

async fn changes(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let texts = Preferences::of(&request, state.features).texts;
    let changes = Changes::read(request.query_string());
    let query = query!("revisions");
    let result = fetch(&request, &state, query, with_language(query, texts, changes.variables())).await;
    let result =
        result.map(|data| Page { canonical: canonical(&request), ..data.page(|data| changes.page(texts, data)) });
    respond(&request, &state, result)
}

/// Responds with a page that scripts draw.
fn frame(request: &HttpRequest, state: &State, view: &'static str, title: String, props: Json) -> HttpResponse {
    let preferences = Preferences::of(request, state.features);
    let content = html! { noscript { p.page { (preferences.texts.text("catalog.script")) } } };
    let page = Page { title, content, view: Some((view, props)), ..Page::default() };
    html_response(request, StatusCode::OK, &page.write(&preferences))
}

async fn find(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let texts = Preferences::of(&request, state.features).texts;
    let params = form_urlencoded::parse(request.query_string().as_bytes());
    let query =
        params.into_iter().find(|(name, _)| name == "q").map_or_else(String::new, |(_, value)| value.into_owned());
    let query = query.trim().chars().filter(|c| *c != '\0').take(MAX_QUERY).collect::<String>();
    let result = async {
        if normalize(&query).is_empty() {
            return Ok(search::page(texts, "", None, None));
        }
        let data = fetch(&request, &state, query!("search"), json!({ "query": query })).await?;
        let suggestion = if data.data["search"]["totalCount"] == 0 && data.data["models"]["totalCount"] == 0 {
            suggestion(&state, &query).await
        } else {
            None
        };
        let PageData { query: document, variables, data } = data;
        let page = search::page(texts, &query, Some(&data), suggestion.as_deref());
        Ok(Page { sent: Some(json!({ "query": document, "variables": variables })), ..page })
    };
    respond(&request, &state, result.await)
}

/// Returns a query with results that is spelled like one without; none also if the database fails, because the page is complete
/// without it.
async fn suggestion(state: &State, query: &str) -> Option<String> {
    let view = ReadView::now(state.database.clone(), Arc::new(state.database.connection_share(SUGGESTION_COST)));
    let nearest = state.with_deadline(nearest(&view, query)).await.flatten();
    nearest.inspect_err(|error| tracing::debug!(code = error.code(), "no suggestion")).ok().flatten()
}

async fn about_api(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let preferences = Preferences::of(&request, state.features);
    let settings = Settings {
        limits: state.limits,
        rate_limits: state.rate_limiter.limits(),
        timeouts: state.timeouts,
        features: state.features,
    };
    let page = api::page(preferences.texts, &state.public_url.of(&request), &settings);
    html_response(&request, StatusCode::OK, &page.write(&preferences))
}

async fn charts(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let preferences = Preferences::of(&request, state.features);
    html_response(&request, StatusCode::OK, &plots::page(preferences.texts, &request).write(&preferences))
}

async fn embedded_chart(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let preferences = Preferences::of(&request, state.features).for_frame(&request);
    let page = plots::embedded(preferences.texts, &request).write_embedded(&preferences);
    let mut response = html_response(&request, StatusCode::OK, &page);
    if let Ok(policy) = HeaderValue::try_from(POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// The canonical address of a page: the one without filters, of which there are too many for search engines.
fn canonical(request: &HttpRequest) -> Option<String> {
    Some(request.path().to_owned())
}

/// The data of a page, with its query.
struct PageData {
    query: &'static str,
    variables: Json,
    data: Json,
}

impl PageData {
    /// Renders the page and adds its query.
    fn page(self, page: impl FnOnce(&Json) -> Page) -> Page {
        let page = page(&self.data);
        Page { sent: Some(json!({ "query": self.query, "variables": self.variables })), ..page }
    }

    /// Returns the data of a subject if the request has its current slug.
    fn at_current_slug(self, request: &HttpRequest, subject: SubjectType, slug: &str) -> Result<Self, QueryError> {
        match self.data[subject.table()]["slug"].as_str() {
            Some(current) if current != slug => {
                let query = Some(request.query_string()).filter(|query| !query.is_empty());
                let query = query.map_or_else(String::new, |query| format!("?{query}"));
                Err(QueryError::Moved(format!("/{}/{current}{query}", subject.plural())))
            }
            _ => Ok(self),
        }
    }
}

/// Runs the query of the page of a subject. No subject has a text as its slug that is not a slug.
async fn fetch_subject(
    request: &HttpRequest,
    state: &State,
    query: &'static str,
    texts: &Translations,
    subject: SubjectType,
    slug: &str,
    variables: Json,
) -> Result<PageData, QueryError> {
    slug.parse::<Slug>().map_err(|_| QueryError::NotFound)?;
    let data = fetch(request, state, query, with_language(query, texts, variables)).await?;
    data.at_current_slug(request, subject, slug)
}

/// Runs the query of a page.
async fn fetch(
    request: &HttpRequest,
    state: &State,
    query: &'static str,
    variables: Json,
) -> Result<PageData, QueryError> {
    let answer = run_query(request, state, query, &variables).await?;
    let mut answer = serde_json::from_slice::<Json>(&answer).map_err(|_| QueryError::Failed)?;
    Ok(PageData { query, variables, data: answer["data"].take() })
}

/// Responds with a page, or with an error page.
fn respond(request: &HttpRequest, state: &State, result: Result<Page, QueryError>) -> HttpResponse {
    let preferences = Preferences::of(request, state.features);
    match result {
        Ok(page) => html_response(request, StatusCode::OK, &page.write(&preferences)),
        Err(QueryError::NotFound) => {
            html_response(request, StatusCode::NOT_FOUND, &not_found(preferences.texts).write(&preferences))
        }
        Err(QueryError::Moved(address)) => HttpResponse::MovedPermanently()
            .insert_header((header::LOCATION, address))
            // Another subject may take the slug.
            .insert_header((header::CACHE_CONTROL, "private, no-cache"))
            .finish(),
        Err(QueryError::Failed) => {
            let page = problem(preferences.texts.text("problem.failed"));
            html_response(request, StatusCode::SERVICE_UNAVAILABLE, &page.write(&preferences))
        }
        Err(QueryError::Rejected(error)) => {
            let mut response = html_response(request, error.status, &problem(&error.message).write(&preferences));
            if let Some(seconds) = error.retry_after {
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            response
        }
    }
}

/// Responds with a page, or with 304 if the client has it.
fn html_response(request: &HttpRequest, status: StatusCode, page: &Markup) -> HttpResponse {
    let hash = BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(&page.0)[..16]);
    let tag = EntityTag::new_strong(hash);
    let known = status == StatusCode::OK && etag::matches(request, &tag);
    let mut response = HttpResponse::build(if known { StatusCode::NOT_MODIFIED } else { status });
    response
        .insert_header(header::ETag(tag))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::VARY, "accept-encoding, accept-language, cookie"))
        // On 304 too: browsers apply its headers to the page in their cache.
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY));
    if known {
        return response.finish();
    }
    response.content_type("text/html; charset=utf-8").body(page.0.clone())
}

/// Returns whether a client prefers HTML to every other media type, as browsers do when a person opens an address.
pub fn prefers_html(request: &HttpRequest) -> bool {
    let accepted = Accept::parse(request).map(|accepted| accepted.ranked()).unwrap_or_default();
    accepted.first().is_some_and(|first| *first == mime::TEXT_HTML)
}

/// The page for an unknown address.
pub fn not_found_page(request: &HttpRequest, state: &State) -> HttpResponse {
    respond(request, state, Err(QueryError::NotFound))
}
