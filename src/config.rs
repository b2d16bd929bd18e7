//! Settings: read once, from the environment and the file `.env`.

use std::{env, time::Duration};

use tracing_subscriber::EnvFilter;
use url::Url;

use crate::{
    catalog::database::{DatabaseUrl, PoolOptions},
    http::{Options, times::Times},
    telemetry::Format,
};

/// Everything that can be set. `.env.example` tells what each variable means.
#[derive(Debug)]
pub struct Config {
    /// `DATABASE_URL`.
    pub database: DatabaseUrl,
    /// `DATABASE_CONNECTIONS`, `DATABASE_WAIT`, `SLOW_QUERY_MS` and `ENTITY_CACHE_MB`.
    pub pool: PoolOptions,
    /// `HOST`.
    pub host: String,
    /// `PORT`.
    pub port: u16,
    /// `RESPONSE_CACHE_MB`, `CACHE_MAX_AGE`, `PUBLIC_URL`, `REQUEST_TIMEOUT`, `RECEIVE_TIMEOUT`, `WEBSOCKET_PING` and
    /// `STOP_DELAY`.
    pub answers: Options,
    /// `RUST_LOG`.
    pub log: String,
    /// `LOG_FORMAT`.
    pub log_format: Format,
}

impl Config {
    /// Reads the settings. Must run before there is a second thread, because `.env` goes into the environment.
    ///
    /// # Errors
    /// Every variable that holds something wrong, with what it holds and what it wants.
    pub fn read() -> Result<Self, Vec<String>> {
        let mut variables = Variables::default();
        if let Err(error) = dotenvy::dotenv()
            && !error.not_found()
        {
            variables.problems.push(format!("The file .env cannot be read: {error}."));
        }
        let defaults = Options::default();
        let config = Self {
            database: variables.read("DATABASE_URL", DatabaseUrl::Sqlite("catalog.db".into()), |text| {
                let wants = "sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/DATABASE";
                text.parse().map_err(|wrong| format!("{wants} ({wrong})"))
            }),
            pool: PoolOptions {
                connections: variables.number("DATABASE_CONNECTIONS", 8, 1, 1000),
                wait: Duration::from_secs(variables.number("DATABASE_WAIT", 5, 1, 60).into()),
                slow: Duration::from_millis(variables.number("SLOW_QUERY_MS", 200, 0, 3_600_000).into()),
                shelf: variables.number("ENTITY_CACHE_MB", 64, 0, 1_000_000),
            },
            host: variables.read("HOST", "127.0.0.1".to_owned(), |text| {
                if text.is_empty() { Err("a host name or address".to_owned()) } else { Ok(text.to_owned()) }
            }),
            port: variables
                .read("PORT", 8000, |text| text.parse().map_err(|_| "a whole number from 0 to 65535".to_owned())),
            answers: Options {
                response_cache: variables.number("RESPONSE_CACHE_MB", defaults.response_cache, 0, 1_000_000),
                max_age: variables.number("CACHE_MAX_AGE", defaults.max_age, 0, 31_536_000),
                public_url: variables.read("PUBLIC_URL", None, |text| {
                    if text.is_empty() { Ok(None) } else { public_url(text).map(Some) }
                }),
                times: Times {
                    request: variables.seconds("REQUEST_TIMEOUT", defaults.times.request, 1, 3600),
                    receive: variables.seconds("RECEIVE_TIMEOUT", defaults.times.receive, 1, 3600),
                    ping: variables.seconds("WEBSOCKET_PING", defaults.times.ping, 1, 3600),
                    stop_delay: variables.seconds("STOP_DELAY", defaults.times.stop_delay, 0, 5),
                },
                ..defaults
            },
            log_format: variables.read("LOG_FORMAT", Format::Text, |text| match text {
                "text" => Ok(Format::Text),
                "json" => Ok(Format::Json),
                _ => Err("text or json".to_owned()),
            }),
            log: variables.read("RUST_LOG", "warn,open_llm_catalog=info".to_owned(), |text| {
                let wants = "a filter such as info or open_llm_catalog=debug";
                EnvFilter::try_new(text).map(|_| text.to_owned()).map_err(|wrong| format!("{wants} ({wrong})"))
            }),
        };
        if variables.problems.is_empty() { Ok(config) } else { Err(variables.problems) }
    }
}

#[derive(Default)]
struct Variables {
    problems: Vec<String>,
}

impl Variables {
    /// The value of a variable, or the default where it is not set. `parse` says what it wants.
    fn read<T>(&mut self, name: &str, default: T, parse: impl Fn(&str) -> Result<T, String>) -> T {
        let (held, wants) = match env::var(name) {
            Ok(text) => match parse(&text) {
                Ok(value) => return value,
                Err(wants) => (format!("{:?}", without_password(&text)), wants),
            },
            Err(env::VarError::NotPresent) => return default,
            Err(env::VarError::NotUnicode(_)) => ("bytes that are not UTF-8".to_owned(), "text".to_owned()),
        };
        self.problems.push(format!("{name} holds {held}; it wants {wants}."));
        default
    }

    fn seconds(&mut self, name: &str, default: Duration, least: u32, most: u32) -> Duration {
        let default = u32::try_from(default.as_secs()).unwrap_or(most);
        Duration::from_secs(self.number(name, default, least, most).into())
    }

    fn number(&mut self, name: &str, default: u32, least: u32, most: u32) -> u32 {
        self.read(name, default, |text| {
            let number = text.parse().ok().filter(|number| (least..=most).contains(number));
            number.ok_or_else(|| format!("a whole number from {least} to {most}"))
        })
    }
}

/// The address at which others reach the server: what paths are put behind, so it has neither query nor fragment.
fn public_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).ok().filter(|url| {
        let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        plain && url.password().is_none() && matches!(url.scheme(), "http" | "https") && url.has_host()
    });
    url.ok_or_else(|| "an address such as https://models.example.org, or nothing".to_owned())
}

/// The text of a URL with the password, if there is one, made unreadable.
fn without_password(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.to_owned();
    };
    let Some((login, place)) = rest.rsplit_once('@') else {
        return text.to_owned();
    };
    match login.split_once(':') {
        Some((user, _)) => format!("{scheme}://{user}:***@{place}"),
        None => text.to_owned(),
    }
}
