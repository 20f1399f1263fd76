//! The Organization: its accounts, what lies below a unit, and account tags. Paced below AWS's rates.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use aws_sdk_organizations::Client;
use aws_sdk_organizations::operation::describe_organization::DescribeOrganizationOutput;
use aws_sdk_organizations::types::Account;
use compliance::AccountId;
use compliance::sweep::OrganizationalUnitId;

use crate::{Error, Place, Session, answer};

/// An account of the Organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberAccount {
    /// Its id.
    pub id: AccountId,
    /// Its name; empty if AWS names none.
    pub name: String,
    /// `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`, ...; `None` if AWS names none.
    pub state: Option<String>,
}

/// What an Organization is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// Its id (`o-...`).
    pub id: String,
    /// Its management account.
    pub management: AccountId,
    /// `ALL` or `CONSOLIDATED_BILLING`.
    pub features: String,
}

/// AWS Organizations, as the management account or a delegated administrator sees it.
#[derive(Debug)]
pub struct Organization {
    client: Client,
    place: Place,
    listing: Pacer,
    walking: Pacer,
    tags: Pacer,
}

impl Organization {
    /// The Organization of the session's account.
    #[must_use]
    pub fn new(session: &Session) -> Self {
        Self {
            client: crate::client!(aws_sdk_organizations, session.config()),
            place: Place::account(&session.account),
            listing: Pacer::new(12, 8),
            walking: Pacer::new(8, 5),
            tags: Pacer::new(15, 10),
        }
    }

    /// The Organization's id (`o-...`).
    ///
    /// # Errors
    ///
    /// `DescribeOrganization` failed, or named none.
    pub async fn id(&self) -> Result<String, Error> {
        let answer = self.ask().await?;
        let id = answer.organization().and_then(|it| it.id());
        id.map(str::to_owned).ok_or_else(unnamed)
    }

    /// The Organization itself.
    ///
    /// # Errors
    ///
    /// `DescribeOrganization` failed, or named none.
    pub async fn describe(&self) -> Result<Described, Error> {
        let answer = self.ask().await?;
        let organization = answer.organization().ok_or_else(unnamed)?;
        let features = organization.feature_set();
        Ok(Described {
            id: organization.id().ok_or_else(unnamed)?.to_owned(),
            management: account_id(DESCRIBE, organization.master_account_id())?,
            features: features.map_or_else(String::new, |it| it.as_str().to_owned()),
        })
    }

    async fn ask(&self) -> Result<DescribeOrganizationOutput, Error> {
        let result = self.client.describe_organization().send().await;
        answer::listed(DESCRIBE, &self.place, result)
    }

    /// The services that have trusted access to the Organization, by principal.
    ///
    /// # Errors
    ///
    /// `ListAWSServiceAccessForOrganization` failed.
    pub async fn trusted_services(&self) -> Result<Vec<String>, Error> {
        const OPERATION: &str = "ListAWSServiceAccessForOrganization";
        let list = self.client.list_aws_service_access_for_organization();
        let mut pages = list.into_paginator().send();
        let mut services = Vec::new();
        while let Some(page) = pages.next().await {
            let page = answer::listed(OPERATION, &self.place, page)?;
            let named = page.enabled_service_principals().iter();
            services.extend(named.filter_map(|it| it.service_principal().map(str::to_owned)));
            self.listing.wait().await;
        }
        Ok(services)
    }

    /// The services that an account is a delegated administrator of, by principal; none if it is no such account.
    ///
    /// # Errors
    ///
    /// `ListDelegatedServicesForAccount` failed.
    pub async fn delegated_to(&self, account: &AccountId) -> Result<Vec<String>, Error> {
        const OPERATION: &str = "ListDelegatedServicesForAccount";
        let list = self.client.list_delegated_services_for_account();
        let mut pages = list.account_id(account.as_str()).into_paginator().send();
        let mut services = Vec::new();
        while let Some(page) = pages.next().await {
            let page = match answer::listed(OPERATION, &self.place, page) {
                Err(error) if is_not_delegated(&error) => return Ok(Vec::new()),
                page => page?,
            };
            let named = page.delegated_services().iter();
            services.extend(named.filter_map(|it| it.service_principal().map(str::to_owned)));
            self.listing.wait().await;
        }
        Ok(services)
    }

    /// All accounts, whatever their state. `State` is read first: AWS retired `Status` on 2026-09-09.
    ///
    /// # Errors
    ///
    /// `ListAccounts` failed, or named something that is no account.
    pub async fn accounts(&self) -> Result<Vec<MemberAccount>, Error> {
        const OPERATION: &str = "ListAccounts";
        let mut pages = self.client.list_accounts().into_paginator().send();
        let mut accounts = Vec::new();
        while let Some(page) = pages.next().await {
            for account in answer::listed(OPERATION, &self.place, page)?.accounts() {
                accounts.push(MemberAccount {
                    id: account_id(OPERATION, account.id())?,
                    name: account.name().unwrap_or_default().to_owned(),
                    state: state(account),
                });
            }
            self.listing.wait().await;
        }
        Ok(accounts)
    }

    /// The accounts below a root or organizational unit, at any depth: from it downwards, unit by unit.
    ///
    /// # Errors
    ///
    /// `ListAccountsForParent` or `ListOrganizationalUnitsForParent` failed; the place names the unit.
    pub async fn accounts_below(
        &self,
        unit: &OrganizationalUnitId,
    ) -> Result<BTreeSet<AccountId>, Error> {
        let mut accounts = BTreeSet::new();
        let mut to_visit = vec![unit.clone()];
        while let Some(unit) = to_visit.pop() {
            accounts.extend(self.accounts_in(&unit).await?);
            to_visit.extend(self.units_in(&unit).await?);
        }
        Ok(accounts)
    }

    /// The tags of an account.
    ///
    /// # Errors
    ///
    /// `ListTagsForResource` failed.
    pub async fn tags(&self, account: &AccountId) -> Result<BTreeMap<String, String>, Error> {
        let place = self.place.clone().resource(account.as_str());
        let list = self.client.list_tags_for_resource();
        let mut pages = list.resource_id(account.as_str()).into_paginator().send();
        let mut tags = BTreeMap::new();
        while let Some(page) = pages.next().await {
            for tag in answer::listed("ListTagsForResource", &place, page)?.tags() {
                tags.insert(tag.key().to_owned(), tag.value().to_owned());
            }
            self.tags.wait().await;
        }
        Ok(tags)
    }

    /// The accounts directly in a unit.
    async fn accounts_in(&self, unit: &OrganizationalUnitId) -> Result<Vec<AccountId>, Error> {
        const OPERATION: &str = "ListAccountsForParent";
        let place = self.place.clone().resource(unit.as_str());
        let list = self.client.list_accounts_for_parent();
        let mut pages = list.parent_id(unit.as_str()).into_paginator().send();
        let mut accounts = Vec::new();
        while let Some(page) = pages.next().await {
            for account in answer::listed(OPERATION, &place, page)?.accounts() {
                accounts.push(account_id(OPERATION, account.id())?);
            }
            self.walking.wait().await;
        }
        Ok(accounts)
    }

    /// The units directly in a unit.
    async fn units_in(
        &self,
        unit: &OrganizationalUnitId,
    ) -> Result<Vec<OrganizationalUnitId>, Error> {
        const OPERATION: &str = "ListOrganizationalUnitsForParent";
        let place = self.place.clone().resource(unit.as_str());
        let list = self.client.list_organizational_units_for_parent();
        let mut pages = list.parent_id(unit.as_str()).into_paginator().send();
        let mut units = Vec::new();
        while let Some(page) = pages.next().await {
            for child in answer::listed(OPERATION, &place, page)?.organizational_units() {
                let id = child.id().unwrap_or_default().to_owned();
                let id = OrganizationalUnitId::try_from(id);
                units.push(id.map_err(|error| Error::malformed(OPERATION, error))?);
            }
            self.walking.wait().await;
        }
        Ok(units)
    }
}

const DESCRIBE: &str = "DescribeOrganization";

fn unnamed() -> Error {
    Error::malformed(DESCRIBE, "it names no Organization")
}

/// AWS Organizations API Reference, `ListDelegatedServicesForAccount`, "Errors".
fn is_not_delegated(error: &Error) -> bool {
    let code = error.failed().map(|failed| failed.code.as_str());
    code == Some("AccountNotRegisteredException")
}

/// `State`, or the retired `Status` where there is none.
fn state(account: &Account) -> Option<String> {
    let status = || account.status().map(|status| status.as_str().to_owned());
    let state = account.state().map(|state| state.as_str().to_owned());
    state.or_else(status)
}

fn account_id(operation: &'static str, id: Option<&str>) -> Result<AccountId, Error> {
    id.unwrap_or_default()
        .parse()
        .map_err(|error: compliance::Error| Error::malformed(operation, error))
}

/// Lets the first calls follow at once and then so many a second: burst and rate of an API
/// (AWS Organizations, "Quotas and service limits", per account).
#[derive(Debug)]
struct Pacer {
    at_once: AtomicU32,
    pause: Duration,
}

impl Pacer {
    fn new(at_once: u32, a_second: u32) -> Self {
        Self {
            at_once: AtomicU32::new(at_once),
            pause: Duration::from_secs(1) / a_second,
        }
    }

    /// Waits after a call until the next may follow.
    async fn wait(&self) {
        let left = self
            .at_once
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(1)
            });
        if left.is_err() {
            tokio::time::sleep(self.pause).await;
        }
    }
}
