//! Every await of this function: the Organization, the account's regions, the run bucket.

use std::collections::BTreeMap;

use aws::regions::{self, RegionStatus};
use aws::{AuditRole, MemberAccount, Organization, Purpose, RunStore, Session};
use aws_config::SdkConfig;
use compliance::sweep::{OrganizationalUnitId, Sweep};
use compliance::{AccountId, Admitted, Members, Partition, Run, store_key};

use crate::Error;
use crate::accounts::{Accounts, Tags, Units};

/// What the Organization says of its accounts, as far as the input asks for it.
pub(crate) struct Asked {
    organization: Organization,
}

impl Asked {
    /// With the credentials of the function.
    pub(crate) async fn new(base: &SdkConfig) -> Result<Self, Error> {
        let session = Session::caller(base.clone()).await?;
        Ok(Self {
            organization: Organization::new(&session),
        })
    }

    /// The Organization's id.
    pub(crate) async fn organization_id(&self) -> Result<String, Error> {
        Ok(self.organization.id().await?)
    }

    pub(crate) async fn accounts(&self) -> Result<Vec<MemberAccount>, Error> {
        Ok(self.organization.accounts().await?)
    }

    /// The accounts below each unit that the input names; nothing is asked when it names none.
    pub(crate) async fn units(&self, sweep: &Sweep) -> Result<Units, Error> {
        let named = &sweep.organizational_units;
        let mut units = Units::new();
        for unit in named.include.union(&named.exclude) {
            let below = self.organization.accounts_below(unit).await;
            units.insert(
                unit.clone(),
                below.map_err(|error| unknown_unit(unit, error))?,
            );
        }
        Ok(units)
    }

    /// The tags of accounts; nothing is asked when the input says nothing of tags.
    pub(crate) async fn tags(
        &self,
        sweep: &Sweep,
        accounts: &[AccountId],
    ) -> Result<BTreeMap<AccountId, Tags>, Error> {
        let mut tags = BTreeMap::new();
        if sweep.account_tags.is_empty() {
            return Ok(tags);
        }
        for account in accounts {
            tags.insert(account.clone(), self.organization.tags(account).await?);
        }
        Ok(tags)
    }
}

/// A unit that AWS does not find is a mistake in the input.
fn unknown_unit(unit: &OrganizationalUnitId, error: aws::Error) -> Error {
    let code = error.failed().map(|failed| failed.code.as_str());
    if code == Some("ParentNotFoundException") {
        return Error::UnknownUnit {
            unit: unit.clone(),
            source: error,
        };
    }
    Error::Aws(error)
}

/// Writes the Organization, the accounts in scope and those left out to the run bucket; the key of
/// the accounts in scope.
pub(crate) async fn write(
    store: &RunStore,
    run: &Run,
    members: &Members,
    accounts: &Accounts,
) -> Result<String, Error> {
    let organization = store_key::organization(&run.id);
    store.put_json(&organization, members).await?;
    let key = store_key::accounts(&run.id);
    let skipped = store_key::skipped_accounts(&run.id);
    store.put_json(&skipped, &accounts.skipped_rows()).await?;
    store.put_json(&key, &accounts.items()).await?;
    Ok(key)
}

/// Writes what may be asked about on demand.
pub(crate) async fn admit(store: &RunStore, admitted: &Admitted) -> Result<(), aws::Error> {
    store.put_json(&store_key::admitted(), admitted).await
}

/// Enters an account and lists its regions.
pub(crate) async fn regions(
    base: &SdkConfig,
    role: &AuditRole,
    account: &AccountId,
    run: &Run,
) -> Result<(Partition, Vec<RegionStatus>), Error> {
    let session = Session::assume(base, role, account, &run.id, Purpose::Regions).await?;
    let regions = regions::of_account(&session).await?;
    Ok((session.partition, regions))
}
