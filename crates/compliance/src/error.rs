//! The one error of this crate: a name or a document that does not have the form it must have.

/// A value that is not what its name says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An account id is exactly twelve digits.
    #[error("`{value}` is not an account id: expected twelve digits")]
    AccountId {
        /// What was given.
        value: String,
    },
    /// A region is lower-case words and a number, such as `eu-west-1`.
    #[error("`{value}` is not a region: expected a form such as `eu-west-1`")]
    Region {
        /// What was given.
        value: String,
    },
    /// A partition is `aws` or starts with `aws-`.
    #[error("`{value}` is not a partition: expected `aws` or a form such as `aws-us-gov`")]
    Partition {
        /// What was given.
        value: String,
    },
    /// A control id is a prefix and a number, such as `S3.8` or `SK-001`.
    #[error("`{value}` is not a control id: expected a form such as `S3.8` or `SK-001`")]
    ControlId {
        /// What was given.
        value: String,
    },
    /// A run id is the start time of the run and a suffix.
    #[error("`{value}` is not a run id: expected a form such as `20261120T140433000Z-1a2b3c4d`")]
    RunId {
        /// What was given.
        value: String,
    },
    /// A service is one of those that orgsweep audits.
    #[error("`{value}` is not a service: expected `s3`, `kms` or `sg`")]
    Service {
        /// What was given.
        value: String,
    },
    /// An organizational unit or root id, as AWS Organizations writes it.
    #[error(
        "`{value}` is not an organizational unit: expected a form such as `ou-ab12-cdefgh34` or `r-ab12`"
    )]
    OrganizationalUnit {
        /// What was given.
        value: String,
    },
    /// The id of a suppression.
    #[error("`{value}` is not the id of a suppression: expected 1 to 64 of `a-z`, `0-9` and `-`")]
    SuppressionId {
        /// What was given.
        value: String,
    },
    /// A pattern of a suppression.
    #[error("`{value}` is not a pattern: {problem}")]
    Pattern {
        /// What was given.
        value: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A day or a time of a suppression.
    #[error(
        "`{value}` is not a day or a time: expected a form such as `2027-05-31` or `2027-05-31T00:00:00Z`"
    )]
    Moment {
        /// What was given.
        value: String,
    },
    /// A suppression that breaks one of its rules.
    #[error("suppression `{id}`: {problem}")]
    Suppression {
        /// Its id.
        id: String,
        /// The rule that it breaks.
        problem: String,
    },
    /// More suppressions than a configuration may hold.
    #[error("{count} suppressions are too many: a configuration holds 200 at most")]
    TooManySuppressions {
        /// How many there are.
        count: usize,
    },
}
