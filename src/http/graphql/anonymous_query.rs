//! GraphQL queries that the server executes without a token: for its pages, and for the tools of agents.

use std::sync::Arc;

use actix_web::{HttpRequest, http::Method, web};
use async_graphql::{Request, Response, ServerError, Value, Variables};

use crate::auth::actor::Actor;
use crate::error::{INTERNAL, NOT_FOUND, TIMED_OUT, UNAVAILABLE};
use crate::graphql::limits;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::graphql::execute::run_recorded;
use crate::http::graphql::response::{has_only_errors, to_json};
use crate::http::limits::rate_limit::RateLimitState;
use crate::http::middleware::error::HttpError;
use crate::http::server::state::State;

/// The error of a page query.
#[derive(Clone)]
pub enum QueryError {
    /// The API rejects the query, because of a parameter of the page or of a rate limit. The page has its status and
    /// message.
    Rejected(HttpError),
    /// The subject of the page does not exist.
    NotFound,
    /// The subject of the page has another slug now: the address of its page.
    Moved(String),
    /// The server or its database fails.
    Failed,
}

impl From<HttpError> for QueryError {
    fn from(error: HttpError) -> Self {
        Self::Rejected(error)
    }
}

impl QueryError {
    /// Returns the error of a response. One failure of the server makes the whole page fail.
    fn of(response: &Response) -> Self {
        if has_only_errors(NOT_FOUND, response) {
            return Self::NotFound;
        }
        let codes = response.errors.iter().filter_map(|error| error.extensions.as_ref()?.get("code"));
        if codes
            .into_iter()
            .any(|code| [INTERNAL, TIMED_OUT, UNAVAILABLE].iter().any(|failure| *code == Value::from(*failure)))
        {
            return Self::Failed;
        }
        response.errors.first().map_or(Self::Failed, Self::rejected)
    }

    fn rejected(error: &ServerError) -> Self {
        Self::Rejected(HttpError::bad_request(&*error.message))
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
    run_anonymous(state.rate_limit_state(&Actor::ANONYMOUS, request), state, query, variables).await
}

/// As [`run_query`], with the rate limit of the client.
///
/// # Errors
/// See `QueryError`.
pub async fn run_anonymous(
    mut rate_limit: RateLimitState,
    state: &State,
    query: &str,
    variables: &serde_json::Value,
) -> Result<web::Bytes, QueryError> {
    rate_limit.count_request()?;
    let body = web::Bytes::from(serde_json::json!({ "query": query, "variables": variables }).to_string());
    let key = state.response_cache.key(ResponseFormat::Json, &Method::POST, &body, None);
    if let Some(key) = &key
        && let Some(cached) = state.response_cache.get(key).await
    {
        return Ok(cached.body().clone());
    }
    let variables = Variables::from_json(variables.clone());
    let mut operation = Request::new(query).variables(variables).data(Actor::ANONYMOUS);
    let checked = limits::analyze(&mut operation, &state.limits).map_err(|error| QueryError::rejected(&error))?;
    let remaining = rate_limit.spend(checked.cost)?;
    let operation = remaining.into_iter().fold(operation, Request::data);
    let execute = async {
        let _permit = state.cost_semaphore.acquire(checked.cost, 0).await.map_err(|_| QueryError::Failed)?;
        let (response, reads) = run_recorded(state, operation, &checked).await;
        if response.is_ok() {
            let body = to_json(&response, state.limits.response_bytes).map_err(|_| QueryError::Failed)?;
            return Ok((body, reads));
        }
        tracing::debug!(errors = ?response.errors, "page query failed");
        Err(QueryError::of(&response))
    };
    match key {
        Some(key) => {
            let cached = state.response_cache.get_or_insert_with(key, execute).await;
            cached.map(|cached| cached.body().clone()).map_err(Arc::unwrap_or_clone)
        }
        None => execute.await.map(|(body, _)| web::Bytes::from(body)),
    }
}
