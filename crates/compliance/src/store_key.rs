//! Where things lie in the run bucket. All keys of a run start with `runs/<run>/`; what outlives runs starts with `runs/latest/`.

use crate::{AccountId, Region, RunId, Service};

/// The accounts in scope: the Map's `ItemReader` object, a JSON array of `{"account": "<id>"}`.
#[must_use]
pub fn accounts(run: &RunId) -> String {
    format!("runs/{run}/accounts.json")
}

/// The accounts left out, each with its reason: a JSON array of coverage rows.
#[must_use]
pub fn skipped_accounts(run: &RunId) -> String {
    format!("runs/{run}/skipped-accounts.json")
}

/// The Organization: its id and all its accounts.
#[must_use]
pub fn organization(run: &RunId) -> String {
    format!("runs/{run}/organization.json")
}

/// What may be asked about on demand. The one document that no run owns: each run replaces it.
#[must_use]
pub fn admitted() -> String {
    "runs/latest/scope.json".to_owned()
}

/// One part of the report of a scope.
#[must_use]
pub fn report(
    run: &RunId,
    account: &AccountId,
    service: Service,
    region: Option<&Region>,
    part: u32,
) -> String {
    let region = region.map_or("global", Region::as_str);
    format!("runs/{run}/accounts/{account}/{service}/{region}/part-{part:05}.json")
}

/// The key references of one part of the S3 report.
#[must_use]
pub fn key_references(run: &RunId, account: &AccountId, part: u32) -> String {
    format!("runs/{run}/accounts/{account}/key-references/part-{part:05}.json")
}

/// Findings of a scope that Security Hub refused, each with the error code: the dead letters of one step of the import,
/// which are counted from 1.
#[must_use]
pub fn refused_findings(
    run: &RunId,
    account: &AccountId,
    service: Service,
    region: Option<&Region>,
    step: u32,
) -> String {
    let region = region.map_or("global", Region::as_str);
    format!("runs/{run}/accounts/{account}/{service}/{region}/refused-findings/step-{step:05}.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_scope_lie_side_by_side_in_order() {
        let run = "20261120T140433000Z-1a2b3c4d".parse().unwrap();
        let account = "111122223333".parse().unwrap();
        let region = "eu-west-1".parse().unwrap();
        assert_eq!(
            report(&run, &account, Service::Kms, Some(&region), 7),
            "runs/20261120T140433000Z-1a2b3c4d/accounts/111122223333/kms/eu-west-1/part-00007.json"
        );
        assert!(
            report(&run, &account, Service::S3, None, 0).ends_with("/s3/global/part-00000.json")
        );
    }
}
