//! What the policy of an access point and the Block Public Access around it mean together.

use compliance::observation::{
    AccessPointObservation, MultiRegionAccessPointObservation, PublicAccessBlock,
};
use compliance::{Fact, Refusal};
use serde::Serialize;

use super::malformed;
use super::policy::exposure_within;
use super::ternary::{fact, or};
use crate::exposure::{Error, PolicyExposure, PolicyKind};
use crate::parameters::Parameters;

/// The network origin of an access point that answers one VPC only.
const VPC: &str = "VPC";

/// What the policy of an access point and the settings around it mean together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccessPointAnalysis {
    /// Whom the policy lets in; `null` without a policy. With the network origin VPC it is never public
    /// (S3 User Guide, "Managing public access to access points for general purpose buckets").
    #[serde(skip_serializing_if = "Fact::is_unread")]
    pub policy: Fact<Option<PolicyExposure>>,
    /// Why the policy cannot be judged although it was read.
    #[serde(skip)]
    pub policy_refusal: Option<Refusal>,
    /// The settings in force: each is on if it is on for the access point or for the account. Those of the
    /// bucket behind it come on top.
    #[serde(skip_serializing_if = "Fact::is_unread")]
    pub block_public_access: Fact<PublicAccessBlock>,
}

impl AccessPointAnalysis {
    /// The analysis of an access point.
    #[must_use]
    pub fn of(point: &AccessPointObservation, parameters: &Parameters) -> Self {
        let policy = exposure_within(
            PolicyKind::AccessPoint,
            &point.arn,
            &point.account,
            &point.policy,
            parameters,
            point.network_origin == VPC,
        );
        let own = point.public_access_block.known();
        let account = point.account_public_access_block.known();
        Self::new(policy, "GetAccessPointPolicy", own, account)
    }

    /// The analysis of a Multi-Region Access Point.
    #[must_use]
    pub fn of_multi_region(
        point: &MultiRegionAccessPointObservation,
        parameters: &Parameters,
    ) -> Self {
        let policy = exposure_within(
            PolicyKind::AccessPoint,
            &point.arn,
            &point.account,
            &point.policy,
            parameters,
            false,
        );
        let own = Some(&point.public_access_block);
        let account = point.account_public_access_block.known();
        Self::new(policy, "GetMultiRegionAccessPointPolicy", own, account)
    }

    fn new(
        policy: Result<Fact<Option<PolicyExposure>>, Error>,
        operation: &str,
        own: Option<&Option<PublicAccessBlock>>,
        account: Option<&Option<PublicAccessBlock>>,
    ) -> Self {
        Self {
            policy_refusal: policy.is_err().then(|| malformed(operation)),
            policy: policy.unwrap_or(Fact::Unread),
            block_public_access: fact(in_force(own, account)),
        }
    }
}

/// The settings in force; `None` if one of them is not known.
fn in_force(
    own: Option<&Option<PublicAccessBlock>>,
    account: Option<&Option<PublicAccessBlock>>,
) -> Option<PublicAccessBlock> {
    let on = |setting: fn(&PublicAccessBlock) -> bool| {
        let is_on = |block: &Option<PublicAccessBlock>| block.as_ref().is_some_and(setting);
        or(own.map(is_on), account.map(is_on))
    };
    Some(PublicAccessBlock {
        block_public_acls: on(|block| block.block_public_acls)?,
        ignore_public_acls: on(|block| block.ignore_public_acls)?,
        block_public_policy: on(|block| block.block_public_policy)?,
        restrict_public_buckets: on(|block| block.restrict_public_buckets)?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const ARN: &str = "arn:aws:s3:eu-west-1:111122223333:accesspoint/desk";

    fn analysed(fields: &Value) -> AccessPointAnalysis {
        let mut json = json!({
            "arn": ARN, "name": "desk", "account": "111122223333", "region": "eu-west-1",
            "bucket": "b", "bucket_account": "111122223333", "network_origin": "Internet",
        });
        json.as_object_mut()
            .unwrap()
            .extend(fields.as_object().unwrap().clone());
        let point = serde_json::from_value(json).unwrap();
        AccessPointAnalysis::of(&point, &Parameters::default())
    }

    fn open() -> Value {
        json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
            "Action": "s3:GetObject", "Resource": format!("{ARN}/object/*")}]})
    }

    fn block(on: bool) -> Value {
        json!({"block_public_acls": on, "ignore_public_acls": on, "block_public_policy": on, "restrict_public_buckets": on})
    }

    fn is_public(analysis: &AccessPointAnalysis) -> bool {
        analysis.policy.known().unwrap().as_ref().unwrap().public
    }

    #[test]
    fn an_access_point_of_a_vpc_is_never_public() {
        assert!(is_public(&analysed(&json!({"policy": open()}))));
        let inside = json!({"policy": open(), "network_origin": "VPC"});
        assert!(!is_public(&analysed(&inside)));
    }

    #[test]
    fn a_setting_is_in_force_if_it_is_on_here_or_for_the_account() {
        let restricted = |own: &Value, account: &Value| {
            let analysis = analysed(
                &json!({"public_access_block": own, "account_public_access_block": account}),
            );
            let block = analysis.block_public_access;
            block.known().map(|block| block.restrict_public_buckets)
        };
        assert_eq!(restricted(&block(false), &block(true)), Some(true));
        assert_eq!(restricted(&block(true), &Value::Null), Some(true));
        assert_eq!(restricted(&Value::Null, &block(false)), Some(false));
        assert_eq!(
            analysed(&json!({"public_access_block": null})).block_public_access,
            Fact::Unread
        );
    }

    #[test]
    fn a_policy_that_is_none_is_a_refusal_of_the_read() {
        let analysis = analysed(&json!({"policy": {"Statement": 7}}));
        assert_eq!(analysis.policy, Fact::Unread);
        assert_eq!(
            analysis.policy_refusal.unwrap().operation,
            "GetAccessPointPolicy"
        );
    }

    #[test]
    fn the_arn_of_a_multi_region_access_point_has_no_region() {
        let arn = "arn:aws:s3::111122223333:accesspoint/mabc.mrap";
        let open = json!({"Statement": [{"Effect": "Allow", "Principal": "*",
            "Action": "s3:GetObject", "Resource": format!("{arn}/object/*")}]});
        let point =
            serde_json::from_value(json!({"arn": arn, "name": "m", "account": "111122223333",
            "region": "eu-west-1", "buckets": [], "public_access_block": null, "policy": open}));
        let analysis =
            AccessPointAnalysis::of_multi_region(&point.unwrap(), &Parameters::default());
        assert!(is_public(&analysis));
    }
}
