//! Authentication by bearer tokens.

use std::net::IpAddr;

use actix_web::{
    HttpRequest,
    http::{StatusCode, header},
};
use entity::api_token::Model as Token;
use tokio::time::timeout;

use crate::auth::actor::Actor;
use crate::auth::token::authenticate;
use crate::error::Error;
use crate::http::limits::rate_limit::RateLimitState;
use crate::http::limits::wrong_tokens::Attempt;
use crate::http::middleware::error::HttpError;
use crate::http::server::state::State;

/// Authenticates a request by its `Authorization` header; a request without one is anonymous. Costs a statement if
/// there is a token.
///
/// # Errors
/// `UNAUTHENTICATED` for a wrong token, which is rejected rather than ignored because its client expects to be
/// authenticated; `RATE_LIMITED` if the client address sent too many wrong tokens; an error of the database.
pub async fn authenticate_request(request: &HttpRequest, state: &State) -> Result<Actor, HttpError> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let Some(first) = headers.next() else {
        return Ok(Actor::ANONYMOUS);
    };
    let header = first.to_str().ok().filter(|_| headers.next().is_none());
    authenticate_header(header, state.trusted_proxies.address(request), state).await
}

/// Authenticates the value of an `Authorization` header; `None` if it is not a single text.
///
/// # Errors
/// The same as of `authenticate_request`.
pub async fn authenticate_header(
    authorization: Option<&str>,
    address: IpAddr,
    state: &State,
) -> Result<Actor, HttpError> {
    let Some(secret) = authorization.and_then(bearer_token) else {
        begin_attempt(address, state).await?.reject();
        let message = "The Authorization header is not `Bearer` and the secret of a token. Reading needs none.";
        return Err(HttpError::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", message));
    };
    // A token that was valid recently is looked up even if others at the same address exceeded the limit.
    let attempt = if state.wrong_tokens.was_valid(secret) { None } else { Some(begin_attempt(address, state).await?) };
    if let Some(token) = find_token(secret, state).await? {
        state.wrong_tokens.remember(secret);
        state.token_usage.record(token.id);
        return Ok(Actor { name: Some(token.name), role: token.role });
    }
    state.wrong_tokens.forget(secret);
    let attempt = match attempt {
        Some(attempt) => attempt,
        None => begin_attempt(address, state).await?,
    };
    attempt.reject();
    let message = "No token has that secret, or the token has expired or was revoked. Reading needs none.";
    Err(HttpError::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", message))
}

async fn begin_attempt(address: IpAddr, state: &State) -> Result<Attempt, HttpError> {
    let attempt = timeout(state.timeouts.request, state.wrong_tokens.begin(address)).await;
    attempt.map_err(|_| HttpError::from_error(&Error::TimedOut))?.map_err(|wait| {
        let seconds = (wait.as_secs_f64().ceil() as u64).max(1);
        let message = format!("Too many wrong tokens from your address; retry in {seconds} seconds.");
        let error = HttpError::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", message);
        HttpError { retry_after: Some(seconds), ..error }
    })
}

async fn find_token(secret: &str, state: &State) -> Result<Option<Token>, HttpError> {
    let token = state.with_deadline(authenticate(&state.database, secret)).await.flatten();
    token.map_err(|error| {
        state.database.record_error(&error);
        HttpError::from_error(&error)
    })
}

fn bearer_token(authorization: &str) -> Option<&str> {
    let (scheme, secret) = authorization.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then(|| secret.trim())
}

/// Authenticates a request that is not GraphQL and counts it against the rate limit of its client.
///
/// # Errors
/// The same as of `authenticate_request`, or `RATE_LIMITED` if the client has sent too many requests.
pub async fn authenticate_and_count(request: &HttpRequest, state: &State) -> Result<RateLimitState, HttpError> {
    let mut rate_limit = state.rate_limit_state(&authenticate_request(request, state).await?, request);
    rate_limit.count_request()?;
    Ok(rate_limit)
}
