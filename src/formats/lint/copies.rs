//! Local copies of sources: folders, single files, and git repositories, in which quotes are looked up.

use std::{
    collections::{HashMap, VecDeque},
    fs,
    io::Read,
    path::{Component, Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};

use url::Url;

use crate::domain::evidence::document::EvidenceDocument;
use crate::domain::evidence::locator::{Locator, revision_on};
use crate::domain::source::SourceDocument;

/// The largest number of files in memory.
const MAX_FILES: usize = 32;
/// The largest number of bytes of a file.
const MAX_FILE_BYTES: u64 = 32 << 20;
/// The number of lines in which a quote must end that begins on a line of its locator.
const MAX_LINES: usize = 12;

/// Whether a quote is in the copy of its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is.
    Found,
    /// It is not.
    NotFound(String),
    /// The locator names no file, so it was not looked up.
    NoPlace(String),
    /// There is no copy of the source.
    NoCopy,
}

/// A folder with copies of sources. The copy of a source has the name of its slug, or of the repository in its address, as
/// `owner/name` or `owner+name`; a git repository may end in `.git`.
pub struct SourceCopies {
    folder: PathBuf,
    copies: HashMap<String, Option<Copy>>,
    /// The files that were read last, each with its key.
    files: VecDeque<(String, Option<Arc<String>>)>,
}

/// A copy of a source.
#[derive(Clone)]
enum Copy {
    Folder(PathBuf),
    File(PathBuf),
    /// The folder with the objects of a git repository.
    Git(PathBuf),
}

impl SourceCopies {
    /// Creates the copies of a folder.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, copies: HashMap::new(), files: VecDeque::new() }
    }

    /// Looks a quote up in the copy of its source.
    pub fn find(&mut self, source: &SourceDocument, evidence: &EvidenceDocument, quote: &str) -> Outcome {
        let slug = source.slug.to_string();
        let copy = self.copies.entry(slug.clone()).or_insert_with(|| copy_of(&self.folder, source)).clone();
        let Some(copy) = copy else { return Outcome::NoCopy };
        let Locator { path, lines } = Locator::of(evidence.locator.as_deref(), source.url.as_deref());
        let Some(path) = path.or_else(|| matches!(copy, Copy::File(_)).then(String::new)) else {
            return Outcome::NoPlace("was not looked up: the locator names no file".to_owned());
        };
        let commit = revision_on(&source.snapshots, evidence.accessed.map(|day| day.0));
        let key = format!("{slug}\n{}\n{path}", commit.unwrap_or_default());
        let known = self.files.iter().find(|(known, _)| *known == key).map(|(_, text)| text.clone());
        let text = known.unwrap_or_else(|| {
            let text = read(&copy, commit, &path).map(Arc::new);
            self.files.push_front((key, text.clone()));
            self.files.truncate(MAX_FILES);
            text
        });
        let Some(text) = text else {
            return Outcome::NotFound(format!("was not found: the copy of {slug} has no file {path:?}"));
        };
        look_up(&text, lines, quote)
    }
}

/// Looks a quote up where it must begin, between a first and a last line, or in the whole text without these.
fn look_up(text: &str, lines: Option<(usize, usize)>, quote: &str) -> Outcome {
    let quote = plain(quote);
    let Some((cited, last)) = lines else {
        let found = plain(text).contains(&quote);
        return if found { Outcome::Found } else { Outcome::NotFound("is not in the source".to_owned()) };
    };
    let lines = text.lines().collect::<Vec<_>>();
    let begins_on = |line: usize| {
        let lines = lines.get(line.saturating_sub(1)..).unwrap_or_default();
        let first = plain(lines.first().copied().unwrap_or_default());
        let following = plain(&lines[..lines.len().min(MAX_LINES)].join("\n"));
        following.find(&quote).is_some_and(|place| place <= first.len() && !first.is_empty())
    };
    if (cited..=last.max(cited).min(lines.len())).any(begins_on) {
        return Outcome::Found;
    }
    match (1..=lines.len()).find(|other| begins_on(*other)) {
        Some(other) => Outcome::NotFound(format!("is on line {other} of the source, not on line {cited}")),
        None => Outcome::NotFound(format!("is not in the source, neither on line {cited} nor on another")),
    }
}

/// Returns a text without the marks of emphasis and tables of Markdown, with single spaces for white space.
fn plain(text: &str) -> String {
    let text = text.chars().filter(|c| !matches!(c, '*' | '_' | '`' | '~' | '\\'));
    let text = text.map(|c| if c == '|' { ' ' } else { c }).collect::<String>();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Finds the copy of a source in a folder.
fn copy_of(folder: &Path, source: &SourceDocument) -> Option<Copy> {
    let mut names = vec![source.slug.to_string()];
    if let Some(url) = source.url.as_deref().and_then(|url| Url::parse(url).ok()) {
        let segments = url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        let is_name = |part: &&str| !part.starts_with('.') && !part.contains(['\\', ':']);
        if let [owner, name, ..] = segments[..]
            && [owner, name].iter().all(is_name)
        {
            let name = name.trim_end_matches(".git");
            names.extend([format!("{owner}/{name}"), format!("{owner}+{name}")]);
        }
    }
    names
        .iter()
        .flat_map(|name| [folder.join(name), folder.join(format!("{name}.git"))])
        .find_map(|path| copy_at(&path))
}

fn copy_at(path: &Path) -> Option<Copy> {
    if path.is_file() {
        return Some(Copy::File(path.to_owned()));
    }
    let is_git = |path: &Path| path.join("HEAD").is_file() && path.join("objects").is_dir();
    let git = [path.to_owned(), path.join(".git")].into_iter().find(|path| is_git(path));
    let git = git.or_else(|| {
        // A mirror may be the only folder in the one with its name.
        let mut inside = fs::read_dir(path).ok()?.flatten().map(|entry| entry.path());
        inside.next().filter(|only| is_git(only) && inside.next().is_none())
    });
    git.map(Copy::Git).or_else(|| path.is_dir().then(|| Copy::Folder(path.to_owned())))
}

/// Reads a file of a copy as text. None if it does not exist or is too large.
fn read(copy: &Copy, commit: Option<&str>, path: &str) -> Option<String> {
    let is_inside = Path::new(path).components().all(|component| matches!(component, Component::Normal(_)));
    let file = match copy {
        Copy::File(file) => file.clone(),
        _ if !is_inside => return None,
        Copy::Folder(folder) => folder.join(path),
        Copy::Git(folder) => return read_git(folder, commit.unwrap_or("HEAD"), path),
    };
    let mut bytes = Vec::new();
    fs::File::open(file).ok()?.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= MAX_FILE_BYTES).then(|| String::from_utf8_lossy(&bytes).into_owned())
}

fn read_git(folder: &Path, commit: &str, path: &str) -> Option<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '/' | '-');
    if commit.starts_with('-') || !commit.chars().all(is_name) {
        return None;
    }
    let mut git = Command::new("git");
    git.args(["-c", "safe.directory=*", "--git-dir"]).arg(folder);
    git.args(["cat-file", "blob", &format!("{commit}:{path}")]);
    let mut git = git.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut bytes = Vec::new();
    let read = git.stdout.take()?.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes);
    let status = git.wait().ok()?;
    let complete = read.is_ok() && status.success() && bytes.len() as u64 <= MAX_FILE_BYTES;
    complete.then(|| String::from_utf8_lossy(&bytes).into_owned())
}
