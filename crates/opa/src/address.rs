//! Where an OPA server is.

use std::net::IpAddr;
use std::str::FromStr;

use reqwest::Url;

use crate::Error;

/// The address of a server: `https://opa.example.com`, with a path if the server stands behind one. `http` is taken on loopback
/// only: observations and the token leave the machine encrypted or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    url: Url,
    loopback: bool,
}

impl Address {
    /// Whether the server runs on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// The address of something below it.
    pub(crate) fn at(&self, path: &str, query: Option<&str>) -> Url {
        let mut url = self.url.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}/{path}"));
        url.set_query(query);
        url
    }
}

impl FromStr for Address {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let refused = |reason| Error::Address {
            address: without_password(text),
            reason,
        };
        let url = Url::parse(text).map_err(|_| refused("it is no URL"))?;
        if url.host().is_none() {
            return Err(refused("it names no host"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused(
                "a user has no place in it: the token is a secret or a file",
            ));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refused("it must end with the host or a path"));
        }
        let loopback = is_loopback(&url);
        match url.scheme() {
            "https" => Ok(Self { url, loopback }),
            "http" if loopback => Ok(Self { url, loopback }),
            "http" => Err(refused(
                "`http` is taken on loopback only, elsewhere `https`",
            )),
            _ => Err(refused("it must begin with `https://`")),
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address: Result<IpAddr, _> = host.trim_matches(['[', ']']).parse();
    address.map_or(host == "localhost", |address| address.is_loopback())
}

/// The text without what stands before an `@`: it may be a password.
fn without_password(text: &str) -> String {
    text.rsplit('@').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_is_taken_everywhere_and_http_on_loopback_only() {
        for good in [
            "https://opa.example.com",
            "https://opa.example.com:8443/opa/",
            "http://localhost:8181",
            "http://127.0.0.1:8181",
            "http://[::1]:8181",
        ] {
            assert!(good.parse::<Address>().is_ok(), "{good}");
        }
        for bad in [
            "http://opa.example.com",
            "http://10.0.0.7:8181",
            "http://localhost.example.com",
            "opa.example.com",
            "ftp://localhost",
            "https://opa.example.com?x=1",
            "unix:/run/opa.sock",
            "",
        ] {
            assert!(bad.parse::<Address>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_repeated() {
        let error = "https://user:hunter2@opa.example.com".parse::<Address>();
        let error = error.unwrap_err().to_string();
        assert!(!error.contains("hunter2"), "{error}");
        assert!(error.contains("opa.example.com"), "{error}");
    }

    #[test]
    fn questions_go_below_the_path() {
        let address: Address = "https://example.com/opa/".parse().unwrap();
        let url = address.at("v1/data/x", Some("strict-builtin-errors=true"));
        assert_eq!(
            url.as_str(),
            "https://example.com/opa/v1/data/x?strict-builtin-errors=true"
        );
    }
}
