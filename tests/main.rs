//! Every test enters by the front door: the real routes over HTTP, on a database of its own, and where the body of a test
//! needs a database it runs on SQLite and on PostgreSQL.

mod support;

mod cli;
mod errors;
mod filter;
mod hostile;
mod http;
mod law;
mod node;
mod page;
mod related;
mod search;
mod seed;

fn main() -> std::process::ExitCode {
    // `RUST_LOG=error` shows what a server hides from clients.
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .init();
    let arguments = libtest_mimic::Arguments::from_args();
    let trials = [
        cli::trials(),
        errors::trials(),
        filter::trials(),
        hostile::trials(),
        http::trials(),
        law::trials(),
        node::trials(),
        page::trials(),
        related::trials(),
        search::trials(),
        seed::trials(),
    ];
    libtest_mimic::run(&arguments, trials.into_iter().flatten().collect()).exit_code()
}
