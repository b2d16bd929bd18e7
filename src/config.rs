//! Settings, read once from the environment and the file `.env`.

use std::{env, num::NonZeroU32, path::Path, time::Duration};

use actix_web::http::header::HeaderName;
use seed::DataSet;
use tracing_subscriber::EnvFilter;
use url::Url;

use crate::db::database::PoolOptions;
use crate::db::url::DatabaseUrl;
use crate::graphql::limits::settings::{Limits, MAX_NESTING};
use crate::graphql::types::proposal::{ProposalAccess, ProposalSettings};
use crate::http::graphql::persisted_documents::RegisteredDocuments;
use crate::http::limits::body::MAX_BODY_BYTES;
use crate::http::limits::client_ip::{ProxyHeader, TrustedProxies};
use crate::http::limits::rate_limit::RateLimits;
use crate::http::limits::timeouts::Timeouts;
use crate::http::middleware::cors::{CorsHeaders, CorsOrigins};
use crate::http::middleware::csrf::CsrfPrevention;
use crate::http::ops::metrics_token::MetricsToken;
use crate::http::server::options::Options;
use crate::telemetry::LogFormat;

/// The license of the data set `world`.
const WORLD_LICENSE: &str = "https://creativecommons.org/licenses/by/4.0/";

/// The settings. `.env.example` explains each variable.
#[derive(Debug)]
pub struct Config {
    /// `DATABASE_URL`, with `DATABASE_PASSWORD` if that is set.
    pub database: DatabaseUrl,
    /// `DATABASE_READ_URL`, the URL of a PostgreSQL replica; none without a replica.
    pub replica: Option<DatabaseUrl>,
    /// `DATABASE_CONNECTIONS`, `DATABASE_WAIT` and `SLOW_QUERY_MS`.
    pub pool: PoolOptions,
    /// `CATALOG_SEED`, the data set of a new catalog; none for `none`.
    pub seed: Option<DataSet>,
    /// `HOST`.
    pub host: String,
    /// `PORT`.
    pub port: u16,
    /// The settings of the HTTP server: caches, limits, timeouts, proxies, CORS and `PUBLIC_URL`.
    pub http: Options,
    /// `RUST_LOG`.
    pub log: String,
    /// `LOG_FORMAT`.
    pub log_format: LogFormat,
}

impl Config {
    /// Reads the settings. It must run before other threads start, because it adds the variables of `.env` to the
    /// environment.
    ///
    /// # Errors
    /// One message for each invalid variable, with its value and the expected values.
    pub fn read() -> Result<Self, Vec<String>> {
        let mut variables = EnvReader::default();
        if let Err(error) = dotenvy::dotenv()
            && !error.not_found()
        {
            variables.problems.push(format!("The file .env cannot be read: {error}."));
        }
        let defaults = Options::default();
        let limits = defaults.limits;
        let production = variables.switch("PRODUCTION", false);
        let password = variables.read("DATABASE_PASSWORD", String::new(), |text| Ok(text.to_owned()));
        let seed = variables.read("CATALOG_SEED", Some(DataSet::default()), |text| match text {
            "none" => Ok(None),
            set => set.parse().map(Some).map_err(|_| "world, list or none".to_owned()),
        });
        // The data set of the list has no license.
        let data_license = Url::parse(WORLD_LICENSE).ok().filter(|_| seed == Some(DataSet::World));
        let mut config = Self {
            database: variables.read("DATABASE_URL", DatabaseUrl::Sqlite("catalog.db".into()), |text| {
                let expected = "sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/DATABASE";
                text.parse().map_err(|error| format!("{expected} ({error})"))
            }),
            replica: variables.read("DATABASE_READ_URL", None, |text| match text.parse() {
                _ if text.is_empty() => Ok(None),
                Ok(url @ DatabaseUrl::Postgres(_)) => Ok(Some(url)),
                _ => Err("postgres://USER:PASSWORD@HOST:PORT/DATABASE, or nothing".to_owned()),
            }),
            pool: PoolOptions {
                connections: variables.number("DATABASE_CONNECTIONS", 8, 1, 1000),
                acquire_timeout: Duration::from_secs(variables.number("DATABASE_WAIT", 5, 1, 60).into()),
                slow_query_threshold: Duration::from_millis(
                    variables.number("SLOW_QUERY_MS", 200, 0, 3_600_000).into(),
                ),
            },
            seed,
            host: variables.read("HOST", "127.0.0.1".to_owned(), |text| {
                if text.is_empty() { Err("a host name or address".to_owned()) } else { Ok(text.to_owned()) }
            }),
            port: variables
                .read("PORT", 8000, |text| text.parse().map_err(|_| "a whole number from 0 to 65535".to_owned())),
            http: Options {
                response_cache: variables.number("RESPONSE_CACHE_MB", defaults.response_cache, 0, 1_000_000),
                entity_cache: variables.number("ENTITY_CACHE_MB", defaults.entity_cache, 0, 1_000_000),
                max_age: variables.number("CACHE_MAX_AGE", defaults.max_age, 0, 31_536_000),
                public_url: variables.read("PUBLIC_URL", None, |text| {
                    if text.is_empty() { Ok(None) } else { public_url(text).map(Some) }
                }),
                data_license: variables.read("DATA_LICENSE", data_license, license_url),
                persisted_documents: variables.read("PERSISTED_DOCUMENTS", RegisteredDocuments::default(), |path| {
                    if path.is_empty() {
                        return Ok(RegisteredDocuments::default());
                    }
                    let expected =
                        "a folder of .graphql files, or a JSON file with an object of identifiers and documents";
                    RegisteredDocuments::load(Path::new(path)).map_err(|error| format!("{expected} ({error})"))
                }),
                only_persisted_documents: variables.switch("PERSISTED_DOCUMENTS_ONLY", false),
                metrics_token: variables.read("METRICS_TOKEN", None, |text| {
                    Ok(Some(text).filter(|text| !text.is_empty()).map(MetricsToken::of))
                }),
                limits: Limits {
                    bytes: variables.number("MAX_DOCUMENT_BYTES", limits.bytes, 1000, MAX_BODY_BYTES as u32),
                    tokens: variables.number("MAX_TOKENS", limits.tokens, 100, 1_000_000),
                    depth: variables.number("MAX_DEPTH", limits.depth, 1, MAX_NESTING),
                    root_fields: variables.number("MAX_ROOT_FIELDS", limits.root_fields, 1, 10_000),
                    selections: variables.number("MAX_SELECTIONS", limits.selections, 10, 100_000),
                    cost: variables.number("MAX_COST", limits.cost, 1, 1_000_000_000),
                    response_bytes: variables.number("MAX_RESPONSE_BYTES", limits.response_bytes, 10_000, 1 << 30),
                    introspection: variables.switch("INTROSPECTION", limits.introspection),
                    suggestions: variables.switch("SUGGESTIONS", !production),
                },
                rate_limits: RateLimits {
                    requests: variables.optional_number("RATE_REQUESTS", defaults.rate_limits.requests),
                    cost: variables.optional_number("RATE_COST", defaults.rate_limits.cost),
                    proposals: variables.optional_number("RATE_PROPOSALS", defaults.rate_limits.proposals),
                },
                proposals: ProposalSettings {
                    access: variables.read("PROPOSALS", defaults.proposals.access, proposal_access),
                    max_open: variables.number("MAX_PROPOSALS", defaults.proposals.max_open, 1, 100_000),
                },
                connections_per_address: variables.number(
                    "STREAMS_PER_ADDRESS",
                    defaults.connections_per_address,
                    1,
                    1_000_000,
                ),
                subscriptions_per_address: variables.number(
                    "SUBSCRIPTIONS_PER_ADDRESS",
                    defaults.subscriptions_per_address,
                    1,
                    1_000_000,
                ),
                trusted_proxies: TrustedProxies {
                    hops: variables.number("PROXY_HOPS", defaults.trusted_proxies.hops, 0, 10),
                    header: variables.read("PROXY_HEADER", defaults.trusted_proxies.header, proxy_header),
                },
                cors_origins: variables.read("CORS_ORIGINS", defaults.cors_origins, origins),
                cors_headers: variables.read("CORS_HEADERS", defaults.cors_headers, cors_headers),
                csrf_prevention: variables.read("CSRF_PREVENTION", defaults.csrf_prevention, csrf_prevention),
                playground: variables.switch("PLAYGROUND", !production),
                federation: variables.switch("FEDERATION", defaults.federation),
                workers: defaults.workers,
                timeouts: Timeouts {
                    request: variables.seconds("REQUEST_TIMEOUT", defaults.timeouts.request, 1, 3600),
                    receive: variables.seconds("RECEIVE_TIMEOUT", defaults.timeouts.receive, 1, 3600),
                    ping: variables.seconds("WEBSOCKET_PING", defaults.timeouts.ping, 1, 3600),
                    stop_delay: variables.seconds("STOP_DELAY", defaults.timeouts.stop_delay, 0, 5),
                    counts: defaults.timeouts.counts,
                },
            },
            log_format: variables.read("LOG_FORMAT", LogFormat::Text, |text| match text {
                "text" => Ok(LogFormat::Text),
                "json" => Ok(LogFormat::Json),
                _ => Err("text or json".to_owned()),
            }),
            log: variables.read("RUST_LOG", "warn,open_llm_catalog=info".to_owned(), |text| {
                let expected = "a filter such as info or open_llm_catalog=debug";
                EnvFilter::try_new(text).map(|_| text.to_owned()).map_err(|error| format!("{expected} ({error})"))
            }),
        };
        for url in std::iter::once(&mut config.database).chain(&mut config.replica) {
            url.set_password(&password);
        }
        if config.replica.is_some() && matches!(config.database, DatabaseUrl::Sqlite(_)) {
            let rule =
                "DATABASE_READ_URL is set to a replica, so DATABASE_URL must be the URL of its PostgreSQL primary";
            variables.problems.push(format!("{rule}; it is {:?}.", config.database.to_string()));
        }
        if variables.problems.is_empty() { Ok(config) } else { Err(variables.problems) }
    }
}

#[derive(Default)]
struct EnvReader {
    problems: Vec<String>,
}

impl EnvReader {
    /// Returns the value of a variable, or the default if it is not set. The error of `parse` is the expected value.
    #[expect(clippy::disallowed_methods, reason = "this is where settings are read")]
    fn read<T>(&mut self, name: &str, default: T, parse: impl Fn(&str) -> Result<T, String>) -> T {
        let (actual, expected) = match env::var(name) {
            Ok(text) => match parse(&text) {
                Ok(value) => return value,
                Err(expected) => (format!("{:?}", without_password(&text)), expected),
            },
            Err(env::VarError::NotPresent) => return default,
            Err(env::VarError::NotUnicode(_)) => ("not UTF-8".to_owned(), "text".to_owned()),
        };
        self.problems.push(format!("{name} is {actual}; expected {expected}."));
        default
    }

    fn seconds(&mut self, name: &str, default: Duration, min: u32, max: u32) -> Duration {
        let default = u32::try_from(default.as_secs()).unwrap_or(max);
        Duration::from_secs(self.number(name, default, min, max).into())
    }

    fn number(&mut self, name: &str, default: u32, min: u32, max: u32) -> u32 {
        self.read(name, default, |text| {
            let number = text.parse().ok().filter(|number| (min..=max).contains(number));
            number.ok_or_else(|| format!("a whole number from {min} to {max}"))
        })
    }

    /// Returns a number; none if it is 0, which disables a limit.
    fn optional_number(&mut self, name: &str, default: Option<NonZeroU32>) -> Option<NonZeroU32> {
        NonZeroU32::new(self.number(name, default.map_or(0, NonZeroU32::get), 0, 1_000_000_000))
    }

    fn switch(&mut self, name: &str, default: bool) -> bool {
        self.read(name, default, |text| match text {
            "on" => Ok(true),
            "off" => Ok(false),
            _ => Err("on or off".to_owned()),
        })
    }
}

/// Parses the public URL of the server. Paths are appended to it, so it has no query and no fragment.
fn public_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).ok().filter(|url| {
        let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        plain && url.password().is_none() && matches!(url.scheme(), "http" | "https") && url.has_host()
    });
    url.ok_or_else(|| "a URL such as https://models.example.org, or nothing".to_owned())
}

/// Parses the URL of a license.
fn license_url(text: &str) -> Result<Option<Url>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.map(Some).ok_or_else(|| format!("a URL such as {WORLD_LICENSE}, or nothing"))
}

fn proxy_header(text: &str) -> Result<ProxyHeader, String> {
    match text.to_ascii_lowercase().as_str() {
        "x-forwarded-for" => Ok(ProxyHeader::XForwardedFor),
        "forwarded" => Ok(ProxyHeader::Forwarded),
        _ => Err("x-forwarded-for or forwarded".to_owned()),
    }
}

/// Parses the origins that may read responses, in the serialization of the `Origin` header.
fn origins(text: &str) -> Result<CorsOrigins, String> {
    if text == "*" {
        return Ok(CorsOrigins::Any);
    }
    let entries = text.split(',').map(str::trim).filter(|origin| !origin.is_empty());
    let origins = entries.map(|text| {
        let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let origin = url.map(|url| url.origin().ascii_serialization());
        origin.filter(|origin| origin == text)
    });
    let origins = origins.collect::<Option<Vec<_>>>();
    let expected = "*, or origins such as https://example.org with commas between them, or nothing";
    origins.map(CorsOrigins::These).ok_or_else(|| expected.to_owned())
}

/// Parses the request headers that pages of other origins may send.
fn cors_headers(text: &str) -> Result<CorsHeaders, String> {
    if text == "*" {
        return Ok(CorsHeaders::Any);
    }
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    let names = names.map(str::parse).collect::<Result<Vec<HeaderName>, _>>();
    names.map(CorsHeaders::These).map_err(|_| "*, or names of headers with commas between them, or nothing".to_owned())
}

fn csrf_prevention(text: &str) -> Result<CsrfPrevention, String> {
    match text {
        "fetch-metadata" => Ok(CsrfPrevention::FetchMetadata),
        "header" => Ok(CsrfPrevention::Header),
        "off" => Ok(CsrfPrevention::Off),
        _ => Err("fetch-metadata, header or off".to_owned()),
    }
}

fn proposal_access(text: &str) -> Result<ProposalAccess, String> {
    match text {
        "off" => Ok(ProposalAccess::Off),
        "tokens" => Ok(ProposalAccess::Tokens),
        "open" => Ok(ProposalAccess::Open),
        _ => Err("off, tokens or open".to_owned()),
    }
}

/// Replaces the password in the text of a URL, which may be invalid, by `***`.
fn without_password(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.to_owned();
    };
    let Some((login, host)) = rest.rsplit_once('@') else {
        return text.to_owned();
    };
    match login.split_once(':') {
        Some((user, _)) => format!("{scheme}://{user}:***@{host}"),
        None => text.to_owned(),
    }
}
