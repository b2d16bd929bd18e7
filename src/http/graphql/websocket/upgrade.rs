//! The websocket handshake.

use actix_web::{
    HttpRequest, HttpResponse,
    guard::GuardContext,
    http::{StatusCode, header},
    rt, web,
};

use crate::http::graphql::content_type::ResponseFormat;
use crate::http::graphql::websocket::connection::{Connection, PROTOCOL};
use crate::http::limits::body::MAX_BODY_BYTES;
use crate::http::middleware::authentication::authenticate_request;
use crate::http::middleware::error::HttpError;
use crate::http::middleware::request_log::trace_headers;
use crate::http::server::state::State;

/// Returns whether a request asks for an upgrade to a websocket.
pub fn is_upgrade(request: &GuardContext<'_>) -> bool {
    let upgrade = request.head().headers().get(header::UPGRADE);
    upgrade.is_some_and(|protocol| protocol.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

/// Handles `GET /graphql` with an upgrade.
pub async fn open(request: HttpRequest, body: web::Payload, state: web::Data<State>) -> HttpResponse {
    let actor = match authenticate_request(&request, &state).await {
        Ok(actor) => actor,
        Err(error) => return error.into_response(ResponseFormat::Json),
    };
    if !state.cors_origins.allow(&request) {
        let message = "Pages of that origin may not open a websocket to this server.";
        return HttpError::new(StatusCode::FORBIDDEN, "FORBIDDEN", message).into_response(ResponseFormat::Json);
    }
    let address = state.trusted_proxies.address(&request);
    let permit = match state.connection_limit.acquire(address) {
        Ok(permit) => permit,
        Err(error) => return error.into_response(ResponseFormat::Json),
    };
    let (response, session, messages) = match actix_ws::handle_with_protocols(&request, body, &[PROTOCOL]) {
        Ok(handshake) => handshake,
        Err(error) => {
            let error = HttpError::bad_request(format!("The websocket handshake is invalid: {error}."));
            return error.into_response(ResponseFormat::Json);
        }
    };
    let messages =
        messages.max_frame_size(MAX_BODY_BYTES).aggregate_continuations().max_continuation_size(MAX_BODY_BYTES);
    let headers = trace_headers(request.headers());
    let connection = Connection::new(session, state.get_ref().clone(), (actor, address), headers, permit);
    // Browsers close a connection without a common subprotocol; other clients get a close code.
    let supported = response.headers().contains_key(header::SEC_WEBSOCKET_PROTOCOL);
    rt::spawn(connection.serve(messages, supported));
    response
}
