//! Random pages with writes: requests chosen at random among many, while an editor changes models. It shows what a revision costs
//! the readers of everything that it did not touch.

use std::{
    io,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value as Json, json};

use crate::{
    generate::model_slug,
    load::{Expected, Request, UNIQUE, load_any, send_once},
    measurement::median,
    queries,
    report::Report,
    run::Run,
    server::Server,
};

/// The pages of lists, and as many pages of single models.
const PAGES: usize = 1_000;
/// Models per page of a list.
const PAGE_SIZE: usize = 24;
/// The rates of writes, per second. The first is what the others are compared with.
const WRITES: [u32; 4] = [0, 1, 5, 20];

/// Whether random pages are selected, and the catalog is large enough.
pub fn is_selected(run: &Run<'_>) -> bool {
    run.models >= 1_000 && run.arguments.selects("random-pages")
}

/// Pages of the list in two orders, as a reader turns them, and pages of models.
async fn requests(run: &Run<'_>, server: &Server) -> io::Result<Vec<Request>> {
    let mut requests = Vec::new();
    for field in ["POSITION", "NAME"] {
        let mut after = None;
        for _ in 0..PAGES / 2 {
            let request = Request::new(&queries::ordered_page(PAGE_SIZE, field, after.as_deref()), &Json::Null, None);
            let body = serde_json::from_slice::<Json>(&send_once(server.port, &request).await?)?;
            requests.push(request);
            let page = &body["data"]["models"]["pageInfo"];
            after = page["endCursor"].as_str().map(str::to_owned);
            if page["hasNextPage"] != true {
                break;
            }
        }
    }
    let step = (run.models / PAGES).max(1);
    let models = (0..PAGES).map(|page| queries::model(&model_slug(page * step % run.models)));
    requests.extend(models.map(|query| Request::new(&query, &Json::Null, None)));
    Ok(requests)
}

/// The request that changes the summary of a model.
fn write(models: usize, secret: &str, number: usize) -> Request {
    let query = "mutation($input: UpdateModelInput!) { updateModel(input: $input) { revision } }";
    let summary = json!({ "en": format!("Measured {UNIQUE}.") });
    let input = json!({ "slug": model_slug(number % models), "summary": summary });
    Request::new(query, &json!({ "input": input }), Some(secret))
}

/// Measures the requests per second at each rate of writes, in turns.
pub async fn measure(run: &Run<'_>, server: &Server, report: &mut Report) -> io::Result<()> {
    let requests = requests(run, server).await?;
    let rounds = run.rounds();
    // Long enough for some writes at each rate.
    let duration = rounds.duration.max(Duration::from_secs(2));
    let mut throughputs = WRITES.map(|_| Vec::new());
    load_any(server.port, &requests, &Expected::Data, run.arguments.connections, duration)?;
    for _ in 0..rounds.count {
        for (rate, throughputs) in WRITES.iter().zip(&mut throughputs) {
            throughputs.push(round(run, server, &requests, *rate, duration)?);
        }
    }
    for (rate, own) in WRITES.iter().zip(&throughputs) {
        let name = format!("random pages per second at {rate} writes/s");
        report.add_metric(&name, run.backend, run.models, median(own.clone()), "");
        let ratios = own.iter().zip(&throughputs[0]).map(|(own, without)| own / without).collect();
        report.add_metric(&format!("{name} / without"), run.backend, run.models, median(ratios), "");
    }
    Ok(())
}

/// Loads the server once, while a thread writes. Returns the requests per second.
fn round(run: &Run<'_>, server: &Server, requests: &[Request], rate: u32, duration: Duration) -> io::Result<f64> {
    let ended = AtomicBool::new(false);
    let (models, secret, port) = (run.models, run.secret(), server.port);
    thread::scope(|scope| {
        let writer = scope.spawn(|| write_at(rate, port, &ended, |number| write(models, secret, number)));
        let loaded = load_any(server.port, requests, &Expected::Data, run.arguments.connections, duration);
        ended.store(true, Ordering::Relaxed);
        writer.join().map_err(|_| io::Error::other("the thread that writes failed"))??;
        let loaded = loaded?;
        Ok(loaded.requests as f64 / loaded.seconds)
    })
}

/// Writes at a rate until the end. A write that takes longer than its time delays the next ones.
fn write_at(rate: u32, port: u16, ended: &AtomicBool, write: impl Fn(usize) -> Request) -> io::Result<()> {
    if rate == 0 {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (start, mut written) = (Instant::now(), 0_u32);
    while !ended.load(Ordering::Relaxed) {
        let due = Duration::from_secs(1) * written / rate;
        if start.elapsed() < due {
            thread::sleep(Duration::from_millis(1));
            continue;
        }
        // A prime number apart, so that models of all pages are written.
        let body = runtime.block_on(send_once(port, &write(written as usize * 7_919)))?;
        Expected::Data.check(&body)?;
        written += 1;
    }
    Ok(())
}
