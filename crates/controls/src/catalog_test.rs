use super::*;

const POLICY: &str = r#"package controls.s3.named

control := {
	"id": "ACME.1",
	"title": "A bucket has a name",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["name"],
	"rationale": "Names help.",
	"remediation": {"text": "Name it.", "url": "https://docs.aws.amazon.com/"},
}

verdict := {"status": "PASSED", "reason": "named"} if {
	input.name != ""
} else := {"status": "FAILED", "reason": "nameless"}
"#;

fn load(files: &[(&str, &str)]) -> Result<Catalog, String> {
    let sources: Vec<Source<'_>> = files
        .iter()
        .map(|&(path, text)| Source { path, text })
        .collect();
    Catalog::load(&sources).map_err(|error| {
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        format!("{error}: {}", cause.unwrap_or_default())
    })
}

#[track_caller]
fn assert_refused(files: &[(&str, &str)], why: &str) {
    let error = load(files).unwrap_err();
    assert!(error.contains(why), "{error}");
}

#[test]
fn the_embedded_catalogue_loads() {
    let catalog = Catalog::embedded().unwrap();
    let id = "S3.8".parse().unwrap();
    assert_eq!(
        catalog.get(&id).unwrap().severity,
        compliance::Severity::High
    );
    assert_eq!(catalog.subject_of(&id), Some(Subject::S3));
}

#[test]
fn threads_may_share_the_catalogue() {
    fn shared<T: Send + Sync>() {}
    shared::<Catalog>();
}

#[test]
fn a_policy_of_ones_own_loads() {
    let catalog = load(&[("s3/named.rego", POLICY)]).unwrap();
    assert_eq!(catalog.controls().count(), 1);
}

#[test]
fn a_control_that_is_declared_twice_is_an_error_that_names_both_policies() {
    let copy = POLICY.replace("s3.named", "s3.named_again");
    assert_refused(
        &[("s3/named.rego", POLICY), ("s3/named_again.rego", &copy)],
        "control `ACME.1` is declared by `controls.s3.named` and by `controls.s3.named_again`",
    );
}

#[test]
fn a_policy_that_is_not_rego_is_named() {
    assert_refused(
        &[("s3/named.rego", "package controls.s3.named\n\nverdict := {")],
        "policy `s3/named.rego` cannot be read as Rego",
    );
}

#[test]
fn a_package_that_does_not_follow_from_the_path_is_an_error() {
    assert_refused(
        &[("s3/name.rego", POLICY)],
        "has the package `controls.s3.named`: expected `controls.s3.name`",
    );
}

#[test]
fn a_policy_in_a_strange_folder_is_an_error() {
    assert_refused(
        &[("rds/named.rego", POLICY)],
        "`rds/named.rego` lies in a folder",
    );
}

#[test]
fn a_control_without_verdict_is_an_error() {
    let (control, _) = POLICY.split_once("verdict").unwrap();
    assert_refused(
        &[("s3/named.rego", control)],
        "the policies in `s3` do not compile",
    );
}

#[test]
fn a_control_with_an_unknown_field_is_an_error_that_names_it() {
    let text = POLICY.replace("\"title\"", "\"headline\"");
    assert_refused(&[("s3/named.rego", &text)], "unknown field `headline`");
}

#[test]
fn a_control_that_reads_what_does_not_exist_is_an_error() {
    let text = POLICY.replace(r#"["name"]"#, r#"["naem"]"#);
    assert_refused(
        &[("s3/named.rego", &text)],
        "control `ACME.1` reads `naem`, which no observation in `s3` has",
    );
}

#[test]
fn a_control_of_another_type_than_its_folder_is_an_error() {
    let text = POLICY.replace("AwsS3Bucket", "AwsKmsKey");
    assert_refused(
        &[("s3/named.rego", &text)],
        "control `ACME.1` judges `AwsKmsKey`: expected `AwsS3Bucket` in `s3`",
    );
}

#[test]
fn a_control_that_reads_nothing_is_an_error() {
    let text = POLICY.replace(r#"["name"]"#, "[]");
    assert_refused(
        &[("s3/named.rego", &text)],
        "control `ACME.1` reads no field",
    );
}

#[test]
fn a_control_that_finds_enough_what_it_does_not_read_is_an_error() {
    let text = POLICY.replace(r#"["name"],"#, "[\"name\"],\n\t\"enough\": [\"policy\"],");
    assert_refused(
        &[("s3/named.rego", &text)],
        "control `ACME.1` has `policy` in `enough` but not in `reads`",
    );
}

#[test]
fn ids_sort_as_a_reader_counts() {
    let mut ids = ["S3.10", "S3-040", "SK-001", "S3.9", "S3.1"].map(|id| id.parse().unwrap());
    ids.sort_by_cached_key(reading_order);
    assert_eq!(
        ids.map(|id: ControlId| id.to_string()),
        ["S3-040", "S3.1", "S3.9", "S3.10", "SK-001"]
    );
}
