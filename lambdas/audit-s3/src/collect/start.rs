//! Where a page begins: in the list of buckets, or after it in the access points of a region.

use compliance::Region;

/// What the text of a start in the access points begins with; no token of `ListBuckets` holds a colon.
const ACCESS_POINTS: &str = "access-points:";

/// Where a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Start<'a> {
    /// In the list of buckets, at its beginning or after a token.
    Buckets(Option<&'a str>),
    /// In the access points.
    AccessPoints(AccessPointStart),
}

/// Where in the access points of the wanted regions a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AccessPointStart {
    /// The region; those after it follow.
    pub(super) region: Region,
    /// The token in the list of the region; `None` at its beginning.
    pub(super) token: Option<String>,
}

impl<'a> Start<'a> {
    /// The start that the `next` of the page before names; `home` is the first wanted region.
    pub(super) fn of(after: Option<&'a str>, home: &Region) -> Self {
        let Some(rest) = after.and_then(|after| after.strip_prefix(ACCESS_POINTS)) else {
            return Self::Buckets(after);
        };
        let (region, token) = rest.split_once(':').unwrap_or((rest, ""));
        Self::AccessPoints(AccessPointStart {
            // What is no region did not come from us: then everything is looked at once more.
            region: region.parse().unwrap_or_else(|_| home.clone()),
            token: (!token.is_empty()).then(|| token.to_owned()),
        })
    }
}

impl AccessPointStart {
    /// The beginning of a region.
    pub(super) fn of_region(region: &Region) -> Self {
        Self {
            region: region.clone(),
            token: None,
        }
    }

    /// As the `next` of a page.
    pub(super) fn to_next(&self) -> String {
        let token = self.token.as_deref().unwrap_or_default();
        format!("{ACCESS_POINTS}{}:{token}", self.region)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home() -> Region {
        "eu-central-1".parse().unwrap()
    }

    #[test]
    fn a_start_in_the_access_points_survives_its_text() {
        for token in [None, Some("a:b=".to_owned())] {
            let start = AccessPointStart {
                region: "eu-west-1".parse().unwrap(),
                token,
            };
            let text = start.to_next();
            assert_eq!(Start::of(Some(&text), &home()), Start::AccessPoints(start));
        }
    }

    #[test]
    fn everything_else_is_a_token_of_the_buckets() {
        assert_eq!(Start::of(None, &home()), Start::Buckets(None));
        assert_eq!(Start::of(Some("t 1"), &home()), Start::Buckets(Some("t 1")));
    }
}
