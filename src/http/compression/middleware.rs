//! Compresses the responses that are not compressed yet: pages, exports, the feed, errors and responses for tokens. Those
//! of the response cache, assets and static texts are compressed once.

use std::{
    error::Error,
    pin::Pin,
    task::{Context, Poll, ready},
};

use actix_web::{
    body::{BodySize, BoxBody, EitherBody, MessageBody},
    dev::ServiceResponse,
    http::{
        StatusCode,
        header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, VARY},
    },
    web::Bytes,
};
use pin_project_lite::pin_project;

use crate::http::compression::encoder;
use crate::http::compression::encoder::{Encoder, MIN_BODY_BYTES};
use crate::http::compression::encoding::ContentEncoding;

/// Compresses the body of a response, unless it is an event stream, compressed already, or short.
pub async fn compress<B: MessageBody + 'static>(
    response: ServiceResponse<B>,
    encoding: ContentEncoding,
) -> ServiceResponse<EitherBody<B>> {
    if response.status() == StatusCode::NOT_MODIFIED {
        return with_requested_tag(response, encoding).map_into_left_body();
    }
    if !is_compressible(&response) {
        return response.map_into_left_body();
    }
    let (request, response) = response.into_parts();
    let (mut response, body) = response.into_parts();
    let body = match body.try_into_bytes() {
        Ok(bytes) => match encoder::compress(encoding, bytes.clone()).await {
            Some(compressed) => BoxBody::new(compressed),
            None => return ServiceResponse::new(request, response.set_body(BoxBody::new(bytes)).map_into_right_body()),
        },
        Err(stream) => match Encoder::new(encoding) {
            Ok(encoder) => BoxBody::new(CompressedBody { body: stream, encoder: Some(encoder) }),
            Err(_) => return ServiceResponse::new(request, response.set_body(stream).map_into_left_body()),
        },
    };
    set_headers(response.headers_mut(), encoding);
    ServiceResponse::new(request, response.set_body(body).map_into_right_body())
}

fn is_compressible<B: MessageBody>(response: &ServiceResponse<B>) -> bool {
    let headers = response.headers();
    let is_long = match response.response().body().size() {
        BodySize::None => false,
        BodySize::Sized(bytes) => bytes >= MIN_BODY_BYTES as u64,
        BodySize::Stream => response.status() != StatusCode::SWITCHING_PROTOCOLS,
    };
    // An event must be sent when it occurs, and an encoder would keep it.
    let streams: [&[u8]; 2] = [b"text/event-stream", b"multipart/mixed"];
    let is_events = |media: &HeaderValue| streams.iter().any(|stream| media.as_bytes().starts_with(stream));
    is_long && !headers.contains_key(CONTENT_ENCODING) && !headers.get(CONTENT_TYPE).is_some_and(is_events)
}

/// Sets the headers of the compressed representation.
fn set_headers(headers: &mut HeaderMap, encoding: ContentEncoding) {
    headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
    headers.remove(CONTENT_LENGTH);
    if let Some(tag) = compressed_tag(headers, encoding) {
        headers.insert(ETAG, tag);
    }
    let vary = headers.get(VARY).and_then(|vary| vary.to_str().ok()).unwrap_or_default();
    if !vary.contains("accept-encoding") {
        let separator = if vary.is_empty() { "" } else { ", " };
        if let Ok(vary) = HeaderValue::try_from(format!("{vary}{separator}accept-encoding")) {
            headers.insert(VARY, vary);
        }
    }
}

/// Gives a 304 the tag of the compressed representation, if that is the one that the client has.
fn with_requested_tag<B>(mut response: ServiceResponse<B>, encoding: ContentEncoding) -> ServiceResponse<B> {
    if let Some(tag) = compressed_tag(response.headers(), encoding) {
        let requested = response.request().headers().get_all(IF_NONE_MATCH);
        if requested.filter_map(|tags| tags.to_str().ok()).any(|tags| tag.to_str().is_ok_and(|tag| tags.contains(tag)))
        {
            response.headers_mut().insert(ETAG, tag);
        }
    }
    response
}

fn compressed_tag(headers: &HeaderMap, encoding: ContentEncoding) -> Option<HeaderValue> {
    let tag = headers.get(ETAG)?.to_str().ok()?.parse().ok()?;
    HeaderValue::try_from(encoding.tag(&tag).to_string()).ok()
}

pin_project! {
    /// A stream that is compressed while it is sent.
    struct CompressedBody<B> {
        #[pin]
        body: B,
        encoder: Option<Encoder>,
    }
}

impl<B: MessageBody> MessageBody for CompressedBody<B> {
    type Error = Box<dyn Error>;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let mut this = self.project();
        while let Some(encoder) = this.encoder {
            match ready!(this.body.as_mut().poll_next(cx)) {
                Some(piece) => {
                    encoder.write(&piece.map_err(Into::into)?)?;
                    let output = encoder.take();
                    if !output.is_empty() {
                        return Poll::Ready(Some(Ok(output)));
                    }
                }
                None => return Poll::Ready(this.encoder.take().map(|encoder| Ok(encoder.finish()?))),
            }
        }
        Poll::Ready(None)
    }
}
