//! The parts of an ARN that the join of buckets and keys reads.

use compliance::{AccountId, Region};

/// An Amazon Resource Name, taken apart: `arn:partition:service:region:account:resource`
/// (IAM User Guide, "Identify AWS resources with Amazon Resource Names").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arn<'a> {
    /// The service, such as `kms`.
    pub service: &'a str,
    /// The region, if the resource has one.
    pub region: Option<Region>,
    /// The account, if the ARN names one.
    pub account: Option<AccountId>,
    /// The rest, such as `key/<id>` or `alias/<name>`.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Takes an ARN apart; `None` for anything else, such as a key id or an alias name.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        if parts.next() != Some("arn") {
            return None;
        }
        let _partition = parts.next()?;
        let service = parts.next()?;
        let region = parts.next()?.parse().ok();
        let account = parts.next()?.parse().ok();
        let resource = parts.next()?;
        Some(Self {
            service,
            region,
            account,
            resource,
        })
    }

    /// Whether it is the ARN of a KMS key, not of an alias.
    #[must_use]
    pub fn is_key(&self) -> bool {
        self.service == "kms" && self.resource.starts_with("key/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_tells_region_and_account() {
        let arn = Arn::parse("arn:aws-cn:kms:cn-north-1:111122223333:key/a:b").unwrap();
        assert_eq!(arn.region, Some("cn-north-1".parse().unwrap()));
        assert_eq!(arn.account, Some("111122223333".parse().unwrap()));
        assert_eq!(arn.resource, "key/a:b");
        assert!(arn.is_key());
    }

    #[test]
    fn what_has_no_region_or_account_says_so() {
        let arn = Arn::parse("arn:aws:s3:::logs").unwrap();
        assert_eq!((arn.region.clone(), arn.account.clone()), (None, None));
        assert!(!arn.is_key());
    }

    #[test]
    fn key_ids_and_alias_names_are_no_arns() {
        for text in [
            "alias/app",
            "1234abcd-12ab-34cd-56ef-1234567890ab",
            "arn:aws:kms",
            "",
        ] {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
    }
}
