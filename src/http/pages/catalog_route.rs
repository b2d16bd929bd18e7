//! The page of the catalog: its queries, and the response.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, rt, web};
use serde_json::{Map, Value as Json, json};
use tokio::time::timeout;

use crate::http::pages::catalog::Catalog;
use crate::http::pages::catalog_filters::{self, Counts};
use crate::http::pages::catalog_params::{CatalogParams, InvalidParameter};
use crate::http::pages::components::{list, text};
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::{Page, Preferences};
use crate::http::pages::response::{fetch, fetch_list, html_response, respond};
use crate::http::pages::suggestion::suggestion;
use crate::http::server::state::State;

/// The queries of the catalog.
pub const ROWS_QUERY: &str = include_str!("queries/catalog.graphql").trim_ascii_end();
pub const STATE_QUERY: &str = include_str!("queries/catalog-state.graphql").trim_ascii_end();
pub const COUNTS_QUERY: &str = include_str!("queries/catalog-filters.graphql").trim_ascii_end();
pub const NAMES_QUERY: &str = include_str!("queries/catalog-names.graphql").trim_ascii_end();

/// The query of the number of models that a search finds.
const FOUND_QUERY: &str = "query Found($search: String!) { models(first: 0, search: $search) { totalCount } }";

/// The page `/`.
pub async fn catalog(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let texts = Preferences::of(&request, state.features).texts;
    let (mut params, mut ignored) = CatalogParams::parse(request.query_string());
    ignored.retain(InvalidParameter::is_invalid_value);
    let found = fetch_list(&request, &state, ROWS_QUERY, params.variables(texts.api), "after").await;
    if found.as_ref().is_ok_and(|data| data.variables["after"].is_null()) {
        params = params.at_the_start();
    }
    // Counting begins when the rows are there, because it would take processors from reading them. It goes on if the page does not
    // wait for it, so that the next request finds the counts in the cache.
    let counts = rt::spawn(counts(request.clone(), state.clone(), texts, params.clone()));
    let of_catalog = rt::spawn(state_of_catalog(request.clone(), state.clone()));
    let wait = state.timeouts.counts;
    let (counts, of_catalog) = tokio::join!(timeout(wait, counts), timeout(wait, of_catalog));
    let of_catalog = of_catalog.ok().and_then(Result::ok).unwrap_or_default();
    let (facets, names) = counts.ok().and_then(Result::ok).flatten().unzip();
    let names = names.unwrap_or_default();
    let suggestion = match &found {
        Ok(data) if list(&data.data["models"]["nodes"]).is_empty() && !params.search().is_empty() => {
            suggestion_for_table(&request, &state, params.search()).await
        }
        _ => None,
    };
    let result = found.map(|data| {
        let counts = Counts { facets: facets.as_ref(), names: &names };
        let (rows, suggestion) = (&data.data["models"], suggestion.as_deref());
        let view = Catalog { texts, params: &params, rows, state: &of_catalog, counts, suggestion, ignored };
        let sent = Some(json!({ "query": ROWS_QUERY, "variables": data.variables }));
        Page { canonical: Some(request.path().to_owned()), content: view.page(), sent, ..Page::default() }
    });
    respond(&request, &state, result)
}

/// The parts of the page that have counts, for scripts.
pub async fn filters(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let texts = Preferences::of(&request, state.features).texts;
    let params = CatalogParams::read(request.query_string());
    let counts = counts(request.clone(), state.clone(), texts, params.clone());
    let (counts, of_catalog) = tokio::join!(counts, state_of_catalog(request.clone(), state));
    let (facets, names) = counts.unzip();
    let names = names.unwrap_or_default();
    let counts = Counts { facets: facets.as_ref(), names: &names };
    let view = Catalog {
        texts,
        params: &params,
        rows: &Json::Null,
        state: &of_catalog,
        counts,
        suggestion: None,
        ignored: Vec::new(),
    };
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
    let values = list(&facets["maker"]["facets"]["values"]).iter().map(|facet| facet["value"].clone());
    let chosen = params.all("maker").into_iter().map(Json::from);
    let slugs = chosen.chain(values).take(100).collect::<Vec<_>>();
    let names = fetch(&request, &state, NAMES_QUERY, json!({ "slugs": slugs, "language": texts.api })).await;
    let names = names.map(|mut names| names.data["organizations"]["nodes"].take()).unwrap_or_default();
    let names = list(&names).iter();
    let names = names.map(|maker| (text(&maker["slug"]).to_owned(), maker["name"].clone())).collect();
    Some((facets, names))
}

/// Reads how many models there are and when the catalog changed; null if that fails.
async fn state_of_catalog(request: HttpRequest, state: web::Data<State>) -> Json {
    fetch(&request, &state, STATE_QUERY, json!({})).await.map(|data| data.data).unwrap_or_default()
}

/// Returns a search that is spelled like one without results. None if the search itself has some, which the filters leave out.
async fn suggestion_for_table(request: &HttpRequest, state: &State, search: &str) -> Option<String> {
    let found = fetch(request, state, FOUND_QUERY, json!({ "search": search })).await.ok()?;
    if found.data["models"]["totalCount"] == 0 { suggestion(state, search).await } else { None }
}
