//! Sessions: who we are, and the audit role assumed in an account, proven to be that account.

use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

use aws_config::SdkConfig;
use aws_sdk_sts::config::{Credentials, SharedCredentialsProvider};
use aws_sdk_sts::operation::assume_role::AssumeRoleOutput;
use aws_sdk_sts::types::Tag;
use compliance::{AccountId, Partition, Region, RunId};

use crate::answer::{self, Meaning};
pub use crate::purpose::Purpose;
use crate::{Error, Place};

/// Seconds that a session lasts: the least that STS gives, and the most that a Lambda runs.
const DURATION: i32 = 900;

/// The key of the session tag with the run: a policy sees it as `aws:PrincipalTag/orgsweep-run`.
const RUN_TAG: &str = "orgsweep-run";

/// The role that every audited account has.
#[derive(Clone)]
pub struct AuditRole {
    /// Its name, with its path if it has one.
    pub name: String,
    /// The external id that it demands.
    pub external_id: Option<String>,
}

impl fmt::Debug for AuditRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuditRole")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Credentials whose account is known.
#[derive(Clone)]
pub struct Session {
    /// The account that the credentials belong to.
    pub account: AccountId,
    /// Its partition.
    pub partition: Partition,
    config: SdkConfig,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("account", &self.account)
            .field("partition", &self.partition)
            .finish_non_exhaustive()
    }
}

/// Who the credentials at hand belong to, as an audit trail names them: the session's name of a role, the name of a
/// user, `root`.
///
/// # Errors
///
/// `GetCallerIdentity` failed: credentials are missing, expired or wrong.
pub async fn caller_name(config: &SdkConfig) -> Result<String, Error> {
    let client = crate::client!(aws_sdk_sts, config);
    let identity = client.get_caller_identity().send().await;
    let identity = answer::stored(IDENTITY, "credentials at hand", identity)?;
    let arn = identity.arn().unwrap_or_default();
    let name = arn.rsplit(['/', ':']).next().unwrap_or_default();
    if name.is_empty() {
        return Err(Error::malformed(IDENTITY, "the caller has no name"));
    }
    Ok(name.to_owned())
}

impl Session {
    /// A session with the credentials at hand.
    ///
    /// # Errors
    ///
    /// [`Error::NoRegion`], or `GetCallerIdentity` failed: credentials are missing, expired or wrong.
    pub async fn caller(config: SdkConfig) -> Result<Self, Error> {
        if config.region().is_none() {
            return Err(Error::NoRegion);
        }
        let client = crate::client!(aws_sdk_sts, &config);
        let identity = client.get_caller_identity().send().await;
        let identity = answer::stored(IDENTITY, "credentials at hand", identity)?;
        let (account, partition) = account_and_partition(identity.account(), identity.arn())?;
        Ok(Self {
            account,
            partition,
            config,
        })
    }

    /// A session in `account` with the audit role, narrowed to `purpose`, and named after the run and tagged with it.
    ///
    /// # Errors
    ///
    /// [`Error::AssumeRoleDenied`] when STS refuses the role, [`Error::WrongAccount`] when the
    /// credentials lead elsewhere, and whatever STS failed with.
    pub async fn assume(
        base: &SdkConfig,
        role: &AuditRole,
        account: &AccountId,
        run: &RunId,
        purpose: Purpose,
    ) -> Result<Self, Error> {
        let caller = Self::caller(base.clone()).await?;
        let role_arn = format!("arn:{}:iam::{account}:role/{}", caller.partition, role.name);
        let wanted = Wanted {
            role_arn: &role_arn,
            external_id: role.external_id.as_deref(),
            account,
            partition: &caller.partition,
            tagged: true,
        };
        wanted.assume(base, run, purpose).await
    }

    /// A session with a role given by its ARN, otherwise as [`Session::assume`]; without the tag, which takes a
    /// permission of its own (`sts:TagSession`) that a person may not have.
    ///
    /// # Errors
    ///
    /// [`Error::RoleArn`], or as [`Session::assume`].
    pub async fn assume_arn(
        base: &SdkConfig,
        role_arn: &str,
        external_id: Option<&str>,
        run: &RunId,
        purpose: Purpose,
    ) -> Result<Self, Error> {
        if base.region().is_none() {
            return Err(Error::NoRegion);
        }
        let (partition, account) = role_of(role_arn).ok_or_else(|| Error::RoleArn {
            value: role_arn.to_owned(),
        })?;
        let wanted = Wanted {
            role_arn,
            external_id,
            account: &account,
            partition: &partition,
            tagged: false,
        };
        wanted.assume(base, run, purpose).await
    }

    /// The configuration for clients, in the region that it was made with.
    #[must_use]
    pub fn config(&self) -> &SdkConfig {
        &self.config
    }

    /// The configuration for clients in `region`.
    #[must_use]
    pub fn in_region(&self, region: &Region) -> SdkConfig {
        self.config
            .to_builder()
            .region(aws_config::Region::new(region.as_str().to_owned()))
            .build()
    }
}

const IDENTITY: &str = "GetCallerIdentity";
const ASSUME: &str = "AssumeRole";

/// A role to assume, and the account that it must lead to.
struct Wanted<'a> {
    role_arn: &'a str,
    external_id: Option<&'a str>,
    account: &'a AccountId,
    partition: &'a Partition,
    tagged: bool,
}

impl Wanted<'_> {
    async fn assume(
        &self,
        base: &SdkConfig,
        run: &RunId,
        purpose: Purpose,
    ) -> Result<Session, Error> {
        let result = crate::client!(aws_sdk_sts, base)
            .assume_role()
            .role_arn(self.role_arn)
            .set_external_id(self.external_id.map(str::to_owned))
            .role_session_name(session_name(run))
            .duration_seconds(DURATION)
            .policy(purpose.policy(self.partition, self.account))
            .set_tags(self.tagged.then(|| tags(run)))
            .send()
            .await;
        let place = Place::account(self.account).resource(self.role_arn);
        let assumed = match result {
            Ok(assumed) => assumed,
            Err(error) => {
                let code = answer::code_of(&error);
                if answer::meaning(&code) == Some(Meaning::Denied) {
                    return Err(Error::AssumeRoleDenied {
                        account: self.account.clone(),
                        role: self.role_arn.to_owned(),
                        code,
                        source: answer::cause_of(&error),
                    });
                }
                return answer::listed(ASSUME, &place, Err(error));
            }
        };
        self.prove(with_credentials(base, &assumed)?).await
    }

    /// Lets the new credentials say whose they are.
    async fn prove(&self, config: SdkConfig) -> Result<Session, Error> {
        let client = crate::client!(aws_sdk_sts, &config);
        let identity = client.get_caller_identity().send().await;
        let place = Place::account(self.account).resource(self.role_arn);
        let identity = answer::listed(IDENTITY, &place, identity)?;
        let (reached, partition) = account_and_partition(identity.account(), identity.arn())?;
        if reached != *self.account {
            return Err(Error::WrongAccount {
                asked: self.account.clone(),
                reached,
            });
        }
        Ok(Session {
            account: reached,
            partition,
            config,
        })
    }
}

/// The name of the session, as `CloudTrail` shows it: at most 64 of `[\w+=,.@-]` (STS, `RoleSessionName`).
fn session_name(run: &RunId) -> String {
    format!("orgsweep-{run}")
}

/// The run as a session tag, as `CloudTrail` and policies see it.
fn tags(run: &RunId) -> Vec<Tag> {
    let tag = Tag::builder().key(RUN_TAG).value(run.as_str());
    tag.build().into_iter().collect()
}

/// The base configuration with the credentials of the assumed role.
fn with_credentials(base: &SdkConfig, assumed: &AssumeRoleOutput) -> Result<SdkConfig, Error> {
    let given = assumed
        .credentials()
        .ok_or_else(|| Error::malformed(ASSUME, "it holds no credentials"))?;
    let seconds = u64::try_from(given.expiration().secs()).unwrap_or_default();
    let credentials = Credentials::new(
        given.access_key_id(),
        given.secret_access_key(),
        Some(given.session_token().to_owned()),
        UNIX_EPOCH.checked_add(Duration::from_secs(seconds)),
        "orgsweep",
    );
    Ok(base
        .to_builder()
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .build())
}

/// Account and partition of a caller: `arn:<partition>:sts::<account>:...`.
fn account_and_partition(
    account: Option<&str>,
    arn: Option<&str>,
) -> Result<(AccountId, Partition), Error> {
    let malformed = |error: compliance::Error| Error::malformed(IDENTITY, error);
    let account = account.unwrap_or_default().parse().map_err(malformed)?;
    let partition = arn
        .and_then(|arn| arn.split(':').nth(1))
        .unwrap_or_default()
        .parse()
        .map_err(malformed)?;
    Ok((account, partition))
}

/// Partition and account of `arn:<partition>:iam::<account>:role/<name>`.
fn role_of(arn: &str) -> Option<(Partition, AccountId)> {
    match arn.splitn(6, ':').collect::<Vec<_>>().as_slice() {
        ["arn", partition, "iam", "", account, role]
            if role
                .strip_prefix("role/")
                .is_some_and(|name| !name.is_empty()) =>
        {
            Some((partition.parse().ok()?, account.parse().ok()?))
        }
        _ => None,
    }
}
