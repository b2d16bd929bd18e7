//! The throughput of the command `import`.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    process::Stdio,
    time::Instant,
};

use crate::{
    arguments::{Arguments, Backend},
    database::TemporaryDatabase,
    generate::import_lines,
    program::Program,
    report::Report,
    server::Caches,
};

/// Number of imported models.
const MODELS: usize = 20_000;

/// Measures the import of models and of the subjects they refer to from an NDJSON file, into a catalog with the list.
pub async fn measure(
    arguments: &Arguments,
    program: &Program,
    backend: Backend,
    report: &mut Report,
) -> io::Result<()> {
    if !arguments.selects("import") {
        return Ok(());
    }
    let database = TemporaryDatabase::create(backend, "import").await.map_err(io::Error::other)?;
    // Starting a server migrates the database and writes the list.
    drop(program.serve(&database.url, Caches::All)?);
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("models.ndjson");
    let mut file = BufWriter::new(File::create(&path)?);
    for line in import_lines(MODELS) {
        writeln!(file, "{line}")?;
    }
    file.into_inner()?.sync_all()?;
    let start = Instant::now();
    let mut command = program.command();
    command.env("DATABASE_URL", &database.url).arg("import").arg(&path).stdout(Stdio::null());
    if !command.status()?.success() {
        return Err(io::Error::other("the import failed"));
    }
    let throughput = MODELS as f64 / start.elapsed().as_secs_f64();
    report.add_metric("models imported per second", backend, MODELS, throughput, "");
    Ok(())
}
