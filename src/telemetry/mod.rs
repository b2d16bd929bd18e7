//! Telemetry: the log on standard error, and traces if a collector is configured.

#[cfg_attr(not(feature = "otlp"), path = "without_traces.rs")]
mod traces;

use std::{
    env,
    io::{IsTerminal, stderr},
    panic,
};

use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt, util::SubscriberInitExt};

pub use crate::telemetry::traces::set_parent_context;

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
    _traces: Option<traces::Exporter>,
    _log: WorkerGuard,
}

/// The environment variables with the URL of the collector, in order of precedence.
const ENDPOINTS: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"];

/// Installs the global tracing subscriber and the panic hook.
///
/// # Errors
/// The URL of the collector is invalid, the exporter cannot be created, or the program was built without it.
pub fn init(filter: &str, format: LogFormat) -> Result<Telemetry, String> {
    let traces = collector()?.map(traces::Exporter::new).transpose()?;
    // A slow reader of the log must not delay requests, so lines are dropped when the queue is full.
    let (writer, log) = NonBlockingBuilder::default().lossy(true).finish(stderr());
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    let lines = match format {
        LogFormat::Text => lines.with_ansi(stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).boxed(),
    };
    let spans = traces.as_ref().map(traces::Exporter::layer);
    tracing_subscriber::registry().with(lines.with_filter(EnvFilter::new(filter))).with(spans).init();
    panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string);
        tracing::error!(location, message = panic.payload_as_str(), "panic");
    }));
    Ok(Telemetry { _traces: traces, _log: log })
}

/// Returns the variable that names a collector; none if no collector is configured.
#[expect(clippy::disallowed_methods, reason = "the variables are those of OpenTelemetry, not settings of this program")]
fn collector() -> Result<Option<&'static str>, String> {
    let configured =
        ENDPOINTS.into_iter().find_map(|name| Some((name, env::var(name).ok().filter(|value| !value.is_empty())?)));
    let Some((name, endpoint)) = configured else { return Ok(None) };
    if !endpoint.starts_with("http://") {
        return Err(format!(
            "{name} must be a URL that begins with http://, such as http://127.0.0.1:4318: TLS is not supported, so the collector runs next to the server."
        ));
    }
    Ok(Some(name))
}
