//! Progress of something long, on standard error: a bar on a terminal, a line per step elsewhere.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Shows how far something has come. What is printed never reaches standard output.
#[derive(Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
    last: String,
}

impl Progress {
    /// Starts with a message, before anything can be counted.
    #[must_use]
    pub fn start(message: &str) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new_spinner();
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        let mut progress = Self {
            bar,
            last: String::new(),
        };
        progress.say(message);
        progress
    }

    /// Says what is being done now.
    pub fn say(&mut self, message: &str) {
        match &self.bar {
            Some(bar) => bar.set_message(message.to_owned()),
            None => self.line(message.to_owned()),
        }
    }

    /// `done` of `total` of `what` are done; nothing is shown while `total` is zero.
    pub fn count(&mut self, done: u64, total: u64, what: &str) {
        if total == 0 {
            return;
        }
        match &self.bar {
            Some(bar) => {
                if bar.length().is_none() {
                    bar.set_style(counting_style());
                }
                bar.set_length(total);
                bar.set_position(done);
                bar.set_message(what.to_owned());
            }
            None => self.line(format!("{done} of {total} {what}")),
        }
    }

    /// Takes the bar away.
    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }

    /// Prints a line unless it was the last one. That nobody reads it is no reason to fail.
    fn line(&mut self, text: String) {
        if text != self.last {
            let _unread = writeln!(std::io::stderr(), "{text}");
            self.last = text;
        }
    }
}

fn counting_style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:32} {pos}/{len} {msg} {elapsed}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}
