//! Exports: the catalog as files, from one snapshot: the current state, or the one after an earlier revision.

pub mod conditions;
pub mod file;
pub mod parameters;

mod data_package;
mod subject;

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{
        Method, StatusCode,
        header::{self, EntityTag},
    },
    rt, web,
};
use chrono::{DateTime, Utc};
use entity::revision;
use futures_util::{StreamExt, stream};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};
use tokio::sync::OwnedSemaphorePermit;
use url::{Url, form_urlencoded};

use crate::db::database::Database;
use crate::db::revision_tracker::RevisionTracker;
use crate::db::snapshot::Snapshot;
use crate::error::Error;
use crate::formats::export::tables::table::Table;
use crate::formats::export::{Export, Origin, Sink};
use crate::http::cache::etag;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::middleware::authentication::authenticate_and_count;
use crate::http::middleware::error::HttpError;
use crate::http::routes::export::conditions::select;
use crate::http::routes::export::file::File;
use crate::http::routes::export::parameters::{Parameters, StateOfCatalog};
use crate::http::routes::spool;
use crate::http::routes::spool::{Aborted, SpoolWriter};
use crate::http::server::state::State;
use crate::query::as_of::revision_at;
use crate::query::as_of::snapshot_view::SnapshotView;

/// The cost of an export for the rate limit.
const EXPORT_COST: u32 = 1000;

/// Adds a route for each file.
pub fn configure(config: &mut web::ServiceConfig) {
    for file in File::all() {
        let handler = move |request: HttpRequest, state: web::Data<State>| async move {
            respond(&request, &state, file).await.unwrap_or_else(|error| error.into_response(ResponseFormat::Json))
        };
        config.service(read_only(&file.path(), handler));
    }
    config.configure(data_package::configure).configure(subject::configure);
}

/// Returns a resource that is read with GET and HEAD.
pub fn read_only<F, Fut>(path: &str, handler: F) -> actix_web::Resource
where
    F: Fn(HttpRequest, web::Data<State>) -> Fut + Clone + 'static,
    Fut: Future<Output = HttpResponse> + 'static,
{
    web::resource(path)
        .route(web::get().to(handler.clone()))
        .route(web::head().to(handler))
        .default_service(web::to(method_not_allowed))
}

/// Responds with 405 to methods other than GET and HEAD.
pub async fn method_not_allowed() -> HttpResponse {
    let error =
        HttpError::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", "This resource is read-only: use GET.");
    HttpError { allow: "GET, HEAD", ..error }.into_response(ResponseFormat::Json)
}

async fn respond(request: &HttpRequest, state: &State, file: File) -> Result<HttpResponse, HttpError> {
    let mut rate_limit = authenticate_and_count(request, state).await?;
    let parameters = Parameters::parse(request.query_string(), file)?;
    let origin = state.origin(request);
    // A client with the current version gets 304 without a snapshot.
    let version = version(state, parameters.at).await?;
    let head = ExportHeaders::new(&origin, &file.path(), &parameters, version);
    if etag::matches(request, &head.tag) {
        return Ok(head.response(StatusCode::NOT_MODIFIED).finish());
    }
    rate_limit.spend(EXPORT_COST)?;
    let permit = state.download_slots.begin(state.trusted_proxies.address(request))?;
    let slot = state.download_slots.acquire().await?;
    let mut export = Export {
        format: file.format,
        language: parameters.language,
        table: file.table,
        origin: Some(origin.clone()),
        ..Export::default()
    };
    let snapshot = state.with_deadline(take_snapshot(&state.database, &mut export, &parameters)).await.flatten();
    let snapshot = snapshot.map_err(|error| HttpError::from_error(&error))?;
    let head = ExportHeaders::new(&origin, &file.path(), &parameters, (snapshot.revision, snapshot.time));
    let mut response = head.response(StatusCode::OK);
    response
        .insert_header((header::CONTENT_TYPE, file.format.media()))
        .insert_header((header::CONTENT_DISPOSITION, file.disposition()));
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

/// The facts about an export in its headers.
struct ExportHeaders {
    tag: EntityTag,
    /// Whether the export is that of a revision, which never changes.
    is_immutable: bool,
    /// The address of the same content at its revision.
    permanent: String,
    license: Option<Url>,
}

impl ExportHeaders {
    /// `path` is that of the file, and `version` that of the catalog which it has.
    fn new(origin: &Origin, path: &str, parameters: &Parameters, version: etag::Version) -> Self {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(form_urlencoded::parse(parameters.filters.query().trim_start_matches('?').as_bytes()));
        if parameters.language != parameters::DEFAULT_LANGUAGE {
            query.append_pair("language", parameters.language.word());
        }
        query.append_pair("revision", &version.0.to_string());
        let permanent = format!("{}{path}?{}", origin.base.as_str().trim_end_matches('/'), query.finish());
        let license = origin.license.as_ref().map(Url::as_str).unwrap_or_default();
        Self {
            tag: etag::etag(version, &[&permanent, license]),
            is_immutable: matches!(parameters.at, StateOfCatalog::After(_)),
            permanent,
            license: origin.license.clone(),
        }
    }

    fn response(self, status: StatusCode) -> HttpResponseBuilder {
        let mut response = etag::revalidating_response(status, self.tag);
        if self.is_immutable {
            response.insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"));
        }
        response.insert_header((header::CONTENT_LOCATION, self.permanent));
        if let Some(license) = self.license {
            response.insert_header((header::LINK, format!("<{license}>; rel=\"license\"")));
        }
        response
    }
}

/// Returns the last revision of a state, and its time.
///
/// # Errors
/// There is no such revision, or the database fails.
async fn version(state: &State, at: StateOfCatalog) -> Result<etag::Version, HttpError> {
    let version = async {
        let current = current_version(&state.database).await?;
        let number = match at {
            StateOfCatalog::Current => return Ok(Some(current)),
            StateOfCatalog::After(number) => number,
            StateOfCatalog::At(time) => revision_at(state.database.read(), time).await?,
        };
        Ok(if number > current.0 { None } else { Some((number, time_of(state.database.read(), number).await?)) })
    };
    let version = state.with_deadline(version).await.flatten().map_err(|error: Error| HttpError::from_error(&error))?;
    version.ok_or_else(|| {
        let message = "The parameter `revision` is invalid: there is no such revision yet; `{ catalog { revision } }` is the last one.";
        HttpError::bad_request(message)
    })
}

/// Returns the time of a revision; the Unix epoch for 0, before the first.
async fn time_of(db: &impl ConnectionTrait, number: i32) -> Result<DateTime<Utc>, Error> {
    let time = revision::Entity::find_by_id(number).select_only().column(revision::Column::CreatedAt);
    Ok(time.into_tuple().one(db).await?.unwrap_or(DateTime::UNIX_EPOCH))
}

/// Returns the last revision and its time.
///
/// # Errors
/// The database fails.
pub async fn current_version(database: &Database) -> Result<etag::Version, Error> {
    let last = revision::Entity::last().one(database.read()).await?;
    let (revision, time) = last.unwrap_or((0, DateTime::UNIX_EPOCH));
    database.revision_tracker().advance(revision);
    Ok((revision, time))
}

/// Returns a snapshot of a state of the catalog.
async fn snapshot_of(database: &Database, at: StateOfCatalog) -> Result<SnapshotView, Error> {
    let snapshot = Snapshot::take(database).await?;
    let number = match at {
        StateOfCatalog::Current => return Ok(snapshot.into()),
        StateOfCatalog::After(number) => number,
        StateOfCatalog::At(time) => revision_at(&snapshot.transaction, time).await?,
    };
    let time = time_of(&snapshot.transaction, number).await?;
    Ok(SnapshotView::after(snapshot, number, time))
}

async fn take_snapshot(
    database: &Database,
    export: &mut Export,
    parameters: &Parameters,
) -> Result<SnapshotView, Error> {
    let snapshot = snapshot_of(database, parameters.at).await?;
    let scope = (!snapshot.is_earlier(), export.table == Some(Table::Sizes));
    select(&snapshot, &mut export.selection, &parameters.filters, scope).await?;
    Ok(snapshot)
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
    snapshot: SnapshotView,
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
