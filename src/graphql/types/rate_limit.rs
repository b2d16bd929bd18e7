//! What whoever asks may still ask for.

use async_graphql::{Context, Object, SimpleObject};

use crate::graphql::scalars::DateTime;

/// What whoever asks may spend in a minute: a token's holder by the token, others by their address.
#[derive(Clone, SimpleObject)]
pub struct RateLimit {
    /// What requests may cost in a minute.
    pub limit: i32,
    /// What this request costs: how many objects its answer could hold, and what finding them takes.
    pub cost: i32,
    /// What is left after it. It grows back evenly.
    pub remaining: i32,
    /// When all of it will be there again if nothing more is spent.
    pub reset_at: DateTime,
}

/// The query for it.
#[derive(Default)]
pub struct RateQuery;

#[Object]
impl RateQuery {
    /// What you may still ask for. Null where the server has no limit.
    async fn rate_limit(&self, ctx: &Context<'_>) -> Option<RateLimit> {
        ctx.data_opt::<RateLimit>().cloned()
    }
}
