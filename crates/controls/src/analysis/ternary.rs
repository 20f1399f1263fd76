//! Logic with a third value: `None` is not known.

use compliance::Fact;

/// True if one is true, false if both are false, else not known.
pub(crate) fn or(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// Whether `a` holds and nothing (`b`) takes its effect away.
pub(crate) fn unless(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    or(a.map(|a| !a), b).map(|harmless| !harmless)
}

/// A fact that is unread where the value is not known.
pub(crate) fn fact<T>(value: Option<T>) -> Fact<T> {
    value.map_or(Fact::Unread, Fact::Known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_counts_only_where_it_matters() {
        assert_eq!(or(Some(true), None), Some(true));
        assert_eq!(or(Some(false), None), None);
        assert_eq!(or(Some(false), Some(false)), Some(false));
        assert_eq!(unless(Some(true), None), None);
        assert_eq!(unless(Some(true), Some(true)), Some(false));
        assert_eq!(unless(Some(true), Some(false)), Some(true));
        assert_eq!(unless(Some(false), None), Some(false));
        assert_eq!(unless(None, Some(true)), Some(false));
        assert_eq!(unless(None, Some(false)), None);
    }
}
