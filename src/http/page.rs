//! What is not GraphQL: the playground and the schemas.

use std::sync::LazyLock;

use actix_web::{HttpResponse, http::header, web};

use super::{look, pages::POLICY};
use crate::{api::sdl, exchange::schema::documents};

/// Adds the addresses; those of the playground and of the schema where they are wanted.
pub fn configure(with_playground: bool, with_schema: bool) -> impl Fn(&mut web::ServiceConfig) {
    move |config| {
        if with_playground {
            config.route("/playground", look().to(playground));
        }
        if with_schema {
            config.route("/schema.graphql", look().to(schema));
        }
        config.route("/schema/document.json", look().to(document_schema)).default_service(web::to(nothing));
    }
}

async fn playground() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .content_type("text/html; charset=utf-8")
        .body(include_str!("../../web/dist/playground.html"))
}

async fn schema() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(sdl())
}

async fn document_schema() -> HttpResponse {
    static SCHEMA: LazyLock<String> = LazyLock::new(|| format!("{:#}\n", documents()));
    HttpResponse::Ok().content_type("application/schema+json").body(SCHEMA.as_str())
}

async fn nothing() -> HttpResponse {
    let message = "There is nothing at this address. Try /, /graphql, /playground or /schema.graphql.";
    let error = serde_json::json!({ "message": message, "extensions": { "code": "NOT_FOUND" } });
    HttpResponse::NotFound().json(serde_json::json!({ "errors": [error] }))
}
