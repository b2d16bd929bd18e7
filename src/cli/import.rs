//! The command `import`: imports files.

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
    /// Files to import; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Format of all files; by default the extension of each decides: .md, .json, .ndjson, .jsonl or .csv
    #[arg(long, value_parser = PossibleValuesParser::new(ImportFormat::ALL.map(|(word, _)| word)).map(|word| read_format(&word)))]
    format: Option<ImportFormat>,
    /// Report the result of each row, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Report format: table has the rows that need attention and the totals, json has every row
    #[arg(long, default_value = "table", value_parser = PossibleValuesParser::new(["table", "json"]))]
    report: String,
}

pub(super) async fn run(command: &Import, database: &Database) -> Result<(), Failure> {
    let sources = command.files.iter().map(|path| Source::open(path, command.format)).collect::<Result<Vec<_>, _>>()?;
    let progress = Progress::new(sources.iter().map(|source| source.bytes).sum());
    // Other writers wait for this transaction, so it begins after the sources have been opened and their first entry
    // read; formats that are parsed as a whole have been read to the end by then.
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
        (false, _) => " Nothing was written: correct the rejected rows first.",
    };
    let summary = format!(
        "{created} created, {updated} updated, {unchanged} unchanged, {rejected} rejected; {warnings} warnings."
    );
    writeln!(report.0, "{summary}{end}").and_then(|()| report.0.flush()).map_err(Failure::Report)?;
    if rejected == 0 { Ok(()) } else { Err(Failure::Rejected) }
}

/// Commits the change, unless a row was rejected or it is a dry run. Returns whether it did.
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

/// The entries of a file.
struct Entries {
    name: String,
    entries: Peekable<Box<dyn Iterator<Item = io::Result<ParsedEntry>>>>,
}

/// An open file.
struct Source {
    name: String,
    format: ImportFormat,
    /// The size in bytes; none if it is unknown, as for standard input.
    bytes: Option<u64>,
    read: Box<dyn BufRead>,
}

impl Source {
    fn open(path: &PathBuf, format: Option<ImportFormat>) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let unknown = || {
            let words = ImportFormat::ALL.map(|(word, _)| word).join(", ");
            Failure::Usage(format!("{name}: the format is unknown; give --format with one of {words}"))
        };
        let format = format.or_else(|| ImportFormat::of(path)).ok_or_else(unknown)?;
        if name == "-" {
            return Ok(Self { name, format, bytes: None, read: Box::new(BufReader::new(io::stdin())) });
        }
        let unreadable = |cause| Failure::Usage(format!("cannot read {name}: {cause}"));
        let file = File::open(path).map_err(unreadable)?;
        let metadata = file.metadata().map_err(unreadable)?;
        if metadata.is_dir() {
            return Err(Failure::Usage(format!("{name} is a directory; give its files")));
        }
        let bytes = metadata.is_file().then_some(metadata.len());
        Ok(Self { name, format, bytes, read: Box::new(BufReader::new(file)) })
    }

    /// Reads the first entry, so that reading from a pipe waits here.
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
