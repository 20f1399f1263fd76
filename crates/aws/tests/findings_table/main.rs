//! The findings table: what is asked of DynamoDB, and what becomes of its answers.

#![cfg(test)]

mod looks;
mod world;
mod writes;
