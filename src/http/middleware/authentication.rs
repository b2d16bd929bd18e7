//! Authentication by bearer tokens.

use std::{net::IpAddr, time::Duration};

use actix_web::{
    HttpRequest,
    http::{
        StatusCode,
        header::{self, HeaderMap},
    },
};
use async_graphql::Response;
use chrono::Utc;
use entity::api_token::Model as Token;
use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};
use tokio::time::{sleep, timeout};

use crate::auth::actor::Actor;
use crate::auth::token::{authenticate, reauthenticate};
use crate::error::Error;
use crate::http::limits::rate_limit::RateLimitState;
use crate::http::limits::wrong_tokens::Attempt;
use crate::http::middleware::error::HttpError;
use crate::http::server::state::State;

/// How often the token of a long-lived connection is looked up again while nothing happens on it.
const TOKEN_CHECK_INTERVAL: Duration = Duration::from_secs(2);

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

/// Authenticates the value of an `Authorization` header; `None` if it is not a single text. A rejected token counts as
/// a request of its address.
///
/// # Errors
/// The same as of `authenticate_request`.
pub async fn authenticate_header(
    authorization: Option<&str>,
    address: IpAddr,
    state: &State,
) -> Result<Actor, HttpError> {
    let actor = check_header(authorization, address, state).await;
    actor.map_err(|error| if error.status.is_client_error() { count_rejected(error, address, state) } else { error })
}

fn count_rejected(error: HttpError, address: IpAddr, state: &State) -> HttpError {
    let mut rate_limit = state.rate_limiter.client_state(&Actor::ANONYMOUS, address);
    let error = rate_limit.count_request().err().unwrap_or(error);
    let mut headers = HeaderMap::new();
    rate_limit.write_headers(&mut headers);
    HttpError { headers: Some(Box::new(headers)), ..error }
}

async fn check_header(authorization: Option<&str>, address: IpAddr, state: &State) -> Result<Actor, HttpError> {
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
        return Ok(token.into());
    }
    state.wrong_tokens.forget(secret);
    let attempt = match attempt {
        Some(attempt) => attempt,
        None => begin_attempt(address, state).await?,
    };
    attempt.reject();
    Err(invalid_token())
}

fn invalid_token() -> HttpError {
    let message = "No token has that secret, or the token has expired or was revoked. Reading needs none.";
    HttpError::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", message)
}

/// Looks up the token of an actor again, for another operation on its connection. Returns the actor with its present
/// role. Costs a statement if there is a token.
///
/// # Errors
/// `UNAUTHENTICATED` if the token has expired or was revoked; an error of the database.
pub async fn authenticate_again(actor: &Actor, state: &State) -> Result<Actor, HttpError> {
    let Some(credential) = &actor.credential else { return Ok(Actor::ANONYMOUS) };
    let token = state.with_deadline(reauthenticate(&state.database, credential)).await.flatten();
    let token = token.map_err(|error| database_error(&error, state))?.ok_or_else(invalid_token)?;
    state.token_usage.record(token.id);
    Ok(token.into())
}

/// Returns whether the token of an actor is known not to be valid any more. While the database is unavailable only its
/// expiry is known.
pub async fn has_ended(actor: &Actor, state: &State) -> bool {
    let Some(credential) = &actor.credential else { return false };
    if credential.expires_at.is_some_and(|time| time <= Utc::now()) {
        return true;
    }
    matches!(state.with_deadline(reauthenticate(&state.database, credential)).await, Ok(Ok(None)))
}

/// Completes when the token of an actor is not valid any more. Does not complete without a token.
pub async fn token_ended(actor: Actor, state: State) {
    let Some(credential) = &actor.credential else { return std::future::pending().await };
    loop {
        let expires_in = credential.expires_at.map(|time| (time - Utc::now()).to_std().unwrap_or_default());
        sleep(expires_in.map_or(TOKEN_CHECK_INTERVAL, |time| time.min(TOKEN_CHECK_INTERVAL))).await;
        if has_ended(&actor, &state).await {
            return;
        }
    }
}

/// Ends the responses of a subscription with an `UNAUTHENTICATED` error when the token of its actor is not valid any
/// more. Without a token they are returned as they are.
pub fn end_with_token(
    responses: BoxStream<'static, Response>,
    actor: Actor,
    state: &State,
) -> BoxStream<'static, Response> {
    if actor.credential.is_none() {
        return responses;
    }
    let state = state.clone();
    stream::unfold(Some(responses), move |responses| {
        let (actor, state) = (actor.clone(), state.clone());
        async move {
            let mut responses = responses?;
            let next = tokio::select! {
                next = responses.next() => if has_ended(&actor, &state).await { None } else { Some(next?) },
                () = token_ended(actor.clone(), state.clone()) => None,
            };
            match next {
                Some(response) => Some((response, Some(responses))),
                None => Some((invalid_token().into_graphql(), None)),
            }
        }
    })
    .boxed()
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
    token.map_err(|error| database_error(&error, state))
}

fn database_error(error: &Error, state: &State) -> HttpError {
    state.database.record_error(error);
    HttpError::from_error(error)
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
