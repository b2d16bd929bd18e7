//! A `graphql-transport-ws` connection, which runs any number of operations.

use std::{
    collections::{HashMap, VecDeque},
    net::IpAddr,
    pin::pin,
    time::Duration,
};

use actix_web::http::header::HeaderMap;
use actix_ws::Session;
use async_graphql::{Request, Response, ServerError};
use futures_util::{
    FutureExt, StreamExt,
    future::LocalBoxFuture,
    stream::{AbortHandle, BoxStream, SelectAll, abortable, once},
};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use tokio::time::{self, Instant};

use crate::auth::actor::Actor;
use crate::graphql::error::finalize_errors;
use crate::graphql::limits;
use crate::http::graphql::execute::{SubscriptionPermit, count_subscription, stream};
use crate::http::graphql::request::GraphqlParams;
use crate::http::graphql::response::{error_response, to_json, was_executed};
use crate::http::graphql::websocket::close::{End, close};
use crate::http::graphql::websocket::messages::{ClientMessage, MessageReader};
use crate::http::limits::address_limit::AddressPermit;
use crate::http::limits::rate_limit::RateLimitState;
use crate::http::limits::unread_responses::UnreadResponses;
use crate::http::middleware::authentication::{authenticate_again, authenticate_header, has_ended, token_ended};
use crate::http::ops::metrics::GaugeGuard;
use crate::http::server::state::State;

/// The websocket subprotocol.
pub const PROTOCOL: &str = "graphql-transport-ws";
/// How long a client may take to send `connection_init`.
const INIT_TIMEOUT: Duration = Duration::from_secs(10);
/// The number of ping intervals after which a silent client is disconnected. It may take as long to read a message.
const MAX_MISSED_PINGS: u32 = 3;
/// The maximum number of concurrent operations of a connection.
const MAX_OPERATIONS: usize = 100;

/// A connection.
pub struct Connection {
    session: Session,
    state: State,
    address: IpAddr,
    rate_limit: RateLimitState,
    /// The headers of the handshake with the request id and the trace context.
    headers: HeaderMap,
    actor: Actor,
    /// Completes when the token of the actor is not valid any more.
    token_ended: LocalBoxFuture<'static, ()>,
    stage: Stage,
    /// The running operations by their id.
    running: HashMap<String, Running>,
    /// The responses of the running operations with their id; `None` after the last response of an operation.
    responses: SelectAll<BoxStream<'static, (String, Option<Response>)>>,
    /// The large responses that the client has not read, each with the payload of the ping after it.
    unread: VecDeque<([u8; 8], AddressPermit)>,
    /// Counts the connection in the metrics until it is dropped.
    _gauge: GaugeGuard,
    /// Counts the connection against the limit of its address until it is dropped.
    _permit: AddressPermit,
}

/// A running operation. It is aborted on drop.
struct Running {
    handle: AbortHandle,
    /// Counts a subscription against the limits of its address; none for a query or mutation.
    permit: Option<SubscriptionPermit>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.handle.abort();
    }
}

/// The stage of a connection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The client has not sent `connection_init`.
    Opened,
    /// The server has sent `connection_ack`.
    Acknowledged,
}

/// A message of a client.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Message {
    ConnectionInit {
        #[serde(default)]
        payload: Option<Map<String, Json>>,
    },
    Ping,
    Pong,
    Subscribe {
        id: String,
        payload: GraphqlParams,
    },
    Complete {
        id: String,
    },
}

impl Connection {
    /// Creates a connection that waits for `connection_init`.
    pub fn new(
        session: Session,
        state: State,
        (actor, address): (Actor, IpAddr),
        headers: HeaderMap,
        permit: AddressPermit,
    ) -> Self {
        Self {
            session,
            address,
            rate_limit: state.rate_limiter.client_state(&actor, address),
            headers,
            token_ended: token_ended(actor.clone(), state.clone()).boxed_local(),
            actor,
            stage: Stage::Opened,
            running: HashMap::new(),
            responses: SelectAll::new(),
            unread: VecDeque::new(),
            _gauge: state.metrics.websocket(),
            _permit: permit,
            state,
        }
    }

    /// Serves the connection until it ends. Closes it at once if the client does not support the subprotocol.
    pub async fn serve(mut self, mut messages: MessageReader, supported: bool) {
        let end = if supported {
            self.run(&mut messages).await
        } else {
            close(4406, format!("The subprotocol {PROTOCOL} is required"))
        };
        // Fails if the client is gone, and then there is nothing to close.
        let _ = self.session.close(end).await;
    }

    async fn run(&mut self, messages: &mut MessageReader) -> End {
        let mut stopped = pin!(self.state.stopped());
        let mut init_timeout = pin!(time::sleep(INIT_TIMEOUT));
        let mut pings = time::interval_at(Instant::now() + self.state.timeouts.ping, self.state.timeouts.ping);
        let mut last_received = Instant::now();
        loop {
            let step = tokio::select! {
                message = messages.next(self.stage == Stage::Acknowledged) => match message {
                    Ok(message) => {
                        last_received = Instant::now();
                        self.on_client_message(message).await
                    }
                    Err(end) => Err(end),
                },
                Some((id, response)) = self.responses.next() => self.respond(id, response).await,
                () = &mut init_timeout, if self.stage == Stage::Opened => Err(close(4408, "Connection initialisation timeout")),
                () = &mut self.token_ended => Err(self.unauthenticated()),
                _ = pings.tick() => self.ping(last_received).await,
                () = &mut stopped => Err(close(1012, "The server is stopping; reconnect")),
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    async fn on_client_message(&mut self, message: ClientMessage) -> Result<(), End> {
        match message {
            ClientMessage::Text(text) => match serde_json::from_str(&text) {
                Ok(message) => self.on_message(message).await,
                Err(error) => Err(close(4400, format!("Invalid message: {error}"))),
            },
            ClientMessage::Binary => Err(close(4400, "Invalid message: only text messages are supported")),
            ClientMessage::Ping(bytes) => self.session.pong(&bytes).await.map_err(|_| None),
            ClientMessage::Pong(payload) => {
                // A client can answer a ping only after it has read the response before it.
                if let Some(read) = self.unread.iter().position(|(ping, _)| *payload == ping[..]) {
                    self.unread.drain(..=read);
                }
                Ok(())
            }
            ClientMessage::Close(reason) => Err(reason),
        }
    }

    async fn on_message(&mut self, message: Message) -> Result<(), End> {
        match message {
            Message::ConnectionInit { .. } if self.stage != Stage::Opened => {
                Err(close(4429, "Too many initialisation requests"))
            }
            Message::ConnectionInit { payload } => {
                self.authenticate(payload.unwrap_or_default()).await?;
                self.stage = Stage::Acknowledged;
                self.send(&json!({ "type": "connection_ack" })).await
            }
            Message::Ping => self.send(&json!({ "type": "pong" })).await,
            Message::Pong => Ok(()),
            Message::Subscribe { .. } if self.stage != Stage::Acknowledged => Err(close(4401, "Unauthorized")),
            Message::Subscribe { id, payload } => self.subscribe(id, payload).await,
            Message::Complete { id } => {
                self.running.remove(&id);
                Ok(())
            }
        }
    }

    /// Authenticates by the payload of `connection_init`, because browsers cannot set headers of a websocket handshake.
    async fn authenticate(&mut self, payload: Map<String, Json>) -> Result<(), End> {
        let header = payload.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        let Some((_, value)) = header else { return Ok(()) };
        match authenticate_header(value.as_str(), self.address, &self.state).await {
            Ok(actor) => {
                self.rate_limit = self.state.rate_limiter.client_state(&actor, self.address);
                self.token_ended = token_ended(actor.clone(), self.state.clone()).boxed_local();
                self.actor = actor;
            }
            Err(error) if error.status.is_server_error() => return Err(close(1013, error.message)),
            Err(error) => return Err(close(4403, error.message)),
        }
        Ok(())
    }

    async fn subscribe(&mut self, id: String, params: GraphqlParams) -> Result<(), End> {
        if id.is_empty() {
            return Err(close(4400, "Invalid message: the id is empty"));
        }
        if self.running.contains_key(&id) {
            return Err(close(4409, format!("Subscriber for {id} already exists")));
        }
        if self.running.len() >= MAX_OPERATIONS {
            let message =
                format!("This connection has {MAX_OPERATIONS} running operations; complete one, or open another.");
            return self.reject(&id, &message, "TOO_MANY_OPERATIONS").await;
        }
        if let Err(error) = self.rate_limit.count_request() {
            return self.reject(&id, &error.message, error.code).await;
        }
        // The token may have ended since the last operation, or its role may have changed.
        match authenticate_again(&self.actor, &self.state).await {
            Ok(actor) => self.actor = actor,
            Err(error) if error.status.is_server_error() => return self.reject(&id, &error.message, error.code).await,
            Err(_) => return Err(self.unauthenticated()),
        }
        let request = params.into_request(&self.state.persisted_documents);
        let mut request = request.map_err(|error| close(4400, format!("Invalid message: {}", error.message)))?;
        if let Err(error) = self.state.persisted_documents.check(&request.query, &self.actor) {
            return self.reject(&id, &error.message, error.code).await;
        }
        let checked = match limits::analyze(&mut request, &self.state.limits) {
            Ok(checked) => checked,
            Err(error) => return self.respond(id, Some(request_error(error))).await,
        };
        let limiter = &self.state.rate_limiter;
        if let Err(error) = limiter.count_proposals(&self.actor, self.address, checked.proposals) {
            return self.reject(&id, &error.message, error.code).await;
        }
        let remaining = match self.rate_limit.spend(checked.cost) {
            Ok(remaining) => remaining,
            Err(error) => return self.reject(&id, &error.message, error.code).await,
        };
        let permit = match count_subscription(&self.state, self.address, &checked.kinds, &request) {
            Ok(permit) => permit,
            Err(error) => return self.reject(&id, &error.message, error.code).await,
        };
        let request = remaining.into_iter().fold(request.data(self.actor.clone()), Request::data);
        let responses = stream(&self.state, request, &checked, &self.headers, &self.rate_limit);
        let responses = responses.map(Some).chain(once(async { None }));
        let response_id = id.clone();
        let (responses, handle) = abortable(responses.map(move |response| (response_id.clone(), response)));
        self.responses.push(responses.boxed());
        self.running.insert(id, Running { handle, permit });
        Ok(())
    }

    /// Sends a response of an operation, or `complete` after the last one. A request error ends the operation.
    async fn respond(&mut self, id: String, response: Option<Response>) -> Result<(), End> {
        let Some(mut response) = response else {
            self.running.remove(&id);
            return self.send(&json!({ "type": "complete", "id": id })).await;
        };
        let is_subscription = self.running.get(&id).is_some_and(|running| running.permit.is_some());
        if is_subscription && has_ended(&self.actor, &self.state).await {
            return Err(self.unauthenticated());
        }
        if was_executed(&response) {
            match to_json(&response, self.state.limits.response_bytes) {
                Err(error) => response = error_response(error),
                Ok(json) => match UnreadResponses::new(&self.state, self.address).count(json.len()) {
                    Err(error) => response = error.into_graphql(),
                    Ok(permit) => {
                        self.send_next(&id, &json).await?;
                        return self.ping_after(permit).await;
                    }
                },
            }
        }
        self.running.remove(&id);
        self.send(&json!({ "type": "error", "id": id, "payload": response.errors })).await
    }

    async fn send_next(&mut self, id: &str, payload: &[u8]) -> Result<(), End> {
        let payload = String::from_utf8_lossy(payload);
        self.send_text(format!(r#"{{"type":"next","id":{},"payload":{payload}}}"#, Json::from(id))).await
    }

    /// Sends a ping after a large response, whose pong shows that the client has read the response.
    async fn ping_after(&mut self, permit: Option<AddressPermit>) -> Result<(), End> {
        let Some(permit) = permit else { return Ok(()) };
        let mut ping = [0; 8];
        getrandom::fill(&mut ping).map_err(|_| None)?;
        self.unread.push_back((ping, permit));
        self.session.ping(&ping).await.map_err(|_| None)
    }

    async fn reject(&mut self, id: &str, message: &str, code: &str) -> Result<(), End> {
        let error = json!({ "message": message, "extensions": { "code": code } });
        self.send(&json!({ "type": "error", "id": id, "payload": [error] })).await
    }

    fn unauthenticated(&self) -> End {
        close(4403, "The token has expired or was revoked")
    }

    async fn ping(&mut self, last_received: Instant) -> Result<(), End> {
        if last_received.elapsed() > self.client_timeout() {
            return Err(None);
        }
        self.session.ping(b"").await.map_err(|_| None)
    }

    /// Returns how long a client may send nothing, or read nothing.
    fn client_timeout(&self) -> Duration {
        self.state.timeouts.ping * MAX_MISSED_PINGS
    }

    async fn send(&mut self, message: &Json) -> Result<(), End> {
        self.send_text(message.to_string()).await
    }

    /// Sends a message and waits until the client reads it, so that a slow client holds only a few in memory.
    async fn send_text(&mut self, message: String) -> Result<(), End> {
        match time::timeout(self.client_timeout(), self.session.text(message)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(None),
        }
    }
}

fn request_error(error: ServerError) -> Response {
    let mut response = Response::from_errors(vec![error]);
    finalize_errors(&mut response);
    response
}
