//! What is not GraphQL: the playground and the schemas.

use std::sync::LazyLock;

use crate::{api::sdl, exchange::schema::documents};
use actix_web::{HttpResponse, http::header, web};

/// What the playground may load: its own files, and nothing from anywhere else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Adds the addresses; those of the playground and of the schema where they are wanted.
pub fn configure(with_playground: bool, with_schema: bool) -> impl Fn(&mut web::ServiceConfig) {
    let start = async || HttpResponse::SeeOther().insert_header((header::LOCATION, "/playground")).finish();
    move |config| {
        if with_playground {
            config
                .route("/", web::get().to(start))
                .route("/playground", web::get().to(playground))
                .route("/assets/playground.js", web::get().to(script))
                .route("/assets/playground.css", web::get().to(style));
        }
        if with_schema {
            config.route("/schema.graphql", web::get().to(schema));
        }
        config.route("/schema/document.json", web::get().to(document_schema)).default_service(web::to(nothing));
    }
}

async fn playground() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .content_type("text/html; charset=utf-8")
        .body(include_str!("../../web/dist/playground.html"))
}

async fn script() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/javascript; charset=utf-8")
        .body(web::Bytes::from_static(include_bytes!("../../web/dist/playground.js")))
}

async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .body(web::Bytes::from_static(include_bytes!("../../web/dist/playground.css")))
}

async fn schema() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(sdl())
}

async fn document_schema() -> HttpResponse {
    static SCHEMA: LazyLock<String> = LazyLock::new(|| format!("{:#}\n", documents()));
    HttpResponse::Ok().content_type("application/schema+json").body(SCHEMA.as_str())
}

async fn nothing() -> HttpResponse {
    let message = "There is nothing at this address. Try /graphql, /playground or /schema.graphql.";
    let error = serde_json::json!({ "message": message, "extensions": { "code": "NOT_FOUND" } });
    HttpResponse::NotFound().json(serde_json::json!({ "errors": [error] }))
}
