//! What the log and the metrics are told of a request: never a token, a variable or the text of a document.

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

/// The header that names a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The longest name of a request or an operation that is told.
const MAX_NAME_LENGTH: usize = 64;

/// A request that is being executed.
pub struct RequestLog {
    id: String,
    kind: &'static str,
    cost: u32,
    span: Span,
    begun: Instant,
}

/// What an answer says of itself.
#[derive(Clone, Debug)]
pub struct ResponseOutcome {
    /// The code of its first error; OK where there is none.
    pub code: Cow<'static, str>,
}

impl ResponseOutcome {
    /// That something was refused or failed.
    pub fn code(code: &'static str) -> Self {
        Self { code: code.into() }
    }

    /// What a response says.
    pub fn of(response: &Response) -> Self {
        let code =
            response.errors.first().map(|error| match error.extensions.as_ref().and_then(|more| more.get("code")) {
                Some(Value::String(code)) => Cow::Owned(code.clone()),
                _ => Cow::Borrowed("UNKNOWN"),
            });
        Self { code: code.unwrap_or(Cow::Borrowed("OK")) }
    }
}

impl RequestLog {
    /// Begins with a request that came with these headers and that the guard has checked.
    pub fn begin(headers: &HeaderMap, operation: &mut Request, checked: &Analyzed) -> Self {
        let (id, kinds) = (request_id(headers), &checked.kinds);
        let kind = match kinds.first() {
            _ if kinds.contains(&OperationType::Mutation) => "mutation",
            _ if kinds.contains(&OperationType::Subscription) => "subscription",
            Some(_) => "query",
            None => "none",
        };
        let name = name(operation);
        let span = tracing::info_span!(
            "request",
            id,
            operation = name.as_deref(),
            "type" = kind,
            otel.kind = "server",
            otel.name = kind,
            otel.status_code = field::Empty,
            code = field::Empty,
            cost = checked.cost,
            status = field::Empty,
        );
        telemetry::set_parent_context(&span, headers);
        Self { id, kind, cost: checked.cost, span, begun: Instant::now() }
    }

    /// Does what the request asks for, as its part.
    pub fn scope<T: Future>(&self, work: T) -> Instrumented<T> {
        work.instrument(self.span.clone())
    }

    /// Tells how it ended over HTTP, and gives the answer its request's name.
    pub fn finish_response(self, metrics: &Metrics, cache: &str, response: &mut HttpResponse) {
        let told = response.extensions_mut().remove::<ResponseOutcome>().unwrap_or(ResponseOutcome::code("OK"));
        if let Ok(id) = HeaderValue::try_from(&self.id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        let status = response.status().as_u16();
        self.span.record("status", status);
        self.finish(metrics, cache, &told, Some(status));
    }

    /// Tells how it ended.
    pub fn finish(self, metrics: &Metrics, cache: &str, told: &ResponseOutcome, status: Option<u16>) {
        let took = self.begun.elapsed();
        // A subscription takes as long as its client likes.
        let seconds = (self.kind != "subscription").then_some(took.as_secs_f64());
        metrics.count(self.kind, &told.code, seconds);
        self.span.record("code", &*told.code);
        self.span.record("otel.status_code", if told.code == "OK" { "OK" } else { "ERROR" });
        let ms = took.as_secs_f64() * 1000.0;
        self.span.in_scope(|| tracing::info!(ms, cache, code = &*told.code, cost = self.cost, status, "answered"));
    }
}

/// The name of the operation that is executed, as the document has it: what else is asked for is refused.
fn name(operation: &mut Request) -> Option<String> {
    let wanted = operation.operation_name.clone();
    let document = operation.parsed_query().ok()?;
    let mut names =
        document.operations.iter().filter_map(|(name, _)| name).filter(|name| name.len() <= MAX_NAME_LENGTH);
    let name = match wanted {
        Some(wanted) => names.find(|name| name.as_str() == wanted),
        None => names.next(),
    };
    name.map(ToString::to_string)
}

/// A subscription, told of when it ends: by itself, or because its client or the server leaves.
pub struct SubscriptionLog {
    record: Option<RequestLog>,
    metrics: Metrics,
    told: ResponseOutcome,
    _open: GaugeGuard,
}

impl SubscriptionLog {
    /// Begins.
    pub fn begin(record: RequestLog, metrics: &Metrics) -> Self {
        let (metrics, open) = (metrics.clone(), metrics.subscription());
        Self { record: Some(record), metrics, told: ResponseOutcome::code("OK"), _open: open }
    }

    /// Notes what it answers.
    pub fn record(&mut self, response: &Response) {
        if response.is_err() {
            self.told = ResponseOutcome::of(response);
        }
    }
}

impl Drop for SubscriptionLog {
    fn drop(&mut self) {
        if let Some(record) = self.record.take() {
            record.finish(&self.metrics, "none", &self.told, None);
        }
    }
}

/// The headers that tell which request and which trace something is a part of.
pub fn trace_headers(headers: &HeaderMap) -> HeaderMap {
    let names = [REQUEST_ID, HeaderName::from_static("traceparent"), HeaderName::from_static("tracestate")];
    names.into_iter().filter_map(|name| headers.get(&name).map(|value| (name.clone(), value.clone()))).collect()
}

/// What a request is called: as its client says, else by a name of its own.
fn request_id(headers: &HeaderMap) -> String {
    let plain = |id: &&str| {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        (1..=MAX_NAME_LENGTH).contains(&id.len()) && id.bytes().all(known)
    };
    let given = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()).filter(plain);
    given.map_or_else(new_id, str::to_owned)
}

fn new_id() -> String {
    static PROCESS: LazyLock<u32> = LazyLock::new(|| (RandomState::new().hash_one(0) >> 32) as u32);
    static COUNT: AtomicU64 = AtomicU64::new(1);
    format!("{:08x}-{:x}", *PROCESS, COUNT.fetch_add(1, Ordering::Relaxed))
}
