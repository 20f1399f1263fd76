//! The README's list of actions is what the session may do, and what the collector asks for.

use std::collections::BTreeSet;

use super::region;

/// The first cells of the README's table that name an action of EC2.
fn documented() -> BTreeSet<String> {
    let lines = include_str!("../../README.md").lines();
    let cells = lines.filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let actions = cells.filter(|(action, _)| action.starts_with("ec2:"));
    actions.map(|(action, _)| action.to_owned()).collect()
}

#[test]
fn the_session_may_do_exactly_what_the_readme_lists() {
    let allowed = aws::Purpose::Sg.actions().iter().map(ToString::to_string);
    assert_eq!(documented(), allowed.collect());
}

#[tokio::test]
async fn the_collector_asks_for_all_of_it_and_nothing_else() {
    let replay = region::region();
    region::first_page(&replay).await;
    let asked = replay
        .requests()
        .into_iter()
        .filter(|request| request.service == "ec2");
    let asked: BTreeSet<String> = asked
        .map(|request| format!("ec2:{}", request.operation))
        .collect();
    assert_eq!(asked, documented());
}
