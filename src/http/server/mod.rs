//! Starts the HTTP server.

pub mod options;
pub mod state;

use std::{
    net::{SocketAddr, TcpListener},
    rc::Rc,
    sync::Arc,
};

use actix_server::ServerBuilder;
use actix_web::{
    App,
    body::{EitherBody, MessageBody},
    dev::{Server, Service, ServiceRequest, ServiceResponse},
    http::ConnectionType,
    rt::task::JoinHandle,
    web,
};
use futures_util::future::Either;
use tokio::sync::watch;
use url::Url;

use crate::auth::token_usage::LastUses;
use crate::db::change_listener::ChangeListener;
use crate::db::database::Database;
use crate::graphql::schema;
use crate::http::cache::response_cache::Answers;
use crate::http::graphql::content_type::Media;
use crate::http::graphql::persisted_queries::Persisted;
use crate::http::limits::body::MAX_BODY;
use crate::http::limits::connection_limit::Streams;
use crate::http::limits::cost_semaphore::Room;
use crate::http::limits::download_slots::Places;
use crate::http::limits::rate_limit::Rates;
use crate::http::limits::slow_client;
use crate::http::limits::slow_client::{Clock, Sent};
use crate::http::middleware::cors;
use crate::http::middleware::head_limits::check_head;
use crate::http::middleware::security_headers;
use crate::http::ops::metrics::Metrics;
use crate::http::ops::shutdown::{Asked, Stop, Workers};
use crate::http::routes;
use crate::http::server::options::{Offers, Options};
use crate::http::server::state::State;
use crate::query::cache::Shelf;

/// A server that answers from a catalog.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Runs it: completes once it has stopped.
    pub server: Server,
    /// When tokens were last used. Written once a minute; whoever stops the server writes the rest.
    pub uses: LastUses,
    /// The entity cache.
    pub shelf: Shelf,
    /// Stops it.
    pub stop: Stop,
    /// What hears of changes by others, until the database is closed.
    pub listener: JoinHandle<()>,
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
    let hearing = actix_web::rt::spawn(ChangeListener::new(&database).listen(database.clone()));
    let (stopping, receiver) = watch::channel(None);
    let answers = Answers::new(options.response_cache, options.max_age, database.head().clone());
    actix_web::rt::spawn(answers.clone().keep_tidy());
    let shelf = Shelf::new(options.entity_cache, database.head().clone());
    actix_web::rt::spawn(shelf.clone().keep_tidy());
    let metrics = Metrics::new(&database, &shelf).map_err(std::io::Error::other)?;
    let times = options.times;
    let offers = Offers { playground: options.playground, schema: options.limits.introspection };
    let workers = Workers::default();
    let at_work = workers.clone();
    let state = State {
        schema: schema(options.suggestions),
        exports: Places::of(&database),
        database,
        shelf: shelf.clone(),
        uses: uses.clone(),
        answers,
        persisted: Persisted::default(),
        limits: options.limits,
        room: Room::new(options.limits.cost),
        rates: Rates::new(options.per_minute),
        streams: Streams::new(options.streams),
        proxies: options.proxies,
        origins: Arc::new(options.origins),
        public_url,
        offers,
        wrong_tokens: Arc::default(),
        metrics,
        times,
        stopping: receiver,
    };
    let builder = ServerBuilder::new().disable_signals();
    let ended = builder.graceful_shutdown_signal();
    let app = move || {
        let app = App::new()
            .app_data(web::Data::new(state.clone()))
            .app_data(web::PayloadConfig::new(MAX_BODY))
            .wrap_fn({
                let worker = at_work.join();
                move |request, service| admit(request, service, worker.take())
            })
            .wrap(cors::cors(&state.origins))
            .wrap(security_headers::headers())
            .configure(routes(offers));
        slow_client::serve(app, times.receive, ended.clone())
    };
    // The second is what the last answers take to be sent.
    let mut server = builder.shutdown_timeout(1).listen("http", listener, app)?;
    if let Some(workers) = options.workers {
        server = server.workers(workers);
    }
    let server = server.run();
    let stop = Stop::new(stopping, times.stop_delay, workers, server.handle());
    Ok(Running { address, server, uses, stop, shelf, listener: hearing })
}

/// Refuses heads that are too long and counts what is being answered. While the server stops, has every answer end its
/// connection: clients come again, and then to another server.
fn admit<S, B>(
    request: ServiceRequest,
    service: &S,
    asked: Asked,
) -> impl Future<Output = Result<ServiceResponse<Sent<EitherBody<B>>>, actix_web::Error>> + use<S, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
    B: MessageBody,
{
    let busy = request.request().conn_data::<Rc<Clock>>().map(Clock::begin);
    let response = match check_head(&request) {
        Ok(()) => Either::Left(service.call(request)),
        Err(refusal) => Either::Right(request.into_response(refusal.into_response(Media::Json))),
    };
    async move {
        let mut response = match response {
            Either::Left(response) => response.await?.map_into_left_body(),
            Either::Right(refused) => refused.map_into_right_body(),
        };
        if asked.is_late() {
            response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
        }
        Ok(response.map_body(|_, body| Sent::new(body, busy)))
    }
}
