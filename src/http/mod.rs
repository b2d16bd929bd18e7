//! The web edge: addresses, and what is answered there.

pub mod answers;
pub mod assets;
pub mod bearer;
pub mod body;
pub mod drain;
pub mod events;
pub mod execute;
pub mod export;
pub mod feed;
pub mod fresh;
pub mod graphql;
pub mod health;
pub mod hygiene;
pub mod media;
pub mod metrics;
pub mod operation;
pub mod origin;
pub mod page;
pub mod pages;
pub mod persisted;
pub mod rates;
pub mod record;
pub mod refusal;
pub mod respond;
pub mod room;
pub mod socket;
pub mod streams;
pub mod timely;
pub mod times;
pub mod websocket;
pub mod wire;

use std::{
    net::{SocketAddr, TcpListener},
    rc::Rc,
    sync::Arc,
};

use actix_server::ServerBuilder;
use actix_web::{
    App, HttpRequest, Route,
    body::{EitherBody, MessageBody},
    dev::{Server, Service, ServiceRequest, ServiceResponse},
    guard,
    http::ConnectionType,
    rt::task::JoinHandle,
    web,
};
use futures_util::future::Either;
use tokio::{sync::watch, time::Instant};
use url::Url;

use answers::Answers;
use drain::{Asked, Stop, Workers};
use hygiene::Origins;
use media::Media;
use metrics::Metrics;
use origin::Proxies;
use persisted::Persisted;
use rates::{Account, PerMinute, Rates};
use refusal::Refusal;
use room::Room;
use streams::Streams;
use times::Times;
use wire::{Clock, Sent};

use crate::{
    api::{Schema, context::Actor, guard::Limits, schema},
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
    limits: Limits,
    rates: Rates,
    room: Room,
    streams: Streams,
    proxies: Proxies,
    origins: Arc<Origins>,
    wrong_tokens: Arc<bearer::WrongTokens>,
    exports: export::Places,
    public_url: Url,
    offers: pages::Offers,
    metrics: Metrics,
    times: Times,
    /// Since when the server stops.
    stopping: watch::Receiver<Option<Instant>>,
}

impl State {
    /// Counts a request that is no GraphQL, and returns the account of whoever asks.
    async fn admit(&self, request: &HttpRequest) -> Result<Account, Refusal> {
        let mut account = self.account(&bearer::actor(request, self).await?, request);
        account.ask()?;
        Ok(account)
    }

    /// The account of whoever asks.
    fn account(&self, actor: &Actor, request: &HttpRequest) -> Account {
        self.rates.account(actor, self.proxies.address(request))
    }

    /// Completes once the server begins to stop.
    fn stopped(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stopping = self.stopping.clone();
        async move {
            // Fails where nobody is left who could stop it, and that is the same.
            let _ = stopping.wait_for(Option::is_some).await;
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
    /// What hears of changes by others, until the database is closed.
    pub listener: JoinHandle<()>,
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
    /// How long things may take.
    pub times: Times,
    /// How large documents may be, and what they may ask for.
    pub limits: Limits,
    /// What one may ask for in a minute.
    pub per_minute: PerMinute,
    /// How many websockets and streams of events an address may have open.
    pub streams: u32,
    /// Whose word counts of where requests come from.
    pub proxies: Proxies,
    /// Which sites may read answers in their visitors' browsers.
    pub origins: Origins,
    /// Whether there is a playground.
    pub playground: bool,
    /// Whether an error about a name that nothing has tells names like it.
    pub suggestions: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            workers: None,
            response_cache: 64,
            max_age: 0,
            public_url: None,
            limits: Limits::default(),
            per_minute: PerMinute::default(),
            streams: 200,
            proxies: Proxies::default(),
            origins: Origins::Any,
            playground: true,
            suggestions: true,
            times: Times::default(),
        }
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
    let hearing = actix_web::rt::spawn(database.head().clone().listen(database.clone()));
    let (stopping, receiver) = watch::channel(None);
    let answers = Answers::new(options.response_cache, options.max_age, database.head().clone());
    actix_web::rt::spawn(answers.clone().keep_tidy());
    actix_web::rt::spawn(database.shelf().clone().keep_tidy());
    let metrics = Metrics::new(&database).map_err(std::io::Error::other)?;
    let times = options.times;
    let offers = pages::Offers { playground: options.playground, schema: options.limits.introspection };
    let workers = Workers::default();
    let at_work = workers.clone();
    let state = State {
        schema: schema(options.suggestions),
        exports: export::Places::of(&database),
        database,
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
            .wrap(hygiene::cors(&state.origins))
            .wrap(hygiene::headers())
            .service(
                web::resource("/graphql")
                    .route(web::get().guard(guard::fn_guard(websocket::is_upgrade)).to(websocket::open))
                    .route(web::get().to(graphql::get))
                    .default_service(web::to(graphql::post)),
            )
            .configure(export::configure)
            .configure(feed::configure)
            .route("/healthz", look().to(health::live))
            .route("/readyz", look().to(health::ready))
            .route("/metrics", look().to(metrics::metrics))
            .configure(assets::configure)
            .configure(pages::configure)
            .configure(page::configure(offers));
        wire::serve(app, times.receive, ended.clone())
    };
    // The second is what the last answers take to be sent.
    let mut server = builder.shutdown_timeout(1).listen("http", listener, app)?;
    if let Some(workers) = options.workers {
        server = server.workers(workers);
    }
    let server = server.run();
    let stop = Stop::new(stopping, times.stop_delay, workers, server.handle());
    Ok(Running { address, server, uses, stop, listener: hearing })
}

/// A route for those who only look: GET, and HEAD, whose answers the HTTP library sends without their bodies.
fn look() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
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
    let response = match hygiene::check_head(&request) {
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
