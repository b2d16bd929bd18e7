//! GraphQL over server-sent events, in the distinct connections mode of the `graphql-sse` protocol: one connection for
//! each operation, an event `next` for each response, and `complete` after the last. The id of an event is the number of
//! its revision: an `EventSource` that connects again sends the last one as `Last-Event-ID` and continues after it.

use std::{io, time::Duration};

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderMap},
    },
    web::Bytes,
};
use async_graphql::Response;
use futures_util::{
    Stream, StreamExt,
    stream::{self, BoxStream},
};
use tokio::time;

use crate::graphql::subscription::StreamPosition;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::graphql::response::{to_json_or_error, was_executed};
use crate::http::middleware::error::HttpError;

/// The interval of keep-alive comments. Proxies close connections that are idle for longer.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(12);

/// Returns the position at which a subscription resumes: after the revision in the header `Last-Event-ID`.
///
/// # Errors
/// `BAD_REQUEST` if the header is not the number of a revision.
pub fn stream_position(headers: &HeaderMap) -> Result<StreamPosition, HttpError> {
    let Some(id) = headers.get("last-event-id").filter(|id| !id.is_empty()) else {
        return Ok(StreamPosition::default());
    };
    let number = id.to_str().ok().and_then(|id| id.parse().ok()).filter(|number| *number >= 0);
    let invalid = || HttpError::bad_request("`Last-Event-ID` is not the id of an event: the number of a revision.");
    number.map(StreamPosition::after).ok_or_else(invalid)
}

/// Streams responses as events, with the ids of `position`. A response is produced when the client reads it, so a slow client
/// holds only a few in memory; one with more than `limit` bytes becomes an error. When the server stops, the connection ends
/// without `complete`, so that the client reconnects.
pub fn respond(
    responses: BoxStream<'static, Response>,
    position: StreamPosition,
    limit: u32,
    stopped: impl Future<Output = ()> + 'static,
) -> HttpResponse {
    ResponseFormat::Events
        .response(StatusCode::OK)
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(events(responses, position, limit, stopped))
}

fn events(
    responses: BoxStream<'static, Response>,
    position: StreamPosition,
    limit: u32,
    stopped: impl Future<Output = ()> + 'static,
) -> impl Stream<Item = io::Result<Bytes>> {
    // A first comment, so that the client knows at once that it is connected.
    let opening = stream::iter([Ok(Bytes::from_static(b":\n\n"))]);
    // `None` after the last response distinguishes the end of the operation from a stop of the server.
    let responses = responses.map(move |response| Some(next_event(&response, &position, limit)));
    let responses = responses.chain(stream::once(async { None }));
    let responses = Box::pin(responses.take_until(stopped));
    opening.chain(stream::unfold(Some(responses), async |responses| {
        let mut responses = responses?;
        match time::timeout(KEEP_ALIVE_INTERVAL, responses.next()).await {
            Ok(Some(Some(event))) => Some((Ok(event), Some(responses))),
            // `EventSource` ignores events without a data line.
            Ok(Some(None)) => Some((Ok(Bytes::from_static(b"event: complete\ndata: \n\n")), None)),
            Ok(None) => None,
            Err(_) => Some((Ok(Bytes::from_static(b":\n\n")), Some(responses))),
        }
    }))
}

fn next_event(response: &Response, position: &StreamPosition, limit: u32) -> Bytes {
    // An error that ends the stream is not the event of a revision.
    let id = position.current().filter(|_| was_executed(response)).map(|number| format!("id: {number}\n"));
    let data = to_json_or_error(response, limit);
    [id.unwrap_or_default().as_bytes(), b"event: next\ndata: ", &data, b"\n\n"].concat().into()
}
