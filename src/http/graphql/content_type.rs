//! The media types of answers, and which of them a client takes.

use actix_web::{
    HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
};

/// What an answer is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResponseFormat {
    /// GraphQL's own: the status says whether the request could be executed.
    GraphQl,
    /// The one from before that: the status says whether the server understood the HTTP request.
    Json,
    /// Server-sent events: answers as they come.
    Events,
}

impl ResponseFormat {
    /// What a media type, or a range of them, stands for.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "*/*" | "application/*" | "application/json" => Some(Self::Json),
            "application/graphql-response+json" => Some(Self::GraphQl),
            "text/event-stream" => Some(Self::Events),
            _ => None,
        }
    }

    /// An answer without a body yet.
    pub fn response(self, status: StatusCode) -> HttpResponseBuilder {
        let mut response = HttpResponse::build(status);
        let media = match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::Events => "text/event-stream; charset=utf-8",
        };
        response.insert_header((header::CONTENT_TYPE, media)).insert_header((header::VARY, "accept, authorization"));
        response
    }
}
