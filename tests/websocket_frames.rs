//! Websocket frames: what a client may send is limited before it is buffered, whatever the frame headers declare.

use std::time::Duration;

use libtest_mimic::Trial;
use open_llm_catalog::http::limits::timeouts::Timeouts;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use crate::{
    cli::{Server, folder},
    support::{App, Client, TIMEOUTS, block_on, wait_until, within_deadline},
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both:
        a_frame_over_the_limit_is_refused_from_its_header,
        fragments_without_end_are_refused,
        messages_of_every_length_are_read,
        fragments_with_control_frames_between_them_are_one_message,
        before_connection_init_only_small_messages_are_read,
        protocol_errors_of_frames_close_the_connection,
        a_message_must_arrive_in_time,
        incomplete_messages_are_limited_per_address,
        the_subprotocol_header_has_its_usual_case,
    ];
    trials.extend(trials![plain: a_hundred_hostile_sockets_take_little_memory]);
    trials
}

const TEXT: u8 = 1;
const CONTINUATION: u8 = 0;
const PING: u8 = 9;
const FINAL: u8 = 0x80;
const MASK: [u8; 4] = [1, 2, 3, 4];
/// The maximum size of a message.
const MAX: usize = 1 << 20;
/// More than the buffers of two sockets and of the server take. The server must not read as much of a refused message.
const REFUSED_SOON: usize = 16 << 20;

/// The header of a masked frame.
fn header(first: u8, length: u64) -> Vec<u8> {
    let mut bytes = vec![first];
    match length {
        0..126 => bytes.push(0x80 | length as u8),
        126..0x1_0000 => {
            bytes.push(0x80 | 126);
            bytes.extend((length as u16).to_be_bytes());
        }
        _ => {
            bytes.push(0x80 | 127);
            bytes.extend(length.to_be_bytes());
        }
    }
    bytes.extend(MASK);
    bytes
}

/// A masked frame.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = header(first, payload.len() as u64);
    bytes.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    bytes
}

/// A message with white space after it.
fn padded(message: &str, length: usize) -> Vec<u8> {
    let mut bytes = message.as_bytes().to_vec();
    bytes.resize(length, b' ');
    bytes
}

/// A websocket of which the test writes the bytes.
struct RawSocket {
    stream: TcpStream,
    head: String,
}

impl RawSocket {
    async fn open(client: &Client) -> Self {
        let address = client.address.strip_prefix("http://").expect("an address");
        let mut stream = TcpStream::connect(address).await.expect("the server listens");
        let request = format!(
            "GET /graphql HTTP/1.1\r\nhost: {address}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: x3JJHMbDL1EzLkh9GBhXDw==\r\n\
             sec-websocket-protocol: graphql-transport-ws\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.expect("the server reads");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(within_deadline(stream.read_u8()).await.expect("the server answers"));
        }
        Self { stream, head: String::from_utf8(head).expect("a head is text") }
    }

    /// A connection that has been acknowledged.
    async fn connect(client: &Client) -> Self {
        let mut socket = Self::open(client).await;
        socket.send(&frame(FINAL | TEXT, b"{\"type\":\"connection_init\"}")).await;
        assert_eq!(socket.receive().await, Ok("{\"type\":\"connection_ack\"}".to_owned()));
        socket
    }

    async fn send(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.expect("the server reads");
    }

    /// The next message, or the close code; 0 where the connection ends without one.
    async fn receive(&mut self) -> Result<String, u16> {
        let (first, payload) = within_deadline(self.read_frame()).await.map_err(|_| 0_u16)?;
        if first & 0x0f == 8 {
            return Err(u16::from_be_bytes([payload[0], payload[1]]));
        }
        Ok(String::from_utf8(payload).expect("the payload is text"))
    }

    async fn read_frame(&mut self) -> std::io::Result<(u8, Vec<u8>)> {
        let first = self.stream.read_u8().await?;
        let length = match self.stream.read_u8().await? {
            126 => self.stream.read_u16().await?.into(),
            length => usize::from(length),
        };
        let mut payload = vec![0; length];
        self.stream.read_exact(&mut payload).await?;
        Ok((first, payload))
    }

    /// The close code. Messages before it are skipped.
    async fn close_code(&mut self) -> u16 {
        loop {
            if let Err(code) = self.receive().await {
                return code;
            }
        }
    }

    /// Sends a chunk again and again until the server closes the connection; returns the number of bytes that it took and
    /// the close code.
    async fn flood(&mut self, chunk: &[u8]) -> (usize, u16) {
        let (mut reader, mut writer) = self.stream.split();
        let mut sent = 0;
        let mut answer = vec![0; 1000];
        within_deadline(async {
            loop {
                tokio::select! {
                    biased;
                    count = reader.read(&mut answer) => {
                        let count = count.unwrap_or(0);
                        let code = answer[..count].iter().position(|byte| *byte == FINAL | 8).map(|at| &answer[at + 2..]);
                        return (sent, code.map_or(0, |code| u16::from_be_bytes([code[0], code[1]])));
                    }
                    written = writer.write_all(chunk) => if written.is_ok() { sent += chunk.len() },
                }
            }
        })
        .await
    }
}

async fn a_frame_over_the_limit_is_refused_from_its_header(app: App) {
    let chunk = vec![b' '; 64 << 10];
    for length in [MAX as u64 + 1, 300 << 20, 1 << 62, (1 << 63) + 5, u64::MAX] {
        for first in [FINAL | TEXT, TEXT, FINAL | 2] {
            let mut socket = RawSocket::connect(&app).await;
            socket.send(&header(first, length)).await;
            let (sent, code) = socket.flood(&chunk).await;
            // The connection may be reset before the client has read the close frame.
            assert!(sent < REFUSED_SOON && [1009, 0].contains(&code), "{length}: {sent} bytes, {code}");
        }
        // A client that sends nothing after the header gets the close code.
        let mut socket = RawSocket::connect(&app).await;
        socket.send(&header(FINAL | TEXT, length)).await;
        assert_eq!(socket.close_code().await, 1009, "{length}");
    }
}

async fn fragments_without_end_are_refused(app: App) {
    // A debug build reads a million fragments slowly.
    let app = app.with_timeouts(Timeouts { receive: Duration::from_secs(60), ..TIMEOUTS });
    for size in [1, 1000, 64 << 10] {
        let mut socket = RawSocket::connect(&app).await;
        socket.send(&frame(TEXT, b" ")).await;
        let fragments = frame(CONTINUATION, &vec![b' '; size]).repeat((100_000 / size).max(1));
        let (sent, code) = socket.flood(&fragments).await;
        assert!(sent < REFUSED_SOON && [1009, 0].contains(&code), "{size}: {sent} bytes, {code}");
    }
    // The last fragment is refused from its header too.
    let mut socket = RawSocket::connect(&app).await;
    socket.send(&frame(TEXT, &vec![b' '; MAX - 10])).await;
    socket.send(&header(FINAL | CONTINUATION, 11)).await;
    assert_eq!(socket.close_code().await, 1009);
}

async fn messages_of_every_length_are_read(app: App) {
    let mut socket = RawSocket::connect(&app).await;
    let ping = "{\"type\":\"ping\"}";
    for length in [15, 125, 126, 127, 4095, 0xffff, 0x1_0000, 200_000, MAX] {
        socket.send(&frame(FINAL | TEXT, &padded(ping, length))).await;
        assert_eq!(socket.receive().await, Ok("{\"type\":\"pong\"}".to_owned()), "{length}");
    }
    // Many messages in one packet, and one message byte by byte.
    socket.send(&frame(FINAL | TEXT, ping.as_bytes()).repeat(1000)).await;
    for _ in 0..1000 {
        assert_eq!(socket.receive().await, Ok("{\"type\":\"pong\"}".to_owned()));
    }
    for byte in frame(FINAL | TEXT, ping.as_bytes()) {
        socket.send(&[byte]).await;
        sleep(Duration::from_millis(2)).await;
    }
    assert_eq!(socket.receive().await, Ok("{\"type\":\"pong\"}".to_owned()));
}

async fn fragments_with_control_frames_between_them_are_one_message(app: App) {
    let mut socket = RawSocket::open(&app).await;
    socket.send(&frame(TEXT, b"{\"type\":")).await;
    socket.send(&frame(FINAL | PING, b"one")).await;
    socket.send(&frame(CONTINUATION, b"")).await;
    socket.send(&frame(CONTINUATION, b"\"connection")).await;
    socket.send(&frame(FINAL | PING, &[b'x'; 125])).await;
    socket.send(&frame(FINAL | CONTINUATION, b"_init\"}")).await;
    assert_eq!(socket.receive().await, Ok("one".to_owned()));
    assert_eq!(socket.receive().await, Ok("x".repeat(125)));
    assert_eq!(socket.receive().await, Ok("{\"type\":\"connection_ack\"}".to_owned()));
    // The limit is on the sum of the fragments, and each message has its own.
    for _ in 0..3 {
        socket.send(&frame(TEXT, &padded("{\"type\":", MAX / 2))).await;
        socket.send(&frame(FINAL | CONTINUATION, &padded("\"ping\"}", MAX / 2))).await;
        assert_eq!(socket.receive().await, Ok("{\"type\":\"pong\"}".to_owned()));
    }
}

async fn before_connection_init_only_small_messages_are_read(app: App) {
    let init = |length: usize| frame(FINAL | TEXT, &padded("{\"type\":\"connection_init\"}", length));
    let mut socket = RawSocket::open(&app).await;
    socket.send(&init(16 << 10)).await;
    assert_eq!(socket.receive().await, Ok("{\"type\":\"connection_ack\"}".to_owned()));
    let mut socket = RawSocket::open(&app).await;
    socket.send(&init((16 << 10) + 1)).await;
    assert_eq!(socket.close_code().await, 1009);
    // All messages together are limited, too.
    let mut socket = RawSocket::open(&app).await;
    let pings = frame(FINAL | TEXT, &padded("{\"type\":\"ping\"}", 1000)).repeat(100);
    socket.send(&pings).await;
    assert_eq!(socket.close_code().await, 1009);
    // What a client sends together with its `connection_init` is not.
    let mut socket = RawSocket::open(&app).await;
    socket.send(&[init(30), pings].concat()).await;
    assert_eq!(socket.receive().await, Ok("{\"type\":\"connection_ack\"}".to_owned()));
    for _ in 0..100 {
        assert_eq!(socket.receive().await, Ok("{\"type\":\"pong\"}".to_owned()));
    }
}

async fn protocol_errors_of_frames_close_the_connection(app: App) {
    let ping = b"{\"type\":\"ping\"}";
    for (bytes, code) in [
        // Without a mask, with a reserved bit, with a reserved opcode.
        ([vec![FINAL | TEXT, ping.len() as u8], ping.to_vec()].concat(), 1002),
        (frame(FINAL | 0x40 | TEXT, ping), 1002),
        (frame(FINAL | 3, ping), 1002),
        (frame(FINAL | 11, ping), 1002),
        // Control frames that are fragmented or too long.
        (frame(PING, b""), 1002),
        (frame(8, b""), 1002),
        (header(FINAL | PING, 126), 1002),
        (header(FINAL | PING, 1 << 62), 1002),
        // A continuation of nothing, and a message within another.
        (frame(CONTINUATION, ping), 1002),
        (frame(FINAL | CONTINUATION, ping), 1002),
        ([frame(TEXT, ping), frame(FINAL | TEXT, ping)].concat(), 1002),
        ([frame(TEXT, ping), frame(TEXT, ping)].concat(), 1002),
        (frame(FINAL | TEXT, b"\xff\xff"), 1007),
        // A character in two fragments is valid text.
        ([frame(TEXT, b"\"\xc3"), frame(FINAL | CONTINUATION, b"\xa9\"")].concat(), 4400),
        // Binary messages are not part of the subprotocol.
        ([frame(2, ping), frame(FINAL | CONTINUATION, ping)].concat(), 4400),
        (frame(FINAL | 8, &1000_u16.to_be_bytes()), 1000),
    ] {
        let mut socket = RawSocket::connect(&app).await;
        socket.send(&bytes).await;
        assert_eq!(socket.close_code().await, code, "{bytes:?}");
    }
}

async fn a_message_must_arrive_in_time(app: App) {
    let app = app.with_timeouts(Timeouts { receive: Duration::from_secs(1), ..TIMEOUTS });
    let ping = frame(FINAL | TEXT, b"{\"type\":\"ping\"}");
    for begun in [&ping[..1], &ping[..8], &frame(TEXT, b" "), &[frame(TEXT, b" "), frame(FINAL | PING, b"")].concat()] {
        let mut socket = RawSocket::connect(&app).await;
        // A connection may be silent for longer between two messages.
        timeout(Duration::from_millis(1500), socket.receive()).await.expect_err("nothing is sent");
        socket.send(begun).await;
        assert_eq!(socket.close_code().await, 1008, "{begun:?}");
    }
    // Whole frames of a message that never ends do not extend the time.
    let mut socket = RawSocket::connect(&app).await;
    socket.send(&frame(TEXT, b" ")).await;
    let drip = async {
        while socket.stream.write_all(&frame(CONTINUATION, b"")).await.is_ok() {
            sleep(Duration::from_millis(20)).await;
        }
    };
    within_deadline(drip).await;
}

async fn incomplete_messages_are_limited_per_address(app: App) {
    let nearly = |size: usize| [header(FINAL | TEXT, size as u64), vec![b' '; size - 1]].concat();
    let mut held = Vec::new();
    for _ in 0..4 {
        let mut socket = RawSocket::connect(&app).await;
        socket.send(&nearly(MAX)).await;
        held.push(socket);
    }
    let ping = frame(FINAL | TEXT, &padded("{\"type\":\"ping\"}", 100_000));
    let is_refused = async || {
        let mut socket = RawSocket::connect(&app).await;
        // Fails where the server has closed the connection meanwhile.
        let _ = socket.stream.write_all(&ping).await;
        match socket.receive().await {
            Ok(pong) => {
                assert_eq!(pong, "{\"type\":\"pong\"}");
                false
            }
            Err(code) => {
                assert!([1013, 0].contains(&code), "{code}");
                true
            }
        }
    };
    wait_until("all four have arrived", async || is_refused().await).await;
    // Small messages are read.
    let mut socket = RawSocket::connect(&app).await;
    socket.send(&frame(FINAL | TEXT, b"{\"type\":\"ping\"}")).await;
    assert_eq!(socket.receive().await, Ok("{\"type\":\"pong\"}".to_owned()));
    held.pop();
    wait_until("the closed one is not counted", async || !is_refused().await).await;
    // A message that is complete is not counted.
    let socket = &mut held[0];
    socket.send(&[b' ' ^ MASK[(MAX - 1) % 4]]).await;
    assert_eq!(socket.close_code().await, 4400);
}

async fn the_subprotocol_header_has_its_usual_case(app: App) {
    let socket = RawSocket::open(&app).await;
    let lines = socket.head.lines().filter(|line| line.to_lowercase().starts_with("sec-websocket-protocol"));
    assert_eq!(lines.collect::<Vec<_>>(), ["Sec-WebSocket-Protocol: graphql-transport-ws"], "{}", socket.head);
}

/// The resident memory of a process in kilobytes; none where the system does not report it.
fn resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

fn a_hundred_hostile_sockets_take_little_memory() {
    let folder = folder();
    let mut server = Server::start(folder.path(), &[("PORT", "0")]);
    let client = Client::at(format!("http://{}", server.address()));
    block_on(async {
        client.data("{ catalog { revision } }").await;
        drop(RawSocket::connect(&client).await);
        let before = resident(server.process.id());
        let mut sockets = Vec::new();
        for number in 0..100_usize {
            // A third is refused from its header, a third has a nearly complete message, a third nearly complete fragments.
            let mut socket = RawSocket::connect(&client).await;
            let bytes = match number % 3 {
                0 => [header(FINAL | TEXT, 1 << 62), vec![b' '; 4 * MAX]].concat(),
                1 => [header(FINAL | TEXT, MAX as u64), vec![b' '; MAX - 1]].concat(),
                _ => frame(TEXT, &vec![b' '; MAX / 20])
                    .into_iter()
                    .chain(frame(CONTINUATION, &vec![b' '; MAX / 20]).repeat(18))
                    .collect(),
            };
            // Fails where the server has closed the connection.
            let _ = timeout(Duration::from_millis(300), socket.stream.write_all(&bytes)).await;
            sockets.push(socket);
        }
        let grown = before.zip(resident(server.process.id())).map(|(before, after)| after.saturating_sub(before));
        assert!(grown.is_none_or(|kilobytes| kilobytes < 64 << 10), "{grown:?} kB for 100 sockets");
        client.data("{ catalog { revision } }").await;
    });
}
