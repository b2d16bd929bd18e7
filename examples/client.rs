//! Prints the newest models and their largest sizes. `cargo run --example client -- http://127.0.0.1:8000/graphql`

#![expect(clippy::print_stdout, reason = "a command-line program")]

use serde::Deserialize;
use serde_json::json;

/// A whole number up to 2^53 - 1.
type Count = u64;
/// A year, month or day: "2023", "2023-07" or "2023-07-18".
type PartialDate = String;

const NEWEST: &str = "query Newest($first: Int!) {
    models(first: $first, orderBy: { field: RELEASE_DATE, direction: DESC }) {
        nodes { name releaseDate maxParameters }
    }
}";

#[derive(Deserialize)]
struct Response {
    data: Option<Data>,
    errors: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Data {
    models: Option<Connection>,
}

#[derive(Deserialize)]
struct Connection {
    nodes: Vec<Model>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Model {
    name: String,
    release_date: Option<PartialDate>,
    max_parameters: Option<Count>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::args().nth(1).ok_or("usage: client ADDRESS")?;
    let request = json!({ "query": NEWEST, "variables": { "first": 3 } });
    let response = reqwest::Client::new().post(address).json(&request).send().await?.json::<Response>().await?;
    if let Some(errors) = response.errors {
        return Err(errors.to_string().into());
    }
    for model in response.data.and_then(|data| data.models).map(|models| models.nodes).unwrap_or_default() {
        let parameters = model.max_parameters.map_or("unknown".to_owned(), |count| count.to_string());
        println!("{} {} {parameters}", model.name, model.release_date.as_deref().unwrap_or("unknown"));
    }
    Ok(())
}
