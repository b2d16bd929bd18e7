//! What a page asks of the API for whoever opens it.

use actix_web::{HttpRequest, http::Method, web};
use async_graphql::{Request, Variables};

use crate::auth::actor::Actor;
use crate::error::NOT_FOUND;
use crate::graphql::limits;
use crate::http::graphql::content_type::Media;
use crate::http::graphql::execute::run;
use crate::http::graphql::response::{only, write};
use crate::http::middleware::error::Refusal;
use crate::http::server::state::State;

/// Why a page cannot be filled.
pub enum Unanswered {
    /// Whoever opens it may not ask now.
    Refused(Refusal),
    /// What it is about is not there.
    NotFound,
    /// Anything else, which the log tells.
    Failed,
}

impl From<Refusal> for Unanswered {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// The answer to a query that a page of this server asks for whoever opens it. It is the one that is kept for a client that
/// sends the same, and counts as if they had sent it.
pub async fn ask(
    request: &HttpRequest,
    state: &State,
    query: &str,
    variables: &serde_json::Value,
) -> Result<web::Bytes, Unanswered> {
    let mut account = state.account(&Actor::ANYBODY, request);
    account.ask()?;
    let asked = web::Bytes::from(serde_json::json!({ "query": query, "variables": variables }).to_string());
    let key = state.answers.key(Media::Json, &Method::POST, &asked);
    if let Some(key) = &key
        && let Some(ready) = state.answers.get(key).await
    {
        return Ok(ready.body().clone());
    }
    let variables = Variables::from_json(variables.clone());
    let mut operation = Request::new(query).variables(variables).data(Actor::ANYBODY);
    let checked = limits::check(&mut operation, &state.limits).map_err(|_| Unanswered::Failed)?;
    let left = account.spend(checked.cost)?;
    let operation = left.into_iter().fold(operation, Request::data);
    let make = async {
        let _room = state.room.take(checked.cost).await;
        let response = run(state, operation, &checked).await;
        if response.is_ok() {
            return write(&response).map_err(|_| false);
        }
        tracing::debug!(errors = ?response.errors, "a page could not be filled");
        Err(only(NOT_FOUND, &response))
    };
    let made = match key {
        Some(key) => state.answers.get_or_make(key, make).await.map(|ready| ready.body().clone()).map_err(|why| *why),
        None => make.await.map(web::Bytes::from),
    };
    made.map_err(|missing| if missing { Unanswered::NotFound } else { Unanswered::Failed })
}
