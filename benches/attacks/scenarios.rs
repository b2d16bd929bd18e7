//! The attacks.

use std::{io, pin::Pin, time::Duration};

use serde_json::Value as Json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, sleep, timeout},
};

use super::{
    Responses,
    catalog::Catalog,
    client::{Client, Response, get, graphql, read_to_end},
    documents, websocket,
};

type Running = Pin<Box<dyn Future<Output = io::Result<Responses>>>>;

/// An attack on a server.
pub struct Attack {
    pub name: &'static str,
    pub catalog: Catalog,
    pub run: fn(Client) -> Running,
}

const fn small(name: &'static str, run: fn(Client) -> Running) -> Attack {
    Attack { name, catalog: Catalog::Small, run }
}

const fn large(name: &'static str, run: fn(Client) -> Running) -> Attack {
    Attack { name, catalog: Catalog::Large, run }
}

/// All attacks. The memory of a server that holds against one does not grow with its numbers.
pub const ATTACKS: &[Attack] = &[
    small("websocket: a frame of 2^62 bytes, 256 MB sent", |client| {
        Box::pin(send_frame(client, 1, 1 << 62, 256 << 20))
    }),
    small("websocket: 100 frames of 2^62 bytes, 8 MB each", |client| {
        Box::pin(send_frame(client, 100, 1 << 62, 8 << 20))
    }),
    small("websocket: 100 unfinished messages of 1 MB", |client| {
        Box::pin(send_frame(client, 100, 1 << 20, (1 << 20) - 1))
    }),
    small("websocket: 200 with 100 subscriptions each", |client| Box::pin(subscribe(client))),
    small("answer: 4,900 aliases of 165 summaries", |client| {
        Box::pin(post_all(client, vec![(documents::aliases_of_summaries(), Json::Null)]))
    }),
    small("answer: eight of these at once, not read", |client| Box::pin(post_unread(client))),
    small("answer: 6,000 aliases of 16 changes", |client| {
        Box::pin(post_all(client, vec![(documents::aliases_of_changes(), Json::Null)]))
    }),
    small("cost: pages in pages below a search", |client| {
        Box::pin(post_all(client, vec![(documents::pages_below_search(), Json::Null)]))
    }),
    small("cost: derived models of derived models", |client| {
        let documents = [false, true].map(|connection| (documents::derived_of_derived(connection), Json::Null));
        Box::pin(post_all(client, documents.into()))
    }),
    small("variables: 12 requests with 485 kB of texts in 50 filters", |client| {
        let request = |number| (documents::filters_by_texts(), documents::texts(number));
        Box::pin(post_all(client, (0..12).map(request).collect()))
    }),
    small("variables: six of these at once", |client| {
        let request = |number| (documents::filters_by_texts(), documents::texts(number));
        Box::pin(post_at_once(client, (100..106).map(request).collect()))
    }),
    small("variables: 60 requests with 1 MB that waits for expensive ones", |client| {
        let expensive = (0..9).map(|_| (documents::aliases_of_changes(), Json::Null));
        let waiting = (0..60).map(|_| (documents::PAGE.to_owned(), documents::undeclared_variable()));
        Box::pin(post_at_once(client, expensive.chain(waiting).collect()))
    }),
    large("fair shares: 6 clients, 100 searches with counts in each request", |client| {
        Box::pin(post_repeatedly(client, documents::searches))
    }),
    large("fair shares: 6 clients, 30 facets in each request", |client| {
        Box::pin(post_repeatedly(client, |number| documents::facets(30, number)))
    }),
    large("fair shares: a request with 100 facets", |client| {
        Box::pin(post_all(client, vec![(documents::facets(100, 1_000), Json::Null)]))
    }),
    large("exports: two that are read slowly, and others meanwhile", |client| Box::pin(read_slowly(client))),
];

/// Sends one request after the other.
async fn post_all(client: Client, requests: Vec<(String, Json)>) -> io::Result<Responses> {
    let mut responses = Responses::default();
    for (query, variables) in requests {
        responses.add(&client.post(&query, &variables).await);
    }
    Ok(responses)
}

/// Sends all requests at once.
async fn post_at_once(client: Client, requests: Vec<(String, Json)>) -> io::Result<Responses> {
    let requests = requests
        .into_iter()
        .map(|(query, variables)| tokio::spawn(async move { client.post(&query, &variables).await }));
    let mut responses = Responses::default();
    for response in requests.collect::<Vec<_>>() {
        responses.add(&response.await?);
    }
    Ok(responses)
}

/// Sends eight requests at once, and reads their responses only after five seconds.
async fn post_unread(client: Client) -> io::Result<Responses> {
    let mut streams = Vec::new();
    for _ in 0..8 {
        let mut stream = client.connect().await?;
        stream.write_all(&graphql(&documents::aliases_of_summaries(), &Json::Null)).await?;
        streams.push(stream);
    }
    sleep(Duration::from_secs(5)).await;
    let mut responses = Responses::default();
    for mut stream in streams {
        responses.add(&read_to_end(&mut stream).await);
    }
    Ok(responses)
}

/// Six clients send one request after the other, each another one, for ten seconds.
async fn post_repeatedly(client: Client, query: fn(usize) -> String) -> io::Result<Responses> {
    let end = Instant::now() + Duration::from_secs(10);
    let clients = (0..6).map(|worker| {
        tokio::spawn(async move {
            let mut responses = Vec::new();
            while Instant::now() < end {
                responses.push(client.post(&query(6 * responses.len() + worker), &Json::Null).await);
            }
            responses
        })
    });
    let mut responses = Responses::default();
    for client in clients.collect::<Vec<_>>() {
        client.await?.iter().for_each(|response| responses.add(response));
    }
    Ok(responses)
}

/// Opens websockets and sends on each the header of a frame, then at most `bytes` of its payload.
async fn send_frame(client: Client, sockets: usize, declared: u64, bytes: usize) -> io::Result<Responses> {
    let mut streams = Vec::new();
    for _ in 0..sockets {
        streams.push(websocket::open(&client).await?);
    }
    let senders = streams.into_iter().map(|mut stream| {
        tokio::spawn(async move {
            let sent = send_payload(&mut stream, declared, bytes).await;
            (stream, sent)
        })
    });
    let mut sent = Vec::new();
    for sender in senders.collect::<Vec<_>>() {
        sent.push(sender.await?);
    }
    sleep(Duration::from_secs(2)).await;
    let mut responses = Responses::default();
    for (mut stream, _) in sent {
        responses.add(&Ok(Response { status: close_code(&mut stream).await, bytes: 0 }));
    }
    Ok(responses)
}

async fn send_payload(stream: &mut TcpStream, declared: u64, bytes: usize) -> io::Result<()> {
    stream.write_all(&websocket::header(declared)).await?;
    let block = vec![b'a'; 64 << 10];
    let mut left = bytes;
    while left > 0 {
        let length = left.min(block.len());
        // A server that neither reads nor closes stops the sender.
        timeout(Duration::from_secs(5), stream.write_all(&block[..length])).await??;
        left -= length;
    }
    Ok(())
}

/// The code of the close frame that the server sent; 0 if the connection is open, or ended without one.
async fn close_code(stream: &mut TcpStream) -> u16 {
    let mut frame = [0; 4];
    match timeout(Duration::from_millis(100), stream.read(&mut frame)).await {
        Ok(Ok(4)) if frame[0] == 0x88 => u16::from_be_bytes([frame[2], frame[3]]),
        _ => 0,
    }
}

/// Opens 200 websockets with 100 subscriptions each, as far as the rate limit allows within ten seconds.
async fn subscribe(client: Client) -> io::Result<Responses> {
    let mut responses = Responses::default();
    let mut open = Vec::new();
    for _ in 0..200 {
        match websocket::subscribe(&client, 100).await {
            Ok(stream) => open.push(stream),
            Err(error) => responses.add(&Err(error)),
        }
    }
    sleep(Duration::from_secs(5)).await;
    responses.statuses.insert(101, open.len());
    Ok(responses)
}

/// Two exports are read at about 40 kB/s while another client asks for an export each second.
async fn read_slowly(client: Client) -> io::Result<Responses> {
    let slow = (0..2).map(|_| tokio::spawn(async move { read_slowly_for(client, Duration::from_secs(10)).await }));
    let slow = slow.collect::<Vec<_>>();
    let other = Client { address: [127, 0, 0, 3].into(), ..client };
    let mut responses = Responses::default();
    for _ in 0..8 {
        sleep(Duration::from_secs(1)).await;
        responses.add(&other.get("/export/models.csv").await);
    }
    for reader in slow {
        reader.await??;
    }
    Ok(responses)
}

async fn read_slowly_for(client: Client, duration: Duration) -> io::Result<()> {
    let mut stream = client.connect().await?;
    stream.write_all(&get("/export/catalog.json")).await?;
    let (end, mut buffer) = (Instant::now() + duration, vec![0; 4096]);
    while Instant::now() < end && stream.read(&mut buffer).await? > 0 {
        sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}
