//! The sizes of values that the schema does not contain: the lengths of lists without page arguments, and the bytes of texts.

use crate::domain::limits::{
    MAX_BASES, MAX_CACHE_LAYERS, MAX_DATASETS, MAX_LINKS, MAX_MODEL_LINKS, MAX_ORGANIZATIONS, MAX_SIZES, MAX_SNAPSHOTS,
    MAX_TERMS, MAX_USE_LICENSES,
};
use crate::graphql::types::api_token::MAX_TOKENS;
use crate::graphql::types::changes::{MAX_SUMMARY, SUBJECTS_PER_PAGE};
use crate::graphql::types::model::groups::MAX_GROUP_KEYS;
use crate::graphql::types::revision::MAX_CHANGES;
use crate::query::groups::MAX_GROUPS;
use crate::query::keyset::MAX_FACET_VALUES;
use crate::query::lineage_loader::MAX_LINEAGE;

/// Returns the largest length of a list of objects of the type `element` in the type `parent`. None if no bound is declared,
/// which a test reports.
pub fn max_list_length(parent: &str, element: &str) -> Option<usize> {
    Some(match (parent, element) {
        // The lists of a row are about its text, which is counted by the number of rows.
        ("ImportRow", _) => 1,
        (_, "ApiToken") => MAX_TOKENS,
        (_, "CacheLayers") => MAX_CACHE_LAYERS,
        (_, "ChangeSummary") => MAX_SUMMARY,
        (_, "Dataset") => MAX_DATASETS,
        (_, "Evidence") => MAX_CHANGES,
        (_, "Facet") => MAX_FACET_VALUES,
        (_, "FieldChange") => MAX_CHANGES,
        (_, "GroupKey") => MAX_GROUP_KEYS,
        ("UseAnswer", "License") => MAX_USE_LICENSES,
        (_, "LicenseTerm") => MAX_TERMS,
        (_, "LineageModel") => MAX_LINEAGE,
        (_, "ModelBase") => MAX_BASES,
        ("Model", "Link") => MAX_MODEL_LINKS,
        (_, "Link") => MAX_LINKS,
        // A model has at most the licenses of its sizes.
        ("Model", "License") | (_, "ModelSize") => MAX_SIZES,
        (_, "ModelGroup") => MAX_GROUPS,
        (_, "ProposedChange" | "ProposedEvidence") => MAX_CHANGES,
        (_, "Organization") => MAX_ORGANIZATIONS,
        (_, "SubjectChange") => SUBJECTS_PER_PAGE,
        (_, "SourceSnapshot") => MAX_SNAPSHOTS,
        (_, "TrainingData") => MAX_DATASETS,
        _ => return None,
    })
}

/// Returns the expected number of bytes of a leaf field: of long texts by name, of others by type.
pub fn value_bytes(field: &str, type_name: &str) -> u64 {
    match (field, type_name) {
        ("sdl", _) => 200_000,
        ("summary" | "conditions" | "note", _) => 1000,
        ("aliases" | "languages", _) => 500,
        ("raw" | "message", _) => 300,
        ("row" | "text" | "url" | "quote" | "territories" | "locator" | "reason", _) | (_, "JSON") => 100,
        (_, "Boolean" | "Int" | "Float" | "Count") => 8,
        _ => 16,
    }
}
