//! The messages of a websocket client (RFC 6455, section 5). The length of a frame is checked when its header arrives,
//! before its payload is buffered, so a client cannot fill the memory with a frame that it never completes.

use std::{net::IpAddr, time::Duration};

use actix_http::ws::{OpCode, Parser, ProtocolError};
use actix_web::web::{Bytes, BytesMut, Payload};
use actix_ws::{CloseCode, CloseReason};
use futures_util::StreamExt;
use tokio::time::{Instant, timeout_at};

use crate::http::graphql::websocket::close::{End, close};
use crate::http::limits::address_limit::{AddressLimit, AddressPermit};
use crate::http::limits::body::MAX_BODY_BYTES;

/// The maximum size of a message before the connection is acknowledged.
const MAX_INIT_BYTES: usize = 16 << 10;
/// The maximum size of all frames before the connection is acknowledged.
const MAX_BYTES_BEFORE_INIT: usize = 64 << 10;
/// The size up to which an incomplete message is not counted against the limit of its address. Almost all are smaller.
const UNCOUNTED_BYTES: usize = 4 << 10;
/// The maximum payload of a control frame.
const MAX_CONTROL_BYTES: usize = 125;

/// Reads the messages of a client.
pub struct MessageReader {
    payload: Payload,
    /// The received bytes from the beginning of the next frame.
    buffer: BytesMut,
    /// The message of which the first fragments have arrived.
    fragments: Option<Fragments>,
    /// When the server began to wait for the rest of a message.
    waiting_since: Option<Instant>,
    /// How long a client may take to send the rest of a message.
    timeout: Duration,
    /// The size of all frames so far.
    received: usize,
    limit: AddressLimit,
    address: IpAddr,
    /// Counts the incomplete message against the limit of its address.
    permit: Option<AddressPermit>,
}

/// The fragments of a message.
struct Fragments {
    is_text: bool,
    bytes: BytesMut,
}

/// A message of a client.
pub enum ClientMessage {
    /// A text message.
    Text(String),
    /// A binary message. Its content is of no use in the subprotocol.
    Binary,
    /// A ping with its payload.
    Ping(Bytes),
    /// A pong with its payload, which is that of the ping.
    Pong(Bytes),
    /// The client closes the connection.
    Close(Option<CloseReason>),
}

/// A frame without its mask.
struct Frame {
    is_final: bool,
    opcode: OpCode,
    payload: BytesMut,
}

/// The header of a frame, as far as it limits what is buffered.
struct FrameHeader {
    is_control: bool,
    /// The size of the payload.
    length: u64,
}

impl MessageReader {
    /// Creates a reader of the payload of an upgraded request. `limit` counts the bytes of incomplete messages.
    pub fn new(payload: Payload, address: IpAddr, limit: AddressLimit, timeout: Duration) -> Self {
        Self {
            payload,
            buffer: BytesMut::new(),
            fragments: None,
            waiting_since: None,
            timeout,
            received: 0,
            limit,
            address,
            permit: None,
        }
    }

    /// Returns the next message. Before the connection is acknowledged only small ones are accepted. Nothing is lost if
    /// the future is dropped.
    ///
    /// # Errors
    /// The close reason: the client is gone, breaks the protocol, sends too much or too slowly.
    pub async fn next(&mut self, acknowledged: bool) -> Result<ClientMessage, End> {
        loop {
            self.check_header(acknowledged)?;
            let before = self.buffer.len();
            // The length is checked above.
            match Parser::parse(&mut self.buffer, true, MAX_BODY_BYTES).map_err(|error| protocol_error(&error))? {
                Some((is_final, opcode, payload)) => {
                    self.received += before - self.buffer.len();
                    let frame = Frame { is_final, opcode, payload: payload.unwrap_or_default() };
                    let message = self.on_frame(frame)?;
                    if self.fragments.is_none() {
                        self.waiting_since = None;
                    }
                    if let Some(message) = message {
                        return Ok(message);
                    }
                }
                None => self.receive().await?,
            }
        }
    }

    /// Checks the header of the next frame as soon as it has arrived, and counts the size of its message.
    fn check_header(&mut self, acknowledged: bool) -> Result<(), End> {
        let Some(header) = FrameHeader::parse(&self.buffer) else { return Ok(()) };
        let fragments = self.fragments.as_ref().map_or(0, |fragments| fragments.bytes.len());
        let max = if acknowledged { MAX_BODY_BYTES } else { MAX_INIT_BYTES };
        let length = usize::try_from(header.length).unwrap_or(usize::MAX);
        if header.is_control && length > MAX_CONTROL_BYTES {
            return Err(close(1002, "A control frame has more than 125 bytes"));
        }
        let message = fragments.saturating_add(length);
        if message > max {
            return Err(close(1009, format!("A message may have at most {max} bytes here")));
        }
        if !acknowledged && self.received + length > MAX_BYTES_BEFORE_INIT {
            return Err(close(1009, format!("More than {MAX_BYTES_BEFORE_INIT} bytes before connection_init")));
        }
        if header.is_control { Ok(()) } else { self.count(message) }
    }

    /// Counts the size of an incomplete message against the limit of its address.
    fn count(&mut self, message: usize) -> Result<(), End> {
        let size = u32::try_from(message.saturating_sub(UNCOUNTED_BYTES)).unwrap_or(u32::MAX);
        let counted = match &mut self.permit {
            Some(permit) => permit.grow(size),
            None if size > 0 => self.limit.acquire(self.address, size).map(|permit| self.permit = Some(permit)),
            None => Ok(()),
        };
        counted.map_err(|error| close(1013, error.message))
    }

    /// Receives more bytes.
    async fn receive(&mut self) -> Result<(), End> {
        let next = self.payload.next();
        let received = if self.buffer.is_empty() && self.fragments.is_none() {
            next.await
        } else {
            let since = *self.waiting_since.get_or_insert_with(Instant::now);
            let too_slow =
                |_| close(1008, format!("A message took longer than {} seconds", self.timeout.as_secs_f32()));
            timeout_at(since + self.timeout, next).await.map_err(too_slow)?
        };
        match received {
            Some(Ok(bytes)) => {
                self.buffer.extend_from_slice(&bytes);
                Ok(())
            }
            Some(Err(_)) | None => Err(None),
        }
    }

    /// Returns the message that a frame is or completes.
    fn on_frame(&mut self, frame: Frame) -> Result<Option<ClientMessage>, End> {
        let payload = frame.payload;
        let message = match (frame.opcode, self.fragments.take()) {
            (OpCode::Ping | OpCode::Pong | OpCode::Close, _) if !frame.is_final => {
                return Err(close(1002, "A control frame is fragmented"));
            }
            // Control frames may arrive between the fragments of a message.
            (opcode @ (OpCode::Ping | OpCode::Pong | OpCode::Close), fragments) => {
                self.fragments = fragments;
                return control_message(&opcode, payload).map(Some);
            }
            (OpCode::Continue, Some(mut fragments)) => {
                fragments.bytes.extend_from_slice(&payload);
                fragments
            }
            (opcode @ (OpCode::Text | OpCode::Binary), None) => {
                Fragments { is_text: opcode == OpCode::Text, bytes: payload }
            }
            _ => return Err(close(1002, "A continuation frame without a message, or a message within another")),
        };
        if !frame.is_final {
            self.fragments = Some(message);
            return Ok(None);
        }
        if self.permit.take().is_some() {
            // The rest may be a few bytes at the end of a large allocation.
            self.buffer = BytesMut::from(&self.buffer[..]);
        }
        message.into_message().map(Some)
    }
}

impl Fragments {
    fn into_message(self) -> Result<ClientMessage, End> {
        if !self.is_text {
            return Ok(ClientMessage::Binary);
        }
        let text = String::from_utf8(self.bytes.into()).map_err(|_| close(1007, "A text message is not UTF-8"))?;
        Ok(ClientMessage::Text(text))
    }
}

impl FrameHeader {
    /// Parses the header of the frame at the beginning of the received bytes; `None` if it is not complete.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let (first, second) = (bytes.first()?, bytes.get(1)?);
        let length = match second & 0x7f {
            126 => u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?).into(),
            127 => u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?),
            length => length.into(),
        };
        Some(Self { is_control: first & 0x08 != 0, length })
    }
}

fn control_message(opcode: &OpCode, payload: BytesMut) -> Result<ClientMessage, End> {
    match opcode {
        OpCode::Ping => Ok(ClientMessage::Ping(payload.freeze())),
        OpCode::Pong => Ok(ClientMessage::Pong(payload.freeze())),
        _ => {
            Parser::try_parse_close_payload(&payload).map(ClientMessage::Close).map_err(|error| protocol_error(&error))
        }
    }
}

fn protocol_error(error: &ProtocolError) -> End {
    Some(CloseReason { code: CloseCode::Protocol, description: Some(error.to_string()) })
}
