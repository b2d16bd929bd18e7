//! What tests share: a catalog that is served, and how a test body becomes two tests.

pub mod cluster;
pub mod documents;
pub mod postgres;
pub mod subscriptions;

use std::{
    fmt,
    net::TcpListener,
    ops::Deref,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use entity::vocabulary::Role;
use libtest_mimic::{Completion, Failed, Trial};
use open_llm_catalog::auth::token;
use open_llm_catalog::auth::token_usage::TokenUsage;
use open_llm_catalog::db::database::{Database, PoolOptions};
use open_llm_catalog::db::url::DatabaseUrl;
use open_llm_catalog::http;
use open_llm_catalog::http::limits::rate_limit::RateLimits;
use open_llm_catalog::http::limits::timeouts::Timeouts;
use open_llm_catalog::http::server::options::Options;
use open_llm_catalog::query::cache::EntityCache;
use open_llm_catalog::store::seed;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sea_orm::{DbBackend, Statement};
use serde_json::{Value as Json, json};

/// Makes tests of functions: `trials![on both: a, b]` takes bodies that want a served catalog and makes one test on each
/// backend of each, `trials![plain: c]` takes functions without arguments.
#[macro_export]
macro_rules! trials {
    (on both: $($test:ident),+ $(,)?) => {
        Vec::from_iter([$($crate::support::both(concat!(module_path!(), "::", stringify!($test)), |app| Box::pin($test(app)))),+].into_iter().flatten())
    };
    (plain: $($test:ident),+ $(,)?) => {
        vec![$(libtest_mimic::Trial::test($crate::support::title(concat!(module_path!(), "::", stringify!($test))), || { $test(); Ok(()) })),+]
    };
}

/// A database that the catalog can be kept in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Self::Sqlite { "sqlite" } else { "postgres" })
    }
}

type Body = Pin<Box<dyn Future<Output = ()>>>;

/// The tests of one body.
pub fn both(name: &'static str, body: fn(App) -> Body) -> [Trial; 2] {
    [Backend::Sqlite, Backend::Postgres]
        .map(|backend| Trial::ignorable_test(title(name), move || run(backend, body)).with_kind(backend.to_string()))
}

/// The name of a test without that of the binary.
pub fn title(path: &str) -> String {
    path.split_once("::").map_or(path, |(_, name)| name).to_owned()
}

fn run(backend: Backend, body: fn(App) -> Body) -> Result<Completion, Failed> {
    let home = match Home::new(backend) {
        Ok(home) => home,
        Err(missing) if std::env::var_os("REQUIRE_POSTGRES").is_some() => return Err(missing.into()),
        Err(missing) => return Ok(Completion::ignored_with(missing)),
    };
    actix_web::rt::System::new().block_on(async {
        home.enter().await;
        let app = App::start(&home.url()).await;
        let (database, stop) = (app.database.clone(), app.stop.clone());
        // On a task of its own a panic leaves the way free to tidy up.
        let outcome = actix_web::rt::spawn(body(app)).await;
        stop.stop().await;
        database.close().await.expect("the connections close");
        home.leave().await;
        match outcome {
            Ok(()) => Ok(Completion::Completed),
            Err(failure) => std::panic::resume_unwind(failure.into_panic()),
        }
    })
}

/// Where a test keeps its catalog: gone after the test.
pub enum Home {
    File(tempfile::TempDir),
    Server { server: &'static postgres::Server, name: String },
}

impl Home {
    /// A new place; or why there is none.
    pub fn new(backend: Backend) -> Result<Self, &'static str> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        match backend {
            Backend::Sqlite => Ok(Self::File(tempfile::tempdir().expect("there is a folder for temporary files"))),
            Backend::Postgres => {
                let server = postgres::server(&["fsync=off", "max_connections=300"])?;
                let name = format!("catalog_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
                Ok(Self::Server { server, name })
            }
        }
    }

    /// What `DATABASE_URL` would hold.
    pub fn url(&self) -> String {
        match self {
            Self::File(folder) => format!("sqlite:{}", folder.path().join("catalog.db").display()),
            Self::Server { server, name } => server.database(name),
        }
    }

    /// Makes the database where it has to be made.
    pub async fn enter(&self) {
        if let Self::Server { server, name } = self {
            server.execute(&format!("CREATE DATABASE {name}")).await;
        }
    }

    /// An empty catalog on the backend of another, and its URL.
    pub async fn beside(app: &App) -> (Self, String) {
        let sqlite = app.database.backend() == DbBackend::Sqlite;
        let home = Self::new(if sqlite { Backend::Sqlite } else { Backend::Postgres }).expect("there is a place");
        home.enter().await;
        let url = home.url();
        let database = Database::connect(&url.parse().expect("a URL"), POOL).await.expect("it is there");
        open_llm_catalog::store::migrate::migrate(&database).await.expect("the tables can be made");
        database.close().await.expect("it can be closed");
        (home, url)
    }

    /// Removes the database.
    pub async fn leave(self) {
        if let Self::Server { server, name } = self {
            server.execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

/// Few connections: tests run in parallel.
pub const POOL: PoolOptions =
    PoolOptions { connections: 4, wait: Duration::from_secs(20), slow: Duration::from_secs(3600) };

/// As it is outside of tests, on one thread, and for all tests from one address.
pub fn options() -> Options {
    let rate_limits = RateLimits { requests: None, cost: None };
    Options {
        workers: Some(1),
        response_cache: 4,
        entity_cache: 8,
        rate_limits,
        connections_per_address: 10_000,
        timeouts: TIMES,
        ..Options::default()
    }
}

/// Long enough for a machine that runs many tests.
pub const TIMES: Timeouts = Timeouts {
    request: Duration::from_secs(60),
    receive: Duration::from_secs(10),
    ping: Duration::from_secs(15),
    stop_delay: Duration::ZERO,
};

/// A catalog with the facts of the list, served.
#[derive(Clone)]
pub struct App {
    pub url: String,
    pub database: Database,
    pub uses: TokenUsage,
    pub entity_cache: EntityCache,
    client: Client,
    stop: http::ops::shutdown::Shutdown,
    statements: Arc<Mutex<Vec<Statement>>>,
}

impl App {
    async fn start(url: &str) -> Self {
        let parsed = url.parse::<DatabaseUrl>().expect("a database URL");
        let mut database = Database::connect(&parsed, POOL).await.expect("the database is there");
        let statements = Arc::new(Mutex::new(Vec::new()));
        let sent = Arc::clone(&statements);
        database.on_read(move |info| {
            sent.lock().expect("nobody panicked").push(info.statement.clone());
        });
        open_llm_catalog::store::migrate::migrate(&database).await.expect("the tables can be made");
        seed::seed_if_empty(&database).await.expect("the list can be read");
        Self::serve(url.to_owned(), database, statements, options()).hearing().await
    }

    /// The same, once it would hear of changes.
    async fn hearing(self) -> Self {
        let mut head = self.database.revision_tracker().watch();
        head.wait_for(|known| known.listening).await.expect("the server listens");
        self
    }

    fn serve(url: String, database: Database, statements: Arc<Mutex<Vec<Statement>>>, options: Options) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let running = http::server::start(listener, database.clone(), options).expect("the server starts");
        actix_web::rt::spawn(running.server);
        let client = Client::at(format!("http://{}", running.address));
        Self {
            url,
            database,
            uses: running.token_usage,
            entity_cache: running.entity_cache,
            stop: running.shutdown,
            client,
            statements,
        }
    }

    /// Another server of the same catalog, as if in another process. It stops when the test ends.
    pub fn beside(&self) -> Self {
        self.beside_with(options())
    }

    /// The same with other times.
    pub fn timed(&self, timeouts: Timeouts) -> Self {
        self.beside_with(Options { timeouts, ..options() })
    }

    /// The same with other connections.
    pub fn over(&self, database: Database) -> Self {
        Self::serve(self.url.clone(), database, Arc::clone(&self.statements), options())
    }

    /// Another server of the same catalog, with options of its own.
    pub fn beside_with(&self, options: Options) -> Self {
        Self::serve(self.url.clone(), self.database.clone(), Arc::clone(&self.statements), options)
    }

    /// Another server of the same catalog with connections of its own, as another process has.
    pub async fn apart(&self) -> Self {
        let url = self.url.parse::<DatabaseUrl>().expect("a database URL");
        let database = Database::connect(&url, POOL).await.expect("the database is there");
        self.over(database).hearing().await
    }

    /// The secret of a new token with a role; its name is that of the role, in lower case, with a number behind it.
    pub async fn token(&self, role: Role) -> String {
        static COUNT: AtomicUsize = AtomicUsize::new(1);
        let name = format!("{}-{}", role.word().to_lowercase(), COUNT.fetch_add(1, Ordering::Relaxed));
        let made = token::create(&self.database, &name, role, None).await;
        made.expect("a token can be made").1.reveal()
    }

    /// The same server, asked with a token: `app.bearing(&app.token(Role::Admin).await).post(…)`.
    pub fn bearing(&self, secret: &str) -> Self {
        Self { client: self.client.bearing(secret), ..self.clone() }
    }

    /// The data of a query, and how many statements it took to read it.
    pub async fn counted(&self, query: &str) -> (Json, usize) {
        let (data, statements) = self.traced(query).await;
        (data, statements.len())
    }

    /// The data of a query, and the statements that read it.
    pub async fn traced(&self, query: &str) -> (Json, Vec<Statement>) {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        // What is counted must be done: nothing is kept for words that were never sent, and nothing of what they read.
        self.entity_cache.clear();
        let query = format!("{query} # {}", COUNT.fetch_add(1, Ordering::Relaxed));
        self.statements.lock().expect("nobody panicked").clear();
        let data = self.data(&query).await;
        (data, std::mem::take(&mut *self.statements.lock().expect("nobody panicked")))
    }

    /// How many statements have been sent to read.
    pub fn statements(&self) -> usize {
        self.statements.lock().expect("nobody panicked").len()
    }
}

impl Deref for App {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// Who asks a server, wherever that runs.
#[derive(Clone)]
pub struct Client {
    pub address: String,
    client: reqwest::Client,
    bearer: Option<String>,
}

impl Client {
    /// Asks the server at an address such as `http://127.0.0.1:8000`.
    pub fn at(address: String) -> Self {
        // A test that runs a program holds up the server it shares a thread with, which then closes what was idle for long:
        // a connection that is about to be closed must not be asked again.
        let client = reqwest::Client::builder().pool_idle_timeout(Duration::from_secs(1)).build();
        Self { address, client: client.expect("a client can be made"), bearer: None }
    }

    /// The same, with a token.
    pub fn bearing(&self, secret: &str) -> Self {
        Self { bearer: Some(secret.to_owned()), ..self.clone() }
    }

    /// A request to an address of the server.
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let request = self.client.request(method.parse().expect("a method"), format!("{}{path}", self.address));
        self.bearer.iter().fold(request, reqwest::RequestBuilder::bearer_auth)
    }

    /// Sends a body as a client does; returns the status and the answer.
    pub async fn post(&self, body: &Json) -> (u16, Json) {
        let accept = "application/graphql-response+json";
        let response = self.request("POST", "/graphql").header("accept", accept).json(body).send().await;
        let response = response.expect("the server answers");
        (response.status().as_u16(), response.json().await.expect("the answer is JSON"))
    }

    /// The data of a query that must succeed.
    pub async fn data(&self, query: &str) -> Json {
        self.data_with(query, json!({})).await
    }

    /// The data of a query with variables that must succeed.
    pub async fn data_with(&self, query: &str, variables: Json) -> Json {
        let (status, mut answer) = self.post(&json!({ "query": query, "variables": variables })).await;
        assert_eq!((status, &answer["errors"]), (200, &Json::Null), "of {query} with {variables}");
        answer["data"].take()
    }

    /// The code and the message of the one error of a query.
    pub async fn error(&self, query: &str) -> (String, String) {
        let (status, answer) = self.post(&json!({ "query": query })).await;
        assert!(status < 500, "{status} for {query}");
        let errors = answer["errors"].as_array().unwrap_or_else(|| panic!("no error for {query}: {answer}"));
        assert_eq!(errors.len(), 1, "errors of {query}: {errors:?}");
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        (text(&errors[0]["extensions"]["code"]), text(&errors[0]["message"]))
    }

    /// Everything that a field of every element of a list holds, in order.
    pub async fn column(&self, query: &str, list: &str, field: &str) -> Vec<Json> {
        let data = self.data(query).await;
        let rows = data.pointer(list).and_then(Json::as_array).unwrap_or_else(|| panic!("no list at {list} in {data}"));
        rows.iter().map(|row| row[field].clone()).collect()
    }
}

/// What runs a property test: the same cases each time, and no file left behind.
pub fn runner() -> TestRunner {
    let config = Config { failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::default()))
}
