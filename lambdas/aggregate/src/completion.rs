//! What comes to the report of a scope from elsewhere: the join of buckets and keys, and the buckets of other accounts
//! that use a key.

use std::collections::{BTreeMap, BTreeSet};

use audit::{Arn, Judge, KeyAudits};
use aws::{ForeignKey, ForeignKeys, ForeignUse};
use compliance::{AccountId, KeyFacts, KeyUse, Report};
use controls::{Catalog, Parameters};

use crate::joined::join;
use crate::survey::Survey;

/// What completes a report.
#[derive(Debug)]
pub(crate) enum Completion<'a> {
    /// Nothing.
    None,
    /// For keys: the buckets of other accounts that use them, by the ARN of the key.
    Uses(&'a BTreeMap<String, BTreeSet<ForeignUse>>),
    /// For buckets: the keys.
    Keys(Keys<'a>),
}

/// What buckets are joined with.
#[derive(Debug)]
pub(crate) struct Keys<'a> {
    pub(crate) judge: &'a Judge,
    pub(crate) catalog: &'a Catalog,
    pub(crate) parameters: &'a Parameters,
    pub(crate) facts: &'a [KeyFacts],
    pub(crate) audits: &'a KeyAudits,
}

impl Completion<'_> {
    /// Completes a part of a report. A part that is complete stays as it is.
    pub(crate) async fn complete(&self, report: &mut Report) {
        match self {
            Self::None => {}
            Self::Uses(uses) => add_uses(report, uses),
            Self::Keys(keys) => {
                let key_uses = std::mem::take(&mut report.key_uses);
                let joined = keys.join(&key_uses).await;
                report.verdicts.extend(joined.judged.verdicts);
            }
        }
    }
}

impl Keys<'_> {
    async fn join(&self, key_uses: &[KeyUse]) -> crate::joined::Joined {
        join(
            self.judge,
            self.catalog,
            self.parameters,
            key_uses,
            self.facts,
            self.audits,
        )
        .await
    }
}

/// What the buckets of an account say of keys.
#[derive(Debug, Default)]
pub(crate) struct Joining {
    /// Whether the key of some bucket was not read.
    pub(crate) unread: bool,
    /// The buckets that use a key of another account, and which.
    pub(crate) foreign: ForeignKeys,
}

impl Joining {
    /// Counts what a part of the buckets' report says together with the keys, and completes it.
    pub(crate) async fn add(&mut self, survey: &mut Survey, keys: &Keys<'_>, report: &mut Report) {
        let key_uses = std::mem::take(&mut report.key_uses);
        self.foreign.extend(key_uses.iter().filter_map(foreign_key));
        let joined = keys.join(&key_uses).await;
        self.unread |= !joined.all_read;
        survey.tally.add_judged(&joined.judged);
        for gap in joined.gaps {
            survey.tally.add_gap(gap);
        }
        survey.sample(&joined.judged.verdicts);
        report.verdicts.extend(joined.judged.verdicts);
    }
}

/// The key of another account that a bucket uses. Only a key's ARN leads there: S3 looks an id or an alias up in the
/// bucket's own account (S3 API, `ServerSideEncryptionByDefault.KMSMasterKeyID`).
fn foreign_key(key_use: &KeyUse) -> Option<(String, ForeignKey)> {
    let reference = key_use.reference.as_ref()?;
    let arn = Arn::parse(reference).filter(Arn::is_key)?;
    let account: AccountId = arn.account.filter(|owner| *owner != key_use.account)?;
    let key = ForeignKey {
        arn: reference.clone(),
        region: arn.region?,
        account,
    };
    Some((key_use.bucket.clone(), key))
}

/// Adds the buckets of other accounts to the verdicts on keys.
fn add_uses(report: &mut Report, uses: &BTreeMap<String, BTreeSet<ForeignUse>>) {
    for verdict in &mut report.verdicts {
        if let Some(uses) = uses.get(&verdict.resource) {
            let foreign = uses.iter().map(|it| it.bucket.clone());
            let all: BTreeSet<String> = verdict.buckets.drain(..).chain(foreign).collect();
            verdict.buckets = all.into_iter().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn key_use(reference: &str) -> KeyUse {
        serde_json::from_value(
            json!({"bucket": "arn:aws:s3:::lake", "account": "111122223333",
            "region": "eu-west-1", "reference": reference, "algorithm": "aws:kms"}),
        )
        .unwrap()
    }

    #[test]
    fn only_the_arn_of_another_accounts_key_is_foreign() {
        let foreign = |reference| foreign_key(&key_use(reference)).map(|(_, key)| key.account);
        let theirs = "arn:aws:kms:eu-west-1:444455556666:key/k";
        assert_eq!(foreign(theirs), Some("444455556666".parse().unwrap()));
        for own in [
            "arn:aws:kms:eu-west-1:111122223333:key/k",
            "arn:aws:kms:eu-west-1:444455556666:alias/app",
            "alias/app",
            "0a1b",
        ] {
            assert_eq!(foreign(own), None, "{own}");
        }
    }

    #[tokio::test]
    async fn a_key_lists_the_buckets_of_other_accounts_with_its_own() {
        let key = "arn:aws:kms:eu-west-1:444455556666:key/k";
        let mut report: Report = serde_json::from_value(json!({
            "run": "20261120T140433000Z-1a2b3c4d", "account": "444455556666", "region": "eu-west-1",
            "service": "kms", "part": 0, "resources": [key], "vanished": 0, "passed": {}, "gaps": [],
            "verdicts": [{"control": "KMS.4", "resource": key, "resource_type": "AwsKmsKey",
                "account": "444455556666", "region": "eu-west-1", "status": "FAILED",
                "severity": "MEDIUM", "reason": "rotation is off", "buckets": ["arn:aws:s3:::own"]}],
        }))
        .unwrap();
        let lake = ForeignUse {
            bucket: "arn:aws:s3:::lake".to_owned(),
            account: "111122223333".parse().unwrap(),
        };
        let uses = BTreeMap::from([(key.to_owned(), BTreeSet::from([lake]))]);
        for _ in 0..2 {
            Completion::Uses(&uses).complete(&mut report).await;
            assert_eq!(
                report.verdicts[0].buckets,
                ["arn:aws:s3:::lake", "arn:aws:s3:::own"]
            );
        }
    }
}
