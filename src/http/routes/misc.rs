//! What is not GraphQL: the playground and the schemas.

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method,
        header::{self, Accept, Header},
    },
    web,
};

use crate::formats::json_schema::documents;
use crate::graphql::sdl;
use crate::http::pages;
use crate::http::pages::POLICY;
use crate::http::routes::get_or_head;
use crate::http::server::options::Features;
use crate::http::server::state::State;

/// Adds the addresses; those of the playground and of the schema where they are wanted.
pub fn configure(offers: Features) -> impl Fn(&mut web::ServiceConfig) {
    move |config| {
        if offers.playground {
            config.route("/playground", get_or_head().to(playground));
        }
        if offers.schema {
            config.route("/schema.graphql", get_or_head().to(schema));
        }
        config.route("/schema/document.json", get_or_head().to(document_schema)).default_service(web::to(not_found));
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

/// What is at no address: a page for who looks with a browser, an error for programs.
async fn not_found(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let accepted = Accept::parse(&request).map(|accepted| accepted.ranked()).unwrap_or_default();
    if request.method() == Method::GET && accepted.first().is_some_and(|first| *first == mime::TEXT_HTML) {
        return pages::not_found_page(&request, &state);
    }
    let others = [(state.features.playground, "/playground"), (state.features.schema, "/schema.graphql")];
    let others = others.into_iter().filter(|(offered, _)| *offered).map(|(_, address)| format!(", {address}"));
    let message = format!("There is not_found at this address. Try /, /graphql{}.", others.collect::<String>());
    let error = serde_json::json!({ "message": message, "extensions": { "code": "NOT_FOUND" } });
    HttpResponse::NotFound().json(serde_json::json!({ "errors": [error] }))
}
