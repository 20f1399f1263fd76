//! Which accounts are in scope, and why the others are not. Pure; a denial always wins.

use std::collections::{BTreeMap, BTreeSet};

use aws::MemberAccount;
use compliance::payload::AccountItem;
use compliance::sweep::{OrganizationalUnitId, Sweep, TagFilter};
use compliance::{AccountId, Coverage, CoverageStatus};

use crate::Error;

/// The accounts below each unit that the input names.
pub type Units = BTreeMap<OrganizationalUnitId, BTreeSet<AccountId>>;

/// The tags of an account.
pub type Tags = BTreeMap<String, String>;

/// Tag key to values; an empty list of values means any value.
type WantedTags = BTreeMap<String, BTreeSet<String>>;

/// The accounts of a run.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Accounts {
    /// Those to sweep.
    pub in_scope: Vec<AccountId>,
    /// Those left out, each with its reason.
    pub skipped: Vec<(AccountId, String)>,
    /// The names of all of them.
    pub names: BTreeMap<AccountId, String>,
}

impl Accounts {
    /// Sorts the accounts of the Organization by all filters but the one on tags.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownAccount`] for an account to be included that is not among `accounts`.
    pub fn before_tags(
        sweep: &Sweep,
        accounts: Vec<MemberAccount>,
        units: &Units,
    ) -> Result<Self, Error> {
        let known: BTreeSet<&AccountId> = accounts.iter().map(|account| &account.id).collect();
        if let Some(account) = sweep.accounts.include.iter().find(|id| !known.contains(id)) {
            return Err(Error::UnknownAccount {
                account: account.clone(),
            });
        }
        let mut sorted = Self::default();
        for account in accounts {
            sorted
                .names
                .insert(account.id.clone(), account.name.clone());
            match left_out(sweep, &account, units) {
                None => sorted.in_scope.push(account.id),
                Some(reason) => sorted.skipped.push((account.id, reason)),
            }
        }
        Ok(sorted)
    }

    /// Leaves out what the filter on tags leaves out. An account that is not in `tags` has none.
    #[must_use]
    pub fn after_tags(mut self, filter: &TagFilter, tags: &BTreeMap<AccountId, Tags>) -> Self {
        let none = Tags::new();
        for account in std::mem::take(&mut self.in_scope) {
            match left_out_by_tags(filter, tags.get(&account).unwrap_or(&none)) {
                None => self.in_scope.push(account),
                Some(reason) => self.skipped.push((account, reason)),
            }
        }
        self
    }

    fn name(&self, account: &AccountId) -> &str {
        self.names.get(account).map_or("", String::as_str)
    }

    /// The items of the Distributed Map.
    #[must_use]
    pub fn items(&self) -> Vec<AccountItem> {
        let item = |account: &AccountId| AccountItem {
            account: account.clone(),
            name: self.name(account).to_owned(),
        };
        self.in_scope.iter().map(item).collect()
    }

    /// The accounts left out as rows of the ledger.
    #[must_use]
    pub fn skipped_rows(&self) -> Vec<Coverage> {
        self.skipped
            .iter()
            .map(|(account, reason)| {
                Coverage::unseen(account.clone(), None, None, CoverageStatus::Skipped, reason)
                    .named(self.name(account))
            })
            .collect()
    }
}

/// Why an account is left out, if it is. An account without a state counts as active: were it not, its
/// audit fails in plain sight.
fn left_out(sweep: &Sweep, account: &MemberAccount, units: &Units) -> Option<String> {
    let unit_of = |named: &BTreeSet<OrganizationalUnitId>| {
        named
            .iter()
            .find(|unit| {
                units
                    .get(*unit)
                    .is_some_and(|all| all.contains(&account.id))
            })
            .cloned()
    };
    let named = &sweep.organizational_units;
    if sweep.accounts.exclude.contains(&account.id) {
        return Some("left out by the input: the account is excluded".to_owned());
    }
    if let Some(unit) = unit_of(&named.exclude) {
        let unit = unit.as_str();
        return Some(format!("left out by the input: `{unit}` is excluded"));
    }
    if let Some(state) = account.state.as_deref().filter(|state| *state != "ACTIVE") {
        return Some(format!("the account is {state}"));
    }
    if !sweep.accounts.admits(&account.id) {
        return Some("left out by the input: the account is not among those included".to_owned());
    }
    if !named.include.is_empty() && unit_of(&named.include).is_none() {
        return Some("left out by the input: it is in no included organizational unit".to_owned());
    }
    None
}

/// Why an account is left out by its tags, if it is. Tag values are not repeated.
fn left_out_by_tags(filter: &TagFilter, tags: &Tags) -> Option<String> {
    if let Some(key) = carried(&filter.exclude, tags) {
        return Some(format!(
            "left out by the input: its tag `{key}` is excluded"
        ));
    }
    if !filter.include.is_empty() && carried(&filter.include, tags).is_none() {
        return Some("left out by the input: it carries no included tag".to_owned());
    }
    None
}

/// The first of the wanted tags that is carried.
fn carried<'a>(wanted: &'a WantedTags, tags: &Tags) -> Option<&'a str> {
    wanted
        .iter()
        .find(|(key, values)| {
            tags.get(*key)
                .is_some_and(|value| values.is_empty() || values.contains(value))
        })
        .map(|(key, _)| key.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "111111111111";
    const TWO: &str = "222222222222";
    const UNIT: &str = "ou-ab12-cccccccc";

    fn id(account: &str) -> AccountId {
        account.parse().unwrap()
    }

    fn members(accounts: &[(&str, &str)]) -> Vec<MemberAccount> {
        accounts
            .iter()
            .map(|(account, state)| MemberAccount {
                name: format!("name of {account}"),
                id: id(account),
                state: Some((*state).to_owned()).filter(|state| !state.is_empty()),
            })
            .collect()
    }

    fn both() -> Vec<MemberAccount> {
        members(&[(ONE, "ACTIVE"), (TWO, "ACTIVE")])
    }

    fn sweep(json: &str) -> Sweep {
        serde_json::from_str(json).unwrap()
    }

    fn units(accounts: &[&str]) -> Units {
        let unit = UNIT.to_owned().try_into().unwrap();
        [(unit, accounts.iter().map(|account| id(account)).collect())].into()
    }

    fn in_scope(json: &str, accounts: Vec<MemberAccount>, units: &Units) -> Vec<String> {
        let sorted = Accounts::before_tags(&sweep(json), accounts, units).unwrap();
        sorted.in_scope.into_iter().map(String::from).collect()
    }

    #[test]
    fn an_empty_input_takes_every_active_account() {
        let accounts = members(&[(ONE, "ACTIVE"), (TWO, "SUSPENDED"), ("333333333333", "")]);
        let sorted = Accounts::before_tags(&sweep("{}"), accounts, &Units::new()).unwrap();
        assert_eq!(sorted.in_scope, [id(ONE), id("333333333333")]);
        assert_eq!(
            sorted.skipped,
            [(id(TWO), "the account is SUSPENDED".to_owned())]
        );
    }

    #[test]
    fn accounts_are_included_and_excluded_and_exclusion_wins() {
        let none = Units::new();
        let only = format!(r#"{{"accounts":{{"include":["{ONE}"]}}}}"#);
        assert_eq!(in_scope(&only, both(), &none), [ONE]);
        let without = format!(r#"{{"accounts":{{"exclude":["{ONE}"]}}}}"#);
        assert_eq!(in_scope(&without, both(), &none), [TWO]);
        let neither = format!(r#"{{"accounts":{{"include":["{ONE}"],"exclude":["{ONE}"]}}}}"#);
        assert!(in_scope(&neither, both(), &none).is_empty());
    }

    #[test]
    fn units_are_included_and_excluded_and_exclusion_wins_over_an_included_account() {
        let only = format!(r#"{{"organizational_units":{{"include":["{UNIT}"]}}}}"#);
        assert_eq!(in_scope(&only, both(), &units(&[TWO])), [TWO]);
        let without = format!(
            r#"{{"accounts":{{"include":["{ONE}","{TWO}"]}},"organizational_units":{{"exclude":["{UNIT}"]}}}}"#
        );
        assert_eq!(in_scope(&without, both(), &units(&[TWO])), [ONE]);
    }

    #[test]
    fn an_account_to_be_included_that_is_not_in_the_organization_is_named() {
        let only = sweep(r#"{"accounts":{"include":["999999999999"]}}"#);
        let error = Accounts::before_tags(&only, both(), &Units::new()).unwrap_err();
        assert!(error.to_string().contains("`999999999999`"), "{error}");
    }

    #[test]
    fn tags_are_matched_by_key_and_value_and_exclusion_wins() {
        let tags: BTreeMap<AccountId, Tags> = [
            (id(ONE), [("env".to_owned(), "prod".to_owned())].into()),
            (id(TWO), [("env".to_owned(), "test".to_owned())].into()),
        ]
        .into();
        let left = |json: &str| {
            let sweep = sweep(json);
            let sorted = Accounts::before_tags(&sweep, both(), &Units::new()).unwrap();
            let sorted = sorted.after_tags(&sweep.account_tags, &tags);
            assert_eq!(sorted.in_scope.len() + sorted.skipped.len(), 2);
            assert!(
                sorted
                    .skipped
                    .iter()
                    .all(|(_, reason)| !reason.contains("prod"))
            );
            sorted.in_scope
        };
        assert_eq!(
            left(r#"{"account_tags":{"include":{"env":["prod"]}}}"#),
            [id(ONE)]
        );
        assert_eq!(
            left(r#"{"account_tags":{"include":{"env":[]}}}"#),
            [id(ONE), id(TWO)]
        );
        assert_eq!(left(r#"{"account_tags":{"include":{"team":[]}}}"#), []);
        assert_eq!(
            left(r#"{"account_tags":{"include":{"env":[]},"exclude":{"env":["prod"]}}}"#),
            [id(TWO)]
        );
    }
}
