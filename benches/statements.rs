//! The SQL statements of a request.

use std::{
    io,
    net::TcpListener,
    sync::{Arc, Mutex, mpsc},
    thread,
};

use open_llm_catalog::http::ops::shutdown::Shutdown;
use open_llm_catalog::http::server;
use open_llm_catalog::http::server::options::Options;
use sea_orm::Statement;

use crate::{
    generate::connect,
    load::{Request, send_once},
};

/// The statements that each request executes without caches, recorded by a server inside this process.
pub async fn record_statements(url: &str, requests: &[Request]) -> io::Result<Vec<Vec<Statement>>> {
    let recorded = Arc::new(Mutex::new(Vec::new()));
    let (started_sender, started) = mpsc::sync_channel(1);
    let server = {
        let (recorded, url) = (Arc::clone(&recorded), url.to_owned());
        thread::spawn(move || serve(&url, &recorded, &started_sender))
    };
    let (port, stop) = started.recv().map_err(io::Error::other)?;
    let mut statements = Vec::new();
    for request in requests {
        recorded.lock().expect("the lock is not poisoned").clear();
        send_once(port, request).await?;
        statements.push(std::mem::take(&mut *recorded.lock().expect("the lock is not poisoned")));
    }
    stop.stop().await;
    server.join().expect("the server thread does not panic")?;
    Ok(statements)
}

fn serve(
    url: &str,
    recorded: &Arc<Mutex<Vec<Statement>>>,
    started: &mpsc::SyncSender<(u16, Shutdown)>,
) -> io::Result<()> {
    actix_web::rt::System::new().block_on(async {
        let mut database = connect(url).await;
        let record = |recorded: &Arc<Mutex<Vec<Statement>>>| {
            let recorded = Arc::clone(recorded);
            move |info: &sea_orm::metric::Info<'_>| {
                recorded.lock().expect("the lock is not poisoned").push(info.statement.clone());
            }
        };
        database.on_read(record(recorded));
        database.on_write(record(recorded));
        let options = Options { workers: Some(1), response_cache: 0, entity_cache: 0, ..Options::default() };
        let running = server::start(TcpListener::bind("127.0.0.1:0")?, database.clone(), options)?;
        started.send((running.address.port(), running.shutdown.clone())).map_err(io::Error::other)?;
        running.server.await?;
        // The change listener must end on its own runtime.
        running.listener.abort();
        let _ = running.listener.await;
        database.close().await.map_err(|_| io::Error::other("a connection did not close"))
    })
}
