//! One account: its reports become findings and coverage.

use std::collections::BTreeSet;
use std::sync::Arc;

use audit::{KeyAudits, Scope};
use aws::security_hub::Imported;
use aws::{Delta, ScopeVerdicts, Written};
use compliance::payload::AccountState;
use compliance::{
    AccountId, Coverage, CoverageStatus, ErrorName, Finding, FindingChange, KeyFacts, Region, Run,
    Service, store_key,
};
use controls::Parameters;
use tracing::info;

use crate::Error;
use crate::collect::{Hub, Reading, Sent, read};
use crate::joined::join;
use crate::plan::{Audited, Plan, refusal};
use crate::resolvable::resolvable;
use crate::response::{AccountResponse, Changes, by_status};
use crate::settings::{SecurityHub, Stage};

/// Aggregates the account of a child execution, whatever became of its audits: one scope at a time, the buckets last,
/// because the join needs the keys. Repeating it changes nothing.
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
    let mut account = Account {
        stage,
        parameters: stage.parameters.of(&stage.store, &child.run.id).await?,
        run: &child.run,
        examined: child
            .scopes
            .iter()
            .flat_map(|scopes| scopes.regions.clone())
            .collect(),
        hub: Hub::Unopened,
        ledger: Ledger {
            rows: std::mem::take(&mut plan.rows),
            ..Ledger::default()
        },
    };
    let (buckets, regional): (Vec<Audited>, Vec<Audited>) = plan
        .audited
        .into_iter()
        .partition(|audited| audited.scope.service == Service::S3);
    let mut keys = Vec::new();
    for audited in &regional {
        match account.read(audited).await? {
            Some(mut reading) => {
                keys.append(&mut reading.keys);
                account.publish(audited, reading, true).await?;
            }
            None => note_unread_keys(&mut plan.key_audits, audited),
        }
    }
    for audited in &buckets {
        if let Some(mut reading) = account.read(audited).await? {
            let all_read = account.join(&mut reading, &keys, &plan.key_audits);
            account.publish(audited, reading, all_read).await?;
        }
    }
    for row in &mut account.ledger.rows {
        row.account_name.clone_from(&child.name);
    }
    account.close(&child.account).await
}

/// Tells the join that the report on a region's keys cannot be used.
fn note_unread_keys(audits: &mut KeyAudits, audited: &Audited) {
    if let (Service::Kms, Some(region)) = (audited.scope.service, &audited.scope.region) {
        let unreadable = refusal(ErrorName::ReportUnreadable.as_str());
        audits.insert(region.clone(), Err(unreadable));
    }
}

/// An account at work.
struct Account<'a> {
    stage: &'a Stage,
    parameters: Arc<Parameters>,
    run: &'a Run,
    /// The regions that were audited; findings elsewhere are left alone.
    examined: BTreeSet<Region>,
    hub: Hub,
    ledger: Ledger,
}

/// What has come together so far.
#[derive(Default)]
struct Ledger {
    rows: Vec<Coverage>,
    changes: Changes,
    imported: u64,
    refused: u64,
    /// The first failure of an import that another try may overcome.
    retryable: Option<aws::Error>,
}

impl Account<'_> {
    /// Reads a scope's reports; a part that cannot be used makes the scope failed.
    async fn read(&mut self, audited: &Audited) -> Result<Option<Reading>, Error> {
        match read(&self.stage.store, audited).await? {
            Ok(reading) => Ok(Some(reading)),
            Err(reason) => {
                let scope = &audited.scope;
                self.ledger.rows.push(Coverage::unseen(
                    scope.account.clone(),
                    scope.region.clone(),
                    Some(scope.service),
                    CoverageStatus::Failed,
                    reason,
                ));
                Ok(None)
            }
        }
    }

    /// Adds what buckets and keys say together; whether the key of every bucket was read.
    fn join(&self, reading: &mut Reading, keys: &[KeyFacts], audits: &KeyAudits) -> bool {
        let catalog = &self.stage.catalog;
        let joined = join(catalog, &self.parameters, &reading.uses, keys, audits);
        reading.tally.add_judged(&joined.judged);
        for gap in joined.gaps {
            reading.tally.add_gap(gap);
        }
        reading.verdicts.extend(joined.judged.verdicts);
        joined.all_read
    }

    /// Writes a scope's findings, imports what changed, and notes the scope in the ledger.
    async fn publish(
        &mut self,
        audited: &Audited,
        reading: Reading,
        all_keys_read: bool,
    ) -> Result<(), Error> {
        let Stage {
            catalog, findings, ..
        } = self.stage;
        let Audited { scope, .. } = audited;
        let mut row = reading.tally.into_row(audited);
        let scope_verdicts = ScopeVerdicts {
            service: scope.service,
            region: scope.region.clone(),
            verdicts: reading.verdicts,
            resolvable: resolvable(catalog, &self.parameters, &row, all_keys_read),
            examined: self.examined.clone(),
            resources: reading.resources,
        };
        let compared = findings
            .compare(self.run, &scope.account, &scope_verdicts)
            .await?;
        let Some(mut delta) = compared else {
            row.notes
                .push("a newer run has written the findings of this scope".to_owned());
            self.ledger.rows.push(row);
            return Ok(());
        };
        let sent = self.import(scope, &mut delta).await?;
        row.notes.extend(sent.imported.notes.iter().cloned());
        let written = findings.apply(delta).await?;
        self.ledger.add(row, &written, sent);
        Ok(())
    }

    /// Tells Security Hub what is new before the table says so: a finding that was not taken is due again
    /// in the next run. What was refused one by one becomes a document of the run.
    async fn import(&mut self, scope: &Scope, delta: &mut Delta) -> Result<Sent, Error> {
        let news: Vec<&Finding> = delta.news().collect();
        let sent = self
            .hub
            .import(self.stage, self.run, &scope.account, &news)
            .await;
        if self.stage.security_hub == SecurityHub::Off {
            return Ok(sent);
        }
        let Imported {
            refused,
            dead_letters,
            ..
        } = &sent.imported;
        delta.imported(self.run, refused);
        if !dead_letters.is_empty() {
            let key = store_key::refused_findings(
                &self.run.id,
                &scope.account,
                scope.service,
                scope.region.as_ref(),
            );
            self.stage.store.put_json(&key, dead_letters).await?;
        }
        Ok(sent)
    }

    /// Writes the coverage. Only then is an import that should be tried again told, so that the
    /// account is covered even if no try succeeds.
    async fn close(self, account: &AccountId) -> Result<AccountResponse, Error> {
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
                account: account.clone(),
                scopes: by_status(&rows),
                findings: changes,
                imported,
                refused,
            }),
        }
    }
}

impl Ledger {
    fn add(&mut self, row: Coverage, written: &Written, sent: Sent) {
        self.rows.push(row);
        self.changes.opened += written.count(FindingChange::Opened);
        self.changes.reopened += written.count(FindingChange::Reopened);
        self.changes.changed += written.count(FindingChange::Changed);
        self.changes.resolved += written.count(FindingChange::Resolved);
        self.changes.unchanged += written.unchanged;
        self.imported += sent.imported.imported;
        self.refused += sent.imported.refused.len() as u64;
        self.retryable = self.retryable.take().or(sent.retryable);
    }
}
