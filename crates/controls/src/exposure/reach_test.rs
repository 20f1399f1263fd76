//! Tests of `reach`: how conditions narrow a grant.

use super::*;

const OWNER: &str = "111122223333";

fn ids(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|&id| id.to_owned()).collect()
}

fn principals(list: &[&str]) -> Clause {
    vec![Limit::Accounts(Dimension::Principal, ids(list))]
}

#[test]
fn conditions_on_accounts_intersect() {
    let clauses = [
        principals(&["111122223333", "444455556666"]),
        principals(&["444455556666", "777788889999"]),
    ];
    let reach = reach(&Grantee::Everyone, &clauses, OWNER);
    assert_eq!(reach.exposure, Exposure::CrossAccount);
    assert_eq!(reach.accounts, ids(&["444455556666"]));
}

#[test]
fn contradicting_accounts_let_nobody_in() {
    let clauses = [principals(&["444455556666"]), principals(&["777788889999"])];
    assert_eq!(
        reach(&Grantee::Everyone, &clauses, OWNER).exposure,
        Exposure::None
    );
}

#[test]
fn the_narrowest_clause_decides() {
    let organization = vec![Limit::Organizations(Dimension::Principal, ids(&["o-own"]))];
    let clauses = [vec![Limit::Network], organization];
    assert_eq!(
        reach(&Grantee::Everyone, &clauses, OWNER).exposure,
        Exposure::Organization
    );
}

#[test]
fn the_widest_limit_of_a_clause_decides() {
    let mut clause = principals(&[OWNER]);
    clause.push(Limit::Network);
    assert_eq!(
        reach(&Grantee::Everyone, &[clause], OWNER).exposure,
        Exposure::Network
    );
}

#[test]
fn a_service_without_a_source_may_act_for_anyone() {
    let service = Grantee::Service("logs.amazonaws.com".to_owned());
    assert_eq!(
        reach(&service, &[], OWNER).unsourced,
        ids(&["logs.amazonaws.com"])
    );
    let source = vec![Limit::Accounts(Dimension::Source, ids(&[OWNER]))];
    assert!(reach(&service, &[source], OWNER).unsourced.is_empty());
}
