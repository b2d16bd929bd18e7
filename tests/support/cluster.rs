//! A PostgreSQL server that a test may stop, kill and start again, and a proxy that can stop forwarding.

use std::{
    fs,
    net::TcpListener,
    path::PathBuf,
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, Interest, Ready},
    net::{TcpListener as Listener, TcpStream, tcp},
    time,
};

use super::postgres::{binaries, command, initialized, new_folder};
use super::process::{Process, output, send_signal};
use super::{folder_of_databases, within_deadline};

/// A PostgreSQL server of one test. It is stopped and its files are removed when this is dropped.
pub struct Cluster {
    binaries: PathBuf,
    folder: PathBuf,
    port: u16,
    running: Option<Process>,
}

impl Cluster {
    /// Starts a new server; none where PostgreSQL is not installed.
    pub fn start() -> Option<Self> {
        let binaries = binaries()?;
        let folder = initialized(&binaries, &folder_of_databases());
        let mut cluster = Self { binaries, folder, port: free_port(), running: None };
        cluster.start_again();
        Some(cluster)
    }

    /// Starts a streaming replica of this server.
    pub fn replica(&self) -> Self {
        let folder = new_folder(&folder_of_databases());
        let mut backup = command(&self.binaries.join("pg_basebackup"), &folder);
        backup
            .args([
                "--host=127.0.0.1",
                "--username=postgres",
                "--checkpoint=fast",
                "--no-sync",
                "--write-recovery-conf",
            ])
            .args(["--port", &self.port.to_string(), "--pgdata"])
            .arg(folder.join("data"));
        let backup = output(&mut backup, None);
        assert!(backup.status.success(), "pg_basebackup: {}", String::from_utf8_lossy(&backup.stderr));
        let mut replica = Self { binaries: self.binaries.clone(), folder, port: free_port(), running: None };
        replica.start_again();
        replica
    }

    /// The URL of a database of the server.
    pub fn database(&self, name: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{name}", self.port)
    }

    /// The text that a statement returns, as soon as the server accepts connections.
    pub async fn query(&self, sql: &str) -> String {
        let mut options = sea_orm::ConnectOptions::new(self.database("postgres"));
        options.max_connections(1).sqlx_logging(false);
        let text = within_deadline(async {
            loop {
                let Ok(db) = sea_orm::Database::connect(options.clone()).await else {
                    time::sleep(Duration::from_millis(20)).await;
                    continue;
                };
                let statement = Statement::from_string(DbBackend::Postgres, sql);
                let row = db.query_one_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
                let text = row.and_then(|row| row.try_get_by_index::<Option<String>>(0).ok().flatten());
                db.close().await.expect("the connection closes");
                break text.unwrap_or_default();
            }
        });
        text.await
    }

    /// The port that the server listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Starts the server, also after it was stopped. Acknowledged writes must survive a kill, so `fsync` stays on.
    pub fn start_again(&mut self) {
        let log = fs::File::options().create(true).append(true).open(self.folder.join("log")).expect("a log");
        let mut command = command(&self.binaries.join("postgres"), &self.folder);
        command.arg("-D").arg(self.folder.join("data")).args(["-p", &self.port.to_string()]);
        command.arg("-k").arg(&self.folder).args(["-h", "127.0.0.1", "-c", "max_connections=100"]);
        let errors = log.try_clone().expect("a log");
        self.running = Some(Process::spawn(command.stdin(Stdio::null()).stdout(log).stderr(errors)));
    }

    /// Stops the server by a signal: INT shuts down, KILL ends it at once.
    pub fn stop(&mut self, signal: &str) {
        let Some(mut process) = self.running.take() else { return };
        send_signal(process.id(), signal);
        process.wait();
    }
}

fn free_port() -> u16 {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    port.expect("there is a free port").port()
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop("INT");
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A TCP proxy. While it is blocked it forwards nothing and closes nothing, as where a cable is unplugged.
pub struct Proxy {
    pub port: u16,
    blocked: Arc<AtomicBool>,
}

impl Proxy {
    /// A proxy of a local port. It has a thread of its own: tests wait for programs that need it.
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let proxy = Self { port: listener.local_addr().expect("an address").port(), blocked: Arc::default() };
        let blocked = Arc::clone(&proxy.blocked);
        thread::spawn(move || actix_web::rt::System::new().block_on(accept(listener, port, blocked)));
        proxy
    }

    /// Stops forwarding, or resumes it.
    pub fn set_blocked(&self, blocked: bool) {
        self.blocked.store(blocked, Ordering::SeqCst);
    }
}

async fn accept(listener: TcpListener, port: u16, blocked: Arc<AtomicBool>) {
    listener.set_nonblocking(true).expect("the listener can be non-blocking");
    let listener = Listener::from_std(listener).expect("the listener can be used asynchronously");
    while let Ok((client, _)) = listener.accept().await {
        let blocked = Arc::clone(&blocked);
        actix_web::rt::spawn(async move {
            let waited = blocked.load(Ordering::SeqCst);
            await_unblocked(&blocked).await;
            // Nothing would have come through from a client that gave up in the meantime.
            if waited && has_closed(&client).await {
                return;
            }
            let Ok(server) = TcpStream::connect(("127.0.0.1", port)).await else { return };
            let ((client_in, client_out), (server_in, server_out)) = (client.into_split(), server.into_split());
            tokio::join!(forward(client_in, server_out, &blocked), forward(server_in, client_out, &blocked));
        });
    }
}

/// Whether a client has closed its end.
async fn has_closed(client: &TcpStream) -> bool {
    client.ready(Interest::READABLE | Interest::WRITABLE).await.is_ok_and(Ready::is_read_closed)
}

async fn await_unblocked(blocked: &AtomicBool) {
    while blocked.load(Ordering::SeqCst) {
        time::sleep(Duration::from_millis(1)).await;
    }
}

async fn forward(mut from: tcp::OwnedReadHalf, mut to: tcp::OwnedWriteHalf, blocked: &AtomicBool) {
    let mut bytes = vec![0; 16 << 10];
    while let Ok(count) = from.read(&mut bytes).await {
        await_unblocked(blocked).await;
        if count == 0 || to.write_all(&bytes[..count]).await.is_err() {
            break;
        }
    }
}
