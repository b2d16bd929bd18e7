//! Suggestions for misspelled searches.

use std::sync::Arc;

use crate::http::server::state::State;
use crate::query::as_of::ReadView;
use crate::query::search::nearest;

/// The cost that a suggestion has for the share of the connections.
const SUGGESTION_COST: u32 = 1000;

/// Returns a query with results that is spelled like one without; none also if the database fails, because the page is complete
/// without it.
pub async fn suggestion(state: &State, query: &str) -> Option<String> {
    let view = ReadView::now(state.database.clone(), Arc::new(state.database.connection_share(SUGGESTION_COST)));
    let nearest = state.with_deadline(nearest(&view, query)).await.flatten();
    nearest.inspect_err(|error| tracing::debug!(code = error.code(), "no suggestion")).ok().flatten()
}
