//! The engine of OPA in a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use opa::{Server, Token};
use serde_json::{Value, json};

/// A running engine, and the client that the functions use. It ends with its standard input.
pub(crate) struct Engine {
    pub(crate) server: Server,
    url: String,
    process: Child,
}

impl Engine {
    /// Starts the engine; a machine without it fails here.
    pub(crate) fn start() -> Self {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut process = Command::new(tests.join("../.venv/bin/python"))
            .arg(tests.join("opa/server.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("`.venv` is not there: run `make test-opa`");
        let mut port = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut port).unwrap();
        assert!(
            !port.is_empty(),
            "the OPA engine did not start: run `make test-opa`"
        );
        let url = format!("http://127.0.0.1:{}", port.trim());
        Self {
            server: Server::new(url.parse().unwrap(), Token::none()).unwrap(),
            url,
            process,
        }
    }

    /// What the engine answers to a question about any document.
    pub(crate) async fn post(&self, path: &str, input: &Value) -> Value {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = client.post(format!("{}/v1/data/{path}", self.url));
        let answer = request
            .body(json!({ "input": input }).to_string())
            .send()
            .await;
        let text = answer.unwrap().text().await.unwrap();
        serde_json::from_str(&text).unwrap()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        self.process.wait().unwrap();
    }
}
