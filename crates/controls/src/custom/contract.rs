//! What a custom policy must keep to beside the form that the engine demands.

use super::Source;
use crate::Catalog;
use crate::catalog::Policy;
use crate::error::Error;
use crate::source::EMBEDDED;

/// The path of an embedded file is its own.
pub(super) fn refuse_taken(source: Source<'_>) -> Result<(), Error> {
    let taken = EMBEDDED.iter().any(|ours| ours.path == source.path);
    let path = source.path.to_owned();
    if taken {
        Err(Error::Taken { path })
    } else {
        Ok(())
    }
}

/// A control has one policy.
pub(super) fn refuse_duplicate(catalog: &Catalog, policy: &Policy) -> Result<(), Error> {
    let ours = catalog.policies.iter();
    let custom = catalog.custom.iter().map(|custom| &custom.policy);
    match ours
        .chain(custom)
        .find(|other| other.control.id == policy.control.id)
    {
        None => Ok(()),
        Some(first) => Err(Error::Duplicate {
            control: policy.control.id.clone(),
            first: first.package.clone(),
            second: policy.package.clone(),
        }),
    }
}

/// What findings cannot carry: the lengths are those of the AWS Security Finding Format (`Title`, `Description`,
/// `Remediation.Recommendation`).
pub(super) fn refuse_words(policy: &Policy) -> Result<(), Error> {
    let control = &policy.control;
    let within = |text: &str, longest: usize| (1..=longest).contains(&text.chars().count());
    let expected = if !within(&control.title, 256) {
        "a title of 1 to 256 characters"
    } else if !within(&control.rationale, 1024) {
        "a rationale of 1 to 1024 characters"
    } else if !within(&control.remediation.text, 512) {
        "a remediation text of 1 to 512 characters"
    } else if !control.remediation.url.starts_with("https://") {
        "a remediation url that begins with https://"
    } else {
        return Ok(());
    };
    Err(Error::Words {
        control: control.id.clone(),
        expected,
    })
}
