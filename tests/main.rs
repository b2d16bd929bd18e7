//! The tests use the public interfaces: HTTP, the command line and the documents. Each test has a database of its own, and
//! a test that needs one runs on SQLite and on PostgreSQL.

#![expect(clippy::expect_used, reason = "a test states its expectations")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests read switches such as FUZZ_CASES, and wait for processes on threads of their own"
)]

mod support;

mod architecture;
mod as_of;
mod async_graphql_behaviour;
mod attack;
mod authentication;
mod backup;
mod cache;
mod changes;
mod charts;
mod check_data;
mod checkpoints;
mod cli;
mod compression;
mod concurrent_writes;
mod connections;
mod crash;
mod database_faults;
mod derived_columns;
mod docs;
mod document_schema;
mod documents;
mod earlier_slugs;
mod edit;
mod effective_facts;
mod errors;
mod evidence;
mod evidence_value;
mod export;
mod fair_shares;
mod federation;
mod feed;
mod filter;
mod filter_negation;
mod fixture;
mod fuzz;
mod graceful_shutdown;
mod guard;
mod history;
mod http;
mod idempotency;
mod import;
mod import_cli;
mod import_levels;
mod license_terms;
mod lineage;
mod lint;
mod malicious_input;
mod mcp;
mod memory;
mod memory_estimate;
mod migration;
mod model_facts;
mod model_groups;
mod node;
mod numbers;
mod organization_facts;
mod outages;
mod page;
mod page_addresses;
mod page_facts;
mod page_table;
mod pagination;
mod partial_dates;
mod persisted_documents;
mod proposals;
mod provenance;
mod query_cost;
mod query_counts;
mod query_plans;
mod rate_limits_and_cors;
mod readers;
mod relations;
mod release;
mod replica;
mod response_size;
mod revert;
mod schema;
mod search;
mod search_query;
mod seed;
mod short_reads;
mod socket;
mod source;
mod spec_rules;
mod stale_reads;
mod stats;
mod subscriptions;
mod telemetry;
mod timeouts;
mod times;
mod token;
mod token_cli;
mod token_end;
mod websocket_frames;

use std::num::NonZero;

use tokio::signal::unix::{SignalKind, signal};

fn main() -> std::process::ExitCode {
    // `RUST_LOG=error` prints the errors that a server hides from clients; without, the servers of the tests log nothing.
    if std::env::var_os("RUST_LOG").is_some() {
        tracing_subscriber::fmt().with_env_filter(tracing_subscriber::EnvFilter::from_default_env()).init();
    }
    exit_on_signals();
    support::running::hide_panics_of_servers();
    support::running::watch();
    let mut arguments = libtest_mimic::Arguments::from_args();
    // Many tests wait: more threads than processors keep these busy.
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    arguments.test_threads.get_or_insert(processors + processors.div_ceil(2));
    let trials = [
        as_of::trials(),
        architecture::trials(),
        async_graphql_behaviour::trials(),
        attack::trials(),
        authentication::trials(),
        backup::trials(),
        cache::trials(),
        changes::trials(),
        charts::trials(),
        check_data::trials(),
        checkpoints::trials(),
        cli::trials(),
        compression::trials(),
        concurrent_writes::trials(),
        connections::trials(),
        crash::trials(),
        database_faults::trials(),
        docs::trials(),
        document_schema::trials(),
        documents::trials(),
        earlier_slugs::trials(),
        edit::trials(),
        organization_facts::trials(),
        model_facts::trials(),
        memory_estimate::trials(),
        derived_columns::trials(),
        effective_facts::trials(),
        errors::trials(),
        evidence::trials(),
        proposals::trials(),
        provenance::trials(),
        evidence_value::trials(),
        export::trials(),
        federation::trials(),
        feed::trials(),
        filter::trials(),
        filter_negation::trials(),
        fixture::trials(),
        fuzz::trials(),
        graceful_shutdown::trials(),
        guard::trials(),
        history::trials(),
        http::trials(),
        idempotency::trials(),
        import::trials(),
        import_cli::trials(),
        import_levels::trials(),
        license_terms::trials(),
        lineage::trials(),
        lint::trials(),
        malicious_input::trials(),
        mcp::trials(),
        memory::trials(),
        migration::trials(),
        model_groups::trials(),
        node::trials(),
        numbers::trials(),
        outages::trials(),
        page::trials(),
        page_addresses::trials(),
        page_facts::trials(),
        page_table::trials(),
        pagination::trials(),
        partial_dates::trials(),
        persisted_documents::trials(),
        query_cost::trials(),
        query_counts::trials(),
        query_plans::trials(),
        rate_limits_and_cors::trials(),
        readers::trials(),
        fair_shares::trials(),
        response_size::trials(),
        relations::trials(),
        release::trials(),
        replica::trials(),
        revert::trials(),
        schema::trials(),
        search::trials(),
        search_query::trials(),
        seed::trials(),
        short_reads::trials(),
        socket::trials(),
        source::trials(),
        spec_rules::trials(),
        stale_reads::trials(),
        stats::trials(),
        subscriptions::trials(),
        telemetry::trials(),
        timeouts::trials(),
        times::trials(),
        token::trials(),
        token_cli::trials(),
        token_end::trials(),
        websocket_frames::trials(),
    ];
    let conclusion = libtest_mimic::run(&arguments, trials.into_iter().flatten().collect());
    support::template::remove();
    support::running::print_slowest();
    conclusion.exit_code()
}

/// Handles SIGINT and SIGTERM by exiting. Programs that the tests start then have the default action of these signals: an
/// ignored signal stays ignored in a child process, a handled one does not, and a shell ignores SIGINT in programs that a
/// script starts in the background.
fn exit_on_signals() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be created");
    let (mut interrupt, mut terminate) = {
        let _runtime = runtime.enter();
        let handle = |kind| signal(kind).expect("a signal handler can be installed");
        (handle(SignalKind::interrupt()), handle(SignalKind::terminate()))
    };
    std::thread::spawn(move || {
        let code = runtime.block_on(async {
            tokio::select! {
                _ = interrupt.recv() => 130,
                _ = terminate.recv() => 143,
            }
        });
        std::process::exit(code);
    });
}
