//! GraphQL queries that the server executes to render its pages.

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

/// The error of a page query.
pub enum QueryError {
    /// The client is over its rate limit.
    RateLimited(HttpError),
    /// The subject of the page does not exist.
    NotFound,
    /// Another error, which is logged.
    Failed,
}

impl From<HttpError> for QueryError {
    fn from(error: HttpError) -> Self {
        Self::RateLimited(error)
    }
}

/// Executes the query of a page without a token and returns the JSON response. It counts against the rate limit of the
/// client, and shares the response cache with clients that send the same query with POST.
///
/// # Errors
/// See `QueryError`.
pub async fn run_query(
    request: &HttpRequest,
    state: &State,
    query: &str,
    variables: &serde_json::Value,
) -> Result<web::Bytes, QueryError> {
    let mut rate_limit = state.rate_limit_state(&Actor::ANONYMOUS, request);
    rate_limit.count_request()?;
    let body = web::Bytes::from(serde_json::json!({ "query": query, "variables": variables }).to_string());
    let key = state.response_cache.key(ResponseFormat::Json, &Method::POST, &body);
    if let Some(key) = &key
        && let Some(cached) = state.response_cache.get(key).await
    {
        return Ok(cached.body().clone());
    }
    let variables = Variables::from_json(variables.clone());
    let mut operation = Request::new(query).variables(variables).data(Actor::ANONYMOUS);
    let checked = limits::analyze(&mut operation, &state.limits).map_err(|_| QueryError::Failed)?;
    let remaining = rate_limit.spend(checked.cost)?;
    let operation = remaining.into_iter().fold(operation, Request::data);
    // The error is true if the only problem is that the subject does not exist.
    let execute = async {
        let _permit = state.cost_semaphore.acquire(checked.cost).await;
        let response = run(state, operation, &checked).await;
        if response.is_ok() {
            return to_json(&response).map_err(|_| false);
        }
        tracing::debug!(errors = ?response.errors, "page query failed");
        Err(has_only_errors(NOT_FOUND, &response))
    };
    let result = match key {
        Some(key) => state
            .response_cache
            .get_or_insert_with(key, execute)
            .await
            .map(|cached| cached.body().clone())
            .map_err(|not_found| *not_found),
        None => execute.await.map(web::Bytes::from),
    };
    result.map_err(|not_found| if not_found { QueryError::NotFound } else { QueryError::Failed })
}
