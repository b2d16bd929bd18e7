//! GraphQL over HTTP, after the specification of that name: GET and POST, media types by `Accept`, and a status that tells
//! a request that could not be executed from one that was.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, StatusCode, header},
    web,
};
use async_graphql::{Request, Response, ServerError, parser::types::OperationType};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use futures_util::{StreamExt, stream::BoxStream};
use sha2::{Digest, Sha256};

use super::{
    State,
    bearer::actor,
    events,
    media::Media,
    operation::{is_json, kinds, read_post, read_query},
    refusal::Refusal,
};
use crate::{
    api::{
        bounds::check_request,
        context::{Actor, RequestReads},
        error::finish,
    },
    catalog::retry::{self, RetryKey},
    error::FORBIDDEN,
};

/// `GET /graphql?query=…&variables=…&operationName=…&extensions=…`: whatever does not write.
pub async fn get(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let asked = web::Bytes::copy_from_slice(request.query_string().as_bytes());
    answer(&request, &state, Some(&asked), |request| Ok((read_query(request.query_string(), &state.persisted)?, None)))
        .await
}

/// `POST /graphql` with a JSON object. Answers every other method too, with what is allowed.
pub async fn post(
    request: HttpRequest,
    body: Result<web::Bytes, actix_web::Error>,
    state: web::Data<State>,
) -> HttpResponse {
    let asked = body.as_ref().ok().filter(|_| is_json(&request)).cloned();
    answer(&request, &state, asked.as_ref(), |request| {
        let key = retry_key(request)?;
        let key = key.zip(body.as_ref().ok()).map(|(key, body)| RetryKey { key, request_hash: hash(body) });
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
    // A wrong token comes before whatever else is wrong.
    let media = Media::accepted(request);
    let actor = match actor(request, state).await {
        Ok(actor) => actor,
        Err(refusal) => return refusal.into_response(media.unwrap_or(Media::Json)),
    };
    let media = match media {
        Ok(media) => media,
        Err(refusal) => return refusal.into_response(Media::Json),
    };
    // What a token is answered may be for its eyes only.
    let kept = asked.filter(|_| actor == Actor::ANYBODY);
    let kept = kept.and_then(|asked| state.answers.key(media, request.method(), asked));
    if let Some(key) = &kept
        && let Some(ready) = state.answers.get(key).await
    {
        return state.answers.give(request, media, ready);
    }
    let read = read(request).and_then(|(mut operation, key)| {
        let kinds = kinds(&mut operation);
        check_kinds(&kinds, request.method(), media)?;
        let reads = !kinds.is_empty() && kinds.iter().all(|kind| *kind == OperationType::Query);
        Ok((operation, key, kept.filter(|_| reads)))
    });
    let (operation, key, kept) = match read {
        Ok(read) => read,
        Err(refusal) => return refusal.into_response(media),
    };
    // Without a token nothing can be written, so there is nothing to write once.
    let once = key.zip(actor.name.clone());
    let operation = operation.data(actor);
    match (media, once, kept) {
        (Media::Events, None, _) => events::respond(stream(state, operation), state.stopped()),
        (Media::Events, Some((key, _)), _) => events::respond(stream(state, operation.data(key)), state.stopped()),
        (_, Some((key, name)), _) => execute_once(state, media, operation, &name, key).await,
        (_, None, None) => respond(media, &run(state, operation).await),
        (_, None, Some(key)) => {
            let make = async {
                let response = run(state, operation).await;
                response.is_ok().then(|| write(&response).ok()).flatten().ok_or(response)
            };
            match state.answers.get_or_make(key, make).await {
                Ok(ready) => state.answers.give(request, media, ready),
                Err(response) => respond(media, &response),
            }
        }
    }
}

/// The answer to a query that a page of this server asks for anybody; none where there is an error. It is the one that is
/// kept for a client that sends the same.
pub async fn ask(state: &State, query: &str, variables: &serde_json::Value) -> Option<web::Bytes> {
    let asked = web::Bytes::from(serde_json::json!({ "query": query, "variables": variables }).to_string());
    let make = async {
        let variables = async_graphql::Variables::from_json(variables.clone());
        let response = run(state, Request::new(query).variables(variables).data(Actor::ANYBODY)).await;
        if response.is_err() {
            tracing::warn!(errors = ?response.errors, "a page could not be filled");
        }
        response.is_ok().then(|| write(&response).ok()).flatten().ok_or(())
    };
    match state.answers.key(Media::Json, &Method::POST, &asked) {
        Some(key) => state.answers.get_or_make(key, make).await.ok().map(|ready| ready.body().clone()),
        None => make.await.ok().map(web::Bytes::from),
    }
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
async fn execute_once(state: &State, media: Media, operation: Request, name: &str, key: RetryKey) -> HttpResponse {
    match retry::answer(&state.database, name, &key).await {
        Ok(Some(given)) => {
            return media.answer(StatusCode::OK).insert_header((header::CACHE_CONTROL, "no-store")).body(given);
        }
        Ok(None) => {}
        Err(error) => {
            let error = ServerError {
                source: Some(std::sync::Arc::new(error.clone())),
                ..ServerError::new(error.to_string(), None)
            };
            let mut response = Response::from_errors(vec![error]);
            finish(&mut response);
            return respond(media, &response);
        }
    }
    let response = run(state, operation.data(key.clone())).await;
    if response.is_ok()
        && let Ok(body) = write(&response)
        && let Err(error) = retry::keep_answer(&state.database, name, &key, &body).await
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

async fn run(state: &State, mut operation: Request) -> Response {
    let mut response = match check_request(&mut operation) {
        Ok(()) => state.schema.execute(operation.data(RequestReads::new(state.database.clone()))).await,
        Err(error) => Response::from_errors(vec![error]),
    };
    finish(&mut response);
    response
}

/// The answers to a request as they come, each with its codes.
pub fn stream(state: &State, mut operation: Request) -> BoxStream<'static, Response> {
    let responses = match check_request(&mut operation) {
        Ok(()) => state.schema.execute_stream(operation.data(RequestReads::new(state.database.clone()))),
        Err(error) => futures_util::stream::iter([Response::from_errors(vec![error])]).boxed(),
    };
    responses
        .map(|mut response| {
            finish(&mut response);
            response
        })
        .boxed()
}

/// An answer as JSON: data only where execution began.
pub fn write(response: &Response) -> serde_json::Result<String> {
    if executed(response) {
        serde_json::to_string(response)
    } else {
        serde_json::to_string(&serde_json::json!({ "errors": response.errors }))
    }
}

/// The HTTP answer.
fn respond(media: Media, response: &Response) -> HttpResponse {
    let status = if forbidden(response) {
        StatusCode::FORBIDDEN
    } else if executed(response) || media == Media::Json {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    match write(response) {
        Ok(body) => media.answer(status).insert_header((header::CACHE_CONTROL, "no-store")).body(body),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// Whether execution began. An error of a field has a path; an error of the request has none.
pub fn executed(response: &Response) -> bool {
    response.data != async_graphql::Value::Null || response.errors.iter().any(|error| !error.path.is_empty())
}

/// Whether there is nothing but what whoever asks may not do.
fn forbidden(response: &Response) -> bool {
    let code = async_graphql::Value::from(FORBIDDEN);
    let forbidden = |error: &ServerError| error.extensions.as_ref().and_then(|given| given.get("code")) == Some(&code);
    response.data == async_graphql::Value::Null && response.is_err() && response.errors.iter().all(forbidden)
}
