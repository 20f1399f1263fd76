//! How scopes were looked at: what their markers say, and who writes it.

use compliance::{AccountId, Coverage, CoverageStatus, Region, Run, Service};

use crate::attribute::text;
use crate::findings_table::FindingsTable;
use crate::scope_marker::{self, MARKERS, ScopeMarker};
use crate::tables::FINDINGS;
use crate::{Error, answer, finding_item};

/// A look is noted unless a newer run has looked.
const NOT_LOOKED_LATER: &str = "attribute_not_exists(looked_in) OR looked_in <= :run";

impl FindingsTable {
    /// How the scopes of an account were last looked at, by region and service: one query of some tens of items.
    ///
    /// # Errors
    ///
    /// `Query` failed, or an item is not what we write.
    pub async fn markers_of(&self, account: &AccountId) -> Result<Vec<ScopeMarker>, Error> {
        let mut pages = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("#partition = :partition AND begins_with(#sort, :prefix)")
            .expression_attribute_names("#partition", FINDINGS.key.partition)
            .expression_attribute_names("#sort", FINDINGS.key.sort)
            .expression_attribute_values(":partition", text(account.as_str()))
            .expression_attribute_values(":prefix", text(MARKERS))
            .into_paginator()
            .send();
        let mut markers = Vec::new();
        while let Some(page) = pages.next().await {
            for item in answer::stored("Query", &self.table, page)?.items() {
                markers.extend(scope_marker::parse(item)?);
            }
        }
        Ok(markers)
    }

    /// Notes in a scope's marker how it was looked at; false if a newer run has. Findings of a scope that
    /// was not seen completely are stale from the last complete look on.
    ///
    /// # Errors
    ///
    /// `UpdateItem` failed.
    pub async fn note_look(
        &self,
        run: &Run,
        account: &AccountId,
        (region, service): (Option<&Region>, Service),
        status: CoverageStatus,
    ) -> Result<bool, Error> {
        let look = "SET looked_in = :run, looked_at = :at, #status = :status";
        let complete = ", complete_in = :run, complete_at = :at";
        let complete = if status == CoverageStatus::Complete {
            complete
        } else {
            ""
        };
        let result = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(scope_marker::key(account, region, service)))
            .update_expression(format!("{look}{complete}"))
            .condition_expression(NOT_LOOKED_LATER)
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":run", text(run.id.as_str()))
            .expression_attribute_values(":at", text(finding_item::moment(run.started_at)))
            .expression_attribute_values(":status", text(status.as_str()))
            .send()
            .await;
        self.unless_refused(result)
    }

    /// Notes the looks at the scopes of coverage rows. Of a whole account that was not entered nobody knows which scopes
    /// it has: those that earlier runs saw are noted.
    ///
    /// # Errors
    ///
    /// `Query` or `UpdateItem` failed.
    pub async fn note_unseen(&self, run: &Run, row: &Coverage) -> Result<(), Error> {
        if let Some(service) = row.service {
            let scope = (row.region.as_ref(), service);
            self.note_look(run, &row.account, scope, row.status).await?;
            return Ok(());
        }
        for marker in self.markers_of(&row.account).await? {
            let scope = (marker.region.as_ref(), marker.service);
            self.note_look(run, &row.account, scope, row.status).await?;
        }
        Ok(())
    }
}
