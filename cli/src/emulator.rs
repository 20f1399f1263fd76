//! The emulated Organization: a child process that serves AWS's APIs on this machine.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use aws_config::{Region, SdkConfig};
use aws_sdk_sfn::config::{Credentials, SharedCredentialsProvider};
use compliance::sweep::Sweep;
use serde::Deserialize;

/// How long the child may take to end once its standard input is closed.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the child says of itself when it is ready: one line of JSON on its standard output.
#[derive(Debug, Clone, Deserialize)]
pub struct Endpoint {
    /// URL of every AWS API.
    pub endpoint: String,
    /// Home region of the audit account.
    pub region: String,
    /// The state machine.
    pub state_machine_arn: String,
    /// Name of the findings table.
    pub findings_table: String,
    /// Name of the runs table.
    pub runs_table: String,
    /// Name of the run bucket.
    pub run_bucket: String,
    /// Credentials of the audit account's operator, good in the emulator only.
    pub credentials: EmulatorCredentials,
    /// What a run sweeps unless told: the regions that hold anything.
    #[serde(default)]
    pub input: Sweep,
}

/// Credentials that only the emulator knows.
#[derive(Debug, Clone, Deserialize)]
pub struct EmulatorCredentials {
    /// Access key id.
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: String,
    /// The token of a temporary session.
    #[serde(default)]
    pub session_token: Option<String>,
}

impl Endpoint {
    /// `config`, turned to the emulator.
    #[must_use]
    pub fn configure(&self, config: &SdkConfig) -> SdkConfig {
        let keys = &self.credentials;
        let credentials = Credentials::new(
            &keys.access_key_id,
            &keys.secret_access_key,
            keys.session_token.clone(),
            None,
            "emulated organization",
        );
        config
            .to_builder()
            .endpoint_url(&self.endpoint)
            .region(Region::new(self.region.clone()))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .build()
    }

    /// What to put into a shell to ask the emulator, one assignment per line.
    #[must_use]
    pub fn exports(&self) -> String {
        let keys = &self.credentials;
        let variables = [
            ("AWS_ENDPOINT_URL", Some(&self.endpoint)),
            ("AWS_REGION", Some(&self.region)),
            ("AWS_ACCESS_KEY_ID", Some(&keys.access_key_id)),
            ("AWS_SECRET_ACCESS_KEY", Some(&keys.secret_access_key)),
            ("AWS_SESSION_TOKEN", keys.session_token.as_ref()),
            ("FINDINGS_TABLE", Some(&self.findings_table)),
            ("RUNS_TABLE", Some(&self.runs_table)),
            ("RUN_BUCKET", Some(&self.run_bucket)),
            ("STATE_MACHINE_ARN", Some(&self.state_machine_arn)),
        ];
        let mut text = String::new();
        for (name, value) in variables {
            if let Some(value) = value {
                let _infallible = writeln!(text, "export {name}={value}");
            }
        }
        text
    }
}

/// How the emulated Organization is started.
#[derive(Debug, Clone)]
pub struct Launch {
    /// The folder that holds the Python package `organization`.
    pub tests_dir: PathBuf,
    /// The Python interpreter.
    pub python: PathBuf,
    /// The folder that holds the built Lambda binaries.
    pub bin_dir: PathBuf,
}

/// The running child. Dropping it ends it.
#[derive(Debug)]
pub struct Emulator {
    child: Child,
    /// Kept open: the child may still print.
    output: BufReader<ChildStdout>,
}

impl Emulator {
    /// Starts the child and waits until it is ready.
    ///
    /// # Errors
    ///
    /// If it does not start, ends before it is ready, or says something else than where it is.
    pub fn start(launch: &Launch) -> anyhow::Result<(Self, Endpoint)> {
        let mut child = Command::new(&launch.python)
            .args(["-m", "organization", "serve"])
            .current_dir(&launch.tests_dir)
            .env("ORGSWEEP_BIN_DIR", &launch.bin_dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| {
                let (python, folder) = (launch.python.display(), launch.tests_dir.display());
                format!("cannot start `{python} -m organization serve` in `{folder}`")
            })?;
        let output = child
            .stdout
            .take()
            .context("the child has no standard output")?;
        let mut emulator = Self {
            child,
            output: BufReader::new(output),
        };
        let endpoint = emulator.read_endpoint()?;
        Ok((emulator, endpoint))
    }

    fn read_endpoint(&mut self) -> anyhow::Result<Endpoint> {
        let mut line = String::new();
        self.output
            .read_line(&mut line)
            .context("cannot read what the emulator says")?;
        if line.is_empty() {
            let status = self.child.wait()?;
            bail!("the emulated organization ended before it was ready: {status}");
        }
        serde_json::from_str(&line).context("the emulator does not say where it is")
    }

    /// Waits until the child ends by itself, as it does when the user interrupts both.
    ///
    /// # Errors
    ///
    /// If it cannot be waited for.
    pub fn wait(mut self) -> anyhow::Result<()> {
        // `Child::wait` would close the child's standard input, which ends it.
        let input = self.child.stdin.take();
        self.child.wait()?;
        drop(input);
        Ok(())
    }

    /// Closes the child's standard input, which ends it; one that does not end is killed.
    fn end(&mut self) -> std::io::Result<()> {
        drop(self.child.stdin.take());
        let start = Instant::now();
        while self.child.try_wait()?.is_none() {
            if start.elapsed() > PATIENCE {
                self.child.kill()?;
                self.child.wait()?;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _nothing_left_to_do = self.end();
    }
}

/// The interpreter of the repository's virtual environment if there is one, else `python3`.
#[must_use]
pub fn default_python() -> PathBuf {
    let own = Path::new(".venv/bin/python");
    if own.exists() {
        own.to_owned()
    } else {
        PathBuf::from("python3")
    }
}

/// A path that still leads there from another folder; a bare program name stays one.
///
/// # Errors
///
/// If the current folder cannot be found out.
pub fn absolute(path: &Path) -> anyhow::Result<PathBuf> {
    if path.components().count() == 1 && !path.exists() {
        return Ok(path.to_owned());
    }
    std::path::absolute(path).with_context(|| format!("cannot tell where `{}` is", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"endpoint": "http://127.0.0.1:5000", "region": "eu-west-1",
        "state_machine_arn": "arn:aws:states:eu-west-1:1:stateMachine:sweep",
        "findings_table": "findings", "runs_table": "runs", "run_bucket": "run-bucket",
        "credentials": {"access_key_id": "a", "secret_access_key": "s", "session_token": "t"},
        "input": {"regions": {"include": ["eu-west-1"]}}}"#;

    #[test]
    fn the_child_says_where_it_is_and_what_to_sweep() {
        let endpoint: Endpoint = serde_json::from_str(LINE).unwrap();
        assert_eq!(endpoint.input.regions.include.len(), 1);
        insta::assert_snapshot!(endpoint.exports());
    }

    #[test]
    fn a_bare_program_name_is_looked_up_and_a_path_is_made_absolute() {
        assert_eq!(
            absolute(Path::new("python3")).unwrap(),
            Path::new("python3")
        );
        assert!(
            absolute(Path::new(".venv/bin/python"))
                .unwrap()
                .is_absolute()
        );
    }
}
