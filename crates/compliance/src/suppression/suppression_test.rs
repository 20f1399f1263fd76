//! What may be accepted, for how long, and what is covered when.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{Finding, FindingState, ResourceType, Run, Service, Severity, Status};

fn time(text: &str) -> Timestamp {
    parse_moment(text).unwrap()
}

/// A suppression of 2026-11-28 to 2027-05-31 with one field changed.
fn written(field: &str, value: &str) -> Result<Suppression, String> {
    let mut document = json!({
        "id": "website", "control": "S3.8", "account": "111122223333", "resource": "arn:aws:s3:::website*",
        "reason": "the public website", "owner": "web@example.com", "created": "2026-11-28", "expires": "2027-05-31",
    });
    document[field] = Value::from(value);
    serde_json::from_value(document).map_err(|error| error.to_string())
}

fn suppression() -> Suppression {
    written("id", "website").unwrap()
}

fn verdict(resource: &str, status: Status) -> Verdict {
    Verdict {
        control: "S3.8".parse().unwrap(),
        resource: resource.into(),
        resource_type: ResourceType::AwsS3Bucket,
        account: "111122223333".parse().unwrap(),
        region: "eu-west-1".parse().unwrap(),
        status,
        severity: Severity::High,
        reason: "open".into(),
        key: None,
        buckets: Vec::new(),
    }
}

fn only(record: SuppressionRecord) -> Suppressions {
    [record].into_iter().collect()
}

#[test]
fn a_suppression_is_read_as_it_is_written() {
    let document = serde_json::to_value(suppression()).unwrap();
    assert_eq!(document["created"], "2026-11-28T00:00:00Z");
    let again: Suppression = serde_json::from_value(document).unwrap();
    assert_eq!(again, suppression());
}

#[test]
fn what_breaks_a_rule_is_named() {
    for (field, value, problem) in [
        (
            "id",
            "Web Site",
            "`Web Site` is not the id of a suppression",
        ),
        ("control", "", "`` is not a pattern"),
        ("account", "**", "`**` is not a pattern"),
        ("account", "12345", "`account` can match no account"),
        ("account", "payments*", "`account` can match no account"),
        (
            "resource",
            "arn:*",
            "`resource` matches everything without saying so",
        ),
        (
            "resource",
            "*:*",
            "`resource` matches everything without saying so",
        ),
        ("reason", "  ", "`reason` is empty"),
        ("owner", "", "`owner` is empty"),
        ("created", "yesterday", "`yesterday` is not a day"),
        ("expires", "2026-11-28", "before it is made"),
        ("expires", "2026-01-01", "before it is made"),
        ("expires", "2027-11-29", "more than a year"),
        ("expires", "never", "`never` is not a day"),
        ("until", "2027-01-01", "unknown field `until`"),
    ] {
        let error = written(field, value).unwrap_err();
        assert!(error.contains(problem), "{field}: {error}");
    }
    assert!(written("reason", &"x".repeat(501)).is_err());
    assert!(written("owner", &"x".repeat(129)).is_err());
    assert!(
        written("expires", "2027-11-28").is_ok(),
        "a year is not too long"
    );
    for explicit in ["control", "account", "resource"] {
        assert!(written(explicit, "*").is_ok(), "{explicit}");
    }
}

#[test]
fn an_end_is_not_optional() {
    let mut document = serde_json::to_value(suppression()).unwrap();
    document.as_object_mut().unwrap().remove("expires");
    let error = serde_json::from_value::<Suppression>(document).unwrap_err();
    assert!(
        error.to_string().contains("missing field `expires`"),
        "{error}"
    );
}

#[test]
fn everything_at_once_cannot_be_accepted() {
    let draft = Draft {
        control: "*".parse().unwrap(),
        account: "*".parse().unwrap(),
        resource: "*".parse().unwrap(),
        ..suppression().0
    };
    let error = Suppression::try_from(draft).unwrap_err().to_string();
    assert!(
        error.contains("`website`") && error.contains("accepts everything"),
        "{error}"
    );
}

#[test]
fn a_control_pattern_is_held_against_the_catalogue() {
    let controls: Vec<ControlId> = ["S3.8", "S3.5"].map(|id| id.parse().unwrap()).into();
    let check = |control: &str| {
        written("control", control)
            .unwrap()
            .check_controls(controls.iter())
    };
    assert!(check("S3.8").is_ok() && check("*").is_ok() && check("*8").is_ok());
    let unknown = check("S3.88").unwrap_err().to_string();
    assert!(unknown.contains("there is no control `S3.88`"), "{unknown}");
    let all = check("S3.*").unwrap_err().to_string();
    assert!(all.contains("everything without saying so"), "{all}");
}

#[test]
fn a_configuration_names_every_suppression_once_and_only_known_controls() {
    let controls: Vec<ControlId> = ["S3.8", "S3.5"].map(|id| id.parse().unwrap()).into();
    let configured = |all: Vec<Suppression>| Suppressions::configured(all, &controls.iter());
    assert_eq!(configured(vec![suppression()]).unwrap().records().len(), 1);
    let twice = configured(vec![suppression(), suppression()])
        .unwrap_err()
        .to_string();
    assert!(twice.contains("another one has its id"), "{twice}");
    assert!(configured(vec![written("control", "S3.9").unwrap()]).is_err());
    assert!(configured(vec![suppression(); 201]).is_err());
}

#[test]
fn it_is_in_force_from_its_beginning_to_before_its_end() {
    let record = SuppressionRecord::configured(suppression());
    let status = |text: &str| record.status(time(text));
    assert_eq!(status("2026-11-27T23:59:59Z"), SuppressionStatus::Pending);
    assert_eq!(status("2026-11-28"), SuppressionStatus::InForce);
    assert_eq!(status("2027-05-30T23:59:59Z"), SuppressionStatus::InForce);
    assert_eq!(status("2027-05-31"), SuppressionStatus::Expired);
    let withdrawn = SuppressionRecord {
        withdrawn_at: Some(time("2027-01-01")),
        ..record.clone()
    };
    assert!(withdrawn.in_force(time("2026-12-31")));
    assert_eq!(
        withdrawn.status(time("2027-01-01")),
        SuppressionStatus::Withdrawn
    );
    assert_eq!(
        withdrawn.status(time("2028-01-01")),
        SuppressionStatus::Withdrawn
    );
}

#[test]
fn its_end_is_told_fourteen_days_ahead() {
    let record = SuppressionRecord::configured(suppression());
    let soon = |text: &str| record.expires_soon(time(text));
    assert!(!soon("2027-05-16T23:59:59Z"));
    assert!(soon("2027-05-17") && soon("2027-05-30"));
    assert!(!soon("2027-05-31"), "it is over");
}

#[test]
fn what_could_not_be_judged_is_never_hidden() {
    let known = only(SuppressionRecord::configured(suppression()));
    let covered = |status| {
        let verdict = verdict("arn:aws:s3:::website", status);
        known.covering(&verdict, time("2027-01-01")).is_some()
    };
    assert!(covered(Status::Failed));
    assert!(!covered(Status::NotAvailable));
}

#[test]
fn of_several_the_one_that_lasts_longest_covers() {
    let with = |id: &str, expires: &str| {
        let draft = Draft {
            id: id.parse().unwrap(),
            expires: time(expires),
            ..suppression().0
        };
        SuppressionRecord::configured(Suppression::try_from(draft).unwrap())
    };
    let known: Suppressions = [
        with("short", "2027-01-31"),
        with("long", "2027-03-01"),
        with("longer", "2027-03-01"),
    ]
    .into_iter()
    .collect();
    let verdict = verdict("arn:aws:s3:::website", Status::Failed);
    let covering = |text: &str| {
        known
            .covering(&verdict, time(text))
            .unwrap()
            .suppression
            .id()
            .to_string()
    };
    assert_eq!(covering("2027-01-01"), "long");
    assert_eq!(known.matching(&verdict, time("2027-01-01")).count(), 3);
    assert_eq!(known.matching(&verdict, time("2027-02-01")).count(), 2);
}

fn finding() -> Finding {
    let run = Run::of_execution("x", time("2026-12-01"));
    Finding::opened(
        verdict("arn:aws:s3:::website", Status::Failed),
        Service::S3,
        &run,
    )
}

#[test]
fn a_finding_is_suppressed_and_open_again_with_the_clock_before_any_run() {
    let record = SuppressionRecord::configured(suppression());
    let known = only(record.clone());
    let none = Suppressions::default();
    let state = |finding: &Finding, known: &Suppressions, at: &str| {
        let now = finding.clone().at(known, time(at));
        assert_eq!(
            now.state == FindingState::Suppressed,
            now.suppressed_by.is_some()
        );
        now.state
    };
    let open = finding();
    let noted = open.clone().at(&known, time("2027-01-01"));
    assert_eq!(noted.suppressed_by, Some(record.note()));
    assert_eq!(state(&open, &known, "2026-11-01"), FindingState::Open);
    assert_eq!(state(&noted, &known, "2027-05-31"), FindingState::Open);
    assert_eq!(
        state(&noted, &none, "2027-05-30"),
        FindingState::Suppressed,
        "not told of yet"
    );
    assert_eq!(state(&noted, &none, "2027-05-31"), FindingState::Open);
    let withdrawn = only(SuppressionRecord {
        withdrawn_at: Some(time("2027-01-01")),
        ..record
    });
    assert_eq!(state(&noted, &withdrawn, "2027-01-01"), FindingState::Open);
    let resolved = Finding {
        state: FindingState::Resolved,
        ..open
    };
    assert_eq!(
        state(&resolved, &known, "2027-01-01"),
        FindingState::Resolved
    );
}

proptest! {
    #[test]
    fn one_that_has_ended_never_hides(
        begins in 0_i64..1000, lasts in 1_i64..365, withdrawn in proptest::option::of(0_i64..1400), at in 0_i64..1400,
    ) {
        let day = |day: i64| Timestamp::from_second(1_800_000_000 + day * 86_400).unwrap();
        let draft = Draft { created: day(begins), expires: day(begins + lasts), ..suppression().0 };
        let record = SuppressionRecord {
            withdrawn_at: withdrawn.map(day),
            ..SuppressionRecord::configured(Suppression::try_from(draft).unwrap())
        };
        let hidden = Finding { suppressed_by: Some(record.note()), state: FindingState::Suppressed, ..finding() };
        let ended = at >= begins + lasts || withdrawn.is_some_and(|end| at >= end);
        let known = only(record);
        let in_force = at >= begins && !ended;
        prop_assert_eq!(known.covering(&hidden.verdict, day(at)).is_some(), in_force);
        prop_assert_eq!(hidden.clone().at(&known, day(at)).state == FindingState::Suppressed, in_force);
        if ended {
            prop_assert_eq!(hidden.at(&Suppressions::default(), day(at)).state, FindingState::Open);
        }
    }
}
