//! One account audited in memory, against the raw answers of its services.

#![cfg(test)]

use std::collections::BTreeSet;

use audit::Judge;
use aws::Session;
use compliance::{Region, RunId, Service, Status};
use controls::{Catalog, Parameters};
use orgsweep::account::{AccountAudit, Found};
use replay::{Answer, Replay, call};

const ACCOUNT: &str = "111122223333";
const PUBLIC_ACCESS_BLOCKED: &str = "<PublicAccessBlockConfiguration>\
    <BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls>\
    <BlockPublicPolicy>true</BlockPublicPolicy>\
    <RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>";

/// An account without buckets, with no keys and no groups in either region.
fn empty_account() -> Replay {
    Replay::new()
        .account(ACCOUNT)
        .on(
            "ListBuckets",
            Answer::of("<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>"),
        )
        .on("HeadBucket", Answer::refused(404, "NoSuchBucket"))
        .on("s3control.GetPublicAccessBlock", Answer::of(PUBLIC_ACCESS_BLOCKED))
        .on("ListAccessPoints", Answer::of("<ListAccessPointsResult/>"))
        .on("ListMultiRegionAccessPoints", Answer::of("<ListMultiRegionAccessPointsResult/>"))
        .on("ListKeys", Answer::of(r#"{"Keys": [], "Truncated": false}"#))
        .on("ListAliases", Answer::of(r#"{"Aliases": [], "Truncated": false}"#))
        .on(
            "DescribeSecurityGroups",
            Answer::of("<DescribeSecurityGroupsResponse><securityGroupInfo/></DescribeSecurityGroupsResponse>"),
        )
}

/// Audits everything in two regions.
async fn audit(replay: &Replay) -> Result<Found, audit::Error> {
    let session = Session::caller(replay.config("eu-west-1")).await.unwrap();
    let regions: [Region; 2] = ["eu-west-1", "us-east-1"].map(|region| region.parse().unwrap());
    let run: RunId = "20261120T140433000Z-1a2b3c4d".parse().unwrap();
    let audit = AccountAudit {
        catalog: &Catalog::embedded().unwrap(),
        judge: &Judge::Embedded,
        parameters: &Parameters::default(),
        run: &run,
        regions: &regions,
    };
    let mut found = Found::default();
    Box::pin(audit.buckets(&session, &mut found)).await?;
    Box::pin(audit.keys(&session, &mut found)).await?;
    Box::pin(audit.groups(&session, &mut found)).await?;
    audit.join(&mut found).await;
    Ok(found)
}

#[tokio::test]
async fn what_passed_is_told_too() {
    let found = audit(&empty_account()).await.unwrap();
    let verdicts = &found.verdicts[..];
    let ids: BTreeSet<&str> = verdicts.iter().map(|it| it.control.as_str()).collect();
    assert_eq!(ids, BTreeSet::from(["S3-064", "S3.1", "S3ACCT-003"]));
    assert!(verdicts.iter().all(|it| it.status == Status::Passed));
    assert!(found.gaps.is_empty());
}

#[tokio::test]
async fn a_refused_listing_is_a_gap_of_its_scope_and_the_rest_goes_on() {
    let denied = Answer::denied("AccessDeniedException");
    let replay = empty_account().on(call("ListKeys").with("us-east-1"), denied);
    let found = audit(&replay).await.unwrap();
    let [gap] = &found.gaps[..] else {
        panic!("{:?}", found.gaps)
    };
    assert_eq!(
        (gap.service, gap.resource.as_deref()),
        (Some(Service::Kms), None)
    );
    assert_eq!(gap.region.as_ref().unwrap().as_str(), "us-east-1");
    assert_eq!(
        (gap.operation.as_str(), gap.code.as_str()),
        ("ListKeys", "AccessDeniedException")
    );
    assert_eq!(replay.requests_of("DescribeSecurityGroups").len(), 2);
    let ended = |region: &str| {
        found
            .key_audits
            .get(&region.parse::<Region>().unwrap())
            .unwrap()
    };
    assert!(ended("eu-west-1").is_ok() && ended("us-east-1").is_err());
}

#[tokio::test]
async fn every_service_may_be_refused_and_the_audit_still_ends() {
    let replay = empty_account()
        .on("ListBuckets", Answer::denied("AccessDenied"))
        .on("ListKeys", Answer::throttled("ThrottlingException"))
        .on(
            "DescribeSecurityGroups",
            Answer::denied("UnauthorizedOperation"),
        );
    let found = audit(&replay).await.unwrap();
    let operations: BTreeSet<&str> = found
        .gaps
        .iter()
        .map(|gap| gap.operation.as_str())
        .collect();
    let expected = ["DescribeSecurityGroups", "ListBuckets", "ListKeys"];
    assert_eq!(operations, BTreeSet::from(expected));
    assert_eq!(found.gaps.len(), 5);
    assert!(
        found
            .verdicts
            .iter()
            .all(|verdict| verdict.status != Status::Passed)
    );
}

#[tokio::test]
async fn nothing_is_written() {
    let replay = empty_account();
    audit(&replay).await.unwrap();
    for operation in replay.operations() {
        let reads = ["List", "Get", "Describe", "Head"]
            .iter()
            .any(|verb| operation.starts_with(verb));
        assert!(reads, "{operation}");
    }
}
