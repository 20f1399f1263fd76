//! Access points: region by region after the last bucket, and those that span regions with the account.

use audit::{Collector, Page};
use compliance::observation::{AccessPointObservation, MultiRegionAccessPointObservation};
use compliance::{Fact, Observation, Refusal, Service};
use replay::{Answer, Replay, call};

use crate::wire::{self, ACCOUNT, BLOCK};

fn points(page: &Page) -> Vec<&AccessPointObservation> {
    let observations = page.observations.iter();
    observations
        .filter_map(|observation| match observation {
            Observation::AccessPoint(point) => Some(point.as_ref()),
            _ => None,
        })
        .collect()
}

fn names(page: &Page) -> Vec<&str> {
    points(page)
        .iter()
        .map(|point| point.name.as_str())
        .collect()
}

fn spanning(page: &Page) -> Vec<&MultiRegionAccessPointObservation> {
    let observations = page.observations.iter();
    observations
        .filter_map(|observation| match observation {
            Observation::MultiRegionAccessPoint(point) => Some(point.as_ref()),
            _ => None,
        })
        .collect()
}

/// What `GetAccessPoint` answers of an access point with all settings on.
fn blocked() -> Answer {
    Answer::of(format!(
        "<GetAccessPointResult>{BLOCK}</GetAccessPointResult>"
    ))
}

/// An account with access points in eu-west-1 that have no policy.
fn account(names: &[&str]) -> Replay {
    wire::account(&[])
        .on(
            call("ListAccessPoints").with("eu-west-1"),
            wire::access_points(names, None),
        )
        .on("GetAccessPoint", blocked())
        .on(
            "GetAccessPointPolicy",
            Answer::refused(404, "NoSuchAccessPointPolicy"),
        )
}

fn refusal(operation: &str, code: &str) -> Refusal {
    Refusal {
        operation: operation.to_owned(),
        code: code.to_owned(),
    }
}

#[tokio::test]
async fn an_access_point_has_its_settings_its_policy_and_those_of_the_account() {
    let policy = r#"{"Statement":[]}"#;
    let answer = format!(
        "<GetAccessPointPolicyResult><Policy>{policy}</Policy></GetAccessPointPolicyResult>"
    );
    let replay = account(&["desk"]).on("GetAccessPointPolicy", Answer::of(answer));
    let page = wire::first_page(&replay).await;
    let [point] = points(&page)[..] else {
        panic!("{page:?}")
    };
    assert_eq!(
        point.arn,
        "arn:aws:s3:eu-west-1:111122223333:accesspoint/desk"
    );
    assert_eq!(
        (point.bucket.as_str(), point.network_origin.as_str()),
        ("data", "Internet")
    );
    assert_eq!(point.bucket_account.as_ref().unwrap().as_str(), ACCOUNT);
    let block = point.public_access_block.known().unwrap().unwrap();
    assert!(block.restrict_public_buckets);
    assert_eq!(point.account_public_access_block, Fact::Known(None));
    assert!(point.policy.known().unwrap().as_ref().unwrap()["Statement"].is_array());
    assert!(point.unknown.is_empty());
    let asked = &replay.requests_of("GetAccessPoint")[0];
    assert_eq!(asked.header("x-amz-account-id"), Some(ACCOUNT));
}

#[tokio::test]
async fn an_account_without_access_points_costs_one_call_per_region_and_one_more() {
    let replay = wire::account(&[("a", "eu-west-1")]);
    let collector = wire::collector(&replay, &["eu-west-1", "us-east-1", "us-west-2"]).await;
    let page = collector.collect(None).await.unwrap();
    assert_eq!((page.next, page.gaps.len()), (None, 0));
    assert_eq!(replay.requests_of("ListAccessPoints").len(), 3);
    let global = replay.requests_of("ListMultiRegionAccessPoints");
    assert_eq!(global.len(), 1);
    assert_eq!(global[0].region, "us-west-2");
    assert!(replay.requests_of("GetAccessPoint").is_empty());
}

#[tokio::test]
async fn what_does_not_fit_on_the_page_of_the_last_bucket_follows() {
    let rest = wire::access_points(&["c"], None);
    let replay = account(&[])
        .on(
            call("ListAccessPoints").with("eu-west-1"),
            wire::access_points(&["a", "b"], Some("more")),
        )
        .on(call("ListAccessPoints").with("nextToken=more"), rest)
        .on(
            call("ListAccessPoints").with("us-east-1"),
            wire::access_points(&["d", "e"], None),
        );
    let collector = wire::collector(&replay, &["eu-west-1", "us-east-1", "us-west-2"]).await;
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = collector.collect(after.as_deref()).await.unwrap();
        seen.push(names(&page).join(" "));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["a b", "c d e", ""]);
    assert_eq!(replay.requests_of("ListBuckets").len(), 1);
}

#[tokio::test]
async fn a_region_that_refuses_its_list_is_a_gap_and_the_others_go_on() {
    let replay = account(&["desk"]).on(
        call("ListAccessPoints").with("us-east-1"),
        Answer::denied("AccessDenied"),
    );
    let collector = wire::collector(&replay, &["eu-west-1", "us-east-1"]).await;
    let page = collector.collect(None).await.unwrap();
    assert_eq!(names(&page), ["desk"]);
    let [gap] = &page.gaps[..] else {
        panic!("{:?}", page.gaps)
    };
    assert_eq!(gap.region.as_ref().unwrap().as_str(), "us-east-1");
    assert_eq!(
        (gap.service, gap.resource.as_deref()),
        (Some(Service::S3), None)
    );
    assert_eq!(
        (gap.operation.as_str(), gap.code.as_str()),
        ("ListAccessPoints", "AccessDenied")
    );
}

#[tokio::test]
async fn refused_reads_are_unknown_on_that_access_point_alone() {
    let replay = account(&["shut", "open"])
        .on(
            call("GetAccessPoint").with("shut"),
            Answer::denied("AccessDenied"),
        )
        .on(
            call("GetAccessPointPolicy").with("shut"),
            Answer::refused(503, "SlowDown"),
        );
    let page = wire::first_page(&replay).await;
    let of = |name: &str| {
        points(&page)
            .into_iter()
            .find(|point| point.name == name)
            .unwrap()
    };
    let shut = &of("shut").unknown;
    assert_eq!(
        shut["public_access_block"],
        refusal("GetAccessPoint", "AccessDenied")
    );
    assert_eq!(shut["policy"], refusal("GetAccessPointPolicy", "SlowDown"));
    assert!(of("open").unknown.is_empty());
}

#[tokio::test]
async fn a_throttled_read_of_an_access_point_is_tried_again() {
    let slow = Answer::refused(503, "SlowDown");
    let replay = account(&["desk"]).on("GetAccessPoint", [slow, blocked()]);
    let collector = wire::patient_collector(&replay, &["eu-west-1"]).await;
    let page = collector.collect(None).await.unwrap();
    assert!(points(&page)[0].unknown.is_empty());
}

#[tokio::test]
async fn an_access_point_that_vanished_is_counted() {
    let replay = account(&["gone", "here"]).on(
        call("GetAccessPoint").with("gone"),
        Answer::refused(404, "NoSuchAccessPoint"),
    );
    let page = wire::first_page(&replay).await;
    assert_eq!((names(&page), page.vanished), (vec!["here"], 1));
    assert!(page.gaps.is_empty());
}

/// The policy of a Multi-Region Access Point.
fn policy_in_force(text: &str) -> Answer {
    Answer::of(format!(
        "<GetMultiRegionAccessPointPolicyResult><Policy><Established><Policy>{text}</Policy></Established></Policy>\
         </GetMultiRegionAccessPointPolicyResult>"
    ))
}

#[tokio::test]
async fn one_that_spans_regions_comes_with_the_account() {
    let replay = wire::account(&[])
        .on("ListMultiRegionAccessPoints", wire::multi_region(&["wide"]))
        .on(
            "GetMultiRegionAccessPointPolicy",
            policy_in_force(r#"{"Statement":[]}"#),
        );
    let page = wire::first_page(&replay).await;
    let [point] = spanning(&page)[..] else {
        panic!("{page:?}")
    };
    assert_eq!(point.arn, "arn:aws:s3::111122223333:accesspoint/wide.mrap");
    assert_eq!(point.region.as_str(), "eu-west-1", "that of the account");
    assert_eq!(point.buckets[0].region.as_deref(), Some("eu-west-1"));
    let block = point.public_access_block.unwrap();
    assert!(block.block_public_acls && !block.restrict_public_buckets);
    assert!(point.policy.known().unwrap().is_some() && point.unknown.is_empty());
}

#[tokio::test]
async fn a_refused_policy_is_unknown_and_one_that_vanished_is_counted() {
    let of = |name: &str| call("GetMultiRegionAccessPointPolicy").with(name);
    let replay = wire::account(&[])
        .on(
            "ListMultiRegionAccessPoints",
            wire::multi_region(&["gone", "shut"]),
        )
        .on(
            of("gone"),
            Answer::refused(404, "NoSuchMultiRegionAccessPoint"),
        )
        .on(of("shut"), Answer::denied("AccessDenied"));
    let page = wire::first_page(&replay).await;
    let [shut] = spanning(&page)[..] else {
        panic!("{page:?}")
    };
    let denied = refusal("GetMultiRegionAccessPointPolicy", "AccessDenied");
    assert_eq!(shut.unknown["policy"], denied);
    assert_eq!(page.vanished, 1);
}

#[tokio::test]
async fn a_refused_list_of_those_that_span_regions_is_a_gap() {
    let replay = wire::account(&[]).on(
        "ListMultiRegionAccessPoints",
        Answer::denied("AccessDenied"),
    );
    let page = wire::first_page(&replay).await;
    assert_eq!(page.gaps.len(), 1);
    assert_eq!(page.gaps[0].operation, "ListMultiRegionAccessPoints");
    assert!(wire::account_of(&page).is_some());
}

#[tokio::test]
async fn other_partitions_have_none_that_span_regions() {
    let replay = wire::account(&[]).on(
        call("GetCallerIdentity").with("AKIAREPLAY"),
        Answer::of(format!(
            "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>{ACCOUNT}</Account>\
             <Arn>arn:aws-cn:iam::{ACCOUNT}:user/u</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>"
        )),
    );
    let collector = wire::collector(&replay, &["cn-north-1"]).await;
    collector.collect(None).await.unwrap();
    assert!(replay.requests_of("ListMultiRegionAccessPoints").is_empty());
}
