//! The document of one subject as JSON, at the address of its page with `.json`.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use entity::vocabulary::SubjectType;

use crate::domain::document::Reference;
use crate::domain::slug::Slug;
use crate::domain::subject::with_document;
use crate::error::{Error, Result};
use crate::formats::export::{Origin, json};
use crate::http::cache::etag;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::middleware::authentication::authenticate_and_count;
use crate::http::middleware::error::HttpError;
use crate::http::routes::export::parameters::{Parameters, only_state};
use crate::http::routes::export::{ExportHeaders, read_only, snapshot_of, version};
use crate::http::server::state::State;
use crate::query::as_of::snapshot_view::SnapshotView;
use crate::store::documents::{Persist, find};
use crate::store::references::{PastHolders, SlugIndex};

/// The cost of a document for the rate limit.
const DOCUMENT_COST: u32 = 20;

/// Adds a route for each type of subject.
pub fn configure(config: &mut web::ServiceConfig) {
    for subject in SubjectType::ALL {
        let path = format!("/{}/{{slug}}.json", subject.plural());
        let handler = move |request: HttpRequest, state: web::Data<State>| async move {
            respond(&request, &state, *subject).await.unwrap_or_else(|error| error.into_response(ResponseFormat::Json))
        };
        config.service(read_only(&path, handler));
    }
}

/// A document, or the slug under which the subject is now.
enum Found {
    Document(Vec<u8>),
    Moved(Slug),
}

async fn respond(request: &HttpRequest, state: &State, subject: SubjectType) -> Result<HttpResponse, HttpError> {
    let mut rate_limit = authenticate_and_count(request, state).await?;
    let parameters = Parameters { at: only_state(request.query_string())?, ..Parameters::default() };
    let stated = request.match_info().query("slug");
    let missing = || Error::NotFound { subject: subject.table(), slug: stated.chars().take(100).collect() };
    let slug = stated.parse::<Slug>().map_err(|_| HttpError::from_error(&missing()))?;
    let origin = state.origin(request);
    let current = version(state, parameters.at).await?;
    if etag::matches(request, &ExportHeaders::new(&origin, request.path(), &parameters, current).tag) {
        let head = ExportHeaders::new(&origin, request.path(), &parameters, current);
        return Ok(head.response(StatusCode::NOT_MODIFIED).finish());
    }
    rate_limit.spend(DOCUMENT_COST)?;
    let read = async {
        let snapshot = snapshot_of(&state.database, parameters.at).await?;
        let found = with_document!(subject, D => read::<D>(&snapshot, &slug, &origin).await?);
        Ok((found.ok_or_else(missing)?, (snapshot.revision, snapshot.time)))
    };
    let read = state.with_deadline(read).await.flatten();
    let (found, version) = read.map_err(|error| HttpError::from_error(&error))?;
    match found {
        Found::Moved(slug) => {
            let query = Some(request.query_string()).filter(|query| !query.is_empty());
            let query = query.map_or_else(String::new, |query| format!("?{query}"));
            let address = format!("/{}/{slug}.json{query}", subject.plural());
            let mut response = HttpResponse::MovedPermanently();
            // Another subject may take the slug.
            response
                .insert_header((header::LOCATION, address))
                .insert_header((header::CACHE_CONTROL, "private, no-cache"));
            Ok(response.finish())
        }
        Found::Document(text) => {
            let mut response =
                ExportHeaders::new(&origin, request.path(), &parameters, version).response(StatusCode::OK);
            response.insert_header((header::CONTENT_TYPE, "application/json; charset=utf-8"));
            Ok(response.body(text))
        }
    }
}

/// Reads the document of the subject with a slug, or else the slug of the subject that last had it.
async fn read<D: Persist>(snapshot: &SnapshotView, slug: &Slug, origin: &Origin) -> Result<Option<Found>> {
    if let Some(subject) = find::<D>(snapshot, &[slug]).await?.values().next() {
        let slugs = json::earlier_slugs(snapshot).await?;
        let document = D::load(snapshot, &[subject.id]).await?.pop();
        let text = document.map(|mut document| {
            slugs.restore(&mut document);
            json::one(&document, snapshot.revision, Some(origin))
        });
        return Ok(text.transpose()?.map(Found::Document));
    }
    let reference = Reference { field: String::new(), subject: D::SUBJECT, slug };
    let earlier = PastHolders::find(snapshot, &[reference], i32::MAX).await?.get(D::SUBJECT, slug);
    Ok(SlugIndex::read(snapshot, [(D::SUBJECT, earlier)]).await?.get(D::SUBJECT, earlier).map(Found::Moved))
}
