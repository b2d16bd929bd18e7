//! GraphQL over a websocket, by the protocol `graphql-transport-ws`: one connection, any number of operations.

use std::{collections::HashMap, net::IpAddr, pin::pin, time::Duration};

use actix_web::http::header::HeaderMap;
use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseCode, CloseReason, Session};
use async_graphql::{Request, Response, ServerError};
use futures_util::{
    StreamExt,
    stream::{AbortHandle, BoxStream, SelectAll, abortable, once},
};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use tokio::time::{self, Instant};

use crate::auth::actor::Actor;
use crate::graphql::error::finalize_errors;
use crate::graphql::limits;
use crate::http::graphql::execute::stream;
use crate::http::graphql::request::GraphqlParams;
use crate::http::graphql::response::was_executed;
use crate::http::limits::connection_limit::ConnectionPermit;
use crate::http::limits::rate_limit::RateLimitState;
use crate::http::middleware::authentication::authenticate_header;
use crate::http::ops::metrics::GaugeGuard;
use crate::http::server::state::State;

/// The name of the protocol.
pub const PROTOCOL: &str = "graphql-transport-ws";
/// How long a client may take to say who it is.
const INIT_TIMEOUT: Duration = Duration::from_secs(10);
/// How many times it is asked whether it is there before it counts as gone; it may take as long to read a message.
const MAX_MISSED_PINGS: u32 = 3;
/// The most operations of a connection at once.
const MAX_OPERATIONS: usize = 100;

/// A connection.
pub struct Connection {
    session: Session,
    state: State,
    address: IpAddr,
    account: RateLimitState,
    /// Those of the handshake that tell what it is a part of.
    headers: HeaderMap,
    _counted: GaugeGuard,
    actor: Actor,
    /// Counts as open for as long as this lives.
    _open: ConnectionPermit,
    stage: Stage,
    /// What ends each operation that has not come to its end.
    running: HashMap<String, AbortHandle>,
    /// What they answer; nothing behind the last answer.
    answers: SelectAll<BoxStream<'static, (String, Option<Response>)>>,
}

/// How far a connection has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nobody has said anything.
    Opened,
    /// The client has said who it is, and that has been accepted.
    Acknowledged,
}

/// What a client says.
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

/// Why a connection ends; none where there is nobody left to tell.
type End = Option<CloseReason>;

impl Connection {
    /// A connection on which nothing has been said.
    pub fn new(
        session: Session,
        state: State,
        (actor, address): (Actor, IpAddr),
        headers: HeaderMap,
        open: ConnectionPermit,
    ) -> Self {
        Self {
            session,
            address,
            account: state.rate_limiter.client_state(&actor, address),
            headers,
            _counted: state.metrics.websocket(),
            actor,
            _open: open,
            stage: Stage::Opened,
            running: HashMap::new(),
            answers: SelectAll::new(),
            state,
        }
    }

    /// Answers what is said on it until it ends; at once where the client speaks something else.
    pub async fn serve(mut self, mut messages: AggregatedMessageStream, spoken: bool) {
        let end = if spoken {
            self.run(&mut messages).await
        } else {
            close(4406, format!("Speak the subprotocol {PROTOCOL}"))
        };
        // Where the client is gone there is nothing to close.
        let _ = self.session.close(end).await;
    }

    async fn run(&mut self, messages: &mut AggregatedMessageStream) -> End {
        let mut stopped = pin!(self.state.stopped());
        let mut patience = pin!(time::sleep(INIT_TIMEOUT));
        let mut pings = time::interval_at(Instant::now() + self.state.timeouts.ping, self.state.timeouts.ping);
        let mut heard = Instant::now();
        loop {
            let step = tokio::select! {
                message = messages.recv() => match message {
                    Some(Ok(message)) => {
                        heard = Instant::now();
                        self.on_frame(message).await
                    }
                    Some(Err(error)) => Err(Some(CloseReason { code: CloseCode::Protocol, description: Some(error.to_string()) })),
                    None => Err(None),
                },
                Some((id, answer)) = self.answers.next() => self.answer(id, answer).await,
                () = &mut patience, if self.stage == Stage::Opened => Err(close(4408, "Connection initialisation timeout")),
                _ = pings.tick() => self.ping(heard).await,
                () = &mut stopped => Err(close(1012, "The server is stopping; come again")),
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    async fn on_frame(&mut self, message: AggregatedMessage) -> Result<(), End> {
        match message {
            AggregatedMessage::Text(text) => match serde_json::from_str(&text) {
                Ok(message) => self.on_message(message).await,
                Err(error) => Err(close(4400, format!("Invalid message: {error}"))),
            },
            AggregatedMessage::Binary(_) => Err(close(4400, "Invalid message: only text is understood")),
            AggregatedMessage::Ping(bytes) => self.session.pong(&bytes).await.map_err(|_| None),
            AggregatedMessage::Pong(_) => Ok(()),
            AggregatedMessage::Close(reason) => Err(reason),
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
            Message::Subscribe { id, payload } => self.begin(id, payload).await,
            Message::Complete { id } => {
                if let Some(running) = self.running.remove(&id) {
                    running.abort();
                }
                Ok(())
            }
        }
    }

    /// A browser cannot send headers with an upgrade, so the first message may hold what they would.
    async fn authenticate(&mut self, headers: Map<String, Json>) -> Result<(), End> {
        let header = headers.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        let Some((_, value)) = header else { return Ok(()) };
        match authenticate_header(value.as_str(), self.address, &self.state).await {
            Ok(actor) => {
                self.account = self.state.rate_limiter.client_state(&actor, self.address);
                self.actor = actor;
            }
            Err(refusal) if refusal.status.is_server_error() => return Err(close(1013, refusal.message)),
            Err(refusal) => return Err(close(4403, refusal.message)),
        }
        Ok(())
    }

    async fn begin(&mut self, id: String, parameters: GraphqlParams) -> Result<(), End> {
        if id.is_empty() {
            return Err(close(4400, "Invalid message: the id is empty"));
        }
        if self.running.contains_key(&id) {
            return Err(close(4409, format!("Subscriber for {id} already exists")));
        }
        if self.running.len() >= MAX_OPERATIONS {
            let message =
                format!("This connection has {MAX_OPERATIONS} operations running; complete one, or open another.");
            return self.refuse(&id, &message, "TOO_MANY_OPERATIONS").await;
        }
        if let Err(refusal) = self.account.count_request() {
            return self.refuse(&id, &refusal.message, refusal.code).await;
        }
        let request = parameters.into_request(&self.state.persisted_queries);
        let mut request = request.map_err(|refusal| close(4400, format!("Invalid message: {}", refusal.message)))?;
        let checked = match limits::analyze(&mut request, &self.state.limits) {
            Ok(checked) => checked,
            Err(error) => return self.answer(id, Some(refused(error))).await,
        };
        let left = match self.account.spend(checked.cost) {
            Ok(left) => left,
            Err(refusal) => return self.refuse(&id, &refusal.message, refusal.code).await,
        };
        let request = left.into_iter().fold(request.data(self.actor.clone()), Request::data);
        let answers = stream(&self.state, request, &checked, &self.headers, &self.account);
        let answers = answers.map(Some).chain(once(async { None }));
        let name = id.clone();
        let (answers, handle) = abortable(answers.map(move |answer| (name.clone(), answer)));
        self.answers.push(answers.boxed());
        self.running.insert(id, handle);
        Ok(())
    }

    async fn answer(&mut self, id: String, answer: Option<Response>) -> Result<(), End> {
        let Some(response) = answer else {
            self.running.remove(&id);
            return self.send(&json!({ "type": "complete", "id": id })).await;
        };
        if was_executed(&response) {
            return self.send(&json!({ "type": "next", "id": id, "payload": response })).await;
        }
        if let Some(running) = self.running.remove(&id) {
            running.abort();
        }
        self.send(&json!({ "type": "error", "id": id, "payload": response.errors })).await
    }

    async fn refuse(&mut self, id: &str, message: &str, code: &str) -> Result<(), End> {
        let error = json!({ "message": message, "extensions": { "code": code } });
        self.send(&json!({ "type": "error", "id": id, "payload": [error] })).await
    }

    async fn ping(&mut self, heard: Instant) -> Result<(), End> {
        if heard.elapsed() > self.silence() {
            return Err(None);
        }
        self.session.ping(b"").await.map_err(|_| None)
    }

    /// How long a client may say nothing, or read nothing.
    fn silence(&self) -> Duration {
        self.state.timeouts.ping * MAX_MISSED_PINGS
    }

    /// Waits until the client takes the message, so that a slow one holds no more than a few.
    async fn send(&mut self, message: &Json) -> Result<(), End> {
        match time::timeout(self.silence(), self.session.text(message.to_string())).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(None),
        }
    }
}

fn refused(error: ServerError) -> Response {
    let mut response = Response::from_errors(vec![error]);
    finalize_errors(&mut response);
    response
}

fn close(code: u16, description: impl Into<String>) -> End {
    Some(CloseReason { code: CloseCode::Other(code), description: Some(description.into()) })
}
