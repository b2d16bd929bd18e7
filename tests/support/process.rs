//! Child processes with a deadline: a program that hangs fails its test instead of blocking it.

use std::{
    fs::File,
    io::{Read, Seek, Write},
    ops::{Deref, DerefMut},
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::{Duration, Instant},
};

use super::running::print_error;
use super::{DEADLINE, test_deadline};

/// How long a program may run that ends by itself.
const COMMAND_DEADLINE: Duration = Duration::from_secs(180);

/// Runs a program until it ends, and returns its output. `input` is its standard input; without, the command decides.
pub fn output(command: &mut Command, input: Option<&[u8]>) -> Output {
    if input.is_some() {
        command.stdin(Stdio::piped());
    }
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let deadline = Deadline::start(child.id(), command, COMMAND_DEADLINE);
    let stdin = child.stdin.take();
    let output = thread::scope(|scope| {
        if let (Some(mut stdin), Some(input)) = (stdin, input) {
            // Fails where the program ends before it has read everything.
            scope.spawn(move || drop(stdin.write_all(input)));
        }
        child.wait_with_output()
    });
    deadline.check();
    output.expect("the output can be read")
}

/// A running program, killed when it is dropped or runs longer than a test may.
pub struct Process {
    child: Child,
    deadline: Deadline,
    /// Its standard error, which is printed if the test panics.
    errors: Option<File>,
}

impl Process {
    /// Starts a program. Its standard error goes where the command says.
    pub fn spawn(command: &mut Command) -> Self {
        let child = command.spawn().expect("the program starts");
        let deadline = Deadline::start(child.id(), command, test_deadline());
        Self { child, deadline, errors: None }
    }

    /// Starts a program whose standard error is printed only if the test panics.
    pub fn spawn_quietly(command: &mut Command) -> Self {
        let errors = tempfile::tempfile().expect("a temporary file can be created");
        command.stderr(errors.try_clone().expect("the file can be shared"));
        let mut process = Self::spawn(command);
        process.errors = Some(errors);
        process
    }

    /// Waits until the program ends.
    pub fn wait(&mut self) -> ExitStatus {
        let started = Instant::now();
        while started.elapsed() < DEADLINE {
            if let Some(status) = self.child.try_wait().expect("the program can be waited for") {
                self.deadline.check();
                return status;
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("{} did not end within {DEADLINE:?}", self.deadline.name);
    }
}

impl Deref for Process {
    type Target = Child;

    fn deref(&self) -> &Child {
        &self.child
    }
}

impl DerefMut for Process {
    fn deref_mut(&mut self) -> &mut Child {
        &mut self.child
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Fails only where the program has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let (true, Some(mut errors)) = (thread::panicking(), self.errors.take()) {
            let mut text = String::new();
            let _ = errors.rewind().and_then(|()| errors.read_to_string(&mut text));
            print_error(&format!("standard error of {}:\n{text}", self.deadline.name));
        }
    }
}

/// Kills a process that still runs after a time. Then reads of its output end and writes to its input fail.
struct Deadline {
    name: String,
    after: Duration,
    expired: Arc<AtomicBool>,
    /// The thread that waits ends when this is dropped.
    _running: mpsc::Sender<()>,
}

impl Deadline {
    fn start(process: u32, command: &Command, after: Duration) -> Self {
        let (running, ended) = mpsc::channel::<()>();
        let expired = Arc::new(AtomicBool::new(false));
        let set_expired = Arc::clone(&expired);
        thread::spawn(move || {
            if ended.recv_timeout(after) == Err(RecvTimeoutError::Timeout) {
                set_expired.store(true, Ordering::SeqCst);
                let _ = Command::new("kill").args(["-KILL", &process.to_string()]).status();
            }
        });
        Self { name: format!("{command:?}"), after, expired, _running: running }
    }

    fn check(&self) {
        let expired = self.expired.load(Ordering::SeqCst);
        assert!(!expired, "{} was killed because it did not end within {:?}", self.name, self.after);
    }
}

/// Sends a signal to a process that the test started.
pub fn send_signal(process: u32, signal: &str) {
    let sent = Command::new("kill").args([format!("-{signal}"), process.to_string()]).status();
    assert!(sent.expect("there is a command kill").success(), "kill -{signal} {process}");
}
