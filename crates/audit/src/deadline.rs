//! The time box of one invocation.

use std::time::Duration;

use jiff::Timestamp;

/// When an invocation has to hand back what it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    end: Option<Timestamp>,
}

impl Deadline {
    /// Kept free at the end: the last page may take longer than the ones before it, its part must be
    /// written and the answer given, all with the retries of a bad moment.
    pub const RESERVE: Duration = Duration::from_secs(30);

    /// No time box, as for the CLI.
    #[must_use]
    pub fn none() -> Self {
        Self { end: None }
    }

    /// Ends at `end`.
    #[must_use]
    pub fn at(end: Timestamp) -> Self {
        Self { end: Some(end) }
    }

    /// Ends [`Self::RESERVE`] before the Lambda deadline, given in milliseconds since 1970 (the
    /// `Lambda-Runtime-Deadline-Ms` header of the Lambda Runtime API).
    #[must_use]
    pub fn of_invocation(deadline_ms: u64) -> Self {
        let end = i64::try_from(deadline_ms)
            .ok()
            .and_then(|ms| Timestamp::from_millisecond(ms).ok())
            .and_then(|end| end.checked_sub(Self::RESERVE).ok());
        Self {
            end: Some(end.unwrap_or(Timestamp::MAX)),
        }
    }

    /// Whether something that takes `duration` would end before the deadline if it started at `now`.
    #[must_use]
    pub fn leaves(&self, now: Timestamp, duration: Duration) -> bool {
        self.end
            .is_none_or(|end| now.checked_add(duration).is_ok_and(|done| done < end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_reserve_ends_the_time_box_before_the_invocation() {
        let deadline = Deadline::of_invocation(120_000);
        assert!(deadline.leaves(second(80), Duration::from_secs(9)));
        assert!(!deadline.leaves(second(80), Duration::from_secs(10)));
        assert!(!deadline.leaves(second(91), Duration::ZERO));
    }

    #[test]
    fn without_a_deadline_there_is_always_time() {
        assert!(Deadline::none().leaves(Timestamp::MAX, Duration::from_secs(1)));
    }
}
