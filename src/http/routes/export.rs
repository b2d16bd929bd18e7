//! The catalog as files to download, written while they are sent.

use std::{sync::Arc, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, StatusCode, header},
    rt, web,
};
use entity::revision;
use futures_util::{StreamExt, stream};
use tokio::{
    sync::{OwnedSemaphorePermit, mpsc},
    time::timeout,
};

use crate::db::database::Database;
use crate::db::revision_tracker::RevisionTracker;
use crate::db::snapshot::Snapshot;
use crate::error::Error;
use crate::formats::export::format::{ExportFormat, kind};
use crate::formats::export::selection::Selection;
use crate::formats::export::{Export, Sink};
use crate::http::cache::etag;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::middleware::authentication::authenticate_and_count;
use crate::http::middleware::error::HttpError;
use crate::http::server::state::State;

/// The files, each with its notation and with how a browser is to take it.
const FILES: [(&str, ExportFormat, &str); 5] = [
    ("models.json", ExportFormat::Json, "inline"),
    ("models.ndjson", ExportFormat::Ndjson, "attachment"),
    ("models.csv", ExportFormat::Csv, "attachment"),
    ("models.md", ExportFormat::Markdown, "inline"),
    (WHOLE, ExportFormat::Json, "inline"),
];

/// The file that takes no filters.
const WHOLE: &str = "catalog.json";

/// What a file counts as, beside what operations cost.
const COST: u32 = 1000;

/// Adds the addresses.
pub fn configure(config: &mut web::ServiceConfig) {
    for (name, ..) in FILES {
        config.service(
            web::resource(format!("/export/{name}"))
                .route(web::get().to(download))
                .route(web::head().to(download))
                .default_service(web::to(refuse_method)),
        );
    }
}

/// Answers a method that only reads by no means.
pub async fn refuse_method() -> HttpResponse {
    let refusal =
        HttpError::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", "This can only be read: use GET.");
    HttpError { allow: "GET, HEAD", ..refusal }.into_response(ResponseFormat::Json)
}

async fn download(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    match answer(&request, &state).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(ResponseFormat::Json),
    }
}

async fn answer(request: &HttpRequest, state: &State) -> Result<HttpResponse, HttpError> {
    let mut account = authenticate_and_count(request, state).await?;
    let file = FILES.iter().find(|(name, ..)| request.path().ends_with(&format!("/{name}")));
    let (name, format, disposition) = *file.unwrap_or(&FILES[0]);
    let export = read_query(request.query_string(), format, name == WHOLE)?;
    // What the client knows costs no snapshot.
    let tag = |version| etag::etag(version, &[name, &format!("{export:?}")]);
    let last = state.with_deadline(last(&state.database)).await.and_then(|last| last);
    let last = last.map_err(|error| HttpError::from_error(&error))?;
    if etag::matches(request, &tag(last)) {
        return Ok(etag::not_modified(tag(last)));
    }
    account.spend(COST)?;
    let place = state.download_slots.acquire().await?;
    let snapshot = state.with_deadline(begin(&state.database, &export)).await.and_then(|begun| begun);
    let snapshot = snapshot.map_err(|error| HttpError::from_error(&error))?;
    let mut response = etag::revalidating_response(StatusCode::OK, tag((snapshot.revision, snapshot.time)));
    response
        .insert_header((header::CONTENT_TYPE, format.media()))
        .insert_header((header::CONTENT_DISPOSITION, format!("{disposition}; filename=\"{name}\"")));
    if request.method() == Method::HEAD {
        return Ok(response.streaming(stream::empty::<Result<web::Bytes, Broken>>()));
    }
    let mut pieces = send(export, snapshot, place, state.database.revision_tracker().clone());
    match pieces.recv().await {
        Some(Piece::Failed(error)) => Err(HttpError::from_error(&error)),
        first => Ok(response.streaming(body(first, pieces))),
    }
}

async fn last(database: &Database) -> Result<etag::Version, Error> {
    let last = revision::Entity::last().one(database.read()).await?;
    let (revision, time) = last.unwrap_or((0, chrono::DateTime::UNIX_EPOCH));
    database.revision_tracker().advance(revision);
    Ok((revision, time))
}

async fn begin(database: &Database, export: &Export) -> Result<Snapshot, Error> {
    let snapshot = Snapshot::take(database).await?;
    export.selection.check(&snapshot.transaction).await?;
    Ok(snapshot)
}

/// Reads the parameters: filters, and the language. One that nobody knows is a mistake, not a filter that finds all.
fn read_query(query: &str, format: ExportFormat, whole: bool) -> Result<Export, HttpError> {
    let mut export = Export { format, ..Export::default() };
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let Selection { license, kind: of_kind, organization, search } = &mut export.selection;
        let read = match name.as_ref() {
            "language" => value.parse().map(|value| export.language = value),
            _ if whole => Err("this file is the whole catalog; /export/models.json takes filters".to_owned()),
            "license" => value.parse().map(|slug| *license = Some(slug)).map_err(|error| format!("{error}")),
            "organization" => value.parse().map(|slug| *organization = Some(slug)).map_err(|error| format!("{error}")),
            "kind" => kind(&value).map(|kind| *of_kind = Some(kind)),
            "search" => {
                *search = Some(value.into_owned());
                Ok(())
            }
            _ => Err("there are license, kind, organization, search and language".to_owned()),
        };
        read.map_err(|wrong| HttpError::bad_request(format!("The parameter `{name}` is wrong: {wrong}.")))?;
    }
    Ok(export)
}

/// How long a client may take for a chunk.
const CLIENT_READ_TIMEOUT: Duration = Duration::from_secs(30);

/// What a writer hands to the client's connection.
enum Piece {
    Chunk(web::Bytes),
    Failed(Error),
    /// That was all. Only this ends an answer in order.
    End,
}

/// Why an answer breaks off.
#[derive(Debug, thiserror::Error)]
#[error("the export ended early")]
struct Broken;

/// Why a writer stops.
enum Stop {
    Failed(Error),
    /// The client is gone, or takes nothing.
    Gone,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

struct ChannelSink(mpsc::Sender<Piece>);

impl Sink for ChannelSink {
    type Error = Stop;

    async fn write_chunk(&mut self, chunk: Vec<u8>) -> Result<(), Stop> {
        match timeout(CLIENT_READ_TIMEOUT, self.0.send(Piece::Chunk(chunk.into()))).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Stop::Gone),
        }
    }
}

/// Begins to write, a chunk ahead of the client.
fn send(
    export: Export,
    snapshot: Snapshot,
    place: OwnedSemaphorePermit,
    head: RevisionTracker,
) -> mpsc::Receiver<Piece> {
    let (sender, receiver) = mpsc::channel(1);
    rt::spawn(async move {
        let mut pipe = ChannelSink(sender);
        let written = head.fail_if_unavailable(export.write(&snapshot, &mut pipe)).await;
        let piece = match written.map_err(Stop::Failed).and_then(|written| written) {
            Ok(()) => Piece::End,
            Err(Stop::Failed(error)) => {
                tracing::error!(code = error.code(), cause = error.cause(), "an export broke off");
                Piece::Failed(error)
            }
            Err(Stop::Gone) => return,
        };
        drop((snapshot, place));
        // Fails where the client is gone.
        let _ = pipe.0.send(piece).await;
    });
    receiver
}

/// The pieces as a body. Anything but the last piece at the end breaks the transfer, so that no client takes a part for
/// the whole.
fn body(first: Option<Piece>, rest: mpsc::Receiver<Piece>) -> impl stream::Stream<Item = Result<web::Bytes, Broken>> {
    let rest = stream::unfold(Some(rest), async |rest| {
        let mut rest = rest?;
        Some(match rest.recv().await {
            Some(piece) => (piece, Some(rest)),
            None => (Piece::Failed(Error::Internal(Arc::new(Broken))), None),
        })
    });
    stream::iter(first).chain(rest).take_while(|piece| std::future::ready(!matches!(piece, Piece::End))).map(|piece| {
        match piece {
            Piece::Chunk(chunk) => Ok(chunk),
            Piece::Failed(_) | Piece::End => Err(Broken),
        }
    })
}
