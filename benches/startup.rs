//! The time from the start of the process to the first response, and the memory after it.

use std::{io, time::Instant};

use serde_json::Value as Json;

use crate::{
    arguments::{Arguments, Backend},
    database::TemporaryDatabase,
    load::{Request, send_once},
    measurement::median,
    program::Program,
    queries,
    report::Report,
    run::Run,
    server::{Caches, Server},
};

/// Number of starts, of which the median counts.
const STARTS: usize = 5;

/// Measures the startup on an existing catalog.
pub async fn measure_existing(run: &Run<'_>, report: &mut Report) -> io::Result<()> {
    if !run.arguments.selects("start") {
        return Ok(());
    }
    let mut times = Vec::new();
    for _ in 0..STARTS {
        times.push(time_to_first_response(run.program, &run.database.url).await?.0);
    }
    report.add_metric("startup to first response, existing catalog", run.backend, run.models, median(times), "ms");
    Ok(())
}

/// Measures the startup on an empty database, which migrates it and writes the list; then the memory of a server with the list.
pub async fn measure_new(
    arguments: &Arguments,
    program: &Program,
    backend: Backend,
    report: &mut Report,
) -> io::Result<()> {
    if !arguments.selects("start") {
        return Ok(());
    }
    let database = TemporaryDatabase::create(backend, "list").await.map_err(io::Error::other)?;
    let (time, _) = time_to_first_response(program, &database.url).await?;
    report.add_metric("startup to first response, new catalog", backend, 0, time, "ms");
    let (_, server) = time_to_first_response(program, &database.url).await?;
    report.add_metric("memory after startup, list only", backend, 0, server.memory()?, "MB");
    Ok(())
}

/// Milliseconds from the start of the process to its first page, and the server.
async fn time_to_first_response(program: &Program, url: &str) -> io::Result<(f64, Server)> {
    let start = Instant::now();
    let server = program.serve(url, Caches::All)?;
    send_once(server.port, &Request::new(&queries::page(24), &Json::Null, None)).await?;
    Ok((start.elapsed().as_secs_f64() * 1000.0, server))
}
