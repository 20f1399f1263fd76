//! Which operation a request is, and how its service spells an error: read off the wire, protocol by protocol.

use crate::Request;

/// The protocols of the AWS APIs, as far as their errors differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// AWS JSON 1.0 and 1.1 (KMS, `DynamoDB`, Organizations, Step Functions).
    Json,
    /// REST-JSON (Security Hub).
    RestJson,
    /// AWS query (STS).
    Query,
    /// EC2 query.
    Ec2,
    /// REST-XML with the error as root (S3).
    RestXml,
    /// REST-XML with the error wrapped (S3 Control).
    WrappedRestXml,
}

impl Protocol {
    /// The protocol of a service.
    pub(crate) fn of(request: &Request) -> Self {
        match request.service.as_str() {
            "s3" => Self::RestXml,
            "s3control" => Self::WrappedRestXml,
            "ec2" => Self::Ec2,
            _ if request.header("x-amz-target").is_some() => Self::Json,
            _ if request.body.starts_with("Action=") => Self::Query,
            _ => Self::RestJson,
        }
    }

    /// The HTTP status of an access denial.
    pub(crate) fn status_of_denial(self) -> u16 {
        if self == Self::Json { 400 } else { 403 }
    }

    /// The body of a refusal with this code. Its message is a text that no program should repeat.
    pub(crate) fn error_body(self, code: &str) -> String {
        const MESSAGE: &str = "replayed message: not to be shown";
        let error = format!("<Code>{code}</Code><Message>{MESSAGE}</Message>");
        match self {
            Self::Json | Self::RestJson => {
                format!(r#"{{"__type":"{code}","message":"{MESSAGE}"}}"#)
            }
            Self::Query | Self::WrappedRestXml => {
                format!("<ErrorResponse><Error>{error}</Error></ErrorResponse>")
            }
            Self::Ec2 => format!("<Response><Errors><Error>{error}</Error></Errors></Response>"),
            Self::RestXml => format!("<Error>{error}</Error>"),
        }
    }
}

/// The service: the name it signs with, except that S3 Control signs as S3.
pub(crate) fn service_of(signed_as: &str, path: &str) -> String {
    if signed_as == "s3" && path.starts_with(S3_CONTROL) {
        "s3control".to_owned()
    } else {
        signed_as.to_owned()
    }
}

/// The operation of a request; method and path where it is not known here.
pub(crate) fn name_of(request: &Request) -> String {
    if let Some(target) = request.header("x-amz-target") {
        return target.rsplit('.').next().unwrap_or(target).to_owned();
    }
    let (path, query) = request
        .path
        .split_once('?')
        .unwrap_or((request.path.as_str(), ""));
    if let Some(id) = value_of(query, "x-id") {
        return id.to_owned();
    }
    let named = match request.service.as_str() {
        "s3" => s3(request, path, query),
        "s3control" => s3_control(&request.method, path),
        "securityhub" => security_hub(&request.method, path),
        _ => value_of(&request.body, "Action"),
    };
    named.map_or_else(
        || format!("{} {}", request.method, request.path),
        str::to_owned,
    )
}

/// The value of a field of a query or a form.
fn value_of<'a>(form: &'a str, name: &str) -> Option<&'a str> {
    form.split('&')
        .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))
        .map(|(_, value)| value)
}

/// `GET` subresources of a bucket (Amazon S3 API Reference, "Actions").
const BUCKET_READS: [(&str, &str); 20] = [
    ("abac", "GetBucketAbac"),
    ("accelerate", "GetBucketAccelerateConfiguration"),
    ("acl", "GetBucketAcl"),
    ("cors", "GetBucketCors"),
    ("encryption", "GetBucketEncryption"),
    ("lifecycle", "GetBucketLifecycleConfiguration"),
    ("location", "GetBucketLocation"),
    ("logging", "GetBucketLogging"),
    ("notification", "GetBucketNotificationConfiguration"),
    ("object-lock", "GetObjectLockConfiguration"),
    ("ownershipControls", "GetBucketOwnershipControls"),
    ("policy", "GetBucketPolicy"),
    ("policyStatus", "GetBucketPolicyStatus"),
    ("publicAccessBlock", "GetPublicAccessBlock"),
    ("replication", "GetBucketReplication"),
    ("requestPayment", "GetBucketRequestPayment"),
    ("tagging", "GetBucketTagging"),
    ("versioning", "GetBucketVersioning"),
    ("versions", "ListObjectVersions"),
    ("website", "GetBucketWebsite"),
];

fn s3(request: &Request, path: &str, query: &str) -> Option<&'static str> {
    let bucket_in_host = !request.host.starts_with("s3.")
        && !request.host.starts_with("s3-")
        && request.host.contains(".s3.");
    let (bucket, object) = if bucket_in_host {
        (true, path.len() > 1)
    } else {
        let mut parts = path.trim_start_matches('/').splitn(2, '/');
        let filled = |part: Option<&str>| part.is_some_and(|part| !part.is_empty());
        (filled(parts.next()), filled(parts.next()))
    };
    if !bucket {
        return (request.method == "GET").then_some("ListBuckets");
    }
    let read = BUCKET_READS.iter().find(|(subresource, _)| {
        query
            .split('&')
            .any(|pair| pair.split('=').next() == Some(subresource))
    });
    match (request.method.as_str(), object, read) {
        ("GET", false, Some((_, name))) => Some(name),
        ("GET", false, None) => Some(if query.contains("list-type=2") {
            "ListObjectsV2"
        } else {
            "ListObjects"
        }),
        ("HEAD", false, _) => Some("HeadBucket"),
        ("PUT", false, None) => Some("CreateBucket"),
        ("DELETE", false, None) => Some("DeleteBucket"),
        ("HEAD", true, _) => Some("HeadObject"),
        _ => None,
    }
}

/// The version of the API that every S3 Control path starts with.
const S3_CONTROL: &str = "/v20180820/";

fn s3_control(method: &str, path: &str) -> Option<&'static str> {
    let parts: Vec<&str> = path.strip_prefix(S3_CONTROL)?.split('/').collect();
    match (method, parts.as_slice()) {
        ("GET", ["configuration", "publicAccessBlock"]) => Some("GetPublicAccessBlock"),
        ("GET", ["accesspoint"]) => Some("ListAccessPoints"),
        ("GET", ["accesspoint", _]) => Some("GetAccessPoint"),
        ("GET", ["accesspoint", _, "policy"]) => Some("GetAccessPointPolicy"),
        ("GET", ["accesspoint", _, "policyStatus"]) => Some("GetAccessPointPolicyStatus"),
        ("GET", ["mrap", "instances"]) => Some("ListMultiRegionAccessPoints"),
        ("GET", ["mrap", "instances", _, "policy"]) => Some("GetMultiRegionAccessPointPolicy"),
        _ => None,
    }
}

fn security_hub(method: &str, path: &str) -> Option<&'static str> {
    match (method, path) {
        ("POST", "/findings/import") => Some("BatchImportFindings"),
        ("PATCH", "/findings/batchupdate") => Some("BatchUpdateFindings"),
        ("POST", "/findings") => Some("GetFindings"),
        ("GET", "/accounts") => Some("DescribeHub"),
        _ => None,
    }
}
