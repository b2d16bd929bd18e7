//! The command line.

mod export;
mod import;
mod progress_bar;
mod token;

use std::{net::TcpListener, process::ExitCode, str::FromStr, time::Duration};

use clap::{Parser, Subcommand};
use entity::vocabulary::SubjectType;
use tokio::time::timeout;

use crate::config::Config;
use crate::db::database::{Database, PoolOptions};
use crate::db::url::DatabaseUrl;
use crate::error::Error;
use crate::formats::json_schema::{document, documents};
use crate::graphql::sdl;
use crate::http::server;
use crate::store::migrate::migrate;
use crate::store::seed::{SeedReport, seed, seed_if_empty};
use crate::telemetry;

/// The Open LLM Catalog: open large language models in a database, over GraphQL.
///
/// Settings come from the environment and the file .env; .env.example explains each.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Bring the tables up to date, fill a new catalog with the list, and answer queries (what happens without a command)
    Serve,
    /// Change the tables
    #[command(subcommand)]
    Migrate(Migrate),
    /// Make the catalog say what the list says, all or nothing; whatever else it holds stays
    Seed,
    /// Bring facts from files into the catalog, all or nothing, and tell what became of each row
    Import(import::Import),
    /// Manage API tokens, which let others than readers in
    #[command(subcommand)]
    Token(token::Token),
    Export(export::Export),
    /// Print the GraphQL schema, or the JSON Schema of documents
    Schema {
        /// graphql; document for any document; organization, license, architecture, dataset or model for one of those
        #[arg(default_value = "graphql")]
        of: SchemaKind,
    },
}

/// A schema that can be printed.
#[derive(Clone, Copy)]
enum SchemaKind {
    Graphql,
    Document,
    Subject(SubjectType),
}

impl FromStr for SchemaKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "graphql" => Ok(Self::Graphql),
            "document" => Ok(Self::Document),
            name => {
                let found = SubjectType::ALL.iter().copied().find(|subject| subject.table() == name);
                found.map(Self::Subject).ok_or_else(|| "there is no such schema".to_owned())
            }
        }
    }
}

impl SchemaKind {
    fn text(self) -> String {
        match self {
            Self::Graphql => sdl().trim_end().to_owned(),
            Self::Document => format!("{:#}", documents()),
            Self::Subject(subject) => format!("{:#}", document(subject)),
        }
    }
}

#[derive(Subcommand)]
enum Migrate {
    /// Apply the migrations that have not been applied yet
    Up,
    /// Take back the last migrations; what their tables hold is lost
    Down {
        /// How many
        #[arg(long, default_value_t = 1)]
        steps: u32,
    },
    /// List the migrations and whether they have been applied
    Status,
}

/// What ended a command early.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{}", .0.join("\n"))]
    Config(Vec<String>),
    #[error("{error}{}", .error.cause().map(|cause| format!(" ({cause})")).unwrap_or_default())]
    Catalog { error: Error },
    #[error("{address} cannot be listened on: {cause}. HOST and PORT choose another address.")]
    Listen { address: String, cause: std::io::Error },
    #[error("{0}")]
    Usage(String),
    #[error("there is no catalog in {0} yet: start the server, or fill it with the command seed")]
    NoCatalog(DatabaseUrl),
    #[error("{file} cannot be written: {cause}")]
    Write { file: String, cause: std::io::Error },
    #[error("the server stopped: {0}")]
    Server(std::io::Error),
    #[error("{name} cannot be read to its end: {cause}")]
    Read { name: String, cause: std::io::Error },
    #[error("the report cannot be written: {0}")]
    Report(std::io::Error),
    /// The report has told why.
    #[error("nothing was written")]
    Rejected,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Catalog { error }
    }
}

/// Does what the command line asks for. Exits with 2 where it or a setting is wrong, with 1 where the work fails.
pub fn main() -> ExitCode {
    let command = Arguments::parse().command.unwrap_or(Command::Serve);
    let done = match command {
        Command::Schema { of } => {
            print_stdout(&of.text());
            Ok(())
        }
        command => Config::read().map_err(Failure::Config).and_then(|config| {
            let _telemetry =
                telemetry::init(&config.log, config.log_format).map_err(|wrong| Failure::Config(vec![wrong]))?;
            actix_web::rt::System::new().block_on(run(command, &config))
        }),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Rejected) => ExitCode::FAILURE,
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
    if let Command::Export(export) = &command {
        export.check(&config.database)?;
    }
    let serves = matches!(command, Command::Serve);
    // Nobody waits for the statements of other commands but whoever gave the command.
    let slow = if serves { config.pool.slow } else { Duration::MAX };
    let mut database = Database::connect(&config.database, PoolOptions { slow, ..config.pool }).await?;
    if let Some(replica) = config.replica.as_ref().filter(|_| serves) {
        database = database.with_replica(replica)?;
    }
    match command {
        Command::Serve => serve(config, database.clone()).await?,
        Command::Migrate(Migrate::Up) => migrate(&database).await?,
        Command::Migrate(Migrate::Down { steps }) => database.migrate_down(steps).await?,
        Command::Migrate(Migrate::Status) => {
            for (name, applied) in database.migrations().await? {
                print_stdout(&format!("{} {name}", if applied { "applied" } else { "pending" }));
            }
        }
        Command::Seed => {
            migrate(&database).await?;
            report(seed(&database).await?);
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
        Command::Schema { .. } => {}
    }
    if serves {
        // What a request left behind when the server stopped may hold a connection for as long as a request may take.
        let _ = timeout(CLOSE_TIMEOUT, database.close()).await;
    } else {
        database.close().await?;
    }
    Ok(())
}

/// How long the database may take to be left.
const CLOSE_TIMEOUT: Duration = Duration::from_millis(500);

async fn serve(config: &Config, database: Database) -> Result<(), Failure> {
    migrate(&database).await?;
    if let Some(filled) = seed_if_empty(&database).await? {
        report(filled);
    }
    let address = format!("{}:{}", config.host, config.port);
    let listener = TcpListener::bind((config.host.as_str(), config.port));
    let running = listener
        .and_then(|listener| server::start(listener, database.clone(), config.http.clone()))
        .map_err(|cause| Failure::Listen { address, cause })?;
    print_stdout(&format!("The catalog ({}) answers on", config.database));
    print_stdout(&format!("  pages       http://{}", running.address));
    print_stdout(&format!("  API         http://{}/graphql", running.address));
    print_stdout(&format!("  playground  http://{}/playground", running.address));
    print_stdout(&format!("  schema      http://{}/schema.graphql", running.address));
    let stop = running.shutdown.clone();
    actix_web::rt::spawn(async move {
        shutdown_signal().await;
        stop.stop().await;
    });
    running.server.await.map_err(Failure::Server)?;
    // It cannot be dropped any more once its runtime ends.
    running.listener.abort();
    let _ = running.listener.await;
    // Whoever stops a server while the database is away does not wait for it.
    let _ = timeout(CLOSE_TIMEOUT, running.token_usage.write(&database)).await;
    Ok(())
}

/// Completes when the program is asked to end: by SIGTERM, or by Ctrl+C in its terminal.
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

fn report(SeedReport { created, updated, unchanged }: SeedReport) {
    print_stdout(&format!("The list: {created} subjects created, {updated} updated, {unchanged} unchanged."));
}

#[expect(clippy::print_stdout, reason = "what a command answers goes to standard output")]
fn print_stdout(text: &str) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "what is no answer goes to standard error")]
fn print_stderr(text: &str) {
    eprintln!("{text}");
}
