//! The entries of feeds.

use chrono::{DateTime, Utc};
use entity::{revision, vocabulary::RevisionAction};
use serde_json::Value as Json;
use url::Url;
use uuid::Uuid;

use crate::domain::diff;
use crate::domain::diff::FieldChange;
use crate::domain::document::SubjectDocument;
use crate::domain::subject::with_document;
use crate::graphql::scalars::GlobalId;
use crate::store::references::SlugIndex;

/// An entry: a revision or a proposal.
pub struct Entry {
    pub id: Uuid,
    pub title: String,
    pub time: DateTime<Utc>,
    /// The actor, and the proposer if the revision accepted a proposal.
    pub authors: Vec<String>,
    /// The word of the type of the subject.
    pub subject_type: &'static str,
    /// The page of the subject, or its list of changes if it is deleted; of a proposal the page that decides on it.
    pub page: Url,
    /// A GraphQL request for more.
    pub query: Url,
    /// The changes, each as a line; of a proposal also its reason and its evidence.
    pub text: String,
}

impl Entry {
    /// `slugs` has the current slugs of subjects that exist.
    pub fn new(row: &revision::Model, slugs: &SlugIndex, catalog: Uuid, base: &Url) -> Self {
        let changes = diff::diff(row.before.as_ref(), row.after.as_ref());
        Self {
            id: Uuid::new_v5(&catalog, row.number.to_string().as_bytes()),
            title: title(row, &changes),
            time: row.created_at,
            authors: [Some(&row.actor), row.proposer.as_ref()].into_iter().flatten().cloned().collect(),
            subject_type: row.subject_type.word(),
            page: page_url(row, slugs, base),
            query: url(base, &["graphql"], &[("query", &query(row))]),
            text: changes.iter().map(format_change).collect::<Vec<_>>().join("\n"),
        }
    }
}

/// Returns the URL of the page of a subject under its current slug; of its list of changes if it is deleted.
fn page_url(row: &revision::Model, slugs: &SlugIndex, base: &Url) -> Url {
    match slugs.get(row.subject_type, Some(row.subject_id)) {
        Some(slug) => url(base, &[row.subject_type.plural(), slug.as_str()], &[]),
        None => url(base, &["changes"], &[("type", row.subject_type.word()), ("subject", &row.subject_slug)]),
    }
}

/// Returns a GraphQL query for the current subject; for the revision if it deleted the subject.
fn query(row: &revision::Model) -> String {
    if row.after.is_some() {
        let id = GlobalId::Subject(row.subject_type, row.subject_id).id();
        let history = "revisions(last: 10) { nodes { number changes { field before after } } }";
        return format!(
            "{{ node(id: \"{}\") {{ ... on {} {{ slug {} {history} }} }} }}",
            *id,
            row.subject_type.name(),
            with_document!(row.subject_type, D => D::NAME_FIELD)
        );
    }
    let revision = "nodes { number subjectSlug changes { field before after } }";
    format!("{{ revisions(where: {{ number: {{ eq: {} }} }}) {{ {revision} }} }}", row.number)
}

/// Returns the title of an entry, such as "LLaMA-2 updated: license, sizes".
fn title(row: &revision::Model, changes: &[FieldChange]) -> String {
    let field = with_document!(row.subject_type, D => D::NAME_FIELD);
    let name = row.after.as_ref().or(row.before.as_ref()).and_then(|document| document[field].as_str());
    let name = name.unwrap_or(&row.subject_slug);
    let action = match (row.action, &row.before, &row.after) {
        (RevisionAction::Reverted, None, _) => "brought back",
        (RevisionAction::Reverted, _, None) => "added and taken back",
        (RevisionAction::Reverted, ..) => "changed back",
        (RevisionAction::Deleted, ..) => "deleted",
        (RevisionAction::Created, ..) | (_, None, _) => "added",
        (RevisionAction::Updated | RevisionAction::Imported, ..) => "updated",
    };
    if row.before.is_none() || row.after.is_none() {
        return format!("{name} {action}");
    }
    let mut fields =
        changes.iter().filter_map(|change| change.field.split('.').next()).map(split_words).collect::<Vec<_>>();
    fields.dedup();
    format!("{name} {action}: {}", fields.join(", "))
}

/// Splits the name of a field into words: `baseModel` becomes "base model".
pub fn split_words(field: &str) -> String {
    let mut words = String::new();
    for c in field.chars() {
        if c.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

/// Formats a changed field as a line.
pub fn format_change(FieldChange { field, before, after, .. }: &FieldChange) -> String {
    match (before, after) {
        (Some(before), Some(after)) => format!("{field}: {} → {}", shorten(before), shorten(after)),
        (None, Some(after)) => format!("{field}: {}", shorten(after)),
        (before, None) => format!("{field}: {} → none", before.as_ref().map(shorten).unwrap_or_default()),
    }
}

/// The maximum length of a value in an entry, in characters.
const MAX_VALUE_CHARS: usize = 500;

fn shorten(value: &Json) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match text.char_indices().nth(MAX_VALUE_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Returns a URL below the public URL of the server.
pub fn url(base: &Url, path: &[&str], query: &[(&str, &str)]) -> Url {
    let mut url = base.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    url
}
