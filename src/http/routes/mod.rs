//! Routes that are neither GraphQL nor pages: exports, the feed, assets, the playground and the schema.

pub mod assets;
pub mod export;
pub mod feed;
pub mod misc;

use actix_web::{Route, guard, web};

/// A route for those who only look: GET, and HEAD, whose answers the HTTP library sends without their bodies.
pub fn get_or_head() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}
