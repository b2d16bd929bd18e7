//! Who asks: the bearer of a token, or anybody.

use std::{net::IpAddr, time::Instant};

use actix_web::{
    HttpRequest,
    http::{StatusCode, header},
};

use entity::api_token::Model as Token;

use crate::auth::actor::Actor;
use crate::auth::token::authenticate;
use crate::http::limits::rate_limit::Account;
use crate::http::middleware::error::Refusal;
use crate::http::server::state::State;

/// Who asks, by the `Authorization` header. A token that is not right is refused rather than left aside: who sends one means
/// to be known. Costs a statement where there is a token.
pub async fn actor(request: &HttpRequest, state: &State) -> Result<Actor, Refusal> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let Some(first) = headers.next() else {
        return Ok(Actor::ANYBODY);
    };
    let one = first.to_str().ok().filter(|_| headers.next().is_none());
    bearer(one, state.proxies.address(request), state).await
}

/// Who asks, by what they sent as `Authorization`; none where that cannot be read.
pub async fn bearer(authorization: Option<&str>, address: IpAddr, state: &State) -> Result<Actor, Refusal> {
    let message = match authorization.and_then(secret) {
        Some(secret) => match known(secret, state).await? {
            Some(token) => {
                state.uses.note(token.id);
                return Ok(Actor { name: Some(token.name), role: token.role });
            }
            None => "No token has that secret, or the token has expired or was revoked. Reading needs none.",
        },
        None => "The Authorization header is not `Bearer` and the secret of a token. Reading needs none.",
    };
    // Checked after the token, so that whoever has a right one is not held up by others at the same address.
    let Some(wait) = state.wrong_tokens.count(address, Instant::now()) else {
        return Err(Refusal::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", message));
    };
    let seconds = wait.as_secs_f64().ceil() as u64;
    let message = format!("Your address sent too many wrong tokens; wait {seconds} seconds.");
    let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", message);
    Err(Refusal { retry_after: Some(seconds), ..refusal })
}

async fn known(secret: &str, state: &State) -> Result<Option<Token>, Refusal> {
    let found = state.bounded(authenticate(&state.database, secret)).await.and_then(|found| found);
    found.map_err(|error| {
        state.database.note(&error);
        Refusal::failure(&error)
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
pub async fn admit(request: &HttpRequest, state: &State) -> Result<Account, Refusal> {
    let mut account = state.account(&actor(request, state).await?, request);
    account.ask()?;
    Ok(account)
}
