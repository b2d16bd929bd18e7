//! A PostgreSQL server for tests and benchmarks: the one of `TEST_DATABASE_URL`, or a new one with installed binaries.

use std::{
    fs,
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    time::{Duration, Instant},
};

use sea_orm::{ConnectionTrait, Database, DbErr};

pub const MISSING: &str = "no PostgreSQL: install it (apt-get install postgresql, brew install postgresql), \
    or set PG_BIN to the folder of its binaries, or TEST_DATABASE_URL to a server on which databases may be created";

/// A server on which tests create databases.
pub struct Server {
    url: url::Url,
    /// Ends the server and removes its files as soon as its input closes, however this process ends.
    _keeper: Option<Child>,
}

/// The shared server of this process; or the name of the missing requirement. A new one has its files in `parent`, and these settings, each
/// as `name=value`.
pub fn server(parent: &Path, settings: &[&str]) -> Result<&'static Server, &'static str> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let start = || match std::env::var("TEST_DATABASE_URL") {
        Ok(url) => Some(Server { url: url.parse().expect("TEST_DATABASE_URL is a URL"), _keeper: None }),
        Err(_) => binaries().map(|binaries| Server::start(&binaries, parent, settings)),
    };
    SERVER.get_or_init(start).as_ref().ok_or(MISSING)
}

impl Server {
    fn start(binaries: &Path, parent: &Path, settings: &[&str]) -> Self {
        let folder = initialized(binaries, parent);
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("there is a free port");
        let keeper = command(Path::new("/bin/sh"), &folder)
            .args(["-c", r#""$0" -D "$1/data" -p "$2" -k "$1" -h 127.0.0.1 $3 >"$1/log" 2>&1 & read -r _; kill -QUIT $!; wait; rm -rf "$1""#])
            .arg(binaries.join("postgres"))
            .arg(&folder)
            .arg(port.port().to_string())
            .arg(settings.iter().map(|setting| format!("-c {setting}")).collect::<Vec<_>>().join(" "))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("a shell runs");
        let url = format!("postgres://postgres@127.0.0.1:{}/postgres", port.port()).parse().expect("a URL");
        let server = Self { url, _keeper: Some(keeper) };
        server.await_readiness(&folder);
        server
    }

    fn await_readiness(&self, folder: &Path) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let url = self.url.to_string();
        // The caller may be on a runtime, which must not be blocked.
        let ready = std::thread::spawn(move || {
            let since = Instant::now();
            while since.elapsed() < Duration::from_secs(30) {
                if runtime.block_on(execute(&url, "SELECT 1")).is_ok() {
                    return true;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            false
        });
        let log = || fs::read_to_string(folder.join("log")).unwrap_or_default();
        assert!(ready.join().expect("the thread ends"), "PostgreSQL does not answer: {}", log());
    }

    /// The URL of one of the server's databases.
    pub fn database(&self, name: &str) -> String {
        let mut url = self.url.clone();
        url.set_path(name);
        url.to_string()
    }

    /// Executes a statement outside the tests' databases.
    pub async fn execute(&self, sql: &str) {
        execute(self.url.as_str(), sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

async fn execute(url: &str, sql: &str) -> Result<(), DbErr> {
    let mut options = sea_orm::ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await?;
    db.execute_unprepared(sql).await?;
    db.close().await
}

/// A command for a program of PostgreSQL, in its folder and as a user that the server may run as.
pub fn command(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    if let Some((uid, gid)) = unprivileged() {
        command.uid(uid).gid(gid);
    }
    command.current_dir(folder);
    command
}

/// A new folder in another, which the server may write to.
pub fn new_folder(parent: &Path) -> PathBuf {
    let folder = tempfile::Builder::new().prefix("catalog-pg").tempdir_in(parent);
    let folder = folder.expect("there is a folder for temporary files").keep();
    if let Some((uid, gid)) = unprivileged() {
        std::os::unix::fs::chown(&folder, Some(uid), Some(gid)).expect("root may give a folder away");
    }
    folder
}

/// A new folder in another, with a database cluster in `data`.
pub fn initialized(binaries: &Path, parent: &Path) -> PathBuf {
    let folder = new_folder(parent);
    // The catalog orders text by code point: with an ICU collation as default, a missing COLLATE fails a test.
    let initialize = |locale: &[&str]| {
        let mut command = command(&binaries.join("initdb"), &folder);
        command.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync"]).args(locale);
        command.arg("--pgdata").arg(folder.join("data")).output().expect("initdb runs")
    };
    let mut made = initialize(&["--locale-provider=icu", "--icu-locale=en", "--locale=C"]);
    if !made.status.success() {
        made = initialize(&["--locale=C"]);
    }
    assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
    folder
}

/// The folder of the server's binaries.
pub fn binaries() -> Option<PathBuf> {
    let complete = |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    if let Some(folder) = std::env::var_os("PG_BIN").map(PathBuf::from) {
        assert!(complete(&folder), "PG_BIN names a folder without initdb and postgres");
        return Some(folder);
    }
    let configured = Command::new("pg_config").arg("--bindir").output().ok();
    let configured = configured.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    let mut versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().collect::<Vec<_>>();
    versions.sort_by_key(|entry| entry.file_name().to_string_lossy().parse::<u32>().unwrap_or(0));
    let packaged = versions.into_iter().rev().map(|entry| entry.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).collect::<Vec<_>>();
    configured.into_iter().chain(packaged).chain(on_path).find(complete)
}

/// The user and group for the server where this process is root: PostgreSQL refuses to run as root.
fn unprivileged() -> Option<(u32, u32)> {
    let owner = std::os::unix::fs::MetadataExt::uid(&fs::metadata("/proc/self").ok()?);
    if owner != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").expect("there are users");
    let find = |name: &str| {
        let fields = users.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|fields| fields[0] == name)?;
        Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?))
    };
    find("postgres").or_else(|| find("nobody"))
}
