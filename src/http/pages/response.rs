//! The data of pages, and the responses with them.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, Accept, EntityTag, Header},
    },
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::vocabulary::SubjectType;
use maud::Markup;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::domain::slug::Slug;
use crate::http::cache::etag;
use crate::http::graphql::anonymous_query::{QueryError, run_query};
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::{Page, Preferences, not_found, problem};
use crate::http::server::state::State;

/// The Content-Security-Policy of pages: only resources of this server.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The data of a page, with its query.
pub struct PageData {
    /// The GraphQL document.
    pub query: &'static str,
    /// Its variables.
    pub variables: Json,
    /// The data of the response.
    pub data: Json,
}

impl PageData {
    /// Renders the page and adds its query.
    pub fn page(self, page: impl FnOnce(&Json) -> Page) -> Page {
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
pub async fn fetch_subject(
    request: &HttpRequest,
    state: &State,
    query: &'static str,
    texts: &Translations,
    subject: SubjectType,
    slug: &str,
    mut variables: Json,
) -> Result<PageData, QueryError> {
    // No slug has capital letters, but people write them.
    let lower = slug.to_lowercase();
    lower.parse::<Slug>().map_err(|_| QueryError::NotFound)?;
    variables["slug"] = lower.into();
    let data = fetch(request, state, query, with_language(query, texts, variables)).await?;
    data.at_current_slug(request, subject, slug)
}

/// Runs the query of a page.
pub async fn fetch(
    request: &HttpRequest,
    state: &State,
    query: &'static str,
    variables: Json,
) -> Result<PageData, QueryError> {
    let answer = run_query(request, state, query, &variables).await?;
    let mut answer = serde_json::from_slice::<Json>(&answer).map_err(|_| QueryError::Failed)?;
    Ok(PageData { query, variables, data: answer["data"].take() })
}

/// Runs the query of a list. If its cursor is not valid, as one of another order is not, the list starts at its beginning, and the
/// variables of the data are without the cursor.
pub async fn fetch_list(
    request: &HttpRequest,
    state: &State,
    query: &'static str,
    mut variables: Json,
    cursor: &str,
) -> Result<PageData, QueryError> {
    let found = fetch(request, state, query, variables.clone()).await;
    let is_invalid =
        |error: &QueryError| matches!(error, QueryError::Rejected(error) if error.status == StatusCode::BAD_REQUEST);
    let has_cursor = variables.as_object_mut().is_some_and(|variables| variables.remove(cursor).is_some());
    if has_cursor && found.as_ref().is_err_and(is_invalid) {
        return fetch(request, state, query, variables).await;
    }
    found
}

/// Responds with a page, or with an error page.
pub fn respond(request: &HttpRequest, state: &State, result: Result<Page, QueryError>) -> HttpResponse {
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
pub fn html_response(request: &HttpRequest, status: StatusCode, page: &Markup) -> HttpResponse {
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

/// Adds the language of the page to the variables of a query that has it.
pub fn with_language(query: &str, texts: &Translations, mut variables: Json) -> Json {
    if query.contains("$language") {
        variables["language"] = texts.api.into();
    }
    variables
}

/// Returns whether a script sent the request of a page.
pub fn is_by_script(request: &HttpRequest) -> bool {
    request.headers().get("sec-fetch-dest").is_some_and(|dest| dest == "empty")
}
