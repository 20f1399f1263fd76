//! The time that the processor gave to this thread.

use std::fs;
use std::time::Duration;

use crate::Failed;

/// How long this thread has been running on a processor (Linux, `proc_pid_schedstat(5)`: nanoseconds, the first number).
pub(crate) fn busy() -> Result<Duration, Failed> {
    let text = fs::read_to_string("/proc/thread-self/schedstat")?;
    let number = text.split(' ').next().unwrap_or_default();
    Ok(Duration::from_nanos(number.parse()?))
}
