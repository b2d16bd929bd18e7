//! How often and for how much one may ask: by the token, or by the address of who has none.

use std::{fmt::Write, net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

use actix_web::http::{
    StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use chrono::Utc;
use governor::{
    Quota, RateLimiter as GovernorLimiter,
    clock::{Clock, DefaultClock},
    middleware::{StateInformationMiddleware, StateSnapshot},
    state::{InMemoryState, NotKeyed},
};
use moka::sync::Cache;
use tokio::time::sleep;

use crate::auth::actor::Actor;
use crate::graphql::scalars::DateTime;
use crate::graphql::types::rate_limit::RateLimit;
use crate::http::limits::client_ip::rate_limit_key;
use crate::http::middleware::error::HttpError;

/// The most of those who ask that are told apart: whoever asks least is forgotten, and then has all to spend again.
const MAX_CLIENTS: u64 = 50_000;
/// After how long without a request somebody is forgotten: by then all they spent has grown back.
const IDLE_TIMEOUT: Duration = Duration::from_secs(120);

/// What one may ask for in a minute; nothing stands for anything.
#[derive(Clone, Copy, Debug)]
pub struct RateLimits {
    /// Requests.
    pub requests: Option<NonZeroU32>,
    /// What they cost.
    pub cost: Option<NonZeroU32>,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self { requests: NonZeroU32::new(6000), cost: NonZeroU32::new(1_000_000) }
    }
}

/// What everybody has left.
#[derive(Clone)]
pub struct RateLimiter {
    limits: RateLimits,
    meters: Cache<ClientKey, Arc<Buckets>>,
    policy: Option<HeaderValue>,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum ClientKey {
    Token(String),
    Address(IpAddr),
}

type Bucket = GovernorLimiter<NotKeyed, InMemoryState, DefaultClock, StateInformationMiddleware>;

/// What somebody has left.
struct Buckets {
    requests: Option<Bucket>,
    cost: Option<Bucket>,
}

/// The account of whoever asks, for one request or one connection.
#[derive(Clone)]
pub struct RateLimitState {
    meters: Option<Arc<Buckets>>,
    policy: Option<HeaderValue>,
    requests: Option<BucketState>,
    cost: Option<BucketState>,
}

/// How something stands.
#[derive(Clone, Copy, Debug)]
struct BucketState {
    limit: u32,
    remaining: u32,
    /// When all of it will be there again.
    full_in: Duration,
}

impl RateLimiter {
    /// Nobody has asked yet.
    pub fn new(limits: RateLimits) -> Self {
        let quotas = [("requests", limits.requests), ("cost", limits.cost)];
        let quotas = quotas.iter().filter_map(|(name, limit)| Some(format!("\"{name}\";q={};w=60", (*limit)?)));
        let policy = quotas.collect::<Vec<_>>().join(", ");
        Self {
            limits,
            meters: Cache::builder().max_capacity(MAX_CLIENTS).time_to_idle(IDLE_TIMEOUT).build(),
            policy: HeaderValue::try_from(policy).ok().filter(|policy| !policy.is_empty()),
        }
    }

    /// The account of whoever asks.
    pub fn client_state(&self, actor: &Actor, address: IpAddr) -> RateLimitState {
        let limits = self.limits;
        let asker = || actor.name.clone().map_or(ClientKey::Address(rate_limit_key(address)), ClientKey::Token);
        let meters = self.policy.is_some().then(|| {
            self.meters.get_with(asker(), || {
                let meter = |limit: NonZeroU32| {
                    GovernorLimiter::direct(Quota::per_minute(limit)).with_middleware::<StateInformationMiddleware>()
                };
                Arc::new(Buckets { requests: limits.requests.map(meter), cost: limits.cost.map(meter) })
            })
        });
        RateLimitState { meters, policy: self.policy.clone(), requests: None, cost: None }
    }
}

impl RateLimitState {
    /// Counts a request.
    ///
    /// # Errors
    /// It is one too many.
    pub fn count_request(&mut self) -> Result<(), HttpError> {
        let meter = self.meters.as_ref().and_then(|meters| meters.requests.as_ref());
        take(meter, 1, &mut self.requests).map_err(|wait| refusal("sent", "requests", self.requests, wait))
    }

    /// Spends what a request costs; tells what is left.
    ///
    /// # Errors
    /// Less is left than that.
    pub fn spend(&mut self, cost: u32) -> Result<Option<RateLimit>, HttpError> {
        let meter = self.meters.as_ref().and_then(|meters| meters.cost.as_ref());
        take(meter, cost, &mut self.cost).map_err(|wait| refusal("spent", "cost", self.cost, wait))?;
        let whole = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
        Ok(self.cost.map(|standing| RateLimit {
            limit: whole(standing.limit),
            cost: whole(cost),
            remaining: whole(standing.remaining),
            reset_at: DateTime(Utc::now() + standing.full_in),
        }))
    }

    /// Spends what an event costs, as soon as that much is left.
    pub async fn spend_when_available(&mut self, cost: u32) {
        while let Err(refusal) = self.spend(cost) {
            sleep(Duration::from_secs(refusal.retry_after.unwrap_or(1))).await;
        }
    }

    /// Tells how the account stands, as draft-ietf-httpapi-ratelimit-headers has it.
    pub fn write_headers(&self, headers: &mut HeaderMap) {
        let Some(policy) = &self.policy else { return };
        let mut told = String::with_capacity(64);
        for (name, standing) in [("requests", self.requests), ("cost", self.cost)] {
            let Some(BucketState { remaining, full_in, .. }) = standing else { continue };
            let comma = if told.is_empty() { "" } else { ", " };
            // A text takes whatever is written to it.
            let _ = write!(told, "{comma}\"{name}\";r={remaining};t={}", seconds(full_in));
        }
        if let Ok(value) = HeaderValue::try_from(told)
            && !value.is_empty()
        {
            headers.insert(HeaderName::from_static("ratelimit"), value);
            headers.insert(HeaderName::from_static("ratelimit-policy"), policy.clone());
        }
    }
}

/// Takes so much, if it is there; else tells how long it takes to be there. More than there can ever be takes all.
fn take(meter: Option<&Bucket>, amount: u32, standing: &mut Option<BucketState>) -> Result<(), Duration> {
    let Some((meter, amount)) = meter.zip(NonZeroU32::new(amount)) else { return Ok(()) };
    let taken = match meter.check_n(amount) {
        Ok(taken) => taken,
        Err(most) => match NonZeroU32::new(most.0).map(|most| meter.check_n(most)) {
            Some(Ok(taken)) => taken,
            _ => return Ok(()),
        },
    };
    match taken {
        Ok(snapshot) => {
            *standing = Some(BucketState::of(&snapshot));
            Ok(())
        }
        Err(not_yet) => {
            let (limit, wait) =
                (not_yet.quota().burst_size().get(), not_yet.wait_time_from(DefaultClock::default().now()));
            *standing = Some(BucketState { limit, remaining: 0, full_in: wait });
            Err(wait)
        }
    }
}

impl BucketState {
    fn of(snapshot: &StateSnapshot) -> Self {
        let (quota, remaining) = (snapshot.quota(), snapshot.remaining_burst_capacity());
        let limit = quota.burst_size().get();
        Self { limit, remaining, full_in: quota.replenish_interval() * limit.saturating_sub(remaining) }
    }
}

fn refusal(done: &str, what: &str, standing: Option<BucketState>, wait: Duration) -> HttpError {
    let limit = standing.map_or(0, |standing| standing.limit);
    let wait = seconds(wait).max(1);
    let message = format!("You {done} more than {limit} {what} a minute allow; wait {wait} seconds.");
    let refusal = HttpError::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", message);
    HttpError { retry_after: Some(wait), ..refusal }
}

fn seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}
