//! The response to requests without a route.

use actix_web::{HttpRequest, HttpResponse, http::Method, web};

use crate::http::pages::response::{not_found_page, prefers_html};
use crate::http::server::state::State;

/// Responds with 404: a page for browsers, a JSON error for other clients.
pub async fn respond(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    if matches!(*request.method(), Method::GET | Method::HEAD) && prefers_html(&request) {
        return not_found_page(&request, &state);
    }
    let optional = [(state.features.playground, "/playground"), (state.features.schema, "/schema.graphql")];
    let served = optional.into_iter().filter(|(is_served, _)| *is_served).map(|(_, path)| format!(", {path}"));
    let message = format!("There is nothing at this path. Try /, /graphql{}.", served.collect::<String>());
    let error = serde_json::json!({ "message": message, "extensions": { "code": "NOT_FOUND" } });
    HttpResponse::NotFound().json(serde_json::json!({ "errors": [error] }))
}
