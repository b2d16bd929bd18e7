//! GraphQL over HTTP, after the specification of that name: GET and POST, media types by `Accept`, and a status that tells
//! a request that could not be executed from one that was.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, Accept, Header, HeaderValue},
    },
    web,
};
use async_graphql::{Request, Response, ServerError, Variables, parser::types::OperationType};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use super::{MAX_BODY, State, bearer::actor, refusal::Refusal};
use crate::{
    api::{
        bounds::{check_request, check_text},
        context::{Actor, RequestReads},
        error::finish,
    },
    catalog::retry::{self, RetryKey},
    error::FORBIDDEN,
};

/// The media type of GraphQL's own: its status says whether the request could be executed.
const GRAPHQL: &str = "application/graphql-response+json";
/// The media type from before that: its status says whether the server understood the HTTP request.
const JSON: &str = "application/json";

/// `GET /graphql?query=…&variables=…&operationName=…&extensions=…`: queries only.
pub async fn get(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let (media, actor) = match begin(&request, &state).await {
        Ok(begun) => begun,
        Err(response) => return response,
    };
    let operation = read_query(request.query_string());
    match operation.and_then(|mut operation| refuse_mutation(&mut operation).map(|()| operation)) {
        Ok(operation) => execute(&state, media, operation.data(actor)).await,
        Err(refusal) => refusal.into_response(media),
    }
}

/// `POST /graphql` with a JSON object. Answers every other method too, with what is allowed.
pub async fn post(
    request: HttpRequest,
    body: Result<web::Bytes, actix_web::Error>,
    state: web::Data<State>,
) -> HttpResponse {
    let (media, actor) = match begin(&request, &state).await {
        Ok(begun) => begun,
        Err(response) => return response,
    };
    let key = match (retry_key(&request), &body) {
        (Ok(Some(key)), Ok(body)) => Some(RetryKey { key, request_hash: hash(body) }),
        (Ok(_), _) => None,
        (Err(refusal), _) => return refusal.into_response(media),
    };
    let operation = match read_post(&request, body) {
        Ok(operation) => operation,
        Err(refusal) => return refusal.into_response(media),
    };
    // Without a token nothing can be written, so there is nothing to write once.
    match (key, actor.name.clone()) {
        (Some(key), Some(name)) => execute_once(&state, media, operation.data(actor), &name, key).await,
        _ => execute(&state, media, operation.data(actor)).await,
    }
}

/// Executes a request with a key, unless it has been answered before.
async fn execute_once(
    state: &State,
    media: &'static str,
    operation: Request,
    name: &str,
    key: RetryKey,
) -> HttpResponse {
    match retry::answer(&state.database, name, &key).await {
        Ok(Some(given)) => return answer(StatusCode::OK, media).body(given),
        Ok(None) => {}
        Err(error) => {
            let error = ServerError {
                source: Some(std::sync::Arc::new(error.clone())),
                ..ServerError::new(error.to_string(), None)
            };
            return respond(media, Response::from_errors(vec![error])).0;
        }
    }
    let (response, whole) = respond(media, run(state, operation.data(key.clone())).await);
    if let Some(body) = whole
        && let Err(error) = retry::keep_answer(&state.database, name, &key, &String::from_utf8_lossy(&body)).await
    {
        // The change stands, and a retry makes the answer again from what it came to.
        tracing::warn!(cause = ?error.cause(), "an answer could not be kept for retries");
    }
    response
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

/// The media type to answer in, and who asks. A wrong token comes before whatever else is wrong.
async fn begin(request: &HttpRequest, state: &State) -> Result<(&'static str, Actor), HttpResponse> {
    let media = accepted(request);
    let refuse = |refusal: Refusal| refusal.into_response(media.as_ref().copied().unwrap_or(JSON));
    let actor = actor(request, state).await.map_err(refuse)?;
    media.map(|media| (media, actor)).map_err(|refusal| refusal.into_response(JSON))
}

async fn execute(state: &State, media: &'static str, operation: Request) -> HttpResponse {
    respond(media, run(state, operation).await).0
}

async fn run(state: &State, mut operation: Request) -> Response {
    match check_request(&mut operation) {
        Ok(()) => state.schema.execute(operation.data(RequestReads::new(state.database.clone()))).await,
        Err(error) => Response::from_errors(vec![error]),
    }
}

/// The HTTP answer, and its body where nothing failed.
fn respond(media: &'static str, mut response: Response) -> (HttpResponse, Option<web::Bytes>) {
    finish(&mut response);
    let executed = executed(&response);
    let body = if executed {
        serde_json::to_vec(&response)
    } else {
        serde_json::to_vec(&serde_json::json!({ "errors": response.errors }))
    };
    let status = if forbidden(&response) {
        StatusCode::FORBIDDEN
    } else if executed || media == JSON {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    match body.map(web::Bytes::from) {
        Ok(body) => (answer(status, media).body(body.clone()), response.is_ok().then_some(body)),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            (HttpResponse::InternalServerError().finish(), None)
        }
    }
}

/// Whether execution began. An error of a field has a path; an error of the request has none.
fn executed(response: &Response) -> bool {
    response.data != async_graphql::Value::Null || response.errors.iter().any(|error| !error.path.is_empty())
}

/// Whether there is nothing but what whoever asks may not do.
fn forbidden(response: &Response) -> bool {
    let code = async_graphql::Value::from(FORBIDDEN);
    let forbidden = |error: &ServerError| error.extensions.as_ref().and_then(|given| given.get("code")) == Some(&code);
    response.data == async_graphql::Value::Null && response.is_err() && response.errors.iter().all(forbidden)
}

/// An answer without a body yet.
pub fn answer(status: StatusCode, media: &'static str) -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    let media = if media == GRAPHQL {
        HeaderValue::from_static("application/graphql-response+json; charset=utf-8")
    } else {
        HeaderValue::from_static("application/json; charset=utf-8")
    };
    response.insert_header((header::CONTENT_TYPE, media)).insert_header((header::VARY, "accept, authorization"));
    response
}

/// The media type to answer in: the first in the client's order that is one of the two.
fn accepted(request: &HttpRequest) -> Result<&'static str, Refusal> {
    if !request.headers().contains_key(header::ACCEPT) {
        return Ok(JSON);
    }
    let accept =
        Accept::parse(request).map_err(|_| Refusal::bad_request("The Accept header is not a list of media types."))?;
    let ranked = accept.iter().filter(|item| item.quality > header::Quality::ZERO).collect::<Vec<_>>();
    let offers = |essence: &str| match essence {
        "*/*" | "application/*" | JSON => Some(JSON),
        GRAPHQL => Some(GRAPHQL),
        _ => None,
    };
    let best = ranked.iter().filter_map(|item| Some((item.quality, offers(item.item.essence_str())?)));
    // Of equals the first that the client wrote.
    best.rev().max_by_key(|(quality, _)| *quality).map(|(_, media)| media).ok_or_else(|| {
        Refusal::new(
            StatusCode::NOT_ACCEPTABLE,
            "NOT_ACCEPTABLE",
            format!("Accept none of what this endpoint answers in: {GRAPHQL} or {JSON}."),
        )
    })
}

/// The parameters of a GraphQL request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters {
    query: Option<Json>,
    operation_name: Option<Json>,
    variables: Option<Json>,
    extensions: Option<Json>,
}

impl Parameters {
    fn into_request(self) -> Result<Request, Refusal> {
        let query = match self.query {
            Some(Json::String(query)) => query,
            None | Some(Json::Null) => {
                return Err(Refusal::bad_request("There is no `query`: the text of a GraphQL document."));
            }
            Some(_) => return Err(Refusal::bad_request("`query` is not a string.")),
        };
        check_text(&query).map_err(Refusal::bad_request)?;
        let mut request = Request::new(query);
        request.operation_name = match self.operation_name {
            Some(Json::String(name)) => Some(name),
            None | Some(Json::Null) => None,
            Some(_) => return Err(Refusal::bad_request("`operationName` is not a string.")),
        };
        request.variables = Variables::from_json(object("variables", self.variables)?.into());
        object("extensions", self.extensions)?;
        Ok(request)
    }
}

fn object(name: &str, value: Option<Json>) -> Result<Map<String, Json>, Refusal> {
    match value {
        Some(Json::Object(fields)) => Ok(fields),
        None | Some(Json::Null) => Ok(Map::new()),
        Some(_) => Err(Refusal::bad_request(format!("`{name}` is not a JSON object."))),
    }
}

fn read_query(query: &str) -> Result<Request, Refusal> {
    let mut parameters = Parameters { query: None, operation_name: None, variables: None, extensions: None };
    let json = |name: &str, text: &str| {
        serde_json::from_str(text).map_err(|error| Refusal::bad_request(format!("`{name}` is not JSON: {error}.")))
    };
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match name.as_ref() {
            "query" => parameters.query = Some(value.into()),
            "operationName" => parameters.operation_name = Some(value.into()),
            "variables" => parameters.variables = Some(json("variables", &value)?),
            "extensions" => parameters.extensions = Some(json("extensions", &value)?),
            _ => {}
        }
    }
    parameters.into_request()
}

fn read_post(request: &HttpRequest, body: Result<web::Bytes, actix_web::Error>) -> Result<Request, Refusal> {
    if request.method() != actix_web::http::Method::POST {
        return Err(Refusal::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "METHOD_NOT_ALLOWED",
            "Use GET for queries, or POST.".to_owned(),
        ));
    }
    if !is_json(request) {
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UNSUPPORTED_MEDIA_TYPE",
            "Send a JSON object with `Content-Type: application/json`, in UTF-8.".to_owned(),
        ));
    }
    let body = body.map_err(|error| {
        let status = error.as_response_error().status_code();
        if status == StatusCode::PAYLOAD_TOO_LARGE {
            let message = format!("The body is larger than {MAX_BODY} bytes.");
            return Refusal::new(status, "PAYLOAD_TOO_LARGE", message);
        }
        Refusal::bad_request("The body could not be read.")
    })?;
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        return Err(Refusal::bad_request("Send one request at a time: a JSON object, not a list."));
    }
    let parameters = serde_json::from_slice::<Parameters>(&body);
    parameters
        .map_err(|error| Refusal::bad_request(format!("The body cannot be read as a JSON object: {error}.")))?
        .into_request()
}

fn is_json(request: &HttpRequest) -> bool {
    let Some(media) = request.headers().get(header::CONTENT_TYPE) else {
        return false;
    };
    let media = media.to_str().ok().and_then(|media| media.parse::<mime::Mime>().ok());
    media.is_some_and(|media| {
        let utf8 = media.get_param(mime::CHARSET).is_none_or(|charset| charset == mime::UTF_8);
        media.essence_str() == JSON && utf8
    })
}

/// A mutation must not be one click on a link away.
fn refuse_mutation(operation: &mut Request) -> Result<(), Refusal> {
    let name = operation.operation_name.clone();
    // A document that does not parse is refused where all are.
    let Ok(document) = operation.parsed_query() else {
        return Ok(());
    };
    let mut operations = document
        .operations
        .iter()
        .filter(|(other, _)| name.is_none() || other.map(async_graphql::Name::as_str) == name.as_deref());
    if operations.all(|(_, operation)| operation.node.ty == OperationType::Query) {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "METHOD_NOT_ALLOWED",
        "GET executes queries only; send this with POST.".to_owned(),
    ))
}
