//! The metrics, as Prometheus reads them.

use actix_web::{HttpResponse, web};

use crate::http::server::state::State;

/// `GET /metrics`.
pub async fn metrics(state: web::Data<State>) -> HttpResponse {
    match state.metrics.text(&state.database) {
        Ok(text) => HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text),
        Err(error) => {
            tracing::error!(%error, "the metrics cannot be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}
