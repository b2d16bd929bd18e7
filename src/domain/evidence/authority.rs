//! The authority of sources.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::vocabulary::SourceKind;

use crate::domain::date::PartialDate;
use crate::domain::slug::Slug;
use crate::domain::source::SourceDocument;

/// The properties of a source by which its statements are preferred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceAuthority {
    /// The kind of source.
    pub kind: SourceKind,
    /// The organization that published it.
    pub publisher: Option<Slug>,
    /// The source that it copies.
    pub derived_from: Option<Slug>,
    /// The first day of the date of its publication, or else the last day on which it was read.
    pub date: Option<NaiveDate>,
}

impl SourceAuthority {
    /// Returns the authority of a source.
    pub fn of(source: &SourceDocument) -> Self {
        let read = || source.snapshots.iter().map(|snapshot| snapshot.accessed.0).max();
        Self {
            kind: source.kind,
            publisher: source.publisher.clone(),
            derived_from: source.derived_from.clone(),
            date: source.published_at.as_ref().map(PartialDate::first_day).or_else(read),
        }
    }
}

/// The authority of sources, by their slugs. A source that is absent counts as one of unknown kind and publisher.
pub type Sources = HashMap<Slug, SourceAuthority>;
