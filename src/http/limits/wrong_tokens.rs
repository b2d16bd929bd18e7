//! The limit on wrong tokens.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::http::limits::client_ip::rate_limit_key;

/// The most wrong tokens that an address may send in a minute and be told so.
const MAX_WRONG_TOKENS: u32 = 10;
const MINUTE: Duration = Duration::from_secs(60);
/// The most addresses that are told apart.
const MAX_ADDRESSES: usize = 10_000;

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
        let mut address = rate_limit_key(address);
        if minute.counts.len() >= MAX_ADDRESSES && !minute.counts.contains_key(&address) {
            // What cannot be told apart any more counts as one; only wrong tokens feel it.
            address = Ipv6Addr::UNSPECIFIED.into();
        }
        let count = minute.counts.entry(address).or_default();
        *count = count.saturating_add(1);
        (*count > MAX_WRONG_TOKENS).then(|| MINUTE - now.duration_since(minute.start))
    }
}
