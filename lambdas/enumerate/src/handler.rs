//! The order of steps of each task.

use std::num::NonZeroU32;

use audit::{Deadline, auditor, config_dir};
use aws::{AuditRole, MemberAccount, RunStore, settings};
use aws_config::SdkConfig;
use compliance::payload::{
    AccountList, AccountsResponse, EnumerateRequest, Execution, ScopesResponse, Wanted,
};
use compliance::sweep::{Filter, Sweep};
use compliance::{AccountId, Admitted, Members, Region, Run, Service};
use serde::Serialize;

use crate::Error;
use crate::accounts::Accounts;
use crate::collect::{self, Asked};
use crate::scopes::Regions;

/// Accounts swept at a time unless `ACCOUNT_CONCURRENCY` says otherwise: each has up to a few dozen
/// functions at work, and an account runs 1,000 at a time by default (AWS Lambda, "Quotas").
const CONCURRENCY: u32 = 25;

/// The function: its configuration and the clients' base.
#[derive(Debug)]
pub struct Function {
    /// Where the accounts are listed.
    pub store: RunStore,
    /// The role that every account has.
    pub role: AuditRole,
    /// Accounts swept at a time.
    pub concurrency: u32,
    /// The scope of the environment: what may be asked about on demand.
    pub scope: Sweep,
    /// Credentials, region, retries.
    pub base: SdkConfig,
}

/// What either task answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum EnumerateResponse {
    /// Of `accounts`.
    Accounts(AccountsResponse),
    /// Of `scopes`.
    Scopes(ScopesResponse),
}

impl Function {
    /// Reads `RUN_BUCKET`, `AUDIT_ROLE_NAME`, and if set `EXTERNAL_ID_SECRET`, `ACCOUNT_CONCURRENCY` and `CONFIG_DIR`.
    ///
    /// # Errors
    ///
    /// A variable is missing or cannot be used, or the scope of the environment is broken; it is named.
    pub async fn from_environment() -> Result<Self, Error> {
        let bucket: String = settings::required("RUN_BUCKET")?;
        let concurrency: Option<NonZeroU32> = settings::optional("ACCOUNT_CONCURRENCY")?;
        let scope = config_dir::scope(&config_dir::folder()?)?;
        let base = aws::base_config().await;
        let role = auditor::role(&base).await?;
        Ok(Self {
            store: RunStore::new(&base, bucket),
            role,
            concurrency: concurrency.map_or(CONCURRENCY, NonZeroU32::get),
            scope,
            base,
        })
    }

    /// Answers a request.
    ///
    /// # Errors
    ///
    /// See [`Error`]; nothing was written unless writing itself failed.
    pub async fn handle(
        &self,
        request: EnumerateRequest,
        _deadline: Deadline,
    ) -> Result<EnumerateResponse, Error> {
        match request {
            EnumerateRequest::Accounts { execution, sweep } => {
                let response = self.accounts(&execution, sweep).await?;
                Ok(EnumerateResponse::Accounts(response))
            }
            EnumerateRequest::Scopes {
                run,
                account,
                regions,
                services,
            } => {
                let response = self.scopes(&run, &account, &regions, &services).await?;
                Ok(EnumerateResponse::Scopes(response))
            }
        }
    }

    /// Lists the accounts in scope and writes them to the run bucket, beside the Organization itself.
    async fn accounts(
        &self,
        execution: &Execution,
        sweep: Sweep,
    ) -> Result<AccountsResponse, Error> {
        let run = Run::of_execution(&execution.id, execution.started_at);
        let asked = Asked::new(&self.base).await?;
        let listed = asked.accounts().await?;
        let count = listed.len();
        let members = Members {
            organization_id: asked.organization_id().await?,
            accounts: listed.iter().map(|account| account.id.clone()).collect(),
        };
        let accounts = in_scope(&asked, &sweep, listed.clone()).await?;
        if accounts.in_scope.is_empty() {
            return Err(Error::NoAccounts { listed: count });
        }
        let key = collect::write(&self.store, &run, &members, &accounts).await?;
        let admitted = if accounts_of(&sweep) == accounts_of(&self.scope) {
            accounts.in_scope.clone()
        } else {
            in_scope(&asked, &self.scope, listed).await?.in_scope
        };
        self.admit(members, admitted).await?;
        let (in_scope, skipped) = (accounts.in_scope.len(), accounts.skipped.len());
        tracing::info!(run.id = %run.id, in_scope, skipped, "listed the accounts");
        Ok(AccountsResponse {
            accounts: AccountList {
                bucket: self.store.bucket().to_owned(),
                key,
                count: number(in_scope),
                skipped: number(skipped),
            },
            services: sweep.services(),
            regions: sweep.regions,
            concurrency: self.concurrency,
            run,
        })
    }

    /// Writes what may be asked about on demand until the next run.
    async fn admit(&self, organization: Members, accounts: Vec<AccountId>) -> Result<(), Error> {
        let admitted = Admitted {
            organization,
            accounts: accounts.into_iter().collect(),
            regions: self.scope.regions.clone(),
            services: self.scope.services().into_iter().collect(),
        };
        Ok(collect::admit(&self.store, &admitted).await?)
    }

    /// Enters an account and tells which of its regions are audited.
    async fn scopes(
        &self,
        run: &Run,
        account: &AccountId,
        filter: &Filter<Region>,
        services: &[Service],
    ) -> Result<ScopesResponse, Error> {
        let (partition, regions) = collect::regions(&self.base, &self.role, account, run).await?;
        let regions = Regions::sorted(account, filter, regions)?;
        let (wanted, skipped) = (regions.wanted.len(), regions.skipped.len());
        tracing::info!(wanted, skipped, "listed the regions");
        Ok(ScopesResponse {
            partition,
            regions: regions.wanted,
            skipped_regions: regions.skipped,
            audit: Wanted::of(services),
        })
    }
}

/// The accounts that a filter leaves in scope, and why it leaves out the others.
async fn in_scope(
    asked: &Asked,
    sweep: &Sweep,
    listed: Vec<MemberAccount>,
) -> Result<Accounts, Error> {
    let units = asked.units(sweep).await?;
    let accounts = Accounts::before_tags(sweep, listed, &units)?;
    let tags = asked.tags(sweep, &accounts.in_scope).await?;
    Ok(accounts.after_tags(&sweep.account_tags, &tags))
}

/// The part of an input that decides on accounts.
fn accounts_of(sweep: &Sweep) -> impl PartialEq {
    (
        &sweep.accounts,
        &sweep.organizational_units,
        &sweep.account_tags,
    )
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
