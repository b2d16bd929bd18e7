//! Starting, and filling by a file: what the program does as a process.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    process::Stdio,
    time::Instant,
};

use serde_json::Value as Json;

use crate::{
    arguments::{Arguments, Backend},
    generate::lines,
    load::{Request, ask_once},
    measure::median,
    place::Place,
    queries,
    report::Report,
    run::Run,
    server::{Caches, Server, program},
};

/// How often the program is started.
const STARTS: usize = 5;
/// How many models are imported.
const IMPORTED: usize = 20_000;

/// Measures how long it takes from the start of the program to its first answer, on a catalog that exists.
pub async fn start(run: &Run<'_>, report: &mut Report) -> io::Result<()> {
    if !run.arguments.wants("start") {
        return Ok(());
    }
    let mut times = Vec::new();
    for _ in 0..STARTS {
        times.push(first_answer(&run.place.url).await?.0);
    }
    report.fact("start to first answer, of a catalog that exists", run.backend, run.models, median(times), "ms");
    Ok(())
}

/// The same on an empty database: tables are made and the list is written. Then the memory that a server with the list takes.
pub async fn start_with_list(arguments: &Arguments, backend: Backend, report: &mut Report) -> io::Result<()> {
    if !arguments.wants("start") {
        return Ok(());
    }
    let place = Place::new(backend, "list").await.map_err(io::Error::other)?;
    let (time, _) = first_answer(&place.url).await?;
    report.fact("start to first answer, of a new catalog", backend, 0, time, "ms");
    let (_, server) = first_answer(&place.url).await?;
    report.fact("memory after start, with the list alone", backend, 0, server.memory()?, "MB");
    Ok(())
}

async fn first_answer(url: &str) -> io::Result<(f64, Server)> {
    let start = Instant::now();
    let server = Server::program(url, Caches::All)?;
    ask_once(server.port, &Request::new(&queries::page(24), &Json::Null, None)).await?;
    Ok((start.elapsed().as_secs_f64() * 1000.0, server))
}

/// Measures the import of models from a file, with what they refer to, into a catalog with the list.
pub async fn import(arguments: &Arguments, backend: Backend, report: &mut Report) -> io::Result<()> {
    if !arguments.wants("import") {
        return Ok(());
    }
    let help = program().args(["import", "--help"]).stdin(Stdio::null()).output()?;
    if !help.status.success() {
        report.note(format!("import on {backend}: left out, this program has no such command"));
        return Ok(());
    }
    let place = Place::new(backend, "import").await.map_err(io::Error::other)?;
    drop(Server::program(&place.url, Caches::All)?);
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("models.ndjson");
    let mut file = BufWriter::new(File::create(&path)?);
    for line in lines(IMPORTED) {
        writeln!(file, "{line}")?;
    }
    file.into_inner()?.sync_all()?;
    let start = Instant::now();
    let mut command = program();
    command.env("DATABASE_URL", &place.url).arg("import").arg(&path).stdout(Stdio::null());
    if !command.status()?.success() {
        return Err(io::Error::other("the import failed"));
    }
    let rate = IMPORTED as f64 / start.elapsed().as_secs_f64();
    report.fact("models imported by the program, a second", backend, IMPORTED, rate, "");
    Ok(())
}
