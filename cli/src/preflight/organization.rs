//! The Organization: its features, trusted access, and what the account is delegated for.

use aws::organization::Described;
use aws::{Organization, Session};

use super::point::Point;

/// The service that rolls the audit role out (CloudFormation, "Activate trusted access for StackSets").
const STACK_SETS: &str = "member.org.stacksets.cloudformation.amazonaws.com";

/// What the Organization says, each call by itself.
pub(super) async fn points(organization: &Organization, session: &Session) -> Vec<Point> {
    let described = match organization.describe().await {
        Ok(described) => described,
        Err(error) => {
            return vec![Point::refused("organization", "Organization", &error)];
        }
    };
    let mut points = vec![features(&described)];
    points.push(match organization.trusted_services().await {
        Ok(services) => trusted_access(&services),
        Err(error) => Point::refused("trusted_access", STACK_SETS, &error),
    });
    let account = session.account.as_str();
    points.push(if described.management == session.account {
        Point::ready("delegation", account, "this is the management account")
    } else {
        match organization.delegated_to(&session.account).await {
            Ok(services) => delegation(account, &services),
            Err(error) => Point::refused("delegation", account, &error),
        }
    });
    points
}

fn features(described: &Described) -> Point {
    let Described { id, features, .. } = described;
    if features == "ALL" {
        return Point::ready("organization", id, "all features are enabled");
    }
    Point::not_ready(
        "organization",
        id,
        format!("the feature set is {features}"),
        "enable all features: StackSets and delegation need them",
    )
}

fn trusted_access(services: &[String]) -> Point {
    if services.iter().any(|service| service == STACK_SETS) {
        return Point::ready("trusted_access", STACK_SETS, "trusted access is enabled");
    }
    Point::not_ready(
        "trusted_access",
        STACK_SETS,
        "trusted access is not enabled",
        "in the management account: `aws cloudformation activate-organizations-access`; or deploy \
         cdk/member-role.template.json into every account yourself",
    )
}

fn delegation(account: &str, services: &[String]) -> Point {
    if services.iter().any(|service| service == STACK_SETS) {
        return Point::ready(
            "delegation",
            account,
            "a delegated administrator of StackSets",
        );
    }
    Point::not_ready(
        "delegation",
        account,
        "neither the management account nor a delegated administrator of StackSets",
        format!(
            "in the management account: `aws organizations register-delegated-administrator --account-id {account} \
             --service-principal {STACK_SETS}`"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::point::State;

    fn described(features: &str) -> Described {
        Described {
            id: "o-exampleorgid".into(),
            management: "111122223333".parse().unwrap(),
            features: features.into(),
        }
    }

    #[test]
    fn consolidated_billing_is_not_enough() {
        assert_eq!(features(&described("ALL")).state, State::Ready);
        let point = features(&described("CONSOLIDATED_BILLING"));
        assert_eq!(point.state, State::NotReady);
        assert!(point.found.contains("CONSOLIDATED_BILLING"));
    }

    #[test]
    fn what_is_missing_comes_with_the_command_that_mends_it() {
        let other = ["config.amazonaws.com".to_owned()];
        let point = delegation("111122223333", &other);
        assert_eq!(point.state, State::NotReady);
        assert!(point.todo.contains("--account-id 111122223333"));
        assert_eq!(trusted_access(&other).state, State::NotReady);
        let all = [STACK_SETS.to_owned()];
        assert_eq!(trusted_access(&all).state, State::Ready);
        assert_eq!(delegation("111122223333", &all).state, State::Ready);
    }
}
