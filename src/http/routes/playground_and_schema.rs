//! The playground, the GraphQL schema and the JSON Schema of documents.

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
    web,
};

use crate::formats::json_schema::documents;
use crate::graphql::sdl;
use crate::http::compression::static_text::StaticText;
use crate::http::pages::response::POLICY;
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

async fn playground(request: HttpRequest) -> HttpResponse {
    static PAGE: LazyLock<StaticText> = LazyLock::new(|| {
        StaticText::new("text/html; charset=utf-8", include_str!("../../../web/dist/playground.html"))
    });
    let mut response = PAGE.respond(&request);
    // On 304 too: browsers apply its headers to the page in their cache.
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

async fn schema(request: HttpRequest) -> HttpResponse {
    static SCHEMA: LazyLock<StaticText> = LazyLock::new(|| StaticText::new("text/plain; charset=utf-8", sdl()));
    SCHEMA.respond(&request)
}

async fn document_schema(request: HttpRequest) -> HttpResponse {
    static SCHEMA: LazyLock<StaticText> =
        LazyLock::new(|| StaticText::new("application/schema+json", format!("{:#}\n", documents())));
    SCHEMA.respond(&request)
}
