//! The export of traces over OTLP. Programs without the feature `otlp` have `without_traces.rs` instead.

use std::{
    env,
    sync::atomic::{AtomicBool, Ordering},
};

use actix_web::http::header::{HeaderMap, HeaderName};
use opentelemetry::{
    propagation::{Extractor, TextMapPropagator},
    trace::TracerProvider,
};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::{Resource, propagation::TraceContextPropagator, trace::SdkTracerProvider};
use tracing::{Span, Subscriber, level_filters::LevelFilter};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::{Layer, filter::Targets, registry::LookupSpan};

/// Whether traces are exported.
static TRACING_ENABLED: AtomicBool = AtomicBool::new(false);

/// The exporter of traces. Dropping it flushes them.
pub struct Exporter(SdkTracerProvider);

impl Exporter {
    /// Creates the exporter. `variable`: the environment variable with the URL of the collector.
    #[expect(
        clippy::disallowed_methods,
        reason = "the variable is one of OpenTelemetry, not a setting of this program"
    )]
    pub fn new(variable: &str) -> Result<Self, String> {
        let exporter = SpanExporter::builder().with_http().with_protocol(Protocol::HttpBinary).build();
        let exporter =
            exporter.map_err(|error| format!("{variable}: the trace exporter cannot be created: {error}."))?;
        let mut resource = Resource::builder();
        if env::var_os("OTEL_SERVICE_NAME").is_none() {
            resource = resource.with_service_name("open-llm-catalog");
        }
        TRACING_ENABLED.store(true, Ordering::Relaxed);
        Ok(Self(SdkTracerProvider::builder().with_resource(resource.build()).with_batch_exporter(exporter).build()))
    }

    /// Returns the layer that exports spans of requests and of statements.
    pub fn layer<S: Subscriber + Send + Sync + for<'a> LookupSpan<'a>>(&self) -> Box<dyn Layer<S> + Send + Sync> {
        let targets = Targets::new().with_target("open_llm_catalog", LevelFilter::INFO);
        let targets = targets.with_target("sea_orm", LevelFilter::INFO);
        tracing_opentelemetry::layer().with_tracer(self.0.tracer("open-llm-catalog")).with_filter(targets).boxed()
    }
}

impl Drop for Exporter {
    fn drop(&mut self) {
        if let Err(error) = self.0.shutdown() {
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
