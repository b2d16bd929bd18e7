//! The playground, the GraphQL schema and the JSON Schema of documents.

use std::sync::LazyLock;

use actix_web::{HttpResponse, http::header, web};

use crate::formats::json_schema::documents;
use crate::graphql::sdl;
use crate::http::pages::POLICY;
use crate::http::routes::get_or_head;
use crate::http::server::options::Features;

/// Adds the routes. Those of the playground and the GraphQL schema are optional.
pub fn configure(features: Features) -> impl Fn(&mut web::ServiceConfig) {
    move |config| {
        if features.playground {
            config.route("/playground", get_or_head().to(playground));
        }
        if features.schema {
            config.route("/schema.graphql", get_or_head().to(schema));
        }
        config.route("/schema/document.json", get_or_head().to(document_schema));
    }
}

async fn playground() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .content_type("text/html; charset=utf-8")
        .body(include_str!("../../../web/dist/playground.html"))
}

async fn schema() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(sdl())
}

async fn document_schema() -> HttpResponse {
    static SCHEMA: LazyLock<String> = LazyLock::new(|| format!("{:#}\n", documents()));
    HttpResponse::Ok().content_type("application/schema+json").body(SCHEMA.as_str())
}
