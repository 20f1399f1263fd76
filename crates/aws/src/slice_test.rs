//! Tests of slices and of their merge with stored findings.

use compliance::{ResourceType, Run, Severity, Status};
use proptest::prelude::*;

use super::*;

fn verdict(resource: &str, control: &str) -> Verdict {
    Verdict {
        control: control.parse().unwrap(),
        resource: resource.into(),
        resource_type: ResourceType::AwsS3Bucket,
        account: "111122223333".parse().unwrap(),
        region: "eu-west-1".parse().unwrap(),
        status: Status::Failed,
        severity: Severity::High,
        reason: "because".into(),
        key: None,
        buckets: Vec::new(),
    }
}

fn stored(resource: &str, control: &str) -> Finding {
    let run = Run::of_execution("x", "2026-11-20T00:00:00Z".parse().unwrap());
    Finding::opened(verdict(resource, control), Service::S3, &run)
}

/// All steps of a merge, each as the places of its verdicts and of its stored findings.
fn steps(verdicts: Vec<Verdict>, pages: Vec<Vec<Finding>>) -> Vec<(Vec<String>, Vec<String>)> {
    let mut merge = Merge::new(Service::S3, verdicts);
    let mut steps = Vec::new();
    let mut take = |merge: &mut Merge| {
        while let Some(step) = merge.step() {
            let place = |verdict: &Verdict| finding_item::place_of(verdict, Service::S3);
            steps.push((
                step.verdicts.iter().map(place).collect(),
                step.stored.iter().map(finding_item::place).collect(),
            ));
        }
    };
    for page in pages {
        merge.add(page);
        take(&mut merge);
    }
    merge.end();
    take(&mut merge);
    steps
}

#[test]
fn what_is_stored_meets_the_verdict_of_the_same_place_whatever_page_it_is_on() {
    let verdicts = vec![
        verdict("b", "S3.8"),
        verdict("a", "S3.8"),
        verdict("c", "S3.8"),
    ];
    let pages = vec![
        vec![stored("a", "S3.1"), stored("b", "S3.8")],
        vec![stored("d", "S3.8")],
    ];
    let (a, b, c) = ("global#s3#a#S3.8", "global#s3#b#S3.8", "global#s3#c#S3.8");
    let expected = [
        (vec![a, b], vec!["global#s3#a#S3.1", b]),
        (vec![c], vec!["global#s3#d#S3.8"]),
    ]
    .map(|(verdicts, stored)| {
        (
            verdicts.into_iter().map(str::to_owned).collect(),
            stored.into_iter().map(str::to_owned).collect(),
        )
    });
    assert_eq!(steps(verdicts, pages), expected);
}

#[test]
fn many_new_verdicts_are_compared_some_at_a_time() {
    let verdicts = (0..=STEP * 2)
        .map(|n| verdict(&format!("b-{n:05}"), "S3.8"))
        .collect();
    let sizes: Vec<usize> = steps(verdicts, Vec::new())
        .iter()
        .map(|step| step.0.len())
        .collect();
    assert_eq!(sizes, [STEP, STEP, 1]);
}

#[test]
fn nothing_at_all_is_no_step() {
    assert_eq!(steps(Vec::new(), vec![Vec::new()]), []);
}

#[test]
fn a_scope_is_cut_between_resources_and_no_place_is_in_two_ranges() {
    let cuts = ["arn:aws:s3:::b".to_owned(), "arn:aws:s3:::c".to_owned()];
    let ranges = PlaceRange::of_scope(None, Service::S3, &cuts);
    assert_eq!(ranges.len(), 3);
    for (resource, range) in [
        ("AWS::::Account:111122223333", 0),
        ("arn:aws:s3:::a", 0),
        ("arn:aws:s3:::b", 1),
        ("arn:aws:s3:::b-1", 1),
        ("arn:aws:s3:::bb", 1),
        ("arn:aws:s3:::c", 2),
        ("~", 2),
    ] {
        let holding: Vec<usize> = (0..3).filter(|n| ranges[*n].holds(resource)).collect();
        assert_eq!(holding, [range], "{resource}");
    }
    assert!(ranges[1].meets("arn:aws:s3:::a", "arn:aws:s3:::z"));
    assert!(!ranges[1].meets("arn:aws:s3:::c", "arn:aws:s3:::z"));
    assert_eq!(ranges[0].from, "global#s3#");
    assert_eq!(ranges[2].to, "global#s3$");
}

proptest! {
    /// However the stored findings are paged, every place is met once, in order, by both sides in the same step.
    #[test]
    fn a_merge_meets_every_place_once(
        judged in prop::collection::btree_set((0..30_u8, 0..3_u8), 0..40),
        known in prop::collection::btree_set((0..30_u8, 0..3_u8), 0..40),
        size in 1..9_usize,
    ) {
        let name = |(resource, control): &(u8, u8)| (format!("b{resource}"), format!("S3.{control}"));
        let verdicts: Vec<Verdict> = judged.iter().map(name).map(|(r, c)| verdict(&r, &c)).collect();
        let mut findings: Vec<Finding> = known.iter().map(name).map(|(r, c)| stored(&r, &c)).collect();
        findings.sort_by_key(finding_item::place);
        let pages: Vec<Vec<Finding>> = findings.chunks(size).map(<[Finding]>::to_vec).collect();
        let mut last = String::new();
        let (mut verdicts_met, mut stored_met) = (0, 0);
        for (verdicts, stored) in steps(verdicts, pages) {
            let places = || verdicts.iter().chain(&stored);
            prop_assert!(places().all(|place| *place > last));
            last = places().max().unwrap().clone();
            verdicts_met += verdicts.len();
            stored_met += stored.len();
        }
        prop_assert_eq!((verdicts_met, stored_met), (judged.len(), known.len()));
    }
}
