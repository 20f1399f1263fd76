//! Tests of custom policies, each file in a process of its own: the interpreter that tests need overflows its stack
//! on a rule that calls itself, and nothing but the process ends then.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use controls::CustomFile;
use controls::custom::{TestOutcome, is_test};
use serde::Serialize;

/// After which a file's tests are stopped.
const LONGEST: Duration = Duration::from_mins(1);
/// Between two looks at whether they have ended.
const PAUSE: Duration = Duration::from_millis(10);

/// The tests of one file.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct TestedFile {
    /// Path relative to the folder.
    pub path: String,
    /// What became of each test.
    pub tests: Vec<TestOutcome>,
    /// Why none could be run.
    pub problem: Option<String>,
}

/// Runs the tests of every file of a folder.
///
/// # Errors
///
/// If this program cannot be started again.
pub fn run_all(folder: &Path, files: &[CustomFile]) -> anyhow::Result<Vec<TestedFile>> {
    let tests = files.iter().filter(|file| is_test(&file.path));
    tests.map(|file| run(folder, &file.path)).collect()
}

fn run(folder: &Path, path: &str) -> anyhow::Result<TestedFile> {
    let program = std::env::current_exe().context("cannot find this program")?;
    let child = Command::new(program)
        .args(["controls", "test", "--alone", path])
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start this program again")?;
    let ended = wait(child).context("cannot wait for the tests")?;
    let outcomes = match ended {
        Ended::Late => Err(format!("did not end within {} s", LONGEST.as_secs())),
        Ended::Killed => Err("ended the Rego engine: a rule may call itself for ever".to_owned()),
        Ended::Failed(why) => Err(why),
        Ended::Well(json) => serde_json::from_str(&json).map_err(|error| error.to_string()),
    };
    let path = path.to_owned();
    Ok(match outcomes {
        Ok(tests) => TestedFile {
            path,
            tests,
            problem: None,
        },
        Err(problem) => TestedFile {
            path,
            tests: Vec::new(),
            problem: Some(problem),
        },
    })
}

enum Ended {
    Well(String),
    Failed(String),
    Killed,
    Late,
}

fn wait(mut child: Child) -> std::io::Result<Ended> {
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let reader = thread::spawn(move || text(stdout));
    let errors = thread::spawn(move || text(stderr));
    let mut waited = Duration::ZERO;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if waited >= LONGEST {
            child.kill()?;
            child.wait()?;
            return Ok(Ended::Late);
        }
        thread::sleep(PAUSE);
        waited += PAUSE;
    };
    let (json, why) = (reader.join(), errors.join());
    Ok(match status.code() {
        Some(0) => Ended::Well(json.unwrap_or_default()),
        Some(_) => Ended::Failed(why.unwrap_or_default().trim().to_owned()),
        None => Ended::Killed,
    })
}

fn text(pipe: Option<impl std::io::Read>) -> String {
    let mut text = Vec::new();
    if let Some(mut pipe) = pipe {
        // What was read before a failure is all that there is to tell.
        pipe.read_to_end(&mut text).ok();
    }
    String::from_utf8_lossy(&text).into_owned()
}
