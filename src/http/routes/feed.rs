//! The Atom feed of the latest revisions.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use atom_syndication::{Content, Entry, Feed, FixedDateTime, Link, Person, Text};
use chrono::{DateTime, Utc};
use entity::{revision, vocabulary::RevisionAction};
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};
use serde_json::Value as Json;
use url::Url;
use uuid::Uuid;

use crate::db::snapshot::Snapshot;
use crate::domain::diff;
use crate::domain::diff::FieldChange;
use crate::domain::document::SubjectDocument;
use crate::domain::subject::with_document;
use crate::error::Result;
use crate::graphql::scalars::GlobalId;
use crate::http::cache::etag;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::middleware::authentication::authenticate_and_count;
use crate::http::middleware::error::HttpError;
use crate::http::routes::export::method_not_allowed;
use crate::http::server::state::State;

/// The number of revisions in the feed.
const MAX_ENTRIES: u64 = 50;

/// Adds the route.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/feed.atom")
            .route(web::get().to(feed))
            .route(web::head().to(feed))
            .default_service(web::to(method_not_allowed)),
    );
}

async fn feed(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    match respond(&request, &state).await {
        Ok(response) => response,
        Err(error) => error.into_response(ResponseFormat::Json),
    }
}

async fn respond(request: &HttpRequest, state: &State) -> Result<HttpResponse, HttpError> {
    authenticate_and_count(request, state).await?;
    let snapshot = state.with_deadline(Snapshot::take(&state.database)).await.flatten();
    let snapshot = snapshot.map_err(|error| HttpError::from_error(&error))?;
    let base = state.public_url.of(request);
    let tag = etag::etag((snapshot.revision, snapshot.time), &["feed", base.as_str()]);
    if etag::matches(request, &tag) {
        return Ok(etag::not_modified(tag));
    }
    let xml = state.with_deadline(write(&snapshot, &base)).await.flatten();
    let xml = xml.map_err(|error| HttpError::from_error(&error))?;
    let media_type = "application/atom+xml; charset=utf-8";
    Ok(etag::revalidating_response(StatusCode::OK, tag).insert_header((header::CONTENT_TYPE, media_type)).body(xml))
}

async fn write(snapshot: &Snapshot, base: &Url) -> Result<String> {
    let newest = revision::Entity::find().order_by_desc(revision::Column::Number).limit(MAX_ENTRIES);
    let rows = newest.all(&snapshot.transaction).await?;
    let first = revision::Entity::find_by_id(1).select_only().column(revision::Column::CreatedAt);
    let first = first.into_tuple::<DateTime<Utc>>().one(&snapshot.transaction).await?;
    let catalog = catalog_id(first.unwrap_or(snapshot.time));
    let feed = Feed {
        title: Text::plain("Open LLM Catalog"),
        subtitle: Some(Text::plain("What changed last in the catalog of open large language models")),
        id: catalog.urn().to_string(),
        updated: fixed_offset(snapshot.time),
        authors: vec![person("Open LLM Catalog")],
        links: vec![
            link("self", "application/atom+xml", url(base, &["feed.atom"], &[])),
            link("alternate", "text/html", url(base, &["changes"], &[])),
        ],
        entries: rows.iter().map(|row| entry(row, &rows, catalog, base)).collect(),
        ..Feed::default()
    };
    Ok(feed.to_string())
}

/// Returns an id of the catalog that does not depend on its URL: it is derived from the time of the first revision.
fn catalog_id(first: DateTime<Utc>) -> Uuid {
    let name = format!("open-llm-catalog {}", first.timestamp_micros());
    Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes())
}

fn entry(row: &revision::Model, newest: &[revision::Model], catalog: Uuid, base: &Url) -> Entry {
    let changes = diff::diff(row.before.as_ref(), row.after.as_ref());
    let query = query(row);
    let text = changes.iter().map(format_change).collect::<Vec<_>>().join("\n");
    Entry {
        title: Text::plain(replace_invalid_xml(&title(row, &changes))),
        id: Uuid::new_v5(&catalog, row.number.to_string().as_bytes()).urn().to_string(),
        updated: fixed_offset(row.created_at),
        authors: [Some(&row.actor), row.proposer.as_ref()].into_iter().flatten().map(|name| person(name)).collect(),
        links: vec![
            link("alternate", "text/html", page_url(row, newest, base)),
            link("related", "application/json", url(base, &["graphql"], &[("query", &query)])),
        ],
        content: Some(Content {
            content_type: Some("text".to_owned()),
            value: Some(replace_invalid_xml(&text)),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

/// Returns the URL of the page of a subject under its current slug; of its list of changes if it is deleted. The current
/// slug is that of the last revision of the subject, which is always among the newest revisions.
fn page_url(row: &revision::Model, newest: &[revision::Model], base: &Url) -> Url {
    let same_subject =
        |other: &&revision::Model| (other.subject_type, other.subject_id) == (row.subject_type, row.subject_id);
    let last = newest.iter().find(same_subject).unwrap_or(row);
    if last.after.is_some() {
        return url(base, &[row.subject_type.plural(), &last.subject_slug], &[]);
    }
    url(base, &["changes"], &[("type", row.subject_type.word()), ("subject", &last.subject_slug)])
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
fn split_words(field: &str) -> String {
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
fn format_change(FieldChange { field, before, after }: &FieldChange) -> String {
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

/// Replaces characters that are invalid in XML.
fn replace_invalid_xml(text: &str) -> String {
    let is_valid = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if is_valid(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

fn person(name: &str) -> Person {
    Person { name: replace_invalid_xml(name), ..Person::default() }
}

fn fixed_offset(time: DateTime<Utc>) -> FixedDateTime {
    time.fixed_offset()
}

fn link(relation: &str, media_type: &str, url: Url) -> Link {
    Link { rel: relation.to_owned(), mime_type: Some(media_type.to_owned()), href: url.into(), ..Link::default() }
}

/// Returns a URL below the public URL of the server.
fn url(base: &Url, path: &[&str], query: &[(&str, &str)]) -> Url {
    let mut url = base.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    url
}
