//! A server on loopback that answers what it is told to, one connection per request, and keeps what it was sent.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use flate2::read::GzDecoder;
use opa::{Server, Token};

/// An answer: status and body; none ends the connection without one.
pub(crate) type Answer = Option<(u16, &'static str)>;

/// A request as it arrived.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    pub(crate) line: String,
    pub(crate) headers: Vec<String>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self
            .headers
            .iter()
            .filter_map(|header| header.split_once(':'));
        let (_, value) = headers.find(|(it, _)| it.eq_ignore_ascii_case(name))?;
        Some(value.trim())
    }

    /// The body as text, unpacked if it is packed.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        match self.header("content-encoding") {
            Some("gzip") => GzDecoder::new(&self.body[..]).read_to_string(&mut text),
            _ => (&self.body[..]).read_to_string(&mut text),
        }
        .unwrap();
        text
    }
}

/// The server. The last answer is given again and again.
pub(crate) struct Stub {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Stub {
    /// Answers in this order, the probe of the health included.
    pub(crate) fn answering(answers: &[Answer]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (kept, answers) = (Arc::clone(&requests), answers.to_vec());
        thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let stream = stream.unwrap();
                kept.lock().unwrap().push(read(&stream));
                let answer = answers.get(number).or(answers.last());
                if let Some((status, body)) = answer.copied().flatten() {
                    write(&stream, status, body);
                }
            }
        });
        Self { url, requests }
    }

    /// A server that is healthy, and then answers so.
    pub(crate) fn healthy(answers: &[Answer]) -> Self {
        Self::answering(&[&[Some((200, "{}"))][..], answers].concat())
    }

    /// A client of it.
    pub(crate) fn server(&self) -> Server {
        Server::new(self.url.parse().unwrap(), Token::none()).unwrap()
    }

    /// What arrived so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// The questions among it.
    pub(crate) fn questions(&self) -> usize {
        let requests = self.requests();
        requests
            .iter()
            .filter(|it| it.line.starts_with("POST"))
            .count()
    }
}

fn read(stream: &TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let mut request = Request::default();
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap() > 2 {
        request.headers.push(line.trim().to_owned());
        line.clear();
    }
    request.line = request.headers.remove(0);
    let length = request
        .header("content-length")
        .map_or(0, |it| it.parse().unwrap());
    request.body.resize(length, 0);
    reader.read_exact(&mut request.body).unwrap();
    request
}

fn write(mut stream: &TcpStream, status: u16, body: &str) {
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nLocation: /elsewhere\r\nConnection: close\r\n\r\n{body}"
    )
    .unwrap();
}
