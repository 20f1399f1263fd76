//! How a run looked at a scope. Pure.

use std::collections::BTreeSet;

use compliance::{ControlId, Region, Service};

/// How a run looked at a scope: what its verdicts, and their absence, prove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The service.
    pub service: Service,
    /// The region; `None` for S3, whose scope is the account.
    pub region: Option<Region>,
    /// Controls for which the whole scope was examined in this run: a stored finding of one of them that is not
    /// among the verdicts is resolved. Empty for a scope that is not complete: absence then proves nothing.
    pub resolvable: BTreeSet<ControlId>,
    /// Controls that are judged at all: a stored finding of another one, disabled or retired, stays as it is, and
    /// nobody is reminded of it.
    pub judged: BTreeSet<ControlId>,
    /// Regions that were examined: a stored finding in another one stays as it is.
    pub examined: BTreeSet<Region>,
    /// Buckets of which the run does not know which key they use: the finding of a key keeps them.
    pub unseen_buckets: UnseenBuckets,
}

/// Buckets of which a run does not know which key they use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnseenBuckets {
    /// Buckets may exist that the run has not listed: every one that is known from before may still be there.
    pub unlisted: bool,
    /// ARNs of buckets that were listed and whose encryption was not read.
    pub unread: BTreeSet<String>,
}

impl UnseenBuckets {
    /// Whether the bucket may still use the key that it was known to use.
    #[must_use]
    pub fn may_hold(&self, bucket: &str) -> bool {
        self.unlisted || self.unread.contains(bucket)
    }
}
