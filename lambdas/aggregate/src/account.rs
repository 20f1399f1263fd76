//! One account: its reports become findings and coverage.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use audit::{KeyAudits, Scope};
use aws::{ForeignUse, UnseenBuckets};
use compliance::payload::AccountState;
use compliance::{
    AccountId, Coverage, CoverageStatus, ErrorName, Region, Run, Service, Suppressions,
};
use controls::Parameters;
use tracing::info;

use crate::Error;
use crate::completion::{Completion, Keys};
use crate::hub::Hub;
use crate::ledger::Ledger;
use crate::plan::{Audited, Plan, refusal};
use crate::publish::Scoped;
use crate::reading;
use crate::response::{AccountResponse, by_status};
use crate::settings::Stage;
use crate::survey::Survey;

/// Aggregates the account of a child execution, whatever became of its audits, one scope at a time. The buckets are
/// read first, because the findings of keys name them, and written last, because the join needs the keys.
/// Repeating it changes nothing.
///
/// # Errors
///
/// If the Organization of the run, a report, a table or Security Hub does not answer; another try may help. What Security Hub
/// refuses for good is a note in the coverage.
pub(crate) async fn aggregate(
    stage: &Stage,
    child: &AccountState,
) -> Result<AccountResponse, Error> {
    let mut plan = Plan::of(child);
    let parameters = stage.parameters.of(&stage.store, &child.run.id).await?;
    let mut account = Account {
        stage,
        parameters: Arc::clone(&parameters),
        accepted: Arc::new(stage.accepted().await?),
        run: &child.run,
        id: &child.account,
        examined: child
            .scopes
            .iter()
            .flat_map(|scopes| scopes.regions.clone())
            .collect(),
        unseen: UnseenBuckets {
            unlisted: true,
            ..UnseenBuckets::default()
        },
        hub: Hub::default(),
        ledger: Ledger::default(),
    };
    account.enter(std::mem::take(&mut plan.rows)).await?;
    let of_s3 = |audited: &&Audited| audited.scope.service == Service::S3;
    let buckets = plan.audited.iter().find(of_s3);
    let mut surveyed = None;
    if let Some(audited) = buckets {
        surveyed = account.survey(audited).await?;
        account.see_buckets(audited, surveyed.as_ref());
    }
    let uses = account.foreign_uses(&plan).await?;
    let mut keys = Vec::new();
    for audited in plan.audited.iter().filter(|audited| !of_s3(audited)) {
        match account.survey(audited).await? {
            Some(mut survey) => {
                keys.append(&mut survey.keys);
                account.publish_regional(audited, survey, &uses).await?;
            }
            None => note_unread_keys(&mut plan.key_audits, audited),
        }
    }
    if let (Some(audited), Some(survey)) = (buckets, surveyed) {
        let keys = Keys {
            judge: &stage.judge,
            catalog: &stage.catalog,
            parameters: &parameters,
            facts: &keys,
            audits: &plan.key_audits,
        };
        account.publish_buckets(audited, survey, keys).await?;
    }
    for row in &mut account.ledger.rows {
        row.account_name.clone_from(&child.name);
    }
    account.close().await
}

/// Tells the join that the report on a region's keys cannot be used.
fn note_unread_keys(audits: &mut KeyAudits, audited: &Audited) {
    if let (Service::Kms, Some(region)) = (audited.scope.service, &audited.scope.region) {
        let unreadable = refusal(ErrorName::ReportUnreadable.as_str());
        audits.insert(region.clone(), Err(unreadable));
    }
}

/// Buckets of other accounts, by the key that they use.
type Uses = BTreeMap<String, BTreeSet<ForeignUse>>;

/// An account at work.
pub(crate) struct Account<'a> {
    pub(crate) stage: &'a Stage,
    pub(crate) parameters: Arc<Parameters>,
    /// All suppressions.
    pub(crate) accepted: Arc<Suppressions>,
    pub(crate) run: &'a Run,
    pub(crate) id: &'a AccountId,
    /// The regions that were audited; findings elsewhere are left alone.
    pub(crate) examined: BTreeSet<Region>,
    /// The buckets of which it is not known which key they use.
    pub(crate) unseen: UnseenBuckets,
    pub(crate) hub: Hub,
    pub(crate) ledger: Ledger,
}

impl Account<'_> {
    /// Enters what was skipped or not seen. Of a scope that was not seen the stored findings stay, and become stale.
    async fn enter(&mut self, rows: Vec<Coverage>) -> Result<(), Error> {
        for row in rows {
            match row.service {
                Some(service) if row.status == CoverageStatus::Failed => {
                    let scope = Scope {
                        run: self.run.id.clone(),
                        account: self.id.clone(),
                        region: row.region.clone(),
                        service,
                    };
                    self.publish(Scoped::unseen(&Audited::nothing(scope), row))
                        .await?;
                }
                _ => {
                    if row.status == CoverageStatus::Failed {
                        self.stage.findings.note_unseen(self.run, &row).await?;
                    }
                    self.ledger.rows.push(row);
                }
            }
        }
        Ok(())
    }

    /// Reads a scope's report once; a part that cannot be used makes the scope failed.
    async fn survey(&mut self, audited: &Audited) -> Result<Option<Survey>, Error> {
        match reading::survey(&self.stage.store, audited).await? {
            Ok(survey) => Ok(Some(survey)),
            Err(reason) => {
                self.publish(Scoped::unseen(audited, audited.failed(reason)))
                    .await?;
                Ok(None)
            }
        }
    }

    /// Notes of which buckets it is known which key they use.
    fn see_buckets(&mut self, audited: &Audited, survey: Option<&Survey>) {
        if let Some(survey) = survey {
            self.unseen = survey.unseen.clone();
            self.unseen.unlisted |= audited.ended.is_some();
        }
    }

    /// The buckets of the Organization's other accounts that use this account's keys; not asked for without keys.
    async fn foreign_uses(&self, plan: &Plan) -> Result<Uses, Error> {
        if plan.key_audits.is_empty() {
            return Ok(Uses::new());
        }
        let mut uses = self.stage.findings.foreign_uses_of(self.id).await?;
        let members = &self.parameters.organization_accounts;
        for buckets in uses.values_mut() {
            buckets.retain(|it| members.contains(&it.account));
        }
        Ok(uses)
    }

    /// Publishes the keys or the security groups of a region.
    async fn publish_regional(
        &mut self,
        audited: &Audited,
        mut survey: Survey,
        uses: &Uses,
    ) -> Result<(), Error> {
        let row = std::mem::take(&mut survey.tally).into_row(audited);
        let completion = match audited.scope.service {
            Service::Kms => Completion::Uses(uses),
            Service::S3 | Service::Sg => Completion::None,
        };
        let scoped = Scoped {
            audited,
            survey,
            completion,
            joining: None,
            row,
        };
        self.publish(scoped).await
    }

    /// Joins the buckets with the keys and publishes them.
    async fn publish_buckets(
        &mut self,
        audited: &Audited,
        mut survey: Survey,
        keys: Keys<'_>,
    ) -> Result<(), Error> {
        let store = &self.stage.store;
        let joining = match reading::join(store, audited, &mut survey, &keys).await? {
            Ok(joining) => joining,
            Err(reason) => {
                return self
                    .publish(Scoped::unseen(audited, audited.failed(reason)))
                    .await;
            }
        };
        let row = std::mem::take(&mut survey.tally).into_row(audited);
        let scoped = Scoped {
            audited,
            survey,
            completion: Completion::Keys(keys),
            joining: Some(joining),
            row,
        };
        self.publish(scoped).await
    }

    /// Writes the coverage. Only then is an import that should be tried again told, so that the
    /// account is covered even if no try succeeds.
    async fn close(self) -> Result<AccountResponse, Error> {
        let Ledger {
            rows,
            changes,
            imported,
            refused,
            retryable,
        } = self.ledger;
        self.stage.runs.put_coverage(self.run, &rows).await?;
        info!(rows = rows.len(), imported, refused, "aggregated");
        match retryable {
            Some(error) => Err(error.into()),
            None => Ok(AccountResponse {
                account: self.id.clone(),
                scopes: by_status(&rows),
                findings: changes,
                imported,
                refused,
            }),
        }
    }
}
