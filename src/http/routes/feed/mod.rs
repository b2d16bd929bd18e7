//! Feeds in Atom and JSON Feed: of the latest revisions, of all or of those that match filters; and of open proposals.

mod atom;
mod entry;
mod json;
mod parameters;
mod proposals;

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

/// The number of entries in a feed.
const MAX_ENTRIES: u64 = 50;
/// The name of the catalog, which is the author of its feeds.
const CATALOG: &str = "Open LLM Catalog";

/// The contents of a feed.
struct Topic {
    title: &'static str,
    subtitle: &'static str,
    /// The name of the files of the feed, without the extension.
    file: &'static str,
    /// The path of the page with the same entries.
    page: &'static str,
}

const CHANGES: Topic = Topic {
    title: CATALOG,
    subtitle: "What changed last in the catalog of open large language models",
    file: "feed",
    page: "changes",
};

/// A format of feeds.
#[derive(Clone, Copy)]
enum Format {
    Atom,
    Json,
}

impl Format {
    /// Returns the path of the feed of a topic.
    fn path(self, topic: &Topic) -> String {
        let extension = match self {
            Self::Atom => "atom",
            Self::Json => "json",
        };
        format!("{}.{extension}", topic.file)
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
        let path = format!("/{}", format.path(&CHANGES));
        let handler = move |request: HttpRequest, state: web::Data<State>| async move {
            respond(&request, &state, format).await.unwrap_or_else(|error| error.into_response(ResponseFormat::Json))
        };
        config.service(read_only(&path, handler));
        proposals::configure(config, format);
    }
}

async fn respond(request: &HttpRequest, state: &State, format: Format) -> Result<HttpResponse, HttpError> {
    let mut rate_limit = authenticate_and_count(request, state).await?;
    let parameters = FeedParameters::parse(request.query_string())?;
    let snapshot = state.with_deadline(Snapshot::take(&state.database)).await.flatten();
    let snapshot = snapshot.map_err(|error| HttpError::from_error(&error))?;
    let base = state.public_url.of(request);
    let tag =
        etag::etag((snapshot.revision, snapshot.time), &[&format.path(&CHANGES), base.as_str(), &parameters.query()]);
    if etag::matches(request, &tag) {
        return Ok(etag::not_modified(tag));
    }
    rate_limit.spend(parameters.cost())?;
    let feed = state.with_deadline(Feed::read(&snapshot, &base, &parameters)).await.flatten();
    let feed = feed.map_err(|error| HttpError::from_error(&error))?;
    Ok(etag::revalidating_response(StatusCode::OK, tag)
        .insert_header((header::CONTENT_TYPE, format.media_type()))
        .body(feed.write(format, &base)))
}

/// A feed.
struct Feed {
    topic: &'static Topic,
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
        let catalog = catalog_id(snapshot).await?;
        let slugs = SlugIndex::read(db, rows.iter().map(|row| (row.subject_type, Some(row.subject_id)))).await?;
        let query = parameters.query();
        let id = if query.is_empty() { catalog } else { Uuid::new_v5(&catalog, query.as_bytes()) };
        let entries = rows.iter().map(|row| Entry::new(row, &slugs, catalog, base)).collect();
        Ok(Self { topic: &CHANGES, id, updated: snapshot.time, query, entries })
    }

    fn write(&self, format: Format, base: &Url) -> String {
        match format {
            Format::Atom => atom::write(self, base),
            Format::Json => json::write(self, base),
        }
    }

    /// Returns the URL of the feed in a format, or of its page.
    fn url(&self, base: &Url, path: &str) -> Url {
        let mut url = url(base, &[path], &[]);
        url.set_query(Some(self.query.as_str()).filter(|query| !query.is_empty()));
        url
    }
}

/// Returns an id of the catalog that does not depend on its URL: it is derived from the time of the first revision.
async fn catalog_id(snapshot: &Snapshot) -> Result<Uuid> {
    let first = revision::Entity::find_by_id(1).select_only().column(revision::Column::CreatedAt);
    let first = first.into_tuple::<DateTime<Utc>>().one(&snapshot.transaction).await?;
    let name = format!("open-llm-catalog {}", first.unwrap_or(snapshot.time).timestamp_micros());
    Ok(Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()))
}
