//! Which actions a statement is about, and the classes of actions that controls ask for.
//!
//! Names of actions are compared in any letter case (IAM User Guide, "IAM JSON policy elements:
//! Action": the prefix and the action name are case insensitive).

use super::PolicyKind;
use super::document::Selection;
use super::pattern::{covers, overlaps};

/// Actions that read the bucket or its objects. AWS's earlier definition of public listed
/// `s3:Get*` and `s3:List*` as the actions that expose data to reads.
pub(super) const S3_READ: &[&str] = &["s3:get*", "s3:list*"];

/// Actions that read objects or settings.
pub(super) const S3_GET: &[&str] = &["s3:get*"];

/// Actions that list what a bucket holds.
pub(super) const S3_LIST: &[&str] = &["s3:list*"];

/// Actions that change the bucket, its objects or who may use them. The first five are the
/// writing ones of AWS's earlier definition of public; the rest came later.
pub(super) const S3_WRITE: &[&str] = &[
    "s3:put*",
    "s3:delete*",
    "s3:abortmultipartupload",
    "s3:restoreobject",
    "s3:replicate*",
    "s3:create*",
    "s3:update*",
    "s3:bypassgovernanceretention",
    "s3:initiatereplication",
    "s3:objectowneroverridetobucketowner",
    "s3:pausereplication",
    "s3:submitmultiregionaccesspointroutes",
    "s3:tagresource",
    "s3:untagresource",
];

/// What control S3.6 of Security Hub refuses to other accounts (`blacklistedActionPatterns`).
pub(super) const S3_SENSITIVE: &[&str] = &[
    "s3:DeleteBucketPolicy",
    "s3:PutBucketAcl",
    "s3:PutBucketPolicy",
    "s3:PutEncryptionConfiguration",
    "s3:PutObjectAcl",
];

/// All actions of the service whose resource carries the policy. A wider pattern in the policy
/// means no more than this, because the resource knows no other actions.
fn everything(kind: PolicyKind) -> &'static str {
    match kind {
        PolicyKind::S3 | PolicyKind::AccessPoint => "s3:*",
        PolicyKind::Kms => "kms:*",
    }
}

fn normalised(pattern: &str, kind: PolicyKind) -> String {
    let lower = pattern.to_ascii_lowercase();
    if covers(&lower, everything(kind)) {
        everything(kind).to_owned()
    } else {
        lower
    }
}

/// The action patterns that an Allow grants, as written; `NotAction` grants everything.
pub(super) fn granted(actions: &Selection<String>, kind: PolicyKind) -> Vec<String> {
    match actions {
        Selection::Only(patterns) => patterns.clone(),
        Selection::AllBut(_) => vec![everything(kind).to_owned()],
    }
}

/// The patterns of an Allow that grant at least one action of the class `class`.
pub(super) fn granted_of(
    actions: &Selection<String>,
    class: &str,
    kind: PolicyKind,
) -> Vec<String> {
    let class = normalised(class, kind);
    match actions {
        Selection::Only(patterns) => {
            let meets = |pattern: &&String| overlaps(&normalised(pattern, kind), &class);
            patterns.iter().filter(meets).cloned().collect()
        }
        Selection::AllBut(patterns) => {
            if patterns
                .iter()
                .any(|pattern| covers(&normalised(pattern, kind), &class))
            {
                Vec::new()
            } else {
                granted(actions, kind)
            }
        }
    }
}

/// Whether a Deny of `denied` denies every action of `pattern`.
pub(super) fn denies(denied: &Selection<String>, pattern: &str, kind: PolicyKind) -> bool {
    let wanted = normalised(pattern, kind);
    match denied {
        Selection::Only(patterns) => patterns
            .iter()
            .any(|pattern| covers(&normalised(pattern, kind), &wanted)),
        Selection::AllBut(patterns) => !patterns
            .iter()
            .any(|pattern| overlaps(&normalised(pattern, kind), &wanted)),
    }
}

/// Whether several Deny statements together deny every action.
///
/// Either one of them denies everything, or one denies all but some patterns and the others deny
/// those. Lists of patterns that happen to hold all actions of today are not believed.
pub(super) fn deny_everything(denied: &[&Selection<String>], kind: PolicyKind) -> bool {
    let some_denies = |pattern: &str| denied.iter().any(|one| denies(one, pattern, kind));
    denied.iter().any(|one| match one {
        Selection::Only(_) => denies(one, everything(kind), kind),
        Selection::AllBut(spared) => spared.iter().all(|pattern| some_denies(pattern)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(patterns: &[&str]) -> Selection<String> {
        Selection::Only(patterns.iter().map(|&pattern| pattern.to_owned()).collect())
    }

    fn all_but(patterns: &[&str]) -> Selection<String> {
        Selection::AllBut(patterns.iter().map(|&pattern| pattern.to_owned()).collect())
    }

    #[test]
    fn wildcards_reach_into_classes() {
        let grants = |actions, class| !granted_of(&actions, class, PolicyKind::S3).is_empty();
        assert!(grants(only(&["*"]), "s3:get*"));
        assert!(grants(only(&["s3:*Object"]), "s3:put*"));
        assert!(grants(only(&["S3:GETOBJECT"]), "s3:get*"));
        assert!(!grants(only(&["s3:GetObject"]), "s3:put*"));
        assert!(grants(all_but(&["s3:Get*"]), "s3:put*"));
        assert!(!grants(all_but(&["s3:Put*"]), "s3:put*"));
        assert!(grants(all_but(&["s3:PutObject"]), "s3:put*"));
    }

    #[test]
    fn a_deny_must_cover_the_whole_pattern() {
        let denies = |denied, pattern| denies(&denied, pattern, PolicyKind::S3);
        assert!(denies(only(&["s3:*"]), "*"));
        assert!(denies(only(&["*"]), "s3:GetObject"));
        assert!(!denies(only(&["s3:Get*"]), "s3:*"));
        assert!(denies(all_but(&["s3:Get*"]), "s3:PutObject"));
        assert!(!denies(all_but(&["s3:Get*"]), "s3:*"));
        assert!(!denies(only(&["kms:*"]), "s3:GetObject"));
    }

    #[test]
    fn statements_may_share_the_denial_of_everything() {
        let all = |denied: &[Selection<String>]| {
            let denied: Vec<_> = denied.iter().collect();
            deny_everything(&denied, PolicyKind::S3)
        };
        assert!(all(&[only(&["s3:*"])]));
        assert!(all(&[all_but(&["s3:Get*"]), only(&["s3:G*"])]));
        assert!(all(&[all_but(&["s3:Get*"]), all_but(&["s3:Put*"])]));
        assert!(!all(&[all_but(&["s3:Get*"])]));
        assert!(!all(&[all_but(&["s3:Get*"]), only(&["s3:GetObject"])]));
        assert!(!all(&[only(&["s3:Get*"]), only(&["s3:Put*"])]));
        assert!(!all(&[]));
    }
}
