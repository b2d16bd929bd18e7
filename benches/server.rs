//! Processes that answer: the program, and the bare handler.

use std::{
    fs,
    io::{self, BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use crate::bare;

/// A process that answers at a port of this machine. It ends with this value.
pub struct Server {
    process: Child,
    /// Kept open: whoever speaks into a closed pipe fails.
    said: Option<BufReader<ChildStdout>>,
    pub port: u16,
}

/// Which caches the program has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caches {
    /// As it comes.
    All,
    /// Answers are made anew, out of facts that may be in memory.
    Entities,
    /// Every answer comes out of the database.
    None,
}

impl Caches {
    /// What people call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::All => "all caches",
            Self::Entities => "no response cache",
            Self::None => "no cache",
        }
    }
}

impl Server {
    /// Starts the program on a catalog.
    pub fn program(url: &str, caches: Caches) -> io::Result<Self> {
        let mut command = program();
        command.env("DATABASE_URL", url).env("HOST", "127.0.0.1").env("PORT", "0").env("RUST_LOG", "error");
        // Nobody honest asks as often as this does.
        command.env("RATE_REQUESTS", "0").env("RATE_COST", "0");
        if caches != Caches::All {
            command.env("RESPONSE_CACHE_MB", "0");
        }
        if caches == Caches::None {
            command.env("ENTITY_CACHE_MB", "0");
        }
        Self::start(command)
    }

    /// Starts the bare handler, which answers with what a file holds.
    pub fn bare(answer: &Path) -> io::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(bare::ARGUMENT).arg(answer);
        Self::start(command)
    }

    fn start(mut command: Command) -> io::Result<Self> {
        let process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut server = Self { process, said: None, port: 0 };
        let mut said = BufReader::new(server.process.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?);
        let mut line = String::new();
        while said.read_line(&mut line)? > 0 {
            if let Some((_, port)) = line.trim_end().strip_suffix("/graphql").and_then(|line| line.rsplit_once(':')) {
                server.port = port.parse().map_err(io::Error::other)?;
                server.said = Some(said);
                return Ok(server);
            }
            line.clear();
        }
        Err(io::Error::other("a server did not start"))
    }

    /// The memory that it occupies, in megabytes.
    pub fn memory(&self) -> io::Result<f64> {
        let id = self.process.id().to_string();
        let kilobytes = match fs::read_to_string(format!("/proc/{id}/status")) {
            Ok(status) => {
                let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
                line.trim().trim_end_matches(" kB").to_owned()
            }
            Err(_) => String::from_utf8_lossy(&Command::new("ps").args(["-o", "rss=", "-p", &id]).output()?.stdout)
                .trim()
                .to_owned(),
        };
        Ok(kilobytes.parse::<f64>().map_err(io::Error::other)? / 1024.0)
    }

    /// The seconds that its threads have computed so far, where the system tells.
    pub fn computed(&self) -> Option<f64> {
        let threads = fs::read_dir(format!("/proc/{}/task", self.process.id())).ok()?;
        let told = threads.flatten().filter_map(|thread| fs::read_to_string(thread.path().join("schedstat")).ok());
        Some(told.filter_map(|told| told.split(' ').next()?.parse::<f64>().ok()).sum::<f64>() / 1e9)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already, and that is the same.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The program as it would be released.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_open-llm-catalog"));
    // A file .env of whoever measures must not have a say.
    command.current_dir(std::env::temp_dir());
    command
}
