//! The bucket collector against S3's wire format: what is read, what is refused, what vanishes.

#[cfg(test)]
mod access_points;
#[cfg(test)]
mod account;
#[cfg(test)]
mod invocation;
#[cfg(test)]
mod listing;
#[cfg(test)]
mod log_targets;
#[cfg(test)]
mod reads;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod replicas;
#[cfg(test)]
mod usage;
#[cfg(test)]
mod wire;
