//! The program under test.

use std::{
    env, io,
    path::PathBuf,
    process::{Command, Stdio},
};

use serde_json::Value as Json;

use crate::server::{Caches, Server};

/// The executable of the server.
pub struct Program(PathBuf);

impl Program {
    /// Builds the program with the bench profile: as released, but with function names. Cargo gives the path of an executable
    /// only to benchmarks of the same package, so this asks cargo for it.
    pub fn build() -> io::Result<Self> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--profile", "bench", "--package", "open-llm-catalog", "--bin", "open-llm-catalog"]);
        cargo.args(["--message-format", "json-render-diagnostics"]).current_dir(env!("CARGO_MANIFEST_DIR"));
        let output = cargo.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err(io::Error::other("the program cannot be built"));
        }
        let messages = output.stdout.split(|byte| *byte == b'\n').map(serde_json::from_slice::<Json>);
        let mut executables = messages.flatten().filter_map(|message| Some(message["executable"].as_str()?.into()));
        executables.next().map(Self).ok_or_else(|| io::Error::other("cargo names no executable"))
    }

    /// A program that was built before.
    pub fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// A command that runs the program. A file `.env` of the current folder does not apply to it.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.0);
        command.current_dir(env::temp_dir());
        command
    }

    /// Starts the server on a catalog, with the default limits.
    pub fn serve_with_limits(&self, url: &str) -> io::Result<Server> {
        let mut command = self.serve_command(url);
        // Errors are what an attack is for.
        command.env("RUST_LOG", "off");
        Server::start(command)
    }

    /// Starts the server on a catalog, without rate limits.
    pub fn serve(&self, url: &str, caches: Caches) -> io::Result<Server> {
        let mut command = self.serve_command(url);
        // The load would exceed the rate limit.
        command.env("RATE_REQUESTS", "0").env("RATE_COST", "0");
        if caches != Caches::All {
            command.env("RESPONSE_CACHE_MB", "0");
        }
        if caches == Caches::None {
            command.env("ENTITY_CACHE_MB", "0");
        }
        Server::start(command)
    }

    fn serve_command(&self, url: &str) -> Command {
        let mut command = self.command();
        command.env("DATABASE_URL", url).env("HOST", "127.0.0.1").env("PORT", "0").env("RUST_LOG", "error");
        command
    }
}
