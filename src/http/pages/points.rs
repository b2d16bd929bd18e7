//! The points that the script of the charts draws, as JSON and as a table.

use std::{collections::HashMap, sync::Arc};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, StatusCode, header},
    web,
};
use async_graphql::{InputType, Value};
use serde_json::{Value as Json, json};

use crate::auth::actor::Actor;
use crate::error::Result;
use crate::formats::export::csv::write_rows;
use crate::graphql::filter::condition_of;
use crate::graphql::types::model::filter::ModelFilter;
use crate::http::cache::etag;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::limits::rate_limit::RateLimitState;
use crate::http::middleware::error::HttpError;
use crate::http::pages::catalog_params::CatalogParams;
use crate::http::pages::layout::Preferences;
use crate::http::routes::export::current_version;
use crate::http::server::state::State;
use crate::query::as_of::ReadView;
use crate::query::loaders::Loaders;
use crate::query::points::{MAX_POINTS, Point, points};

/// The cost of the points for the rate limit.
const POINTS_COST: u32 = 1000;

/// The points as JSON: `/plots/points.json`.
pub async fn as_json(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    respond(&request, &state, "points.json", "application/json", to_json).await
}

/// The points as a table: `/plots/points.csv`.
pub async fn as_csv(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let mut response = respond(&request, &state, "points.csv", "text/csv; charset=utf-8", to_csv).await;
    let disposition = header::HeaderValue::from_static("attachment; filename=\"points.csv\"");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    response
}

async fn respond(
    request: &HttpRequest,
    state: &State,
    name: &str,
    media: &'static str,
    write: impl FnOnce(&[Point], bool) -> Result<Vec<u8>>,
) -> HttpResponse {
    let result = async {
        let mut rate_limit = state.rate_limit_state(&Actor::ANONYMOUS, request);
        rate_limit.count_request()?;
        let texts = Preferences::of(request, state.features).texts;
        let version = state.with_deadline(current_version(&state.database)).await.flatten();
        let version = version.map_err(|error| HttpError::from_error(&error))?;
        let tag = etag::etag(version, &[name, texts.language, request.query_string()]);
        if etag::matches(request, &tag) {
            return Ok(etag::not_modified(tag));
        }
        let points = find(request, state, &mut rate_limit).await?;
        let body = write(&points, texts.api == "ZH").map_err(|error| HttpError::from_error(&error))?;
        let mut response = etag::revalidating_response(StatusCode::OK, tag);
        response.insert_header((header::CONTENT_TYPE, media)).insert_header((header::VARY, "accept-language, cookie"));
        Ok::<_, HttpError>(response.body(if request.method() == Method::HEAD { Vec::new() } else { body }))
    };
    result.await.unwrap_or_else(|error| error.into_response(ResponseFormat::Json))
}

/// Reads the points of the models that the address of a page selects, for its tables.
pub async fn of_page(request: HttpRequest, state: web::Data<State>) -> Result<Vec<Point>, HttpError> {
    let mut rate_limit = state.rate_limit_state(&Actor::ANONYMOUS, &request);
    find(&request, &state, &mut rate_limit).await
}

async fn find(request: &HttpRequest, state: &State, rate_limit: &mut RateLimitState) -> Result<Vec<Point>, HttpError> {
    let texts = Preferences::of(request, state.features).texts;
    let (filter, search) = filter(&CatalogParams::read(request.query_string()).variables(texts.api))?;
    rate_limit.spend(POINTS_COST)?;
    let _permit = state.cost_semaphore.acquire(POINTS_COST, 0).await.map_err(|error| HttpError::from_error(&error))?;
    let read = read(state, filter.as_ref(), search.as_deref());
    state.with_deadline(read).await.flatten().map_err(|error| HttpError::from_error(&error))
}

/// Returns the filter and the search of the variables of a page.
fn filter(variables: &Json) -> Result<(Option<ModelFilter>, Option<String>), HttpError> {
    let value = Value::from_json(variables["where"].clone()).ok();
    let filter = Option::<ModelFilter>::parse(value)
        .map_err(|error| HttpError::bad_request(error.into_server_error(async_graphql::Pos::default()).message))?;
    Ok((filter, variables["search"].as_str().map(str::to_owned)))
}

async fn read(state: &State, filter: Option<&ModelFilter>, search: Option<&str>) -> Result<Vec<Point>> {
    let share = Arc::new(state.database.connection_share(POINTS_COST));
    let loaders =
        Loaders::new(ReadView::now(state.database.clone(), share), Some(state.entity_cache.clone()), Arc::default());
    let condition = condition_of(&loaders, filter, search).await?;
    points(loaders.db(), condition.condition).await
}

/// Writes points as arrays of their values. Values that many points share are indexes in lists.
fn to_json(points: &[Point], chinese: bool) -> Result<Vec<u8>> {
    let (mut uses, mut kinds, mut countries) = (Distinct::default(), Distinct::default(), Distinct::default());
    let (mut makers, mut licenses) = (Distinct::default(), Distinct::default());
    let rows = points.iter().map(|point| {
        json!([
            point.slug,
            point.name,
            point.released,
            point.parameters,
            point.tokens,
            point.context,
            uses.index(&point.commercial_use, || json!(point.commercial_use)),
            point.kind.as_ref().map(|kind| kinds.index(kind, || json!(kind))),
            point.country.as_ref().map(|country| countries.index(country, || json!(country))),
            point.maker.as_ref().map(|(slug, name, name_zh)| {
                makers.index(slug, || json!([slug, name_zh.as_ref().filter(|_| chinese).unwrap_or(name)]))
            }),
            point.license.as_ref().map(|(slug, name)| licenses.index(slug, || json!([slug, name]))),
        ])
    });
    let rows = rows.collect::<Vec<_>>();
    let whole = (points.len() as u64) < MAX_POINTS;
    let body = json!({
        "whole": whole, "uses": uses.values, "kinds": kinds.values, "countries": countries.values,
        "makers": makers.values, "licenses": licenses.values, "points": rows,
    });
    Ok(body.to_string().into_bytes())
}

/// The distinct values of a column, in the order in which they come.
#[derive(Default)]
struct Distinct<'a> {
    indexes: HashMap<&'a str, usize>,
    values: Vec<Json>,
}

impl<'a> Distinct<'a> {
    fn index(&mut self, key: &'a str, value: impl FnOnce() -> Json) -> usize {
        *self.indexes.entry(key).or_insert_with(|| {
            self.values.push(value());
            self.values.len() - 1
        })
    }
}

/// The headings of the table.
const COLUMNS: [&str; 11] = [
    "slug",
    "name",
    "release_date",
    "parameters",
    "training_tokens",
    "context_length",
    "commercial_use",
    "kind",
    "maker",
    "country",
    "license",
];

fn to_csv(points: &[Point], _: bool) -> Result<Vec<u8>> {
    let number = |value: Option<i64>| value.map_or_else(String::new, |value| value.to_string());
    let rows = points.iter().map(|point| {
        let maker = point.maker.as_ref().map(|(slug, ..)| slug.clone());
        let license = point.license.as_ref().map(|(slug, _)| slug.clone());
        let cells = [
            point.slug.clone(),
            point.name.clone(),
            point.released.clone().unwrap_or_default(),
            number(point.parameters),
            number(point.tokens),
            number(point.context),
            point.commercial_use.clone(),
            point.kind.clone().unwrap_or_default(),
            maker.unwrap_or_default(),
            point.country.clone().unwrap_or_default(),
            license.unwrap_or_default(),
        ];
        cells.to_vec()
    });
    write_rows([COLUMNS.map(str::to_owned).to_vec()].into_iter().chain(rows))
}
