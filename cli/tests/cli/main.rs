//! The real program: what it prints, and what it says to bad input.

#![cfg(test)]

mod bad_input;
mod custom_policies;
mod printed;
mod program;
