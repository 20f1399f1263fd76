use serde_json::{Value, json};

use super::*;

const KEY: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

fn ask(route: Route, body: &str) -> Result<Question, Refused> {
    let event = json!({"version": "2.0", "routeKey": route.key(), "body": body,
        "requestContext": {"requestId": "one"}});
    let service = route.service().unwrap_or(Service::S3);
    parse(&ApiEvent::of(&event).unwrap(), service)
}

fn key_body(key_id: &str) -> Value {
    json!({"key_id": key_id, "account_id": "111122223333", "region": "eu-west-1"})
}

fn target(question: Question) -> Target {
    match question {
        Question::About(asked) => asked.target,
        Question::Health => panic!("this asks about nothing"),
    }
}

#[test]
fn a_key_may_be_named_in_every_way_that_kms_takes() {
    for name in [
        KEY.to_owned(),
        "mrk-1234abcd12ab34cd56ef1234567890ab".to_owned(),
        "alias/team/app-1".to_owned(),
        format!("arn:aws-cn:kms:eu-west-1:111122223333:key/{KEY}"),
        "arn:aws:kms:eu-west-1:111122223333:alias/app".to_owned(),
    ] {
        let asked = ask(Route::AuditKey, &key_body(&name).to_string()).unwrap();
        let target = target(asked);
        assert_eq!(
            (target.name, target.account.as_str()),
            (name, "111122223333")
        );
    }
}

#[test]
fn a_key_of_another_account_or_region_is_refused_before_anything_is_asked() {
    for name in [
        format!("arn:aws:kms:eu-west-1:444455556666:key/{KEY}"),
        format!("arn:aws:kms:us-east-1:111122223333:key/{KEY}"),
        "arn:aws:s3:eu-west-1:111122223333:key/x".to_owned(),
    ] {
        let refused = ask(Route::KeyInfo, &key_body(&name).to_string()).unwrap_err();
        assert_eq!(refused.status(), 400);
        assert!(refused.to_string().contains(&name), "{refused}");
    }
}

#[test]
fn what_is_no_name_is_refused_with_the_field() {
    for (route, field, body) in [
        (Route::AuditKey, "key_id", key_body("alias/")),
        (Route::AuditKey, "key_id", key_body("../secrets")),
        (
            Route::AuditBucket,
            "bucket",
            json!({"bucket": "a/b", "account_id": "111122223333"}),
        ),
        (
            Route::AuditSecurityGroup,
            "group_id",
            json!({"group_id": "sg-1", "account_id": "111122223333", "region": "eu-west-1"}),
        ),
    ] {
        let refused = ask(route, &body.to_string()).unwrap_err();
        assert_eq!(refused.status(), 400);
        assert!(
            refused.to_string().contains(&format!("`{field}`")),
            "{refused}"
        );
    }
}

#[test]
fn a_body_that_is_not_the_documented_one_is_refused_with_the_reason() {
    for (body, said) in [
        (String::new(), "EOF"),
        ("{".to_owned(), "EOF"),
        (r#"{"key_id": "x"}"#.to_owned(), "`account_id`"),
        (
            json!({"key_id": KEY, "account_id": "1", "region": "eu-west-1"}).to_string(),
            "`1` is not an account id",
        ),
        (
            json!({"key_id": KEY, "account_id": "111122223333", "region": "moon"}).to_string(),
            "`moon` is not a region",
        ),
        (
            json!({"key_id": KEY, "account_id": "111122223333", "region": "eu-west-1", "force": true})
                .to_string(),
            "`force`",
        ),
    ] {
        let refused = ask(Route::AuditKey, &body).unwrap_err();
        assert_eq!(refused.status(), 400);
        let told = crate::error::chain(&refused);
        assert!(told.contains(said), "{told}");
    }
    let long = " ".repeat(LONGEST_BODY + 1);
    assert_eq!(ask(Route::AuditKey, &long).unwrap_err().status(), 413);
}

#[test]
fn a_function_answers_its_own_routes_and_its_health() {
    for route in Route::ALL {
        let event = json!({"version": "2.0", "routeKey": route.key(), "body": "{}",
            "requestContext": {"requestId": "one"}});
        let event = ApiEvent::of(&event).unwrap();
        for service in Service::ALL {
            let own = route.service().is_none_or(|its| its == service);
            let unknown = matches!(parse(&event, service), Err(Refused::UnknownRoute(_)));
            assert_eq!(unknown, !own, "{route:?} {service}");
        }
    }
}
