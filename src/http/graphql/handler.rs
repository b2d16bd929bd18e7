//! GraphQL over HTTP, after the specification of that name: GET and POST, media types by `Accept`, and a status that tells
//! a request that could not be executed from one that was.

use std::cell::Cell;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, StatusCode, header},
    web,
};
use async_graphql::{Request, Response, ServerError, parser::types::OperationType};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use futures_util::StreamExt;
use sha2::{Digest, Sha256};

use crate::auth::actor::Actor;
use crate::graphql::error::finalize_errors;
use crate::graphql::limits;
use crate::graphql::limits::Analyzed;
use crate::http::cache::response_cache;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::graphql::execute::{run, stream};
use crate::http::graphql::request::{is_json, read_post, read_query, response_format};
use crate::http::graphql::response::{error_response, respond, to_json};
use crate::http::graphql::sse;
use crate::http::limits::body;
use crate::http::limits::body_timeout::BodyWithTimeout;
use crate::http::limits::rate_limit::RateLimitState;
use crate::http::middleware::authentication::authenticate_request;
use crate::http::middleware::error::HttpError;
use crate::http::middleware::request_log::{RequestLog, ResponseOutcome};
use crate::http::server::state::State;
use crate::store::idempotency;
use crate::store::idempotency::IdempotencyKey;

/// `GET /graphql?query=…&variables=…&operationName=…&extensions=…`: whatever does not write.
pub async fn get(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let asked = web::Bytes::copy_from_slice(request.query_string().as_bytes());
    handle(&request, &state, Some(&asked), |request| {
        Ok((read_query(request.query_string(), &state.persisted_queries)?, None))
    })
    .await
}

/// `POST /graphql` with a JSON object. Answers every other method too, with what is allowed.
pub async fn post(
    request: HttpRequest,
    BodyWithTimeout(body): BodyWithTimeout,
    state: web::Data<State>,
) -> HttpResponse {
    let body = is_json(&request).then(|| body::read(&request, body));
    let asked = body.as_ref().and_then(|body| body.as_ref().ok()).cloned();
    handle(&request, &state, asked.as_ref(), |request| {
        let key = idempotency_key(request)?;
        let key = key.zip(asked.as_ref()).map(|(key, body)| IdempotencyKey { key, request_hash: hash(body) });
        Ok((read_post(request, body, &state.persisted_queries)?, key))
    })
    .await
}

/// Answers a request that `read` reads. `asked` is what the answer follows from, where it can be told before reading.
async fn handle(
    request: &HttpRequest,
    state: &State,
    asked: Option<&web::Bytes>,
    read: impl FnOnce(&HttpRequest) -> Result<(Request, Option<IdempotencyKey>), HttpError>,
) -> HttpResponse {
    let refuse = |refusal: HttpError, media: ResponseFormat| {
        state.metrics.count("none", refusal.code, None);
        refusal.into_response(media)
    };
    // A wrong token comes before whatever else is wrong.
    let media = response_format(request);
    let actor = match authenticate_request(request, state).await {
        Ok(actor) => actor,
        Err(refusal) => return refuse(refusal, media.unwrap_or(ResponseFormat::Json)),
    };
    let mut account = state.rate_limit_state(&actor, request);
    let mut response = match (account.count_request(), media) {
        (Err(refusal), media) => refuse(refusal, media.unwrap_or(ResponseFormat::Json)),
        (Ok(()), Err(refusal)) => refuse(refusal, ResponseFormat::Json),
        (Ok(()), Ok(media)) => {
            let answer = respond_cached(request, state, media, actor, &mut account, asked, read).await;
            answer.unwrap_or_else(|refusal| refuse(refusal, media))
        }
    };
    account.write_headers(response.headers_mut());
    response
}

async fn respond_cached(
    request: &HttpRequest,
    state: &State,
    media: ResponseFormat,
    actor: Actor,
    account: &mut RateLimitState,
    asked: Option<&web::Bytes>,
    read: impl FnOnce(&HttpRequest) -> Result<(Request, Option<IdempotencyKey>), HttpError>,
) -> Result<HttpResponse, HttpError> {
    // What a token is answered may be for its eyes only.
    let kept = asked.filter(|_| actor == Actor::ANYBODY);
    let kept = kept.and_then(|asked| state.response_cache.key(media, request.method(), asked));
    if let Some(key) = &kept
        && let Some(ready) = state.response_cache.get(key).await
    {
        state.metrics.count_cache_hit();
        return Ok(state.response_cache.to_response(request, media, ready));
    }
    // On the heap: what is ready is given without carrying along what it takes to make an answer.
    Box::pin(execute_uncached(request, state, media, actor, account, kept, read)).await
}

/// Makes an answer, and keeps it under the key if there is one and it can be kept.
async fn execute_uncached(
    request: &HttpRequest,
    state: &State,
    media: ResponseFormat,
    actor: Actor,
    account: &mut RateLimitState,
    kept: Option<response_cache::ResponseKey>,
    read: impl FnOnce(&HttpRequest) -> Result<(Request, Option<IdempotencyKey>), HttpError>,
) -> Result<HttpResponse, HttpError> {
    let (mut operation, key) = read(request)?;
    let checked = match limits::analyze(&mut operation, &state.limits) {
        Ok(checked) => checked,
        Err(error) => return Ok(reject_document(media, error, state)),
    };
    check_operation_types(&checked.kinds, request.method(), media)?;
    let reads = !checked.kinds.is_empty() && checked.kinds.iter().all(|kind| *kind == OperationType::Query);
    let kept = kept.filter(|_| reads && !checked.uses_rate_limit);
    let left = account.spend(checked.cost)?;
    // Without a token nothing can be written, so there is nothing to write once.
    let once = key.zip(actor.name.clone());
    let mut operation = left.into_iter().fold(operation.data(actor), Request::data);
    if media == ResponseFormat::Events {
        let open = state.connection_limit.open(state.trusted_proxies.address(request))?;
        let operation = once.into_iter().fold(operation, |operation, (key, _)| operation.data(key));
        let responses = stream(state, operation, &checked, request.headers(), account).inspect(move |_| {
            // Counts as open for as long as there may be answers.
            let _ = &open;
        });
        return Ok(sse::respond(responses.boxed(), state.stopped()));
    }
    let record = RequestLog::begin(request.headers(), &mut operation, &checked);
    let made = Cell::new(kept.is_none());
    // On the heap, like what is executed: the frames of those who wait for it are many.
    let work = Box::pin(async {
        // Until it is written: what was executed takes more memory than its text.
        let _room = state.cost_semaphore.acquire(checked.cost).await;
        match (once, kept) {
            (Some((key, name)), _) => execute_idempotent(state, media, operation, &checked, &name, key).await,
            (None, None) => respond(media, &run(state, operation, &checked).await),
            (None, Some(key)) => {
                let make = async {
                    made.set(true);
                    state.metrics.count_cache_miss();
                    let response = run(state, operation, &checked).await;
                    response.is_ok().then(|| to_json(&response).ok()).flatten().ok_or(response)
                };
                match state.response_cache.get_or_insert_with(key, make).await {
                    Ok(ready) => state.response_cache.to_response(request, media, ready),
                    Err(response) => respond(media, &response),
                }
            }
        }
    });
    let mut response = match record.scope(state.with_deadline(work)).await {
        Ok(response) => response,
        Err(error) => record.scope(async { respond(media, &error_response(error)) }).await,
    };
    // Of several who ask for the same at once one makes the answer for all.
    record.finish_response(&state.metrics, if made.get() { "miss" } else { "shared" }, &mut response);
    Ok(response)
}

/// Answers what the guard refused. A stream that begins tells it as an event.
fn reject_document(media: ResponseFormat, error: ServerError, state: &State) -> HttpResponse {
    let mut response = Response::from_errors(vec![error]);
    finalize_errors(&mut response);
    state.metrics.count("none", &ResponseOutcome::of(&response).code, None);
    if media == ResponseFormat::Events && !response.errors.iter().any(limits::error::is_limit) {
        return sse::respond(futures_util::stream::iter([response]).boxed(), state.stopped());
    }
    respond(media, &response)
}

/// A mutation must not be one click on a link away, and a subscription has more than one answer.
fn check_operation_types(kinds: &[OperationType], method: &Method, media: ResponseFormat) -> Result<(), HttpError> {
    if kinds.contains(&OperationType::Mutation) && method == Method::GET {
        let message = "GET executes queries and subscriptions only; send this with POST.";
        return Err(HttpError::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message));
    }
    if kinds.contains(&OperationType::Subscription) && media != ResponseFormat::Events {
        let message =
            "A subscription is answered over a websocket (graphql-transport-ws), or with `Accept: text/event-stream`.";
        return Err(HttpError::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message));
    }
    Ok(())
}

/// Executes a request with a key, unless it has been answered before.
async fn execute_idempotent(
    state: &State,
    media: ResponseFormat,
    operation: Request,
    checked: &Analyzed,
    name: &str,
    key: IdempotencyKey,
) -> HttpResponse {
    match idempotency::stored_response(&state.database, name, &key).await {
        Ok(Some(given)) => {
            return media.response(StatusCode::OK).insert_header((header::CACHE_CONTROL, "no-store")).body(given);
        }
        Ok(None) => {}
        Err(error) => {
            state.database.record_error(&error);
            return respond(media, &error_response(error));
        }
    }
    let response = run(state, operation.data(key.clone()), checked).await;
    if response.is_ok()
        && let Ok(body) = to_json(&response)
        && let Err(error) = idempotency::store_response(&state.database, name, &key, &body).await
    {
        // The change stands, and a retry makes the answer again from what it came to.
        tracing::warn!(cause = ?error.cause(), "an answer could not be kept for retries");
    }
    respond(media, &response)
}

/// The key that makes a retry harmless: `Idempotency-Key`, of any form that its sender likes.
fn idempotency_key(request: &HttpRequest) -> Result<Option<String>, HttpError> {
    let Some(key) = request.headers().get("idempotency-key") else { return Ok(None) };
    let key = key.to_str().ok().filter(|key| (1..=255).contains(&key.len()));
    let wrong = || HttpError::bad_request("Idempotency-Key is not a text of 1 to 255 printable ASCII characters.");
    key.map(|key| Some(key.to_owned())).ok_or_else(wrong)
}

fn hash(body: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(body))
}
