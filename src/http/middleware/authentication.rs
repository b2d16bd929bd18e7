//! Who asks: the bearer of a token, or anybody.

use std::{net::IpAddr, time::Instant};

use actix_web::{
    HttpRequest,
    http::{StatusCode, header},
};

use entity::api_token::Model as Token;

use crate::auth::actor::Actor;
use crate::auth::token::authenticate;
use crate::http::limits::rate_limit::RateLimitState;
use crate::http::middleware::error::HttpError;
use crate::http::server::state::State;

/// Who asks, by the `Authorization` header. A token that is not right is refused rather than left aside: who sends one means
/// to be known. Costs a statement where there is a token.
pub async fn authenticate_request(request: &HttpRequest, state: &State) -> Result<Actor, HttpError> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let Some(first) = headers.next() else {
        return Ok(Actor::ANYBODY);
    };
    let one = first.to_str().ok().filter(|_| headers.next().is_none());
    authenticate_header(one, state.trusted_proxies.address(request), state).await
}

/// Who asks, by what they sent as `Authorization`; none where that cannot be read.
pub async fn authenticate_header(
    authorization: Option<&str>,
    address: IpAddr,
    state: &State,
) -> Result<Actor, HttpError> {
    let message = match authorization.and_then(secret) {
        Some(secret) => match find_token(secret, state).await? {
            Some(token) => {
                state.token_usage.record(token.id);
                return Ok(Actor { name: Some(token.name), role: token.role });
            }
            None => "No token has that secret, or the token has expired or was revoked. Reading needs none.",
        },
        None => "The Authorization header is not `Bearer` and the secret of a token. Reading needs none.",
    };
    // Checked after the token, so that whoever has a right one is not held up by others at the same address.
    let Some(wait) = state.wrong_tokens.count(address, Instant::now()) else {
        return Err(HttpError::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", message));
    };
    let seconds = wait.as_secs_f64().ceil() as u64;
    let message = format!("Your address sent too many wrong tokens; wait {seconds} seconds.");
    let refusal = HttpError::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", message);
    Err(HttpError { retry_after: Some(seconds), ..refusal })
}

async fn find_token(secret: &str, state: &State) -> Result<Option<Token>, HttpError> {
    let found = state.with_deadline(authenticate(&state.database, secret)).await.and_then(|found| found);
    found.map_err(|error| {
        state.database.record_error(&error);
        HttpError::from_error(&error)
    })
}

fn secret(authorization: &str) -> Option<&str> {
    let (scheme, secret) = authorization.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then(|| secret.trim())
}

/// Authenticates a request that is not GraphQL and counts it against the rate limit of its client.
///
/// # Errors
/// The token is wrong, or the client has sent too many requests.
pub async fn authenticate_and_count(request: &HttpRequest, state: &State) -> Result<RateLimitState, HttpError> {
    let mut account = state.rate_limit_state(&authenticate_request(request, state).await?, request);
    account.count_request()?;
    Ok(account)
}
