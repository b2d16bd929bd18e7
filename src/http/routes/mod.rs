//! Routes that are neither GraphQL nor pages: exports, the feed, assets, the playground and the schemas.

pub mod assets;
pub mod export;
pub mod feed;
pub mod playground_and_schema;
pub mod sitemap;
pub mod spool;

pub mod not_found;

use actix_web::{Route, guard, web};

/// Returns a route for GET and HEAD. The HTTP library sends responses to HEAD without their bodies.
pub fn get_or_head() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}
