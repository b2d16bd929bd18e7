//! A GraphQL request, as HTTP carries it.

use actix_web::{
    HttpRequest,
    http::{
        Method, StatusCode,
        header::{self, Accept, Header},
    },
    web,
};
use async_graphql::{Request, Variables};
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use crate::http::graphql::content_type::ResponseFormat;
use crate::http::graphql::persisted_queries::PersistedQueries;
use crate::http::middleware::error::HttpError;

/// The parameters of a GraphQL request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GraphqlParams {
    query: Option<Json>,
    operation_name: Option<Json>,
    variables: Option<Json>,
    extensions: Option<Json>,
}

impl GraphqlParams {
    /// The request that they make.
    ///
    /// # Errors
    /// One is missing, or not of its type.
    pub fn into_request(self, persisted: &PersistedQueries) -> Result<Request, HttpError> {
        let query = match self.query {
            Some(Json::String(query)) => Some(query),
            None | Some(Json::Null) => None,
            Some(_) => return Err(HttpError::bad_request("`query` is not a string.")),
        };
        let extensions = object("extensions", self.extensions)?;
        let Some(query) = persisted.document(query, &extensions)? else {
            return Err(HttpError::bad_request("There is no `query`: the text of a GraphQL document."));
        };
        let mut request = Request::new(&*query);
        request.operation_name = match self.operation_name {
            Some(Json::String(name)) => Some(name),
            None | Some(Json::Null) => None,
            Some(_) => return Err(HttpError::bad_request("`operationName` is not a string.")),
        };
        request.variables = Variables::from_json(object("variables", self.variables)?.into());
        Ok(request)
    }
}

fn object(name: &str, value: Option<Json>) -> Result<Map<String, Json>, HttpError> {
    match value {
        Some(Json::Object(fields)) => Ok(fields),
        None | Some(Json::Null) => Ok(Map::new()),
        Some(_) => Err(HttpError::bad_request(format!("`{name}` is not a JSON object."))),
    }
}

/// Reads a request from the query of an address.
///
/// # Errors
/// It is none.
pub fn read_query(query: &str, persisted: &PersistedQueries) -> Result<Request, HttpError> {
    let mut parameters = GraphqlParams { query: None, operation_name: None, variables: None, extensions: None };
    let json = |name: &str, text: &str| {
        serde_json::from_str(text).map_err(|error| HttpError::bad_request(format!("`{name}` is not JSON: {error}.")))
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
    parameters.into_request(persisted)
}

/// Reads a request from a body; there is none where the request does not say that it is JSON.
///
/// # Errors
/// It is none.
pub fn read_post(
    request: &HttpRequest,
    body: Option<Result<web::Bytes, HttpError>>,
    persisted: &PersistedQueries,
) -> Result<Request, HttpError> {
    if request.method() != Method::POST {
        return Err(HttpError::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "METHOD_NOT_ALLOWED",
            "Use GET for queries, or POST.".to_owned(),
        ));
    }
    let other = || {
        let message = "Send a JSON object with `Content-Type: application/json`, in UTF-8.";
        HttpError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", message)
    };
    let body = body.ok_or_else(other)??;
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        return Err(HttpError::bad_request("Send one request at a time: a JSON object, not a list."));
    }
    let parameters = serde_json::from_slice::<GraphqlParams>(&body);
    parameters
        .map_err(|error| HttpError::bad_request(format!("The body cannot be read as a JSON object: {error}.")))?
        .into_request(persisted)
}

/// Whether a request says that its body is JSON.
pub fn is_json(request: &HttpRequest) -> bool {
    let Some(media) = request.headers().get(header::CONTENT_TYPE) else {
        return false;
    };
    let media = media.to_str().ok().and_then(|media| media.parse::<mime::Mime>().ok());
    media.is_some_and(|media| {
        let utf8 = media.get_param(mime::CHARSET).is_none_or(|charset| charset == mime::UTF_8);
        media.essence_str() == "application/json" && utf8
    })
}

/// The media type to answer in: the first in the client's order that is one of these.
///
/// # Errors
/// The client takes none of them.
pub fn response_format(request: &HttpRequest) -> Result<ResponseFormat, HttpError> {
    let mut given = request.headers().get_all(header::ACCEPT);
    let Some(first) = given.next() else { return Ok(ResponseFormat::Json) };
    // Most clients name one, or any, and that wants no parser.
    if given.next().is_none()
        && let Some(only) = first.to_str().ok().and_then(ResponseFormat::named)
    {
        return Ok(only);
    }
    let accept = Accept::parse(request)
        .map_err(|_| HttpError::bad_request("The Accept header is not a list of media types."))?;
    let ranked = accept.iter().filter(|item| item.quality > header::Quality::ZERO).collect::<Vec<_>>();
    let best = ranked.iter().filter_map(|item| Some((item.quality, ResponseFormat::named(item.item.essence_str())?)));
    // Of equals the first that the client wrote.
    best.rev().max_by_key(|(quality, _)| *quality).map(|(_, media)| media).ok_or_else(|| {
        let message = "Accept none of what this endpoint answers in: application/graphql-response+json, \
            application/json, or text/event-stream.";
        HttpError::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message)
    })
}
