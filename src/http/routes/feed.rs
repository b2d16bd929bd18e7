//! What changed last, for feed readers.

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
use crate::error::Result;
use crate::graphql::scalars::GlobalId;
use crate::http::cache::etag;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::middleware::authentication::authenticate_and_count;
use crate::http::middleware::error::HttpError;
use crate::http::routes::export::refuse_method;
use crate::http::server::state::State;

/// How many changes are told.
const CHANGES: u64 = 50;

/// Adds the address.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/feed.atom")
            .route(web::get().to(feed))
            .route(web::head().to(feed))
            .default_service(web::to(refuse_method)),
    );
}

async fn feed(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    match answer(&request, &state).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(ResponseFormat::Json),
    }
}

async fn answer(request: &HttpRequest, state: &State) -> Result<HttpResponse, HttpError> {
    authenticate_and_count(request, state).await?;
    let snapshot = state.with_deadline(Snapshot::take(&state.database)).await.and_then(|taken| taken);
    let snapshot = snapshot.map_err(|error| HttpError::from_error(&error))?;
    let tag = etag::etag((snapshot.revision, snapshot.time), &["feed", state.public_url.as_str()]);
    if etag::matches(request, &tag) {
        return Ok(etag::not_modified(tag));
    }
    let text = state.with_deadline(write(&snapshot, &state.public_url)).await.and_then(|text| text);
    let text = text.map_err(|error| HttpError::from_error(&error))?;
    let media = "application/atom+xml; charset=utf-8";
    Ok(etag::revalidating_response(StatusCode::OK, tag).insert_header((header::CONTENT_TYPE, media)).body(text))
}

async fn write(snapshot: &Snapshot, base: &Url) -> Result<String> {
    let newest = revision::Entity::find().order_by_desc(revision::Column::Number).limit(CHANGES);
    let rows = newest.all(&snapshot.transaction).await?;
    let first = revision::Entity::find_by_id(1).select_only().column(revision::Column::CreatedAt);
    let first = first.into_tuple::<DateTime<Utc>>().one(&snapshot.transaction).await?;
    let catalog = identity(first.unwrap_or(snapshot.time));
    let feed = Feed {
        title: Text::plain("Open LLM Catalog"),
        subtitle: Some(Text::plain("What changed last in the catalog of open large language models")),
        id: catalog.urn().to_string(),
        updated: fixed(snapshot.time),
        authors: vec![person("Open LLM Catalog")],
        links: vec![
            link("self", "application/atom+xml", address(base, &["feed.atom"], &[])),
            link("alternate", "text/html", address(base, &["changes"], &[])),
        ],
        entries: rows.iter().map(|row| entry(row, &rows, catalog, base)).collect(),
        ..Feed::default()
    };
    Ok(feed.to_string())
}

/// What tells this catalog from others, wherever it is served: the moment at which it began.
fn identity(first: DateTime<Utc>) -> Uuid {
    let name = format!("open-llm-catalog {}", first.timestamp_micros());
    Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes())
}

fn entry(row: &revision::Model, newest: &[revision::Model], catalog: Uuid, base: &Url) -> Entry {
    let changes = diff::diff(row.before.as_ref(), row.after.as_ref());
    let query = query(row);
    Entry {
        title: Text::plain(readable(&title(row, &changes))),
        id: Uuid::new_v5(&catalog, row.number.to_string().as_bytes()).urn().to_string(),
        updated: fixed(row.created_at),
        authors: vec![person(&row.actor)],
        links: vec![
            link("alternate", "text/html", page(row, newest, base)),
            link("related", "application/json", address(base, &["graphql"], &[("query", &query)])),
        ],
        content: Some(Content {
            content_type: Some("text".to_owned()),
            value: Some(readable(&changes.iter().map(line).collect::<Vec<_>>().join("\n"))),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

/// The page of the subject as it is called now; the changes of one that is gone. The newest revisions have all that are newer
/// than one of them.
fn page(row: &revision::Model, newest: &[revision::Model], base: &Url) -> Url {
    let same = |other: &&revision::Model| (other.subject_type, other.subject_id) == (row.subject_type, row.subject_id);
    let last = newest.iter().find(same).unwrap_or(row);
    if last.after.is_some() {
        return address(base, &[row.subject_type.plural(), &last.subject_slug], &[]);
    }
    address(base, &["changes"], &[("type", row.subject_type.word()), ("subject", &last.subject_slug)])
}

/// A query for the subject as it is now; for the revision where the subject is gone.
fn query(row: &revision::Model) -> String {
    if row.after.is_some() {
        let id = GlobalId::Subject(row.subject_type, row.subject_id).id();
        let history = "revisions(last: 10) { nodes { number changes { field before after } } }";
        return format!(
            "{{ node(id: \"{}\") {{ ... on {} {{ slug name {history} }} }} }}",
            *id,
            row.subject_type.name()
        );
    }
    let revision = "nodes { number subjectSlug changes { field before after } }";
    format!("{{ revisions(where: {{ number: {{ eq: {} }} }}) {{ {revision} }} }}", row.number)
}

/// What happened to whom, such as "LLaMA-2 updated: license, sizes".
fn title(row: &revision::Model, changes: &[FieldChange]) -> String {
    let name = row.after.as_ref().or(row.before.as_ref()).and_then(|document| document["name"].as_str());
    let name = name.unwrap_or(&row.subject_slug);
    let done = match (row.action, &row.before, &row.after) {
        (RevisionAction::Reverted, None, _) => "brought back",
        (RevisionAction::Reverted, _, None) => "added and taken back",
        (RevisionAction::Reverted, ..) => "changed back",
        (RevisionAction::Deleted, ..) => "deleted",
        (RevisionAction::Created, ..) | (_, None, _) => "added",
        (RevisionAction::Updated | RevisionAction::Imported, ..) => "updated",
    };
    if row.before.is_none() || row.after.is_none() {
        return format!("{name} {done}");
    }
    let mut fields = changes.iter().filter_map(|change| change.field.split('.').next()).map(words).collect::<Vec<_>>();
    fields.dedup();
    format!("{name} {done}: {}", fields.join(", "))
}

/// The name of a field as words: `baseModel` is "base model".
fn words(field: &str) -> String {
    let mut words = String::new();
    for c in field.chars() {
        if c.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

/// A change of a field, on a line.
fn line(FieldChange { field, before, after }: &FieldChange) -> String {
    match (before, after) {
        (Some(before), Some(after)) => format!("{field}: {} → {}", short(before), short(after)),
        (None, Some(after)) => format!("{field}: {}", short(after)),
        (before, None) => format!("{field}: {} → none", before.as_ref().map(short).unwrap_or_default()),
    }
}

/// The most characters of a value.
const MAX_TITLE_LENGTH: usize = 500;

fn short(value: &Json) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match text.char_indices().nth(MAX_TITLE_LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Text without the characters that XML has no notation for.
fn readable(text: &str) -> String {
    let known = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if known(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

fn person(name: &str) -> Person {
    Person { name: readable(name), ..Person::default() }
}

fn fixed(time: DateTime<Utc>) -> FixedDateTime {
    time.fixed_offset()
}

fn link(relation: &str, media: &str, address: Url) -> Link {
    Link { rel: relation.to_owned(), mime_type: Some(media.to_owned()), href: address.into(), ..Link::default() }
}

/// An address below that of the server.
fn address(base: &Url, path: &[&str], query: &[(&str, &str)]) -> Url {
    let mut address = base.clone();
    if let Ok(mut segments) = address.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
    if !query.is_empty() {
        address.query_pairs_mut().extend_pairs(query);
    }
    address
}
