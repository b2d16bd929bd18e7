//! How far an import has come, for whoever watches a terminal long enough to wonder.

use std::{
    cell::Cell,
    io::Read,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that is done sooner shows no bar.
const SHOW_AFTER: Duration = Duration::from_secs(1);

pub(super) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    shown: Cell<bool>,
    rows: Cell<u64>,
}

impl Progress {
    /// Progress through so many bytes; through rows where nobody knows how many.
    pub(super) fn new(bytes: Option<u64>) -> Self {
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::hidden());
        let style = match bytes {
            Some(_) => "{bar:30} {percent}% of {total_bytes}, {msg}, {binary_bytes_per_sec}, {eta} left",
            None => "{spinner} {binary_bytes}, {msg}, {elapsed}",
        };
        // Fails only for templates that are none.
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        Self { bar, begun: Instant::now(), shown: Cell::new(false), rows: Cell::new(0) }
    }

    /// Counts the bytes that are read.
    pub(super) fn watch<R: Read>(&self, read: R) -> impl Read + use<R> {
        self.bar.wrap_read(read)
    }

    /// Counts a row.
    pub(super) fn row(&self) {
        let rows = self.rows.get() + 1;
        self.rows.set(rows);
        if !self.shown.get() && self.begun.elapsed() > SHOW_AFTER {
            // Draws nothing where standard error is no terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.shown.set(true);
        }
        if self.shown.get() && rows.is_multiple_of(100) {
            let rate = rows as f64 / self.begun.elapsed().as_secs_f64();
            self.bar.set_message(format!("{rows} rows, {rate:.0}/s"));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
