//! The key collector against the wire format of KMS: what is read, what is refused, where references lead.

#[cfg(test)]
mod history;
#[cfg(test)]
mod invocation;
#[cfg(test)]
mod listing;
#[cfg(test)]
mod on_demand;
#[cfg(test)]
mod primary;
#[cfg(test)]
mod reads;
#[cfg(test)]
mod references;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod wire;
