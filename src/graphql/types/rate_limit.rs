//! The cost limit of the client.

use async_graphql::{Context, Object, SimpleObject};

use crate::graphql::scalars::DateTime;

/// The limit on the cost of requests per minute, for each token, or for each IP address without a token.
#[derive(Clone, SimpleObject)]
pub struct RateLimit {
    /// The total cost that requests may have per minute.
    pub limit: i32,
    /// The cost of this request: the largest possible number of objects in its response, and more for expensive fields such as
    /// searches.
    pub cost: i32,
    /// The cost that remains after this request. It increases continuously up to `limit`.
    pub remaining: i32,
    /// The time at which `remaining` reaches `limit` if there are no further requests.
    pub reset_at: DateTime,
}

/// The query of the rate limit.
#[derive(Default)]
pub struct RateQuery;

#[Object]
impl RateQuery {
    /// The cost limit of the client. Null if the server does not limit the cost.
    async fn rate_limit(&self, ctx: &Context<'_>) -> Option<RateLimit> {
        ctx.data_opt::<RateLimit>().cloned()
    }
}
