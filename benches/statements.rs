//! Statements: what a server sends to its database for a request.

use std::{
    io,
    net::TcpListener,
    sync::{Arc, Mutex, mpsc},
    thread,
};

use open_llm_catalog::http::{self, Options};
use sea_orm::Statement;

use crate::{
    generate::connect,
    load::{Request, ask_once},
};

/// The statements that each request takes where nothing is cached, sent by a server inside this process.
pub async fn statements(url: &str, requests: &[Request]) -> io::Result<Vec<Vec<Statement>>> {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let (tell, told) = mpsc::channel();
    let server = {
        let (sent, url) = (Arc::clone(&sent), url.to_owned());
        thread::spawn(move || serve(&url, &sent, &tell))
    };
    let (port, stop) = told.recv().map_err(io::Error::other)?;
    let mut statements = Vec::new();
    for request in requests {
        sent.lock().expect("nobody panicked").clear();
        ask_once(port, request).await?;
        statements.push(std::mem::take(&mut *sent.lock().expect("nobody panicked")));
    }
    stop.stop().await;
    server.join().expect("the server ends in order")?;
    Ok(statements)
}

fn serve(
    url: &str,
    sent: &Arc<Mutex<Vec<Statement>>>,
    tell: &mpsc::Sender<(u16, http::drain::Stop)>,
) -> io::Result<()> {
    actix_web::rt::System::new().block_on(async {
        let mut database = connect(url).await;
        let keep = |sent: &Arc<Mutex<Vec<Statement>>>| {
            let sent = Arc::clone(sent);
            move |info: &sea_orm::metric::Info<'_>| {
                sent.lock().expect("nobody panicked").push(info.statement.clone());
            }
        };
        database.on_read(keep(sent));
        database.on_write(keep(sent));
        let options = Options { workers: Some(1), response_cache: 0, ..Options::default() };
        let running = http::start(TcpListener::bind("127.0.0.1:0")?, database.clone(), options)?;
        tell.send((running.address.port(), running.stop.clone())).map_err(io::Error::other)?;
        running.server.await?;
        // What hears must end on the runtime that it hears on.
        running.listener.abort();
        let _ = running.listener.await;
        database.close().await.map_err(|_| io::Error::other("a connection did not close"))
    })
}
