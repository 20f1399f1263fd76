//! Policies that attack the engine. Each is refused or stopped by name, and a good one beside it is judged as ever.

use compliance::Status;

use super::tests::{FAILS, catalog, file, good, policy, refusal, tagged};
use super::*;
use crate::{Catalog, Parameters};

/// Asserts that a file is refused for a reason, and takes nothing down.
#[track_caller]
pub(super) fn assert_refused(hostile: CustomFile, control: Option<&str>, why: &str) {
    let path = hostile.path.clone();
    let files = [good(), hostile];
    let refused = refusal(&files);
    assert_eq!(
        (refused.0.as_str(), refused.1.as_deref()),
        (path.as_str(), control)
    );
    assert!(refused.2.contains(why), "{}", refused.2);
    assert!(
        refused.2.lines().count() == 1 && refused.2.len() < 1000,
        "{}",
        refused.2
    );
    let verdicts = catalog(&files).judge(&tagged(), &Parameters::default());
    assert_eq!(verdicts.len(), 1);
    assert_eq!(verdicts[0].status, Status::Failed);
}

/// A policy whose text ends with these rules.
pub(super) fn with_rules(rules: &str) -> CustomFile {
    policy("hostile", 2, r#"["tags"]"#, rules)
}

#[test]
fn nested_literals_never_reach_the_parser() {
    for (open, close) in [("[", "]"), ("{", "}"), ("{\"a\":", "}")] {
        let nested = format!("x := {}1{}", open.repeat(20), close.repeat(20));
        assert_refused(
            with_rules(&format!("{FAILS}\n{nested}")),
            None,
            "nested more than 8",
        );
    }
}

#[test]
fn thousands_of_brackets_never_reach_the_parser() {
    for open in ["[", "{", "([", "{\"a\": ["] {
        let rules = format!("{FAILS}\nx := {}", open.repeat(9000));
        assert_refused(with_rules(&rules), None, "nested more than 8");
    }
}

#[test]
fn thousands_of_other_openings_are_an_error_of_the_parser() {
    for (what, times) in [
        ("(", 9000),
        ("-", 9000),
        ("not ", 9000),
        ("f(", 9000),
        ("1 + ", 9000),
        ("a.", 9000),
        ("a[b", 7),
        ("\n-", 40_000),
        ("\n1 +", 20_000),
    ] {
        let rules = format!("{FAILS}\nx := {}", what.repeat(times));
        assert_refused(with_rules(&rules), None, "");
    }
}

#[test]
fn long_chains_do_not_overflow_the_stack() {
    let sum = vec!["1"; 20_000].join("\n\t+ ");
    let union = vec!["{1}"; 10_000].join("\n\t| ");
    let elses = "else := 1 if {\n\tinput.never\n} ".repeat(3_000);
    let body = "\tinput.name != \"x\"\n".repeat(5_000);
    let calls = (0..2_000).map(|i| format!("f{i}(x) := f{}(x)\n", i + 1));
    let calls: Vec<String> = calls.collect();
    let calls = calls.concat();
    for (name, rules) in [
        ("sum", format!("x := {sum}\n{FAILS}")),
        ("union", format!("x := {union}\n{FAILS}")),
        (
            "else",
            format!("x := 1 if {{\n\tinput.never\n}} {elses}\n{FAILS}"),
        ),
        ("body", format!("x if {{\n{body}}}\n{FAILS}")),
        (
            "calls",
            format!(
                "{calls}f2000(x) := x\nx := f0(1)\nverdict := {{\"status\": \"FAILED\", \"reason\": \"x\"}} if {{\n\tx == 1\n}} else := {{\"status\": \"FAILED\", \"reason\": \"y\"}}"
            ),
        ),
    ] {
        let catalog = catalog(&[good(), with_rules(&rules)]);
        let verdicts = catalog.judge(&tagged(), &Parameters::default());
        assert_eq!(verdicts[0].reason, "no", "{name}");
    }
}

#[test]
fn a_huge_file_is_refused_unread() {
    let rules = format!("{FAILS}\n{}", "# nothing\n".repeat(20_000));
    assert_refused(with_rules(&rules), None, "bytes, more than 131072");
}

#[test]
fn a_long_line_is_refused() {
    let rules = format!("{FAILS}\nx := \"{}\"", "a".repeat(5000));
    assert_refused(with_rules(&rules), None, "cannot be read as Rego");
}

#[test]
fn what_is_no_text_is_refused() {
    let unreadable = CustomFile {
        path: "s3/binary.rego".to_owned(),
        text: Err("it is not UTF-8".to_owned()),
    };
    assert_refused(unreadable, None, "it is not UTF-8");
    assert_refused(file("s3/nothing.rego", ""), None, "cannot be read as Rego");
    assert_refused(
        file("s3/zeros.rego", "\0\0\0"),
        None,
        "cannot be read as Rego",
    );
}

#[test]
fn a_wrong_contract_is_refused_and_said_which() {
    let changed = |from: &str, to: &str| {
        let CustomFile { path, text } = with_rules(FAILS);
        let text = text.map(|text| text.replace(from, to));
        CustomFile { path, text }
    };
    let no_control = changed("control :=", "kontrol :=");
    assert_refused(no_control, None, "");
    let no_verdict = changed("verdict :=", "verdikt :=");
    assert_refused(no_verdict, None, "");
    assert_refused(changed("LOW", "MILD"), None, "unknown variant `MILD`");
    assert_refused(
        changed("\"title\"", "\"headline\""),
        None,
        "unknown field `headline`",
    );
    assert_refused(changed("\"ACME.2\"", "\"ACME 2\""), None, "`ACME 2`");
    assert_refused(changed("[\"tags\"]", "[\"tagz\"]"), None, "reads `tagz`");
    assert_refused(changed("[\"tags\"]", "[]"), None, "reads no field");
    assert_refused(
        changed("AwsS3Bucket", "AwsKmsKey"),
        None,
        "judges `AwsKmsKey`",
    );
    assert_refused(
        changed("controls.s3", "controls.kms"),
        None,
        "has the package",
    );
    assert_refused(
        changed("\"title\": \"Sample\"", "\"title\": \"\""),
        Some("ACME.2"),
        "a title of 1 to 256",
    );
    assert_refused(
        changed("https://", "javascript:"),
        Some("ACME.2"),
        "a remediation url",
    );
    assert_refused(
        changed("\"FAILED\"", "\"FALED\""),
        Some("ACME.2"),
        "unknown variant `FALED`",
    );
    let elsewhere = CustomFile {
        path: "rds/x.rego".to_owned(),
        ..with_rules(FAILS)
    };
    assert_refused(elsewhere, None, "lies in a folder that no subject has");
}

#[test]
fn a_verdict_that_is_not_total_is_refused() {
    let rules = "verdict := {\"status\": \"FAILED\", \"reason\": \"x\"} if {\n\tinput.tags.team == \"blue\"\n}";
    assert_refused(
        with_rules(rules),
        Some("ACME.2"),
        "undefined, or has several values",
    );
}

#[test]
fn an_id_of_ours_and_one_that_is_taken_are_refused() {
    let ours = Catalog::embedded().unwrap();
    let mut taken = with_rules(FAILS);
    taken.text = taken.text.map(|text| text.replace("ACME.2", "S3.8"));
    let catalog = ours.with_custom(&[good(), taken]);
    let [refused] = catalog.refused() else {
        panic!("{:?}", catalog.refused());
    };
    assert_eq!(refused.control, Some("S3.8".parse().unwrap()));
    assert!(refused.reason.contains("declared by"), "{refused}");
    assert!(!catalog.is_custom(&"S3.8".parse().unwrap()));
    assert_refused(
        policy("same", 1, r#"["tags"]"#, FAILS),
        Some("ACME.1"),
        "declared by `controls.s3.good`",
    );
}

#[test]
fn a_path_of_ours_is_refused() {
    let CustomFile { text, .. } = with_rules(FAILS);
    let text = text.map(|text| text.replace("s3.hostile", "s3.versioning"));
    let path = crate::source::EMBEDDED
        .iter()
        .find(|source| source.path.starts_with("s3/"))
        .unwrap()
        .path;
    assert_refused(
        CustomFile {
            path: path.to_owned(),
            text,
        },
        None,
        "orgsweep's own policies",
    );
    let library = crate::source::EMBEDDED
        .iter()
        .find(|source| source.is_library())
        .unwrap();
    assert_refused(
        file(library.path, library.text),
        None,
        "orgsweep's own policies",
    );
}

#[test]
fn a_broken_library_takes_only_its_users_down() {
    let library = file("lib/broken.rego", "package lib.broken\n\nf(x) :=");
    let user = with_rules("verdict := {\"status\": \"FAILED\", \"reason\": data.lib.broken.f(1)}");
    let catalog = catalog(&[good(), library, user]);
    let refused: Vec<(&str, bool)> = catalog
        .refused()
        .iter()
        .map(|it| (it.path.as_str(), it.reason.contains("`lib/broken.rego`")))
        .collect();
    assert_eq!(
        refused,
        [("lib/broken.rego", true), ("s3/hostile.rego", true)]
    );
    assert_eq!(catalog.controls().count(), 1);
}

#[test]
fn more_files_than_are_looked_at_are_named() {
    let files: Vec<CustomFile> = (0..300)
        .map(|i| file(&format!("s3/p{i:03}.txt.rego"), "["))
        .collect();
    let catalog = catalog(&files);
    let too_many = catalog
        .refused()
        .iter()
        .find(|it| it.reason.contains("more than 256 files"));
    assert_eq!(too_many.unwrap().path, "s3/p256.txt.rego");
    assert_eq!(catalog.refused().len(), MAX_FILES + 1);
}
