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
use crate::graphql::error::finish;
use crate::graphql::limits;
use crate::graphql::limits::Checked;
use crate::http::cache::response_cache;
use crate::http::graphql::content_type::Media;
use crate::http::graphql::execute::{run, stream};
use crate::http::graphql::request::{is_json, read_post, read_query, response_format};
use crate::http::graphql::response::{failed, respond, write};
use crate::http::graphql::sse;
use crate::http::limits::body;
use crate::http::limits::body_timeout::Timely;
use crate::http::limits::rate_limit::Account;
use crate::http::middleware::authentication::actor;
use crate::http::middleware::error::Refusal;
use crate::http::middleware::request_log::{Record, Told};
use crate::http::server::state::State;
use crate::store::idempotency;
use crate::store::idempotency::RetryKey;

/// `GET /graphql?query=…&variables=…&operationName=…&extensions=…`: whatever does not write.
pub async fn get(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let asked = web::Bytes::copy_from_slice(request.query_string().as_bytes());
    answer(&request, &state, Some(&asked), |request| Ok((read_query(request.query_string(), &state.persisted)?, None)))
        .await
}

/// `POST /graphql` with a JSON object. Answers every other method too, with what is allowed.
pub async fn post(request: HttpRequest, Timely(body): Timely, state: web::Data<State>) -> HttpResponse {
    let body = is_json(&request).then(|| body::read(&request, body));
    let asked = body.as_ref().and_then(|body| body.as_ref().ok()).cloned();
    answer(&request, &state, asked.as_ref(), |request| {
        let key = retry_key(request)?;
        let key = key.zip(asked.as_ref()).map(|(key, body)| RetryKey { key, request_hash: hash(body) });
        Ok((read_post(request, body, &state.persisted)?, key))
    })
    .await
}

/// Answers a request that `read` reads. `asked` is what the answer follows from, where it can be told before reading.
async fn answer(
    request: &HttpRequest,
    state: &State,
    asked: Option<&web::Bytes>,
    read: impl FnOnce(&HttpRequest) -> Result<(Request, Option<RetryKey>), Refusal>,
) -> HttpResponse {
    let refuse = |refusal: Refusal, media: Media| {
        state.metrics.count("none", refusal.code, None);
        refusal.into_response(media)
    };
    // A wrong token comes before whatever else is wrong.
    let media = response_format(request);
    let actor = match actor(request, state).await {
        Ok(actor) => actor,
        Err(refusal) => return refuse(refusal, media.unwrap_or(Media::Json)),
    };
    let mut account = state.account(&actor, request);
    let mut response = match (account.ask(), media) {
        (Err(refusal), media) => refuse(refusal, media.unwrap_or(Media::Json)),
        (Ok(()), Err(refusal)) => refuse(refusal, Media::Json),
        (Ok(()), Ok(media)) => {
            let answer = answer_actor(request, state, media, actor, &mut account, asked, read).await;
            answer.unwrap_or_else(|refusal| refuse(refusal, media))
        }
    };
    account.tell(response.headers_mut());
    response
}

async fn answer_actor(
    request: &HttpRequest,
    state: &State,
    media: Media,
    actor: Actor,
    account: &mut Account,
    asked: Option<&web::Bytes>,
    read: impl FnOnce(&HttpRequest) -> Result<(Request, Option<RetryKey>), Refusal>,
) -> Result<HttpResponse, Refusal> {
    // What a token is answered may be for its eyes only.
    let kept = asked.filter(|_| actor == Actor::ANYBODY);
    let kept = kept.and_then(|asked| state.answers.key(media, request.method(), asked));
    if let Some(key) = &kept
        && let Some(ready) = state.answers.get(key).await
    {
        state.metrics.count_ready();
        return Ok(state.answers.give(request, media, ready));
    }
    // On the heap: what is ready is given without carrying along what it takes to make an answer.
    Box::pin(make_answer(request, state, media, actor, account, kept, read)).await
}

/// Makes an answer, and keeps it under the key if there is one and it can be kept.
async fn make_answer(
    request: &HttpRequest,
    state: &State,
    media: Media,
    actor: Actor,
    account: &mut Account,
    kept: Option<response_cache::Key>,
    read: impl FnOnce(&HttpRequest) -> Result<(Request, Option<RetryKey>), Refusal>,
) -> Result<HttpResponse, Refusal> {
    let (mut operation, key) = read(request)?;
    let checked = match limits::check(&mut operation, &state.limits) {
        Ok(checked) => checked,
        Err(error) => return Ok(refuse_document(media, error, state)),
    };
    check_kinds(&checked.kinds, request.method(), media)?;
    let reads = !checked.kinds.is_empty() && checked.kinds.iter().all(|kind| *kind == OperationType::Query);
    let kept = kept.filter(|_| reads && !checked.asks_rate);
    let left = account.spend(checked.cost)?;
    // Without a token nothing can be written, so there is nothing to write once.
    let once = key.zip(actor.name.clone());
    let mut operation = left.into_iter().fold(operation.data(actor), Request::data);
    if media == Media::Events {
        let open = state.streams.open(state.proxies.address(request))?;
        let operation = once.into_iter().fold(operation, |operation, (key, _)| operation.data(key));
        let responses = stream(state, operation, &checked, request.headers(), account).inspect(move |_| {
            // Counts as open for as long as there may be answers.
            let _ = &open;
        });
        return Ok(sse::respond(responses.boxed(), state.stopped()));
    }
    let record = Record::begin(request.headers(), &mut operation, &checked);
    let made = Cell::new(kept.is_none());
    // On the heap, like what is executed: the frames of those who wait for it are many.
    let work = Box::pin(async {
        // Until it is written: what was executed takes more memory than its text.
        let _room = state.room.take(checked.cost).await;
        match (once, kept) {
            (Some((key, name)), _) => execute_once(state, media, operation, &checked, &name, key).await,
            (None, None) => respond(media, &run(state, operation, &checked).await),
            (None, Some(key)) => {
                let make = async {
                    made.set(true);
                    state.metrics.count_made();
                    let response = run(state, operation, &checked).await;
                    response.is_ok().then(|| write(&response).ok()).flatten().ok_or(response)
                };
                match state.answers.get_or_make(key, make).await {
                    Ok(ready) => state.answers.give(request, media, ready),
                    Err(response) => respond(media, &response),
                }
            }
        }
    });
    let mut response = match record.scope(state.bounded(work)).await {
        Ok(response) => response,
        Err(error) => record.scope(async { respond(media, &failed(error)) }).await,
    };
    // Of several who ask for the same at once one makes the answer for all.
    record.answer(&state.metrics, if made.get() { "miss" } else { "shared" }, &mut response);
    Ok(response)
}

/// Answers what the guard refused. A stream that begins tells it as an event.
fn refuse_document(media: Media, error: ServerError, state: &State) -> HttpResponse {
    let mut response = Response::from_errors(vec![error]);
    finish(&mut response);
    state.metrics.count("none", &Told::of(&response).code, None);
    if media == Media::Events && !response.errors.iter().any(limits::error::is_limit) {
        return sse::respond(futures_util::stream::iter([response]).boxed(), state.stopped());
    }
    respond(media, &response)
}

/// A mutation must not be one click on a link away, and a subscription has more than one answer.
fn check_kinds(kinds: &[OperationType], method: &Method, media: Media) -> Result<(), Refusal> {
    if kinds.contains(&OperationType::Mutation) && method == Method::GET {
        let message = "GET executes queries and subscriptions only; send this with POST.";
        return Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message));
    }
    if kinds.contains(&OperationType::Subscription) && media != Media::Events {
        let message =
            "A subscription is answered over a websocket (graphql-transport-ws), or with `Accept: text/event-stream`.";
        return Err(Refusal::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message));
    }
    Ok(())
}

/// Executes a request with a key, unless it has been answered before.
async fn execute_once(
    state: &State,
    media: Media,
    operation: Request,
    checked: &Checked,
    name: &str,
    key: RetryKey,
) -> HttpResponse {
    match idempotency::answer(&state.database, name, &key).await {
        Ok(Some(given)) => {
            return media.answer(StatusCode::OK).insert_header((header::CACHE_CONTROL, "no-store")).body(given);
        }
        Ok(None) => {}
        Err(error) => {
            state.database.note(&error);
            return respond(media, &failed(error));
        }
    }
    let response = run(state, operation.data(key.clone()), checked).await;
    if response.is_ok()
        && let Ok(body) = write(&response)
        && let Err(error) = idempotency::keep_answer(&state.database, name, &key, &body).await
    {
        // The change stands, and a retry makes the answer again from what it came to.
        tracing::warn!(cause = ?error.cause(), "an answer could not be kept for retries");
    }
    respond(media, &response)
}

/// The key that makes a retry harmless: `Idempotency-Key`, of any form that its sender likes.
fn retry_key(request: &HttpRequest) -> Result<Option<String>, Refusal> {
    let Some(key) = request.headers().get("idempotency-key") else { return Ok(None) };
    let key = key.to_str().ok().filter(|key| (1..=255).contains(&key.len()));
    let wrong = || Refusal::bad_request("Idempotency-Key is not a text of 1 to 255 printable ASCII characters.");
    key.map(|key| Some(key.to_owned())).ok_or_else(wrong)
}

fn hash(body: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(body))
}
