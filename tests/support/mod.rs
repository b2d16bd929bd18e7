//! The test harness: a served catalog with the fixture data, and test bodies that run on both databases.

pub mod cluster;
pub mod documents;
pub mod fixture;
pub mod postgres;
pub mod process;
pub mod running;
pub mod subscriptions;
pub mod template;

use std::{
    fmt,
    net::TcpListener,
    ops::Deref,
    panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind},
    path::PathBuf,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use entity::vocabulary::Role;
use libtest_mimic::{Completion, Trial};
use open_llm_catalog::auth::token;
use open_llm_catalog::auth::token_usage::TokenUsage;
use open_llm_catalog::db::database::{Database, PoolOptions};
use open_llm_catalog::http;
use open_llm_catalog::http::limits::rate_limit::RateLimits;
use open_llm_catalog::http::limits::timeouts::Timeouts;
use open_llm_catalog::http::server::options::Options;
use open_llm_catalog::query::cache::EntityCache;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sea_orm::{DbBackend, Statement};
use serde_json::{Value as Json, json};
use template::Content;
use tokio::time::{sleep, timeout};

/// Makes tests of functions: `trials![on both: a, b]` takes functions of a served catalog and makes two tests of each, one
/// on each database; `trials![plain: c]` takes functions without arguments.
#[macro_export]
macro_rules! trials {
    (on both: $($test:ident),+ $(,)?) => {
        Vec::from_iter([$($crate::support::both(concat!(module_path!(), "::", stringify!($test)), |app| Box::pin($test(app)))),+].into_iter().flatten())
    };
    (on sqlite: $($test:ident),+ $(,)?) => {
        vec![$($crate::support::on($crate::support::Backend::Sqlite, concat!(module_path!(), "::", stringify!($test)), |app| Box::pin($test(app)))),+]
    };
    (plain: $($test:ident),+ $(,)?) => {
        vec![$($crate::support::plain(concat!(module_path!(), "::", stringify!($test)), $test)),+]
    };
}

/// How long a test waits for something that takes milliseconds on a machine with nothing else to do.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// How long one test may take. The switches that lengthen tests, such as `KILLS`, need more: `TEST_MINUTES`.
pub fn test_deadline() -> Duration {
    let minutes = std::env::var("TEST_MINUTES").ok().and_then(|minutes| minutes.parse().ok()).unwrap_or(10);
    Duration::from_secs(60 * minutes)
}

/// Waits for a future, and fails the test if that takes longer than the deadline.
#[track_caller]
pub fn within_deadline<T>(future: impl Future<Output = T>) -> impl Future<Output = T> {
    let caller = Location::caller();
    async move { timeout(DEADLINE, future).await.unwrap_or_else(|_| panic!("nothing within {DEADLINE:?} at {caller}")) }
}

/// Waits until a condition holds, and fails the test if that takes longer than the deadline.
pub async fn wait_until(condition: &str, holds: impl AsyncFn() -> bool) {
    let poll = async {
        while !holds().await {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(DEADLINE, poll).await.unwrap_or_else(|_| panic!("not within {DEADLINE:?}: {condition}"));
}

/// Runs an asynchronous test body, and fails the test if it does not end.
pub fn block_on<T>(body: impl Future<Output = T>) -> T {
    let deadline = test_deadline();
    let body =
        async { timeout(deadline, body).await.unwrap_or_else(|_| panic!("the test did not end within {deadline:?}")) };
    let system = actix_web::rt::System::new();
    let result = catch_unwind(AssertUnwindSafe(|| system.block_on(body)));
    // What is left of the test gives its connections back, for which it needs the runtime. Not while a panic unwinds, because another
    // one would end the process.
    let runtime = system.runtime().tokio_runtime().handle().clone();
    let entered = runtime.enter();
    drop(system);
    drop(entered);
    result.unwrap_or_else(|panic| resume_unwind(panic))
}

/// The database systems that a catalog can be stored in.
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

/// A test without arguments.
pub fn plain(path: &'static str, body: fn()) -> Trial {
    Trial::test(title(path), move || {
        let _running = running::start(path);
        body();
        Ok(())
    })
}

/// The tests of one body, one on each database.
pub fn both(path: &'static str, body: fn(App) -> Body) -> [Trial; 2] {
    [Backend::Sqlite, Backend::Postgres].map(|backend| on(backend, path, body))
}

/// Runs a test on one kind of database.
pub fn on(backend: Backend, path: &'static str, body: fn(App) -> Body) -> Trial {
    on_backend(path, backend, move || {
        let database = TestDatabase::new(backend)?;
        run(database, body);
        Ok(Completion::Completed)
    })
}

/// A test on one database. It may find that something it needs is missing, and which.
pub fn on_backend(
    path: &'static str,
    backend: Backend,
    body: impl FnOnce() -> Result<Completion, &'static str> + Send + 'static,
) -> Trial {
    let trial = Trial::ignorable_test(title(path), move || {
        let _running = running::start(path);
        match body() {
            Ok(completion) => Ok(completion),
            Err(postgres::MISSING) if std::env::var_os("REQUIRE_POSTGRES").is_some() => Err(postgres::MISSING.into()),
            Err(missing) => Ok(Completion::ignored_with(missing)),
        }
    });
    trial.with_kind(backend.to_string())
}

/// The name of a test without that of the binary.
fn title(path: &str) -> String {
    path.strip_prefix("catalog::").unwrap_or(path).to_owned()
}

fn run(database: TestDatabase, body: fn(App) -> Body) {
    let outcome = block_on(async {
        template::copy(&database, Content::Fixture).await;
        let app = App::start(&database.url()).await;
        let (connections, shutdown) = (app.database.clone(), app.shutdown.clone());
        // A panic ends only this task, so that the server is stopped and the database removed.
        let outcome = actix_web::rt::spawn(body(app)).await;
        shutdown.stop().await;
        connections.close().await.expect("the connections close");
        database.remove().await;
        outcome
    });
    if let Err(failure) = outcome {
        std::panic::resume_unwind(failure.into_panic());
    }
}

/// The file system in memory that Linux has.
const MEMORY: &str = "/dev/shm";
/// The free bytes that it must have to hold the databases of tests.
const FREE_BYTES: u64 = 4 << 30;

/// The folder for databases: that of `TMPDIR`, else one in memory if it has room. A PostgreSQL database has 350 files, and the more files were
/// removed lately, the longer ext4 searches for the inode of a new one: creating and removing a database takes 0.5 s there, 0.1 s in memory.
pub fn folder_of_databases() -> PathBuf {
    let free = rustix::fs::statvfs(MEMORY).map_or(0, |memory| memory.f_bavail * memory.f_frsize);
    if std::env::var_os("TMPDIR").is_none() && free >= FREE_BYTES { MEMORY.into() } else { std::env::temp_dir() }
}

/// The database of a test.
pub enum TestDatabase {
    Sqlite(tempfile::TempDir),
    Postgres { server: &'static postgres::Server, name: String },
}

impl TestDatabase {
    /// A database that does not exist yet; or the name of the missing requirement.
    pub fn new(backend: Backend) -> Result<Self, &'static str> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        match backend {
            Backend::Sqlite => {
                let folder = tempfile::tempdir_in(folder_of_databases());
                Ok(Self::Sqlite(folder.expect("a temporary folder can be created")))
            }
            Backend::Postgres => {
                let server = postgres::server(
                    &folder_of_databases(),
                    &["autovacuum=off", "fsync=off", "full_page_writes=off", "max_connections=300"],
                )?;
                let name = format!("catalog_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
                Ok(Self::Postgres { server, name })
            }
        }
    }

    /// The value of `DATABASE_URL`.
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => format!("sqlite:{}", folder.path().join("catalog.db").display()),
            Self::Postgres { server, name } => server.database(name),
        }
    }

    /// Creates the database on its server. A file is created by its first connection.
    pub async fn create(&self) {
        if let Self::Postgres { server, name } = self {
            server.execute(&format!("CREATE DATABASE {name}")).await;
        }
    }

    /// An empty catalog in the same database system as another, and its URL.
    pub async fn empty_like(app: &App) -> (Self, String) {
        let test_database = Self::new(app.backend()).expect("the test runs there already");
        template::copy(&test_database, Content::Empty).await;
        let url = test_database.url();
        (test_database, url)
    }

    /// Removes the database from its server. A file is removed when this is dropped.
    pub async fn remove(self) {
        if let Self::Postgres { server, name } = self {
            server.execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

/// Connections to a database.
pub async fn connect(url: &str) -> Database {
    Database::connect(&url.parse().expect("a database URL"), POOL).await.expect("the database accepts connections")
}

/// Few connections: tests run in parallel.
pub const POOL: PoolOptions = PoolOptions {
    connections: 4,
    acquire_timeout: Duration::from_secs(20),
    slow_query_threshold: Duration::from_secs(3600),
};

/// The default options, but one worker thread, small caches and no limits by address: all tests have the same one.
pub fn options() -> Options {
    let rate_limits = RateLimits { requests: None, cost: None, proposals: None };
    Options {
        workers: Some(1),
        response_cache: 4,
        entity_cache: 8,
        rate_limits,
        connections_per_address: 10_000,
        timeouts: TIMEOUTS,
        ..Options::default()
    }
}

/// Long enough for a machine that runs many tests.
pub const TIMEOUTS: Timeouts = Timeouts {
    request: Duration::from_secs(60),
    receive: Duration::from_secs(10),
    ping: Duration::from_secs(15),
    stop_delay: Duration::ZERO,
    counts: Duration::from_secs(10),
};

/// A server of a catalog that holds the fixture data.
#[derive(Clone)]
pub struct App {
    pub url: String,
    pub database: Database,
    pub uses: TokenUsage,
    pub entity_cache: EntityCache,
    client: Client,
    shutdown: http::ops::shutdown::Shutdown,
    statements: Arc<Mutex<Vec<Statement>>>,
}

impl App {
    async fn start(url: &str) -> Self {
        let mut database = connect(url).await;
        let statements = Arc::new(Mutex::new(Vec::new()));
        let sent = Arc::clone(&statements);
        database.on_read(move |info| {
            sent.lock().expect("no thread panicked").push(info.statement.clone());
        });
        Self::serve(url.to_owned(), database, statements, options()).listening().await
    }

    /// The same, once its change listener is connected.
    async fn listening(self) -> Self {
        let mut revisions = self.database.revision_tracker().watch();
        within_deadline(revisions.wait_for(|known| known.listening)).await.expect("the server listens");
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
            shutdown: running.shutdown,
            client,
            statements,
        }
    }

    /// A second server of the same catalog, with caches of its own and the same connections. It stops when the test ends.
    pub fn second_server(&self) -> Self {
        self.with_options(options())
    }

    /// A second server with other timeouts.
    pub fn with_timeouts(&self, timeouts: Timeouts) -> Self {
        self.with_options(Options { timeouts, ..options() })
    }

    /// A second server with other options.
    pub fn with_options(&self, options: Options) -> Self {
        Self::serve(self.url.clone(), self.database.clone(), Arc::clone(&self.statements), options)
    }

    /// A second server that uses these connections.
    pub fn with_connections(&self, database: Database) -> Self {
        Self::serve(self.url.clone(), database, Arc::clone(&self.statements), options())
    }

    /// A second server with connections and a change listener of its own, as another process has.
    pub async fn with_own_connections(&self) -> Self {
        self.with_connections(connect(&self.url).await).listening().await
    }

    /// The database system that the catalog is stored in.
    pub fn backend(&self) -> Backend {
        if self.database.backend() == DbBackend::Sqlite { Backend::Sqlite } else { Backend::Postgres }
    }

    /// Reverts the migrations from the one whose name ends so.
    pub async fn revert_migrations_from(&self, name: &str) {
        let migrations = self.database.migrations().await.expect("the database answers");
        let first = migrations.iter().position(|(migration, _)| migration.ends_with(name)).expect("there is one");
        let steps = (migrations.len() - first).try_into().expect("a handful");
        self.database.migrate_down(steps).await.expect("the migrations can be reverted");
    }

    /// The secret of a new token with a role. The name of the token is the role in lower case and a number.
    pub async fn token(&self, role: Role) -> String {
        static COUNT: AtomicUsize = AtomicUsize::new(1);
        let name = format!("{}-{}", role.word().to_lowercase(), COUNT.fetch_add(1, Ordering::Relaxed));
        let created = token::create(&self.database, &name, role, None).await;
        created.expect("a token can be created").1.reveal()
    }

    /// The same server; requests carry a token: `app.with_token(&app.token(Role::Admin).await).post(…)`.
    pub fn with_token(&self, secret: &str) -> Self {
        Self { client: self.client.with_token(secret), ..self.clone() }
    }

    /// The data of a query, and the number of statements that read it.
    pub async fn counted(&self, query: &str) -> (Json, usize) {
        let (data, statements) = self.traced(query).await;
        (data, statements.len())
    }

    /// The data of a query, and the statements that read it.
    pub async fn traced(&self, query: &str) -> (Json, Vec<Statement>) {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        // The statements must be sent: no cache has the response of a new text, nor the rows.
        self.entity_cache.clear();
        let query = format!("{query} # {}", COUNT.fetch_add(1, Ordering::Relaxed));
        self.statements.lock().expect("no thread panicked").clear();
        let data = self.data(&query).await;
        (data, std::mem::take(&mut *self.statements.lock().expect("no thread panicked")))
    }

    /// The number of statements that have read so far.
    pub fn statements(&self) -> usize {
        self.statements.lock().expect("no thread panicked").len()
    }
}

impl Deref for App {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// A client of a server, in this process or in another.
#[derive(Clone)]
pub struct Client {
    pub address: String,
    client: reqwest::Client,
    bearer: Option<String>,
}

impl Client {
    /// A client of the server at an address such as `http://127.0.0.1:8000`.
    pub fn at(address: String) -> Self {
        // While a test waits for a program it blocks the thread of its own server, which then closes idle connections: the
        // client must not use one that is about to be closed.
        let client = reqwest::Client::builder().pool_idle_timeout(Duration::from_secs(1)).build();
        Self { address, client: client.expect("a client can be created"), bearer: None }
    }

    /// The same client; requests carry a token.
    pub fn with_token(&self, secret: &str) -> Self {
        Self { bearer: Some(secret.to_owned()), ..self.clone() }
    }

    /// A request for a path of the server.
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let request = self.client.request(method.parse().expect("a method"), format!("{}{path}", self.address));
        self.bearer.iter().fold(request, reqwest::RequestBuilder::bearer_auth)
    }

    /// Sends a GraphQL request; returns the status and the response.
    pub async fn post(&self, body: &Json) -> (u16, Json) {
        let accept = "application/graphql-response+json";
        let response = self.request("POST", "/graphql").header("accept", accept).json(body).send().await;
        let response = response.expect("the server responds");
        (response.status().as_u16(), response.json().await.expect("the response is JSON"))
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

    /// The values of a field of all elements of a list, in order.
    pub async fn column(&self, query: &str, list: &str, field: &str) -> Vec<Json> {
        let data = self.data(query).await;
        let rows = data.pointer(list).and_then(Json::as_array).unwrap_or_else(|| panic!("no list at {list} in {data}"));
        rows.iter().map(|row| row[field].clone()).collect()
    }
}

/// Runs a property test with the same cases each time, and writes no file.
pub fn runner() -> TestRunner {
    let config = Config { failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::default()))
}
