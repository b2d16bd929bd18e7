//! The limit on open long-lived connections per client address: websockets and server-sent events.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use actix_web::http::StatusCode;

use crate::http::limits::client_ip::rate_limit_key;
use crate::http::middleware::error::HttpError;

/// Counts the open connections of each address.
#[derive(Clone)]
pub struct ConnectionLimit {
    open: Arc<Mutex<HashMap<IpAddr, u32>>>,
    max_per_address: u32,
}

/// Counts a connection as open until it is dropped.
pub struct ConnectionPermit {
    limit: ConnectionLimit,
    address: IpAddr,
}

impl ConnectionLimit {
    /// Creates a limit of `max_per_address` connections for each address.
    pub fn new(max_per_address: u32) -> Self {
        Self { open: Arc::default(), max_per_address }
    }

    /// Counts a new connection.
    ///
    /// # Errors
    /// `TOO_MANY_CONNECTIONS` if the address has as many open connections as allowed.
    pub fn acquire(&self, address: IpAddr) -> Result<ConnectionPermit, HttpError> {
        let address = rate_limit_key(address);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.get(&address).copied().unwrap_or(0);
        if count >= self.max_per_address {
            let max = self.max_per_address;
            let message = format!("Your address has {count} open connections; the limit is {max}. Close one.");
            let error = HttpError::new(StatusCode::TOO_MANY_REQUESTS, "TOO_MANY_CONNECTIONS", message);
            return Err(HttpError { retry_after: Some(10), ..error });
        }
        open.insert(address, count + 1);
        Ok(ConnectionPermit { limit: self.clone(), address })
    }
}

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        let mut open = self.limit.open.lock().unwrap_or_else(PoisonError::into_inner);
        match open.get_mut(&self.address) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(open.remove(&self.address)),
        }
    }
}
