//! What the program tells of its work: a log on standard error, and traces where a collector is named.

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

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// A JSON object a line.
    Json,
}

/// What must be kept until the program ends: dropping it writes what has not been written yet.
pub struct Telemetry {
    traces: Option<SdkTracerProvider>,
    _log: WorkerGuard,
}

/// Whether anybody collects traces.
static TRACING_ENABLED: AtomicBool = AtomicBool::new(false);

/// The variables that name a collector.
const ENDPOINTS: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"];

/// Begins to tell.
///
/// # Errors
/// The collector cannot be asked as its variables say.
pub fn init(filter: &str, format: LogFormat) -> Result<Telemetry, String> {
    let traces = exporter()?.map(provider);
    // Whoever reads the log slowly must not hold up requests; what does not fit is dropped.
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
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, message = panic.payload_as_str(), "a panic");
    }));
    Ok(Telemetry { traces, _log: log })
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Some(Err(error)) = self.traces.take().map(|traces| traces.shutdown()) {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}

/// Has a span continue the trace that a request came with, where anybody collects it.
pub fn set_parent_context(span: &Span, headers: &HeaderMap) {
    if TRACING_ENABLED.load(Ordering::Relaxed) {
        let parent = TraceContextPropagator::new().extract(&Headers(headers));
        // Fails where the span is not collected.
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

/// What sends traces; none where no collector is named.
#[expect(clippy::disallowed_methods, reason = "the variables are those of OpenTelemetry, not settings of this program")]
fn exporter() -> Result<Option<SpanExporter>, String> {
    let given = ENDPOINTS.iter().find_map(|name| Some((name, env::var(name).ok().filter(|value| !value.is_empty())?)));
    let Some((name, endpoint)) = given else { return Ok(None) };
    if !endpoint.starts_with("http://") {
        return Err(format!(
            "{name} wants an address that begins with http://, such as http://127.0.0.1:4318: a collector beside the server."
        ));
    }
    let exporter = SpanExporter::builder().with_http().with_protocol(Protocol::HttpBinary).build();
    exporter.map(Some).map_err(|wrong| format!("{name}: the collector cannot be asked: {wrong}."))
}

#[expect(clippy::disallowed_methods, reason = "the variable is one of OpenTelemetry, not a setting of this program")]
fn provider(exporter: SpanExporter) -> SdkTracerProvider {
    let mut resource = Resource::builder();
    if env::var_os("OTEL_SERVICE_NAME").is_none() {
        resource = resource.with_service_name("open-llm-catalog");
    }
    SdkTracerProvider::builder().with_resource(resource.build()).with_batch_exporter(exporter).build()
}
