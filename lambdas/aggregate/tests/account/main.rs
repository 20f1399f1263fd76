//! A whole account, and a whole run, aggregated against a replayed AWS.

#![cfg(test)]

mod account;
mod keys;
mod next_run;
mod run;
mod world;
mod written;
