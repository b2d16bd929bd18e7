//! The HTTP server: routes, the GraphQL endpoint, pages, caches, limits, middleware and operations.

pub mod server;

pub mod graphql;
pub mod mcp;
pub mod pages;
pub mod routes;

pub mod cache;
pub mod compression;
pub mod limits;
pub mod middleware;
pub mod ops;

use actix_web::{guard, web};

use crate::http::graphql::handler;
use crate::http::graphql::websocket::upgrade;
use crate::http::ops::{health, metrics_endpoint};
use crate::http::routes::{assets, export, feed, get_or_head, not_found, playground_and_schema, sitemap};
use crate::http::server::options::Features;

/// Adds the routes. Those of the playground and the schema are optional.
pub fn routes(features: Features) -> impl Fn(&mut web::ServiceConfig) {
    move |config| {
        config
            .service(
                web::resource("/graphql")
                    .route(web::get().guard(guard::fn_guard(upgrade::is_upgrade)).to(upgrade::open))
                    .route(get_or_head().to(handler::get))
                    .default_service(web::to(handler::post)),
            )
            .configure(export::configure)
            .configure(feed::configure)
            .configure(sitemap::configure)
            .route("/healthz", get_or_head().to(health::live))
            .route("/readyz", get_or_head().to(health::ready))
            .route("/metrics", get_or_head().to(metrics_endpoint::metrics))
            .configure(mcp::configure)
            .configure(assets::configure)
            .configure(pages::configure)
            .configure(playground_and_schema::configure(features))
            .default_service(web::to(not_found::respond));
    }
}
