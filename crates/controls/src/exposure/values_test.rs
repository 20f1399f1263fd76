//! Tests of `values`: which values are fixed.

use super::*;

fn admits(rule: Rule, test: Test, values: &[&str]) -> Result<Clause, String> {
    let values: Vec<String> = values.iter().map(|&value| value.to_owned()).collect();
    clause(rule, test, &values)
}

fn is_network(values: &[&str]) -> bool {
    admits(Rule::Address, Test::Address, values) == Ok(vec![Limit::Network])
}

fn is_principal_account(test: Test, arn: &str) -> bool {
    let account = ["111122223333".to_owned()].into();
    admits(Rule::Arn(Dimension::Principal), test, &[arn])
        == Ok(vec![Limit::Accounts(Dimension::Principal, account)])
}

#[test]
fn ranges_up_to_slash_8_and_slash_32_are_networks() {
    assert!(is_network(&["203.0.113.0/24"]));
    assert!(is_network(&["54.0.0.0/8", "2001:db8::/32"]));
    assert!(is_network(&["10.0.0.0/8"]));
    assert!(is_network(&["203.0.113.7"]));
    assert!(!is_network(&["0.0.0.0/0"]));
    assert!(!is_network(&["0.0.0.0/1"]));
    assert!(!is_network(&["2001::/16"]));
    assert!(!is_network(&["203.0.113.0/24", "::/0"]));
    assert!(!is_network(&["::ffff:0:0/96"]));
    assert!(!is_network(&["anywhere"]));
}

#[test]
fn the_whole_internet_in_slices_of_slash_8_is_not_a_network() {
    let slices: Vec<String> = (0..=255).map(|first| format!("{first}.0.0.0/8")).collect();
    let slices: Vec<&str> = slices.iter().map(String::as_str).collect();
    assert!(!is_network(&slices));
    assert!(is_network(slices.get(..100).unwrap()));
}

#[test]
fn a_wildcard_behind_the_account_leaves_the_account_fixed() {
    assert!(is_principal_account(
        Test::Text,
        "arn:aws:iam::111122223333:role/*"
    ));
    assert!(is_principal_account(
        Test::Text,
        "arn:aws:iam::111122223333:*"
    ));
    assert!(is_principal_account(
        Test::Arn,
        "arn:aws-cn:iam::111122223333:root"
    ));
}

#[test]
fn a_string_wildcard_before_the_account_can_swallow_it() {
    assert!(is_principal_account(
        Test::Arn,
        "arn:*:iam::111122223333:role/x"
    ));
    assert!(!is_principal_account(
        Test::Text,
        "arn:*:iam::111122223333:role/x"
    ));
    assert!(!is_principal_account(
        Test::Text,
        "arn:aws*:iam::111122223333:role/x"
    ));
    assert!(!is_principal_account(Test::Text, "*:111122223333:role/x"));
    assert!(!is_principal_account(Test::Arn, "arn:aws:iam::*:role/x"));
    assert!(!is_principal_account(Test::Text, "*"));
}

#[test]
fn a_source_arn_may_leave_region_and_name_open() {
    let trail = "arn:aws:cloudtrail:*:111122223333:trail/*";
    let source = Rule::Arn(Dimension::Source);
    assert!(admits(source, Test::Text, &[trail]).is_ok());
    assert!(admits(source, Test::Arn, &[trail]).is_ok());
    assert!(admits(source, Test::Text, &["arn:aws:logs:*:111122223333:*"]).is_err());
    assert!(admits(source, Test::Arn, &["arn:aws:logs:*:111122223333:*"]).is_ok());
}

#[test]
fn a_source_bucket_is_fixed_by_its_name() {
    let source = Rule::Arn(Dimension::Source);
    let bucket = Ok(vec![Limit::Source]);
    assert_eq!(
        admits(source, Test::Arn, &["arn:aws:s3:::amzn-s3-demo-bucket"]),
        bucket
    );
    assert_eq!(
        admits(source, Test::Arn, &["arn:aws:s3:::amzn-s3-demo-bucket/*"]),
        bucket
    );
    assert!(admits(source, Test::Arn, &["arn:aws:s3:::*"]).is_err());
    assert!(admits(source, Test::Arn, &["arn:aws:s3:::amzn-s3-demo-*"]).is_err());
    assert!(
        admits(
            Rule::Arn(Dimension::Principal),
            Test::Arn,
            &["arn:aws:s3:::b"]
        )
        .is_err()
    );
}

#[test]
fn a_path_is_fixed_by_the_id_of_its_organization() {
    let path = Rule::OrganizationPath(Dimension::Principal);
    let own = ["o-a1b2c3d4e5".to_owned()].into();
    assert_eq!(
        admits(path, Test::Text, &["o-a1b2c3d4e5/*"]),
        Ok(vec![Limit::Organizations(Dimension::Principal, own)])
    );
    assert!(admits(path, Test::Text, &["o-a1b2c3d4e5*"]).is_err());
    assert!(admits(path, Test::Text, &["*/r-f6g7/ou-ghi0/*"]).is_err());
}

#[test]
fn a_user_id_is_fixed_by_what_precedes_the_session() {
    let role = ["AROAEXAMPLEID".to_owned()].into();
    assert_eq!(
        admits(Rule::UserId, Test::Text, &["AROAEXAMPLEID:*"]),
        Ok(vec![Limit::Identities(role)])
    );
    assert!(admits(Rule::UserId, Test::Text, &["AROA*"]).is_err());
    assert!(admits(Rule::UserId, Test::Text, &["*:i-0123"]).is_err());
}

#[test]
fn a_key_needs_an_operator_of_its_type() {
    assert!(admits(Rule::Address, Test::Text, &["203.0.113.0/24"]).is_err());
    assert!(
        admits(
            Rule::Account(Dimension::Principal),
            Test::Arn,
            &["111122223333"]
        )
        .is_err()
    );
}

#[test]
fn one_open_value_opens_the_condition() {
    let rule = Rule::Organization(Dimension::Principal);
    assert!(admits(rule, Test::Text, &["o-own"]).is_ok());
    assert!(admits(rule, Test::Text, &["o-own", "o-*"]).is_err());
    assert!(admits(rule, Test::Text, &[]).is_err());
}
