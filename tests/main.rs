//! Every test enters by the front door: the real routes over HTTP, on a database of its own, and where the body of a test
//! needs a database it runs on SQLite and on PostgreSQL.

#![expect(clippy::expect_used, reason = "a test says what must hold")]

mod support;

mod attack;
mod batches;
mod bearer;
mod cache;
mod cli;
mod crash;
mod document_schema;
mod documents;
mod drain;
mod edge;
mod edit;
mod editors;
mod errors;
mod export;
mod faults;
mod feed;
mod filter;
mod fuzz;
mod guard;
mod history;
mod hostile;
mod http;
mod import;
mod import_cli;
mod law;
mod library;
mod live;
mod migration;
mod node;
mod outages;
mod page;
mod paging;
mod past;
mod plans;
mod readers;
mod readme;
mod related;
mod replica;
mod retry;
mod schema;
mod search;
mod seed;
mod socket;
mod telemetry;
mod times;
mod token;
mod token_cli;
mod undo;

fn main() -> std::process::ExitCode {
    // `RUST_LOG=error` shows what a server hides from clients.
    tracing_subscriber::fmt().with_env_filter(tracing_subscriber::EnvFilter::from_default_env()).init();
    let arguments = libtest_mimic::Arguments::from_args();
    let trials = [
        attack::trials(),
        batches::trials(),
        bearer::trials(),
        cache::trials(),
        cli::trials(),
        crash::trials(),
        document_schema::trials(),
        documents::trials(),
        drain::trials(),
        edit::trials(),
        edge::trials(),
        editors::trials(),
        errors::trials(),
        export::trials(),
        faults::trials(),
        feed::trials(),
        filter::trials(),
        fuzz::trials(),
        guard::trials(),
        history::trials(),
        hostile::trials(),
        http::trials(),
        import::trials(),
        import_cli::trials(),
        law::trials(),
        library::trials(),
        live::trials(),
        migration::trials(),
        node::trials(),
        outages::trials(),
        page::trials(),
        paging::trials(),
        past::trials(),
        plans::trials(),
        readme::trials(),
        readers::trials(),
        related::trials(),
        replica::trials(),
        retry::trials(),
        schema::trials(),
        search::trials(),
        seed::trials(),
        socket::trials(),
        telemetry::trials(),
        times::trials(),
        undo::trials(),
        token::trials(),
        token_cli::trials(),
    ];
    libtest_mimic::run(&arguments, trials.into_iter().flatten().collect()).exit_code()
}
