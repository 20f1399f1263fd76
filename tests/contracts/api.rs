//! The document of the API says what the functions do: the same routes, bodies, statuses and codes.

#![cfg(test)]

use std::collections::BTreeSet;

use audit::on_demand::{ApiEvent, Question, Refused, Route, Unobserved, parse};
use compliance::{Refusal, Service};
use contracts::text;
use serde_json::{Map, Value, json};

fn document() -> Value {
    serde_json::from_str(&text("docs/openapi.json").unwrap()).unwrap()
}

fn keys(value: &Value) -> BTreeSet<&str> {
    let object = value.as_object();
    object.map_or_else(BTreeSet::new, |object| {
        object.keys().map(String::as_str).collect()
    })
}

fn operation(route: Route) -> Value {
    let path = route.key().strip_prefix("POST ").unwrap();
    document()["paths"][path]["post"].clone()
}

/// The schema of a route's body.
fn schema(route: Route) -> Option<Value> {
    let reference =
        operation(route)["requestBody"]["content"]["application/json"]["schema"]["$ref"].clone();
    let name = reference.as_str()?.rsplit_once('/')?.1.to_owned();
    Some(document()["components"]["schemas"][&name].clone())
}

/// A body made of the examples of the document.
fn example(schema: &Value) -> Map<String, Value> {
    let properties = schema["properties"].as_object().unwrap();
    let examples = properties.iter();
    examples
        .map(|(name, property)| (name.clone(), property["example"].clone()))
        .collect()
}

fn ask(route: Route, body: &Map<String, Value>) -> Result<Question, Refused> {
    let event = json!({"version": "2.0", "routeKey": route.key(), "requestContext": {"requestId": "1"},
        "body": Value::Object(body.clone()).to_string()});
    let service = route.service().unwrap_or(Service::S3);
    parse(&ApiEvent::of(&event).unwrap(), service)
}

#[test]
fn the_routes_are_those_of_the_functions() {
    let document = document();
    let documented: BTreeSet<String> = keys(&document["paths"])
        .into_iter()
        .map(|path| format!("POST {path}"))
        .collect();
    let answered: BTreeSet<String> = Route::ALL.map(|route| route.key().to_owned()).into();
    assert_eq!(documented, answered);
}

#[test]
fn the_documented_bodies_are_taken_and_no_others() {
    for route in Route::ALL {
        let Some(schema) = schema(route) else {
            assert_eq!(route, Route::Health);
            continue;
        };
        let body = example(&schema);
        assert!(
            matches!(ask(route, &body), Ok(Question::About(_))),
            "{route:?}"
        );
        let required: BTreeSet<&str> = schema["required"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        assert_eq!(required, keys(&schema["properties"]));
        for field in required {
            let mut less = body.clone();
            less.remove(field);
            assert_eq!(
                ask(route, &less).unwrap_err().status(),
                400,
                "{route:?} without {field}"
            );
        }
        assert_eq!(schema["additionalProperties"], false);
        let mut more = body;
        more.insert("colour".to_owned(), json!("red"));
        assert_eq!(ask(route, &more).unwrap_err().status(), 400, "{route:?}");
    }
}

/// One refusal of each kind.
fn refusals() -> Vec<Refused> {
    let refusal = |code: &str| Refusal {
        operation: "DescribeKey".into(),
        code: code.into(),
    };
    let account = "111122223333".parse().unwrap();
    vec![
        Refused::UnknownRoute("GET /".into()),
        Refused::NotText,
        Refused::TooLong(1),
        Refused::Elsewhere("x".into()),
        Refused::OutOfScope {
            account,
            region: None,
            service: Service::Kms,
        },
        Unobserved::Missing.into(),
        Unobserved::Refused(refusal("AccessDeniedException")).into(),
        Unobserved::Refused(refusal("ThrottlingException")).into(),
        Refused::Broken("Internal".into()),
        Refused::TimedOut,
    ]
}

#[test]
fn every_status_and_code_of_a_refusal_is_documented_and_no_other() {
    // What API Gateway answers itself.
    let mut statuses: BTreeSet<String> = ["200".to_owned(), "429".to_owned()].into();
    statuses.extend(
        refusals()
            .iter()
            .map(|refused| refused.status().to_string()),
    );
    let answers = operation(Route::AuditKey)["responses"].clone();
    assert_eq!(
        keys(&answers),
        statuses.iter().map(String::as_str).collect()
    );
    let codes: BTreeSet<String> = refusals()
        .iter()
        .map(|refused| refused.code().to_owned())
        .collect();
    let error = document()["components"]["schemas"]["Error"].clone();
    let listed = &error["properties"]["error"]["properties"]["code"]["enum"];
    let listed: BTreeSet<String> = serde_json::from_value(listed.clone()).unwrap();
    assert_eq!(codes, listed);
}
