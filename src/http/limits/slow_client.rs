//! Connections that get on. The HTTP library has a clock for the head of the first request on a connection and for one on
//! which nothing comes; whoever sends half a later head, or does not read what is answered, could stay for ever.

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

/// How long a connection may be silent between two requests.
pub const KEEP_ALIVE: Duration = Duration::from_secs(5);
/// How long a client may take to leave once it was parted with.
const DISCONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// How many times as long as it may take to send a head a client may take to read `LEAST` bytes, or what is left of fewer.
const STALL_FACTOR: u32 = 6;
/// How much a client must read in that time: about a thousand bytes a second.
const MIN_PROGRESS: usize = 64 << 10;
/// How much of an answer is copied for its connection at once; the rest is shared with whoever else is given the same.
const CHUNK_BYTES: usize = 64 << 10;

/// Serves an application on connections that get on. A first head, and a body, must be there `receive` after they began.
pub fn serve<A, S, B>(
    app: A,
    receive: Duration,
    ended: GracefulShutdownSignal,
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
            let ended = ended.clone();
            async move { ended.notified().await }
        })
        .on_connect_ext(|wire: &TimedStream, known| {
            known.insert(wire.timer());
        })
        .h1(map_config(app, |()| AppConfig::default()));
    fn_service(move |stream: TcpStream| {
        let peer = stream.peer_addr().ok();
        ready(Ok((TimedStream::new(stream, receive), peer)))
    })
    .and_then(http)
}

/// A connection, with a clock.
pub struct TimedStream {
    stream: TcpStream,
    clock: Rc<ConnectionTimer>,
    /// Since when the client reads too slowly, and how much it has read since then.
    stalled: Option<(Instant, usize)>,
    /// Wakes who serves the connection when it may be over.
    alarm: Option<Pin<Box<Sleep>>>,
}

/// What is known of a connection.
#[derive(Debug)]
pub struct ConnectionTimer {
    /// How many of its requests are being answered.
    busy: Cell<u32>,
    /// When something was answered last.
    since: Cell<Instant>,
    /// How long it may take from there until the next head is there.
    patience: Duration,
    /// How long a client may read too slowly.
    stall: Duration,
}

impl TimedStream {
    /// A connection on which each later head must be there `receive` after silence would have ended it.
    pub fn new(stream: TcpStream, receive: Duration) -> Self {
        let (patience, stall) = (KEEP_ALIVE + receive, receive * STALL_FACTOR);
        let clock = ConnectionTimer { busy: Cell::new(0), since: Cell::new(Instant::now()), patience, stall };
        Self { stream, clock: Rc::new(clock), stalled: None, alarm: None }
    }

    /// Its clock, for those who answer.
    pub fn timer(&self) -> Rc<ConnectionTimer> {
        Rc::clone(&self.clock)
    }

    /// When it is over, as things stand.
    fn due(&self) -> Option<Instant> {
        match self.stalled {
            Some((since, _)) => Some(since + self.clock.stall),
            None => (self.clock.busy.get() == 0).then(|| self.clock.since.get() + self.clock.patience),
        }
    }

    /// Whether it is over; if not, it will be asked again when it may be.
    fn is_expired(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(due) = self.due() else { return false };
        if due <= Instant::now() {
            return true;
        }
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(due)));
        if alarm.deadline() > due {
            alarm.as_mut().reset(due);
        }
        // One that comes too early is set again, so that a connection on which much is asked seldom sets any.
        while alarm.as_mut().poll(cx).is_ready() {
            alarm.as_mut().reset(due);
        }
        false
    }
}

impl ConnectionTimer {
    /// Notes that a request is being answered, until what this returns is dropped.
    pub fn begin(self: &Rc<Self>) -> InFlightGuard {
        self.busy.set(self.busy.get() + 1);
        InFlightGuard(Rc::clone(self))
    }
}

/// A request that is being answered.
pub struct InFlightGuard(Rc<ConnectionTimer>);

impl Drop for InFlightGuard {
    fn drop(&mut self) {
        self.0.busy.set(self.0.busy.get().saturating_sub(1));
        self.0.since.set(Instant::now());
    }
}

impl AsyncRead for TimedStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_read(cx, buffer) {
            // That there is no more to read ends it in order.
            Poll::Pending if self.stalled.is_none() && self.is_expired(cx) => Poll::Ready(Ok(())),
            read => read,
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
            written => {
                if let Poll::Ready(Ok(count)) = written {
                    self.clock.since.set(Instant::now());
                    self.stalled = self
                        .stalled
                        .map(|(since, read)| (since, read + count))
                        .filter(|(_, read)| *read < MIN_PROGRESS);
                }
                written
            }
        }
    }

    /// Follows when everything is written.
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
    /// An answer while it is sent, in pieces.
    pub struct ChunkedBody<B> {
        #[pin]
        body: B,
        rest: Bytes,
        busy: Option<InFlightGuard>,
    }
}

impl<B> ChunkedBody<B> {
    /// The answer to a request.
    pub fn new(body: B, busy: Option<InFlightGuard>) -> Self {
        Self { body, rest: Bytes::new(), busy }
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
