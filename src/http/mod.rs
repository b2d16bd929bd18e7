//! The web edge: addresses, and what is answered there.

pub mod bearer;
pub mod export;
pub mod feed;
pub mod fresh;
pub mod graphql;
pub mod page;
pub mod refusal;

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
};

use actix_web::{App, HttpServer, dev::Server, middleware::DefaultHeaders, web};
use url::Url;

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
    wrong_tokens: Arc<bearer::WrongTokens>,
    exports: export::Places,
    public_url: Url,
}

/// A server that answers from a catalog.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Runs it: completes once it has stopped.
    pub server: Server,
    /// When tokens were last used. Written once a minute; whoever stops the server writes the rest.
    pub uses: LastUses,
}

/// Starts to answer on `listener`, with as many threads as `workers` says or the machine has cores. `public_url` is where
/// others reach the server; without one that is where it listens. Must be called on the runtime that the server is to run on.
///
/// # Errors
/// The listener is not usable.
pub fn start(
    listener: TcpListener,
    database: Database,
    public_url: Option<Url>,
    workers: Option<usize>,
) -> std::io::Result<Running> {
    let address = listener.local_addr()?;
    let here = || Url::parse(&format!("http://{address}")).map_err(std::io::Error::other);
    let public_url = public_url.map_or_else(here, Ok)?;
    let uses = LastUses::default();
    actix_web::rt::spawn(uses.clone().keep_writing(database.clone()));
    let state = State {
        schema: schema(),
        exports: export::Places::of(&database),
        database,
        uses: uses.clone(),
        wrong_tokens: Arc::default(),
        public_url,
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
                web::resource("/graphql").route(web::get().to(graphql::get)).default_service(web::to(graphql::post)),
            )
            .configure(export::configure)
            .configure(feed::configure)
            .configure(page::configure)
    })
    .shutdown_timeout(10);
    if let Some(workers) = workers {
        server = server.workers(workers);
    }
    Ok(Running { address, server: server.listen(listener)?.run(), uses })
}
