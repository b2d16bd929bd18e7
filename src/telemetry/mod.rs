//! Telemetry: the log on standard error, and traces if a collector is configured.

use std::{
    env,
    io::{IsTerminal, stderr},
    panic,
    sync::atomic::{AtomicBool, Ordering},
};

use actix_web::http::header::{HeaderMap, HeaderName};
use opentelemetry::{
    propagation::{Extractor, TextMapPropagator},
    trace::TracerProvider,
};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::{Resource, propagation::TraceContextPropagator, trace::SdkTracerProvider};
use tracing::{Span, level_filters::LevelFilter};
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::{EnvFilter, Layer, filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

/// The format of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Human-readable lines.
    Text,
    /// One JSON object per line.
    Json,
}

/// The log writer and the trace exporter. Dropping it flushes both, so it must live until the program ends.
pub struct Telemetry {
    traces: Option<SdkTracerProvider>,
    _log: WorkerGuard,
}

/// Whether traces are exported.
static TRACING_ENABLED: AtomicBool = AtomicBool::new(false);

/// The environment variables with the URL of the collector, in order of precedence.
const ENDPOINTS: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"];

/// Installs the global tracing subscriber and the panic hook.
///
/// # Errors
/// The URL of the collector is invalid, or the exporter cannot be created.
pub fn init(filter: &str, format: LogFormat) -> Result<Telemetry, String> {
    let traces = exporter()?.map(provider);
    // A slow reader of the log must not delay requests, so lines are dropped when the queue is full.
    let (writer, log) = NonBlockingBuilder::default().lossy(true).finish(stderr());
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    let lines = match format {
        LogFormat::Text => lines.with_ansi(stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).boxed(),
    };
    let spans = traces.as_ref().map(|traces| {
        let targets = Targets::new().with_target("open_llm_catalog", LevelFilter::INFO);
        let targets = targets.with_target("sea_orm", LevelFilter::INFO);
        tracing_opentelemetry::layer().with_tracer(traces.tracer("open-llm-catalog")).with_filter(targets)
    });
    TRACING_ENABLED.store(spans.is_some(), Ordering::Relaxed);
    tracing_subscriber::registry().with(lines.with_filter(EnvFilter::new(filter))).with(spans).init();
    panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string);
        tracing::error!(location, message = panic.payload_as_str(), "panic");
    }));
    Ok(Telemetry { traces, _log: log })
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Some(Err(error)) = self.traces.take().map(|traces| traces.shutdown()) {
            tracing::warn!(%error, "traces could not be flushed");
        }
    }
}

/// Sets the parent of a span from the `traceparent` header of the request, if traces are exported.
pub fn set_parent_context(span: &Span, headers: &HeaderMap) {
    if TRACING_ENABLED.load(Ordering::Relaxed) {
        let parent = TraceContextPropagator::new().extract(&Headers(headers));
        // Fails if the span is filtered out.
        let _ = span.set_parent(parent);
    }
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(HeaderName::as_str).collect()
    }
}

/// Creates the trace exporter; none if no collector is configured.
#[expect(clippy::disallowed_methods, reason = "the variables are those of OpenTelemetry, not settings of this program")]
fn exporter() -> Result<Option<SpanExporter>, String> {
    let configured =
        ENDPOINTS.iter().find_map(|name| Some((name, env::var(name).ok().filter(|value| !value.is_empty())?)));
    let Some((name, endpoint)) = configured else { return Ok(None) };
    if !endpoint.starts_with("http://") {
        return Err(format!(
            "{name} must be a URL that begins with http://, such as http://127.0.0.1:4318: TLS is not supported, so the collector runs next to the server."
        ));
    }
    let exporter = SpanExporter::builder().with_http().with_protocol(Protocol::HttpBinary).build();
    exporter.map(Some).map_err(|error| format!("{name}: the trace exporter cannot be created: {error}."))
}

#[expect(clippy::disallowed_methods, reason = "the variable is one of OpenTelemetry, not a setting of this program")]
fn provider(exporter: SpanExporter) -> SdkTracerProvider {
    let mut resource = Resource::builder();
    if env::var_os("OTEL_SERVICE_NAME").is_none() {
        resource = resource.with_service_name("open-llm-catalog");
    }
    SdkTracerProvider::builder().with_resource(resource.build()).with_batch_exporter(exporter).build()
}
