//! Policies that would not end. Each is refused, stopped or left behind, and a good one beside it is judged as ever.

use compliance::{Observation, Status, Verdict};

use super::hostile_test::{assert_refused, with_rules};
use super::tests::{bucket, catalog, good, tagged};
use super::*;

#[test]
fn a_function_that_calls_itself_is_refused() {
    let rules = "f(x) := f(x)\n\nverdict := {\"status\": \"PASSED\", \"reason\": f(1)}";
    assert_refused(
        with_rules(rules),
        None,
        "calls itself for ever: data.controls.s3.hostile.f calls data.controls.s3.hostile.f",
    );
}

#[test]
fn functions_that_call_each_other_are_refused() {
    let rules = "f(x) := g(x + 1)\n\ng(x) := f(x + 1)\n\nverdict := {\"status\": \"PASSED\", \"reason\": f(1)}";
    assert_refused(with_rules(rules), None, "calls itself for ever");
}

#[test]
fn rules_that_deny_each_other_are_refused() {
    let rules = "p if not q\n\nq if not p\n\nverdict := {\"status\": \"PASSED\", \"reason\": \"x\"} if {\n\tp\n} else := {\"status\": \"FAILED\", \"reason\": \"y\"}";
    assert_refused(with_rules(rules), None, "calls itself for ever");
}

#[test]
fn recursion_through_names_that_are_computed_is_refused() {
    for path in [
        "data.controls.s3[name].p",
        "data.controls[folder].hostile.p",
        "data[\"controls\"].s3[name]",
        "data.controls.s3.hostile",
    ] {
        let rules = format!(
            "name := input.name\n\nfolder := input.folder\n\np := x if {{\n\tx := {path}\n}}\n\nverdict := {{\"status\": \"PASSED\", \"reason\": \"x\"}} if {{\n\tp\n}} else := {{\"status\": \"FAILED\", \"reason\": \"y\"}}"
        );
        assert_refused(with_rules(&rules), None, "");
    }
}

#[test]
fn recursion_in_a_comprehension_a_default_or_a_pattern_is_refused() {
    for rules in [
        "f(x) := [y | some y in f(x)]\n\nverdict := {\"status\": \"PASSED\", \"reason\": concat(\"\", f(1))}",
        "s contains x if {\n\tsome x in s\n}\n\nverdict := {\"status\": \"PASSED\", \"reason\": \"x\"} if {\n\tcount(s) > 0\n} else := {\"status\": \"FAILED\", \"reason\": \"y\"}",
        "f([x, y]) := f([y, x])\n\nverdict := {\"status\": \"PASSED\", \"reason\": f([1, 2])}",
        "verdict := {\"status\": \"PASSED\", \"reason\": verdict.reason}",
        "p[x] := p[x] if {\n\tsome x in [1]\n}\n\nverdict := {\"status\": \"PASSED\", \"reason\": p[1]}",
    ] {
        assert_refused(with_rules(rules), None, "");
    }
}

#[test]
fn an_endless_loop_is_refused() {
    let rules = "verdict := {\"status\": \"PASSED\", \"reason\": \"x\"} if {\n\tsome a in numbers.range(1, 3000)\n\tsome b in numbers.range(1, 3000)\n\ta * b < 0\n}";
    assert_refused(with_rules(rules), Some("ACME.2"), "limit");
}

/// Less than the clock of the engine, so that the thread is left behind first.
const SHORT: Limits = Limits {
    patience: Duration::from_millis(700),
    ..Limits::IN_FORCE
};

/// A policy that makes huge calls of a builtin, seconds of them, on buckets that are tagged so.
fn slow(on: &str) -> CustomFile {
    with_rules(&format!(
        "verdict := {{\"status\": \"PASSED\", \"reason\": \"x\"}} if {{\n\tinput.tags.team == \"{on}\"\n\tcount([1 | some i in numbers.range(1, 20); count(numbers.range(i, 4000000)) > 0]) == 0\n}} else := {{\"status\": \"PASSED\", \"reason\": \"quick\"}}"
    ))
}

fn reasons(verdicts: &[Verdict]) -> Vec<&str> {
    verdicts
        .iter()
        .map(|verdict| verdict.reason.as_str())
        .collect()
}

#[test]
fn huge_calls_are_left_behind_and_the_policy_is_not_asked_again() {
    let catalog = Catalog::load(&[]).unwrap();
    let catalog = catalog.with_custom_within(&[good(), slow("blue")], SHORT);
    assert_eq!(catalog.refused(), []);
    let judge = |observation: &Observation| catalog.judge(observation, &Parameters::default());
    let other = bucket(&serde_json::json!({"tags": {"team": "red"}}));
    assert_eq!(reasons(&judge(&other)), ["no", "quick"]);
    let verdicts = judge(&tagged());
    assert_eq!(verdicts[0].status, Status::Failed);
    assert_eq!(verdicts[1].status, Status::NotAvailable);
    assert_eq!(
        verdicts[1].reason,
        "custom policy `s3/hostile.rego` is broken: it did not end within 700 ms"
    );
    let verdicts = judge(&other);
    assert_eq!(
        reasons(&verdicts),
        [
            "no",
            "custom policy `s3/hostile.rego` is broken: it has taken too long too often, and is not asked again"
        ]
    );
}

#[test]
fn a_loop_that_is_stopped_on_one_resource_is_asked_about_the_next() {
    let rules = "verdict := {\"status\": \"PASSED\", \"reason\": \"x\"} if {\n\tinput.tags.team == \"blue\"\n\tcount([1 | some a in numbers.range(1, 3000); some b in numbers.range(1, 3000); a * b < 0]) > 0\n} else := {\"status\": \"PASSED\", \"reason\": \"quick\"}";
    let catalog = catalog(&[with_rules(rules)]);
    assert_eq!(catalog.refused(), []);
    let judge = |observation: &Observation| catalog.judge(observation, &Parameters::default());
    let stopped = judge(&tagged());
    assert_eq!(stopped[0].status, Status::NotAvailable);
    assert!(
        stopped[0].reason.contains("is broken"),
        "{}",
        stopped[0].reason
    );
    let other = bucket(&serde_json::json!({"tags": {}}));
    assert_eq!(reasons(&judge(&other)), ["quick"]);
}

#[test]
fn a_loop_that_the_clock_stops_is_not_available() {
    let limits = Limits {
        time: Duration::from_millis(1),
        ..Limits::IN_FORCE
    };
    let rules = "verdict := {\"status\": \"PASSED\", \"reason\": \"x\"} if {\n\tinput.tags.team == \"blue\"\n\tcount([1 | some a in numbers.range(1, 1000); some b in numbers.range(1, 1000); a * b < 0]) > 0\n} else := {\"status\": \"PASSED\", \"reason\": \"quick\"}";
    let catalog = Catalog::load(&[])
        .unwrap()
        .with_custom_within(&[with_rules(rules)], limits);
    assert_eq!(catalog.refused(), []);
    let stopped = catalog.judge(&tagged(), &Parameters::default());
    assert!(stopped[0].reason.contains("time"), "{}", stopped[0].reason);
}
