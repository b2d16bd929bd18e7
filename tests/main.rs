//! Every test enters by the front door: the real routes over HTTP, on a database of its own, and where the body of a test
//! needs a database it runs on SQLite and on PostgreSQL.

#![expect(clippy::expect_used, reason = "a test says what must hold")]

mod support;

mod batches;
mod history;
mod library;
mod migration;
mod paging;
mod readme;
mod schema;
mod seed;

fn main() -> std::process::ExitCode {
    // `RUST_LOG=error` shows what a server hides from clients.
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .init();
    let arguments = libtest_mimic::Arguments::from_args();
    let trials = [
        seed::trials(),
        migration::trials(),
        schema::trials(),
        library::trials(),
        paging::trials(),
        batches::trials(),
        history::trials(),
        readme::trials(),
    ];
    libtest_mimic::run(&arguments, trials.into_iter().flatten().collect()).exit_code()
}
