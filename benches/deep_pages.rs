//! Deep pages: a page from the middle of the catalog, compared with the first page, in every order.

use std::io;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value as Json;

use crate::{
    generate::connect,
    load::{Request, send_once},
    measurement::{Target, fetch_expected, measure_in_turns, median},
    queries::{ORDERS, cursor_of, ordered_page},
    report::Report,
    run::Run,
    server::{Caches, Server},
    statements::record_statements,
};

/// Models per page.
const PAGE_SIZE: usize = 50;

/// Whether deep pages are selected, and the catalog is large enough.
pub fn is_selected(run: &Run<'_>) -> bool {
    run.models >= 1000 && run.arguments.selects("deep")
}

/// The first page and the deep page of each order.
pub async fn requests(run: &Run<'_>, server: &Server) -> io::Result<Vec<(&'static str, [Request; 2])>> {
    let database = connect(&run.database.url).await;
    let mut requests = Vec::new();
    for (field, column) in ORDERS {
        // Nulls last, the default of the API.
        let sql =
            format!("SELECT slug FROM model ORDER BY {column} IS NULL, {column}, id LIMIT 1 OFFSET {}", run.models / 2);
        let row = database.read().query_one_raw(Statement::from_string(database.backend(), sql)).await;
        let row = row.ok().flatten().expect("there is a model in the middle");
        let slug = row.try_get::<String>("", "slug").expect("a slug is text");
        let body = send_once(server.port, &Request::new(&cursor_of(&slug, field), &Json::Null, None)).await?;
        let body = serde_json::from_slice::<Json>(&body)?;
        let cursor = body["data"]["models"]["pageInfo"]["endCursor"].as_str();
        let cursor = cursor.ok_or_else(|| io::Error::other(format!("no cursor in {body}")))?;
        let pages = [None, Some(cursor)].map(|after| ordered_page(PAGE_SIZE, field, after));
        requests.push((field, pages.map(|query| Request::new(&query, &Json::Null, None))));
    }
    database.close().await.expect("the connections close");
    Ok(requests)
}

/// The order that is measured without caches too.
const COLD_ORDER: &str = "RELEASE_DATE";

/// Measures the baseline, the first page and the deep page in turn, for each order.
pub async fn measure(run: &Run<'_>, server: &Server, caches: Caches, report: &mut Report) -> io::Result<()> {
    let connections = run.arguments.connections;
    let cold = caches == Caches::None;
    let suffix = if cold { "-cold" } else { "" };
    for (field, pages) in requests(run, server).await? {
        if cold && field != COLD_ORDER {
            continue;
        }
        let statements = record_statements(&run.database.url, &pages).await?;
        let [first, deep] = &pages;
        let (first_body, first_expected) = fetch_expected(server, first).await?;
        let (deep_body, deep_expected) = fetch_expected(server, deep).await?;
        let baseline = run.start_baseline(&deep_body)?;
        let (_, baseline_expected) = fetch_expected(&baseline, deep).await?;
        let targets = [
            Target { server: &baseline, request: deep, expected: baseline_expected },
            Target { server, request: first, expected: first_expected },
            Target { server, request: deep, expected: deep_expected },
        ];
        let measurements = measure_in_turns(&targets, connections, run.rounds())?;
        let rows = [
            ("first", &measurements[1], &statements[0], first_body),
            ("deep", &measurements[2], &statements[1], deep_body),
        ];
        for (page, measurement, statements, body) in rows {
            let name = format!("{page}-{}{suffix}", field.to_lowercase());
            report.add_result(run.result(
                &name,
                connections,
                &measurements[0],
                measurement,
                statements.len(),
                body.len(),
            ));
        }
        let ratio = median(measurements[1].ratios(&measurements[2]));
        let name = format!("throughput first / deep page, {}{suffix}", field.to_lowercase());
        report.add_metric(&name, run.backend, run.models, ratio, "");
    }
    Ok(())
}
