//! A PostgreSQL server that a test may stop, kill and start again, and a way to it that can be cut.

use std::{
    fs,
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener as Listener, TcpStream, tcp},
    time,
};

use super::postgres::{binaries, command, initialized, new_folder};

/// A server of its own. Its files are gone when it is dropped.
pub struct Cluster {
    binaries: PathBuf,
    folder: PathBuf,
    port: u16,
    running: Option<Child>,
}

impl Cluster {
    /// A server that runs; none where there is no PostgreSQL.
    pub fn start() -> Option<Self> {
        let binaries = binaries()?;
        let folder = initialized(&binaries);
        let mut cluster = Self { binaries, folder, port: free_port(), running: None };
        cluster.resume();
        Some(cluster)
    }

    /// A replica of it that runs, and streams what is written from now on.
    pub fn replica(&self) -> Self {
        let folder = new_folder();
        let backup = command(&self.binaries.join("pg_basebackup"), &folder)
            .args([
                "--host=127.0.0.1",
                "--username=postgres",
                "--checkpoint=fast",
                "--no-sync",
                "--write-recovery-conf",
            ])
            .args(["--port", &self.port.to_string(), "--pgdata"])
            .arg(folder.join("data"))
            .output()
            .expect("pg_basebackup runs");
        assert!(backup.status.success(), "pg_basebackup: {}", String::from_utf8_lossy(&backup.stderr));
        let mut replica = Self { binaries: self.binaries.clone(), folder, port: free_port(), running: None };
        replica.resume();
        replica
    }

    /// The URL of one of its databases.
    pub fn database(&self, name: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{name}", self.port)
    }

    /// The text that a statement gives, as soon as it takes connections.
    pub async fn ask(&self, sql: &str) -> String {
        let mut options = sea_orm::ConnectOptions::new(self.database("postgres"));
        options.max_connections(1).sqlx_logging(false);
        let asked = time::timeout(Duration::from_secs(60), async {
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
        asked.await.expect("PostgreSQL takes connections")
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Starts it again. It keeps what it acknowledged, so it syncs as it does outside of tests.
    pub fn resume(&mut self) {
        let log = fs::File::options().create(true).append(true).open(self.folder.join("log")).expect("a log");
        let mut command = command(&self.binaries.join("postgres"), &self.folder);
        command.arg("-D").arg(self.folder.join("data")).args(["-p", &self.port.to_string()]);
        command.arg("-k").arg(&self.folder).args(["-h", "127.0.0.1", "-c", "max_connections=100"]);
        let errors = log.try_clone().expect("a log");
        self.running = Some(command.stdin(Stdio::null()).stdout(log).stderr(errors).spawn().expect("postgres starts"));
    }

    /// Ends it by a signal: INT in order, KILL at once.
    pub fn end(&mut self, signal: &str) {
        let Some(mut child) = self.running.take() else { return };
        signal_process(child.id(), signal);
        child.wait().expect("it ends");
    }
}

fn free_port() -> u16 {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    port.expect("there is a free port").port()
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.end("INT");
        // What is left would only take space.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Sends a signal to a process that the test started.
pub fn signal_process(id: u32, signal: &str) {
    let sent = Command::new("kill").args([format!("-{signal}"), id.to_string()]).status();
    assert!(sent.expect("there is a command kill").success());
}

/// A way to a server. While it is cut nothing goes through and nobody is told, as where a cable is pulled.
pub struct Way {
    pub port: u16,
    cut: Arc<AtomicBool>,
}

impl Way {
    /// The way to a port. It has a thread of its own: tests wait for programs that need it.
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let way = Self { port: listener.local_addr().expect("an address").port(), cut: Arc::default() };
        let cut = Arc::clone(&way.cut);
        thread::spawn(move || actix_web::rt::System::new().block_on(lead(listener, port, cut)));
        way
    }

    /// Cuts it, or mends it.
    pub fn cut(&self, cut: bool) {
        self.cut.store(cut, Ordering::SeqCst);
    }
}

async fn lead(listener: TcpListener, port: u16, cut: Arc<AtomicBool>) {
    listener.set_nonblocking(true).expect("it can be awaited");
    let listener = Listener::from_std(listener).expect("it can be awaited");
    while let Ok((near, _)) = listener.accept().await {
        let cut = Arc::clone(&cut);
        actix_web::rt::spawn(async move {
            opened(&cut).await;
            let Ok(far) = TcpStream::connect(("127.0.0.1", port)).await else { return };
            let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
            tokio::join!(carry(near_in, far_out, &cut), carry(far_in, near_out, &cut));
        });
    }
}

async fn opened(cut: &AtomicBool) {
    while cut.load(Ordering::SeqCst) {
        time::sleep(Duration::from_millis(1)).await;
    }
}

async fn carry(mut from: tcp::OwnedReadHalf, mut to: tcp::OwnedWriteHalf, cut: &AtomicBool) {
    let mut bytes = vec![0; 16 << 10];
    while let Ok(count) = from.read(&mut bytes).await {
        opened(cut).await;
        if count == 0 || to.write_all(&bytes[..count]).await.is_err() {
            break;
        }
    }
}
