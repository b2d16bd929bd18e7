//! `import`: facts from files.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Write},
    iter::Peekable,
    path::PathBuf,
};

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};

use crate::cli::Failure;
use crate::cli::progress_bar::Progress;
use crate::db::database::Database;
use crate::formats::import;
use crate::formats::import::report::{JsonReport, Report, Table, Totals};
use crate::formats::readers::format::ImportFormat;
use crate::formats::record::ParsedEntry;
use crate::store::change::Change;

#[derive(Args)]
pub(super) struct Import {
    /// The files; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What they are written in; without, what the ending of each tells: .md, .json, .ndjson, .jsonl or .csv
    #[arg(long, value_parser = PossibleValuesParser::new(ImportFormat::ALL.map(|(word, _)| word)).map(|word| read_format(&word)))]
    format: Option<ImportFormat>,
    /// Tell what would become of each row, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// How to tell it: the rows that need eyes and totals for people, or every row for programs
    #[arg(long, default_value = "table", value_parser = PossibleValuesParser::new(["table", "json"]))]
    report: String,
}

pub(super) async fn run(command: &Import, database: &Database) -> Result<(), Failure> {
    let sources = command.files.iter().map(|path| Source::open(path, command.format)).collect::<Result<Vec<_>, _>>()?;
    let progress = Progress::new(sources.iter().map(|source| source.bytes).sum());
    // Everybody else waits for the change to end: it does not wait for the first words of a source, nor for the last where
    // the whole is read at once.
    let sources = sources.into_iter().map(|source| source.read(&progress)).collect::<Result<Vec<_>, _>>()?;
    let mut change = Change::begin(database, "import").await?;
    let out = BufWriter::new(io::stdout());
    if command.report == "json" {
        let mut report = JsonReport::new(out);
        let totals = import_sources(sources, &progress, &mut change, &mut report).await?;
        let written = commit_unless_rejected(command, change, totals).await?;
        report.end(totals, written).map_err(Failure::Report)?;
        return if totals.rejected == 0 { Ok(()) } else { Err(Failure::Rejected) };
    }
    let mut report = Table(out);
    let totals = import_sources(sources, &progress, &mut change, &mut report).await?;
    let written = commit_unless_rejected(command, change, totals).await?;
    let Totals { created, updated, unchanged, rejected, warnings } = totals;
    let end = match (written, rejected) {
        (true, _) => "",
        (false, 0) => " Nothing was written: this was a dry run.",
        (false, _) => " Nothing was written: what is rejected must be mended first.",
    };
    let sum = format!(
        "{created} created, {updated} updated, {unchanged} unchanged, {rejected} rejected; {warnings} warnings."
    );
    writeln!(report.0, "{sum}{end}").and_then(|()| report.0.flush()).map_err(Failure::Report)?;
    if rejected == 0 { Ok(()) } else { Err(Failure::Rejected) }
}

/// Writes what was read, unless something is wrong with it or nobody wants it. Tells whether it did.
async fn commit_unless_rejected(command: &Import, change: Change, totals: Totals) -> Result<bool, Failure> {
    if totals.rejected > 0 || command.dry_run {
        return Ok(false);
    }
    change.commit().await?;
    Ok(true)
}

async fn import_sources(
    sources: Vec<Entries>,
    progress: &Progress,
    change: &mut Change,
    report: &mut dyn Report,
) -> Result<Totals, Failure> {
    let several = sources.len() > 1;
    let mut import = import::Import::new(change, report);
    for Entries { name, entries } in sources {
        if several {
            import.begin_file(&name).await?;
        }
        for entry in entries {
            import.add(entry.map_err(|cause| Failure::Read { name: name.clone(), cause })?).await?;
            progress.row();
        }
    }
    Ok(import.finish().await?)
}

/// What stands in a file.
struct Entries {
    name: String,
    entries: Peekable<Box<dyn Iterator<Item = io::Result<ParsedEntry>>>>,
}

/// A file that is open.
struct Source {
    name: String,
    format: ImportFormat,
    /// How much there is to read; none where only reading tells.
    bytes: Option<u64>,
    read: Box<dyn BufRead>,
}

impl Source {
    fn open(path: &PathBuf, format: Option<ImportFormat>) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let unknown = || {
            let words = ImportFormat::ALL.map(|(word, _)| word).join(", ");
            Failure::Usage(format!("{name}: its ending tells no format; give --format with one of {words}"))
        };
        let format = format.or_else(|| ImportFormat::of(path)).ok_or_else(unknown)?;
        if name == "-" {
            return Ok(Self { name, format, bytes: None, read: Box::new(BufReader::new(io::stdin())) });
        }
        let unreadable = |cause| Failure::Usage(format!("{name} cannot be read: {cause}"));
        let file = File::open(path).map_err(unreadable)?;
        let about = file.metadata().map_err(unreadable)?;
        if about.is_dir() {
            return Err(Failure::Usage(format!("{name} is a folder; name its files")));
        }
        let bytes = about.is_file().then_some(about.len());
        Ok(Self { name, format, bytes, read: Box::new(BufReader::new(file)) })
    }

    /// Begins to read it.
    fn read(self, progress: &Progress) -> Result<Entries, Failure> {
        let Self { name, format, read, .. } = self;
        let read = BufReader::with_capacity(1 << 16, progress.watch(read));
        let mut entries = match format.read(read) {
            Ok(entries) => entries.peekable(),
            Err(cause) => return Err(Failure::Read { name, cause }),
        };
        entries.peek();
        Ok(Entries { name, entries })
    }
}

fn read_format(word: &str) -> ImportFormat {
    let known = ImportFormat::ALL.into_iter().find(|(name, _)| *name == word);
    known.map_or(ImportFormat::Json, |(_, format)| format)
}
