//! What each condition key says about a request: who makes it, where it comes from, or neither.
//!
//! The keys that say who or where are those of "The meaning of public" (S3 User Guide) and the
//! later keys of the same kind in "AWS global condition context keys" (IAM User Guide).

/// Whose account an account id, ARN or organization names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dimension {
    /// The principal that makes the request.
    Principal,
    /// The resource on whose behalf an AWS service makes the request.
    Source,
    /// The S3 access point through which the request comes.
    AccessPoint,
}

/// How the values of a key limit the callers, if they are fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// The values are account ids.
    Account(Dimension),
    /// The values are ARNs that hold an account id.
    Arn(Dimension),
    /// The values are ids of organizations.
    Organization(Dimension),
    /// The values are paths in an organization, beginning with its id.
    OrganizationPath(Dimension),
    /// The values are IP addresses or ranges.
    Address,
    /// The values are ids of networks or of their owners.
    Place,
    /// The values are ARNs of networks.
    PlaceArn,
    /// The values are paths in an organization that owns networks.
    PlacePath,
    /// The values are unique ids of principals.
    UserId,
    /// Whether the caller is an AWS service.
    ServiceFlag,
    /// The values are service principals.
    ServiceName,
    /// An encryption context that an AWS service sets itself; the values are ARNs. It tells the
    /// service's requests apart, but any other caller can write the same context.
    ServiceContext,
    /// It says neither who nor where; the reason is for people.
    Never(&'static str),
}

const VIA_SERVICE: &str =
    "says which AWS service carries the request, and callers of every account can use that service";
const THIS_RESOURCE: &str = "describes the resource itself, so it is the same for every caller";
const ANYONES_NAME: &str = "is a name that any account can give to its own users";
const ANYONES_TAG: &str = "is a tag that any account can put on its own principals";
const CALLERS_WORDS: &str = "is written by the caller, who can write anything";
const HOW: &str = "says how the request is made, not who makes it";
const WHEN: &str = "says when the request is made, not who makes it";
const MFA: &str = "is met by callers of any account that sign in with MFA";
const PRINCIPAL_TYPE: &str = "is met by principals of every account";
const PRIVATE_ADDRESS: &str = "is a private address, the same in every VPC, unless `aws:SourceVpc` \
    or `aws:SourceVpce` fixes the VPC";
const GRANT_FOR_SERVICE: &str =
    "says that an AWS service asks for a grant, for callers of any account";
const ENCRYPTION: &str = "says how the data is encrypted, not who makes the request";
const NEITHER: &str = "says neither who makes the request nor where it comes from";

/// The rule of a key, written in any letter case.
pub(super) fn rule_of(key: &str) -> Rule {
    let key = key.to_ascii_lowercase();
    match key.as_str() {
        "aws:principalaccount" | "kms:calleraccount" => Rule::Account(Dimension::Principal),
        "aws:sourceaccount" | "aws:sourceowner" => Rule::Account(Dimension::Source),
        "s3:dataaccesspointaccount" => Rule::Account(Dimension::AccessPoint),
        "aws:principalarn" => Rule::Arn(Dimension::Principal),
        "aws:sourcearn" => Rule::Arn(Dimension::Source),
        "s3:dataaccesspointarn" => Rule::Arn(Dimension::AccessPoint),
        "aws:principalorgid" => Rule::Organization(Dimension::Principal),
        "aws:sourceorgid" => Rule::Organization(Dimension::Source),
        "aws:principalorgpaths" => Rule::OrganizationPath(Dimension::Principal),
        "aws:sourceorgpaths" => Rule::OrganizationPath(Dimension::Source),
        "aws:sourceip" => Rule::Address,
        "aws:sourcevpc" | "aws:sourcevpce" | "aws:vpceaccount" | "aws:vpceorgid" => Rule::Place,
        "aws:sourcevpcarn" => Rule::PlaceArn,
        "aws:vpceorgpaths" => Rule::PlacePath,
        "aws:userid" => Rule::UserId,
        "aws:principalisawsservice" => Rule::ServiceFlag,
        "aws:principalservicename" | "aws:principalservicenameslist" => Rule::ServiceName,
        other if other.starts_with("kms:encryptioncontext:aws:") => Rule::ServiceContext,
        other => Rule::Never(why_never(other)),
    }
}

/// Why a key says neither who nor where; `key` in lower case.
fn why_never(key: &str) -> &'static str {
    match key {
        "kms:viaservice" | "aws:viaawsservice" => VIA_SERVICE,
        "aws:resourceaccount"
        | "aws:resourceorgid"
        | "aws:resourceorgpaths"
        | "s3:resourceaccount" => THIS_RESOURCE,
        "aws:username" => ANYONES_NAME,
        "aws:principaltype" => PRINCIPAL_TYPE,
        "aws:referer" | "aws:useragent" | "aws:tagkeys" | "kms:encryptioncontextkeys" => {
            CALLERS_WORDS
        }
        "aws:securetransport"
        | "s3:tlsversion"
        | "s3:authtype"
        | "s3:signatureversion"
        | "s3:signatureage"
        | "aws:requestedregion" => HOW,
        "aws:currenttime" | "aws:epochtime" | "aws:tokenissuetime" => WHEN,
        "aws:multifactorauthpresent" | "aws:multifactorauthage" => MFA,
        "aws:vpcsourceip" => PRIVATE_ADDRESS,
        "kms:grantisforawsresource" => GRANT_FOR_SERVICE,
        other => why_family(other),
    }
}

fn why_family(key: &str) -> &'static str {
    const FAMILIES: [(&str, &str); 7] = [
        ("aws:calledvia", VIA_SERVICE),
        ("aws:principaltag/", ANYONES_TAG),
        ("aws:requesttag/", CALLERS_WORDS),
        ("aws:resourcetag/", THIS_RESOURCE),
        ("s3:existingobjecttag", THIS_RESOURCE),
        ("kms:encryptioncontext", CALLERS_WORDS),
        ("s3:x-amz-server-side-encryption", ENCRYPTION),
    ];
    FAMILIES
        .iter()
        .find(|(prefix, _)| key.starts_with(prefix))
        .map_or(NEITHER, |&(_, why)| why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letter_case_of_a_key_does_not_matter() {
        assert_eq!(rule_of("AWS:sourceIP"), Rule::Address);
        assert_eq!(rule_of("aws:PrincipalARN"), Rule::Arn(Dimension::Principal));
    }

    #[test]
    fn keys_that_anyone_can_satisfy_never_restrict() {
        for key in [
            "kms:ViaService",
            "aws:CalledViaFirst",
            "aws:ResourceAccount",
            "aws:username",
            "aws:Referer",
            "aws:PrincipalTag/team",
            "kms:EncryptionContext:tenant",
            "kms:GrantIsForAWSResource",
            "aws:VpcSourceIp",
            "s3:prefix",
        ] {
            assert!(matches!(rule_of(key), Rule::Never(_)), "{key}");
        }
    }
}
