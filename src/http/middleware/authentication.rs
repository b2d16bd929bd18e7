//! Who asks: the bearer of a token, or anybody.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use actix_web::{
    HttpRequest,
    http::{StatusCode, header},
};

use entity::api_token::Model as Token;

use super::{State, origin::place, refusal::Refusal};
use crate::{api::context::Actor, catalog::token::authenticate};

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

/// The most wrong tokens that an address may send in a minute and be told so.
const MOST: u32 = 10;
const MINUTE: Duration = Duration::from_secs(60);
/// The most addresses that are told apart.
const MOST_ADDRESSES: usize = 10_000;

/// Counts wrong tokens by the address that they came from, a minute at a time.
#[derive(Debug, Default)]
pub struct WrongTokens(Mutex<Option<Minute>>);

#[derive(Debug)]
struct Minute {
    start: Instant,
    counts: HashMap<IpAddr, u32>,
}

impl WrongTokens {
    /// Counts one at the time `now`. Returns how long the minute still lasts if it was one too many.
    pub fn count(&self, address: IpAddr, now: Instant) -> Option<Duration> {
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // All addresses share one minute, which begins with a wrong token: forgetting it forgets them all at once.
        minute.take_if(|minute| now.duration_since(minute.start) >= MINUTE);
        let minute = minute.get_or_insert_with(|| Minute { start: now, counts: HashMap::new() });
        let mut address = place(address);
        if minute.counts.len() >= MOST_ADDRESSES && !minute.counts.contains_key(&address) {
            // What cannot be told apart any more counts as one; only wrong tokens feel it.
            address = Ipv6Addr::UNSPECIFIED.into();
        }
        let count = minute.counts.entry(address).or_default();
        *count = count.saturating_add(1);
        (*count > MOST).then(|| MINUTE - now.duration_since(minute.start))
    }
}
