//! The web edge: addresses, and what is answered there.

pub mod answers;
pub mod assets;
pub mod bearer;
pub mod events;
pub mod export;
pub mod feed;
pub mod fresh;
pub mod graphql;
pub mod media;
pub mod operation;
pub mod page;
pub mod pages;
pub mod persisted;
pub mod refusal;
pub mod websocket;

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
};

use actix_web::{
    App, HttpServer,
    dev::{Server, ServerHandle},
    guard,
    middleware::DefaultHeaders,
    web,
};
use tokio::sync::watch;
use url::Url;

use answers::Answers;
use persisted::Persisted;

use crate::{
    api::{Schema, schema},
    catalog::{database::Database, last_use::LastUses},
};

/// The most bytes of a request's body.
pub const MAX_BODY: usize = 1 << 20;

/// What every request can use.
#[derive(Clone)]
pub struct State {
    schema: Schema,
    database: Database,
    uses: LastUses,
    answers: Answers,
    persisted: Persisted,
    wrong_tokens: Arc<bearer::WrongTokens>,
    exports: export::Places,
    public_url: Url,
    stopping: watch::Receiver<bool>,
}

impl State {
    /// Completes once the server begins to stop.
    fn stopped(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stopping = self.stopping.clone();
        async move {
            // Fails where nobody is left who could stop it, and that is the same.
            let _ = stopping.wait_for(|stopping| *stopping).await;
        }
    }
}

/// A server that answers from a catalog.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Runs it: completes once it has stopped.
    pub server: Server,
    /// When tokens were last used. Written once a minute; whoever stops the server writes the rest.
    pub uses: LastUses,
    /// Stops it.
    pub stop: Stop,
}

/// Stops a server.
#[derive(Clone)]
pub struct Stop {
    stopping: watch::Sender<bool>,
    server: ServerHandle,
}

impl Stop {
    /// Takes no more requests, ends subscriptions, answers what has been asked, and then stops the server.
    pub async fn stop(&self) {
        self.stopping.send_replace(true);
        self.server.stop(true).await;
    }
}

/// How to answer.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many threads answer; as many as the machine has cores where it is not said.
    pub workers: Option<usize>,
    /// How many megabytes of answers are kept ready; 0 keeps none.
    pub response_cache: u32,
    /// How many seconds caches on the way may keep answers to GET before they ask again.
    pub max_age: u32,
    /// Where others reach the server; where it listens unless that is said.
    pub public_url: Option<Url>,
}

impl Default for Options {
    fn default() -> Self {
        Self { workers: None, response_cache: 64, max_age: 0, public_url: None }
    }
}

/// Starts to answer on `listener`. Must be called on the runtime that the server is to run on.
///
/// # Errors
/// The listener is not usable.
pub fn start(listener: TcpListener, database: Database, options: Options) -> std::io::Result<Running> {
    let address = listener.local_addr()?;
    let here = || Url::parse(&format!("http://{address}")).map_err(std::io::Error::other);
    let public_url = options.public_url.map_or_else(here, Ok)?;
    let uses = LastUses::default();
    actix_web::rt::spawn(uses.clone().keep_writing(database.clone()));
    actix_web::rt::spawn(database.head().clone().listen(database.clone()));
    let (stopping, receiver) = watch::channel(false);
    let answers = Answers::new(options.response_cache, options.max_age, database.head().clone());
    actix_web::rt::spawn(answers.clone().keep_tidy());
    actix_web::rt::spawn(database.shelf().clone().keep_tidy());
    let state = State {
        schema: schema(),
        exports: export::Places::of(&database),
        database,
        uses: uses.clone(),
        answers,
        persisted: Persisted::default(),
        public_url,
        wrong_tokens: Arc::default(),
        stopping: receiver,
    };
    let mut server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(state.clone()))
            .app_data(web::PayloadConfig::new(MAX_BODY))
            .wrap(
                DefaultHeaders::new()
                    .add(("x-content-type-options", "nosniff"))
                    .add(("referrer-policy", "no-referrer")),
            )
            .service(
                web::resource("/graphql")
                    .route(web::get().guard(guard::fn_guard(websocket::is_upgrade)).to(websocket::open))
                    .route(web::get().to(graphql::get))
                    .default_service(web::to(graphql::post)),
            )
            .configure(export::configure)
            .configure(feed::configure)
            .configure(assets::configure)
            .configure(pages::configure)
            .configure(page::configure)
    })
    .disable_signals()
    .shutdown_timeout(10);
    if let Some(workers) = options.workers {
        server = server.workers(workers);
    }
    let server = server.listen(listener)?.run();
    let stop = Stop { stopping, server: server.handle() };
    Ok(Running { address, server, uses, stop })
}
