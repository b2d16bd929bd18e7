//! Every test enters by the front door: the real routes over HTTP, on a database of its own, and where the body of a test
//! needs a database it runs on SQLite and on PostgreSQL.

#![expect(clippy::expect_used, reason = "a test says what must hold")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests read switches such as FUZZ_CASES, and wait for other processes on threads of their own"
)]

mod support;

mod as_of;
mod async_graphql_behaviour;
mod attack;
mod authentication;
mod cache;
mod cli;
mod concurrent_writes;
mod connections;
mod crash;
mod database_faults;
mod docs;
mod document_schema;
mod documents;
mod edit;
mod errors;
mod export;
mod feed;
mod filter;
mod filter_negation;
mod fuzz;
mod graceful_shutdown;
mod guard;
mod history;
mod http;
mod idempotency;
mod import;
mod import_cli;
mod malicious_input;
mod migration;
mod node;
mod outages;
mod page;
mod pagination;
mod query_counts;
mod query_plans;
mod rate_limits_and_cors;
mod readers;
mod relations;
mod replica;
mod revert;
mod schema;
mod search;
mod seed;
mod socket;
mod subscriptions;
mod telemetry;
mod timeouts;
mod token;
mod token_cli;

fn main() -> std::process::ExitCode {
    // `RUST_LOG=error` shows what a server hides from clients.
    tracing_subscriber::fmt().with_env_filter(tracing_subscriber::EnvFilter::from_default_env()).init();
    let arguments = libtest_mimic::Arguments::from_args();
    let trials = [
        as_of::trials(),
        async_graphql_behaviour::trials(),
        attack::trials(),
        authentication::trials(),
        cache::trials(),
        cli::trials(),
        concurrent_writes::trials(),
        connections::trials(),
        crash::trials(),
        database_faults::trials(),
        docs::trials(),
        document_schema::trials(),
        documents::trials(),
        edit::trials(),
        errors::trials(),
        export::trials(),
        feed::trials(),
        filter::trials(),
        filter_negation::trials(),
        fuzz::trials(),
        graceful_shutdown::trials(),
        guard::trials(),
        history::trials(),
        http::trials(),
        idempotency::trials(),
        import::trials(),
        import_cli::trials(),
        malicious_input::trials(),
        migration::trials(),
        node::trials(),
        outages::trials(),
        page::trials(),
        pagination::trials(),
        query_counts::trials(),
        query_plans::trials(),
        rate_limits_and_cors::trials(),
        readers::trials(),
        relations::trials(),
        replica::trials(),
        revert::trials(),
        schema::trials(),
        search::trials(),
        seed::trials(),
        socket::trials(),
        subscriptions::trials(),
        telemetry::trials(),
        timeouts::trials(),
        token::trials(),
        token_cli::trials(),
    ];
    libtest_mimic::run(&arguments, trials.into_iter().flatten().collect()).exit_code()
}
