//! Where and how to deploy. The CDK app reads it; what each setting is for stands in `cdk/README.md` too.

use std::collections::BTreeMap;

use compliance::sweep::{OrganizationalUnitId, Sweep};
use compliance::{AccountId, Region};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Opa;
use crate::value::{
    AlarmHours, Arn, AtLeastOne, Concurrency, Days, Ipv4Cidr, LogDays, MailAddress, MailIdentity,
    OrganizationId, Percent, PolicyName, Prefix, Requests, RoleName, Schedule, TagKey, TagValue,
    TimeZone, WindowMinutes,
};

/// Where and how to deploy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deployment {
    /// Prefix of all names.
    #[serde(default)]
    pub name: Prefix,
    /// The account that runs the sweep: a delegated administrator of the Organization.
    pub account: AccountId,
    /// Its region.
    pub region: Region,
    /// The management account of the Organization. A `StackSet` does not reach it.
    pub management_account: AccountId,
    /// The Organization.
    pub organization_id: OrganizationId,
    /// Units or roots whose accounts get the audit role.
    #[schemars(length(min = 1))]
    #[serde(deserialize_with = "at_least_one")]
    pub organizational_units: Vec<OrganizationalUnitId>,
    /// Name of the audit role.
    #[serde(default)]
    pub audit_role_name: RoleName,
    /// When runs start. Default: by hand.
    #[serde(default)]
    pub schedule: Option<Schedule>,
    /// The time zone of the schedule.
    #[serde(default)]
    pub schedule_timezone: TimeZone,
    /// The window in which a scheduled run starts, in minutes.
    #[serde(default = "default::schedule_window_minutes")]
    pub schedule_window_minutes: WindowMinutes,
    /// An alarm goes off when no run has started for so many hours; needs a schedule.
    #[serde(default = "default::run_at_least_every_hours")]
    pub run_at_least_every_hours: AlarmHours,
    /// What scheduled runs sweep, as the input of an execution.
    #[serde(default)]
    pub sweep: Sweep,
    /// Accounts at a time.
    #[serde(default = "default::account_concurrency")]
    pub account_concurrency: Concurrency,
    /// Concurrency that is reserved for functions. Default: none.
    #[serde(default)]
    pub reserved_concurrency: BTreeMap<Function, AtLeastOne>,
    /// Where findings are imported to.
    #[serde(default)]
    pub security_hub: SecurityHub,
    /// Mail addresses that are told how runs end. Default: none.
    #[serde(default)]
    pub notify: Vec<MailAddress>,
    /// Which ends of runs are told.
    #[schemars(length(min = 1))]
    #[serde(default = "default::notify_on", deserialize_with = "at_least_one")]
    pub notify_on: Vec<RunEnd>,
    /// A mail after each run that changed something. Default: none.
    #[serde(default)]
    pub mail: Option<Mail>,
    /// Share of scopes that a run must have seen completely, or an alarm goes off.
    #[serde(default = "default::minimum_coverage_percent")]
    pub minimum_coverage_percent: Percent,
    /// The API that answers for one resource on demand. Default: none.
    #[serde(default)]
    pub api: Option<Api>,
    /// Level of the functions' log lines.
    #[serde(default)]
    pub log_level: LogLevel,
    /// Days for which logs are kept.
    #[serde(default = "default::log_retention_days")]
    pub log_retention_days: LogDays,
    /// Days for which reports and access logs are kept.
    #[serde(default = "default::report_retention_days")]
    pub report_retention_days: AtLeastOne,
    /// Days for which the tables keep resolved findings, and the coverage and scores of runs.
    #[serde(default = "default::table_retention_days")]
    pub table_retention_days: Days,
    /// Whether data outlives the stack.
    #[serde(default = "default::yes")]
    pub retain: bool,
    /// Architecture of the functions.
    #[serde(default)]
    pub architecture: Architecture,
    /// Whether a new version takes over ten percent a minute.
    #[serde(default = "default::yes")]
    pub gradual: bool,
    /// Tags of everything that is deployed. Default: none.
    #[serde(default)]
    pub tags: BTreeMap<TagKey, TagValue>,
    /// Name of a managed policy that bounds every role. Default: none.
    #[serde(default)]
    pub permissions_boundary: Option<PolicyName>,
    /// ARN of the AWS Signer profile version that functions must be signed with. Default: none.
    #[serde(default)]
    pub code_signing_profile: Option<Arn>,
    /// An OPA server that judges instead of the functions themselves. Default: none.
    #[serde(default)]
    pub opa: Option<Opa>,
    /// An isolated network for the functions; only for sweeps of the one region. Default: none.
    #[serde(default)]
    pub vpc: Option<Vpc>,
}

/// Who writes and who gets the mail on what a run changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The sender; SES must have verified it.
    pub from: MailAddress,
    /// The receivers, at most 50 (SES API, `Destination`).
    #[schemars(length(min = 1, max = 50))]
    #[serde(deserialize_with = "one_to_fifty")]
    pub to: Vec<MailAddress>,
    /// The domain or address that SES has verified. Default: the domain of the sender.
    #[serde(default)]
    pub identity: Option<MailIdentity>,
}

/// How often the API answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// Requests per second that are let in.
    #[serde(default = "default::requests_per_second")]
    pub requests_per_second: Requests,
    /// Requests that may come at once.
    #[serde(default = "default::burst")]
    pub burst: Requests,
}

/// A network without internet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vpc {
    /// Its addresses.
    pub cidr: Ipv4Cidr,
    /// Its availability zones.
    #[schemars(length(min = 2, max = 3))]
    #[serde(deserialize_with = "two_or_three")]
    pub availability_zones: Vec<String>,
}

/// A function.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "named as their folders in `lambdas/`")]
pub enum Function {
    Enumerate,
    #[serde(rename = "audit-s3")]
    AuditS3,
    AuditKms,
    AuditSg,
    Aggregate,
}

/// Where findings are imported to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SecurityHub {
    /// The account and region of the resource.
    #[default]
    Member,
    /// The account and region of the deployment.
    Central,
    /// Nowhere.
    Off,
}

/// How a run ends (Step Functions, "Execution status change events").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "named as Step Functions names them")]
pub enum RunEnd {
    Succeeded,
    Failed,
    TimedOut,
    Aborted,
}

/// Level of log lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the usual levels")]
pub enum LogLevel {
    Error,
    Warn,
    #[default]
    Info,
    Debug,
    Trace,
}

/// Architecture of the functions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Architecture {
    /// Graviton.
    #[default]
    #[serde(rename = "arm64")]
    Arm64,
    /// Intel and AMD.
    #[serde(rename = "x86_64")]
    X86_64,
}

fn at_least_one<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let items = Vec::deserialize(deserializer)?;
    if items.is_empty() {
        return Err(serde::de::Error::custom("needs at least one"));
    }
    Ok(items)
}

fn one_to_fifty<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let items = Vec::deserialize(deserializer)?;
    if !(1..=50).contains(&items.len()) {
        return Err(serde::de::Error::custom("needs one to 50"));
    }
    Ok(items)
}

fn two_or_three<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<String>, D::Error> {
    let items = Vec::deserialize(deserializer)?;
    if !(2..=3).contains(&items.len()) {
        return Err(serde::de::Error::custom("needs two or three"));
    }
    Ok(items)
}

/// Defaults, each once: the schema and the CDK app take them from here.
mod default {
    use super::{
        AlarmHours, AtLeastOne, Concurrency, Days, LogDays, Percent, Requests, RunEnd,
        WindowMinutes,
    };

    pub(super) fn schedule_window_minutes() -> WindowMinutes {
        WindowMinutes::default_of(0)
    }

    pub(super) fn run_at_least_every_hours() -> AlarmHours {
        AlarmHours::default_of(24)
    }

    pub(super) fn account_concurrency() -> Concurrency {
        Concurrency::default_of(25)
    }

    pub(super) fn notify_on() -> Vec<RunEnd> {
        vec![RunEnd::Failed, RunEnd::TimedOut, RunEnd::Aborted]
    }

    pub(super) fn minimum_coverage_percent() -> Percent {
        Percent::default_of(95)
    }

    pub(super) fn log_retention_days() -> LogDays {
        LogDays::default_of(90)
    }

    pub(super) fn report_retention_days() -> AtLeastOne {
        AtLeastOne::default_of(90)
    }

    pub(super) fn table_retention_days() -> Days {
        Days::default_of(400)
    }

    pub(super) fn requests_per_second() -> Requests {
        Requests::default_of(2)
    }

    pub(super) fn burst() -> Requests {
        Requests::default_of(5)
    }

    pub(super) fn yes() -> bool {
        true
    }
}
