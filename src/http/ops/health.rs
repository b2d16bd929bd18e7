//! Whether the server lives, and whether it should be asked.

use std::time::Duration;

use actix_web::{HttpResponse, http::header, web};
use tokio::time::timeout;

use crate::db::replica::Replica;
use crate::http::server::state::State;

/// How long the database may take to say that it is well.
const READY_TIMEOUT: Duration = Duration::from_millis(500);

/// `GET /healthz`: the process lives. Says nothing of the database: a new process would not bring that back.
pub async fn live() -> HttpResponse {
    answer(&[], "")
}

/// `GET /readyz`: requests should come here. Else each line says a reason why they should not. Without its replica a server
/// answers all the same, and says so.
pub async fn ready(state: web::Data<State>) -> HttpResponse {
    if state.stopping.borrow().is_some() {
        return answer(&["the server is stopping".to_owned()], "");
    }
    let checked = timeout(READY_TIMEOUT, state.database.check()).await;
    let reasons = checked.unwrap_or_else(|_| vec!["the database does not answer".to_owned()]);
    let trouble = state.database.replica().and_then(Replica::unavailable_reason);
    let remark = trouble.map(|trouble| format!("the replica is not read: {trouble}\n"));
    answer(&reasons, &remark.unwrap_or_default())
}

fn answer(reasons: &[String], remark: &str) -> HttpResponse {
    let well = reasons.is_empty();
    let mut response = if well { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    response.insert_header((header::CACHE_CONTROL, "no-store")).content_type("text/plain; charset=utf-8");
    let told = if well { "ok\n".to_owned() } else { reasons.join("\n") + "\n" };
    response.body(told + remark)
}
