//! What the function is told by its environment, and what it sets up from it.

use std::str::FromStr;

use audit::{Judge, RunParameters, auditor, config_dir};
use aws::{AuditRole, FindingsTable, Retention, RunStore, RunsTable, settings};
use aws_config::SdkConfig;
use compliance::{SuppressionSource, Suppressions};
use controls::{Catalog, Standards};

use crate::Error;
use crate::notification::Mail;

/// Where findings are imported to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SecurityHub {
    /// The account that owns the resource, in the resource's region, with that account's session.
    #[default]
    Member,
    /// The function's own account, in its own region, with the function's own credentials.
    Central,
    /// Nowhere.
    Off,
}

/// A value of `SECURITY_HUB` that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is not a way to import findings: expected `member`, `central` or `off`")]
pub struct UnknownSecurityHub {
    value: String,
}

impl FromStr for SecurityHub {
    type Err = UnknownSecurityHub;

    fn from_str(value: &str) -> Result<Self, UnknownSecurityHub> {
        match value {
            "member" => Ok(Self::Member),
            "central" => Ok(Self::Central),
            "off" => Ok(Self::Off),
            _ => Err(UnknownSecurityHub {
                value: value.to_owned(),
            }),
        }
    }
}

/// What the function needs from one invocation to the next.
#[derive(Debug)]
pub struct Stage {
    /// The function's own credentials and region.
    pub base: SdkConfig,
    /// The role that imports findings in the members.
    pub role: AuditRole,
    /// Where findings are imported to.
    pub security_hub: SecurityHub,
    /// The controls.
    pub catalog: Catalog,
    /// Who evaluates their policies.
    pub judge: Judge,
    /// The standards that they answer.
    pub standards: Standards,
    /// Their parameters.
    pub parameters: RunParameters,
    /// The suppressions of the configuration.
    pub suppressions: Suppressions,
    /// The run bucket.
    pub store: RunStore,
    /// The findings table.
    pub findings: FindingsTable,
    /// The runs table.
    pub runs: RunsTable,
    /// Who gets a mail about what runs change; `None` for nobody.
    pub mail: Option<Mail>,
}

impl Stage {
    /// Sets up the stage from the environment: `RUN_BUCKET`, `FINDINGS_TABLE`, `RUNS_TABLE`,
    /// `AUDIT_ROLE_NAME`, and optionally `EXTERNAL_ID_SECRET`, `SECURITY_HUB`, `RETENTION_DAYS`, `CONFIG_DIR`, `MAIL_FROM`,
    /// `MAIL_TO`, and what [`Judge::from_environment`] reads.
    ///
    /// # Errors
    ///
    /// If a variable is missing or unusable, or the parameters, a policy or a standard is broken.
    pub async fn from_environment() -> Result<Self, Error> {
        let bucket: String = settings::required("RUN_BUCKET")?;
        let findings: String = settings::required("FINDINGS_TABLE")?;
        let runs: String = settings::required("RUNS_TABLE")?;
        let security_hub = settings::optional("SECURITY_HUB")?.unwrap_or_default();
        let retention: Retention = settings::optional("RETENTION_DAYS")?.unwrap_or_default();
        let folder = config_dir::folder()?;
        let base = aws::base_config().await;
        let role = auditor::role(&base).await?;
        let catalog = config_dir::catalog(&folder)?;
        let parameters = config_dir::parameters(&folder, &catalog)?;
        Ok(Self {
            role,
            security_hub,
            judge: Judge::from_environment(&base)?,
            standards: Standards::embedded(&catalog)?,
            suppressions: config_dir::suppressions(&folder, &catalog)?,
            catalog,
            parameters: RunParameters::new(parameters),
            store: RunStore::new(&base, bucket),
            findings: FindingsTable::new(&base, findings).keeping(retention),
            runs: RunsTable::new(&base, runs).keeping(retention),
            mail: mail()?,
            base,
        })
    }
}

impl Stage {
    /// All suppressions: those of the configuration as it is deployed, and those of operators.
    ///
    /// # Errors
    ///
    /// If the runs table does not answer.
    pub(crate) async fn accepted(&self) -> Result<Suppressions, aws::Error> {
        let mut all = self.suppressions.clone();
        let own = self
            .runs
            .suppressions_of(SuppressionSource::Operator)
            .await?;
        all.extend(own);
        Ok(all)
    }
}

/// Sender and recipients: `MAIL_FROM`, and `MAIL_TO` with commas between; nobody if either is missing.
fn mail() -> Result<Option<Mail>, aws::Error> {
    let from: Option<String> = settings::optional("MAIL_FROM")?;
    let to: Option<String> = settings::optional("MAIL_TO")?;
    Ok(from.zip(to).map(|(from, to)| Mail {
        from,
        to: to.split(',').map(|it| it.trim().to_owned()).collect(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_go_to_the_member_the_centre_or_nowhere() {
        assert_eq!("member".parse(), Ok(SecurityHub::default()));
        assert_eq!("central".parse(), Ok(SecurityHub::Central));
        assert_eq!("off".parse(), Ok(SecurityHub::Off));
        let error = "on".parse::<SecurityHub>().unwrap_err().to_string();
        assert!(error.contains("`on`"), "{error}");
    }
}
