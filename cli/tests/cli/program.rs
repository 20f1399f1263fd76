//! The real program, run as a user runs it: with an environment of its own.

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Runs `orgsweep` with these arguments, no settings and no credentials.
pub(crate) fn orgsweep(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

/// Runs `orgsweep` with text on its standard input.
pub(crate) fn orgsweep_reading(input: &str, arguments: &[&str]) -> Output {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    child.wait_with_output().unwrap()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_orgsweep"));
    command
        .env_clear()
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_REGION", "eu-west-1")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments);
    command
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
