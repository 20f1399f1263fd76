//! Which part of the bucket, access point or key a statement is about.

use std::collections::BTreeSet;

use super::document::Selection;
use super::pattern::{covers, has_wildcard};
use super::{Context, PolicyKind};

/// The resource patterns of an Allow; `NotResource` is read as everything.
pub(super) fn granted(resources: &Selection<String>) -> Vec<String> {
    match resources {
        Selection::Only(patterns) => patterns.clone(),
        Selection::AllBut(_) => vec!["*".to_owned()],
    }
}

/// Whether `patterns` hold everything that the policy's resource has: for a key the key, for a
/// bucket or an access point it and all of its objects.
pub(super) fn whole(patterns: &[String], context: &Context<'_>) -> bool {
    let includes = |place: &String| patterns.iter().any(|pattern| covers(pattern, place));
    places(patterns, context)
        .iter()
        .any(|places| places.iter().all(includes))
}

/// Whether `patterns` hold every object of the bucket or access point.
pub(super) fn all_objects(patterns: &[String], context: &Context<'_>) -> bool {
    let includes = |place: &String| patterns.iter().any(|pattern| covers(pattern, place));
    places(patterns, context)
        .iter()
        .any(|places| places.last().is_some_and(includes))
}

/// Whether `patterns` hold the bucket, access point or key itself.
pub(super) fn itself(patterns: &[String], context: &Context<'_>) -> bool {
    let includes = |place: &String| patterns.iter().any(|pattern| covers(pattern, place));
    places(patterns, context)
        .iter()
        .any(|places| places.first().is_some_and(includes))
}

/// Lists of places, each of which together is everything that the resource has; its objects
/// come last. The patterns tell what the resource is where the context does not.
///
/// S3 accepts only resources of the bucket that carries the policy, and in a key policy `*` is
/// the key that carries it ("Key policies in AWS KMS").
pub(super) fn places(patterns: &[String], context: &Context<'_>) -> Vec<Vec<String>> {
    let mut found = vec![vec!["*".to_owned()]];
    let kind = context.kind;
    if !context.resource_arn.is_empty() {
        found.push(parts(context.resource_arn, kind));
    } else if kind != PolicyKind::Kms {
        let everywhere = patterns.iter().filter(|some| every_bucket(some));
        found.extend(everywhere.map(|pattern| vec![pattern.clone()]));
        let bases: BTreeSet<&str> = patterns
            .iter()
            .filter_map(|some| base_of(some, kind))
            .collect();
        found.extend(bases.into_iter().map(|base| parts(base, kind)));
    }
    found
}

/// The resource itself, and its objects.
fn parts(base: &str, kind: PolicyKind) -> Vec<String> {
    let objects = match kind {
        PolicyKind::S3 => Some(format!("{base}/*")),
        PolicyKind::AccessPoint => Some(format!("{base}/object/*")),
        PolicyKind::Kms => None,
    };
    std::iter::once(base.to_owned()).chain(objects).collect()
}

/// Whether an ARN pattern names every bucket with its objects, such as `arn:aws:s3:::*`.
fn every_bucket(pattern: &str) -> bool {
    pattern
        .split_once(":::")
        .is_some_and(|(arn, name)| arn.starts_with("arn:") && arn.ends_with(":s3") && name == "*")
}

fn base_of(pattern: &str, kind: PolicyKind) -> Option<&str> {
    match kind {
        PolicyKind::S3 => bucket_of(pattern),
        PolicyKind::AccessPoint => access_point_of(pattern),
        PolicyKind::Kms => None,
    }
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

/// The ARN of the access point in the ARN of it or of its objects
/// (`arn:aws:s3:eu-west-1:111122223333:accesspoint/name/object/*`).
fn access_point_of(pattern: &str) -> Option<&str> {
    let (_, rest) = pattern.split_once(":accesspoint/")?;
    let name = rest.split('/').next().unwrap_or(rest);
    let base = pattern.get(..pattern.len() - rest.len() + name.len())?;
    (base.starts_with("arn:") && !has_wildcard(base) && !name.is_empty()).then_some(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd";
    fn is_whole_of(kind: PolicyKind, resource_arn: &str, patterns: &[&str]) -> bool {
        let patterns: Vec<String> = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
        let context = Context {
            resource_arn,
            ..Context::of_unknown(kind)
        };
        whole(&patterns, &context)
    }

    fn is_whole(patterns: &[&str]) -> bool {
        is_whole_of(PolicyKind::S3, "", patterns)
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
    fn a_bucket_that_is_known_is_no_other() {
        let own = "arn:aws:s3:::b";
        let is_whole = |patterns: &[&str]| is_whole_of(PolicyKind::S3, own, patterns);
        assert!(is_whole(&[own, "arn:aws:s3:::b/*"]));
        assert!(is_whole(&["arn:aws:s3:::*"]));
        assert!(!is_whole(&["arn:aws:s3:::c", "arn:aws:s3:::c/*"]));
    }

    #[test]
    fn an_access_point_with_its_objects_is_everything() {
        let own = "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap";
        let objects = "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/*";
        for known in ["", own] {
            let is_whole =
                |patterns: &[&str]| is_whole_of(PolicyKind::AccessPoint, known, patterns);
            assert!(is_whole(&[own, objects]));
            assert!(is_whole(&["*"]));
            assert!(!is_whole(&[own]));
            assert!(!is_whole(&[objects]));
            assert!(!is_whole(&[
                own,
                "arn:aws:s3:eu-west-1:111122223333:accesspoint/b/object/*"
            ]));
        }
    }

    #[test]
    fn a_key_is_everything_by_the_star_or_by_its_own_arn() {
        let is_whole = |known, pattern| is_whole_of(PolicyKind::Kms, known, &[pattern]);
        assert!(is_whole("", "*"));
        assert!(is_whole(KEY, "*"));
        assert!(is_whole(KEY, KEY));
        assert!(is_whole(KEY, "arn:aws:kms:eu-west-1:111122223333:key/*"));
        assert!(!is_whole("", KEY), "whose policy it is, is not known");
        assert!(!is_whole(
            KEY,
            "arn:aws:kms:eu-west-1:111122223333:key/other"
        ));
    }
}
