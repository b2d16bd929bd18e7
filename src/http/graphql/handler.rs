//! The GraphQL endpoint, by the GraphQL over HTTP specification: GET and POST, content negotiation by `Accept`, and a
//! status that distinguishes requests that could not be executed.

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
use crate::graphql::subscription::StreamPosition;
use crate::http::cache::response_cache::ResponseKey;
use crate::http::compression::encoding::ContentEncoding;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::graphql::execute::{count_subscription, run, run_recorded, stream};
use crate::http::graphql::request::{is_json, memory_bytes, parse_get, parse_post, response_format};
use crate::http::graphql::response::{error_response, respond, to_json};
use crate::http::graphql::sse;
use crate::http::limits::body;
use crate::http::limits::body::BodyWithTimeout;
use crate::http::limits::rate_limit::RateLimitState;
use crate::http::limits::unread_responses::UnreadResponses;
use crate::http::middleware::authentication::{authenticate_request, end_with_token};
use crate::http::middleware::csrf;
use crate::http::middleware::error::HttpError;
use crate::http::middleware::request_log::{RequestLog, ResponseOutcome};
use crate::http::pages::response::prefers_html;
use crate::http::server::state::State;
use crate::store::idempotency;
use crate::store::idempotency::IdempotencyKey;

/// Handles `GET /graphql?query=…&variables=…&operationName=…&extensions=…`, and HEAD: every operation but mutations.
/// Redirects a browser that opens the address without a query to the playground.
pub async fn get(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    if request.query_string().is_empty() && state.features.playground && prefers_html(&request) {
        let mut response = HttpResponse::SeeOther();
        return response
            .insert_header((header::LOCATION, "/playground"))
            .insert_header((header::VARY, "accept"))
            .finish();
    }
    let raw = web::Bytes::copy_from_slice(request.query_string().as_bytes());
    handle(&request, &state, Some(&raw), |request| {
        Ok((parse_get(request.query_string(), &state.persisted_documents)?, None))
    })
    .await
}

/// Handles `POST /graphql` with a JSON object. Other methods get 405 with the allowed methods.
pub async fn post(
    request: HttpRequest,
    BodyWithTimeout(body): BodyWithTimeout,
    state: web::Data<State>,
) -> HttpResponse {
    let body = is_json(&request).then(|| body::decode(&request, &body));
    let raw = body.as_ref().and_then(|body| body.as_ref().ok()).cloned();
    handle(&request, &state, raw.as_ref(), |request| {
        let key = idempotency_key(request)?;
        let key = key.zip(raw.as_ref()).map(|(key, body)| IdempotencyKey::new(key, hash(body)));
        Ok((parse_post(request, body, &state.persisted_documents)?, key))
    })
    .await
}

/// Authenticates a request, applies its rate limit and executes it. `raw` is the query string or body before parsing,
/// for the key of the response cache; `None` if it could not be read. `parse` parses the request.
async fn handle(
    request: &HttpRequest,
    state: &State,
    raw: Option<&web::Bytes>,
    parse: impl FnOnce(&HttpRequest) -> Result<(Request, Option<IdempotencyKey>), HttpError>,
) -> HttpResponse {
    let reject = |error: HttpError, format: ResponseFormat| {
        state.metrics.count("none", error.code, None);
        error.into_response(format)
    };
    // A wrong token is reported before every other error.
    let format = response_format(request);
    let actor = match authenticate_request(request, state).await {
        Ok(actor) => actor,
        Err(error) => return reject(error, format.unwrap_or(ResponseFormat::Json)),
    };
    let mut rate_limit = state.rate_limit_state(&actor, request);
    let mut response = match (rate_limit.count_request(), format) {
        (Err(error), format) => reject(error, format.unwrap_or(ResponseFormat::Json)),
        (Ok(()), Err(error)) => reject(error, ResponseFormat::Json),
        (Ok(()), Ok(format)) => {
            let response = respond_cached(request, state, format, actor, &mut rate_limit, raw, parse).await;
            response.unwrap_or_else(|error| reject(error, format))
        }
    };
    rate_limit.write_headers(response.headers_mut());
    response
}

/// Responds from the response cache, or executes the request.
async fn respond_cached(
    request: &HttpRequest,
    state: &State,
    format: ResponseFormat,
    actor: Actor,
    rate_limit: &mut RateLimitState,
    raw: Option<&web::Bytes>,
    parse: impl FnOnce(&HttpRequest) -> Result<(Request, Option<IdempotencyKey>), HttpError>,
) -> Result<HttpResponse, HttpError> {
    // The response to a token may depend on its role, so it is never cached.
    let raw = raw.filter(|_| actor == Actor::ANONYMOUS);
    let encoding = ContentEncoding::negotiate(request.headers(), &ContentEncoding::ALL);
    let key = raw.and_then(|raw| state.response_cache.key(format, get_or_post(request), raw, encoding));
    if let Some(key) = &key
        && let Some(cached) = state.response_cache.get(key).await
    {
        state.metrics.count_cache_hit();
        return Ok(state.response_cache.to_response(request, format, cached));
    }
    // Boxed, so that a cache hit does not allocate the large future of an execution.
    Box::pin(execute_uncached(request, state, format, actor, rate_limit, key, parse)).await
}

/// Executes a request. Caches its response under `cache_key` if it is cacheable.
async fn execute_uncached(
    request: &HttpRequest,
    state: &State,
    format: ResponseFormat,
    actor: Actor,
    rate_limit: &mut RateLimitState,
    cache_key: Option<ResponseKey>,
    parse: impl FnOnce(&HttpRequest) -> Result<(Request, Option<IdempotencyKey>), HttpError>,
) -> Result<HttpResponse, HttpError> {
    csrf::check(request, state.csrf_prevention)?;
    let (mut operation, idempotency_key) = parse(request)?;
    state.persisted_documents.check(&operation.query, &actor)?;
    let checked = match limits::analyze(&mut operation, &state.limits) {
        Ok(checked) => checked,
        Err(error) => return Ok(reject_document(request, format, error, state)),
    };
    check_operation_types(&checked.kinds, get_or_post(request), format)?;
    let only_queries = !checked.kinds.is_empty() && checked.kinds.iter().all(|kind| *kind == OperationType::Query);
    let cache_key = cache_key.filter(|_| only_queries && !checked.uses_rate_limit);
    state.rate_limiter.count_proposals(&actor, state.trusted_proxies.address(request), checked.proposals)?;
    let remaining = rate_limit.spend(checked.cost)?;
    // An idempotency key without a token has no effect: only tokens can write.
    let idempotent = idempotency_key.zip(actor.name.clone());
    let mut operation = remaining.into_iter().fold(operation.data(actor.clone()), Request::data);
    if format.is_stream() && request.method() == Method::HEAD {
        return Ok(format.response(StatusCode::OK).finish());
    }
    if format.is_stream() {
        let position = sse::stream_position(request.headers())?;
        let operation = operation.data(position.clone());
        let address = state.trusted_proxies.address(request);
        let permit = state.connection_limit.acquire(address, 1)?;
        let is_subscription = checked.kinds.contains(&OperationType::Subscription);
        let permits = (permit, count_subscription(state, address, &checked.kinds, &operation)?);
        let operation = idempotent.into_iter().fold(operation, |operation, (key, _)| operation.data(key));
        let responses = stream(state, operation, &checked, request.headers(), rate_limit).inspect(move |_| {
            // The stream owns the permits, so the connection counts as open until the stream ends.
            let _ = &permits;
        });
        let responses = responses.boxed();
        let responses = if is_subscription { end_with_token(responses, actor, state) } else { responses };
        let limits = (state.limits.response_bytes, UnreadResponses::new(state, address));
        return Ok(sse::respond(format, responses, position, limits, state.stopped()));
    }
    let log = RequestLog::begin(request.headers(), &mut operation, &checked);
    let executed = Cell::new(cache_key.is_none());
    let limit = state.limits.response_bytes;
    // Boxed, which keeps the stack frames of the callers small.
    let work = Box::pin(async {
        // Held until the response is serialized, because the value in memory is larger than its JSON.
        let _permit = match state.cost_semaphore.acquire(checked.cost, memory_bytes(&operation)).await {
            Ok(permit) => permit,
            Err(error) => return respond(format, &error_response(error), limit),
        };
        match (idempotent, cache_key) {
            (Some((key, name)), _) => execute_idempotent(state, format, operation, &checked, &name, key).await,
            (None, None) => respond(format, &run(state, operation, &checked).await, limit),
            (None, Some(key)) => {
                let execute = async {
                    executed.set(true);
                    state.metrics.count_cache_miss();
                    let (response, reads) = run_recorded(state, operation, &checked).await;
                    let body = response.is_ok().then(|| to_json(&response, limit).ok()).flatten();
                    body.map(|body| (body, reads)).ok_or(response)
                };
                match state.response_cache.get_or_insert_with(key, execute).await {
                    Ok(cached) => state.response_cache.to_response(request, format, cached),
                    Err(response) => respond(format, &response, limit),
                }
            }
        }
    });
    let mut response = match log.scope(state.with_deadline(work)).await {
        Ok(response) => response,
        Err(error) => log.scope(async { respond(format, &error_response(error), state.limits.response_bytes) }).await,
    };
    // `shared`: another request with the same key was executing, and this one waited for its response.
    log.finish_response(&state.metrics, if executed.get() { "miss" } else { "shared" }, &mut response);
    Ok(response)
}

/// Responds to a document that exceeds the query limits or is invalid. Over an event stream an invalid document is
/// reported as an event.
fn reject_document(request: &HttpRequest, format: ResponseFormat, error: ServerError, state: &State) -> HttpResponse {
    let mut response = Response::from_errors(vec![error]);
    finalize_errors(&mut response);
    state.metrics.count("none", &ResponseOutcome::of(&response).code, None);
    if format.is_stream() && !response.errors.iter().any(limits::error::is_limit) {
        let responses = futures_util::stream::iter([response]).boxed();
        let unread = UnreadResponses::new(state, state.trusted_proxies.address(request));
        let limits = (state.limits.response_bytes, unread);
        return sse::respond(format, responses, StreamPosition::default(), limits, state.stopped());
    }
    respond(format, &response, state.limits.response_bytes)
}

/// Returns the method of a request; GET for HEAD, which gets the same response without its body.
fn get_or_post(request: &HttpRequest) -> &Method {
    if request.method() == Method::HEAD { &Method::GET } else { request.method() }
}

/// Rejects mutations over GET, which a link could trigger, and subscriptions over a format with a single response.
fn check_operation_types(kinds: &[OperationType], method: &Method, format: ResponseFormat) -> Result<(), HttpError> {
    if kinds.contains(&OperationType::Mutation) && method == Method::GET {
        let message = "GET executes queries and subscriptions only; send a mutation with POST.";
        return Err(HttpError::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message));
    }
    if kinds.contains(&OperationType::Subscription) && !format.is_stream() {
        let message = "A subscription needs a websocket (graphql-transport-ws), or `Accept` with text/event-stream or \
            multipart/mixed;subscriptionSpec=1.0.";
        return Err(HttpError::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message));
    }
    Ok(())
}

/// Executes a request with an idempotency key, or returns the stored response of an earlier request with that key.
async fn execute_idempotent(
    state: &State,
    format: ResponseFormat,
    operation: Request,
    checked: &Analyzed,
    name: &str,
    key: IdempotencyKey,
) -> HttpResponse {
    match idempotency::stored_response(&state.database, name, &key).await {
        Ok(Some(body)) => {
            return format.response(StatusCode::OK).insert_header((header::CACHE_CONTROL, "no-store")).body(body);
        }
        Ok(None) => {}
        Err(error) => {
            state.database.record_error(&error);
            return respond(format, &error_response(error), state.limits.response_bytes);
        }
    }
    let response = run(state, operation.data(key.clone()), checked).await;
    if response.is_ok()
        && let Ok(Ok(body)) = to_json(&response, state.limits.response_bytes).map(String::from_utf8)
        && let Err(error) = idempotency::store_response(&state.database, name, &key, &body).await
    {
        // The change is committed, and a retry builds the response again from the stored result of the change.
        tracing::warn!(cause = ?error.cause(), "idempotent response could not be stored");
    }
    respond(format, &response, state.limits.response_bytes)
}

/// Reads the header `Idempotency-Key`.
fn idempotency_key(request: &HttpRequest) -> Result<Option<String>, HttpError> {
    let Some(key) = request.headers().get("idempotency-key") else { return Ok(None) };
    let key = key.to_str().ok().filter(|key| (1..=255).contains(&key.len()));
    let invalid = || HttpError::bad_request("Idempotency-Key is not a text of 1 to 255 printable ASCII characters.");
    key.map(|key| Some(key.to_owned())).ok_or_else(invalid)
}

fn hash(body: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(body))
}
