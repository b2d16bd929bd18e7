//! The tests that run at the moment. A watchdog ends a run in which a test hangs, and a panic hook prints the panics of tests
//! only: a server that is meant to survive a panic does not disturb the output.

use std::{
    panic,
    sync::Mutex,
    thread::{self, ThreadId},
    time::{Duration, Instant},
};

use super::test_deadline;

/// The tests with their threads. A thread runs one test at a time.
static RUNNING: Mutex<Vec<(ThreadId, &str, Instant)>> = Mutex::new(Vec::new());

/// The tests that have ended, with their times.
static ENDED: Mutex<Vec<(Duration, &str)>> = Mutex::new(Vec::new());

/// The messages of panics on the threads of servers. They are printed before the panic of a test.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// A test that runs on this thread until this is dropped.
pub struct Running(ThreadId);

/// Records that a test runs on this thread.
pub fn start(name: &'static str) -> Running {
    let thread = thread::current().id();
    RUNNING.lock().expect("no thread panicked").push((thread, name, Instant::now()));
    Running(thread)
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut running = RUNNING.lock().expect("no thread panicked");
        let Some(index) = running.iter().position(|(thread, ..)| *thread == self.0) else { return };
        let (_, name, started) = running.swap_remove(index);
        ENDED.lock().expect("no thread panicked").push((started.elapsed(), name));
    }
}

/// Prints panics on the threads of tests at once, and those on other threads only before such a panic.
pub fn hide_panics_of_servers() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let (thread, mut panics) = (thread::current(), PANICS.lock().expect("no thread panicked"));
        let is_test = RUNNING.lock().expect("no thread panicked").iter().any(|(test, ..)| *test == thread.id());
        if is_test {
            panics.drain(..).for_each(|message| print_error(&message));
            print(info);
        } else {
            panics.push(format!("thread {:?}: {info}", thread.name().unwrap_or_default()));
        }
    }));
}

/// Prints the slowest tests if the environment asks for them, for example with `SLOWEST=20`.
pub fn print_slowest() {
    let Some(count) = std::env::var("SLOWEST").ok().and_then(|count| count.parse().ok()) else { return };
    let mut ended = std::mem::take(&mut *ENDED.lock().expect("no thread panicked"));
    ended.sort_unstable_by(|one, other| other.cmp(one));
    for (time, name) in ended.into_iter().take(count) {
        print_error(&format!("{:6.1} s  {name}", time.as_secs_f32()));
    }
}

/// Ends this process when a test has run for twice as long as a test may. Every wait has a shorter deadline of its own and
/// a better message: this is for a wait that has none.
pub fn watch() {
    thread::spawn(|| {
        loop {
            thread::sleep(Duration::from_secs(1));
            let running = RUNNING.lock().expect("no thread panicked").clone();
            if running.iter().any(|(.., started)| started.elapsed() > 2 * test_deadline()) {
                abort(&running);
            }
        }
    });
}

fn abort(running: &[(ThreadId, &str, Instant)]) {
    for (_, name, started) in running {
        print_error(&format!("{name} has run for {:?}", started.elapsed()));
    }
    print_error("a test hangs: the run is aborted");
    std::process::exit(1);
}

#[expect(clippy::print_stderr, reason = "a failed run shows why")]
pub fn print_error(text: &str) {
    eprintln!("{text}");
}
