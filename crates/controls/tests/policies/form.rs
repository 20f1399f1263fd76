//! The form of the policies: what a reader may rely on, and the Rego that two engines would understand differently.

use compliance::Subject;
use controls::Catalog;

use crate::tree::{RegoFile, rego_files};

/// The longest policy that a reader takes in at a glance.
const MAX_LINES: usize = 60;

#[test]
fn the_package_follows_from_the_path() {
    for file in rego_files() {
        let path = file.path.strip_suffix(".rego").unwrap().replace('/', ".");
        let expected = if file.is_of_a_subject() {
            format!("controls.{path}")
        } else {
            path
        };
        assert_eq!(file.package(), expected, "`{}`", file.path);
    }
}

#[test]
fn policies_are_short() {
    for file in rego_files().iter().filter(|file| !file.is_test()) {
        let lines = file.text.lines().count();
        assert!(lines <= MAX_LINES, "`{}` has {lines} lines", file.path);
    }
}

#[test]
fn only_tests_replace_the_input() {
    for file in rego_files().iter().filter(|file| !file.is_test()) {
        assert!(!file.text.contains(" with input"), "`{}`", file.path);
    }
}

#[test]
fn no_call_on_the_input_is_negated() {
    for file in rego_files() {
        if let Some(line) = file.lines().find(|line| negates_a_call_on_the_input(line)) {
            panic!(
                "`{}`: put the call into a rule of its own and negate that: {line}",
                file.path
            );
        }
    }
}

#[test]
fn the_negation_of_a_call_on_the_input_is_seen() {
    for bad in [
        "not regex.match(`^a`, input.name)",
        "\tnot f(input.a.b) # why",
        "x if not f(g(input.a))",
    ] {
        assert!(negates_a_call_on_the_input(bad), "{bad}");
    }
    for good in [
        "not named_well",
        "not input.name",
        "f(input.name)",
        "not f(name)",
        "knot f(input.a)",
    ] {
        assert!(!negates_a_call_on_the_input(good), "{good}");
    }
}

#[test]
fn controls_fit_into_a_security_hub_finding() {
    for control in Catalog::embedded().unwrap().controls() {
        let id = &control.id;
        assert!(control.title.chars().count() <= 256, "title of `{id}`");
        assert!(
            !control.title.ends_with('.'),
            "title of `{id}` ends with a period"
        );
        assert!(
            control.remediation.text.chars().count() <= 512,
            "remediation of `{id}`"
        );
        assert!(
            control
                .remediation
                .url
                .starts_with("https://docs.aws.amazon.com/"),
            "url of `{id}`"
        );
        assert!(!control.rationale.is_empty(), "rationale of `{id}`");
    }
}

#[test]
fn related_ids_are_bare_ids() {
    for control in Catalog::embedded().unwrap().controls() {
        for (catalogue, ids) in &control.related {
            assert!(
                !ids.is_empty(),
                "`{catalogue}` of `{}` is empty",
                control.id
            );
            for id in ids {
                let bare = id
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
                assert!(
                    bare && !id.is_empty(),
                    "`{id}` in `{catalogue}` of `{}`",
                    control.id
                );
            }
        }
    }
}

#[test]
fn an_id_of_security_hub_is_related_to_itself() {
    for control in Catalog::embedded().unwrap().controls() {
        let id = control.id.as_str();
        if let Some((service, _)) = id.split_once('.') {
            assert!(["S3", "KMS", "EC2"].contains(&service), "`{id}`");
            assert!(
                control.related["security_hub"].contains(&id.to_owned()),
                "`{id}`"
            );
        }
    }
}

#[test]
fn linked_controls_exist_and_judge_keys() {
    let catalog = Catalog::embedded().unwrap();
    for control in catalog.controls() {
        if let Some(linked) = &control.linked_control {
            assert_eq!(
                catalog.subject_of(linked),
                Some(Subject::Kms),
                "`{}`",
                control.id
            );
        }
    }
}

#[test]
fn everything_on_disk_is_in_the_catalogue() {
    let policies = rego_files();
    let judging = |file: &&RegoFile| file.is_of_a_subject() && !file.is_test();
    let catalog = Catalog::embedded().unwrap();
    assert_eq!(
        catalog.controls().count(),
        policies.iter().filter(judging).count()
    );
}

/// OPA finds `not f(input.x)` undefined when `x` is missing; regorus finds it true.
fn negates_a_call_on_the_input(line: &str) -> bool {
    let code = line.split(" #").next().unwrap_or(line);
    code.match_indices("not ").any(|(at, _)| {
        let starts = code[..at]
            .chars()
            .next_back()
            .is_none_or(|before| before.is_whitespace() || before == '{');
        let rest = &code[at + "not ".len()..];
        let name = rest
            .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
            .next()
            .unwrap_or("");
        starts && rest[name.len()..].starts_with('(') && rest.contains("input.")
    })
}
