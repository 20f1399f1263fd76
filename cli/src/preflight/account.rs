//! One account: whether its audit role lets us in, which regions it has, and whether Security Hub is enabled in them.

use aws::regions::{self, RegionStatus};
use aws::security_hub::{self, HubState};
use aws::{MemberAccount, Purpose, Session};
use aws_config::SdkConfig;
use compliance::sweep::Filter;
use compliance::{Region, RunId};

use super::Wanted;
use super::point::Point;

/// What the account says; the first refusal ends it, as it would end its sweep.
pub(super) async fn points(
    base: &SdkConfig,
    wanted: &Wanted,
    account: &MemberAccount,
    run: &RunId,
) -> Vec<Point> {
    let place = format!("{} ({})", account.id, account.name);
    let role = &wanted.role;
    let session = match Session::assume(base, role, &account.id, run, Purpose::Preflight).await {
        Ok(session) => session,
        Err(error) => return vec![shut(&place, &role.name, &error)],
    };
    let mut points = vec![Point::ready(
        "audit_role",
        &place,
        "the audit role lets us in",
    )];
    let regions = match regions::of_account(&session).await {
        Ok(regions) => regions,
        Err(error) => {
            points.push(Point::refused("regions", &place, &error));
            return points;
        }
    };
    points.push(usable(&place, &wanted.regions, &regions));
    if wanted.security_hub {
        for status in swept(&wanted.regions, &regions) {
            let place = format!("{place}, {}", status.region);
            let hub = security_hub::state(&session, &status.region).await;
            points.push(hub_point(&place, hub));
        }
    }
    points
}

/// The regions of an account that a run would sweep.
fn swept<'a>(
    wanted: &Filter<Region>,
    regions: &'a [RegionStatus],
) -> impl Iterator<Item = &'a RegionStatus> {
    let wanted = wanted.clone();
    regions
        .iter()
        .filter(move |status| status.enabled && wanted.admits(&status.region))
}

fn shut(place: &str, role: &str, error: &aws::Error) -> Point {
    let found = audit::error::chain(error);
    let todo = format!(
        "deploy the role `{role}` there (StackSet, or cdk/member-role.template.json), with this caller among those that \
         it trusts and the same external id"
    );
    match error {
        aws::Error::AssumeRoleDenied { .. } | aws::Error::WrongAccount { .. } => {
            Point::not_ready("audit_role", place, found, todo)
        }
        other => Point::refused("audit_role", place, other),
    }
}

fn usable(place: &str, wanted: &Filter<Region>, regions: &[RegionStatus]) -> Point {
    let missing: Vec<&str> = wanted
        .include
        .iter()
        .filter(|region| {
            !regions
                .iter()
                .any(|status| status.enabled && status.region == **region)
        })
        .map(Region::as_str)
        .collect();
    let count = swept(wanted, regions).count();
    if count == 0 || !missing.is_empty() {
        let found = format!(
            "{count} regions would be swept; not enabled: {}",
            missing.join(", ")
        );
        let todo = "enable the regions in the account, or take them out of `sweep.regions.include`";
        return Point::not_ready("regions", place, found, todo);
    }
    Point::ready("regions", place, format!("{count} regions would be swept"))
}

fn hub_point(place: &str, hub: Result<HubState, aws::Error>) -> Point {
    match hub {
        Ok(HubState::Enabled) => Point::ready("security_hub", place, "enabled"),
        Ok(HubState::NotEnabled) => Point::not_ready(
            "security_hub",
            place,
            "not enabled: findings of this region would go to the tables only",
            "enable Security Hub there, or set `security_hub` to `central` or `off`",
        ),
        Err(error) => Point::refused("security_hub", place, &error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::point::State;

    fn regions() -> Vec<RegionStatus> {
        let status = |region: &str, enabled| RegionStatus {
            region: region.parse().unwrap(),
            enabled,
        };
        vec![status("eu-west-1", true), status("me-south-1", false)]
    }

    fn only(region: &str) -> Filter<Region> {
        Filter {
            include: [region.parse().unwrap()].into(),
            ..Filter::default()
        }
    }

    #[test]
    fn a_wanted_region_that_is_not_enabled_stands_in_the_way() {
        let point = usable("1", &only("me-south-1"), &regions());
        assert_eq!(point.state, State::NotReady);
        assert!(point.found.contains("me-south-1"));
        assert_eq!(
            usable("1", &only("eu-west-1"), &regions()).state,
            State::Ready
        );
        assert_eq!(
            usable("1", &Filter::default(), &regions()).state,
            State::Ready
        );
    }

    #[test]
    fn a_hub_that_is_not_enabled_stands_in_the_way_and_one_that_is_hidden_is_unknown() {
        assert_eq!(hub_point("1", Ok(HubState::Enabled)).state, State::Ready);
        let point = hub_point("1", Ok(HubState::NotEnabled));
        assert_eq!(point.state, State::NotReady);
        assert!(point.todo.contains("central"));
    }
}
