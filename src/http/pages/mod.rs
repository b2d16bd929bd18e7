//! The pages. The server draws every page that is read, so that it is readable without scripts; the scripts of `web/` add to it.
//! Pages that only scripts draw are sent as a frame.

mod layout;

mod api;
mod catalog;
mod catalog_filters;
mod catalog_route;
mod catalog_table;
mod changes;
mod changes_between;
mod chart_tables;
mod compare;
mod model;
mod plots;
mod points;
mod search;
mod subject;

pub mod catalog_params;
mod checkpoints;
mod code_names;
mod components;
mod evidence;
mod hardware;
mod i18n;
mod lineage;
pub mod response;
mod revision;
pub mod revision_params;
mod sheet;
pub mod shipped;
mod sizes;
mod suggestion;
mod terms;

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
    rt, web,
};
use entity::vocabulary::SubjectType;
use maud::html;
use serde_json::{Value as Json, json};
use url::form_urlencoded;

use crate::domain::facts::Facts;
use crate::domain::text::normalize;
use crate::http::graphql::anonymous_query::QueryError;
use crate::http::graphql::persisted_documents::RegisteredDocuments;
use crate::http::pages::api::Settings;
use crate::http::pages::catalog_route::{COUNTS_QUERY, NAMES_QUERY, ROWS_QUERY, STATE_QUERY, catalog, filters};
use crate::http::pages::changes::Changes;
use crate::http::pages::code_names::{COUNTRIES, LANGUAGES};
use crate::http::pages::compare::Comparison;
use crate::http::pages::hardware::DEVICES;
use crate::http::pages::i18n::{CHINESE, ENGLISH};
use crate::http::pages::layout::{Page, Preferences};
use crate::http::pages::response::{
    POLICY, PageData, fetch, fetch_list, fetch_subject, html_response, is_by_script, respond, with_language,
};
use crate::http::pages::sizes::{hardware_of, with_hardware};
use crate::http::pages::subject::{ListParams, SubjectPage};
use crate::http::pages::suggestion::suggestion;
use crate::http::routes::get_or_head;
use crate::http::server::state::State;
use crate::query::points::Point;

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

/// Reads the JSON files that the program contains, so that the server does not start with a malformed one.
///
/// # Panics
/// A file is malformed.
pub fn check_files() {
    LazyLock::force(&COUNTRIES);
    LazyLock::force(&LANGUAGES);
    LazyLock::force(&DEVICES);
    LazyLock::force(&ENGLISH);
    LazyLock::force(&CHINESE);
}

/// Adds the routes.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/", get_or_head().to(catalog))
        .route("/catalog/filters", get_or_head().to(filters))
        .route("/models", get_or_head().to(models))
        .route("/models/{slug}", get_or_head().to(model))
        .route("/compare", get_or_head().to(compare))
        .route("/changes", get_or_head().to(changes))
        .route("/changes/{number}", get_or_head().to(change))
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

/// The query of the changes between two states.
const CHANGES_QUERY: &str = include_str!("queries/changes-between.graphql").trim_ascii_end();

/// The documents that the forms of the pages send without a token, as a JSON array.
const FORM_DOCUMENTS: &str = include_str!("../../../web/dist/form-documents.json");

/// Adds the documents that scripts of the pages send without a token.
pub fn register_documents(mut documents: RegisteredDocuments) -> RegisteredDocuments {
    let of_subjects = SUBJECT_PAGES.iter().flat_map(|page| [page.query, page.list_query]);
    let others = [ROWS_QUERY, STATE_QUERY, COUNTS_QUERY, NAMES_QUERY, CHANGES_QUERY, FIND_QUERY];
    let others = others.into_iter().chain([query!("compare"), query!("revisions"), query!("search"), query!("live")]);
    let of_forms = serde_json::from_str::<Vec<String>>(FORM_DOCUMENTS).unwrap_or_default();
    for document in of_subjects.chain(others).chain(of_forms.iter().map(String::as_str)) {
        if let Err(error) = documents.register(None, document) {
            tracing::error!(error, "a document of the pages is not valid");
        }
    }
    documents
}

/// The list of models is the page of the catalog.
async fn models(request: HttpRequest) -> HttpResponse {
    let query = Some(request.query_string()).filter(|query| !query.is_empty());
    let address = query.map_or_else(|| "/".to_owned(), |query| format!("/?{query}"));
    HttpResponse::MovedPermanently().insert_header((header::LOCATION, address)).finish()
}

async fn model(request: HttpRequest, state: web::Data<State>, slug: web::Path<String>) -> HttpResponse {
    let texts = Preferences::of(&request, state.features).texts;
    let hardware = hardware_of(&request);
    let variables = with_hardware(json!({}), &hardware);
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
    let data = fetch_subject(request, state, page.query, texts, page.subject, slug, json!({})).await?;
    Ok(Page {
        canonical: Some(request.path().to_owned()),
        ..data.page(|data| subject::page(texts, page, &data[page.subject.table()]))
    })
}

async fn subjects(request: &HttpRequest, state: &State, page: &SubjectPage) -> Result<Page, QueryError> {
    let texts = Preferences::of(request, state.features).texts;
    let mut params = ListParams::read(request.query_string());
    let variables = with_language(page.list_query, texts, params.variables());
    let data = fetch_list(request, state, page.list_query, variables, "after").await?;
    params.after = params.after.filter(|_| !data.variables["after"].is_null());
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

async fn changes(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let texts = Preferences::of(&request, state.features).texts;
    let changes = Changes::read(request.query_string());
    let (query, variables) = match changes.between() {
        Some(variables) => (CHANGES_QUERY, variables),
        None => (query!("revisions"), changes.variables()),
    };
    let result = fetch_list(&request, &state, query, with_language(query, texts, variables), "before").await;
    let result =
        result.map(|data| Page { canonical: canonical(&request), ..data.page(|data| changes.page(texts, data)) });
    respond(&request, &state, result)
}

async fn change(request: HttpRequest, state: web::Data<State>, number: web::Path<String>) -> HttpResponse {
    let texts = Preferences::of(&request, state.features).texts;
    let query = query!("revisions");
    let result = async {
        let number = number.parse::<i32>().map_err(|_| QueryError::NotFound)?;
        let data = fetch(&request, &state, query, with_language(query, texts, changes::variables_of(number))).await?;
        let page = changes::page_of(texts, number, &data.data).ok_or(QueryError::NotFound)?;
        Ok(data.page(|_| page))
    };
    respond(&request, &state, result.await)
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
        let variables = with_language(query!("search"), texts, json!({ "query": query }));
        let data = fetch(&request, &state, query!("search"), variables).await?;
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
    let points = points_for_tables(&request, &state).await;
    let page = plots::page(preferences.texts, &request, points.as_deref());
    html_response(&request, StatusCode::OK, &page.write(&preferences))
}

/// Reads the points for the tables of a page, which are for readers without scripts. None for a script, and if they take long or
/// cannot be read.
async fn points_for_tables(request: &HttpRequest, state: &web::Data<State>) -> Option<Vec<Point>> {
    if is_by_script(request) {
        return None;
    }
    let points = rt::spawn(points::of_page(request.clone(), state.clone()));
    tokio::time::timeout(state.timeouts.counts, points).await.ok()?.ok()?.ok()
}

async fn embedded_chart(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let preferences = Preferences::of(&request, state.features).for_frame(&request);
    let points = points_for_tables(&request, &state).await;
    let page = plots::embedded(preferences.texts, &request, points.as_deref()).write_embedded(&preferences);
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
