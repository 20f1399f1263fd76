//! How fast we call: one token bucket per family of API operations, account and region.
//!
//! Throttling is charged to the account whose credentials are used, so a sweep that calls as fast
//! as AWS allows would throttle the account's own work. We take half.

use std::num::NonZeroU32;
use std::sync::Arc;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

/// Operations that AWS counts together, per account and region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// S3 bucket configuration reads. AWS publishes no limit; 100 per second is our own choice.
    S3Configuration,
    /// `DescribeKey`, `ListResourceTags`: 2,000 per second (KMS Developer Guide, "Request quotas").
    KmsDescribe,
    /// `GetKeyPolicy`, `GetKeyRotationStatus`: 1,000 per second (same).
    KmsPolicy,
    /// `ListKeys`, `ListAliases`: 500 per second (same).
    KmsList,
    /// `ListGrants`: 100 per second (same).
    KmsGrants,
    /// `ListKeyRotations`: 100 per second (same).
    KmsRotations,
    /// `GetKeyLastUsage`: 5 per second (same).
    KmsUsage,
    /// Paginated `Describe*` and `Get*` of EC2: bucket of 100, refilled by 20 per second
    /// (EC2 Developer Guide, "Request throttling for the Amazon EC2 API").
    Ec2Describe,
}

impl Family {
    /// Calls per second, and calls at once after a pause: half of AWS's refill and bucket.
    #[must_use]
    pub fn rate(self) -> (u32, u32) {
        match self {
            Self::S3Configuration => (100, 100),
            Self::KmsDescribe => (1_000, 1_000),
            Self::KmsPolicy => (500, 500),
            Self::KmsList => (250, 250),
            Self::KmsGrants | Self::KmsRotations => (50, 50),
            Self::KmsUsage => (2, 2),
            Self::Ec2Describe => (10, 50),
        }
    }
}

/// A token bucket; clones share it.
#[derive(Debug, Clone)]
pub struct Pace(Arc<DefaultDirectRateLimiter>);

impl Pace {
    /// A new, full bucket for a family.
    #[must_use]
    pub fn of(family: Family) -> Self {
        let (per_second, burst) = family.rate();
        Self::new(per_second, burst)
    }

    /// A new, full bucket: `per_second` calls, up to `burst` at once; 0 counts as 1.
    #[must_use]
    pub fn new(per_second: u32, burst: u32) -> Self {
        let at_least_one = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_second(at_least_one(per_second)).allow_burst(at_least_one(burst));
        Self(Arc::new(RateLimiter::direct(quota)))
    }

    /// Waits until the next call may be made.
    pub async fn wait(&self) {
        self.0.until_ready().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_share_one_bucket() {
        let pace = Pace::new(1, 2);
        let clone = pace.clone();
        assert!(pace.0.check().is_ok());
        assert!(clone.0.check().is_ok());
        assert!(pace.0.check().is_err());
    }

    #[tokio::test]
    async fn a_full_bucket_does_not_wait() {
        Pace::of(Family::Ec2Describe).wait().await;
    }

    #[test]
    fn no_family_takes_more_than_half_of_what_aws_publishes() {
        for (family, published) in [
            (Family::KmsDescribe, 2_000),
            (Family::KmsPolicy, 1_000),
            (Family::KmsList, 500),
            (Family::KmsGrants, 100),
            (Family::KmsRotations, 100),
            (Family::KmsUsage, 5),
            (Family::Ec2Describe, 20),
        ] {
            assert!(family.rate().0 * 2 <= published, "{family:?}");
        }
    }
}
