//! The program: arguments in, exit code out. Errors are printed here, once.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use orgsweep::{Arguments, Exit};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = std::io::stdout();
    match orgsweep::run(arguments, &mut out).and_then(|exit| Ok(out.flush().map(|()| exit)?)) {
        Ok(exit) => exit.into(),
        Err(error) if is_broken_pipe(&error) => Exit::Success.into(),
        Err(error) => {
            let _nowhere_left_to_say_so = writeln!(std::io::stderr(), "orgsweep: {error:#}");
            Exit::Failure.into()
        }
    }
}

/// Whether the reader of our output has left, as `head` does; no failure of ours.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |cause: &std::io::Error| cause.kind() == std::io::ErrorKind::BrokenPipe;
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref())
        .any(broken)
}
