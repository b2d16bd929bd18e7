//! GraphQL over responses without end: server-sent events and `multipart/mixed`.
//!
//! Server-sent events are in the distinct connections mode of the `graphql-sse` protocol: one connection for
//! each operation, an event `next` for each response, and `complete` after the last. The id of an event is the number of
//! its revision: an `EventSource` that connects again sends the last one as `Last-Event-ID` and continues after it.
//!
//! `multipart/mixed; subscriptionSpec=1.0` is the protocol of Apollo's clients: one part for each response.

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
use crate::http::limits::unread_responses::UnreadResponses;
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

/// Streams responses in one of the two formats, with the ids of `position`. A response is produced when the client reads
/// it, so a slow client holds only a few in memory; one with more than `limit` bytes becomes an error. When the server
/// stops, the connection ends without the end of the operation, so that the client reconnects.
pub fn respond(
    format: ResponseFormat,
    responses: BoxStream<'static, Response>,
    position: StreamPosition,
    (limit, unread): (u32, UnreadResponses),
    stopped: impl Future<Output = ()> + 'static,
) -> HttpResponse {
    format
        .response(StatusCode::OK)
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(events(Framing::of(format), responses, position, (limit, unread), stopped))
}

/// How a stream of responses is written.
struct Framing {
    /// Sent first, so that the client knows at once that it is connected.
    opening: &'static [u8],
    /// Sent while there is no response.
    heartbeat: &'static [u8],
    /// Sent after the last response.
    end: &'static [u8],
    /// Returns the text before a response; the argument is the number of its revision, if it has one.
    before: fn(Option<i32>) -> String,
    /// Sent after each response.
    after: &'static [u8],
}

/// `EventSource` ignores comments, and events without a data line.
const EVENTS: Framing = Framing {
    opening: b":\n\n",
    heartbeat: b":\n\n",
    end: b"event: complete\ndata: \n\n",
    before: |number| {
        let id = number.map(|number| format!("id: {number}\n")).unwrap_or_default();
        format!("{id}event: next\ndata: ")
    },
    after: b"\n\n",
};

/// Apollo's multipart protocol for subscriptions. Each part ends with the delimiter of the next one, without which a client
/// does not know that it is complete.
const MULTIPART: Framing = Framing {
    opening: b"\r\n--graphql",
    heartbeat: b"\r\ncontent-type: application/json\r\n\r\n{}\r\n--graphql",
    end: b"--\r\n",
    before: |_| "\r\ncontent-type: application/json\r\n\r\n{\"payload\":".to_owned(),
    after: b"}\r\n--graphql",
};

impl Framing {
    fn of(format: ResponseFormat) -> &'static Self {
        if format == ResponseFormat::Multipart { &MULTIPART } else { &EVENTS }
    }

    fn write(&self, number: Option<i32>, response: &[u8]) -> Bytes {
        [(self.before)(number).as_bytes(), response, self.after].concat().into()
    }
}

fn events(
    framing: &'static Framing,
    responses: BoxStream<'static, Response>,
    position: StreamPosition,
    (limit, unread): (u32, UnreadResponses),
    stopped: impl Future<Output = ()> + 'static,
) -> impl Stream<Item = io::Result<Bytes>> {
    let opening = stream::iter([Ok(Bytes::from_static(framing.opening))]);
    // `None` after the last response distinguishes the end of the operation from a stop of the server.
    let responses = responses.map(move |response| {
        // An error that ends the stream is not the event of a revision.
        let number = position.current().filter(|_| was_executed(&response));
        let json = to_json_or_error(&response, limit);
        Some(match unread.count(json.len()) {
            Ok(permit) => (framing.write(number, &json), permit),
            Err(error) => (framing.write(None, &to_json_or_error(&error.into_graphql(), limit)), None),
        })
    });
    let responses = responses.chain(stream::once(async { None }));
    let responses = Box::pin(responses.take_until(stopped));
    opening.chain(stream::unfold((Some(responses), None), async move |(responses, sent)| {
        // The next event is asked for when the one before has been sent.
        drop(sent);
        let mut responses = responses?;
        match time::timeout(KEEP_ALIVE_INTERVAL, responses.next()).await {
            Ok(Some(Some((event, permit)))) => Some((Ok(event), (Some(responses), permit))),
            Ok(Some(None)) => Some((Ok(Bytes::from_static(framing.end)), (None, None))),
            Ok(None) => None,
            Err(_) => Some((Ok(Bytes::from_static(framing.heartbeat)), (Some(responses), None))),
        }
    }))
}
