//! How many connections stay open for one address: websockets, and answers that come as events.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use actix_web::http::StatusCode;

use crate::http::limits::client_ip::rate_limit_key;
use crate::http::middleware::error::HttpError;

/// The connections that are open, by address.
#[derive(Clone)]
pub struct ConnectionLimit {
    open: Arc<Mutex<HashMap<IpAddr, u32>>>,
    most: u32,
}

/// An open connection. It ends when this is dropped.
pub struct ConnectionPermit {
    streams: ConnectionLimit,
    address: IpAddr,
}

impl ConnectionLimit {
    /// At most so many for each address.
    pub fn new(most: u32) -> Self {
        Self { open: Arc::default(), most }
    }

    /// Opens a connection.
    ///
    /// # Errors
    /// The address has as many as it may.
    pub fn open(&self, address: IpAddr) -> Result<ConnectionPermit, HttpError> {
        let address = rate_limit_key(address);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.get(&address).copied().unwrap_or(0);
        if count >= self.most {
            let message =
                format!("Your address has {count} connections open; at most {} can be. Close one.", self.most);
            let refusal = HttpError::new(StatusCode::TOO_MANY_REQUESTS, "TOO_MANY_CONNECTIONS", message);
            return Err(HttpError { retry_after: Some(10), ..refusal });
        }
        open.insert(address, count + 1);
        Ok(ConnectionPermit { streams: self.clone(), address })
    }
}

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        let mut open = self.streams.open.lock().unwrap_or_else(PoisonError::into_inner);
        match open.get_mut(&self.address) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(open.remove(&self.address)),
        }
    }
}
