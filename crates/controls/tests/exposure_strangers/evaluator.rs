//! A small evaluator of single requests, after "Policy evaluation logic" of the IAM User Guide: an Allow must match
//! and no Deny may. It knows nothing of exposure.

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;
use serde_json::{Map, Value, json};

/// One request of a stranger: what is done to which resource, and the keys that AWS adds.
pub(crate) struct Request {
    pub(crate) action: &'static str,
    pub(crate) resource: &'static str,
    pub(crate) keys: BTreeMap<&'static str, Vec<&'static str>>,
}

/// Anonymous callers and callers of an account that no policy names, from anywhere, with TLS and without.
pub(crate) fn requests() -> Vec<Request> {
    let mut requests = Vec::new();
    for signed in [false, true] {
        for place in [
            ("aws:SourceIp", "8.8.8.8"),
            ("aws:SourceIp", "200.1.1.1"),
            ("aws:SourceVpce", "vpce-evil"),
        ] {
            for tls in ["true", "false"] {
                let mut keys =
                    BTreeMap::from([(place.0, vec![place.1]), ("aws:SecureTransport", vec![tls])]);
                if signed {
                    keys.extend([
                        ("aws:PrincipalAccount", vec!["999999999999"]),
                        ("aws:PrincipalOrgID", vec!["o-evil"]),
                        ("aws:PrincipalOrgPaths", vec!["o-evil/r-1/ou-1/"]),
                        ("aws:PrincipalIsAWSService", vec!["false"]),
                        ("aws:userid", vec!["AROAEVIL:me"]),
                    ]);
                }
                requests.extend(everything_done_with(&keys));
            }
        }
    }
    requests
}

fn everything_done_with(keys: &BTreeMap<&'static str, Vec<&'static str>>) -> Vec<Request> {
    let done = [
        ("s3:GetObject", "arn:aws:s3:::b/k"),
        ("s3:GetObject", "arn:aws:s3:::b/private/k"),
        ("s3:PutObject", "arn:aws:s3:::b/k"),
        ("s3:PutObject", "arn:aws:s3:::b/private/k"),
        ("s3:ListBucket", "arn:aws:s3:::b"),
        ("s3:PutBucketPolicy", "arn:aws:s3:::b"),
    ];
    done.map(|(action, resource)| Request {
        action,
        resource,
        keys: keys.clone(),
    })
    .into()
}

/// Whether some Allow matches the request and no Deny does.
pub(crate) fn is_allowed(policy: &[Value], request: &Request) -> bool {
    let hit = |effect| {
        let mut statements = policy.iter().filter(move |some| some["Effect"] == effect);
        statements.any(|statement| matches(statement, request))
    };
    hit("Allow") && !hit("Deny")
}

fn matches(statement: &Value, request: &Request) -> bool {
    let one_of = |element: &str, negated: &str, text: &str| {
        let is_in = |list: &Value| texts(list).iter().any(|pattern| like(pattern, text));
        match statement.get(element) {
            Some(list) => is_in(list),
            None => !is_in(&statement[negated]),
        }
    };
    let everyone = [json!("*"), json!({"AWS": "*"})];
    let none = Map::new();
    let block = statement["Condition"].as_object().unwrap_or(&none);
    everyone.contains(&statement["Principal"])
        && one_of("Action", "NotAction", request.action)
        && one_of("Resource", "NotResource", request.resource)
        && block.iter().all(|(operator, keys)| {
            let mut keys = keys.as_object().unwrap().iter();
            keys.all(|(key, values)| {
                holds(operator, request.keys.get(key.as_str()), &texts(values))
            })
        })
}

fn holds(operator: &str, found: Option<&Vec<&str>>, values: &[String]) -> bool {
    if operator == "Null" {
        return values
            .iter()
            .any(|value| found.is_none() == (value == "true"));
    }
    let (set, plain) = operator.split_once(':').unwrap_or(("", operator));
    let base = plain.strip_suffix("IfExists");
    let name = base.unwrap_or(plain);
    let negated = name.contains("Not");
    let test = |text: &&str| values.iter().any(|value| compare(name, value, text)) != negated;
    match (set, found) {
        ("ForAllValues", found) => found.is_none_or(|found| found.iter().all(test)),
        ("ForAnyValue", found) => found.map_or(base.is_some(), |found| found.iter().any(test)),
        (_, None) => base.is_some() || negated,
        (_, Some(found)) if negated => found.iter().all(test),
        (_, Some(found)) => found.iter().any(test),
    }
}

fn compare(operator: &str, value: &str, text: &str) -> bool {
    match operator {
        "StringEquals" | "StringNotEquals" | "Bool" => value == text,
        "StringLike" | "StringNotLike" => like(value, text),
        "IpAddress" | "NotIpAddress" => {
            let net: IpNet = value.parse().unwrap();
            net.contains(&text.parse::<IpAddr>().unwrap())
        }
        other => panic!("no operator of this test: {other}"),
    }
}

/// Whether `text` is matched by a pattern with `*`.
fn like(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|left| {
            (0..=left.len()).any(|skipped| left.get(skipped..).is_some_and(|left| like(rest, left)))
        }),
    }
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        _ => Vec::new(),
    }
}

#[test]
fn the_evaluator_tells_who_gets_in() {
    let strangers = |policy: &[Value]| {
        let requests = requests();
        requests
            .iter()
            .filter(|request| is_allowed(policy, request))
            .count()
    };
    let open = json!({"Effect": "Allow", "Principal": "*", "Action": "s3:Get*", "Resource": "*"});
    assert_eq!(strangers(std::slice::from_ref(&open)), 24);
    let mut tls = open.clone();
    tls["Effect"] = json!("Deny");
    tls["Condition"] = json!({"Bool": {"aws:SecureTransport": "false"}});
    assert_eq!(strangers(&[open.clone(), tls]), 12);
    let mut own = open;
    own["Condition"] = json!({"StringEquals": {"aws:PrincipalOrgID": "o-own"}});
    assert_eq!(strangers(&[own]), 0);
}
