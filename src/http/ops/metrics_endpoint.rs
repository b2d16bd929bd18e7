//! The endpoint for Prometheus.

use actix_web::{HttpResponse, web};

use crate::http::server::state::State;

/// The content type of the OpenMetrics text format, which Prometheus reads too.
const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Responds to `GET /metrics`.
pub async fn metrics(state: web::Data<State>) -> HttpResponse {
    match state.metrics.encode(&state.database) {
        Ok(text) => HttpResponse::Ok().content_type(CONTENT_TYPE).body(text),
        Err(error) => {
            tracing::error!(%error, "metrics could not be encoded");
            HttpResponse::InternalServerError().finish()
        }
    }
}
