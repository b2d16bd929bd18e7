//! The command `import`: imports files.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Read, Write},
    iter::Peekable,
    path::{Path, PathBuf},
};

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};
use entity::vocabulary::SubjectType;

use crate::cli::Failure;
use crate::cli::progress_bar::Progress;
use crate::db::database::Database;
use crate::error::Error;
use crate::formats::import;
use crate::formats::import::ImportedFile;
use crate::formats::import::report::{JsonReport, MAX_SKIPPED, RejectedRows, Report, SkippedRows, Table, Totals};
use crate::formats::readers::format::{ImportFormat, ReadOptions};
use crate::formats::readers::records::map::FieldMap;
use crate::formats::readers::toml::subject_of;
use crate::formats::record::ParsedEntry;
use crate::store::change::Change;

#[derive(Args)]
pub(super) struct Import {
    /// Files to import; `-` is standard input, and a folder stands for its files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Format of all files; by default the extension of each decides: .md, .json, .ndjson, .jsonl, .csv, .tsv, .yaml or .yml, or .toml in
    /// a folder such as models
    #[arg(long, value_parser = PossibleValuesParser::new(ImportFormat::ALL.map(|(word, _)| word)).map(|word| read_format(&word)))]
    format: Option<ImportFormat>,
    /// Report the result of each row, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Source of the facts: the slug of one in the catalog, or an address. Each fact gets evidence with its place in the file
    #[arg(long, value_name = "URL|SLUG")]
    source: Option<String>,
    /// Which columns or fields of tables and records have which facts: COLUMN=FACT, separated by commas, or the name of a map that ships
    /// with the program
    #[arg(long, value_name = "MAP")]
    map: Option<FieldMap>,
    /// Write what can be imported, and leave out rejected rows; the exit status is 3 if there are any
    #[arg(long)]
    skip_rejected: bool,
    /// Fill the models of the catalog: leave out records about other models, and sizes that its models do not have
    #[arg(long)]
    existing: bool,
    /// Facts that are left out, separated by commas, such as `contextLength`
    #[arg(long, value_name = "FACTS", value_delimiter = ',')]
    without: Vec<String>,
    /// Report format: table has the rows that need attention and the totals, json has every row
    #[arg(long, default_value = "table", value_parser = PossibleValuesParser::new(["table", "json"]))]
    report: String,
}

/// The largest number of files of a folder.
const MAX_FILES: usize = 20_000;
/// The largest size of standard input with `--skip-rejected`, which reads it several times.
const MAX_INPUT: u64 = 64 << 20;

pub(super) async fn run(command: &Import, database: &Database) -> Result<(), Failure> {
    let sources = sources(command)?;
    let progress = Progress::new(sources.iter().map(|source| source.bytes).sum());
    // Other writers wait for this transaction, so it begins after the sources have been opened and their first entry
    // read; formats that are parsed as a whole have been read to the end by then.
    let entries = sources.iter().map(|source| source.read(&progress)).collect::<Result<Vec<_>, _>>()?;
    let mut change = Change::begin(database, "import").await?;
    let skipped =
        if command.skip_rejected { rejected_rows(command, &sources, &mut change).await? } else { SkippedRows::new() };
    let out = BufWriter::new(io::stdout());
    let done = |totals: Totals| match totals.rejected {
        0 => Ok(()),
        _ if command.skip_rejected => Err(Failure::Skipped),
        _ => Err(Failure::Rejected),
    };
    if command.report == "json" {
        let mut report = JsonReport::new(out);
        let totals = import_sources(command, entries, &progress, &mut change, &mut report, skipped).await?;
        let written = commit_unless_rejected(command, change, totals).await?;
        report.end(totals, written).map_err(Failure::Report)?;
        return done(totals);
    }
    let mut report = Table(out);
    let totals = import_sources(command, entries, &progress, &mut change, &mut report, skipped).await?;
    let written = commit_unless_rejected(command, change, totals).await?;
    let Totals { created, updated, unchanged, rejected, warnings } = totals;
    let end = match (written, rejected) {
        (true, 0) => "",
        (true, _) => " The rejected rows were left out.",
        (false, 0) => " Nothing was written: this was a dry run.",
        (false, _) if command.skip_rejected => " Nothing was written: this was a dry run, without the rejected rows.",
        (false, _) => " Nothing was written: correct the rejected rows first.",
    };
    let summary = format!(
        "{created} created, {updated} updated, {unchanged} unchanged, {rejected} rejected; {warnings} warnings."
    );
    writeln!(report.0, "{summary}{end}").and_then(|()| report.0.flush()).map_err(Failure::Report)?;
    done(totals)
}

/// Returns the rows that cannot be imported, by attempts that write nothing: without a rejected row, a row that refers to it is
/// rejected, too.
async fn rejected_rows(command: &Import, sources: &[Source], change: &mut Change) -> Result<SkippedRows, Failure> {
    let mut skipped = SkippedRows::new();
    loop {
        let progress = Progress::new(None);
        let entries = sources.iter().map(|source| source.read(&progress)).collect::<Result<Vec<_>, _>>()?;
        let savepoint = change.savepoint().await?;
        let mut report = RejectedRows::default();
        import_sources(command, entries, &progress, change, &mut report, skipped.clone()).await?;
        change.restart(savepoint).await?;
        let has_more = report.add_to(&mut skipped);
        if skipped.len() > MAX_SKIPPED {
            let message =
                format!("more than {MAX_SKIPPED} rows cannot be imported; see the report without --skip-rejected");
            return Err(Failure::Usage(message));
        }
        if !has_more {
            return Ok(skipped);
        }
    }
}

/// Commits the change, unless a row was rejected or it is a dry run. Returns whether it did.
async fn commit_unless_rejected(command: &Import, change: Change, totals: Totals) -> Result<bool, Failure> {
    if (totals.rejected > 0 && !command.skip_rejected) || command.dry_run {
        return Ok(false);
    }
    change.commit().await?;
    Ok(true)
}

async fn import_sources(
    command: &Import,
    sources: Vec<Entries>,
    progress: &Progress,
    change: &mut Change,
    report: &mut dyn Report,
    skipped: SkippedRows,
) -> Result<Totals, Failure> {
    let several = sources.len() > 1;
    let mut import = import::Import::new(change, report);
    import.skip(skipped);
    import.leave_out_facts(command.without.clone());
    if command.existing {
        import.only_existing();
    }
    for (index, Entries { name, locator, format, entries }) in sources.into_iter().enumerate() {
        if let Some(source) = command.source.as_ref().filter(|_| index == 0) {
            let (kind, confidence) = format.citation();
            import.cite(source, kind, confidence).await.map_err(|error| match error {
                Error::InvalidArgument(message) => Failure::Usage(format!("--source: {message}")),
                error => error.into(),
            })?;
        }
        import.begin_file(ImportedFile { name: several.then(|| name.clone()), locator });
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
    /// The name of the file in evidence. None for standard input.
    locator: Option<String>,
    format: ImportFormat,
    entries: Peekable<Box<dyn Iterator<Item = io::Result<ParsedEntry>>>>,
}

/// A file to import.
struct Source {
    name: String,
    locator: Option<String>,
    format: ImportFormat,
    /// The size in bytes; none if it is unknown, as for standard input.
    bytes: Option<u64>,
    content: Content,
    map: Option<FieldMap>,
}

/// Where the bytes of a source are.
enum Content {
    File(PathBuf),
    StandardInput,
    Memory(Vec<u8>),
}

/// Returns the files to import. A folder stands for its files.
fn sources(command: &Import) -> Result<Vec<Source>, Failure> {
    let mut sources = Vec::new();
    for path in &command.files {
        if !path.is_dir() {
            sources.push(Source::new(path, None, command)?);
            continue;
        }
        let format = match command.format {
            None if !documents_of(path)?.is_empty() => Some(ImportFormat::Toml),
            format => format,
        };
        let Some(format) = format else {
            return Err(Failure::Usage(format!(
                "{} is a folder; give the format of its files with --format",
                path.display()
            )));
        };
        let files = match format {
            ImportFormat::Toml => documents_of(path)?,
            format => files_of(path, format.extensions())?,
        };
        if files.is_empty() {
            let extensions = format.extensions().join(", .");
            return Err(Failure::Usage(format!("{} has no file with the extension .{extensions}", path.display())));
        }
        for file in files {
            sources.push(Source::new(&file, Some(path), command)?);
        }
    }
    Ok(sources)
}

/// Returns the documents in TOML of a folder and the folders in it, each type after those that it refers to.
fn documents_of(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let files = files_of(folder, ImportFormat::Toml.extensions())?;
    let of_type = |subject| files.iter().filter(move |file| subject_of(file) == Some(subject)).cloned();
    Ok(SubjectType::referenced_first().flat_map(of_type).collect())
}

/// Returns the files of a folder and the folders in it that have one of the extensions, in the order of their paths. Hidden files and
/// folders, such as those of version control, are left out.
fn files_of(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, Failure> {
    let unreadable =
        |path: &Path, cause: &io::Error| Failure::Usage(format!("cannot read {}: {cause}", path.display()));
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|cause| unreadable(&folder, &cause))? {
            let entry = entry.map_err(|cause| unreadable(&folder, &cause))?;
            let kind = entry.file_type().map_err(|cause| unreadable(&entry.path(), &cause))?;
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            if kind.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .and_then(|extension| extension.to_str())
                .is_some_and(|own| extensions.contains(&own))
            {
                files.push(path);
            }
            if files.len() + folders.len() > MAX_FILES {
                return Err(Failure::Usage(format!("{} has more than {MAX_FILES} files", folder.display())));
            }
        }
    }
    files.sort();
    Ok(files)
}

impl Source {
    /// Checks that a file can be read. `folder` is the given folder that it is in, if one was given.
    fn new(path: &Path, folder: Option<&Path>, command: &Import) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let unknown = || {
            let words = ImportFormat::ALL.map(|(word, _)| word).join(", ");
            Failure::Usage(format!("{name}: the format is unknown; give --format with one of {words}"))
        };
        let format = command.format.or_else(|| ImportFormat::of(path)).ok_or_else(unknown)?;
        let format = format.with_map(command.map.is_some());
        let format = format.map_err(|message| Failure::Usage(format!("{name}: {message}")))?;
        if name == "-" {
            let mut content = Content::StandardInput;
            if command.skip_rejected {
                let mut bytes = Vec::new();
                let read = io::stdin().take(MAX_INPUT + 1).read_to_end(&mut bytes);
                read.map_err(|cause| Failure::Read { name: name.clone(), cause })?;
                if bytes.len() as u64 > MAX_INPUT {
                    let message = format!(
                        "standard input has more than {MAX_INPUT} bytes; write it to a file to use --skip-rejected"
                    );
                    return Err(Failure::Usage(message));
                }
                content = Content::Memory(bytes);
            }
            return Ok(Self { name, locator: None, format, bytes: None, content, map: command.map.clone() });
        }
        let unreadable = |cause| Failure::Usage(format!("cannot read {name}: {cause}"));
        let metadata = File::open(path).and_then(|file| file.metadata()).map_err(unreadable)?;
        let bytes = metadata.is_file().then_some(metadata.len());
        let relative = folder.and_then(|folder| path.strip_prefix(folder).ok()).unwrap_or(path);
        let short = if folder.is_some() { Some(relative.as_os_str()) } else { path.file_name() };
        let locator = short.map(|name| name.to_string_lossy().into_owned());
        Ok(Self { name, locator, format, bytes, content: Content::File(path.to_owned()), map: command.map.clone() })
    }

    /// Opens the source and reads the first entry, so that reading from a pipe waits here.
    fn read(&self, progress: &Progress) -> Result<Entries, Failure> {
        let name = self.name.clone();
        let mut path = None;
        let read: Box<dyn BufRead> = match &self.content {
            Content::File(file) => {
                path = Some(file.as_path());
                let opened =
                    File::open(file).map_err(|cause| Failure::Usage(format!("cannot read {name}: {cause}")))?;
                Box::new(BufReader::new(opened))
            }
            Content::StandardInput => Box::new(BufReader::new(io::stdin())),
            Content::Memory(bytes) => Box::new(io::Cursor::new(bytes.clone())),
        };
        let read = BufReader::with_capacity(1 << 16, progress.watch(read));
        let mut entries = match self.format.read(read, ReadOptions { path, map: self.map.as_ref() }) {
            Ok(entries) => entries.peekable(),
            Err(cause) => return Err(Failure::Read { name, cause }),
        };
        entries.peek();
        Ok(Entries { name, locator: self.locator.clone(), format: self.format, entries })
    }
}

fn read_format(word: &str) -> ImportFormat {
    let known = ImportFormat::ALL.into_iter().find(|(name, _)| *name == word);
    known.map_or(ImportFormat::Json, |(_, format)| format)
}
