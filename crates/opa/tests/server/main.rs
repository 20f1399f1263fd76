//! A server is asked over a real connection: what is sent, what is tried again, and what is never taken for an answer.

#[cfg(test)]
mod questions;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod silence;
#[cfg(test)]
mod stub;
