//! Custom policies: controls of the operator's own, in Rego, with the contract of ours. Whatever they are, they take
//! nothing else down.
//!
//! * The text is looked at before the parser sees it (`text`), and parsed, compiled and asked on a thread that can be
//!   left behind (`wall`), by the byte-code machine only, within [`Limits`].
//! * Each policy is compiled alone, with the libraries that it names. One that cannot be used is refused by name.
//! * A policy is given what it names in `reads` and nothing else, so that it cannot pass what was not read.

mod contract;
mod judge;
mod load;
mod policy;
mod tested;
mod text;
mod wall;

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use compliance::{ControlId, Service, Subject};

use crate::source::Source;
use crate::{Catalog, Parameters};

pub use load::MAX_FILES;
pub use tested::{TestOutcome, is_test, test};
pub use text::{MAX_BYTES, MAX_NESTING};

pub(crate) use judge::BROKEN_CUSTOM;
pub(crate) use policy::CustomPolicy;

/// A file of a folder of custom policies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomFile {
    /// Path relative to the folder, with `/` between its parts, such as `s3/team_is_known.rego`.
    pub path: String,
    /// The text, or why it cannot be read.
    pub text: Result<String, String>,
}

/// A custom policy, or a library of theirs, that is not used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RefusedPolicy {
    /// Path relative to the folder.
    pub path: String,
    /// The control that it declares, if it comes so far.
    pub control: Option<ControlId>,
    /// Why it is not used, in one line.
    pub reason: String,
}

impl RefusedPolicy {
    /// The service whose audit it would have judged; `None` for a library, or a folder that no subject has.
    #[must_use]
    pub fn service(&self) -> Option<Service> {
        let source = Source {
            path: &self.path,
            text: "",
        };
        source.subject().map(compliance::Subject::service)
    }
}

impl fmt::Display for RefusedPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            control,
            reason,
        } = self;
        write!(f, "custom policy `{path}` ")?;
        if let Some(control) = control {
            write!(f, "(control `{control}`) ")?;
        }
        write!(f, "is not used: {reason}")
    }
}

/// How much a custom policy may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Byte-code instructions per verdict.
    pub(crate) instructions: usize,
    /// Time per verdict; the engine looks at it between instructions.
    pub(crate) time: Duration,
    /// After which a thread that has not answered is left behind: one call of a builtin looks at no limit.
    pub(crate) patience: Duration,
    /// After which a file that is being parsed and compiled is left behind.
    pub(crate) load_patience: Duration,
    /// The part of a verdict's time that counts as overtime is what exceeds this.
    pub(crate) allowed: Duration,
    /// Overtime in all after which a policy is not asked again by this process: a function has 15 minutes for
    /// hundreds of resources.
    pub(crate) overtime: Duration,
}

impl Limits {
    /// The limits in force.
    pub(crate) const IN_FORCE: Self = Self {
        instructions: 5_000_000,
        time: Duration::from_secs(1),
        patience: Duration::from_secs(2),
        load_patience: Duration::from_secs(5),
        allowed: Duration::from_millis(50),
        overtime: Duration::from_secs(20),
    };
}

impl Catalog {
    /// The custom policies that are not used, and why.
    #[must_use]
    pub fn refused(&self) -> &[RefusedPolicy] {
        &self.refused
    }

    /// Whether every control of the environment is known: a custom policy that is refused may have declared one, and
    /// takes nothing else down.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.refused.is_empty()
    }

    /// The operator's own controls that an audit of a service asks about every resource, which leaves out those that join
    /// buckets with keys; sorted.
    #[must_use]
    pub fn custom_controls(
        &self,
        service: Service,
        parameters: &Parameters,
    ) -> BTreeSet<ControlId> {
        let policies = self.custom.iter().map(|custom| &custom.policy);
        policies
            .filter(|policy| policy.subject != Subject::BucketKey)
            .filter(|policy| policy.subject.service() == service)
            .map(|policy| policy.control.id.clone())
            .filter(|id| !parameters.disabled_controls.contains(id))
            .collect()
    }

    /// Whether a control is one of the operator's own.
    #[must_use]
    pub fn is_custom(&self, id: &ControlId) -> bool {
        self.custom
            .iter()
            .any(|custom| custom.policy.control.id == *id)
    }
}

#[cfg(test)]
#[path = "endless_test.rs"]
mod endless_test;
#[cfg(test)]
#[path = "hostile_test.rs"]
mod hostile_test;
#[cfg(test)]
#[path = "custom_test.rs"]
mod tests;
