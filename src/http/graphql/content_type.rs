//! The media types of answers, and which of them a client takes.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{
        StatusCode,
        header::{self, Accept, Header},
    },
};

use super::refusal::Refusal;

/// What an answer is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Media {
    /// GraphQL's own: the status says whether the request could be executed.
    GraphQl,
    /// The one from before that: the status says whether the server understood the HTTP request.
    Json,
    /// Server-sent events: answers as they come.
    Events,
}

impl Media {
    /// The media type to answer in: the first in the client's order that is one of these.
    ///
    /// # Errors
    /// The client takes none of them.
    pub fn accepted(request: &HttpRequest) -> Result<Self, Refusal> {
        let mut given = request.headers().get_all(header::ACCEPT);
        let Some(first) = given.next() else { return Ok(Self::Json) };
        // Most clients name one, or any, and that wants no parser.
        if given.next().is_none()
            && let Some(only) = first.to_str().ok().and_then(Self::named)
        {
            return Ok(only);
        }
        let accept = Accept::parse(request)
            .map_err(|_| Refusal::bad_request("The Accept header is not a list of media types."))?;
        let ranked = accept.iter().filter(|item| item.quality > header::Quality::ZERO).collect::<Vec<_>>();
        let best = ranked.iter().filter_map(|item| Some((item.quality, Self::named(item.item.essence_str())?)));
        // Of equals the first that the client wrote.
        best.rev().max_by_key(|(quality, _)| *quality).map(|(_, media)| media).ok_or_else(|| {
            let message = "Accept none of what this endpoint answers in: application/graphql-response+json, \
                application/json, or text/event-stream.";
            Refusal::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message)
        })
    }

    /// What a media type, or a range of them, stands for.
    fn named(name: &str) -> Option<Self> {
        match name {
            "*/*" | "application/*" | "application/json" => Some(Self::Json),
            "application/graphql-response+json" => Some(Self::GraphQl),
            "text/event-stream" => Some(Self::Events),
            _ => None,
        }
    }

    /// An answer without a body yet.
    pub fn answer(self, status: StatusCode) -> HttpResponseBuilder {
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
