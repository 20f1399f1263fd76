//! The findings of one scope: compared slice by slice, told to Security Hub, written.

use std::sync::Arc;

use aws::{Accepts, Delta, ForeignKeys, Look, ScopeWriter};
use compliance::{Coverage, Finding, SuppressionRecord, Verdict, store_key};

use crate::Error;
use crate::accepted::accept;
use crate::account::Account;
use crate::completion::{Completion, Joining};
use crate::ledger::Tidings;
use crate::plan::Audited;
use crate::reading;
use crate::register;
use crate::resolvable::{judged, resolvable};
use crate::settings::SecurityHub;
use crate::survey::Survey;

/// Noted in the coverage of a scope that a newer run writes.
const SUPERSEDED: &str = "a newer run writes the findings of this scope";

/// A scope that was read, and what it says.
pub(crate) struct Scoped<'a> {
    pub(crate) audited: &'a Audited,
    pub(crate) survey: Survey,
    pub(crate) completion: Completion<'a>,
    /// For buckets that were joined with keys.
    pub(crate) joining: Option<Joining>,
    pub(crate) row: Coverage,
}

impl<'a> Scoped<'a> {
    /// A scope of which nothing can be said.
    pub(crate) fn unseen(audited: &'a Audited, row: Coverage) -> Self {
        Self {
            audited,
            survey: Survey::default(),
            completion: Completion::None,
            joining: None,
            row,
        }
    }
}

/// How far a scope came.
enum Reached {
    /// Its end.
    End,
    /// A newer run has begun to write it.
    Superseded,
    /// A part of its report that was there before cannot be used any more.
    Unusable(String),
}

impl Account<'_> {
    /// Writes a scope's findings, tells Security Hub what is new, and enters the scope into the ledger.
    pub(crate) async fn publish(&mut self, mut scoped: Scoped<'_>) -> Result<(), Error> {
        let scope = &scoped.audited.scope;
        let (stage, run) = (self.stage, self.run);
        let custom = scoped.survey.custom.notes(&stage.catalog, scope.service);
        scoped.row.notes.extend(custom);
        let look = self.look(&scoped);
        let mut tidings = Tidings::default();
        let reached = match stage.findings.begin(run, &scope.account, look).await? {
            Some(writer) => self.write(&writer, &mut scoped, &mut tidings).await?,
            None => Reached::Superseded,
        };
        let mut row = scoped.row;
        match reached {
            Reached::End => {
                let place = (scope.region.as_ref(), scope.service);
                stage
                    .findings
                    .note_look(run, &scope.account, place, row.status)
                    .await?;
            }
            Reached::Superseded => row.notes.push(SUPERSEDED.to_owned()),
            Reached::Unusable(reason) => row = scoped.audited.failed(reason),
        }
        self.ledger.enter(row, tidings);
        Ok(())
    }

    /// What the verdicts of a scope, and their absence, prove.
    fn look(&self, scoped: &Scoped<'_>) -> Look {
        let scope = &scoped.audited.scope;
        let catalog = &self.stage.catalog;
        let all_keys_read = scoped
            .joining
            .as_ref()
            .is_none_or(|joining| !joining.unread);
        let asked = scoped.survey.custom.asked();
        Look {
            service: scope.service,
            region: scope.region.clone(),
            resolvable: resolvable(
                catalog,
                &self.parameters,
                &scoped.row,
                all_keys_read,
                &asked,
            ),
            judged: judged(catalog, &self.parameters),
            examined: self.examined.clone(),
            unseen_buckets: self.unseen.clone(),
        }
    }

    async fn write(
        &mut self,
        writer: &ScopeWriter<'_>,
        scoped: &mut Scoped<'_>,
        tidings: &mut Tidings,
    ) -> Result<Reached, Error> {
        let (accepted, at) = (Arc::clone(&self.accepted), self.run.started_at);
        let note = |verdict: &Verdict| accepted.covering(verdict, at).map(SuppressionRecord::note);
        let accepts: Accepts<'_> = &note;
        let Scoped {
            audited,
            survey,
            completion,
            row,
            ..
        } = scoped;
        let mut steps = 0;
        for range in survey.ranges(&audited.scope) {
            let store = &self.stage.store;
            let slice = match reading::slice(store, audited, survey, completion, range).await? {
                Ok(slice) => slice,
                Err(reason) => return Ok(Reached::Unusable(reason)),
            };
            accept(row, &slice.verdicts, &accepted, at);
            let mut comparison = writer.compare(slice, accepts);
            while let Some(delta) = comparison.next().await? {
                if !self
                    .step(writer, audited, delta, &mut steps, tidings)
                    .await?
                {
                    return Ok(Reached::Superseded);
                }
            }
        }
        let joining = scoped.joining.take();
        let registered = match joining {
            Some(joining) => self.register(writer, joining.foreign).await?,
            None => true,
        };
        Ok(if registered {
            Reached::End
        } else {
            Reached::Superseded
        })
    }

    /// One step of a scope: told, then written; false if a newer run has begun to write the scope. A step that tells
    /// something makes sure first that it is still this run's to tell.
    async fn step(
        &mut self,
        writer: &ScopeWriter<'_>,
        audited: &Audited,
        mut delta: Delta,
        steps: &mut u32,
        tidings: &mut Tidings,
    ) -> Result<bool, Error> {
        if delta.news().next().is_some() {
            if *steps > 0 && !writer.is_ours().await? {
                return Ok(false);
            }
            *steps += 1;
            self.tell(audited, &mut delta, *steps, tidings).await?;
        }
        let written = writer.apply(delta).await?;
        let ours = written.is_some();
        tidings.written.extend(&written.unwrap_or_default());
        Ok(ours)
    }

    /// Tells Security Hub what is new before the table says so: a finding that was not taken is due again
    /// in the next run. What was refused one by one becomes a document of the run.
    async fn tell(
        &mut self,
        audited: &Audited,
        delta: &mut Delta,
        step: u32,
        tidings: &mut Tidings,
    ) -> Result<(), Error> {
        let (stage, run, scope) = (self.stage, self.run, &audited.scope);
        let news: Vec<&Finding> = delta.news().collect();
        let sent = self.hub.import(stage, run, &scope.account, &news).await;
        if stage.security_hub == SecurityHub::Off {
            return Ok(());
        }
        delta.imported(run, &sent.imported.refused);
        let letters = &sent.imported.dead_letters;
        if !letters.is_empty() {
            let region = scope.region.as_ref();
            let key =
                store_key::refused_findings(&run.id, &scope.account, scope.service, region, step);
            stage.store.put_json(&key, letters).await?;
        }
        tidings.add(sent);
        Ok(())
    }

    /// Writes down which buckets use keys of other accounts; false if a newer run has begun to write the scope.
    async fn register(&self, writer: &ScopeWriter<'_>, now: ForeignKeys) -> Result<bool, Error> {
        let findings = &self.stage.findings;
        let before = findings.foreign_keys_of(self.id).await?;
        let members = &self.parameters.organization_accounts;
        let after = register::after(&before, now, &self.unseen, &self.examined, members);
        Ok(writer.register(&before, &after).await?)
    }
}
