//! The sources that an import cites.

use entity::vocabulary::{Confidence, SourceKind, SubjectType};
use serde_json::Map;

use crate::domain::slug::Slug;
use crate::domain::source::SourceDocument;
use crate::error::{Error, Result};
use crate::formats::import::Import;
use crate::formats::import::evidence::CitedSource;
use crate::formats::import::name_index::Lookup;
use crate::formats::import::resolve::identify;
use crate::formats::record::{ImportedRecord, Provenance, SourceLocation};
use crate::store::references::sources_at;

impl Import<'_> {
    /// Names the source of the facts: each gets evidence with its place. An address that no source of the catalog has becomes a new
    /// source. `kind` is that of a new source.
    ///
    /// # Errors
    /// `source` is neither an address nor a source of the catalog, or the database fails.
    pub async fn cite(&mut self, source: &str, kind: SourceKind, confidence: Confidence) -> Result<()> {
        self.names.read(self.change.transaction(), SubjectType::Source).await?;
        let slug = source.parse::<Slug>().ok().filter(|slug| self.names.has(SubjectType::Source, slug));
        let slug = match slug {
            Some(slug) => slug,
            None => self.source_at(source, kind).await?,
        };
        self.source = Some(CitedSource { slug, confidence });
        Ok(())
    }

    /// Returns the source with an address, which is created if there is none.
    async fn source_at(&mut self, url: &str, kind: SourceKind) -> Result<Slug> {
        if let Some(slug) = sources_at(self.change.transaction(), url).await?.into_iter().next() {
            return Ok(slug);
        }
        let Some((_, title)) = url.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https")) else {
            return Err(Error::InvalidArgument(format!("{url:?} is neither an address nor the slug of a source")));
        };
        let mut record = ImportedRecord::new(
            SourceLocation { line: 1, row: title.to_owned() },
            SubjectType::Source,
            Map::from_iter([
                ("title".to_owned(), title.into()),
                ("url".to_owned(), url.into()),
                ("kind".to_owned(), kind.word().into()),
            ]),
        );
        let identity = identify::<SourceDocument>(&self.names, &record);
        let slug = identity.map_err(|problem| Error::InvalidArgument(problem.message))?.slug;
        record.fields.insert("slug".to_owned(), slug.as_str().into());
        self.merge_record::<SourceDocument>(record).await?;
        self.save().await?;
        Ok(slug)
    }

    /// Returns the source of a record: the one that its format states, else that of the import.
    pub(super) fn source_of(&self, provenance: Option<&Provenance>) -> Option<CitedSource> {
        let Some(provenance) = provenance else { return self.source.clone() };
        match self.names.find(SubjectType::Source, &provenance.source) {
            Lookup::One(slug) => Some(CitedSource { slug, confidence: provenance.confidence }),
            Lookup::Several | Lookup::None => None,
        }
    }
}
