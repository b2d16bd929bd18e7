//! The feeds of open proposals, for editors. They are never stored by caches, because only editors may read them.

use std::collections::HashMap;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use entity::{
    proposal,
    vocabulary::{ProposalStatus, Role},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value as Json;
use url::Url;
use uuid::Uuid;

use crate::db::latest_documents::{DocumentKey, latest_documents};
use crate::db::snapshot::Snapshot;
use crate::domain::proposal::{PendingChange, ProposedEdit, ProposedEvidence};
use crate::error::{Error, Result};
use crate::graphql::scalars::GlobalId;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::middleware::authentication::authenticate_request;
use crate::http::middleware::error::HttpError;
use crate::http::routes::export::read_only;
use crate::http::routes::feed::entry::{Entry, format_change, split_words, url};
use crate::http::routes::feed::{Feed, Format, MAX_ENTRIES, Topic, catalog_id};
use crate::http::server::state::State;
use crate::store::proposals::{ANONYMOUS, document_key, edits, evidence};

const PROPOSALS: Topic = Topic {
    title: "Open LLM Catalog: open proposals",
    subtitle: "Changes that others suggest, and that an editor accepts or rejects",
    file: "proposals",
    page: "proposals",
};

/// The cost of the feed for the rate limit, besides that of a request.
const COST: u32 = 100;

/// Adds the route of a format.
pub(super) fn configure(config: &mut web::ServiceConfig, format: Format) {
    let path = format!("/{}", format.path(&PROPOSALS));
    let handler = move |request: HttpRequest, state: web::Data<State>| async move {
        respond(&request, &state, format).await.unwrap_or_else(|error| error.into_response(ResponseFormat::Json))
    };
    config.service(read_only(&path, handler));
}

async fn respond(request: &HttpRequest, state: &State, format: Format) -> Result<HttpResponse, HttpError> {
    let actor = authenticate_request(request, state).await?;
    let mut rate_limit = state.rate_limit_state(&actor, request);
    rate_limit.count_request()?;
    if !actor.role.includes(Role::Editor) {
        let error = Error::Forbidden { needs: Role::Editor, has: actor.role };
        return Err(HttpError::new(StatusCode::FORBIDDEN, error.code(), error.to_string()));
    }
    rate_limit.spend(COST)?;
    let base = state.public_url.of(request);
    let read = async { read(&Snapshot::take(&state.database).await?, &base).await };
    let feed = state.with_deadline(read).await.flatten();
    let feed = feed.map_err(|error| HttpError::from_error(&error))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_TYPE, format.media_type()))
        .body(feed.write(format, &base)))
}

/// Reads the feed: the latest open proposals, the newest first, each compared with the current state.
async fn read(snapshot: &Snapshot, base: &Url) -> Result<Feed> {
    let db = &snapshot.transaction;
    let open = proposal::Entity::find().filter(proposal::Column::Status.eq(ProposalStatus::Open));
    let rows = open.order_by_desc(proposal::Column::Id).limit(MAX_ENTRIES).all(db).await?;
    let edits = rows.iter().map(edits).collect::<Result<Vec<_>>>()?;
    let keys = edits.iter().flatten().map(document_key).collect::<Vec<_>>();
    let documents = latest_documents(db, &keys).await?;
    let catalog = catalog_id(snapshot).await?;
    let entries = rows.iter().zip(&edits).map(|(row, edits)| entry(row, edits, &documents, catalog, base));
    Ok(Feed {
        topic: &PROPOSALS,
        id: Uuid::new_v5(&catalog, PROPOSALS.file.as_bytes()),
        updated: rows.first().map_or(snapshot.time, |newest| newest.created_at.max(snapshot.time)),
        query: String::new(),
        entries: entries.collect::<Result<_>>()?,
    })
}

fn entry(
    row: &proposal::Model,
    edits: &[ProposedEdit],
    documents: &HashMap<DocumentKey, Json>,
    catalog: Uuid,
    base: &Url,
) -> Result<Entry> {
    let id = GlobalId::Proposal(row.id).id();
    let changes = edits.iter().flat_map(|edit| {
        let pending = edit.pending(documents.get(&document_key(edit))).into_iter();
        pending.map(|pending| format_pending(row, edit, &pending))
    });
    let statements = evidence(row)?;
    let lines = [row.reason.clone()].into_iter().chain(changes).chain(statements.iter().map(format_statement));
    let mut page = url(base, &[PROPOSALS.page], &[]);
    page.set_fragment(Some(&id));
    let query = format!(
        "{{ node(id: \"{}\") {{ ... on Proposal {{ status reason changes {{ field before after conflict }} evidence {{ field value source quote }} }} }} }}",
        *id
    );
    Ok(Entry {
        id: Uuid::new_v5(&catalog, format!("proposal {}", row.id).as_bytes()),
        title: title(row, edits),
        time: row.created_at,
        authors: vec![row.proposer.clone().unwrap_or_else(|| ANONYMOUS.to_owned())],
        subject_type: row.subject_type.word(),
        page,
        query: url(base, &["graphql"], &[("query", &query)]),
        text: lines.collect::<Vec<_>>().join("\n"),
    })
}

/// Returns the title of a proposal, such as "model llama-2, change proposed: license, sizes".
fn title(row: &proposal::Model, edits: &[ProposedEdit]) -> String {
    let Some(edit) = edits.iter().rfind(|edit| edit.subject == row.subject_type) else { return row.reason.clone() };
    let subject = format!("{} {}", edit.subject.table(), edit.slug);
    if edit.deletes {
        return format!("{subject}, deletion proposed");
    }
    if edit.id.is_none() {
        return format!("{subject}, creation proposed");
    }
    let fields = edit.changes.iter().filter_map(|change| change.field.split('.').next());
    let mut fields = fields.map(split_words).collect::<Vec<_>>();
    fields.dedup();
    let fields = if fields.is_empty() { "evidence".to_owned() } else { fields.join(", ") };
    format!("{subject}, change proposed: {fields}")
}

/// Formats a change as a line. Changes of other subjects than that of the proposal have theirs before them.
fn format_pending(row: &proposal::Model, edit: &ProposedEdit, pending: &PendingChange) -> String {
    let is_own = edit.subject == row.subject_type && edit.id == row.subject_id;
    let subject = if is_own { String::new() } else { format!("{} {}, ", edit.subject.table(), edit.slug) };
    let conflict = if pending.conflict { " (changed since)" } else { "" };
    format!("{subject}{}{conflict}", format_change(&pending.change))
}

/// Formats a statement as a line.
fn format_statement(ProposedEvidence { citation, removed }: &ProposedEvidence) -> String {
    let removed = if *removed { "removed " } else { "" };
    let place = citation.locator.iter().map(|locator| format!(", {locator}"));
    let quote = citation.quote.iter().map(|quote| format!(": \"{quote}\""));
    let words = place.chain(quote).collect::<String>();
    format!("{removed}evidence for {}: {}{words}", citation.field, citation.source)
}
