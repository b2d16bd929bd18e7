//! GraphQL over server-sent events, in the distinct connections mode of the `graphql-sse` protocol: a connection for each
//! operation, an event `next` for each answer, and `complete` after the last.

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
use crate::http::graphql::response::to_json;

/// How long a connection may be silent: something between thinks longer silence means that it is dead.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(12);

/// Answers as they come. They are made when the client takes them, so a slow one holds no more than a few. A server that
/// stops ends the connection without `complete`, so that the client comes again.
pub fn respond(responses: BoxStream<'static, Response>, stopped: impl Future<Output = ()> + 'static) -> HttpResponse {
    ResponseFormat::Events
        .response(StatusCode::OK)
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(events(responses, stopped))
}

fn events(
    responses: BoxStream<'static, Response>,
    stopped: impl Future<Output = ()> + 'static,
) -> impl Stream<Item = io::Result<Bytes>> {
    // A first sign of life, so that the client knows at once that it is connected.
    let hello = stream::iter([Ok(Bytes::from_static(b":\n\n"))]);
    // Nothing behind the last answer tells an end from a break.
    let answers = responses.map(Some).chain(stream::once(async { None }));
    let answers = Box::pin(answers.take_until(stopped));
    hello.chain(stream::unfold(Some(answers), async |answers| {
        let mut answers = answers?;
        match time::timeout(KEEP_ALIVE_INTERVAL, answers.next()).await {
            Ok(Some(Some(response))) => {
                let event = to_json(&response).map(|data| format!("event: next\ndata: {data}\n\n").into());
                Some((event.map_err(io::Error::other), Some(answers)))
            }
            // `EventSource` tells nobody of an event without data.
            Ok(Some(None)) => Some((Ok(Bytes::from_static(b"event: complete\ndata: \n\n")), None)),
            Ok(None) => None,
            Err(_) => Some((Ok(Bytes::from_static(b":\n\n")), Some(answers))),
        }
    }))
}
