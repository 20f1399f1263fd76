//! A server that is down or not ready is not asked about each resource.

use std::net::TcpListener;

use compliance::Subject;
use opa::{Server, Token};
use serde_json::json;

use crate::stub::Stub;

#[tokio::test]
async fn the_health_is_probed_once() {
    let stub = Stub::healthy(&[Some((200, r#"{"result": {}}"#))]);
    let server = stub.server();
    for _ in 0..3 {
        server.verdicts(Subject::S3, &json!({})).await.unwrap();
    }
    assert_eq!((stub.requests().len(), stub.questions()), (4, 3));
}

#[tokio::test]
async fn a_server_without_its_bundles_is_not_asked() {
    let not_ready = r#"{"error": "one or more bundles are not activated"}"#;
    let stub = Stub::answering(&[Some((500, not_ready))]);
    let server = stub.server();
    for _ in 0..3 {
        let error = server.verdicts(Subject::S3, &json!({})).await.unwrap_err();
        let refusal = error.refusal();
        assert_eq!(
            (refusal.operation.as_str(), refusal.code.as_str()),
            ("GET health?bundles", "500")
        );
    }
    assert_eq!((stub.requests().len(), stub.questions()), (3, 0));
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_an_error_and_given_a_rest() {
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let server = Server::new(format!("http://{port}").parse().unwrap(), Token::none()).unwrap();
    let error = server.verdicts(Subject::Sg, &json!({})).await.unwrap_err();
    assert_eq!(error.refusal().code, "Unreachable");
    let listener = TcpListener::bind(port).unwrap();
    listener.set_nonblocking(true).unwrap();
    let error = server.verdicts(Subject::Sg, &json!({})).await.unwrap_err();
    assert_eq!(error.refusal().code, "Unreachable");
    assert!(error.to_string().contains("not asked again"), "{error}");
    assert!(listener.accept().is_err(), "nobody came");
}
