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
    body, events,
    media::Media,
    operation::{is_json, read_post, read_query},
    rates::Account,
    refusal::Refusal,
};
use crate::{
    api::{
        context::{Actor, RequestReads},
        error::finish,
        guard::{self, Checked},
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
    // A wrong token comes before whatever else is wrong.
    let media = Media::accepted(request);
    let actor = match actor(request, state).await {
        Ok(actor) => actor,
        Err(refusal) => return refusal.into_response(media.unwrap_or(Media::Json)),
    };
    let mut account = state.account(&actor, request);
    let mut response = match (account.ask(), media) {
        (Err(refusal), media) => refusal.into_response(media.unwrap_or(Media::Json)),
        (Ok(()), Err(refusal)) => refusal.into_response(Media::Json),
        (Ok(()), Ok(media)) => {
            let answer = answer_actor(request, state, media, actor, &mut account, asked, read).await;
            answer.unwrap_or_else(|refusal| refusal.into_response(media))
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
        return Ok(state.answers.give(request, media, ready));
    }
    let (mut operation, key) = read(request)?;
    let checked = match guard::check(&mut operation, &state.limits) {
        Ok(checked) => checked,
        Err(error) => return Ok(refuse(media, error, state)),
    };
    check_kinds(&checked.kinds, request.method(), media)?;
    let reads = !checked.kinds.is_empty() && checked.kinds.iter().all(|kind| *kind == OperationType::Query);
    let kept = kept.filter(|_| reads && !checked.asks_rate);
    let left = account.spend(checked.cost)?;
    // Without a token nothing can be written, so there is nothing to write once.
    let once = key.zip(actor.name.clone());
    let operation = left.into_iter().fold(operation.data(actor), Request::data);
    Ok(match (media, once, kept) {
        (Media::Events, once, _) => {
            let open = state.streams.open(state.proxies.address(request))?;
            let operation = once.into_iter().fold(operation, |operation, (key, _)| operation.data(key));
            let responses = stream(state, operation, &checked).inspect(move |_| {
                // Counts as open for as long as there may be answers.
                let _ = &open;
            });
            events::respond(responses.boxed(), state.stopped())
        }
        (_, Some((key, name)), _) => execute_once(state, media, operation, &checked, &name, key).await,
        (_, None, None) => respond(media, &run(state, operation, &checked).await),
        (_, None, Some(key)) => {
            let make = async {
                let response = run(state, operation, &checked).await;
                response.is_ok().then(|| write(&response).ok()).flatten().ok_or(response)
            };
            match state.answers.get_or_make(key, make).await {
                Ok(ready) => state.answers.give(request, media, ready),
                Err(response) => respond(media, &response),
            }
        }
    })
}

/// Answers what the guard refused. A stream that begins tells it as an event.
fn refuse(media: Media, error: ServerError, state: &State) -> HttpResponse {
    let mut response = Response::from_errors(vec![error]);
    finish(&mut response);
    if media == Media::Events && !response.errors.iter().any(guard::is_limit) {
        return events::respond(futures_util::stream::iter([response]).boxed(), state.stopped());
    }
    respond(media, &response)
}

/// The answer to a query that a page of this server asks for whoever opens it; none where there is an error. It is the one that
/// is kept for a client that sends the same, and counts as if they had sent it.
pub async fn ask(
    request: &HttpRequest,
    state: &State,
    query: &str,
    variables: &serde_json::Value,
) -> Result<Option<web::Bytes>, Refusal> {
    let mut account = state.account(&Actor::ANYBODY, request);
    account.ask()?;
    let asked = web::Bytes::from(serde_json::json!({ "query": query, "variables": variables }).to_string());
    let key = state.answers.key(Media::Json, &Method::POST, &asked);
    if let Some(key) = &key
        && let Some(ready) = state.answers.get(key).await
    {
        return Ok(Some(ready.body().clone()));
    }
    let variables = async_graphql::Variables::from_json(variables.clone());
    let mut operation = Request::new(query).variables(variables).data(Actor::ANYBODY);
    let Ok(checked) = guard::check(&mut operation, &state.limits) else { return Ok(None) };
    let left = account.spend(checked.cost)?;
    let operation = left.into_iter().fold(operation, Request::data);
    let make = async {
        let response = run(state, operation, &checked).await;
        if response.is_err() {
            tracing::debug!(errors = ?response.errors, "a page could not be filled");
        }
        response.is_ok().then(|| write(&response).ok()).flatten().ok_or(())
    };
    Ok(match key {
        Some(key) => state.answers.get_or_make(key, make).await.ok().map(|ready| ready.body().clone()),
        None => make.await.ok().map(web::Bytes::from),
    })
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
    let response = run(state, operation.data(key.clone()), checked).await;
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

/// Executes what the guard has checked.
async fn run(state: &State, operation: Request, checked: &Checked) -> Response {
    let mut response = state.schema.execute(operation.data(RequestReads::new(state.database.clone()))).await;
    finish(&mut response);
    response.extension("cost", checked.cost.into())
}

/// The answers to a request that the guard has checked as they come, each with its codes.
pub fn stream(state: &State, operation: Request, checked: &Checked) -> BoxStream<'static, Response> {
    // Of a subscription it would tell of every event what is spent once.
    let cost = (!checked.kinds.contains(&OperationType::Subscription)).then_some(checked.cost);
    let responses = state.schema.execute_stream(operation.data(RequestReads::new(state.database.clone())));
    responses
        .map(move |mut response| {
            finish(&mut response);
            cost.into_iter().fold(response, |response, cost| response.extension("cost", cost.into()))
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
    } else if response.errors.iter().any(guard::is_limit) {
        StatusCode::BAD_REQUEST
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
