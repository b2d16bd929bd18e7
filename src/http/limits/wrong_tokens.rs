//! The limit on wrong tokens per client address, which is checked before a token is looked up in the database.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use moka::sync::Cache;
use sha2::{Digest, Sha256};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::http::limits::client_ip::rate_limit_key;

/// The number of wrong tokens that an address may send per window.
const MAX_WRONG_TOKENS: usize = 10;
const WINDOW: Duration = Duration::from_secs(60);
/// The maximum number of addresses in memory. Beyond it addresses with few attempts are dropped, and their count starts
/// again.
const MAX_ADDRESSES: u64 = 10_000;
/// The maximum number of valid tokens in memory.
const MAX_VALID_TOKENS: u64 = 10_000;
/// How long a token counts as recently valid after its last use.
const VALID_TOKEN_TTL: Duration = Duration::from_secs(600);

/// Counts wrong tokens by client address, and remembers the tokens that were valid recently.
#[derive(Clone, Debug)]
pub struct WrongTokens {
    addresses: Cache<IpAddr, Arc<Attempts>>,
    /// SHA-256 hashes of tokens. A hash in this cache permits a lookup; it does not authenticate.
    valid: Cache<[u8; 32], ()>,
    window: Duration,
}

/// The tokens that an address sent in a window.
#[derive(Debug)]
struct Attempts {
    start: Instant,
    /// One permit for each wrong token that the address may still send. Closed when all are spent.
    permits: Arc<Semaphore>,
    wrong: AtomicUsize,
}

/// Permits the check of one token. Counts nothing unless the token is rejected.
pub struct Attempt {
    attempts: Arc<Attempts>,
    permit: OwnedSemaphorePermit,
}

impl Default for WrongTokens {
    fn default() -> Self {
        Self::new(WINDOW)
    }
}

impl WrongTokens {
    /// Creates a limit of ten wrong tokens per address in each window. A window begins with the first token of an
    /// address.
    pub fn new(window: Duration) -> Self {
        Self {
            addresses: Cache::builder().max_capacity(MAX_ADDRESSES).time_to_live(window).build(),
            valid: Cache::builder().max_capacity(MAX_VALID_TOKENS).time_to_idle(VALID_TOKEN_TTL).build(),
            window,
        }
    }

    /// Waits until another token of an address may be checked. At most as many are checked at once as may still be
    /// wrong, so concurrent requests cannot exceed the limit.
    ///
    /// # Errors
    /// The address reached the limit. The error is the time until its window ends.
    pub async fn begin(&self, address: IpAddr) -> Result<Attempt, Duration> {
        let attempts = self.addresses.get_with(rate_limit_key(address), || {
            Arc::new(Attempts {
                start: Instant::now(),
                permits: Arc::new(Semaphore::new(MAX_WRONG_TOKENS)),
                wrong: AtomicUsize::new(0),
            })
        });
        match Arc::clone(&attempts.permits).acquire_owned().await {
            Ok(permit) => Ok(Attempt { attempts, permit }),
            Err(_) => Err(self.window.saturating_sub(attempts.start.elapsed())),
        }
    }

    /// Returns whether this token was valid recently, so that it may be looked up while its address is over the limit.
    pub fn was_valid(&self, token: &str) -> bool {
        self.valid.get(&hash(token)).is_some()
    }

    /// Remembers a valid token.
    pub fn remember(&self, token: &str) {
        self.valid.insert(hash(token), ());
    }

    /// Forgets a token that is no longer valid.
    pub fn forget(&self, token: &str) {
        self.valid.invalidate(&hash(token));
    }
}

impl Attempt {
    /// Counts the token as wrong.
    pub fn reject(self) {
        self.permit.forget();
        if self.attempts.wrong.fetch_add(1, Ordering::Relaxed) + 1 == MAX_WRONG_TOKENS {
            // Requests that wait for a permit fail now.
            self.attempts.permits.close();
        }
    }
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}
