//! Feeds of the latest revisions, of all or of those that match filters: Atom and JSON Feed.

mod atom;
mod entry;
mod json;
mod parameters;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use chrono::{DateTime, Utc};
use entity::revision;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use url::Url;
use uuid::Uuid;

use crate::db::snapshot::Snapshot;
use crate::error::Result;
use crate::http::cache::etag;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::middleware::authentication::authenticate_and_count;
use crate::http::middleware::error::HttpError;
use crate::http::routes::export::read_only;
use crate::http::routes::feed::entry::{Entry, url};
use crate::http::routes::feed::parameters::FeedParameters;
use crate::http::server::state::State;
use crate::store::references::SlugIndex;

/// The number of revisions in a feed.
const MAX_ENTRIES: u64 = 50;
const TITLE: &str = "Open LLM Catalog";
const SUBTITLE: &str = "What changed last in the catalog of open large language models";

/// A format of feeds.
#[derive(Clone, Copy)]
enum Format {
    Atom,
    Json,
}

impl Format {
    fn path(self) -> &'static str {
        match self {
            Self::Atom => "feed.atom",
            Self::Json => "feed.json",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Json => "application/feed+json; charset=utf-8",
        }
    }
}

/// Adds a route for each format.
pub fn configure(config: &mut web::ServiceConfig) {
    for format in [Format::Atom, Format::Json] {
        let path = format!("/{}", format.path());
        let handler = move |request: HttpRequest, state: web::Data<State>| async move {
            respond(&request, &state, format).await.unwrap_or_else(|error| error.into_response(ResponseFormat::Json))
        };
        config.service(read_only(&path, handler));
    }
}

async fn respond(request: &HttpRequest, state: &State, format: Format) -> Result<HttpResponse, HttpError> {
    let mut rate_limit = authenticate_and_count(request, state).await?;
    let parameters = FeedParameters::parse(request.query_string())?;
    let snapshot = state.with_deadline(Snapshot::take(&state.database)).await.flatten();
    let snapshot = snapshot.map_err(|error| HttpError::from_error(&error))?;
    let base = state.public_url.of(request);
    let tag = etag::etag((snapshot.revision, snapshot.time), &[format.path(), base.as_str(), &parameters.query()]);
    if etag::matches(request, &tag) {
        return Ok(etag::not_modified(tag));
    }
    rate_limit.spend(parameters.cost())?;
    let feed = state.with_deadline(Feed::read(&snapshot, &base, &parameters)).await.flatten();
    let feed = feed.map_err(|error| HttpError::from_error(&error))?;
    let text = match format {
        Format::Atom => atom::write(&feed, &base),
        Format::Json => json::write(&feed, &base),
    };
    Ok(etag::revalidating_response(StatusCode::OK, tag)
        .insert_header((header::CONTENT_TYPE, format.media_type()))
        .body(text))
}

/// A feed.
struct Feed {
    /// The id, which does not depend on the URL of the server.
    id: Uuid,
    /// The time of the last revision of the catalog.
    updated: DateTime<Utc>,
    /// The query string of its address; empty without filters.
    query: String,
    entries: Vec<Entry>,
}

impl Feed {
    async fn read(snapshot: &Snapshot, base: &Url, parameters: &FeedParameters) -> Result<Self> {
        let db = &snapshot.transaction;
        let newest = revision::Entity::find().filter(parameters.condition(db).await?);
        let rows = newest.order_by_desc(revision::Column::Number).limit(MAX_ENTRIES).all(db).await?;
        let first = revision::Entity::find_by_id(1).select_only().column(revision::Column::CreatedAt);
        let first = first.into_tuple::<DateTime<Utc>>().one(db).await?;
        let catalog = catalog_id(first.unwrap_or(snapshot.time));
        let slugs = SlugIndex::read(db, rows.iter().map(|row| (row.subject_type, Some(row.subject_id)))).await?;
        let query = parameters.query();
        let id = if query.is_empty() { catalog } else { Uuid::new_v5(&catalog, query.as_bytes()) };
        let entries = rows.iter().map(|row| Entry::new(row, &slugs, catalog, base)).collect();
        Ok(Self { id, updated: snapshot.time, query, entries })
    }

    /// Returns the URL of the feed in a format, or of the page of changes.
    fn url(&self, base: &Url, path: &str) -> Url {
        let mut url = url(base, &[path], &[]);
        url.set_query(Some(self.query.as_str()).filter(|query| !query.is_empty()));
        url
    }
}

/// Returns an id of the catalog that does not depend on its URL: it is derived from the time of the first revision.
fn catalog_id(first: DateTime<Utc>) -> Uuid {
    let name = format!("open-llm-catalog {}", first.timestamp_micros());
    Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes())
}
