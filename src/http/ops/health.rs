//! Health checks: liveness and readiness.

use std::time::Duration;

use actix_web::{HttpResponse, http::header, web};
use tokio::time::timeout;

use crate::db::replica::Replica;
use crate::http::server::state::State;

/// How long the health check of the database may take.
const READY_TIMEOUT: Duration = Duration::from_secs(1);

/// Handles `GET /healthz`: the process is alive. Does not check the database, because a restart would not repair that.
pub async fn live() -> HttpResponse {
    respond(&[], "")
}

/// Handles `GET /readyz`: 200 if the server can take requests, otherwise 503 with a reason on each line. A server
/// without its replica is ready, and the response has a line about it.
pub async fn ready(state: web::Data<State>) -> HttpResponse {
    if state.stopping.borrow().is_some() {
        return respond(&["the server is stopping".to_owned()], "");
    }
    let reasons = timeout(READY_TIMEOUT, state.database.check()).await;
    let reasons = reasons.unwrap_or_else(|_| vec!["the database does not respond".to_owned()]);
    let replica = state.database.replica().and_then(Replica::unavailable_reason);
    let note = replica.map(|reason| format!("replica not used: {reason}\n"));
    respond(&reasons, &note.unwrap_or_default())
}

fn respond(reasons: &[String], note: &str) -> HttpResponse {
    let ready = reasons.is_empty();
    let mut response = if ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    response.insert_header((header::CACHE_CONTROL, "no-store")).content_type("text/plain; charset=utf-8");
    let body = if ready { "ok\n".to_owned() } else { reasons.join("\n") + "\n" };
    response.body(body + note)
}
