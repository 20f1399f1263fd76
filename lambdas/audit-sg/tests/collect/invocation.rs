//! One invocation: enter the account, read, judge, write the parts, hand back the progress.

use super::region::{ACCOUNT, region, rule, rules};
use audit::{Auditor, Deadline, Error, Named};
use audit_sg::handler::Function;
use aws::AuditRole;
use compliance::payload::{AuditResponse, AuditSecurityGroupsRequest};
use compliance::{ErrorName, Report, Status};
use controls::Parameters;
use replay::{Answer, Replay, call};

const ROLE: &str = "orgsweep-audit";

fn function(replay: &Replay, page_size: usize) -> Function {
    let role = AuditRole {
        name: ROLE.to_owned(),
        external_id: Some("x".to_owned()),
    };
    let base = replay.config("eu-west-1");
    Function {
        auditor: Auditor::new(base, role, "run-bucket", Parameters::default()).unwrap(),
        page_size,
    }
}

fn request() -> AuditSecurityGroupsRequest {
    let request = serde_json::json!({
        "run": {"id": "20261120T140433000Z-1a2b3c4d", "started_at": "2026-11-20T14:04:33Z"},
        "account": ACCOUNT,
        "partition": "aws",
        "region": "eu-west-1",
        "progress": {"next": null, "parts": 0},
    });
    serde_json::from_value(request).unwrap()
}

async fn invoke(replay: &Replay, page_size: usize) -> Result<AuditResponse, Error> {
    function(replay, page_size)
        .handle(request(), Deadline::none())
        .await
}

#[tokio::test]
async fn every_page_becomes_a_part_under_its_own_key() {
    let replay = enterable();
    let response = invoke(&replay, 1).await.unwrap();
    assert_eq!(
        response,
        AuditResponse {
            next: None,
            parts: 2,
            resources: 2
        }
    );
    let written = replay.requests_of("PutObject");
    for (part, request) in written.iter().enumerate() {
        let key = format!(
            "runs/20261120T140433000Z-1a2b3c4d/accounts/{ACCOUNT}/sg/eu-west-1/part-0000{part}.json"
        );
        assert!(request.path.contains(&key), "{}", request.path);
    }
    let report: Report = serde_json::from_str(&written[0].body).unwrap();
    let arn = format!("arn:aws:ec2:eu-west-1:{ACCOUNT}:security-group/sg-a");
    assert_eq!(report.resources, [arn.as_str()]);
}

#[tokio::test]
async fn the_groups_are_read_with_the_roles_credentials() {
    let replay = enterable();
    invoke(&replay, 500).await.unwrap();
    for request in replay
        .requests()
        .iter()
        .filter(|request| request.service == "ec2")
    {
        assert_eq!(
            request.access_key,
            format!("ASIA{ACCOUNT}"),
            "{}",
            request.operation
        );
    }
}

#[tokio::test]
async fn an_account_that_refuses_us_is_an_error_of_that_name_and_nothing_is_read() {
    let replay = region().on("AssumeRole", Answer::denied("AccessDenied"));
    let error = invoke(&replay, 500).await.unwrap_err();
    assert_eq!(error.name(), ErrorName::AssumeRoleDenied);
    assert_eq!(replay.operations().last().unwrap(), "AssumeRole");
}

#[tokio::test]
async fn without_the_organization_of_the_run_nothing_is_read_or_judged() {
    let missing = Answer::refused(404, "NoSuchKey");
    let replay = enterable().on(call("GetObject").with("organization.json"), missing);
    let error = invoke(&replay, 500).await.unwrap_err();
    assert_eq!(error.name(), ErrorName::ReportUnreadable);
    assert!(error.to_string().contains("organization.json"), "{error}");
    assert!(replay.requests_of("DescribeSecurityGroups").is_empty());
    assert!(replay.requests_of("PutObject").is_empty());
}

/// A region that can be entered, and a run bucket with the Organization.
fn enterable() -> Replay {
    region()
        .role(ACCOUNT, ROLE)
        .on(
            call("GetObject").with("organization.json"),
            Answer::of(serde_json::json!({"organization_id": "o-a", "accounts": [ACCOUNT]})),
        )
        .on("PutObject", Answer::empty())
}

/// What the report says of a group under some controls.
fn statuses<const N: usize>(report: &Report, group: &str, controls: [&str; N]) -> [Status; N] {
    let arn = format!("arn:aws:ec2:eu-west-1:{ACCOUNT}:security-group/{group}");
    controls.map(|control| {
        let mut verdicts = report.verdicts.iter();
        let found = verdicts.find(|it| it.resource == arn && it.control.as_str() == control);
        found.map_or(Status::Passed, |verdict| verdict.status)
    })
}

#[tokio::test]
async fn a_refused_prefix_list_neither_hides_an_open_port_nor_closes_one() {
    let named = [
        rule("sgr-1", "sg-a", "<cidrIpv4>0.0.0.0/0</cidrIpv4>"),
        rule("sgr-2", "sg-a", "<prefixListId>pl-1</prefixListId>"),
        rule("sgr-3", "sg-b", "<prefixListId>pl-1</prefixListId>"),
    ];
    let denied = Answer::denied("UnauthorizedOperation");
    let replay = enterable()
        .on("DescribeSecurityGroupRules", rules(&named.concat(), None))
        .on("GetManagedPrefixListEntries", denied);
    invoke(&replay, 500).await.unwrap();
    let written = replay.requests_of("PutObject");
    let report: Report = serde_json::from_str(&written[0].body).unwrap();
    let ports = ["EC2.13", "EC2.18", "EC2.19", "EC2.53"];
    assert_eq!(statuses(&report, "sg-a", ports), [Status::Failed; 4]);
    assert_eq!(statuses(&report, "sg-b", ports), [Status::NotAvailable; 4]);
    let doubtful = ["EC2.54", "SG-027", "SG-028"];
    for group in ["sg-a", "sg-b"] {
        assert_eq!(
            statuses(&report, group, doubtful),
            [Status::NotAvailable; 3]
        );
    }
    let gaps: Vec<&str> = report
        .gaps
        .iter()
        .map(|gap| gap.operation.as_str())
        .collect();
    assert_eq!(gaps, ["GetManagedPrefixListEntries"]);
}
