//! Exports: the catalog as files, from one snapshot.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, StatusCode, header},
    rt, web,
};
use async_graphql::{InputType, Value};
use entity::revision;
use futures_util::{StreamExt, stream};
use sea_orm::{Condition, ConnectionTrait};
use tokio::sync::OwnedSemaphorePermit;
use url::form_urlencoded;

use crate::db::database::Database;
use crate::db::revision_tracker::RevisionTracker;
use crate::db::snapshot::Snapshot;
use crate::domain::license::LicenseDocument;
use crate::domain::organization::OrganizationDocument;
use crate::error::Error;
use crate::formats::export::format::ExportFormat;
use crate::formats::export::selection::exists;
use crate::formats::export::{Export, Sink};
use crate::graphql::filter::{Filter, FilterContext};
use crate::graphql::types::model::filter::ModelFilter;
use crate::http::cache::etag;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::middleware::authentication::authenticate_and_count;
use crate::http::middleware::error::HttpError;
use crate::http::pages::catalog_params::{CatalogParams, InvalidParameter};
use crate::http::routes::spool;
use crate::http::routes::spool::{Aborted, SpoolWriter};
use crate::http::server::state::State;
use crate::query::license_readings::LicenseReadings;

/// The files, each with its format and its `Content-Disposition`.
const FILES: [(&str, ExportFormat, &str); 5] = [
    ("models.json", ExportFormat::Json, "inline"),
    ("models.ndjson", ExportFormat::Ndjson, "attachment"),
    ("models.csv", ExportFormat::Csv, "attachment"),
    ("models.md", ExportFormat::Markdown, "inline"),
    (CATALOG_FILE, ExportFormat::Json, "inline"),
];

/// The file of the complete catalog, which has no filters.
const CATALOG_FILE: &str = "catalog.json";

/// The cost of an export for the rate limit.
const EXPORT_COST: u32 = 1000;

/// Adds a route for each file.
pub fn configure(config: &mut web::ServiceConfig) {
    for (name, ..) in FILES {
        config.service(
            web::resource(format!("/export/{name}"))
                .route(web::get().to(download))
                .route(web::head().to(download))
                .default_service(web::to(method_not_allowed)),
        );
    }
}

/// Responds with 405 to methods other than GET and HEAD.
pub async fn method_not_allowed() -> HttpResponse {
    let error =
        HttpError::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", "This resource is read-only: use GET.");
    HttpError { allow: "GET, HEAD", ..error }.into_response(ResponseFormat::Json)
}

async fn download(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    match respond(&request, &state).await {
        Ok(response) => response,
        Err(error) => error.into_response(ResponseFormat::Json),
    }
}

async fn respond(request: &HttpRequest, state: &State) -> Result<HttpResponse, HttpError> {
    let mut rate_limit = authenticate_and_count(request, state).await?;
    let file = FILES.iter().find(|(name, ..)| request.path().ends_with(&format!("/{name}")));
    let (name, format, disposition) = *file.unwrap_or(&FILES[0]);
    let (mut export, params) = parse_query(request.query_string(), format, name == CATALOG_FILE)?;
    // A client with the current version gets 304 without a snapshot.
    let parts = format!("{:?} {}", export.language, params.query());
    let tag = |version| etag::etag(version, &[name, &parts]);
    let version = state.with_deadline(current_version(&state.database)).await.flatten();
    let version = version.map_err(|error| HttpError::from_error(&error))?;
    if etag::matches(request, &tag(version)) {
        return Ok(etag::not_modified(tag(version)));
    }
    rate_limit.spend(EXPORT_COST)?;
    let permit = state.download_slots.begin(state.trusted_proxies.address(request))?;
    let slot = state.download_slots.acquire().await?;
    let snapshot = state.with_deadline(take_snapshot(&state.database, &mut export, &params)).await.flatten();
    let snapshot = snapshot.map_err(|error| HttpError::from_error(&error))?;
    let mut response = etag::revalidating_response(StatusCode::OK, tag((snapshot.revision, snapshot.time)));
    response
        .insert_header((header::CONTENT_TYPE, format.media()))
        .insert_header((header::CONTENT_DISPOSITION, format!("{disposition}; filename=\"{name}\"")));
    if request.method() == Method::HEAD {
        return Ok(response.streaming(stream::empty::<Result<web::Bytes, Aborted>>()));
    }
    let spool = spool::create(&state.download_slots.space).map_err(|error| HttpError::from_error(&error))?;
    let (writer, mut reader) = spool;
    spawn_export(export, snapshot, slot, writer, state.database.revision_tracker().clone());
    // An error before the first chunk can still be sent as an HTTP error.
    reader.started().await.map_err(|error| HttpError::from_error(&error))?;
    let content = reader.into_stream().inspect(move |_| {
        // The stream owns the permit, so the download counts until it ends.
        let _ = &permit;
    });
    Ok(response.streaming(content))
}

/// Returns the last revision and its time.
///
/// # Errors
/// The database fails.
pub async fn current_version(database: &Database) -> Result<etag::Version, Error> {
    let last = revision::Entity::last().one(database.read()).await?;
    let (revision, time) = last.unwrap_or((0, chrono::DateTime::UNIX_EPOCH));
    database.revision_tracker().advance(revision);
    Ok((revision, time))
}

async fn take_snapshot(database: &Database, export: &mut Export, params: &CatalogParams) -> Result<Snapshot, Error> {
    let snapshot = Snapshot::take(database).await?;
    if params.has_filters() {
        export.selection.condition = Some(condition(&snapshot, params).await?);
    }
    export.selection.check(&snapshot.transaction).await?;
    Ok(snapshot)
}

/// Parses the parameters: the filters of the catalog page, and the language. An unknown parameter or value is an error, because
/// ignoring a misspelled filter would export everything.
fn parse_query(query: &str, format: ExportFormat, is_catalog: bool) -> Result<(Export, CatalogParams), HttpError> {
    let mut export = Export { format, ..Export::default() };
    let invalid =
        |name: &str, reason: &str| HttpError::bad_request(format!("The parameter `{name}` is invalid: {reason}."));
    let mut filters = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if name == "language" {
            export.language = value.parse().map_err(|reason: String| invalid(&name, &reason))?;
        } else if is_catalog {
            return Err(invalid(&name, "this file is the complete catalog; use /export/models.json with filters"));
        } else {
            filters.append_pair(&name, &value);
        }
    }
    let (params, wrong) = CatalogParams::parse(&filters.finish());
    if let Some(InvalidParameter { name, reason }) = wrong.first() {
        return Err(invalid(name, reason));
    }
    if let Some(name) = params.of_the_view() {
        return Err(invalid(name, "an export has all rows that match, in the order of the source list"));
    }
    export.selection.search = Some(params.search().to_owned()).filter(|words| !words.is_empty());
    Ok((export, params))
}

/// Returns the condition on models of the filters of the catalog page, in the state of a snapshot.
async fn condition(snapshot: &Snapshot, params: &CatalogParams) -> Result<Condition, Error> {
    let db = &snapshot.transaction;
    for slug in params.all("license") {
        exists::<LicenseDocument>(db, slug.parse().ok().as_ref()).await?;
    }
    for slug in params.all("maker") {
        exists::<OrganizationDocument>(db, slug.parse().ok().as_ref()).await?;
    }
    let filter = Value::from_json(params.filter(None)).map_err(|error| Error::InvalidArgument(error.to_string()))?;
    let filter = ModelFilter::parse(Some(filter)).map_err(|error| Error::InvalidArgument(format!("{error:?}")))?;
    let licenses = LicenseReadings::load(db).await?;
    Ok(filter.condition(&FilterContext::with_licenses(db.get_database_backend(), licenses)))
}

/// The reason for which an export task ends early.
pub enum ExportError {
    /// The database or the spool file fails.
    Failed(Error),
    /// The client has disconnected.
    Disconnected,
}

impl From<Error> for ExportError {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Sink for SpoolWriter {
    type Error = ExportError;

    async fn write_chunk(&mut self, chunk: Vec<u8>) -> Result<(), ExportError> {
        if self.is_disconnected() {
            return Err(ExportError::Disconnected);
        }
        Ok(self.append(&chunk).await?)
    }
}

/// Starts the export task. It holds the snapshot and the slot until the spool file is complete, however slowly the client
/// reads.
fn spawn_export(
    export: Export,
    snapshot: Snapshot,
    slot: OwnedSemaphorePermit,
    mut writer: SpoolWriter,
    revision_tracker: RevisionTracker,
) {
    rt::spawn(async move {
        let result = revision_tracker.fail_if_unavailable(export.write(&snapshot, &mut writer)).await;
        let result = match result.map_err(ExportError::Failed).flatten() {
            Ok(()) => Ok(()),
            Err(ExportError::Failed(error)) => {
                tracing::error!(code = error.code(), cause = error.cause(), "export aborted");
                Err(error)
            }
            Err(ExportError::Disconnected) => return,
        };
        drop((snapshot, slot));
        writer.finish(result);
    });
}
