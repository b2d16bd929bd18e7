//! The filter of revisions in addresses: of the page of changes and of feeds.

use entity::vocabulary::SubjectType;
use serde_json::{Map, Value as Json, json};

/// A filter of revisions. All given conditions must hold.
#[derive(Debug, Default)]
pub struct RevisionParams {
    /// Only subjects of this type.
    pub kind: Option<SubjectType>,
    /// Only subjects whose slugs contain this text.
    pub subject: String,
    /// Only changes by actors whose names contain this text.
    pub actor: String,
}

impl RevisionParams {
    /// Returns the query parameters and their values; empty ones are no condition.
    pub fn pairs(&self) -> [(&'static str, &str); 3] {
        [("type", self.kind.map_or("", SubjectType::word)), ("subject", &self.subject), ("actor", &self.actor)]
    }

    /// Returns the filter of the API.
    pub fn filter(&self) -> Json {
        let mut filter = Map::new();
        if let Some(kind) = self.kind {
            filter.insert("subjectType".to_owned(), json!({ "eq": kind.word() }));
        }
        for (name, part) in [("subjectSlug", &self.subject), ("actor", &self.actor)] {
            if !part.is_empty() {
                filter.insert(name.to_owned(), json!({ "contains": part }));
            }
        }
        filter.into()
    }
}
