//! The web edge: addresses, and what is answered there.

pub mod bearer;
pub mod events;
pub mod graphql;
pub mod media;
pub mod operation;
pub mod page;
pub mod refusal;
pub mod websocket;

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
};

use actix_web::{App, HttpServer, dev::Server, guard, middleware::DefaultHeaders, web};

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

/// Starts to answer on `listener`, with as many threads as `workers` says or the machine has cores. Must be called on the
/// runtime that the server is to run on.
///
/// # Errors
/// The listener is not usable.
pub fn start(listener: TcpListener, database: Database, workers: Option<usize>) -> std::io::Result<Running> {
    let address = listener.local_addr()?;
    let uses = LastUses::default();
    actix_web::rt::spawn(uses.clone().keep_writing(database.clone()));
    actix_web::rt::spawn(database.head().clone().listen(database.clone()));
    let state = State { schema: schema(), database, uses: uses.clone(), wrong_tokens: Arc::default() };
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
            .configure(page::configure)
    })
    .shutdown_timeout(10);
    if let Some(workers) = workers {
        server = server.workers(workers);
    }
    Ok(Running { address, server: server.listen(listener)?.run(), uses })
}
