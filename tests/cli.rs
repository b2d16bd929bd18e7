//! The commands of the program: output, settings and exit codes.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Command, ExitStatus, Stdio},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
};

use libtest_mimic::Trial;
use open_llm_catalog::db::url::DatabaseUrl;
use sea_orm::sqlx::{ConnectOptions, Connection, Executor, sqlite::SqliteConnectOptions};
use seed::DataSet;
use tempfile::TempDir;

use crate::{
    seed::files_of,
    support::{
        DEADLINE, block_on,
        process::{Process, output, send_signal},
    },
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![plain:
        the_server_starts_in_an_empty_folder_and_seeds_once,
        every_invalid_setting_is_reported,
        settings_are_read_from_a_dotenv_file,
        production_is_one_setting,
        unknown_commands_are_usage_errors,
        a_port_in_use_is_reported,
        a_database_that_cannot_be_opened_is_reported,
        migrations_run_up_and_down,
        several_migrations_are_reverted_only_if_confirmed,
        a_newer_schema_is_reported,
        parameters_of_a_sqlite_url_are_refused,
        the_metrics_can_require_a_token,
        a_server_on_all_addresses_says_so_and_never_links_to_0_0_0_0,
        passwords_are_encoded_in_urls,
        seeding_twice_changes_nothing,
        schema_prints_the_sdl,
    ]
}

pub fn folder() -> TempDir {
    tempfile::tempdir().expect("there is a folder for temporary files")
}

/// The program in a folder, without the environment of the tests except `PATH`. A new catalog has the data set `list`, which does
/// not change.
pub fn program(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_open-llm-catalog"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).env_clear().env("CATALOG_SEED", "list");
    command.envs(std::env::var_os("PATH").map(|path| ("PATH", path))).envs(variables.iter().copied());
    command
}

/// The exit code, the output and the errors of a run that ends by itself.
pub fn run(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> (i32, String, String) {
    let output = output(&mut program(folder, arguments, variables), None);
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    (output.status.code().expect("it ends by itself"), text(output.stdout), text(output.stderr))
}

/// The program as a server. It is killed when this is dropped.
pub struct Server {
    pub process: Process,
    lines: mpsc::Receiver<String>,
}

impl Server {
    /// Starts a server without rate limits: all clients of a test have one address.
    pub fn start(folder: &Path, variables: &[(&str, &str)]) -> Self {
        let variables = [&[("RATE_REQUESTS", "0"), ("RATE_COST", "0")], variables].concat();
        Self::spawn(program(folder, &[], &variables))
    }

    /// Starts a server. Its log is printed only if the test panics.
    pub fn spawn(mut command: Command) -> Self {
        Self::of(Process::spawn_quietly(command.stdout(Stdio::piped())))
    }

    /// Starts a server that writes its log to `log`.
    pub fn spawn_with_log(mut command: Command, log: Stdio) -> Self {
        Self::of(Process::spawn(command.stdout(Stdio::piped()).stderr(log)))
    }

    fn of(mut process: Process) -> Self {
        let output = BufReader::new(process.stdout.take().expect("the output is piped"));
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || output.lines().map_while(Result::ok).all(|line| sender.send(line).is_ok()));
        Self { process, lines }
    }

    /// The next line of the output.
    pub fn line(&mut self) -> String {
        match self.lines.recv_timeout(DEADLINE) {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => panic!("the server printed no line within {DEADLINE:?}"),
            Err(RecvTimeoutError::Disconnected) => panic!("the server ended before it printed a line"),
        }
    }

    /// Reads up to the lines with the addresses; returns host and port.
    pub fn address(&mut self) -> String {
        let address = loop {
            if let Some(address) = self.line().strip_prefix("  pages       http://") {
                break address.to_owned();
            }
        };
        assert_eq!(self.line(), format!("  API         http://{address}/graphql"));
        assert_eq!(self.line(), format!("  playground  http://{address}/playground"));
        assert_eq!(self.line(), format!("  schema      http://{address}/schema.graphql"));
        address
    }

    /// Asks the server to stop, and waits until it has.
    pub fn stop(&mut self) -> ExitStatus {
        send_signal(self.process.id(), "TERM");
        self.process.wait()
    }
}

/// A connection whose reads fail after the deadline.
pub fn connect(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(DEADLINE)).expect("a timeout can be set");
    stream
}

/// The number of documents in the data set `list`.
pub fn documents_of_the_list() -> usize {
    files_of(DataSet::List).len()
}

/// The body of the response to a GraphQL query.
pub fn ask(address: &str, query: &str) -> String {
    let body = serde_json::json!({ "query": query }).to_string();
    let mut stream = connect(address);
    let head = "POST /graphql HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n";
    write!(stream, "{head}content-length: {}\r\n\r\n{body}", body.len()).expect("the server reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the server answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("there is a body");
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    body.to_owned()
}

fn the_server_starts_in_an_empty_folder_and_seeds_once() {
    let folder = folder();
    let answers = "The catalog (sqlite:catalog.db) listens on";
    let count = documents_of_the_list();
    let revision = format!(r#"{{"data":{{"catalog":{{"revision":{count}}}}},"extensions":{{"cost":1}}}}"#);
    let mut server = Server::start(folder.path(), &[("PORT", "0")]);
    assert_eq!(server.line(), format!("Data set list: {count} subjects created, 0 updated, 0 unchanged."));
    assert_eq!(server.line(), answers);
    let address = server.address();
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    assert_eq!(ask(&address, "{ catalog { revision } }"), revision);
    assert!(folder.path().join("catalog.db").is_file());
    drop(server);
    let mut server = Server::start(folder.path(), &[("PORT", "0")]);
    assert_eq!(server.line(), answers);
    assert_eq!(ask(&server.address(), "{ catalog { revision } }"), revision);
}

fn every_invalid_setting_is_reported() {
    let port = "expected a whole number from 0 to 65535.";
    let few = "expected a whole number from 1 to 1000.";
    let mysql = "mysql://u:secret@h/x";
    let masked =
        "DATABASE_URL is \"mysql://u:***@h/x\"; expected sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/DATABASE";
    let cases = [
        ("PORT", "abc", format!("PORT is \"abc\"; {port}")),
        ("PORT", "70000", format!("PORT is \"70000\"; {port}")),
        ("PORT", "-1", format!("PORT is \"-1\"; {port}")),
        ("PORT", "", format!("PORT is \"\"; {port}")),
        ("DATABASE_URL", mysql, masked.to_owned()),
        ("DATABASE_URL", "catalog.db", "DATABASE_URL is \"catalog.db\"; expected sqlite:FILE".to_owned()),
        ("DATABASE_URL", "sqlite:", "DATABASE_URL is \"sqlite:\"; expected sqlite:FILE".to_owned()),
        ("DATABASE_CONNECTIONS", "0", format!("DATABASE_CONNECTIONS is \"0\"; {few}")),
        ("DATABASE_CONNECTIONS", "many", format!("DATABASE_CONNECTIONS is \"many\"; {few}")),
        ("DATABASE_WAIT", "61", "DATABASE_WAIT is \"61\"; expected a whole number from 1 to 60.".to_owned()),
        ("CATALOG_SEED", "wrold", "CATALOG_SEED is \"wrold\"; expected world, list or none.".to_owned()),
        ("PUBLIC_URL", "example.org", "PUBLIC_URL is \"example.org\"; expected a URL such as".to_owned()),
        ("PUBLIC_URL", "https://u:secret@h", "PUBLIC_URL is \"https://u:***@h\"; expected a URL".to_owned()),
        ("PUBLIC_URL", "https://h/?a=b", "PUBLIC_URL is \"https://h/?a=b\"; expected a URL".to_owned()),
        ("PRODUCTION", "yes", "PRODUCTION is \"yes\"; expected on or off.".to_owned()),
        ("MAX_DEPTH", "101", "MAX_DEPTH is \"101\"; expected a whole number from 1 to 100.".to_owned()),
        ("RATE_REQUESTS", "-1", "RATE_REQUESTS is \"-1\"; expected a whole number from 0 to".to_owned()),
        ("PROXY_HEADER", "x", "PROXY_HEADER is \"x\"; expected x-forwarded-for or forwarded.".to_owned()),
        ("CORS_ORIGINS", "example.org", "CORS_ORIGINS is \"example.org\"; expected *, or origins such as".to_owned()),
        ("CORS_ORIGINS", "https://a.b/c", "CORS_ORIGINS is \"https://a.b/c\"; expected *, or origins".to_owned()),
        ("HOST", "", "HOST is \"\"; expected a host name or address.".to_owned()),
        ("RUST_LOG", "=====", "RUST_LOG is \"=====\"; expected a filter such as info".to_owned()),
    ];
    let folder = folder();
    for (name, value, message) in &cases {
        let (code, output, errors) = run(folder.path(), &[], &[(*name, *value)]);
        assert_eq!((code, output.as_str()), (2, ""), "{name}={value}");
        assert!(errors.starts_with(&format!("error: {message}")), "{name}={value}: {errors}");
        assert_eq!(errors.trim_end().lines().count(), 1, "{errors}");
        assert!(!errors.contains("secret"), "{errors}");
    }
    let several = [("PORT", "abc"), ("DATABASE_URL", mysql), ("DATABASE_CONNECTIONS", "0"), ("RUST_LOG", "=====")];
    for command in [&[][..], &["serve"], &["migrate", "up"], &["seed"]] {
        let (code, _, errors) = run(folder.path(), command, &several);
        assert_eq!((code, errors.trim_end().lines().count()), (2, 4), "{errors}");
        for (name, _) in several {
            assert!(errors.contains(&format!("{name} is ")), "{name} in {errors}");
        }
    }
    assert_eq!(fs::read_dir(folder.path()).expect("the folder can be read").count(), 0, "nothing was made");
}

fn settings_are_read_from_a_dotenv_file() {
    let folder = folder();
    fs::write(folder.path().join(".env"), "PORT=0\nDATABASE_URL=sqlite:other.db\n").expect("the file can be written");
    let mut server = Server::start(folder.path(), &[]);
    server.line();
    assert_eq!(server.line(), "The catalog (sqlite:other.db) listens on");
    server.address();
    assert!(folder.path().join("other.db").is_file() && !folder.path().join("catalog.db").exists());
    drop(server);
    // The environment comes first.
    let mut server = Server::start(folder.path(), &[("DATABASE_URL", "sqlite:third.db")]);
    server.line();
    assert_eq!(server.line(), "The catalog (sqlite:third.db) listens on");
    drop(server);
    fs::write(folder.path().join(".env"), "PORT=abc\n").expect("the file can be written");
    let (code, _, errors) = run(folder.path(), &["seed"], &[]);
    assert!(code == 2 && errors.contains("PORT is \"abc\""), "{code}: {errors}");
    fs::write(folder.path().join(".env"), "this is no setting\n").expect("the file can be written");
    let (code, _, errors) = run(folder.path(), &["seed"], &[]);
    assert!(code == 2 && errors.contains("The file .env cannot be read"), "{code}: {errors}");
}

/// The head of the response to a GET.
fn get(address: &str, path: &str) -> String {
    let mut stream = connect(address);
    write!(stream, "GET {path} HTTP/1.1\r\nhost: test\r\norigin: https://a.example\r\nconnection: close\r\n\r\n")
        .expect("the server reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the server answers");
    answer.split_once("\r\n\r\n").expect("there is a body").0.to_owned()
}

fn production_is_one_setting() {
    let variables =
        [("PORT", "0"), ("PRODUCTION", "on"), ("CORS_ORIGINS", "https://a.example"), ("RATE_REQUESTS", "2")];
    for (more, status) in [(None, "404"), (Some(("PLAYGROUND", "on")), "200")] {
        let folder = folder();
        let variables = variables.into_iter().chain(more).collect::<Vec<_>>();
        let mut server = Server::start(folder.path(), &variables);
        let address = server.address();
        assert!(get(&address, "/playground").starts_with(&format!("HTTP/1.1 {status} ")), "{more:?}");
        let answer = get(&address, "/graphql?query={__typename}");
        assert!(
            answer.contains("access-control-allow-origin: https://a.example") && answer.contains("q=2;w=60"),
            "{answer}"
        );
        assert!(get(&address, "/graphql?query={modles}").starts_with("HTTP/1.1 200 "));
        assert!(get(&address, "/graphql?query={__typename}").starts_with("HTTP/1.1 429 "));
    }
}

fn unknown_commands_are_usage_errors() {
    let folder = folder();
    for arguments in [&["nonsense"][..], &["--nonsense"], &["migrate"], &["migrate", "sideways"]] {
        let (code, output, errors) = run(folder.path(), arguments, &[]);
        assert_eq!((code, output.as_str()), (2, ""), "{arguments:?}");
        assert!(errors.contains("Usage: open-llm-catalog"), "{errors}");
    }
    let (code, _, errors) = run(folder.path(), &["migrate", "down", "--steps", "x"], &[]);
    assert!(code == 2 && errors.contains("'x' for '--steps <STEPS>'"), "{code}: {errors}");
    let (code, output, _) = run(folder.path(), &["--version"], &[]);
    assert_eq!(
        (code, output),
        (0, format!("open-llm-catalog {} (data of {})\n", env!("CARGO_PKG_VERSION"), seed::VERSION))
    );
    let (code, output, _) = run(folder.path(), &["--help"], &[]);
    assert_eq!(code, 0);
    for command in ["serve", "migrate", "seed", "import", "export", "backup", "lint", "stats", "token", "schema"] {
        assert!(output.contains(&format!("\n  {command} ")), "{output}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("the folder can be read").count(), 0, "nothing was made");
}

fn a_port_in_use_is_reported() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let port = taken.local_addr().expect("it has an address").port().to_string();
    let (code, _, errors) = run(folder().path(), &[], &[("PORT", &port)]);
    let message = format!("error: cannot listen on 127.0.0.1:{port}: ");
    assert!(
        code == 1 && errors.contains(&message) && errors.contains("Set HOST and PORT to another address."),
        "{code}: {errors}"
    );
}

fn a_database_that_cannot_be_opened_is_reported() {
    let folder = folder();
    let closed =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("there is a free port");
    let postgres = format!("postgres://u:secret@{closed}/x");
    let cases =
        [("sqlite:no/such/folder/catalog.db", "be used: its file cannot be opened"), (&*postgres, "be reached")];
    for (url, why) in cases {
        let (code, output, errors) =
            run(folder.path(), &[], &[("DATABASE_URL", url), ("DATABASE_WAIT", "1"), ("PORT", "0")]);
        assert_eq!((code, output.as_str()), (1, ""), "{errors}");
        assert!(
            errors.starts_with(&format!("error: the database cannot {why}")) && !errors.contains("secret"),
            "{errors}"
        );
    }
}

fn migrations_run_up_and_down() {
    let folder = folder();
    let status = || {
        let (code, output, errors) = run(folder.path(), &["migrate", "status"], &[]);
        assert_eq!((code, errors.as_str()), (0, ""));
        let lines = output.lines().map(|line| line.split_once(' ').expect("a state and a name"));
        lines.map(|(state, name)| (state.to_owned(), name.to_owned())).collect::<Vec<_>>()
    };
    let all = |expected: &str| {
        let lines = status();
        assert!(!lines.is_empty() && lines.iter().all(|(state, _)| state == expected), "{lines:?}");
        lines.len()
    };
    let count = all("pending");
    assert_eq!(status()[0].1, "m20231219_000001_create_catalog");
    for _ in 0..2 {
        assert_eq!(run(folder.path(), &["migrate", "up"], &[]).0, 0);
        all("applied");
    }
    assert_eq!(run(folder.path(), &["migrate", "down"], &[]).0, 0);
    assert_eq!(status().iter().filter(|(state, _)| state == "pending").count(), 1);
    let steps = (count - 1).max(1).to_string();
    assert_eq!(run(folder.path(), &["migrate", "down", "--steps", &steps, "--yes"], &[]).0, 0);
    all("pending");
    let (code, output, _) = run(folder.path(), &["seed"], &[]);
    let count = documents_of_the_list();
    assert_eq!((code, output), (0, format!("Data set list: {count} subjects created, 0 updated, 0 unchanged.\n")));
    all("applied");
}

fn several_migrations_are_reverted_only_if_confirmed() {
    let folder = folder();
    assert_eq!(run(folder.path(), &["seed"], &[]).0, 0);
    for steps in ["2", "99"] {
        let (code, output, errors) = run(folder.path(), &["migrate", "down", "--steps", steps], &[]);
        assert_eq!((code, output.as_str()), (2, ""), "{errors}");
        assert!(errors.contains("add --yes"), "{errors}");
    }
    let (code, output, _) = run(folder.path(), &["export", "--format", "json"], &[]);
    assert!(code == 0 && output.contains("llama-2"), "nothing has changed");
}

fn a_newer_schema_is_reported() {
    let folder = folder();
    assert_eq!(run(folder.path(), &["migrate", "up"], &[]).0, 0);
    block_on(async {
        let options = SqliteConnectOptions::new().filename(folder.path().join("catalog.db"));
        let mut connection = options.connect().await.expect("the file can be opened");
        let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29991231_000001_newer', 0)";
        connection.execute(newer).await.expect("the row can be written");
        connection.close().await.expect("the connection closes");
    });
    for arguments in
        [&["serve"][..], &["migrate", "up"], &["migrate", "down"], &["migrate", "status"], &["token", "list"]]
    {
        let (code, output, errors) = run(folder.path(), arguments, &[("PORT", "0")]);
        assert_eq!((code, output.as_str()), (1, ""), "{arguments:?}: {errors}");
        let message = "error: The database was migrated by a newer version of this program: it has the migration \"m29991231_000001_newer\".";
        assert!(errors.starts_with(message), "{errors}");
    }
}

fn parameters_of_a_sqlite_url_are_refused() {
    let folder = folder();
    let (code, output, errors) = run(folder.path(), &["seed"], &[("DATABASE_URL", "sqlite:a.db?mode=ro")]);
    assert_eq!((code, output.as_str()), (2, ""), "{errors}");
    assert!(errors.contains("the parameters ?mode=ro are not supported"), "{errors}");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder can be read").count(), 0, "nothing was made");
    assert_eq!(run(folder.path(), &["seed"], &[("DATABASE_URL", "sqlite:a.db?mode=rwc")]).0, 0);
    assert!(folder.path().join("a.db").exists());
}

fn the_metrics_can_require_a_token() {
    let folder = folder();
    let mut server = Server::start(folder.path(), &[("PORT", "0"), ("METRICS_TOKEN", "secret of Prometheus")]);
    let address = server.address();
    let status = |header: &str| {
        let mut stream = connect(&address);
        write!(stream, "GET /metrics HTTP/1.1\r\nhost: test\r\n{header}connection: close\r\n\r\n")
            .expect("the server reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the server answers");
        answer.get(9..12).expect("a status").to_owned()
    };
    assert_eq!(status(""), "401");
    assert_eq!(status("authorization: Bearer other\r\n"), "401");
    assert_eq!(status("authorization: Basic secret of Prometheus\r\n"), "401");
    assert_eq!(status("authorization: Bearer secret of Prometheus\r\n"), "200");
    assert!(get(&address, "/readyz").starts_with("HTTP/1.1 200 "), "health checks need no token");
}

fn a_server_on_all_addresses_says_so_and_never_links_to_0_0_0_0() {
    let folder = folder();
    let log = folder.path().join("log");
    let warning = "the server speaks plain HTTP to the network";
    for (hops, warned) in [("0", true), ("1", false)] {
        let variables = [("PORT", "0"), ("HOST", "0.0.0.0"), ("PROXY_HOPS", hops)];
        let file = fs::File::create(&log).expect("the file can be created");
        let mut server = Server::spawn_with_log(program(folder.path(), &[], &variables), file.into());
        let port = server.address().rsplit_once(':').expect("a port").1.to_owned();
        let feed = |host: &str| {
            let mut stream = connect(&format!("127.0.0.1:{port}"));
            write!(stream, "GET /feed.atom HTTP/1.0\r\n{host}\r\n").expect("the server reads");
            let mut answer = String::new();
            stream.read_to_string(&mut answer).expect("the server answers");
            assert!(answer.starts_with("HTTP/1.0 200 ") && !answer.contains("0.0.0.0"), "{answer:.900}");
            answer
        };
        for (header, base) in [
            ("host: models.example.org:8080\r\n", "http://models.example.org:8080/".to_owned()),
            ("host: evil.example/path\r\n", format!("http://localhost:{port}/")),
            ("host: user@evil.example\r\n", format!("http://localhost:{port}/")),
            ("", format!("http://localhost:{port}/")),
        ] {
            let feed = feed(header);
            assert!(feed.contains(&format!("href=\"{base}feed.atom\"")), "{header}: {feed:.900}");
        }
        assert!(server.stop().success());
        let log = fs::read_to_string(&log).expect("the log can be read");
        assert_eq!(log.contains(warning), warned, "{log}");
    }
}

fn passwords_are_encoded_in_urls() {
    for password in ["p@ss:w/rd#1%", "%41?&=+ü\"'\\ ", "plain"] {
        let mut url =
            "postgres://catalog:other@localhost:5432/catalog?sslmode=disable".parse::<DatabaseUrl>().expect("a URL");
        url.set_password(password);
        assert!(!format!("{url:?} {url}").contains(password), "{url}");
        let DatabaseUrl::Postgres(url) = url else { panic!("it is a PostgreSQL database") };
        assert_eq!((url.host_str(), url.username(), url.path()), (Some("localhost"), "catalog", "/catalog"));
        let encoded =
            format!("password={}", url.password().expect("a password").replace('+', "%2B").replace('&', "%26"));
        let decoded = url::form_urlencoded::parse(encoded.as_bytes()).next().expect("a pair").1.into_owned();
        assert_eq!(decoded, password);
    }
}

fn seeding_twice_changes_nothing() {
    let folder = folder();
    let count = documents_of_the_list();
    for counts in [
        format!("{count} subjects created, 0 updated, 0 unchanged"),
        format!("0 subjects created, 0 updated, {count} unchanged"),
    ] {
        let (code, output, errors) = run(folder.path(), &["seed"], &[]);
        assert_eq!((code, output, errors.as_str()), (0, format!("Data set list: {counts}.\n"), ""));
    }
}

fn schema_prints_the_sdl() {
    let folder = folder();
    // It reads no settings, so invalid ones are ignored.
    let (code, output, errors) = run(folder.path(), &["schema"], &[("PORT", "abc")]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(output == include_str!("../schema.graphql"), "it is not schema.graphql");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder can be read").count(), 0, "nothing was made");
}
