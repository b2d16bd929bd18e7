//! The places in sources that locators name.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;
use url::Url;

use crate::domain::date::Date;
use crate::domain::source::SnapshotDocument;
use crate::domain::text::static_regex;

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locator {
    /// The path of the file in the source. None if the locator names none.
    pub path: Option<String>,
    /// The first and the last line, from 1; both are the same for one line.
    pub lines: Option<(usize, usize)>,
}

impl Locator {
    /// Returns the place that a locator names, such as `README.md#L17` or `README.md#L17-L20`. A locator without a file is about that in the address of the
    /// source.
    pub fn of(locator: Option<&str>, source_url: Option<&str>) -> Self {
        static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
            static_regex(r"^(?P<path>[^#\s][^#]*)?(?:#|^)L(?P<first>[0-9]+)(?:-L?(?P<last>[0-9]+))?$")
        });
        let of_url = || {
            let url = Url::parse(source_url?).ok()?;
            let segments = url.path_segments()?.collect::<Vec<_>>();
            let reference = segments.iter().position(|part| matches!(*part, "blob" | "raw" | "resolve"))?;
            let path = segments.get(reference + 2..)?.join("/");
            (!path.is_empty()).then_some(path)
        };
        let locator = locator.map(str::trim).unwrap_or_default();
        let found = PATTERN.captures(locator);
        match found {
            Some(found) => {
                let path = found.name("path").map(|path| path.as_str().to_owned());
                let line = |name: &str| found.name(name)?.as_str().parse().ok();
                let lines = line("first").map(|first: usize| (first, line("last").unwrap_or(first)));
                Self { path: path.or_else(of_url), lines }
            }
            // A name with an extension is a file; "Table 2" is a place in one.
            None => {
                let is_path =
                    !locator.contains(char::is_whitespace) && locator.contains(['.', '/']) && !locator.contains('#');
                Self { path: if is_path { Some(locator.to_owned()) } else { of_url() }, lines: None }
            }
        }
    }

    /// Returns the address of the place in a repository on GitHub at a revision. None for other sources.
    pub fn url(&self, source_url: Option<&str>, revision: Option<&str>) -> Option<Url> {
        let mut url = Url::parse(source_url?).ok().filter(|url| url.host_str() == Some("github.com"))?;
        let repository = url.path_segments()?.filter(|part| !part.is_empty()).take(3).map(str::to_owned);
        let repository = repository.collect::<Vec<_>>();
        // An address of more than a repository is that of a place already.
        let [_, _] = repository[..] else { return None };
        let (path, revision) = (self.path.as_deref()?, revision?);
        url.path_segments_mut().ok()?.pop_if_empty().push("blob").push(revision).extend(path.split('/'));
        // The page of a document does not have lines, its source has.
        url.set_query(path.ends_with(".md").then_some("plain=1"));
        let lines = self.lines.map(
            |(first, last)| {
                if last > first { format!("L{first}-L{last}") } else { format!("L{first}") }
            },
        );
        url.set_fragment(lines.as_deref());
        Some(url)
    }
}

/// Returns the revision of a source at which a statement was read: of the snapshot of the day, or else of the last one.
pub fn revision_on(snapshots: &[SnapshotDocument], day: Option<NaiveDate>) -> Option<&str> {
    let of_day = snapshots.iter().find(|snapshot| Some(snapshot.accessed) == day.map(Date));
    let snapshot = of_day.or_else(|| snapshots.iter().max_by_key(|snapshot| snapshot.accessed))?;
    snapshot.revision.as_deref()
}
