//! Execution of operations that passed the query limits.

use std::{net::IpAddr, sync::Arc};

use actix_web::http::header::HeaderMap;
use async_graphql::{Request, Response, parser::types::OperationType};
use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream::BoxStream};

use crate::db::database::Database;
use crate::domain::facts::response_budget::ResponseBudget;
use crate::error::Error;
use crate::graphql::context::RequestLoaders;
use crate::graphql::error::finalize_errors;
use crate::graphql::limits::Analyzed;
use crate::http::graphql::request::memory_bytes;
use crate::http::graphql::response::error_response;
use crate::http::limits::address_limit::AddressPermit;
use crate::http::limits::rate_limit::RateLimitState;
use crate::http::middleware::error::HttpError;
use crate::http::middleware::request_log::{RequestLog, ResponseOutcome, SubscriptionLog};
use crate::http::server::state::State;
use crate::query::dependencies::{Dependencies, ReadSet};

/// Executes an operation and adds its cost to the extensions of the response.
pub async fn run(state: &State, operation: Request, checked: &Analyzed) -> Response {
    let response = execute(state, operation, checked, Arc::default()).await;
    finalize(&state.database, response).extension("cost", checked.cost.into())
}

/// As [`run`]; also returns what the response was read from.
pub async fn run_recorded(state: &State, operation: Request, checked: &Analyzed) -> (Response, Dependencies) {
    let reads = Arc::new(ReadSet::recording());
    let response = execute(state, operation, checked, Arc::clone(&reads)).await;
    (finalize(&state.database, response).extension("cost", checked.cost.into()), reads.take())
}

/// Executes in a boxed future, which keeps the stack frames of the callers small: nested selections need the stack.
fn execute<'a>(
    state: &'a State,
    operation: Request,
    checked: &'a Analyzed,
    reads: Arc<ReadSet>,
) -> BoxFuture<'a, Response> {
    let (operation, budget) = with_request_data(state, operation, checked.cost, reads);
    let response = state.schema.execute(operation);
    let executed = checked.kinds.contains(&OperationType::Mutation);
    async move { bounded(response.await, &budget, executed) }.boxed()
}

/// Adds the data that resolvers use: the loaders, which add what they read to `reads`, and the budget of the response.
fn with_request_data(
    state: &State,
    operation: Request,
    cost: u32,
    reads: Arc<ReadSet>,
) -> (Request, Arc<ResponseBudget>) {
    let budget = Arc::new(ResponseBudget::new(state.limits.response_bytes as usize));
    let loaders = RequestLoaders::new(state.database.clone(), state.entity_cache.clone(), cost, reads);
    (operation.data(loaders).data(Arc::clone(&budget)), budget)
}

/// Replaces a response that exceeded its budget by one error, and begins the budget of the next response. `executed`: whether
/// a mutation was executed.
fn bounded(response: Response, budget: &ResponseBudget, executed: bool) -> Response {
    if budget.take_exceeded() {
        error_response(Error::ResponseTooLarge { limit: budget.limit(), executed })
    } else {
        response
    }
}

/// Sets the error codes of a response, and reports database errors to the health state of the database.
fn finalize(database: &Database, mut response: Response) -> Response {
    for error in response.errors.iter().filter_map(|error| error.source::<Error>()) {
        database.record_error(error);
    }
    finalize_errors(&mut response);
    response
}

/// Counts a subscription, and the bytes of its document and variables, against the limits of an address until it is dropped.
pub struct SubscriptionPermit {
    _count: AddressPermit,
    _bytes: AddressPermit,
}

/// The bytes of the document and the variables of a subscription that are not counted.
const UNCOUNTED_BYTES: usize = 1024;

/// Counts an operation if it is a subscription.
///
/// # Errors
/// The address has too many subscriptions, or too large ones.
pub fn count_subscription(
    state: &State,
    address: IpAddr,
    kinds: &[OperationType],
    operation: &Request,
) -> Result<Option<SubscriptionPermit>, HttpError> {
    if !kinds.contains(&OperationType::Subscription) {
        return Ok(None);
    }
    let bytes = memory_bytes(operation).saturating_sub(UNCOUNTED_BYTES);
    let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
    let count = state.subscription_limit.acquire(address, 1)?;
    let bytes = state.subscription_bytes_limit.acquire(address, bytes)?;
    Ok(Some(SubscriptionPermit { _count: count, _bytes: bytes }))
}

/// Executes an operation and returns its responses as they are produced. Each event of a subscription spends its cost
/// from the rate limit, and waits while too little is left. `headers` are those of the HTTP request, for the request
/// log.
pub fn stream(
    state: &State,
    mut operation: Request,
    checked: &Analyzed,
    headers: &HeaderMap,
    rate_limit: &RateLimitState,
) -> BoxStream<'static, Response> {
    let log = RequestLog::begin(headers, &mut operation, checked);
    if checked.kinds.contains(&OperationType::Subscription) {
        let mut log = SubscriptionLog::begin(log, &state.metrics);
        let (operation, budget) = with_request_data(state, operation, checked.cost, Arc::default());
        let responses = state.schema.execute_stream(operation.data(state.revision_pages.clone()));
        // Clones of what is needed only: there may be many subscriptions, and the state is large.
        let (database, rate_limit, cost) = (state.database.clone(), rate_limit.clone(), checked.cost);
        // The responses have no cost in their extensions: it would suggest that each event costs that again.
        return state
            .with_statement_deadline(responses)
            .map(move |response| {
                let response = response.map(|response| bounded(response, &budget, false));
                let response = response.map_or_else(error_response, |response| finalize(&database, response));
                log.record(&response);
                response
            })
            .then(move |response| {
                let mut rate_limit = rate_limit.clone();
                async move {
                    rate_limit.spend_when_available(cost).await;
                    response
                }
            })
            .boxed();
    }
    let (state, checked) = (state.clone(), checked.clone());
    futures_util::stream::once(async move {
        let work = async {
            match state.cost_semaphore.acquire(checked.cost, memory_bytes(&operation)).await {
                Ok(_permit) => run(&state, operation, &checked).await,
                Err(error) => error_response(error),
            }
        };
        let work = log.scope(state.with_deadline(work));
        let response = work.await.unwrap_or_else(error_response);
        log.finish(&state.metrics, "none", &ResponseOutcome::of(&response), None);
        response
    })
    .boxed()
}
