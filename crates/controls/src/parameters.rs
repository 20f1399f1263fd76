//! Parameters: what an operator may decide about the controls.

use std::collections::{BTreeMap, BTreeSet};

use compliance::{AccountId, ControlId, Region, Severity};
use ipnet::IpNet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an operator may decide about the controls; the policies see it as `data.parameters`.
///
/// An unknown field is an error, so that a misspelt one cannot be ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Parameters {
    /// Accounts outside the Organization that may have access. Default: none.
    pub trusted_accounts: BTreeSet<AccountId>,
    /// The Organization (`o-...`) whose members may have access. Default: none is known.
    pub organization_id: Option<String>,
    /// The accounts of the Organization. Default: none is known.
    pub organization_accounts: BTreeSet<AccountId>,
    /// S3 actions, as patterns such as `s3:Get*`, that others than the bucket's own account may have by
    /// its policy. Default: none is named, then this is not judged.
    pub actions_of_others: BTreeSet<String>,
    /// TCP ports that the internet may reach. Default: 80 and 443, as Security Hub has it for `EC2.18`.
    pub allowed_tcp_ports: BTreeSet<u16>,
    /// UDP ports that the internet may reach. Default: none, as Security Hub has it for `EC2.18`.
    pub allowed_udp_ports: BTreeSet<u16>,
    /// How many inbound, and how many outbound rules a security group may have (`SG-005`). Default:
    /// 50.
    pub max_rules_per_group: u32,
    /// Regions that resources may lie in. Default: none is named, then all are.
    pub allowed_regions: BTreeSet<Region>,
    /// Keys of the tags that every resource must carry. Default: none.
    pub required_tags: BTreeSet<String>,
    /// Whether buckets must (`true`) or must not (`false`) use S3 Transfer Acceleration. Default: as they like.
    pub transfer_acceleration: Option<bool>,
    /// The longest rotation period of a key, in days (`KMS-002`). Default: 365, as KMS has it.
    pub max_rotation_days: u32,
    /// How old key material may be, in days, since the key was made or its material last rotated (`KMS-003`). Default: 400, a
    /// year and some days to rotate in.
    pub max_key_material_age_days: u32,
    /// How many days a key may go without use (`KMS-008`). Default: 90.
    pub max_unused_key_days: u32,
    /// Whether multi-Region keys are allowed (`KMS-010`). Default: no.
    pub multi_region_keys: bool,
    /// The most grants on a key (`KMS-013`). Default: 45,000, nine tenths of the quota (KMS Developer Guide, "Resource quotas").
    pub max_grants_per_key: u32,
    /// How many days before a key, or what it was imported from, is gone that is told (`KMS-024`, `KMS-026`). Default: 30,
    /// the longest waiting period of a deletion.
    pub key_warning_days: u32,
    /// The most general purpose buckets of an account (`S3ACCT-003`). Default: 9,000, nine tenths of the quota that an account
    /// has without asking (S3 User Guide, "General purpose bucket quotas").
    pub max_buckets_per_account: u32,
    /// How many security groups a VPC may have. Default: 40, where `CloudSploit`'s `excessiveSecurityGroups` draws
    /// the line.
    pub max_groups_per_vpc: u32,
    /// Types of network interfaces that may carry a group which is open to the internet. Default: those of load
    /// balancers, as Prowler's `ec2_securitygroup_allowed_instance_owners` (`amazon-elb`) has it.
    pub allowed_interface_types: BTreeSet<String>,
    /// Public CIDR blocks whose owners are known: offices, partners. Default: none is named; then it is not asked
    /// whose addresses a rule names.
    #[schemars(with = "BTreeSet<String>")]
    pub known_public_cidrs: BTreeSet<IpNet>,
    /// Controls that are not judged at all. Default: none.
    pub disabled_controls: BTreeSet<ControlId>,
    /// Severities that replace those of the catalogue. Default: none.
    pub severities: BTreeMap<ControlId, Severity>,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            trusted_accounts: BTreeSet::new(),
            organization_id: None,
            organization_accounts: BTreeSet::new(),
            actions_of_others: BTreeSet::new(),
            allowed_tcp_ports: BTreeSet::from([80, 443]),
            allowed_udp_ports: BTreeSet::new(),
            max_rules_per_group: 50,
            allowed_regions: BTreeSet::new(),
            required_tags: BTreeSet::new(),
            transfer_acceleration: None,
            max_rotation_days: 365,
            max_key_material_age_days: 400,
            max_unused_key_days: 90,
            multi_region_keys: false,
            max_grants_per_key: 45_000,
            key_warning_days: 30,
            max_buckets_per_account: 9_000,
            max_groups_per_vpc: 40,
            allowed_interface_types: ["load_balancer", "network_load_balancer"]
                .map(str::to_owned)
                .into(),
            known_public_cidrs: BTreeSet::new(),
            disabled_controls: BTreeSet::new(),
            severities: BTreeMap::new(),
        }
    }
}

impl Parameters {
    /// Whether the control with this id is judged.
    #[must_use]
    pub fn judges(&self, id: &str) -> bool {
        let mut disabled = self.disabled_controls.iter();
        !disabled.any(|control| control.as_str() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_document_gives_the_defaults() {
        let parameters: Parameters = serde_json::from_str("{}").unwrap();
        assert_eq!(parameters, Parameters::default());
    }

    #[test]
    fn a_misspelt_parameter_is_an_error_that_names_it() {
        let error = serde_json::from_str::<Parameters>(r#"{"trusted_acounts": []}"#)
            .unwrap_err()
            .to_string();
        assert!(error.contains("unknown field `trusted_acounts`"), "{error}");
    }
}
