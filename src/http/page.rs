//! What is not GraphQL: the playground, the schema, and whether the server is well.

use std::sync::LazyLock;

use actix_web::{HttpResponse, http::header, web};
use sea_orm::ConnectionTrait;

use super::{State, pages::POLICY};
use crate::{api::sdl, exchange::schema::documents};

/// Adds the addresses; those of the playground and of the schema where they are wanted.
pub fn configure(with_playground: bool, with_schema: bool) -> impl Fn(&mut web::ServiceConfig) {
    move |config| {
        if with_playground {
            config.route("/playground", web::get().to(playground));
        }
        if with_schema {
            config.route("/schema.graphql", web::get().to(schema));
        }
        config
            .route("/schema/document.json", web::get().to(document_schema))
            .route("/healthz", web::get().to(health))
            .default_service(web::to(nothing));
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

async fn health(state: web::Data<State>) -> HttpResponse {
    match state.database.read().execute_unprepared("SELECT 1").await {
        Ok(_) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            HttpResponse::ServiceUnavailable()
                .content_type("text/plain; charset=utf-8")
                .body("the database does not answer\n")
        }
    }
}

async fn nothing() -> HttpResponse {
    let message = "There is nothing at this address. Try /, /graphql, /playground or /schema.graphql.";
    let error = serde_json::json!({ "message": message, "extensions": { "code": "NOT_FOUND" } });
    HttpResponse::NotFound().json(serde_json::json!({ "errors": [error] }))
}
