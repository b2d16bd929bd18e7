//! The request log: the span, the log line and the metrics of each request. Tokens, variables and the text of documents
//! are never logged.

use std::{
    borrow::Cow,
    hash::{BuildHasher, RandomState},
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use actix_web::{
    HttpResponse,
    http::header::{HeaderMap, HeaderName, HeaderValue},
};
use async_graphql::{Request, Response, Value, parser::types::OperationType};
use tracing::{Instrument, Span, field, instrument::Instrumented};

use crate::graphql::limits::Analyzed;
use crate::http::ops::metrics::{GaugeGuard, Metrics};
use crate::telemetry;

/// The header with the id of a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The maximum length of a request id or an operation name in bytes. Longer ones are not logged.
const MAX_NAME_BYTES: usize = 64;

/// The log of a request that is being executed.
pub struct RequestLog {
    id: String,
    operation_type: &'static str,
    cost: u32,
    span: Span,
    start: Instant,
}

/// The outcome of a response.
#[derive(Clone, Debug)]
pub struct ResponseOutcome {
    /// The code of the first error; `OK` without errors.
    pub code: Cow<'static, str>,
}

impl ResponseOutcome {
    /// Creates an outcome with a code.
    pub fn from_code(code: &'static str) -> Self {
        Self { code: code.into() }
    }

    /// Returns the outcome of a GraphQL response.
    pub fn of(response: &Response) -> Self {
        let code = response.errors.first().map(|error| {
            match error.extensions.as_ref().and_then(|extensions| extensions.get("code")) {
                Some(Value::String(code)) => Cow::Owned(code.clone()),
                _ => Cow::Borrowed("UNKNOWN"),
            }
        });
        Self { code: code.unwrap_or(Cow::Borrowed("OK")) }
    }
}

impl RequestLog {
    /// Starts the span of a request with the operation that will be executed.
    pub fn begin(headers: &HeaderMap, operation: &mut Request, checked: &Analyzed) -> Self {
        let (id, kinds) = (request_id(headers), &checked.kinds);
        let operation_type = match kinds.first() {
            _ if kinds.contains(&OperationType::Mutation) => "mutation",
            _ if kinds.contains(&OperationType::Subscription) => "subscription",
            Some(_) => "query",
            None => "none",
        };
        let name = operation_name(operation);
        let span = tracing::info_span!(
            "request",
            id,
            operation = name.as_deref(),
            "type" = operation_type,
            otel.kind = "server",
            otel.name = operation_type,
            otel.status_code = field::Empty,
            code = field::Empty,
            cost = checked.cost,
            status = field::Empty,
        );
        telemetry::set_parent_context(&span, headers);
        Self { id, operation_type, cost: checked.cost, span, start: Instant::now() }
    }

    /// Runs the work of the request inside its span.
    pub fn scope<T: Future>(&self, work: T) -> Instrumented<T> {
        work.instrument(self.span.clone())
    }

    /// Logs an HTTP response and sets its `X-Request-Id`.
    pub fn finish_response(self, metrics: &Metrics, cache: &str, response: &mut HttpResponse) {
        let outcome = response.extensions_mut().remove::<ResponseOutcome>().unwrap_or(ResponseOutcome::from_code("OK"));
        if let Ok(id) = HeaderValue::try_from(&self.id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        let status = response.status().as_u16();
        self.span.record("status", status);
        self.finish(metrics, cache, &outcome, Some(status));
    }

    /// Logs the end of a request and counts it in the metrics.
    pub fn finish(self, metrics: &Metrics, cache: &str, outcome: &ResponseOutcome, status: Option<u16>) {
        let duration = self.start.elapsed();
        // The duration of a subscription depends on its client only.
        let seconds = (self.operation_type != "subscription").then_some(duration.as_secs_f64());
        metrics.count(self.operation_type, &outcome.code, seconds);
        let code = &*outcome.code;
        self.span.record("code", code);
        self.span.record("otel.status_code", if code == "OK" { "OK" } else { "ERROR" });
        let ms = duration.as_secs_f64() * 1000.0;
        self.span.in_scope(|| tracing::info!(ms, cache, code, cost = self.cost, status, "request completed"));
    }
}

/// Returns the name of the executed operation as it is in the document. An `operationName` that is not in the document
/// is not logged; that request is rejected.
fn operation_name(operation: &mut Request) -> Option<String> {
    let requested = operation.operation_name.clone();
    let document = operation.parsed_query().ok()?;
    let mut names = document.operations.iter().filter_map(|(name, _)| name).filter(|name| name.len() <= MAX_NAME_BYTES);
    let name = match requested {
        Some(requested) => names.find(|name| name.as_str() == requested),
        None => names.next(),
    };
    name.map(ToString::to_string)
}

/// The log of a subscription. It is written on drop: at the end of the subscription, or when the client or the server
/// closes the connection.
pub struct SubscriptionLog {
    log: Option<RequestLog>,
    metrics: Metrics,
    outcome: ResponseOutcome,
    _open: GaugeGuard,
}

impl SubscriptionLog {
    /// Starts the log of a subscription and counts it as open.
    pub fn begin(log: RequestLog, metrics: &Metrics) -> Self {
        let (metrics, open) = (metrics.clone(), metrics.subscription());
        Self { log: Some(log), metrics, outcome: ResponseOutcome::from_code("OK"), _open: open }
    }

    /// Records the outcome of a response of the subscription.
    pub fn record(&mut self, response: &Response) {
        if response.is_err() {
            self.outcome = ResponseOutcome::of(response);
        }
    }
}

impl Drop for SubscriptionLog {
    fn drop(&mut self) {
        if let Some(log) = self.log.take() {
            log.finish(&self.metrics, "none", &self.outcome, None);
        }
    }
}

/// Returns the headers that hold the request id and the trace context.
pub fn trace_headers(headers: &HeaderMap) -> HeaderMap {
    let names = [REQUEST_ID, HeaderName::from_static("traceparent"), HeaderName::from_static("tracestate")];
    names.into_iter().filter_map(|name| headers.get(&name).map(|value| (name.clone(), value.clone()))).collect()
}

/// Returns the `X-Request-Id` of a request if it is valid, otherwise a new id.
fn request_id(headers: &HeaderMap) -> String {
    let is_valid = |id: &&str| {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        (1..=MAX_NAME_BYTES).contains(&id.len()) && id.bytes().all(is_allowed)
    };
    let id = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()).filter(is_valid);
    id.map_or_else(new_request_id, str::to_owned)
}

fn new_request_id() -> String {
    static PROCESS: LazyLock<u32> = LazyLock::new(|| (RandomState::new().hash_one(0) >> 32) as u32);
    static COUNT: AtomicU64 = AtomicU64::new(1);
    format!("{:08x}-{:x}", *PROCESS, COUNT.fetch_add(1, Ordering::Relaxed))
}
