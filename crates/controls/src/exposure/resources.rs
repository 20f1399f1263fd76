//! Which part of the bucket or key a statement is about.

use std::collections::BTreeSet;

use super::PolicyKind;
use super::document::Selection;
use super::pattern::{covers, has_wildcard};

/// The resource patterns of an Allow; `NotResource` is read as everything.
pub(super) fn granted(resources: &Selection<String>) -> Vec<String> {
    match resources {
        Selection::Only(patterns) => patterns.clone(),
        Selection::AllBut(_) => vec!["*".to_owned()],
    }
}

/// Whether `patterns` hold everything that the policy's resource has: for a key the key, for a
/// bucket the bucket and all of its objects.
///
/// S3 accepts only resources of the bucket that carries the policy, so a bucket together with
/// its objects is everything.
pub(super) fn whole(patterns: &[String], kind: PolicyKind) -> bool {
    let includes = |resource: &str| patterns.iter().any(|pattern| covers(pattern, resource));
    if includes("*") || kind == PolicyKind::S3 && patterns.iter().any(|some| every_bucket(some)) {
        return true;
    }
    let buckets: BTreeSet<&str> = patterns.iter().filter_map(|some| bucket_of(some)).collect();
    let complete = |bucket: &&str| includes(bucket) && includes(&format!("{bucket}/*"));
    kind == PolicyKind::S3 && buckets.iter().any(complete)
}

/// Whether an ARN pattern names every bucket with its objects, such as `arn:aws:s3:::*`.
fn every_bucket(pattern: &str) -> bool {
    pattern
        .split_once(":::")
        .is_some_and(|(arn, name)| arn.starts_with("arn:") && arn.ends_with(":s3") && name == "*")
}

/// The ARN of the bucket in a bucket or object ARN pattern.
fn bucket_of(pattern: &str) -> Option<&str> {
    let (arn, rest) = pattern.split_once(":::")?;
    if !arn.starts_with("arn:") || !arn.ends_with(":s3") {
        return None;
    }
    let name = rest.split('/').next().unwrap_or(rest);
    let name = name.trim_end_matches('*');
    if name.is_empty() || has_wildcard(name) {
        return None;
    }
    pattern.get(..arn.len() + 3 + name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_whole(patterns: &[&str]) -> bool {
        let patterns: Vec<String> = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
        whole(&patterns, PolicyKind::S3)
    }

    #[test]
    fn a_bucket_with_its_objects_is_everything() {
        assert!(is_whole(&["arn:aws:s3:::b", "arn:aws:s3:::b/*"]));
        assert!(is_whole(&["arn:aws-cn:s3:::b*"]));
        assert!(is_whole(&["*"]));
        assert!(is_whole(&["arn:aws:s3:::*"]));
        assert!(!is_whole(&["arn:aws:s3:::*/*"]));
        assert!(!is_whole(&["arn:aws:s3:::b/*"]));
        assert!(!is_whole(&["arn:aws:s3:::b"]));
        assert!(!is_whole(&["arn:aws:s3:::b", "arn:aws:s3:::b/logs/*"]));
        assert!(!is_whole(&["arn:aws:s3:::b", "arn:aws:s3:::other/*"]));
    }

    #[test]
    fn only_everything_is_a_whole_key() {
        let arn = "arn:aws:kms:eu-west-1:111122223333:key/*".to_owned();
        assert!(whole(&["*".to_owned()], PolicyKind::Kms));
        assert!(!whole(&[arn], PolicyKind::Kms));
    }
}
