//! The only reader of environment variables. Read once, in `main.rs`.

use std::error::Error as StdError;
use std::str::FromStr;

use crate::Error;

/// The value of a variable that must be set.
///
/// # Errors
///
/// [`Error::SettingMissing`] or [`Error::SettingUnusable`], naming the variable.
pub fn required<T>(name: &'static str) -> Result<T, Error>
where
    T: FromStr<Err: StdError + Send + Sync + 'static>,
{
    optional(name)?.ok_or(Error::SettingMissing { name })
}

/// The value of a variable that may be missing or empty.
///
/// # Errors
///
/// [`Error::SettingUnusable`], naming the variable.
pub fn optional<T>(name: &'static str) -> Result<Option<T>, Error>
where
    T: FromStr<Err: StdError + Send + Sync + 'static>,
{
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads configuration"
    )]
    let value = std::env::var(name);
    match value {
        Ok(text) => parsed(name, &text),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(source) => Err(unusable(name, source)),
    }
}

fn parsed<T>(name: &'static str, text: &str) -> Result<Option<T>, Error>
where
    T: FromStr<Err: StdError + Send + Sync + 'static>,
{
    match text.trim() {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|source| unusable(name, source)),
    }
}

fn unusable(name: &'static str, source: impl StdError + Send + Sync + 'static) -> Error {
    Error::SettingUnusable {
        name,
        source: Box::new(source),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_setting_is_a_missing_setting() {
        assert_eq!(parsed::<u32>("PAGE_SIZE", " ").unwrap(), None);
        assert_eq!(parsed::<u32>("PAGE_SIZE", " 7 ").unwrap(), Some(7));
    }

    #[test]
    fn a_missing_setting_is_named() {
        let error = required::<String>("ORGSWEEP_TEST_IS_NEVER_SET").unwrap_err();
        assert!(error.to_string().contains("`ORGSWEEP_TEST_IS_NEVER_SET`"));
    }

    #[test]
    fn an_unusable_setting_is_named_with_its_reason() {
        let error = parsed::<u32>("PAGE_SIZE", "many").unwrap_err();
        assert!(error.to_string().contains("`PAGE_SIZE`"), "{error}");
        assert_eq!(
            error.source().unwrap().to_string(),
            "invalid digit found in string"
        );
    }
}
