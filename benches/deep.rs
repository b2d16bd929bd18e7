//! Deep pages: the page behind the middle of the catalog, compared with the first one, in every order.

use std::io;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value as Json;

use crate::{
    generate::connect,
    load::{Request, ask_once},
    measure::{Side, alternate, expect, median},
    queries::{ORDERS, ordered_page, place},
    report::Report,
    run::Run,
    server::Server,
    statements::statements,
};

/// How many models a page has.
const PAGE: usize = 50;

/// Whether deep pages are measured: of catalogs that have them.
pub fn is_wanted(run: &Run<'_>) -> bool {
    run.models >= 1000 && run.arguments.wants("deep")
}

/// For each order the first page and the deep one.
pub async fn requests(run: &Run<'_>, server: &Server) -> io::Result<Vec<(&'static str, [Request; 2])>> {
    let database = connect(&run.place.url).await;
    let mut requests = Vec::new();
    for (field, column) in ORDERS {
        // What is not known comes last, as without a word in the API.
        let sql =
            format!("SELECT slug FROM model ORDER BY {column} IS NULL, {column}, id LIMIT 1 OFFSET {}", run.models / 2);
        let row = database.read().query_one_raw(Statement::from_string(database.backend(), sql)).await;
        let row = row.ok().flatten().expect("there is a model in the middle");
        let slug = row.try_get::<String>("", "slug").expect("a slug is text");
        let found = ask_once(server.port, &Request::new(&place(&slug, field), &Json::Null, None)).await?;
        let found = serde_json::from_slice::<Json>(&found)?;
        let cursor = found["data"]["models"]["pageInfo"]["endCursor"].as_str();
        let cursor = cursor.ok_or_else(|| io::Error::other(format!("no place: {found}")))?;
        let pages = [None, Some(cursor)].map(|after| ordered_page(PAGE, field, after));
        requests.push((field, pages.map(|query| Request::new(&query, &Json::Null, None))));
    }
    database.close().await.expect("the connections close");
    Ok(requests)
}

/// Measures the bare handler, the first page and the deep one in turn, order by order.
pub async fn measure(run: &Run<'_>, server: &Server, report: &mut Report) -> io::Result<()> {
    let connections = run.arguments.connections;
    for (field, pages) in requests(run, server).await? {
        let sent = statements(&run.place.url, &pages).await?;
        let [first, deep] = &pages;
        let ((first_answer, first_same), (deep_answer, deep_same)) =
            (expect(server, first).await?, expect(server, deep).await?);
        let bare = run.bare(&deep_answer)?;
        let (_, bare_same) = expect(&bare, deep).await?;
        let sides = [
            Side { server: &bare, request: deep, expected: bare_same },
            Side { server, request: first, expected: first_same },
            Side { server, request: deep, expected: deep_same },
        ];
        let outcomes = alternate(&sides, connections, run.effort())?;
        let rows = [("first", &outcomes[1], &sent[0], first_answer), ("deep", &outcomes[2], &sent[1], deep_answer)];
        for (place, outcome, sent, answer) in rows {
            let name = format!("{place}-{}", field.to_lowercase());
            report.figure(run.figure(&name, connections, &outcomes[0], outcome, sent.len(), answer.len()));
        }
        let cost = median(outcomes[1].ratios(&outcomes[2]));
        let name = format!("cost of deep by first page, {}", field.to_lowercase());
        report.fact(&name, run.backend, run.models, cost, "");
    }
    Ok(())
}
