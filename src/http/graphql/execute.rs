//! Executing what the guard has checked.

use actix_web::http::header::HeaderMap;
use async_graphql::{Request, Response, parser::types::OperationType};
use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream::BoxStream};

use crate::error::Error;
use crate::graphql::context::RequestReads;
use crate::graphql::error::finish;
use crate::graphql::limits::Checked;
use crate::http::graphql::response::failed;
use crate::http::limits::rate_limit::Account;
use crate::http::middleware::request_log::{Following, Record, Told};
use crate::http::server::state::State;

/// Executes what the guard has checked.
pub async fn run(state: &State, operation: Request, checked: &Checked) -> Response {
    finished(state, execute(state, operation).await).extension("cost", checked.cost.into())
}

/// Executes on the heap, and so in no frame of those who wait for it: a request may nest as deep as the stack allows.
fn execute<'a>(state: &'a State, operation: Request) -> BoxFuture<'a, Response> {
    state.schema.execute(operation.data(RequestReads::new(state.database.clone(), state.shelf.clone()))).boxed()
}

/// Gives an answer its codes, and notes what they tell of the database.
fn finished(state: &State, mut response: Response) -> Response {
    for error in response.errors.iter().filter_map(|error| error.source::<Error>()) {
        state.database.note(error);
    }
    finish(&mut response);
    response
}

/// The answers to a request that the guard has checked and that came with these headers as they come, each with its codes.
/// Each event of a subscription is spent from the account, and waits where too little is left.
pub fn stream(
    state: &State,
    mut operation: Request,
    checked: &Checked,
    headers: &HeaderMap,
    account: &Account,
) -> BoxStream<'static, Response> {
    let record = Record::begin(headers, &mut operation, checked);
    let (state, checked) = (state.clone(), checked.clone());
    if checked.kinds.contains(&OperationType::Subscription) {
        // That every event told of its cost would say what is spent once.
        let mut following = Following::begin(record, &state.metrics);
        let responses =
            state.schema.execute_stream(operation.data(RequestReads::new(state.database.clone(), state.shelf.clone())));
        let account = account.clone();
        return state
            .bounded_each(responses)
            .map(move |response| {
                let response = response.map_or_else(failed, |response| finished(&state, response));
                following.note(&response);
                response
            })
            .then(move |response| {
                let mut account = account.clone();
                async move {
                    account.spend_in_time(checked.cost).await;
                    response
                }
            })
            .boxed();
    }
    futures_util::stream::once(async move {
        let work = async {
            let _room = state.room.take(checked.cost).await;
            run(&state, operation, &checked).await
        };
        let work = record.scope(state.bounded(work));
        let response = work.await.unwrap_or_else(failed);
        record.end(&state.metrics, "none", &Told::of(&response), None);
        response
    })
    .boxed()
}
