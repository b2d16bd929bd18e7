//! Limits per client address on resources that stay in use: open connections, running subscriptions, downloads, and bytes of
//! requests, messages and responses.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use actix_web::http::StatusCode;

use crate::http::limits::client_ip::rate_limit_key;
use crate::http::middleware::error::HttpError;

/// The `Retry-After` of an error of these limits, in seconds.
const RETRY_AFTER_SECONDS: u64 = 10;

/// The maximum amounts of a resource.
#[derive(Clone, Copy, Debug)]
pub struct Quota {
    /// The resource, for error messages, such as `open connections`.
    pub resource: &'static str,
    /// The code of the error if an amount is exceeded.
    pub code: &'static str,
    /// The maximum amount of an address.
    pub per_address: u32,
    /// The maximum amount of all addresses together.
    pub total: u32,
}

impl Quota {
    /// Bytes of websocket messages that have not arrived completely, beyond the first few of each message.
    pub const MESSAGE_BYTES: Self = Self {
        resource: "bytes of incomplete websocket messages",
        code: "TOO_MANY_BYTES",
        per_address: 4 << 20,
        total: 32 << 20,
    };

    /// Bytes of large request bodies, from their first byte to the response.
    pub const BODY_BYTES: Self = Self {
        resource: "bytes of large request bodies",
        code: "TOO_MANY_BYTES",
        per_address: 16 << 20,
        total: 64 << 20,
    };

    /// Bytes of large GraphQL responses that clients have not read completely.
    pub const UNREAD_BYTES: Self = Self {
        resource: "bytes of large responses that are not read",
        code: "TOO_MANY_BYTES",
        per_address: 64 << 20,
        total: 128 << 20,
    };

    /// Bytes of the documents and variables of running subscriptions, beyond the first few of each. A document takes many times as much
    /// memory once it is parsed.
    pub const SUBSCRIPTION_BYTES: Self = Self {
        resource: "bytes of documents and variables of running subscriptions",
        code: "TOO_MANY_BYTES",
        per_address: 2 << 20,
        total: 8 << 20,
    };

    /// Exports that are downloaded.
    pub const DOWNLOADS: Self =
        Self { resource: "downloads", code: "TOO_MANY_CONNECTIONS", per_address: 4, total: u32::MAX };

    /// Open websockets and event streams.
    pub fn connections(per_address: u32) -> Self {
        Self { resource: "open connections", code: "TOO_MANY_CONNECTIONS", per_address, total: u32::MAX }
    }

    /// Running subscriptions.
    pub fn subscriptions(per_address: u32) -> Self {
        Self { resource: "running subscriptions", code: "TOO_MANY_SUBSCRIPTIONS", per_address, total: u32::MAX }
    }
}

/// Counts how much of a resource each address uses. Clones share the counts.
#[derive(Clone)]
pub struct AddressLimit {
    used: Arc<Mutex<Usage>>,
    quota: Quota,
}

#[derive(Default)]
struct Usage {
    by_address: HashMap<IpAddr, u32>,
    total: u32,
}

/// Counts an amount as in use until it is dropped.
pub struct AddressPermit {
    limit: AddressLimit,
    address: IpAddr,
    amount: u32,
}

impl AddressLimit {
    /// Creates a limit.
    pub fn new(quota: Quota) -> Self {
        Self { used: Arc::default(), quota }
    }

    /// Counts an amount as in use by an address.
    ///
    /// # Errors
    /// 429 with the code of the quota if the address, or all together, would use more than allowed.
    pub fn acquire(&self, address: IpAddr, amount: u32) -> Result<AddressPermit, HttpError> {
        let mut permit = AddressPermit { limit: self.clone(), address: rate_limit_key(address), amount: 0 };
        permit.grow(amount)?;
        Ok(permit)
    }

    fn lock(&self) -> MutexGuard<'_, Usage> {
        // The counts are consistent after a panic: nothing between two changes of them can panic.
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn exceeded(&self, by_address: u32, total: u32) -> HttpError {
        let Quota { resource, code, per_address, total: max_total } = self.quota;
        let message = if by_address > per_address {
            format!("Your address would have {by_address} {resource}; the limit is {per_address}.")
        } else {
            format!("All clients together would have {total} {resource}; the limit is {max_total}.")
        };
        let error = HttpError::new(StatusCode::TOO_MANY_REQUESTS, code, message);
        HttpError { retry_after: Some(RETRY_AFTER_SECONDS), ..error }
    }
}

impl AddressPermit {
    /// Counts at least this amount.
    ///
    /// # Errors
    /// The same as of `AddressLimit::acquire`; then the permit has the same amount as before.
    pub fn grow(&mut self, amount: u32) -> Result<(), HttpError> {
        let Some(amount) = amount.checked_sub(self.amount).filter(|more| *more > 0) else { return Ok(()) };
        let mut used = self.limit.lock();
        let by_address = used.by_address.get(&self.address).copied().unwrap_or(0).saturating_add(amount);
        let total = used.total.saturating_add(amount);
        if by_address > self.limit.quota.per_address || total > self.limit.quota.total {
            return Err(self.limit.exceeded(by_address, total));
        }
        used.by_address.insert(self.address, by_address);
        used.total = total;
        self.amount += amount;
        Ok(())
    }
}

impl Drop for AddressPermit {
    fn drop(&mut self) {
        let mut used = self.limit.lock();
        used.total -= self.amount;
        match used.by_address.get_mut(&self.address) {
            Some(count) if *count > self.amount => *count -= self.amount,
            _ => drop(used.by_address.remove(&self.address)),
        }
    }
}
