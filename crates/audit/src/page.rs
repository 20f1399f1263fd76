//! What a collector hands over: one page of observations of one scope.

use std::future::Future;

use compliance::{
    AccountId, Gap, KeyReference, Observation, Refusal, Region, RunId, Service, store_key,
};

/// Reads one scope, page by page.
pub trait Collector: Send + Sync {
    /// Reads the page that follows `after`, the `next` of the page before; the first page for `None`.
    ///
    /// # Errors
    ///
    /// If the listing without which nothing of the scope can be seen fails. A refused read of one
    /// fact is no error: it is named in the observation's `unknown`.
    fn collect(&self, after: Option<&str>)
    -> impl Future<Output = Result<Page, aws::Error>> + Send;
}

/// One page of a scope.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// What was read of each resource.
    pub observations: Vec<Observation>,
    /// What was not seen beyond the `unknown` of the observations, such as an optional listing.
    pub gaps: Vec<Gap>,
    /// Resources that vanished between being listed and being read.
    pub vanished: u64,
    /// KMS only: where each key reference of a bucket led.
    pub resolutions: Vec<KeyResolution>,
    /// Where to go on; `None` at the end of the scope.
    pub next: Option<String>,
}

/// Where a bucket's reference to a key led.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyResolution {
    /// The reference, with the buckets that use it.
    pub reference: KeyReference,
    /// What was found.
    pub outcome: Resolved,
}

/// The outcome of looking up a reference to a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// The ARN of a key of the audited account.
    Key(String),
    /// A key of another account: only what its ARN tells is known.
    Foreign {
        /// The key's (or alias's) ARN.
        arn: String,
        /// The account that owns it.
        account: AccountId,
    },
    /// There is no such key.
    Missing,
    /// The look-up was refused.
    Refused(Refusal),
}

/// The unit of one audit: account x region x service, in one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The run.
    pub run: RunId,
    /// The account.
    pub account: AccountId,
    /// The region; `None` for S3, whose scope is the account.
    pub region: Option<Region>,
    /// The service.
    pub service: Service,
}

impl Scope {
    /// Where part `part` of the scope's report lies in the run bucket.
    #[must_use]
    pub fn report_key(&self, part: u32) -> String {
        store_key::report(
            &self.run,
            &self.account,
            self.service,
            self.region.as_ref(),
            part,
        )
    }
}
