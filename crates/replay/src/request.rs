//! A recorded request, in the words that a test asks for.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

use crate::operation;

/// What was asked of AWS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The service as its endpoint is named: `s3`, `s3control`, `sts`, `ec2`, `kms`, `dynamodb`, `securityhub`, ...
    pub service: String,
    /// The API operation, such as `GetBucketPolicy`.
    pub operation: String,
    /// The HTTP method.
    pub method: String,
    /// The host, with port if there is one.
    pub host: String,
    /// Path and query as they were sent.
    pub path: String,
    /// The body as text.
    pub body: String,
    /// The region that the request was signed for.
    pub region: String,
    /// The access key id that signed it: tells whose session asked.
    pub access_key: String,
    headers: Vec<(String, String)>,
}

impl Request {
    /// A request header by its lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether `text` is in host, path, query, body (as sent or percent-decoded), access key or signed region.
    #[must_use]
    pub fn holds(&self, text: &str) -> bool {
        [&self.host, &self.access_key, &self.region]
            .into_iter()
            .any(|part| part.contains(text))
            || [&self.path, &self.body]
                .into_iter()
                .any(|part| part.contains(text) || percent_decoded(part).contains(text))
    }

    /// Takes what was asked out of the HTTP request.
    pub(crate) fn read(request: &HttpRequest) -> Self {
        let (host, path) = split_uri(request.uri());
        let headers: Vec<(String, String)> = request
            .headers()
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let body = request.body().bytes().unwrap_or_default();
        let mut read = Self {
            service: String::new(),
            operation: String::new(),
            method: request.method().to_owned(),
            host: host.to_owned(),
            path: path.to_owned(),
            body: String::from_utf8_lossy(body).into_owned(),
            region: String::new(),
            access_key: String::new(),
            headers,
        };
        let scope: Vec<String> = read.credential_scope();
        let part = |index: usize| scope.get(index).cloned().unwrap_or_default();
        read.access_key = part(0);
        read.region = part(2);
        read.service = operation::service_of(&part(3), path);
        read.operation = operation::name_of(&read);
        read
    }

    /// `Credential=<access key>/<date>/<region>/<service>/aws4_request` of Signature Version 4, split.
    fn credential_scope(&self) -> Vec<String> {
        self.header("authorization")
            .and_then(|header| header.split_once("Credential="))
            .and_then(|(_, rest)| rest.split(',').next())
            .map(|scope| scope.split('/').map(str::to_owned).collect())
            .unwrap_or_default()
    }
}

/// Host, and path with query.
fn split_uri(uri: &str) -> (&str, &str) {
    let rest = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, "/"),
    }
}

/// The text with `%XX` and `+` decoded.
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'+' => decoded.push(b' '),
            b'%' => {
                let digits: Vec<u8> = bytes.by_ref().take(2).collect();
                let value = std::str::from_utf8(&digits)
                    .ok()
                    .filter(|hex| hex.len() == 2)
                    .and_then(|hex| u8::from_str_radix(hex, 16).ok());
                if let Some(value) = value {
                    decoded.push(value);
                } else {
                    decoded.push(b'%');
                    decoded.extend(digits);
                }
            }
            _ => decoded.push(byte),
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_as_sent_and_as_meant() {
        assert_eq!(percent_decoded("a%3Ab+c%zz%4"), "a:b c%zz%4");
    }

    #[test]
    fn host_and_path_are_told_apart() {
        assert_eq!(
            split_uri("https://s3.eu-west-1.amazonaws.com/logs?policy"),
            ("s3.eu-west-1.amazonaws.com", "/logs?policy")
        );
        assert_eq!(split_uri("http://localhost:4566"), ("localhost:4566", "/"));
    }
}
