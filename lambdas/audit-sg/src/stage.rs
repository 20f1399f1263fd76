//! What stays the same from one invocation to the next.

use std::collections::BTreeSet;

use audit::Named;
use aws::{AuditRole, RunStore, settings};
use aws_config::SdkConfig;
use compliance::ErrorName;
use controls::{Catalog, Parameters};

use crate::SecurityGroupCollector;

/// Configuration, clients and catalogue of the function.
#[derive(Debug)]
pub struct Stage {
    /// The function's own credentials.
    pub base: SdkConfig,
    /// The role to assume in each account.
    pub role: AuditRole,
    /// Groups per report part.
    pub page_size: usize,
    /// Catalogue and run bucket.
    pub audit: audit::Stage,
}

impl Stage {
    /// Reads `AUDIT_ROLE_NAME`, `EXTERNAL_ID`, `RUN_BUCKET`, `PAGE_SIZE` and `TRUSTED_ACCOUNTS`.
    ///
    /// # Errors
    ///
    /// If a variable is missing or unusable, or the catalogue does not load.
    pub async fn from_environment() -> Result<Self, Error> {
        let role = AuditRole {
            name: settings::required("AUDIT_ROLE_NAME")?,
            external_id: settings::optional("EXTERNAL_ID")?,
        };
        let bucket: String = settings::required("RUN_BUCKET")?;
        let page_size = settings::optional("PAGE_SIZE")?;
        let trusted = settings::list("TRUSTED_ACCOUNTS")?;
        let base = aws::base_config().await;
        let parameters = Parameters {
            trusted_accounts: BTreeSet::from_iter(trusted),
            ..Parameters::default()
        };
        Ok(Self {
            audit: audit::Stage {
                catalog: Catalog::embedded()?,
                parameters,
                store: RunStore::new(&base, bucket),
            },
            base,
            role,
            page_size: page_size.unwrap_or(SecurityGroupCollector::PAGE_SIZE),
        })
    }
}

/// What can go wrong in this function.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The audit failed; it names what was attempted.
    #[error(transparent)]
    Audit(#[from] audit::Error),
    /// An edge failed; it names what was attempted.
    #[error(transparent)]
    Aws(#[from] aws::Error),
    /// The catalogue is broken; it names the policy.
    #[error(transparent)]
    Catalog(#[from] controls::Error),
}

impl Named for Error {
    fn name(&self) -> ErrorName {
        match self {
            Self::Audit(error) => error.name(),
            Self::Aws(error) => error.name(),
            Self::Catalog(_) => ErrorName::PolicyBroken,
        }
    }
}
