//! Sets of texts written with the wildcards of IAM: `*` is any run of characters, `?` any one.
//!
//! Actions and resources of a policy are such patterns, so questions about two statements
//! ("does this Deny cover that Allow?") are questions about two patterns.

/// Whether `text` contains a wildcard.
pub(super) fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// Whether `value` is fixed in the sense of "The meaning of public" of the S3 User Guide:
/// no wildcard and no IAM policy variable.
pub(super) fn is_fixed(value: &str) -> bool {
    !value.is_empty() && !has_wildcard(value) && !value.contains("${")
}

/// Whether everything that `narrow` matches is matched by `wide` too.
///
/// Never wrongly true: the wildcards of `narrow` are taken as characters that only a wildcard
/// of `wide` can swallow. Exotic equivalences (`*?` and `?*`) may be missed.
pub(super) fn covers(wide: &str, narrow: &str) -> bool {
    let wide: Vec<char> = wide.chars().collect();
    let narrow: Vec<char> = narrow.chars().collect();
    let (mut at, mut seen) = (0, 0);
    let mut resume: Option<(usize, usize)> = None;
    while let Some(&actual) = narrow.get(seen) {
        match wide.get(at) {
            Some('*') => {
                resume = Some((at, seen));
                at += 1;
            }
            Some(&wanted) if wanted == actual || (wanted == '?' && actual != '*') => {
                at += 1;
                seen += 1;
            }
            _ => match resume {
                Some((star, from)) => {
                    resume = Some((star, from + 1));
                    at = star + 1;
                    seen = from + 1;
                }
                None => return false,
            },
        }
    }
    wide.iter().skip(at).all(|&rest| rest == '*')
}

/// Whether some text is matched by both patterns.
pub(super) fn overlaps(left: &str, right: &str) -> bool {
    let right: Vec<char> = right.chars().collect();
    // `row` answers, for every suffix of `right`, whether it overlaps the current suffix of
    // `left`, shortest suffix first. It starts at the empty suffix of `left`.
    let mut row = vec![true];
    for &wanted in right.iter().rev() {
        let rest = row.last() == Some(&true);
        row.push(rest && wanted == '*');
    }
    for wanted in left.chars().rev() {
        row = extend(wanted, &right, &row);
    }
    row.last() == Some(&true)
}

/// One step of [`overlaps`]: `below` is the row of the suffix of `left` after `wanted`.
fn extend(wanted: char, right: &[char], below: &[bool]) -> Vec<bool> {
    let mut row = Vec::with_capacity(below.len());
    row.push(wanted == '*' && below.first() == Some(&true));
    for (&other, pair) in right.iter().rev().zip(below.windows(2)) {
        let &[shorter, same] = pair else { continue };
        let consumed = row.last() == Some(&true);
        row.push(match (wanted, other) {
            ('*', _) | (_, '*') => same || consumed,
            ('?', _) | (_, '?') => shorter,
            (a, b) => a == b && shorter,
        });
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_covers_any_run_of_characters() {
        assert!(covers("s3:*", "s3:getobject"));
        assert!(covers("s3:*", "s3:get*"));
        assert!(covers("*", "s3:*"));
        assert!(covers("s3:get*acl", "s3:getobjectversionacl"));
        assert!(!covers("s3:get*", "s3:*"));
        assert!(!covers("s3:getobject", "s3:getobjectacl"));
    }

    #[test]
    fn a_question_mark_covers_one_character_but_not_a_star() {
        assert!(covers("s3:get?bject", "s3:getobject"));
        assert!(covers("s3:get?bject", "s3:get?bject"));
        assert!(!covers("s3:get?", "s3:get*"));
        assert!(!covers("s3:get?", "s3:get"));
    }

    #[test]
    fn patterns_overlap_when_one_text_matches_both() {
        assert!(overlaps("s3:*", "s3:getobject"));
        assert!(overlaps("s3:*object", "s3:get*"));
        assert!(overlaps("s3:get?bject", "s3:*o*"));
        assert!(overlaps("", ""));
        assert!(overlaps("*", ""));
        assert!(!overlaps("s3:put*", "s3:get*"));
        assert!(!overlaps("s3:getobject", "s3:getobjectacl"));
        assert!(!overlaps("?", ""));
    }

    #[test]
    fn a_fixed_value_has_neither_wildcard_nor_variable() {
        assert!(is_fixed("vpc-91237329"));
        assert!(!is_fixed("vpc-*"));
        assert!(!is_fixed("vpc-9123732?"));
        assert!(!is_fixed("${aws:PrincipalAccount}"));
        assert!(!is_fixed(""));
    }

    proptest::proptest! {
        #[test]
        fn what_covers_a_pattern_also_overlaps_it(
            wide in "[ab*?]{0,8}", narrow in "[ab*?]{0,8}"
        ) {
            if covers(&wide, &narrow) {
                proptest::prop_assert!(overlaps(&wide, &narrow));
            }
        }

        #[test]
        fn overlapping_is_symmetric(left in "[ab*?]{0,8}", right in "[ab*?]{0,8}") {
            proptest::prop_assert_eq!(overlaps(&left, &right), overlaps(&right, &left));
        }
    }
}
