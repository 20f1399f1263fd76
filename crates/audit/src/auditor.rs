//! What every auditor function is set up with, and how it enters an account.

use aws::settings::{optional, required};
use aws::{AuditRole, Purpose, RunStore, Session, secret};
use aws_config::SdkConfig;
use compliance::Service;
use controls::{Catalog, Parameters};

use crate::{Error, Judge, RunParameters, Scope, Stage, config_dir};

/// What an auditor needs besides its collector, once for all invocations.
#[derive(Debug)]
pub struct Auditor {
    /// Catalogue, parameters and run bucket.
    pub stage: Stage,
    /// The function's own credentials.
    pub base: SdkConfig,
    /// The role to enter accounts with.
    pub role: AuditRole,
}

impl Auditor {
    /// An auditor that judges with the embedded catalogue and writes to the run bucket `bucket`.
    ///
    /// # Errors
    ///
    /// If the catalogue does not load.
    pub fn new(
        base: SdkConfig,
        role: AuditRole,
        bucket: impl Into<String>,
        parameters: Parameters,
    ) -> Result<Self, Error> {
        let stage = Stage {
            catalog: Catalog::embedded()?,
            judge: Judge::Embedded,
            parameters: RunParameters::new(parameters),
            store: RunStore::new(&base, bucket),
        };
        Ok(Self { stage, base, role })
    }

    /// The auditor, judging with another catalogue.
    #[must_use]
    pub fn with_catalog(mut self, catalog: Catalog) -> Self {
        self.stage.catalog = catalog;
        self
    }

    /// Reads `RUN_BUCKET`, `AUDIT_ROLE_NAME`, and if set `EXTERNAL_ID_SECRET`, `CONFIG_DIR`, and what
    /// [`Judge::from_environment`] reads.
    ///
    /// # Errors
    ///
    /// If a variable is missing or unusable, or parameters or catalogue do not load.
    pub async fn from_environment() -> Result<Self, Error> {
        let bucket: String = required("RUN_BUCKET")?;
        let folder = config_dir::folder()?;
        let catalog = config_dir::catalog(&folder)?;
        let parameters = config_dir::parameters(&folder, &catalog)?;
        let base = aws::base_config().await;
        let role = role(&base).await?;
        let judge = Judge::from_environment(&base)?;
        let mut auditor = Self::new(base, role, bucket, parameters)?.with_catalog(catalog);
        auditor.stage.judge = judge;
        Ok(auditor)
    }

    /// Enters the scope's account, to do no more than an audit of its service needs.
    ///
    /// # Errors
    ///
    /// If the role cannot be assumed, or is another account's.
    pub async fn enter(&self, scope: &Scope) -> Result<Session, Error> {
        let purpose = purpose(scope.service);
        let session =
            Session::assume(&self.base, &self.role, &scope.account, &scope.run, purpose).await?;
        Ok(session)
    }
}

/// The role that accounts are entered with: `AUDIT_ROLE_NAME`, and if `EXTERNAL_ID_SECRET` names a secret, the
/// external id in it. Read once, when the function starts.
///
/// # Errors
///
/// If a variable is missing or unusable, or the secret cannot be read.
pub async fn role(base: &SdkConfig) -> Result<AuditRole, aws::Error> {
    let name = required("AUDIT_ROLE_NAME")?;
    let external_id = match optional::<String>("EXTERNAL_ID_SECRET")? {
        Some(id) => Some(secret::read(base, &id).await?.reveal().to_owned()),
        None => None,
    };
    Ok(AuditRole { name, external_id })
}

/// What a session in an account is for when a service is audited.
fn purpose(service: Service) -> Purpose {
    match service {
        Service::S3 => Purpose::S3,
        Service::Kms => Purpose::Kms,
        Service::Sg => Purpose::Sg,
    }
}

#[cfg(test)]
mod tests {
    use compliance::ErrorName;
    use replay::Replay;

    use super::*;
    use crate::Named;

    const ACCOUNT: &str = "111122223333";

    fn auditor(replay: &Replay) -> Auditor {
        let role = AuditRole {
            name: "orgsweep-audit".to_owned(),
            external_id: Some("ticket".to_owned()),
        };
        let base = replay.config("eu-west-1");
        Auditor::new(base, role, "runs", Parameters::default()).unwrap()
    }

    #[tokio::test]
    async fn a_session_may_do_what_the_audit_of_its_service_needs_and_nothing_else() {
        let needs = [
            (Service::S3, "s3:GetBucketPolicy"),
            (Service::Kms, "kms:GetKeyPolicy"),
            (Service::Sg, "ec2:DescribeSecurityGroups"),
        ];
        for (service, needed) in needs {
            let replay = Replay::new()
                .account("999988887777")
                .role(ACCOUNT, "orgsweep-audit");
            let scope = Scope {
                run: "20261120T140433000Z-1a2b3c4d".parse().unwrap(),
                account: ACCOUNT.parse().unwrap(),
                region: None,
                service,
            };
            let session = auditor(&replay).enter(&scope).await.unwrap();
            assert_eq!(session.account, scope.account);
            let entered = &replay.requests_of("AssumeRole")[0];
            assert!(entered.holds("ExternalId=ticket"));
            assert!(entered.holds(scope.run.as_str()), "{}", entered.body);
            for (_, action) in needs {
                assert_eq!(
                    entered.holds(action),
                    action == needed,
                    "{service} {action}"
                );
            }
        }
    }

    #[tokio::test]
    async fn without_its_settings_an_auditor_names_the_first_that_is_missing() {
        let error = Auditor::from_environment().await.unwrap_err();
        assert_eq!(error.name(), ErrorName::Internal);
        assert!(error.to_string().contains("`RUN_BUCKET`"), "{error}");
    }
}
