//! The Model Context Protocol: tools for AI agents at `/mcp`, over Streamable HTTP without sessions.

mod arguments;
mod response;
mod tools;

use std::{sync::Arc, time::Duration};

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, http::StatusCode, web};
use http_body_util::{BodyExt, Full};
use rmcp::transport::streamable_http_server::{
    StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager,
};

use crate::auth::actor::Actor;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::mcp::tools::Tools;
use crate::http::middleware::error::HttpError;
use crate::http::server::state::State;

/// The largest message of a client. Arguments are a few words.
const MAX_MESSAGE_BYTES: usize = 64 << 10;

/// Adds the route. GET and DELETE, which only sessions have, are answered with 405.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/mcp").app_data(web::PayloadConfig::new(MAX_MESSAGE_BYTES)).default_service(web::to(respond)),
    );
}

async fn respond(request: HttpRequest, body: web::Bytes, state: web::Data<State>) -> HttpResponse {
    let message = match convert(&request, body) {
        Ok(message) => message,
        Err(error) => return HttpError::bad_request(error.to_string()).into_response(ResponseFormat::Json),
    };
    let rate_limit = state.rate_limit_state(&Actor::ANONYMOUS, &request);
    let tools = Tools::new(state.clone(), rate_limit, state.public_url.of(&request));
    // The server checks hosts and origins itself, and the tools read only what everybody may read.
    let config = StreamableHttpServerConfig::default()
        .disable_allowed_hosts()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_sse_keep_alive(None::<Duration>)
        .with_max_request_body_bytes(MAX_MESSAGE_BYTES);
    let service =
        StreamableHttpService::new(move || Ok(tools.clone()), Arc::new(NeverSessionManager::default()), config);
    let answer = async {
        let (head, body) = service.handle(message).await.into_parts();
        let Ok(body) = body.collect().await;
        (head, body.to_bytes())
    };
    match state.with_deadline(answer).await {
        Ok((head, body)) => {
            let status = StatusCode::from_u16(head.status.as_u16()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let mut response = HttpResponseBuilder::new(status);
            for (name, value) in &head.headers {
                response.insert_header((name.as_str(), value.as_bytes()));
            }
            response.body(body)
        }
        Err(error) => HttpError::from_error(&error).into_response(ResponseFormat::Json),
    }
}

/// Returns a request in the types of another version of the crate `http`.
fn convert(request: &HttpRequest, body: web::Bytes) -> Result<http::Request<Full<web::Bytes>>, http::Error> {
    let mut converted = http::Request::builder().method(request.method().as_str()).uri(request.uri().to_string());
    for (name, value) in request.headers() {
        converted = converted.header(name.as_str(), value.as_bytes());
    }
    converted.body(Full::new(body))
}
