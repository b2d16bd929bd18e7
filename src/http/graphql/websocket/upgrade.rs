//! The websocket handshake.

use actix_web::{
    Error, FromRequest, HttpRequest, HttpResponse,
    guard::GuardContext,
    http::{StatusCode, header},
    rt, web,
};
use actix_ws::Session;

use crate::http::graphql::content_type::ResponseFormat;
use crate::http::graphql::websocket::connection::{Connection, PROTOCOL};
use crate::http::graphql::websocket::messages::MessageReader;
use crate::http::middleware::authentication::authenticate_request;
use crate::http::middleware::error::HttpError;
use crate::http::middleware::request_log::trace_headers;
use crate::http::server::state::State;

/// The reason phrase of a 101 response, and after it the header with the subprotocol. Some clients (Python's `gql`) look
/// for the header in exactly this case, and the HTTP library writes the names of headers in lower case.
const REASON_WITH_PROTOCOL: &str = "Switching Protocols\r\nSec-WebSocket-Protocol: graphql-transport-ws";

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
    let permit = match state.connection_limit.acquire(address, 1) {
        Ok(permit) => permit,
        Err(error) => return error.into_response(ResponseFormat::Json),
    };
    let (mut response, session) = match handshake(&request).await {
        Ok(handshake) => handshake,
        Err(error) => {
            let error = HttpError::bad_request(format!("The websocket handshake is invalid: {error}."));
            return error.into_response(ResponseFormat::Json);
        }
    };
    let messages = MessageReader::new(body, address, state.message_limit.clone(), state.timeouts.receive);
    let headers = trace_headers(request.headers());
    let connection = Connection::new(session, state.get_ref().clone(), (actor, address), headers, permit);
    // Browsers close a connection without a common subprotocol; other clients get a close code.
    let supported = response.headers_mut().remove(header::SEC_WEBSOCKET_PROTOCOL).next().is_some();
    if supported {
        response.head_mut().reason = Some(REASON_WITH_PROTOCOL);
    }
    rt::spawn(connection.serve(messages, supported));
    response
}

/// Returns the response to the handshake and the sender of messages. The library's reader of messages gets no payload:
/// it would buffer a frame of any length until it is complete.
async fn handshake(request: &HttpRequest) -> Result<(HttpResponse, Session), Error> {
    let no_payload = web::Payload::extract(request).await?;
    let (response, session, _) = actix_ws::handle_with_protocols(request, no_payload, &[PROTOCOL])?;
    Ok((response, session))
}
