//! Starts the HTTP server.

pub mod options;
pub mod public_url;
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

use crate::auth::token_usage::TokenUsage;
use crate::db::change_listener::ChangeListener;
use crate::db::database::Database;
use crate::graphql::ServedSchema;
use crate::graphql::types::proposal::ProposalAccess;
use crate::http::cache::response_cache::ResponseCache;
use crate::http::compression::encoding::ContentEncoding;
use crate::http::compression::middleware::compress;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::graphql::persisted_documents::PersistedDocuments;
use crate::http::limits::address_limit::{AddressLimit, Quota};
use crate::http::limits::body::MAX_BODY_BYTES;
use crate::http::limits::cost_semaphore::CostSemaphore;
use crate::http::limits::download_slots::DownloadSlots;
use crate::http::limits::rate_limit::RateLimiter;
use crate::http::limits::slow_client;
use crate::http::limits::slow_client::{ChunkedBody, ConnectionTimer};
use crate::http::limits::unread_responses::count_unread;
use crate::http::limits::wrong_tokens::WrongTokens;
use crate::http::middleware::cors;
use crate::http::middleware::header_limits::check_header_size;
use crate::http::middleware::security_headers;
use crate::http::middleware::trailing_slash::remove_trailing_slash;
use crate::http::ops::metrics::Metrics;
use crate::http::ops::shutdown::{InFlight, Shutdown, Workers};
use crate::http::pages;
use crate::http::pages::check_files;
use crate::http::routes;
use crate::http::server::options::{Features, Options};
use crate::http::server::public_url::PublicUrl;
use crate::http::server::state::State;
use crate::query::cache::EntityCache;
use crate::query::change_log::ChangeLog;
use crate::query::revision_stream::RevisionPages;

/// A running server.
pub struct Running {
    /// The address on which the server listens.
    pub address: SocketAddr,
    /// The future that runs the server; completes after the shutdown.
    pub server: Server,
    /// The last-used times of tokens. They are written once a minute; the caller writes the rest after the shutdown.
    pub token_usage: TokenUsage,
    /// The entity cache.
    pub entity_cache: EntityCache,
    /// Stops the server.
    pub shutdown: Shutdown,
    /// The task of the change listener, which ends when the database is closed.
    pub listener: JoinHandle<()>,
}

/// Starts a server on `listener`. Must be called on the runtime on which the server shall run.
///
/// # Errors
/// The listener has no address or cannot be registered, or the metrics cannot be created.
pub fn start(listener: TcpListener, database: Database, options: Options) -> std::io::Result<Running> {
    check_files();
    let address = listener.local_addr()?;
    let public_url = PublicUrl::new(options.public_url, address).map_err(std::io::Error::other)?;
    let token_usage = TokenUsage::default();
    actix_web::rt::spawn(token_usage.clone().flush_periodically(database.clone()));
    let change_listener = actix_web::rt::spawn(ChangeListener::new(&database).listen(database.clone()));
    let (stopping_sender, stopping) = watch::channel(None);
    let changes = ChangeLog::new(database.revision_tracker().clone());
    actix_web::rt::spawn(changes.clone().follow(database.clone()));
    let response_cache = ResponseCache::new(options.response_cache, options.max_age, changes.clone());
    let entity_cache = EntityCache::new(options.entity_cache, changes);
    let metrics = Metrics::new(&database, &entity_cache);
    let timeouts = options.timeouts;
    let features = Features {
        playground: options.playground,
        schema: options.limits.introspection,
        open_proposals: options.proposals.access == ProposalAccess::Open,
    };
    let workers = Workers::default();
    let app_workers = workers.clone();
    let state = State {
        schema: ServedSchema::new(options.limits.suggestions, options.proposals, options.federation),
        download_slots: DownloadSlots::new(&database),
        database,
        entity_cache: entity_cache.clone(),
        revision_pages: RevisionPages::default(),
        token_usage: token_usage.clone(),
        response_cache,
        persisted_documents: PersistedDocuments::new(
            pages::register_documents(options.persisted_documents),
            options.only_persisted_documents,
        ),
        limits: options.limits,
        cost_semaphore: CostSemaphore::new(options.limits.cost, timeouts.request / 2),
        rate_limiter: RateLimiter::new(options.rate_limits),
        connection_limit: AddressLimit::new(Quota::connections(options.connections_per_address)),
        unread_limit: AddressLimit::new(Quota::UNREAD_BYTES),
        body_limit: AddressLimit::new(Quota::BODY_BYTES),
        subscription_limit: AddressLimit::new(Quota::subscriptions(options.subscriptions_per_address)),
        subscription_bytes_limit: AddressLimit::new(Quota::SUBSCRIPTION_BYTES),
        message_limit: AddressLimit::new(Quota::MESSAGE_BYTES),
        trusted_proxies: options.trusted_proxies,
        cors_origins: Arc::new(options.cors_origins),
        csrf_prevention: options.csrf_prevention,
        public_url,
        data_license: options.data_license,
        metrics_token: options.metrics_token,
        features,
        wrong_tokens: WrongTokens::default(),
        metrics,
        timeouts,
        stopping,
    };
    let builder = ServerBuilder::new().disable_signals();
    let shutdown_signal = builder.graceful_shutdown_signal();
    let app = move || {
        let app = App::new()
            .app_data(web::Data::new(state.clone()))
            .app_data(web::PayloadConfig::new(MAX_BODY_BYTES))
            .wrap_fn(compress_response)
            .wrap_fn({
                let worker = app_workers.join();
                move |request, service| track_request(request, service, worker.track())
            })
            .wrap(cors::cors(&state.cors_origins, &options.cors_headers))
            .wrap(security_headers::headers())
            .wrap_fn(|request, service| {
                let response = service.call(request);
                async move {
                    let mut response = response.await?;
                    security_headers::allow_frames(response.headers_mut());
                    Ok(response)
                }
            })
            .configure(routes(features));
        slow_client::serve(app, timeouts.receive, shutdown_signal.clone())
    };
    // One second, in which the remaining responses are sent.
    let mut server = builder.shutdown_timeout(1).listen("http", listener, app)?;
    if let Some(workers) = options.workers {
        server = server.workers(workers);
    }
    let server = server.run();
    let shutdown = Shutdown::new(stopping_sender, timeouts.stop_delay, workers, server.handle());
    Ok(Running { address, server, token_usage, shutdown, entity_cache, listener: change_listener })
}

/// Compresses a response, if its client asks for that.
fn compress_response<S, B>(
    request: ServiceRequest,
    service: &S,
) -> impl Future<Output = Result<ServiceResponse<EitherBody<B>>, actix_web::Error>> + use<S, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
    B: MessageBody + 'static,
{
    let encoding = ContentEncoding::negotiate(request.headers(), &ContentEncoding::ALL);
    let response = service.call(request);
    async move {
        let response = response.await?;
        Ok(match encoding {
            Some(encoding) => compress(response, encoding).await,
            None => response.map_into_left_body(),
        })
    }
}

/// Removes trailing slashes, rejects oversized headers, and counts requests in flight and unread responses. While the server
/// stops, each response closes its connection, so that clients reconnect to another server.
fn track_request<S, B>(
    mut request: ServiceRequest,
    service: &S,
    in_flight: InFlight,
) -> impl Future<Output = Result<ServiceResponse<ChunkedBody<EitherBody<B>>>, actix_web::Error>> + use<S, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
    B: MessageBody + 'static,
{
    let connection = request.request().conn_data::<Rc<ConnectionTimer>>().map(ConnectionTimer::track);
    remove_trailing_slash(&mut request);
    let response = match check_header_size(&request) {
        Ok(()) => Either::Left(service.call(request)),
        Err(error) => Either::Right(request.into_response(error.into_response(ResponseFormat::Json))),
    };
    async move {
        let mut response = match response {
            Either::Left(response) => response.await?.map_into_left_body(),
            Either::Right(rejected) => rejected.map_into_right_body(),
        };
        if in_flight.is_stopping() {
            response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
        }
        let permit = match count_unread(&response) {
            Ok(permit) => permit,
            Err(error) => {
                let (request, _) = response.into_parts();
                response =
                    ServiceResponse::new(request, error.into_response(ResponseFormat::Json)).map_into_right_body();
                None
            }
        };
        Ok(response.map_body(|_, body| ChunkedBody::new(body, connection, permit)))
    }
}
