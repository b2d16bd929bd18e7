//! What a page asks of the API for whoever opens it.

use actix_web::{HttpRequest, http::Method, web};
use async_graphql::{Request, Variables};

use crate::auth::actor::Actor;
use crate::error::NOT_FOUND;
use crate::graphql::limits;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::graphql::execute::run;
use crate::http::graphql::response::{has_only_errors, to_json};
use crate::http::middleware::error::HttpError;
use crate::http::server::state::State;

/// Why a page cannot be filled.
pub enum QueryError {
    /// Whoever opens it may not ask now.
    Refused(HttpError),
    /// What it is about is not there.
    NotFound,
    /// Anything else, which the log tells.
    Failed,
}

impl From<HttpError> for QueryError {
    fn from(refusal: HttpError) -> Self {
        Self::Refused(refusal)
    }
}

/// The answer to a query that a page of this server asks for whoever opens it. It is the one that is kept for a client that
/// sends the same, and counts as if they had sent it.
pub async fn run_query(
    request: &HttpRequest,
    state: &State,
    query: &str,
    variables: &serde_json::Value,
) -> Result<web::Bytes, QueryError> {
    let mut account = state.rate_limit_state(&Actor::ANYBODY, request);
    account.count_request()?;
    let asked = web::Bytes::from(serde_json::json!({ "query": query, "variables": variables }).to_string());
    let key = state.response_cache.key(ResponseFormat::Json, &Method::POST, &asked);
    if let Some(key) = &key
        && let Some(ready) = state.response_cache.get(key).await
    {
        return Ok(ready.body().clone());
    }
    let variables = Variables::from_json(variables.clone());
    let mut operation = Request::new(query).variables(variables).data(Actor::ANYBODY);
    let checked = limits::analyze(&mut operation, &state.limits).map_err(|_| QueryError::Failed)?;
    let left = account.spend(checked.cost)?;
    let operation = left.into_iter().fold(operation, Request::data);
    let make = async {
        let _room = state.cost_semaphore.acquire(checked.cost).await;
        let response = run(state, operation, &checked).await;
        if response.is_ok() {
            return to_json(&response).map_err(|_| false);
        }
        tracing::debug!(errors = ?response.errors, "a page could not be filled");
        Err(has_only_errors(NOT_FOUND, &response))
    };
    let made = match key {
        Some(key) => state
            .response_cache
            .get_or_insert_with(key, make)
            .await
            .map(|ready| ready.body().clone())
            .map_err(|why| *why),
        None => make.await.map(web::Bytes::from),
    };
    made.map_err(|missing| if missing { QueryError::NotFound } else { QueryError::Failed })
}
