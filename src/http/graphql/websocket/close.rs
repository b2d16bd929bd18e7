//! The reasons for closing a websocket.

use actix_ws::{CloseCode, CloseReason};

/// The reason with which a connection is closed; `None` if the client is gone.
pub type End = Option<CloseReason>;

/// Returns the reason for closing a connection with a code.
pub fn close(code: u16, description: impl Into<String>) -> End {
    Some(CloseReason { code: CloseCode::Other(code), description: Some(description.into()) })
}
