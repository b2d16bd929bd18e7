//! Server processes: the program under test and the baseline.

use std::{
    fs,
    io::{self, BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use crate::baseline;

/// A process that serves on a port of this machine. Dropping this value kills it.
pub struct Server {
    process: Child,
    /// Kept open: writing to a closed pipe would fail in the process.
    stdout: Option<BufReader<ChildStdout>>,
    pub port: u16,
}

/// The caches that the server uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caches {
    /// The defaults: response cache and entity cache.
    All,
    /// Only the entity cache: every request is executed, but rows may come from memory.
    Entities,
    /// No cache: every request reads from the database.
    None,
}

impl Caches {
    /// The label in the report.
    pub fn label(self) -> &'static str {
        match self {
            Self::All => "all caches",
            Self::Entities => "no response cache",
            Self::None => "no cache",
        }
    }
}

impl Server {
    /// Starts the baseline, which responds with the content of a file.
    pub fn start_baseline(response: &Path) -> io::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(baseline::ARGUMENT).arg(response);
        Self::start(command)
    }

    /// Starts a server process, and waits until it prints its URL.
    pub fn start(mut command: Command) -> io::Result<Self> {
        let process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut server = Self { process, stdout: None, port: 0 };
        let mut stdout = BufReader::new(server.process.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?);
        let mut line = String::new();
        while stdout.read_line(&mut line)? > 0 {
            if let Some((_, port)) = line.trim_end().strip_suffix("/graphql").and_then(|line| line.rsplit_once(':')) {
                server.port = port.parse().map_err(io::Error::other)?;
                server.stdout = Some(stdout);
                return Ok(server);
            }
            line.clear();
        }
        Err(io::Error::other("a server did not start"))
    }

    /// The largest resident memory of the process so far, in megabytes. Needs `/proc`.
    pub fn peak_memory(&self) -> io::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        Ok(line.trim().trim_end_matches(" kB").parse::<f64>().map_err(io::Error::other)? / 1024.0)
    }

    /// The resident memory of the process, in megabytes.
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

    /// The CPU time of all threads so far, in seconds; none if the operating system does not report it.
    pub fn cpu_seconds(&self) -> Option<f64> {
        let threads = fs::read_dir(format!("/proc/{}/task", self.process.id())).ok()?;
        let statistics =
            threads.flatten().filter_map(|thread| fs::read_to_string(thread.path().join("schedstat")).ok());
        let nanoseconds = statistics.filter_map(|line| line.split(' ').next()?.parse::<f64>().ok());
        Some(nanoseconds.sum::<f64>() / 1e9)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only if the process has already ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
