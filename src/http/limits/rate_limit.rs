//! Rate limits on requests and query cost per minute, by token or by client address without a token; and on proposals without a
//! token per hour.

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

/// The maximum number of clients in memory. Beyond it the least active client is dropped and starts with full buckets.
const MAX_CLIENTS: u64 = 50_000;
/// After this time without a request a client is dropped; its buckets are full again by then.
const IDLE_TIMEOUT: Duration = Duration::from_secs(120);
/// The same of the bucket of proposals.
const IDLE_TIMEOUT_OF_PROPOSALS: Duration = Duration::from_secs(3660);

/// The limits of a client; `None` is unlimited.
#[derive(Clone, Copy, Debug)]
pub struct RateLimits {
    /// The number of requests per minute.
    pub requests: Option<NonZeroU32>,
    /// The total cost of operations per minute.
    pub cost: Option<NonZeroU32>,
    /// The number of proposals per hour, without a token.
    pub proposals: Option<NonZeroU32>,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self { requests: NonZeroU32::new(6000), cost: NonZeroU32::new(5_000_000), proposals: NonZeroU32::new(10) }
    }
}

/// Holds the buckets of all clients.
#[derive(Clone)]
pub struct RateLimiter {
    limits: RateLimits,
    clients: Cache<ClientKey, Arc<Buckets>>,
    /// The buckets of proposals without a token, by address.
    proposers: Cache<IpAddr, Arc<Bucket>>,
    policy: Option<HeaderValue>,
}

/// Identifies a client.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum ClientKey {
    Token(String),
    Address(IpAddr),
}

type Bucket = GovernorLimiter<NotKeyed, InMemoryState, DefaultClock, StateInformationMiddleware>;

/// The token buckets of a client; `None` is unlimited.
struct Buckets {
    requests: Option<Bucket>,
    cost: Option<Bucket>,
}

/// The rate limit of the client of one request or one connection.
#[derive(Clone)]
pub struct RateLimitState {
    buckets: Option<Arc<Buckets>>,
    policy: Option<HeaderValue>,
    requests: Option<BucketState>,
    cost: Option<BucketState>,
}

/// The state of a bucket after the last request.
#[derive(Clone, Copy, Debug)]
struct BucketState {
    limit: u32,
    remaining: u32,
    /// The time until the bucket is full again.
    full_in: Duration,
}

impl RateLimiter {
    /// Creates full buckets for every client.
    pub fn new(limits: RateLimits) -> Self {
        let quotas = [("requests", limits.requests), ("cost", limits.cost)];
        let quotas = quotas.iter().filter_map(|(name, limit)| Some(format!("\"{name}\";q={};w=60", (*limit)?)));
        let policy = quotas.collect::<Vec<_>>().join(", ");
        Self {
            limits,
            clients: Cache::builder().max_capacity(MAX_CLIENTS).time_to_idle(IDLE_TIMEOUT).build(),
            proposers: Cache::builder().max_capacity(MAX_CLIENTS).time_to_idle(IDLE_TIMEOUT_OF_PROPOSALS).build(),
            policy: HeaderValue::try_from(policy).ok().filter(|policy| !policy.is_empty()),
        }
    }

    /// Returns the limits of a client.
    pub fn limits(&self) -> RateLimits {
        self.limits
    }

    /// Returns the rate limit of a client: of its token, or of its address if it has none.
    pub fn client_state(&self, actor: &Actor, address: IpAddr) -> RateLimitState {
        let limits = self.limits;
        let client = || actor.name.clone().map_or(ClientKey::Address(rate_limit_key(address)), ClientKey::Token);
        let buckets = self.policy.is_some().then(|| {
            self.clients.get_with(client(), || {
                let bucket = |limit: NonZeroU32| bucket(Quota::per_minute(limit));
                Arc::new(Buckets { requests: limits.requests.map(bucket), cost: limits.cost.map(bucket) })
            })
        });
        RateLimitState { buckets, policy: self.policy.clone(), requests: None, cost: None }
    }

    /// Counts the proposals of a request. Those with a token are not limited.
    ///
    /// # Errors
    /// `RATE_LIMITED` if the client has made too many.
    pub fn count_proposals(&self, actor: &Actor, address: IpAddr, proposals: u32) -> Result<(), HttpError> {
        let Some(limit) = self.limits.proposals.filter(|_| proposals > 0 && actor.name.is_none()) else {
            return Ok(());
        };
        let new_bucket = || Arc::new(bucket(Quota::per_hour(limit)));
        let bucket = self.proposers.get_with(rate_limit_key(address), new_bucket);
        let mut state = None;
        // One by one: more than the bucket holds would be taken as a full bucket.
        let taken = (0..proposals).try_for_each(|_| take(Some(&bucket), 1, &mut state));
        taken.map_err(|wait| rate_limited("proposals per hour", state, wait))
    }
}

fn bucket(quota: Quota) -> Bucket {
    GovernorLimiter::direct(quota).with_middleware::<StateInformationMiddleware>()
}

impl RateLimitState {
    /// Counts a request.
    ///
    /// # Errors
    /// `RATE_LIMITED` if the client has sent too many requests.
    pub fn count_request(&mut self) -> Result<(), HttpError> {
        let bucket = self.buckets.as_ref().and_then(|buckets| buckets.requests.as_ref());
        take(bucket, 1, &mut self.requests).map_err(|wait| rate_limited("requests per minute", self.requests, wait))
    }

    /// Spends the cost of a request. Returns the remaining cost; `None` if cost is unlimited.
    ///
    /// # Errors
    /// `RATE_LIMITED` if the remaining cost is lower than that.
    pub fn spend(&mut self, cost: u32) -> Result<Option<RateLimit>, HttpError> {
        let bucket = self.buckets.as_ref().and_then(|buckets| buckets.cost.as_ref());
        take(bucket, cost, &mut self.cost).map_err(|wait| rate_limited("cost per minute", self.cost, wait))?;
        let int = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
        Ok(self.cost.map(|bucket| RateLimit {
            limit: int(bucket.limit),
            cost: int(cost),
            remaining: int(bucket.remaining),
            reset_at: DateTime(Utc::now() + bucket.full_in),
        }))
    }

    /// Spends the cost of an event, waiting until the remaining cost allows it.
    pub async fn spend_when_available(&mut self, cost: u32) {
        while let Err(error) = self.spend(cost) {
            sleep(Duration::from_secs(error.retry_after.unwrap_or(1))).await;
        }
    }

    /// Writes the headers `RateLimit` and `RateLimit-Policy` of draft-ietf-httpapi-ratelimit-headers.
    pub fn write_headers(&self, headers: &mut HeaderMap) {
        let Some(policy) = &self.policy else { return };
        let mut text = String::with_capacity(64);
        for (name, bucket) in [("requests", self.requests), ("cost", self.cost)] {
            let Some(BucketState { remaining, full_in, .. }) = bucket else { continue };
            let comma = if text.is_empty() { "" } else { ", " };
            // Writing to a string never fails.
            let _ = write!(text, "{comma}\"{name}\";r={remaining};t={}", seconds(full_in));
        }
        if let Ok(value) = HeaderValue::try_from(text)
            && !value.is_empty()
        {
            headers.insert(HeaderName::from_static("ratelimit"), value);
            headers.insert(HeaderName::from_static("ratelimit-policy"), policy.clone());
        }
    }
}

/// Takes an amount from a bucket and records the new state; an amount above the capacity of the bucket takes a full
/// bucket. The error is the time until the bucket holds enough.
fn take(bucket: Option<&Bucket>, amount: u32, state: &mut Option<BucketState>) -> Result<(), Duration> {
    let Some((bucket, amount)) = bucket.zip(NonZeroU32::new(amount)) else { return Ok(()) };
    let result = match bucket.check_n(amount) {
        Ok(result) => result,
        Err(capacity) => match NonZeroU32::new(capacity.0).map(|capacity| bucket.check_n(capacity)) {
            Some(Ok(result)) => result,
            _ => return Ok(()),
        },
    };
    match result {
        Ok(snapshot) => {
            *state = Some(BucketState::from_snapshot(&snapshot));
            Ok(())
        }
        Err(not_until) => {
            let limit = not_until.quota().burst_size().get();
            let wait = not_until.wait_time_from(DefaultClock::default().now());
            *state = Some(BucketState { limit, remaining: 0, full_in: wait });
            Err(wait)
        }
    }
}

impl BucketState {
    fn from_snapshot(snapshot: &StateSnapshot) -> Self {
        let (quota, remaining) = (snapshot.quota(), snapshot.remaining_burst_capacity());
        let limit = quota.burst_size().get();
        Self { limit, remaining, full_in: quota.replenish_interval() * limit.saturating_sub(remaining) }
    }
}

fn rate_limited(unit: &str, bucket: Option<BucketState>, wait: Duration) -> HttpError {
    let limit = bucket.map_or(0, |bucket| bucket.limit);
    let wait = seconds(wait).max(1);
    let message = format!("The rate limit of {limit} {unit} is exceeded; retry in {wait} seconds.");
    let error = HttpError::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", message);
    HttpError { retry_after: Some(wait), ..error }
}

/// Rounds up to full seconds.
fn seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}
