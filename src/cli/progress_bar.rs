//! The progress bar of a long import, shown if standard error is a terminal.

use std::{
    cell::Cell,
    io::Read,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The delay before the bar appears.
const SHOW_AFTER: Duration = Duration::from_secs(1);

pub(super) struct Progress {
    bar: ProgressBar,
    started: Instant,
    visible: Cell<bool>,
    rows: Cell<u64>,
}

impl Progress {
    /// Creates a bar for a number of bytes; without one it shows the bytes and rows that were read.
    pub(super) fn new(bytes: Option<u64>) -> Self {
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::hidden());
        let style = match bytes {
            Some(_) => "{bar:30} {percent}% of {total_bytes}, {msg}, {binary_bytes_per_sec}, {eta} left",
            None => "{spinner} {binary_bytes}, {msg}, {elapsed}",
        };
        // Fails only for invalid templates, and these are valid.
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        Self { bar, started: Instant::now(), visible: Cell::new(false), rows: Cell::new(0) }
    }

    /// Wraps a reader so that its bytes are counted.
    pub(super) fn watch<R: Read>(&self, read: R) -> impl Read + use<R> {
        self.bar.wrap_read(read)
    }

    /// Counts a row.
    pub(super) fn row(&self) {
        let rows = self.rows.get() + 1;
        self.rows.set(rows);
        if !self.visible.get() && self.started.elapsed() > SHOW_AFTER {
            // Draws nothing if standard error is not a terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.visible.set(true);
        }
        if self.visible.get() && rows.is_multiple_of(100) {
            let rate = rows as f64 / self.started.elapsed().as_secs_f64();
            self.bar.set_message(format!("{rows} rows, {rate:.0}/s"));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
