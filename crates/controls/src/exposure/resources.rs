//! Which part of the bucket or key a statement is about.

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
    if includes("*") {
        return true;
    }
    kind == PolicyKind::S3
        && patterns
            .iter()
            .filter_map(|pattern| bucket_of(pattern))
            .any(|bucket| includes(bucket) && includes(&format!("{bucket}/*")))
}

/// Whether a Deny of `denied` reaches everything that `resource` of an Allow names.
pub(super) fn denies(denied: &[String], resource: &str, kind: PolicyKind) -> bool {
    whole(denied, kind) || denied.iter().any(|pattern| covers(pattern, resource))
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
        assert!(!is_whole(&["arn:aws:s3:::b/*"]));
        assert!(!is_whole(&["arn:aws:s3:::b"]));
        assert!(!is_whole(&["arn:aws:s3:::b", "arn:aws:s3:::b/logs/*"]));
        assert!(!is_whole(&["arn:aws:s3:::b", "arn:aws:s3:::other/*"]));
    }

    #[test]
    fn a_deny_of_a_prefix_reaches_only_the_prefix() {
        let denied = ["arn:aws:s3:::b/logs/*".to_owned()];
        assert!(denies(
            &denied,
            "arn:aws:s3:::b/logs/2026/*",
            PolicyKind::S3
        ));
        assert!(!denies(&denied, "arn:aws:s3:::b/*", PolicyKind::S3));
    }
}
