//! The HTTP server: its routes, and by topic what requests pass through.

pub mod server;

pub mod graphql;
pub mod pages;
pub mod routes;

pub mod cache;
pub mod limits;
pub mod middleware;
pub mod ops;

use actix_web::{guard, web};

use crate::http::graphql::handler;
use crate::http::graphql::websocket::upgrade;
use crate::http::ops::{health, metrics_endpoint};
use crate::http::routes::{assets, export, feed, get_or_head, misc};
use crate::http::server::options::Features;

/// Adds the routes; those of the playground and of the schema where the server offers them.
pub fn routes(offers: Features) -> impl Fn(&mut web::ServiceConfig) {
    move |config| {
        config
            .service(
                web::resource("/graphql")
                    .route(web::get().guard(guard::fn_guard(upgrade::is_upgrade)).to(upgrade::open))
                    .route(web::get().to(handler::get))
                    .default_service(web::to(handler::post)),
            )
            .configure(export::configure)
            .configure(feed::configure)
            .route("/healthz", get_or_head().to(health::live))
            .route("/readyz", get_or_head().to(health::ready))
            .route("/metrics", get_or_head().to(metrics_endpoint::metrics))
            .configure(assets::configure)
            .configure(pages::configure)
            .configure(misc::configure(offers));
    }
}
