//! What a misspelt name may have meant.

/// The name that is closest to `word`, if it is close: at most a third of the letters differ.
pub(crate) fn closest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let distance =
        |name: &&str| strsim::damerau_levenshtein(&word.to_lowercase(), &name.to_lowercase());
    let closest = names.into_iter().min_by_key(distance)?;
    let most = word.chars().count().max(closest.chars().count()) / 3;
    (distance(&closest) <= most.max(1)).then_some(closest)
}

/// The question that ends a message, if a name is close.
pub(crate) fn did_you_mean<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    closest(word, names).map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_name_is_suggested_and_nothing_far() {
        let names = ["trusted_accounts", "required_tags", "allowed_tcp_ports"];
        assert_eq!(closest("trusted_acounts", names), Some("trusted_accounts"));
        assert_eq!(closest("tcp", names), None);
        assert_eq!(closest("s3.8", ["S3.8", "S3.9"]), Some("S3.8"));
        assert_eq!(closest("x", []), None);
    }
}
