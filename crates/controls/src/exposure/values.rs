//! Whether the values of a condition are fixed, and whom they admit.
//!
//! "The meaning of public" (S3 User Guide): a value is fixed when it contains neither a wildcard
//! nor a policy variable. An account inside an ARN is fixed when no wildcard can reach it.

use std::collections::BTreeSet;
use std::net::IpAddr;

use ipnet::IpNet;

use super::keys::{Dimension, Rule};
use super::operator::Test;
use super::pattern::{has_wildcard, is_fixed};
use super::principal::is_account_id;
use super::reach::{Clause, Limit};

/// Widest IPv4 and IPv6 prefixes that are not public, "The meaning of public": "values broader
/// than /8 for IPv4 and /32 for IPv6" are public. (The private ranges it excepts are narrower.)
const WIDEST_IPV4: u8 = 8;
const WIDEST_IPV6: u8 = 32;

/// Ranges that together hold half of all IPv4 addresses are a way to write "everywhere" even if
/// each is narrow enough. The number is ours, not AWS's.
const HALF_OF_IPV4: u64 = 1 << 31;

/// The callers that fixed `values` of a key admit, or why the values do not restrict.
///
/// One value that is not fixed opens the condition, because the values are alternatives.
pub(super) fn clause(rule: Rule, test: Test, values: &[String]) -> Result<Clause, String> {
    if values.is_empty() {
        return Err("lists no value".to_owned());
    }
    expect_test(rule, test)?;
    match rule {
        Rule::Account(dimension) => {
            let accounts = each(values, account_id)?;
            Ok(vec![Limit::Accounts(dimension, accounts)])
        }
        Rule::Arn(dimension) => arns(dimension, test, values),
        Rule::Organization(dimension) => {
            Ok(vec![Limit::Organizations(dimension, each(values, fixed)?)])
        }
        Rule::OrganizationPath(dimension) => Ok(vec![Limit::Organizations(
            dimension,
            each(values, organization_of_path)?,
        )]),
        Rule::Address => addresses(values),
        Rule::Place => each(values, fixed).map(|_| vec![Limit::Network]),
        Rule::PlaceArn => {
            each(values, |value| account_of_arn(value, test)).map(|_| vec![Limit::Network])
        }
        Rule::PlacePath => each(values, organization_of_path).map(|_| vec![Limit::Network]),
        Rule::UserId => user_ids(values),
        Rule::ServiceFlag => service_flag(values),
        Rule::ServiceName => Ok(vec![Limit::Services(each(values, fixed)?)]),
        Rule::ServiceContext => {
            each(values, |value| account_of_arn(value, test)).map(|_| vec![Limit::ServiceContext])
        }
        Rule::Never(why) => Err(why.to_owned()),
    }
}

/// A key works only with the operators of its type; with others it matches by accident.
fn expect_test(rule: Rule, test: Test) -> Result<(), String> {
    let (allowed, names): (&[Test], &str) = match rule {
        Rule::Address => (&[Test::Address], "`IpAddress`"),
        Rule::ServiceFlag => (&[Test::Flag], "`Bool`"),
        Rule::Arn(_) | Rule::PlaceArn | Rule::ServiceContext => {
            (&[Test::Arn, Test::Text], "an ARN or string operator")
        }
        _ => (&[Test::Text], "a string operator"),
    };
    if allowed.contains(&test) {
        Ok(())
    } else {
        Err(format!("is only compared reliably by {names}"))
    }
}

fn each(
    values: &[String],
    read: impl Fn(&str) -> Result<String, String>,
) -> Result<BTreeSet<String>, String> {
    values.iter().map(|value| read(value)).collect()
}

fn fixed(value: &str) -> Result<String, String> {
    if is_fixed(value) {
        Ok(value.to_owned())
    } else {
        Err(not_fixed(value))
    }
}

fn not_fixed(value: &str) -> String {
    if value.contains("${") {
        format!("has the value `{value}`, a policy variable that each caller fills in")
    } else if has_wildcard(value) {
        format!("has the value `{value}`, whose wildcard leaves it open")
    } else {
        format!("has the value `{value}`, which is not of the kind that this key holds")
    }
}

fn account_id(value: &str) -> Result<String, String> {
    if is_account_id(value) {
        Ok(value.to_owned())
    } else {
        Err(not_fixed(value))
    }
}

/// Organization paths are `o-id/r-id/ou-id/`; the id of the organization comes first and must
/// be fixed, because ids of units are unique only inside one organization.
fn organization_of_path(value: &str) -> Result<String, String> {
    match value.split_once('/') {
        Some((organization, _)) if !value.contains("${") => {
            fixed(organization).map_err(|_| not_fixed(value))
        }
        Some(_) => Err(not_fixed(value)),
        None => fixed(value),
    }
}

fn arns(dimension: Dimension, test: Test, values: &[String]) -> Result<Clause, String> {
    let mut accounts = BTreeSet::new();
    let mut without_account = false;
    for value in values {
        match account_of_arn(value, test) {
            Ok(account) => {
                accounts.insert(account);
            }
            Err(_) if dimension == Dimension::Source && is_fixed_resource(value) => {
                without_account = true;
            }
            Err(why) => return Err(why),
        }
    }
    let mut clause = Clause::new();
    if !accounts.is_empty() {
        clause.push(Limit::Accounts(dimension, accounts));
    }
    if without_account {
        clause.push(Limit::Source);
    }
    Ok(clause)
}

/// The account inside an ARN pattern.
///
/// ARN operators compare the six segments one by one, so wildcards elsewhere do no harm. In a
/// string pattern a wildcard can swallow colons, so nothing open may stand before the account:
/// a role path may contain `:iam::111122223333:role/x`. A wildcard for the region is still
/// accepted when service and beginning of the resource are fixed.
fn account_of_arn(value: &str, test: Test) -> Result<String, String> {
    let refused = || not_fixed(value);
    if value.contains("${") {
        return Err(refused());
    }
    let segments: Vec<&str> = value.splitn(6, ':').collect();
    let [arn, partition, service, region, account, resource] = segments.as_slice() else {
        return Err(refused());
    };
    let movable = has_wildcard(partition)
        || has_wildcard(service)
        || (has_wildcard(region) && resource.starts_with(['*', '?']));
    let anchored = test == Test::Arn || !movable;
    if *arn == "arn" && anchored && is_account_id(account) {
        Ok((*account).to_owned())
    } else {
        Err(refused())
    }
}

/// Whether an ARN without an account names one resource: all of it fixed, or for S3 the bucket.
fn is_fixed_resource(value: &str) -> bool {
    let segments: Vec<&str> = value.splitn(6, ':').collect();
    let ["arn", partition, service, region, "", resource] = segments.as_slice() else {
        return false;
    };
    let name = match (*service, resource.split_once('/')) {
        ("s3", Some((bucket, key))) if !key.contains("${") => bucket,
        _ => resource,
    };
    let open = |segment: &str| has_wildcard(segment) || segment.contains("${");
    is_fixed(name) && !open(partition) && !open(service) && !open(region)
}

/// `aws:userid` is `AROAID:session`, `AIDAID`, an account id for a root user or
/// `account:name` for a federated user. What precedes the colon tells who it is.
///
/// "The meaning of public" mentions the pattern `AROLEID:*`; it names exactly one role.
fn user_ids(values: &[String]) -> Result<Clause, String> {
    let mut accounts = BTreeSet::new();
    let mut identities = BTreeSet::new();
    for value in values {
        let identity = value.split_once(':').map_or(value.as_str(), |(id, _)| id);
        if !is_fixed(identity) || value.contains("${") {
            return Err(not_fixed(value));
        }
        let known = if is_account_id(identity) {
            &mut accounts
        } else {
            &mut identities
        };
        known.insert(identity.to_owned());
    }
    let mut clause = Clause::new();
    if !accounts.is_empty() {
        clause.push(Limit::Accounts(Dimension::Principal, accounts));
    }
    if !identities.is_empty() {
        clause.push(Limit::Identities(identities));
    }
    Ok(clause)
}

fn service_flag(values: &[String]) -> Result<Clause, String> {
    if values
        .iter()
        .all(|value| value.eq_ignore_ascii_case("true"))
    {
        Ok(vec![Limit::Services(["*".to_owned()].into())])
    } else {
        Err("is met by callers that are not AWS services".to_owned())
    }
}

fn addresses(values: &[String]) -> Result<Clause, String> {
    let mut ipv4 = Vec::new();
    for value in values {
        match normalised(network(value)?) {
            IpNet::V4(net) if net.prefix_len() < WIDEST_IPV4 => {
                return Err(format!(
                    "has the range `{value}`, wider than /{WIDEST_IPV4}"
                ));
            }
            IpNet::V6(net) if net.prefix_len() < WIDEST_IPV6 => {
                return Err(format!(
                    "has the range `{value}`, wider than /{WIDEST_IPV6}"
                ));
            }
            IpNet::V4(net) => ipv4.push(net),
            IpNet::V6(_) => {}
        }
    }
    let total: u64 = ipnet::Ipv4Net::aggregate(&ipv4)
        .iter()
        .map(|net| 1_u64 << 32_u8.saturating_sub(net.prefix_len()))
        .sum();
    if total >= HALF_OF_IPV4 {
        return Err("has ranges that together hold half of all IPv4 addresses".to_owned());
    }
    Ok(vec![Limit::Network])
}

/// An address without a prefix is that one address.
fn network(value: &str) -> Result<IpNet, String> {
    let parsed = value
        .parse::<IpNet>()
        .or_else(|_| value.parse::<IpAddr>().map(IpNet::from));
    parsed.map_err(|_| format!("has the value `{value}`, which is not an address range"))
}

/// IPv4 written as IPv6 (`::ffff:0:0/96` is all of IPv4) is judged as IPv4.
fn normalised(net: IpNet) -> IpNet {
    let IpNet::V6(v6) = net else { return net };
    let mapped = v6
        .network()
        .to_ipv4_mapped()
        .zip(v6.prefix_len().checked_sub(96));
    match mapped.map(|(address, prefix)| ipnet::Ipv4Net::new(address, prefix)) {
        Some(Ok(v4)) => IpNet::V4(v4),
        _ => net,
    }
}

#[cfg(test)]
#[path = "values_test.rs"]
mod tests;
