//! GraphQL over server-sent events, in the distinct connections mode of the `graphql-sse` protocol: one connection for
//! each operation, an event `next` for each response, and `complete` after the last.

use std::{io, time::Duration};

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web::Bytes,
};
use async_graphql::Response;
use futures_util::{
    Stream, StreamExt,
    stream::{self, BoxStream},
};
use tokio::time;

use crate::http::graphql::content_type::ResponseFormat;
use crate::http::graphql::response::to_json_or_error;

/// The interval of keep-alive comments. Proxies close connections that are idle for longer.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(12);

/// Streams responses as events. A response is produced when the client reads it, so a slow client holds only a few in
/// memory; one with more than `limit` bytes becomes an error. When the server stops, the connection ends without `complete`, so that the client reconnects.
pub fn respond(
    responses: BoxStream<'static, Response>,
    limit: u32,
    stopped: impl Future<Output = ()> + 'static,
) -> HttpResponse {
    ResponseFormat::Events
        .response(StatusCode::OK)
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(events(responses, limit, stopped))
}

fn events(
    responses: BoxStream<'static, Response>,
    limit: u32,
    stopped: impl Future<Output = ()> + 'static,
) -> impl Stream<Item = io::Result<Bytes>> {
    // A first comment, so that the client knows at once that it is connected.
    let opening = stream::iter([Ok(Bytes::from_static(b":\n\n"))]);
    // `None` after the last response distinguishes the end of the operation from a stop of the server.
    let responses = responses.map(move |response| Some(to_json_or_error(&response, limit)));
    let responses = responses.chain(stream::once(async { None }));
    let responses = Box::pin(responses.take_until(stopped));
    opening.chain(stream::unfold(Some(responses), async |responses| {
        let mut responses = responses?;
        match time::timeout(KEEP_ALIVE_INTERVAL, responses.next()).await {
            Ok(Some(Some(data))) => {
                let event = [b"event: next\ndata: ", &*data, b"\n\n"].concat();
                Some((Ok(event.into()), Some(responses)))
            }
            // `EventSource` ignores events without a data line.
            Ok(Some(None)) => Some((Ok(Bytes::from_static(b"event: complete\ndata: \n\n")), None)),
            Ok(None) => None,
            Err(_) => Some((Ok(Bytes::from_static(b":\n\n")), Some(responses))),
        }
    }))
}
