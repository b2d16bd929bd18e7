//! Executing what the guard has checked.

use actix_web::http::header::HeaderMap;
use async_graphql::{Request, Response, parser::types::OperationType};
use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream::BoxStream};

use crate::error::Error;
use crate::graphql::context::RequestLoaders;
use crate::graphql::error::finalize_errors;
use crate::graphql::limits::Analyzed;
use crate::http::graphql::response::error_response;
use crate::http::limits::rate_limit::RateLimitState;
use crate::http::middleware::request_log::{RequestLog, ResponseOutcome, SubscriptionLog};
use crate::http::server::state::State;

/// Executes what the guard has checked.
pub async fn run(state: &State, operation: Request, checked: &Analyzed) -> Response {
    finalize(state, execute(state, operation).await).extension("cost", checked.cost.into())
}

/// Executes on the heap, and so in no frame of those who wait for it: a request may nest as deep as the stack allows.
fn execute<'a>(state: &'a State, operation: Request) -> BoxFuture<'a, Response> {
    state
        .schema
        .execute(operation.data(RequestLoaders::new(state.database.clone(), state.entity_cache.clone())))
        .boxed()
}

/// Gives an answer its codes, and notes what they tell of the database.
fn finalize(state: &State, mut response: Response) -> Response {
    for error in response.errors.iter().filter_map(|error| error.source::<Error>()) {
        state.database.record_error(error);
    }
    finalize_errors(&mut response);
    response
}

/// The answers to a request that the guard has checked and that came with these headers as they come, each with its codes.
/// Each event of a subscription is spent from the account, and waits where too little is left.
pub fn stream(
    state: &State,
    mut operation: Request,
    checked: &Analyzed,
    headers: &HeaderMap,
    account: &RateLimitState,
) -> BoxStream<'static, Response> {
    let record = RequestLog::begin(headers, &mut operation, checked);
    let (state, checked) = (state.clone(), checked.clone());
    if checked.kinds.contains(&OperationType::Subscription) {
        // That every event told of its cost would say what is spent once.
        let mut following = SubscriptionLog::begin(record, &state.metrics);
        let responses = state
            .schema
            .execute_stream(operation.data(RequestLoaders::new(state.database.clone(), state.entity_cache.clone())));
        let account = account.clone();
        return state
            .with_statement_deadline(responses)
            .map(move |response| {
                let response = response.map_or_else(error_response, |response| finalize(&state, response));
                following.record(&response);
                response
            })
            .then(move |response| {
                let mut account = account.clone();
                async move {
                    account.spend_when_available(checked.cost).await;
                    response
                }
            })
            .boxed();
    }
    futures_util::stream::once(async move {
        let work = async {
            let _room = state.cost_semaphore.acquire(checked.cost).await;
            run(&state, operation, &checked).await
        };
        let work = record.scope(state.with_deadline(work));
        let response = work.await.unwrap_or_else(error_response);
        record.finish(&state.metrics, "none", &ResponseOutcome::of(&response), None);
        response
    })
    .boxed()
}
