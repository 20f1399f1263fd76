//! Whom the `Principal` element of a statement names.
//!
//! Forms: IAM User Guide, "AWS JSON policy elements: Principal".

use serde_json::Value;

use super::document::strings;
use super::error::kind_of;
use super::pattern::has_wildcard;

/// One principal of a statement, as far as it tells who gets in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Grantee {
    /// Everyone, anonymous callers included where the service has them.
    Everyone,
    /// A wildcard that leaves open who is meant: everyone where it lets in, nobody certain where it denies.
    Anyone,
    /// A whole account, by its id or the ARN of its root: its administrators decide.
    Account(String),
    /// A user, role or session of an account: (ARN, account).
    Member(String, String),
    /// An AWS service, by its service principal.
    Service(String),
    /// An origin access identity: one content delivery distribution's own identity.
    OriginAccess(String),
    /// A SAML or OIDC provider that an account registered in IAM: (ARN, account).
    Federated(String, String),
    /// A web identity provider at which anyone can sign up, for example `graph.facebook.com`.
    WebIdentity(String),
    /// A user or role that no longer exists: AWS shows its unique id instead of its ARN.
    Deleted(String),
    /// A principal whose account the policy does not reveal, such as a canonical user.
    Unresolved(String),
}

/// Reads the value of `Principal` or `NotPrincipal`.
pub(super) fn grantees(value: &Value) -> Result<Vec<Grantee>, String> {
    let map = match value {
        Value::String(name) => return Ok(vec![aws(name)]),
        Value::Object(map) => map,
        other => {
            return Err(format!(
                "is {}, neither `\"*\"` nor an object",
                kind_of(other)
            ));
        }
    };
    let mut found = Vec::new();
    for (kind, names) in map {
        let read: fn(&str) -> Grantee = match kind.as_str() {
            "AWS" => aws,
            "Service" => service,
            "Federated" => federated,
            "CanonicalUser" => canonical_user,
            _ => return Err(format!("has the unknown type `{kind}`")),
        };
        let names = strings(names).map_err(|problem| format!("`{kind}` {problem}"))?;
        found.extend(names.iter().map(|name| read(name)));
    }
    Ok(found)
}

/// Whether `text` is a 12-digit account id.
pub(super) fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|digit| digit.is_ascii_digit())
}

/// The account and resource segments of an ARN of any partition.
pub(super) fn arn_account(arn: &str) -> Option<(&str, &str)> {
    let mut segments = arn.splitn(6, ':');
    (segments.next() == Some("arn")).then_some(())?;
    let (account, resource) = (segments.nth(3)?, segments.next()?);
    Some((account, resource))
}

/// AWS refuses wildcards inside a principal, so a policy with one is not in force anywhere;
/// where it leaves the account open it is read at its widest.
fn aws(name: &str) -> Grantee {
    if name == "*" {
        return Grantee::Everyone;
    }
    if is_account_id(name) {
        return Grantee::Account(name.to_owned());
    }
    match arn_account(name) {
        Some((account, "root")) if is_account_id(account) => Grantee::Account(account.to_owned()),
        Some((account, _)) if is_account_id(account) => {
            Grantee::Member(name.to_owned(), account.to_owned())
        }
        Some(("cloudfront", resource)) if !has_wildcard(resource) => {
            Grantee::OriginAccess(name.to_owned())
        }
        _ if has_wildcard(name) => Grantee::Anyone,
        _ if is_unique_id(name) => Grantee::Deleted(name.to_owned()),
        _ => Grantee::Unresolved(name.to_owned()),
    }
}

/// Unique ids of users begin with `AIDA`, of roles with `AROA`
/// (IAM User Guide, "Understanding unique ID prefixes").
pub(super) fn is_unique_id(name: &str) -> bool {
    let rest = name
        .strip_prefix("AIDA")
        .or_else(|| name.strip_prefix("AROA"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && rest
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    })
}

fn service(name: &str) -> Grantee {
    if has_wildcard(name) {
        Grantee::Anyone
    } else {
        Grantee::Service(name.to_lowercase())
    }
}

/// "The meaning of public" gives `"Federated": "graph.facebook.com"` as a public policy.
fn federated(name: &str) -> Grantee {
    match arn_account(name) {
        Some((account, _)) if is_account_id(account) => {
            Grantee::Federated(name.to_owned(), account.to_owned())
        }
        _ => Grantee::WebIdentity(name.to_owned()),
    }
}

fn canonical_user(id: &str) -> Grantee {
    if has_wildcard(id) {
        Grantee::Anyone
    } else {
        Grantee::Unresolved(id.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn only(value: &Value) -> Grantee {
        let mut found = grantees(value).unwrap();
        assert_eq!(found.len(), 1, "{value}");
        found.remove(0)
    }

    #[test]
    fn a_star_and_an_aws_star_are_everyone() {
        assert_eq!(only(&json!("*")), Grantee::Everyone);
        assert_eq!(only(&json!({"AWS": "*"})), Grantee::Everyone);
        assert_eq!(only(&json!({"AWS": ["*"]})), Grantee::Everyone);
    }

    #[test]
    fn an_account_id_and_the_root_arn_name_the_same_account() {
        let account = Grantee::Account("111122223333".to_owned());
        assert_eq!(only(&json!({"AWS": "111122223333"})), account);
        for partition in ["aws", "aws-cn", "aws-us-gov", "aws-eusc"] {
            let arn = format!("arn:{partition}:iam::111122223333:root");
            assert_eq!(only(&json!({"AWS": arn})), account);
        }
    }

    #[test]
    fn a_user_a_role_and_a_session_are_members_of_their_account() {
        for arn in [
            "arn:aws:iam::111122223333:user/root",
            "arn:aws:iam::111122223333:role/Ops",
            "arn:aws:sts::111122223333:assumed-role/Ops/me",
            "arn:aws:iam::111122223333:role/*",
        ] {
            let member = Grantee::Member(arn.to_owned(), "111122223333".to_owned());
            assert_eq!(only(&json!({"AWS": arn})), member);
        }
    }

    #[test]
    fn a_wildcard_that_leaves_the_account_open_is_anyone() {
        assert_eq!(
            only(&json!({"AWS": "arn:aws:iam::*:root"})),
            Grantee::Anyone
        );
        assert_eq!(
            only(&json!({"AWS": "arn:aws:iam::*:role/Admin"})),
            Grantee::Anyone
        );
        assert_eq!(only(&json!({"Service": "*"})), Grantee::Anyone);
    }

    #[test]
    fn unique_ids_are_deleted_principals() {
        for id in ["AIDAJQABLZS4A3QDU576Q", "AROAKSCDLFT9R5DQP782U"] {
            assert_eq!(only(&json!({"AWS": id})), Grantee::Deleted(id.to_owned()));
        }
    }

    #[test]
    fn other_kinds_of_principal_are_told_apart() {
        let identity = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2QWRUHAP";
        assert_eq!(
            only(&json!({"AWS": identity})),
            Grantee::OriginAccess(identity.to_owned())
        );
        let provider = "arn:aws:iam::111122223333:saml-provider/corp";
        assert_eq!(
            only(&json!({"Federated": provider})),
            Grantee::Federated(provider.to_owned(), "111122223333".to_owned())
        );
        assert_eq!(
            only(&json!({"Federated": "graph.facebook.com"})),
            Grantee::WebIdentity("graph.facebook.com".to_owned())
        );
        let canonical = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
        assert_eq!(
            only(&json!({"CanonicalUser": canonical})),
            Grantee::Unresolved(canonical.to_owned())
        );
    }

    #[test]
    fn a_principal_of_the_wrong_shape_is_refused() {
        for value in [
            json!(5),
            json!(["*"]),
            json!({"AWS": 5}),
            json!({"Users": "x"}),
        ] {
            assert!(grantees(&value).is_err(), "{value}");
        }
    }
}
