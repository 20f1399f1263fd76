//! What holds for every policy of `policies/`: its own tests, its form, its honesty, and the verdicts on all fixtures.

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod catalogue_rows;
#[cfg(test)]
mod deny;
#[cfg(test)]
mod enough;
#[cfg(test)]
mod form;
#[cfg(test)]
mod hiding;
#[cfg(test)]
mod interpreter;
#[cfg(test)]
mod judge;
#[cfg(test)]
mod nonsense;
#[cfg(test)]
mod quotas;
#[cfg(test)]
mod rego_tests;
#[cfg(test)]
mod tree;
#[cfg(test)]
mod truth_table;
