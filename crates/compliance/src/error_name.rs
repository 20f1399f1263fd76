//! The error names that Lambdas give and the state machine retries or catches. A test in `tests/` holds both sides equal.

use std::fmt;

/// Stable name of a failure, given to the Lambda runtime as `errorType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorName {
    /// The input is not what the function takes; nothing was written.
    InvalidRequest,
    /// No account is in scope; an empty sweep is never a success.
    NoAccounts,
    /// The audit role could not be assumed, or led to another account.
    AssumeRoleDenied,
    /// AWS refused an operation without which nothing of the scope can be seen.
    AccessDenied,
    /// AWS throttled us beyond the SDK's own retries. Retried.
    Throttled,
    /// AWS answered with a fault of its own, or not at all. Retried.
    ServiceFault,
    /// A policy of the catalogue is broken.
    PolicyBroken,
    /// The configuration of the environment is broken; nothing was judged.
    ConfigurationBroken,
    /// A document in the run bucket is missing or is not what we wrote.
    ReportUnreadable,
    /// Anything else: a defect of ours.
    Internal,
}

impl ErrorName {
    /// All names.
    pub const ALL: [Self; 10] = [
        Self::InvalidRequest,
        Self::NoAccounts,
        Self::AssumeRoleDenied,
        Self::AccessDenied,
        Self::Throttled,
        Self::ServiceFault,
        Self::PolicyBroken,
        Self::ConfigurationBroken,
        Self::ReportUnreadable,
        Self::Internal,
    ];

    /// The name as the state machine reads it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "InvalidRequest",
            Self::NoAccounts => "NoAccounts",
            Self::AssumeRoleDenied => "AssumeRoleDenied",
            Self::AccessDenied => "AccessDenied",
            Self::Throttled => "Throttled",
            Self::ServiceFault => "ServiceFault",
            Self::PolicyBroken => "PolicyBroken",
            Self::ConfigurationBroken => "ConfigurationBroken",
            Self::ReportUnreadable => "ReportUnreadable",
            Self::Internal => "Internal",
        }
    }

    /// Whether trying again may help: the state machine retries exactly these.
    #[must_use]
    pub fn is_retryable(self) -> bool {
        matches!(self, Self::Throttled | Self::ServiceFault)
    }
}

impl fmt::Display for ErrorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
