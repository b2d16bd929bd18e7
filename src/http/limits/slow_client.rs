//! Timeouts for slow clients. The HTTP library limits the time of the first request head on a connection and of idle
//! connections. This module adds the cases that would hold a connection for ever: a client that sends half of a later
//! request head, and a client that does not read its response.

use std::{
    cell::Cell,
    future::ready,
    io,
    pin::Pin,
    rc::Rc,
    task::{self, Context, Poll},
    time::Duration,
};

use actix_http::{HttpService, Request, error::DispatchError};
use actix_server::GracefulShutdownSignal;
use actix_service::{IntoServiceFactory, ServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_web::{
    Error,
    body::{BodySize, MessageBody},
    dev::{AppConfig, ServiceResponse},
    rt::net::TcpStream,
    web::Bytes,
};
use pin_project_lite::pin_project;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep_until},
};

use crate::http::limits::address_limit::AddressPermit;

/// How long a connection may be idle between two requests.
pub const KEEP_ALIVE: Duration = Duration::from_secs(5);
/// How long a client may take to close a connection that the server has shut down.
const DISCONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// A client must read `MIN_PROGRESS_BYTES`, or the rest of a shorter response, within this multiple of the receive
/// timeout.
const STALL_FACTOR: u32 = 6;
/// How much a client must read in that time: about a thousand bytes a second by default.
const MIN_PROGRESS_BYTES: usize = 64 << 10;
/// The part of a response that is copied to the buffer of its connection at once. The rest is shared between all
/// connections that send the same response.
const CHUNK_BYTES: usize = 64 << 10;

/// Serves an application with timeouts for slow clients. A request head and a body must each arrive within `receive`.
/// `shutdown` completes when the server stops.
pub fn serve<A, S, B>(
    app: A,
    receive: Duration,
    shutdown: GracefulShutdownSignal,
) -> impl ServiceFactory<TcpStream, Config = (), Response = (), Error = DispatchError, InitError = ()>
where
    A: IntoServiceFactory<S, Request>,
    S: ServiceFactory<Request, Config = AppConfig, Response = ServiceResponse<B>, Error = Error, InitError = ()>
        + 'static,
    S::Service: 'static,
    B: MessageBody + 'static,
{
    let http = HttpService::build()
        .keep_alive(KEEP_ALIVE)
        .client_request_timeout(receive)
        .client_disconnect_timeout(DISCONNECT_TIMEOUT)
        .graceful_shutdown_signal(move || {
            let shutdown = shutdown.clone();
            async move { shutdown.notified().await }
        })
        .on_connect_ext(|stream: &TimedStream, extensions| {
            extensions.insert(stream.timer());
        })
        .h1(map_config(app, |()| AppConfig::default()));
    fn_service(move |stream: TcpStream| {
        let peer = stream.peer_addr().ok();
        ready(Ok((TimedStream::new(stream, receive), peer)))
    })
    .and_then(http)
}

/// A TCP connection that ends when its client is too slow.
pub struct TimedStream {
    stream: TcpStream,
    timer: Rc<ConnectionTimer>,
    /// When writing stalled, and the number of bytes that the client has read since then.
    stalled: Option<(Instant, usize)>,
    /// Wakes the connection task when the connection may have expired.
    alarm: Option<Pin<Box<Sleep>>>,
}

/// The timer of a connection.
#[derive(Debug)]
pub struct ConnectionTimer {
    /// The number of requests in flight.
    in_flight: Cell<u32>,
    /// The time of the last write or of the end of the last request.
    last_active: Cell<Instant>,
    /// How long after `last_active` the next request head must have arrived.
    idle_timeout: Duration,
    /// How long a client may make less than the minimum progress.
    stall_timeout: Duration,
}

impl TimedStream {
    /// Creates a connection. Each later request head must have arrived `receive` after the keep-alive timeout.
    pub fn new(stream: TcpStream, receive: Duration) -> Self {
        let timer = ConnectionTimer {
            in_flight: Cell::new(0),
            last_active: Cell::new(Instant::now()),
            idle_timeout: KEEP_ALIVE + receive,
            stall_timeout: receive * STALL_FACTOR,
        };
        Self { stream, timer: Rc::new(timer), stalled: None, alarm: None }
    }

    /// Returns the timer, for counting requests in flight.
    pub fn timer(&self) -> Rc<ConnectionTimer> {
        Rc::clone(&self.timer)
    }

    /// Returns when the connection expires; `None` while a request is in flight and writing is not stalled.
    fn deadline(&self) -> Option<Instant> {
        let timer = &self.timer;
        match self.stalled {
            Some((since, _)) => Some(since + timer.stall_timeout),
            None => (timer.in_flight.get() == 0).then(|| timer.last_active.get() + timer.idle_timeout),
        }
    }

    /// Returns whether the connection has expired. If not, its task is woken when it may have.
    fn is_expired(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(deadline) = self.deadline() else { return false };
        if deadline <= Instant::now() {
            return true;
        }
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if alarm.deadline() > deadline {
            alarm.as_mut().reset(deadline);
        }
        // The alarm is only moved forward after it has fired, so a busy connection rarely resets it.
        while alarm.as_mut().poll(cx).is_ready() {
            alarm.as_mut().reset(deadline);
        }
        false
    }
}

impl ConnectionTimer {
    /// Counts a request as in flight until the guard is dropped.
    pub fn track(self: &Rc<Self>) -> InFlightGuard {
        self.in_flight.set(self.in_flight.get() + 1);
        InFlightGuard(Rc::clone(self))
    }
}

/// A request in flight on a connection.
pub struct InFlightGuard(Rc<ConnectionTimer>);

impl Drop for InFlightGuard {
    fn drop(&mut self) {
        self.0.in_flight.set(self.0.in_flight.get().saturating_sub(1));
        self.0.last_active.set(Instant::now());
    }
}

impl AsyncRead for TimedStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_read(cx, buffer) {
            // Reading nothing is the end of the stream: the HTTP library closes the connection without an error.
            Poll::Pending if self.stalled.is_none() && self.is_expired(cx) => Poll::Ready(Ok(())),
            result => result,
        }
    }
}

impl AsyncWrite for TimedStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.stream).poll_write(cx, bytes) {
            Poll::Pending => {
                self.stalled.get_or_insert_with(|| (Instant::now(), 0));
                if self.is_expired(cx) { Poll::Ready(Err(io::ErrorKind::TimedOut.into())) } else { Poll::Pending }
            }
            result => {
                if let Poll::Ready(Ok(count)) = result {
                    self.timer.last_active.set(Instant::now());
                    self.stalled = self
                        .stalled
                        .map(|(since, read)| (since, read + count))
                        .filter(|(_, read)| *read < MIN_PROGRESS_BYTES);
                }
                result
            }
        }
    }

    /// Called when everything is written, so writing is no longer stalled.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stalled = None;
        let _ = self.is_expired(cx);
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

pin_project! {
    /// A response body that is sent in chunks.
    pub struct ChunkedBody<B> {
        #[pin]
        body: B,
        rest: Bytes,
        in_flight: Option<InFlightGuard>,
        permit: Option<AddressPermit>,
    }
}

impl<B> ChunkedBody<B> {
    /// Wraps the body of a response. The request counts as in flight, and the permit as in use, until the body is dropped.
    pub fn new(body: B, in_flight: Option<InFlightGuard>, permit: Option<AddressPermit>) -> Self {
        Self { body, rest: Bytes::new(), in_flight, permit }
    }
}

impl<B: MessageBody> MessageBody for ChunkedBody<B> {
    type Error = B::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, B::Error>>> {
        let this = self.project();
        if this.rest.is_empty() {
            match task::ready!(this.body.poll_next(cx)) {
                Some(Ok(bytes)) => *this.rest = bytes,
                end => return Poll::Ready(end),
            }
        }
        Poll::Ready(Some(Ok(this.rest.split_to(this.rest.len().min(CHUNK_BYTES)))))
    }
}
