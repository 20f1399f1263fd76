//! What holds for every policy of `policies/`: its own tests, its form, its honesty, and the verdicts on all fixtures.

mod agreement;
mod form;
mod interpreter;
mod rego_tests;
mod tree;
mod truth_table;
