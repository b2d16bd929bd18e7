//! The handshake of websockets for GraphQL.

use actix_web::{
    HttpRequest, HttpResponse,
    guard::GuardContext,
    http::{StatusCode, header},
    rt, web,
};

use crate::http::graphql::content_type::ResponseFormat;
use crate::http::graphql::websocket::connection::{Connection, PROTOCOL};
use crate::http::limits::body::MAX_BODY;
use crate::http::middleware::authentication::authenticate_request;
use crate::http::middleware::error::HttpError;
use crate::http::middleware::request_log::trace_headers;
use crate::http::server::state::State;

/// Whether a request wants a websocket.
pub fn is_upgrade(request: &GuardContext<'_>) -> bool {
    let upgrade = request.head().headers().get(header::UPGRADE);
    upgrade.is_some_and(|protocol| protocol.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

/// `GET /graphql` with an upgrade.
pub async fn open(request: HttpRequest, body: web::Payload, state: web::Data<State>) -> HttpResponse {
    let actor = match authenticate_request(&request, &state).await {
        Ok(actor) => actor,
        Err(refusal) => return refusal.into_response(ResponseFormat::Json),
    };
    if !state.cors_origins.allow(&request) {
        let message = "Pages of that origin may not open a websocket here.";
        return HttpError::new(StatusCode::FORBIDDEN, "FORBIDDEN", message).into_response(ResponseFormat::Json);
    }
    let address = state.trusted_proxies.address(&request);
    let open = match state.connection_limit.open(address) {
        Ok(open) => open,
        Err(refusal) => return refusal.into_response(ResponseFormat::Json),
    };
    let (response, session, messages) = match actix_ws::handle_with_protocols(&request, body, &[PROTOCOL]) {
        Ok(opened) => opened,
        Err(error) => {
            let refusal = HttpError::bad_request(format!("This is no websocket handshake: {error}."));
            return refusal.into_response(ResponseFormat::Json);
        }
    };
    let messages = messages.max_frame_size(MAX_BODY).aggregate_continuations().max_continuation_size(MAX_BODY);
    let socket =
        Connection::new(session, state.get_ref().clone(), (actor, address), trace_headers(request.headers()), open);
    // Browsers break a connection whose protocol nobody named; others are told.
    let spoken = response.headers().contains_key(header::SEC_WEBSOCKET_PROTOCOL);
    rt::spawn(socket.serve(messages, spoken));
    response
}
