//! Parsing GraphQL requests from GET and POST.

use actix_web::{
    HttpRequest,
    http::{
        Method, StatusCode,
        header::{self, Accept, Header},
    },
    web,
};
use async_graphql::{Request, Value, Variables};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value as Json};

use crate::http::graphql::content_type::ResponseFormat;
use crate::http::graphql::persisted_documents::PersistedDocuments;
use crate::http::middleware::error::HttpError;

/// The largest number of JSON values in a body: more than the variables of a mutation may have.
const MAX_BODY_VALUES: usize = 210_000;

/// The parameters of a GraphQL request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GraphqlParams {
    query: Option<Json>,
    document_id: Option<Json>,
    operation_name: Option<Json>,
    variables: Option<Value>,
    extensions: Option<Json>,
}

impl GraphqlParams {
    /// Returns the request with these parameters.
    ///
    /// # Errors
    /// `BAD_REQUEST` if `query` is missing or a parameter has a wrong type, and the errors of
    /// `PersistedDocuments::document`.
    pub fn into_request(self, persisted_documents: &PersistedDocuments) -> Result<Request, HttpError> {
        let query = match self.query {
            Some(Json::String(query)) => Some(query),
            None | Some(Json::Null) => None,
            Some(_) => return Err(HttpError::bad_request("`query` is not a string.")),
        };
        let extensions = object("extensions", self.extensions)?;
        let document_id = match self.document_id {
            Some(Json::String(id)) => Some(id),
            None | Some(Json::Null) => None,
            Some(_) => return Err(HttpError::bad_request("`documentId` is not a string.")),
        };
        let Some(query) = persisted_documents.document(query, document_id, &extensions)? else {
            return Err(HttpError::bad_request("The parameter `query`, the text of a GraphQL document, is missing."));
        };
        let mut request = Request::new(&*query);
        request.operation_name = match self.operation_name {
            Some(Json::String(name)) => Some(name).filter(|name| !name.is_empty()),
            None | Some(Json::Null) => None,
            Some(_) => return Err(HttpError::bad_request("`operationName` is not a string.")),
        };
        request.variables = match self.variables {
            Some(variables @ Value::Object(_)) => Variables::from_value(variables),
            None | Some(Value::Null) => Variables::default(),
            Some(_) => return Err(not_an_object("variables")),
        };
        Ok(request)
    }
}

fn object(name: &str, value: Option<Json>) -> Result<Map<String, Json>, HttpError> {
    match value {
        Some(Json::Object(fields)) => Ok(fields),
        None | Some(Json::Null) => Ok(Map::new()),
        Some(_) => Err(not_an_object(name)),
    }
}

fn not_an_object(name: &str) -> HttpError {
    HttpError::bad_request(format!("`{name}` is not a JSON object."))
}

/// Checks the number of JSON values in a body, before they take many times its bytes in memory.
///
/// # Errors
/// `PAYLOAD_TOO_LARGE`.
fn check_value_count(body: &[u8]) -> Result<(), HttpError> {
    let (mut values, mut in_string, mut escaped) = (0, false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b',' | b'[' | b'{' if !in_string => values += 1,
            _ => {}
        }
    }
    if values <= MAX_BODY_VALUES {
        return Ok(());
    }
    let message = format!("The body has about {values} JSON values; at most {MAX_BODY_VALUES} are allowed.");
    Err(HttpError::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", message))
}

/// Returns the memory that the text and the variables of a request take, in bytes.
pub fn memory_bytes(request: &Request) -> usize {
    fn value_bytes(value: &Value) -> usize {
        let content = match value {
            Value::String(text) => text.len(),
            Value::List(items) => items.iter().map(value_bytes).sum(),
            Value::Object(fields) => fields.iter().map(|(name, value)| name.len() + value_bytes(value)).sum(),
            _ => 0,
        };
        size_of::<Value>() + content
    }
    request.query.len() + request.variables.values().map(value_bytes).sum::<usize>()
}

/// Parses a request from the query string of a GET. An empty parameter is absent.
///
/// # Errors
/// `BAD_REQUEST` if a parameter is not JSON, and the errors of `GraphqlParams::into_request`.
pub fn parse_get(query: &str, persisted_documents: &PersistedDocuments) -> Result<Request, HttpError> {
    let mut params =
        GraphqlParams { query: None, document_id: None, operation_name: None, variables: None, extensions: None };
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match name.as_ref() {
            _ if value.is_empty() => {}
            "query" => params.query = Some(value.into()),
            "documentId" => params.document_id = Some(value.into()),
            "operationName" => params.operation_name = Some(value.into()),
            "variables" => params.variables = Some(json("variables", &value)?),
            "extensions" => params.extensions = Some(json("extensions", &value)?),
            _ => {}
        }
    }
    params.into_request(persisted_documents)
}

fn json<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, HttpError> {
    serde_json::from_str(text).map_err(|error| HttpError::bad_request(format!("`{name}` is not JSON: {error}.")))
}

/// Parses a request from the body of a POST. `body` is `None` if the `Content-Type` is not JSON.
///
/// # Errors
/// `METHOD_NOT_ALLOWED` for another method, `UNSUPPORTED_MEDIA_TYPE` without a JSON body, `BAD_REQUEST` if the body is
/// not one JSON object, the error of the body, and the errors of `GraphqlParams::into_request`.
pub fn parse_post(
    request: &HttpRequest,
    body: Option<Result<web::Bytes, HttpError>>,
    persisted_documents: &PersistedDocuments,
) -> Result<Request, HttpError> {
    if request.method() != Method::POST {
        return Err(HttpError::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "METHOD_NOT_ALLOWED",
            "Use GET or HEAD for queries, or POST.".to_owned(),
        ));
    }
    let unsupported = || {
        let message = "Send a JSON object with `Content-Type: application/json`, in UTF-8.";
        HttpError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", message)
    };
    let body = body.ok_or_else(unsupported)??;
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&body);
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        return Err(HttpError::bad_request("Send one request at a time: a JSON object, not a list."));
    }
    check_value_count(body)?;
    let params = serde_json::from_slice::<GraphqlParams>(body);
    params
        .map_err(|error| HttpError::bad_request(format!("The body is not a valid JSON object: {error}.")))?
        .into_request(persisted_documents)
}

/// Returns whether the `Content-Type` of a request is JSON in UTF-8.
pub fn is_json(request: &HttpRequest) -> bool {
    let Some(content_type) = request.headers().get(header::CONTENT_TYPE) else {
        return false;
    };
    let media_type = content_type.to_str().ok().and_then(|content_type| content_type.parse::<mime::Mime>().ok());
    media_type.is_some_and(|media_type| {
        let utf8 = media_type.get_param(mime::CHARSET).is_none_or(|charset| charset == mime::UTF_8);
        media_type.essence_str() == "application/json" && utf8
    })
}

/// Negotiates the response format: the supported media type that the `Accept` header prefers; JSON without the header.
///
/// # Errors
/// `NOT_ACCEPTABLE` if the header accepts no supported media type, `BAD_REQUEST` if it is malformed.
pub fn response_format(request: &HttpRequest) -> Result<ResponseFormat, HttpError> {
    let mut headers = request.headers().get_all(header::ACCEPT);
    let Some(first) = headers.next() else { return Ok(ResponseFormat::Json) };
    // Most clients send a single media range, which needs no parser.
    if headers.next().is_none()
        && let Some(format) = first.to_str().ok().and_then(ResponseFormat::from_media_range)
    {
        return Ok(format);
    }
    let accept = Accept::parse(request)
        .map_err(|_| HttpError::bad_request("The Accept header is not a list of media types."))?;
    let accepted = accept.iter().filter(|item| item.quality > header::Quality::ZERO).collect::<Vec<_>>();
    let formats = accepted.iter().filter_map(|item| Some((item.quality, ResponseFormat::from_mime(&item.item)?)));
    // The first of equal quality: `max_by_key` returns the last, so the order is reversed.
    formats.rev().max_by_key(|(quality, _)| *quality).map(|(_, format)| format).ok_or_else(|| {
        let message = "The Accept header has none of the media types of this endpoint: \
            application/graphql-response+json, application/json, text/event-stream, \
            multipart/mixed;subscriptionSpec=1.0.";
        HttpError::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message)
    })
}
