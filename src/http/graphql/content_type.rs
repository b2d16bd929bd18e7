//! The media types of responses.

use actix_web::{
    HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
};
use mime::Mime;

/// The format of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResponseFormat {
    /// `application/graphql-response+json`: the status says whether the request could be executed.
    GraphQl,
    /// `application/json`, the older media type: the status says whether the server understood the HTTP request.
    Json,
    /// `text/event-stream`: server-sent events, one for each response.
    Events,
    /// `multipart/mixed; subscriptionSpec=1.0`: Apollo's protocol for subscriptions, one part for each response.
    Multipart,
}

impl ResponseFormat {
    /// Returns whether a response in this format has any number of GraphQL responses.
    pub fn is_stream(self) -> bool {
        matches!(self, Self::Events | Self::Multipart)
    }

    /// Returns the format of a media type with parameters; `None` if this endpoint does not have it.
    pub(crate) fn from_mime(mime: &Mime) -> Option<Self> {
        let is_subscription = || mime.get_param("subscriptionSpec").is_some_and(|version| version == "1.0");
        match mime.essence_str() {
            "multipart/mixed" => is_subscription().then_some(Self::Multipart),
            media_type => Self::from_media_range(media_type),
        }
    }

    /// Returns the format of a media type or a media range; `None` if this endpoint does not have it.
    pub(crate) fn from_media_range(media_range: &str) -> Option<Self> {
        match media_range {
            "*/*" | "application/*" | "application/json" => Some(Self::Json),
            "application/graphql-response+json" => Some(Self::GraphQl),
            "text/event-stream" => Some(Self::Events),
            _ => None,
        }
    }

    /// Starts a response in this format.
    pub fn response(self, status: StatusCode) -> HttpResponseBuilder {
        let mut response = HttpResponse::build(status);
        let media_type = match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::Events => "text/event-stream; charset=utf-8",
            Self::Multipart => "multipart/mixed;boundary=\"graphql\";subscriptionSpec=1.0",
        };
        response
            .insert_header((header::CONTENT_TYPE, media_type))
            .insert_header((header::VARY, "accept, accept-encoding, authorization"));
        response
    }
}
