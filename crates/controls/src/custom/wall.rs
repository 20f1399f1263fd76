//! The wall around custom policies: a thread with a large stack, which is left behind when it does not answer in time.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// The stack of the thread. `f(x) := f(x)` overflows 8 MB, and so ends the process, before any limit of the
/// engine stops it; in 64 MB the limit on instructions comes first. Only touched pages are memory.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// Something to do behind the wall.
pub(super) type Task<T> = Arc<dyn Fn() -> T + Send + Sync>;

/// Why a task has no outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Stopped {
    /// It did not end. Its thread was left behind, and ends with the process at the latest.
    #[error("it did not end within {} ms", .0.as_millis())]
    Late(Duration),
    /// The engine gave up on it.
    #[error("the Rego engine failed on it")]
    Failed,
}

/// Does tasks one after the other, each within `patience`; one that does not end costs the others nothing but this time.
pub(super) fn all<T: Send + 'static>(
    tasks: &[Task<T>],
    patience: Duration,
) -> Vec<Result<T, Stopped>> {
    let mut outcomes = Vec::with_capacity(tasks.len());
    while let Some(rest) = tasks.get(outcomes.len()..).filter(|rest| !rest.is_empty()) {
        outcomes.extend(until_one_stops(rest, patience));
    }
    outcomes
}

/// Does one task.
pub(super) fn one<T: Send + 'static>(
    patience: Duration,
    task: impl Fn() -> T + Send + Sync + 'static,
) -> Result<T, Stopped> {
    let task: Task<T> = Arc::new(task);
    all(&[task], patience).pop().unwrap_or(Err(Stopped::Failed))
}

/// Does tasks on a thread of their own up to the first that has no outcome; at least one.
fn until_one_stops<T: Send + 'static>(
    tasks: &[Task<T>],
    patience: Duration,
) -> Vec<Result<T, Stopped>> {
    let (sender, receiver) = mpsc::channel();
    let own = tasks.to_vec();
    let thread = thread::Builder::new()
        .name("custom policies".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || {
            // Nobody listens any more once one was late.
            own.iter().try_for_each(|task| sender.send(task()).ok())
        });
    if thread.is_err() {
        return vec![Err(Stopped::Failed)];
    }
    let mut outcomes = Vec::with_capacity(tasks.len());
    for _ in tasks {
        let outcome = receiver
            .recv_timeout(patience)
            .map_err(|error| match error {
                RecvTimeoutError::Timeout => Stopped::Late(patience),
                RecvTimeoutError::Disconnected => Stopped::Failed,
            });
        let stopped = outcome.is_err();
        outcomes.push(outcome);
        if stopped {
            break;
        }
    }
    outcomes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(number: u32, does: fn()) -> Task<u32> {
        Arc::new(move || {
            does();
            number
        })
    }

    #[test]
    fn what_does_not_end_leaves_the_others_alone() {
        let endless = || loop {
            thread::park();
        };
        let tasks = [task(1, || ()), task(2, endless), task(3, || ())];
        let patience = Duration::from_millis(1500);
        let expected = [Ok(1), Err(Stopped::Late(patience)), Ok(3)];
        assert_eq!(all(&tasks, patience), expected);
    }

    #[test]
    fn what_panics_leaves_the_others_alone() {
        let tasks = [
            task(1, || ()),
            task(2, || panic!("on purpose")),
            task(3, || ()),
        ];
        let expected = [Ok(1), Err(Stopped::Failed), Ok(3)];
        assert_eq!(all(&tasks, Duration::from_mins(2)), expected);
    }
}
