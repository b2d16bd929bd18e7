//! Behaviour of async-graphql that the server relies on and that other versions lack: see the decision record on it.

use std::time::Duration;

use async_graphql::{EmptyMutation, EmptySubscription, Object, Result, Schema};
use libtest_mimic::Trial;
use serde_json::json;

use crate::trials;

pub fn trials() -> Vec<Trial> {
    trials![plain:
        fields_of_a_response_have_the_order_of_the_query,
        an_error_in_a_non_null_field_nulls_its_parent,
        an_error_in_a_nullable_field_nulls_the_field,
    ]
}

struct Query;

#[Object]
impl Query {
    async fn after(&self, milliseconds: u64) -> u64 {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
        milliseconds
    }

    async fn child(&self) -> Option<Child> {
        Some(Child)
    }
}

struct Child;

#[Object]
impl Child {
    async fn name(&self) -> &str {
        "child"
    }

    async fn required(&self) -> Result<i32> {
        Err("it failed".into())
    }

    async fn optional(&self) -> Option<Result<i32>> {
        Some(Err("it failed".into()))
    }
}

fn answer(query: &str) -> serde_json::Value {
    let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let response = runtime.block_on(schema.execute(query));
    json!({ "errors": response.errors.len(), "text": serde_json::to_string(&response.data).expect("it is JSON") })
}

fn fields_of_a_response_have_the_order_of_the_query() {
    let text = answer("{ c: after(milliseconds: 20) a: after(milliseconds: 0) b: after(milliseconds: 10) }");
    assert_eq!(text, json!({ "errors": 0, "text": r#"{"c":20,"a":0,"b":10}"# }));
}

fn an_error_in_a_non_null_field_nulls_its_parent() {
    assert_eq!(answer("{ child { name required } }"), json!({ "errors": 1, "text": r#"{"child":null}"# }));
}

fn an_error_in_a_nullable_field_nulls_the_field() {
    let text = r#"{"child":{"name":"child","optional":null}}"#;
    assert_eq!(answer("{ child { name optional } }"), json!({ "errors": 1, "text": text }));
}
