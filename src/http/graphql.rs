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
use async_graphql::{Request, Response, Variables, parser::types::OperationType};
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::{MAX_BODY, State};
use crate::{
    api::{
        bounds::{check_required, check_text},
        error::finish,
    },
    catalog::read::batches,
};

/// The media type of GraphQL's own: its status says whether the request could be executed.
const GRAPHQL: &str = "application/graphql-response+json";
/// The media type from before that: its status says whether the server understood the HTTP request.
const JSON: &str = "application/json";

/// A request that is refused before there is a GraphQL document to execute.
struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Refusal {
    fn bad_request(message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code: "BAD_REQUEST", message: message.into() }
    }
}

/// `GET /graphql?query=…&variables=…&operationName=…&extensions=…`: queries only.
pub async fn get(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let media = match accepted(&request) {
        Ok(media) => media,
        Err(refusal) => return refuse(JSON, &refusal),
    };
    let operation = read_query(request.query_string());
    match operation.and_then(|mut operation| refuse_mutation(&mut operation).map(|()| operation)) {
        Ok(operation) => execute(&state, media, operation).await,
        Err(refusal) => refuse(media, &refusal),
    }
}

/// `POST /graphql` with a JSON object. Answers every other method too, with what is allowed.
pub async fn post(
    request: HttpRequest,
    body: Result<web::Bytes, actix_web::Error>,
    state: web::Data<State>,
) -> HttpResponse {
    let media = match accepted(&request) {
        Ok(media) => media,
        Err(refusal) => return refuse(JSON, &refusal),
    };
    match read_post(&request, body) {
        Ok(operation) => execute(&state, media, operation).await,
        Err(refusal) => refuse(media, &refusal),
    }
}

async fn execute(state: &State, media: &'static str, mut operation: Request) -> HttpResponse {
    let mut response = match check_required(&mut operation) {
        Ok(()) => {
            let operation = operation.data(batches(state.database.clone()));
            state.schema.execute(operation).await
        }
        Err(error) => Response::from_errors(vec![error]),
    };
    finish(&mut response);
    let executed = executed(&response);
    let body = if executed {
        serde_json::to_vec(&response)
    } else {
        serde_json::to_vec(&serde_json::json!({ "errors": response.errors }))
    };
    let status = if executed || media == JSON { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    match body {
        Ok(body) => answer(status, media).body(body),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// Whether execution began. An error of a field has a path; an error of the request has none.
fn executed(response: &Response) -> bool {
    response.data != async_graphql::Value::Null || response.errors.iter().any(|error| !error.path.is_empty())
}

fn answer(status: StatusCode, media: &'static str) -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    let media = if media == GRAPHQL {
        HeaderValue::from_static("application/graphql-response+json; charset=utf-8")
    } else {
        HeaderValue::from_static("application/json; charset=utf-8")
    };
    response.insert_header((header::CONTENT_TYPE, media)).insert_header((header::VARY, "accept"));
    response
}

fn refuse(media: &'static str, refusal: &Refusal) -> HttpResponse {
    let mut response = answer(refusal.status, media);
    if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
        response.insert_header((header::ALLOW, "GET, POST"));
    }
    let error = serde_json::json!({ "message": refusal.message, "extensions": { "code": refusal.code } });
    response.json(serde_json::json!({ "errors": [error] }))
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
    best.rev().max_by_key(|(quality, _)| *quality).map(|(_, media)| media).ok_or_else(|| Refusal {
        status: StatusCode::NOT_ACCEPTABLE,
        code: "NOT_ACCEPTABLE",
        message: format!("Accept none of what this endpoint answers in: {GRAPHQL} or {JSON}."),
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
        return Err(Refusal {
            status: StatusCode::METHOD_NOT_ALLOWED,
            code: "METHOD_NOT_ALLOWED",
            message: "Use GET for queries, or POST.".to_owned(),
        });
    }
    if !is_json(request) {
        return Err(Refusal {
            status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
            code: "UNSUPPORTED_MEDIA_TYPE",
            message: "Send a JSON object with `Content-Type: application/json`, in UTF-8.".to_owned(),
        });
    }
    let body = body.map_err(|error| {
        let status = error.as_response_error().status_code();
        if status == StatusCode::PAYLOAD_TOO_LARGE {
            let message = format!("The body is larger than {MAX_BODY} bytes.");
            return Refusal { status, code: "PAYLOAD_TOO_LARGE", message };
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
    Err(Refusal {
        status: StatusCode::METHOD_NOT_ALLOWED,
        code: "METHOD_NOT_ALLOWED",
        message: "GET executes queries only; send this with POST.".to_owned(),
    })
}
