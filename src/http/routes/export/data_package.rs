//! `/datapackage.json`: the tables with their columns, as a Data Package of Frictionless Data.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use serde_json::{Map, Value as Json, json};
use url::Url;

use crate::formats::export::format::ExportFormat;
use crate::formats::export::tables::columns::{Column, ColumnKind};
use crate::formats::export::tables::columns_of;
use crate::formats::export::tables::table::Table;
use crate::formats::export::{Origin, csv};
use crate::http::cache::etag;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::middleware::authentication::authenticate_and_count;
use crate::http::middleware::error::HttpError;
use crate::http::routes::export::file::File;
use crate::http::routes::export::parameters::{Parameters, only_state};
use crate::http::routes::export::{ExportHeaders, read_only, version};
use crate::http::server::state::State;

const PATH: &str = "/datapackage.json";

/// Adds the route.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(read_only(PATH, |request: HttpRequest, state: web::Data<State>| async move {
        respond(&request, &state).await.unwrap_or_else(|error| error.into_response(ResponseFormat::Json))
    }));
}

async fn respond(request: &HttpRequest, state: &State) -> Result<HttpResponse, HttpError> {
    authenticate_and_count(request, state).await?;
    let parameters = Parameters { at: only_state(request.query_string())?, ..Parameters::default() };
    let version = version(state, parameters.at).await?;
    let origin = state.origin(request);
    let head = ExportHeaders::new(&origin, PATH, &parameters, version);
    if etag::matches(request, &head.tag) {
        return Ok(head.response(StatusCode::NOT_MODIFIED).finish());
    }
    let mut response = head.response(StatusCode::OK);
    response.insert_header((header::CONTENT_TYPE, "application/json; charset=utf-8"));
    Ok(response.body(format!("{:#}\n", package(&origin, version))))
}

/// Returns the description of the package at a version. Its files are those of the same revision.
fn package(origin: &Origin, (revision, time): etag::Version) -> Json {
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "open-llm-catalog",
        "title": "Open LLM Catalog",
        "description": "Open large language models: their sizes, checkpoints, licenses, makers and datasets, each fact with its evidence.",
        "homepage": origin.base.as_str(),
        "version": revision.to_string(),
        "created": time.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
        "resources": File::all().filter_map(|file| resource(origin, file, revision)).collect::<Vec<_>>(),
    });
    if let Some(license) = &origin.license {
        package["licenses"] = json!([described(license)]);
    }
    package
}

/// Returns the description of a file; none for a further format of the same rows.
fn resource(origin: &Origin, file: File, revision: i32) -> Option<Json> {
    let is_documents = file.table.is_none() && file.format == ExportFormat::Json && !file.has_filters();
    if file.format != ExportFormat::Csv && !is_documents {
        return None;
    }
    let base = origin.base.as_str().trim_end_matches('/');
    let media = file.format.media();
    let mut resource = json!({
        "name": file.name,
        "path": format!("{base}{}?revision={revision}", file.path()),
        "format": file.extension,
        "mediatype": media.split(';').next(),
        "encoding": "utf-8",
    });
    if is_documents {
        resource["description"] = "All documents, with their evidence, for import elsewhere.".into();
        resource["jsonSchema"] = format!("{base}/schema/document.json").into();
    } else {
        resource["type"] = "table".into();
        resource["dialect"] = json!({ "lineTerminator": "\r\n" });
        resource["schema"] = schema(file.table);
    }
    if let Some(license) = &origin.license {
        resource["licenses"] = json!([described(license)]);
    }
    Some(resource)
}

/// Returns the Table Schema of a table, or of that of models with a row for each size.
fn schema(table: Option<Table>) -> Json {
    let columns = table.map_or_else(csv::typed_columns, columns_of);
    let fields = columns.iter().map(|Column { name, kind, description, .. }| {
        let mut field = Map::from_iter([("name".to_owned(), json!(name))]);
        let (kind, format) = match kind {
            ColumnKind::Text | ColumnKind::List | ColumnKind::Modalities => ("string", None),
            ColumnKind::Url => ("string", Some("uri")),
            ColumnKind::Integer => ("integer", None),
            ColumnKind::Number => ("number", None),
            ColumnKind::Boolean => ("boolean", None),
            ColumnKind::Any => ("any", None),
        };
        field.insert("type".to_owned(), kind.into());
        field.extend(format.map(|format| ("format".to_owned(), format.into())));
        if !description.is_empty() {
            field.insert("description".to_owned(), json!(description));
        }
        Json::from(field)
    });
    let mut schema = json!({ "fields": fields.collect::<Vec<_>>(), "missingValues": [""] });
    match table {
        Some(Table::Subjects(_)) => schema["primaryKey"] = json!(["slug"]),
        Some(Table::Sizes) => schema["primaryKey"] = json!(["model", "size"]),
        Some(Table::Checkpoints | Table::Evidence) | None => {}
    }
    schema
}

/// Returns the description of a license. Packages name licenses by their identifiers where they are known.
fn described(license: &Url) -> Json {
    let is_known = license.as_str().trim_end_matches('/').ends_with("creativecommons.org/licenses/by/4.0");
    let name = is_known.then_some(("CC-BY-4.0", "Creative Commons Attribution 4.0 International"));
    match name {
        Some((name, title)) => json!({ "name": name, "path": license.as_str(), "title": title }),
        None => json!({ "path": license.as_str() }),
    }
}
