//! What must be in place before the first run: asked of AWS with the credentials at hand. `point` says what each answer means.

mod account;
mod organization;
pub mod point;
mod stores;

use aws::{AuditRole, MemberAccount, Organization, Session};
use aws_config::SdkConfig;
use compliance::sweep::Filter;
use compliance::{Region, Run};
use jiff::Timestamp;

use point::{Point, State};

/// What is wanted.
#[derive(Debug)]
pub struct Wanted {
    /// The role to enter accounts with.
    pub role: AuditRole,
    /// The regions that will be swept.
    pub regions: Filter<Region>,
    /// How many accounts are entered; all unless given.
    pub sample: Option<usize>,
    /// Whether findings go to Security Hub of the members.
    pub security_hub: bool,
    /// Names of the tables and the bucket, as far as they exist.
    pub stores: Stores,
}

/// Names of what a deployment has made.
#[derive(Debug, Default)]
pub struct Stores {
    /// The findings table.
    pub findings: Option<String>,
    /// The runs table.
    pub runs: Option<String>,
    /// The run bucket.
    pub bucket: Option<String>,
}

/// Looks at everything, one after the other; a refused call is a point of its own and ends nothing.
///
/// # Errors
///
/// If no region is configured.
pub async fn look(base: &SdkConfig, wanted: &Wanted) -> anyhow::Result<Vec<Point>> {
    let session = match Session::caller(base.clone()).await {
        Ok(session) => session,
        Err(aws::Error::NoRegion) => return Err(aws::Error::NoRegion.into()),
        Err(error) => return Ok(vec![Point::refused("caller", "GetCallerIdentity", &error)]),
    };
    let mut points = vec![Point::caller(&session.account)];
    let organization = Organization::new(&session);
    points.extend(organization::points(&organization, &session).await);
    match organization.accounts().await {
        Ok(accounts) => points.extend(enter(base, wanted, &accounts).await),
        Err(error) => points.push(Point::refused(
            "accounts",
            "the Organization's accounts",
            &error,
        )),
    }
    points.extend(stores::points(base, &wanted.stores).await);
    Ok(points)
}

/// Enters the active accounts, or as many as are wanted, spread evenly over the list.
async fn enter(base: &SdkConfig, wanted: &Wanted, accounts: &[MemberAccount]) -> Vec<Point> {
    let is_active = |account: &&MemberAccount| {
        account
            .state
            .as_deref()
            .is_none_or(|state| state == "ACTIVE")
    };
    let active: Vec<&MemberAccount> = accounts.iter().filter(is_active).collect();
    let sampled = sample(&active, wanted.sample);
    let mut points = vec![Point::accounts(accounts.len(), active.len(), sampled.len())];
    let run = Run::of_execution("preflight", Timestamp::now());
    for account in sampled {
        points.extend(account::points(base, wanted, account, &run.id).await);
    }
    points.extend(point::all_refused(&points));
    points
}

/// At most `most` of a list, evenly spread, so that no unit is left out because it comes last.
fn sample<'a, T>(all: &[&'a T], most: Option<usize>) -> Vec<&'a T> {
    let most = most.unwrap_or(all.len()).min(all.len());
    (0..most)
        .filter_map(|index| all.get(index * all.len() / most).copied())
        .collect()
}

/// Whether a run would see everything that was looked at.
#[must_use]
pub fn is_ready(points: &[Point]) -> bool {
    points.iter().all(|point| point.state != State::NotReady)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_spread_over_the_whole_list() {
        let all: Vec<usize> = (0..10).collect();
        let all: Vec<&usize> = all.iter().collect();
        assert_eq!(sample(&all, Some(3)), [&0, &3, &6]);
        assert_eq!(sample(&all, Some(99)).len(), 10);
        assert_eq!(sample(&all, None).len(), 10);
        assert!(sample(&all, Some(0)).is_empty());
        assert!(sample::<usize>(&[], None).is_empty());
    }
}
