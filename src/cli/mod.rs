//! The command line.

mod backup;
mod export;
mod import;
mod lint;
mod progress_bar;
mod stats;
mod token;

use std::{net::TcpListener, process::ExitCode, str::FromStr, sync::LazyLock, time::Duration};

use clap::{Parser, Subcommand};
use entity::vocabulary::SubjectType;
use seed::DataSet;
use tokio::{sync::oneshot, time::timeout};

use crate::config::Config;
use crate::db::database::{Database, PoolOptions};
use crate::db::sqlite_file;
use crate::db::sqlite_file::FileProblem;
use crate::db::url::DatabaseUrl;
use crate::error::Error;
use crate::formats::json_schema::{document, documents};
use crate::graphql::{sdl, subgraph_sdl};
use crate::http::server;
use crate::store::migrate::migrate;
use crate::store::seed::{SeedReport, seed, seed_if_empty};
use crate::telemetry;

/// The Open LLM Catalog: a database of open large language models with a GraphQL API
///
/// Settings are read from the environment and the file .env; .env.example explains each.
#[derive(Parser)]
#[command(version = VERSION.as_str())]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

/// The versions of the program and of its data.
static VERSION: LazyLock<String> =
    LazyLock::new(|| format!("{} (data of {})", env!("CARGO_PKG_VERSION"), seed::VERSION));

#[derive(Subcommand)]
enum Command {
    /// Apply pending migrations, load the data set of CATALOG_SEED into a new catalog, and run the server (the default command)
    Serve,
    /// Apply, revert or list migrations
    #[command(subcommand)]
    Migrate(Migrate),
    /// Create or update the subjects of a data set, in one transaction; other subjects are not changed
    Seed {
        /// world or list; the default is that of CATALOG_SEED
        #[arg(long, value_name = "world|list")]
        set: Option<DataSet>,
    },
    /// Import files into the catalog, in one transaction, and report the result of each row
    Import(Box<import::Import>),
    /// Manage API tokens, which permit changes of the catalog
    #[command(subcommand)]
    Token(token::Token),
    Export(export::Export),
    Backup(backup::Backup),
    Lint(lint::Lint),
    Stats(stats::Stats),
    /// Print the GraphQL schema, or the JSON Schema of documents
    Schema {
        /// graphql; subgraph for Apollo Federation; document for all documents; a subject type, such as model, for its documents
        #[arg(default_value = "graphql")]
        of: SchemaKind,
    },
}

/// The schema to print.
#[derive(Clone, Copy)]
enum SchemaKind {
    Graphql,
    Subgraph,
    Document,
    Subject(SubjectType),
}

impl FromStr for SchemaKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "graphql" => Ok(Self::Graphql),
            "subgraph" => Ok(Self::Subgraph),
            "document" => Ok(Self::Document),
            name => {
                let found = SubjectType::ALL.iter().copied().find(|subject| subject.table() == name);
                found.map(Self::Subject).ok_or_else(|| {
                    let names = SubjectType::ALL.iter().map(|subject| subject.table());
                    format!(
                        "unknown schema; expected graphql, subgraph, document or {}",
                        names.collect::<Vec<_>>().join(", ")
                    )
                })
            }
        }
    }
}

impl SchemaKind {
    fn text(self) -> String {
        match self {
            Self::Graphql => sdl().trim_end().to_owned(),
            Self::Subgraph => subgraph_sdl().trim_end().to_owned(),
            Self::Document => format!("{:#}", documents()),
            Self::Subject(subject) => format!("{:#}", document(subject)),
        }
    }
}

#[derive(Subcommand)]
enum Migrate {
    /// Apply the pending migrations
    Up,
    /// Revert the last migrations; the data of their tables and columns is lost
    Down {
        /// Number of migrations
        #[arg(long, default_value_t = 1)]
        steps: u32,
        /// Confirm that more than one is reverted
        #[arg(long)]
        yes: bool,
    },
    /// List the migrations, each with its state: applied or pending
    Status,
}

/// The error of a command.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{}", .0.join("\n"))]
    Config(Vec<String>),
    #[error("{}", operator_message(.error))]
    Catalog { error: Error },
    #[error("cannot listen on {address}: {cause}. Set HOST and PORT to another address.")]
    Listen { address: String, cause: std::io::Error },
    #[error("{0}")]
    Usage(String),
    #[error(transparent)]
    File(#[from] FileProblem),
    #[error("there is no catalog in {0}: start the server or run the command seed to create it")]
    NoCatalog(DatabaseUrl),
    #[error("cannot write {file}: {cause}")]
    Write { file: String, cause: std::io::Error },
    #[error("the server stopped: {0}")]
    Server(std::io::Error),
    #[error("cannot read {name} to its end: {cause}")]
    Read { name: String, cause: std::io::Error },
    #[error("cannot write the report: {0}")]
    Report(std::io::Error),
    /// A row was rejected. The report has the reason, so `main` prints no message.
    #[error("nothing was written")]
    Rejected,
    /// A check found errors. They have been reported, so `main` prints no message.
    #[error("there are errors")]
    Findings,
    /// Rejected rows were left out, and the others written. The report has the reasons.
    #[error("rejected rows were left out")]
    Skipped,
}

/// Returns the message of an error for operators, with its cause. That of the error itself is for clients.
fn operator_message(error: &Error) -> String {
    let message = match error {
        Error::Unavailable(_) => "the database cannot be reached".to_owned(),
        Error::Busy(_) => {
            "another process is writing to the database, perhaps a long import; nothing was changed".to_owned()
        }
        Error::Storage { reason, .. } => format!("the database cannot be used: {reason}"),
        Error::Internal(cause) => return cause.to_string(),
        error => error.to_string(),
    };
    error.cause().map_or(message.clone(), |cause| format!("{message} ({cause})"))
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Catalog { error }
    }
}

/// Runs the command line. The exit code is 2 if an argument or a setting is invalid, 3 if an import left out rows, and 1 if the command
/// fails.
pub fn main() -> ExitCode {
    let command = Arguments::parse().command.unwrap_or(Command::Serve);
    let result = match command {
        Command::Schema { of } => {
            print_stdout(&of.text());
            Ok(())
        }
        Command::Lint(lint) if lint.is_about_files() => lint.run_on_files(),
        command => Config::read().map_err(Failure::Config).and_then(|config| {
            let _telemetry =
                telemetry::init(&config.log, config.log_format).map_err(|problem| Failure::Config(vec![problem]))?;
            actix_web::rt::System::new().block_on(run(command, &config))
        }),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Rejected | Failure::Findings) => ExitCode::FAILURE,
        Err(Failure::Skipped) => ExitCode::from(3),
        Err(failure) => {
            print_stderr(&format!("error: {failure}"));
            if matches!(failure, Failure::Config(_) | Failure::Usage(_)) {
                ExitCode::from(2)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

async fn run(command: Command, config: &Config) -> Result<(), Failure> {
    match &command {
        Command::Export(export) => export.check(&config.database)?,
        Command::Backup(backup) => backup.check(&config.database)?,
        Command::Lint(lint) => lint.check(&config.database)?,
        Command::Stats(stats) => stats.check(&config.database)?,
        Command::Seed { set: None } if config.seed.is_none() => {
            return Err(Failure::Usage(
                "CATALOG_SEED is none: give the data set with --set world or --set list".to_owned(),
            ));
        }
        Command::Migrate(Migrate::Down { steps: 2.., yes: false }) => {
            let message = "this deletes the tables of several migrations and everything in them; add --yes to do it";
            return Err(Failure::Usage(message.to_owned()));
        }
        _ => {}
    }
    if let DatabaseUrl::Sqlite(path) = &config.database {
        sqlite_file::check(path).await?;
    }
    let serves = matches!(command, Command::Serve);
    // Slow queries are logged by the server only: the statements of other commands delay no requests.
    let slow_query_threshold = if serves { config.pool.slow_query_threshold } else { Duration::MAX };
    let mut database = Database::connect(&config.database, PoolOptions { slow_query_threshold, ..config.pool }).await?;
    if let Some(replica) = config.replica.as_ref().filter(|_| serves) {
        database = database.with_replica(replica)?;
    }
    match command {
        Command::Serve => serve(config, database.clone()).await?,
        Command::Migrate(Migrate::Up) => migrate(&database).await?,
        Command::Migrate(Migrate::Down { steps, .. }) => database.migrate_down(steps).await?,
        Command::Migrate(Migrate::Status) => {
            for (name, applied) in database.migrations().await? {
                print_stdout(&format!("{} {name}", if applied { "applied" } else { "pending" }));
            }
        }
        Command::Seed { set } => {
            migrate(&database).await?;
            if let Some(set) = set.or(config.seed) {
                report(set, seed(&database, set).await?);
            }
        }
        Command::Import(command) => {
            migrate(&database).await?;
            import::run(&command, &database).await?;
        }
        Command::Token(command) => {
            migrate(&database).await?;
            token::run(command, &database).await?;
        }
        Command::Export(export) => {
            migrate(&database).await?;
            export.run(&database).await?;
        }
        Command::Backup(backup) => backup.run(&database).await?,
        Command::Lint(lint) => {
            migrate(&database).await?;
            lint.run(&database).await?;
        }
        Command::Stats(stats) => {
            migrate(&database).await?;
            stats.run(&database).await?;
        }
        Command::Schema { .. } => {}
    }
    if serves {
        // A statement of an aborted request may hold its connection until the request timeout.
        let _ = timeout(CLOSE_TIMEOUT, database.close()).await;
        if let DatabaseUrl::Sqlite(path) = &config.database
            && let Err(error) = sqlite_file::complete(path).await
        {
            tracing::warn!(%error, "the header of the database cannot be written");
        }
    } else {
        database.close().await?;
    }
    Ok(())
}

/// The maximum duration of closing the connections when the server stops, and of writing the last-used times of tokens.
const CLOSE_TIMEOUT: Duration = Duration::from_millis(500);

/// The maximum duration of the rest of a checkpoint that runs when the server stops.
const CHECKPOINT_TIMEOUT: Duration = Duration::from_secs(2);

async fn serve(config: &Config, database: Database) -> Result<(), Failure> {
    migrate(&database).await?;
    if let Some(set) = config.seed
        && let Some(counts) = seed_if_empty(&database, set).await?
    {
        report(set, counts);
    }
    let (stopped, stop_checkpoints) = oneshot::channel::<()>();
    let checkpoints = match &config.database {
        DatabaseUrl::Sqlite(path) => {
            sqlite_file::checkpoint(path).await.unwrap_or_else(|error| tracing::warn!(%error, "checkpoint failed"));
            Some(actix_web::rt::spawn(sqlite_file::checkpoint_until(path.clone(), stop_checkpoints)))
        }
        DatabaseUrl::Postgres(_) => None,
    };
    let address = format!("{}:{}", config.host, config.port);
    let listener = TcpListener::bind((config.host.as_str(), config.port));
    let running = listener
        .and_then(|listener| server::start(listener, database.clone(), config.http.clone()))
        .map_err(|cause| Failure::Listen { address, cause })?;
    print_stdout(&format!("The catalog ({}) listens on", config.database));
    print_stdout(&format!("  pages       http://{}", running.address));
    print_stdout(&format!("  API         http://{}/graphql", running.address));
    print_stdout(&format!("  playground  http://{}/playground", running.address));
    print_stdout(&format!("  schema      http://{}/schema.graphql", running.address));
    if !running.address.ip().is_loopback() && config.http.trusted_proxies.hops == 0 {
        let address = running.address;
        tracing::warn!(%address, "the server speaks plain HTTP to the network; run a reverse proxy with TLS, and set PROXY_HOPS");
    }
    let stop = running.shutdown.clone();
    actix_web::rt::spawn(async move {
        shutdown_signal().await;
        stop.stop().await;
    });
    running.server.await.map_err(Failure::Server)?;
    // The listener must be dropped before its runtime ends.
    running.listener.abort();
    let _ = running.listener.await;
    // Shutdown does not wait for an unavailable database.
    let _ = timeout(CLOSE_TIMEOUT, running.token_usage.write(&database)).await;
    drop(stopped);
    if let Some(checkpoints) = checkpoints {
        let _ = timeout(CHECKPOINT_TIMEOUT, checkpoints).await;
    }
    Ok(())
}

/// Completes on SIGTERM or Ctrl+C.
async fn shutdown_signal() {
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = terminated => {}
        Ok(()) = tokio::signal::ctrl_c() => {}
    }
}

fn report(set: DataSet, SeedReport { created, updated, unchanged }: SeedReport) {
    print_stdout(&format!("Data set {set}: {created} subjects created, {updated} updated, {unchanged} unchanged."));
}

#[expect(clippy::print_stdout, reason = "the result of a command goes to standard output")]
fn print_stdout(text: &str) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "errors and remarks go to standard error")]
fn print_stderr(text: &str) {
    eprintln!("{text}");
}
