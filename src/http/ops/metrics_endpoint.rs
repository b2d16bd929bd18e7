//! The endpoint for Prometheus.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};

use crate::http::graphql::content_type::ResponseFormat;
use crate::http::middleware::error::HttpError;
use crate::http::server::state::State;

/// The content type of the OpenMetrics text format, which Prometheus reads too.
const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Responds to `GET /metrics`.
pub async fn metrics(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    if state.metrics_token.is_some_and(|token| !token.is_in(&request)) {
        let message = "The metrics require `Authorization: Bearer` and the value of METRICS_TOKEN.";
        let error = HttpError::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", message);
        return error.into_response(ResponseFormat::Json);
    }
    match state.metrics.encode(&state.database) {
        Ok(text) => {
            HttpResponse::Ok().content_type(CONTENT_TYPE).insert_header((header::VARY, "accept-encoding")).body(text)
        }
        Err(error) => {
            tracing::error!(%error, "metrics could not be encoded");
            HttpResponse::InternalServerError().finish()
        }
    }
}
