//! What is read of a bucket, where, and what is not asked for.

use audit::Collector;
use compliance::Fact;
use compliance::observation::{
    Encryption, LifecycleRule, Logging, Notifications, ObjectLock, PolicyStatus, Versioning,
};
use replay::{Answer, Replay, call};

use crate::wire::{self, ACCOUNT, BLOCK};

/// What a bucket is asked for when no answer makes a read pointless.
const ALL_READS: [&str; 18] = [
    "GetBucketAccelerateConfiguration",
    "GetBucketAcl",
    "GetBucketCors",
    "GetBucketEncryption",
    "GetBucketLifecycleConfiguration",
    "GetBucketLogging",
    "GetBucketNotificationConfiguration",
    "GetBucketOwnershipControls",
    "GetBucketPolicy",
    "GetBucketPolicyStatus",
    "GetBucketReplication",
    "GetBucketTagging",
    "GetBucketVersioning",
    "GetBucketWebsite",
    "GetObjectLockConfiguration",
    "GetPublicAccessBlock",
    "ListBucketIntelligentTieringConfigurations",
    "ListBucketInventoryConfigurations",
];

/// A document for every configuration that a bucket can have.
const DOCUMENTS: [(&str, &str); 11] = [
    ("s3.GetPublicAccessBlock", BLOCK),
    (
        "GetBucketPolicy",
        r#"{"Version":"2012-10-17","Statement":[]}"#,
    ),
    (
        "GetBucketPolicyStatus",
        "<PolicyStatus><IsPublic>true</IsPublic></PolicyStatus>",
    ),
    (
        "GetBucketOwnershipControls",
        "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>",
    ),
    (
        "GetBucketAcl",
        "<AccessControlPolicy><Owner><ID>me</ID></Owner><AccessControlList><Grant>\
             <Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"Group\">\
             <URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee>\
             <Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>",
    ),
    (
        "GetBucketEncryption",
        "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>\
             <SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>alias/app</KMSMasterKeyID>\
             </ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled>\
             <BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType></BlockedEncryptionTypes>\
             </Rule></ServerSideEncryptionConfiguration>",
    ),
    (
        "GetBucketVersioning",
        "<VersioningConfiguration><Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>\
             </VersioningConfiguration>",
    ),
    (
        "GetBucketLogging",
        "<BucketLoggingStatus><LoggingEnabled><TargetBucket>trail</TargetBucket>\
             <TargetPrefix>a/</TargetPrefix></LoggingEnabled></BucketLoggingStatus>",
    ),
    (
        "GetBucketLifecycleConfiguration",
        "<LifecycleConfiguration><Rule><ID>x</ID><Filter><Prefix/></Filter><Status>Enabled</Status>\
             <Expiration><Days>30</Days></Expiration><AbortIncompleteMultipartUpload>\
             <DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload>\
             </Rule></LifecycleConfiguration>",
    ),
    (
        "GetObjectLockConfiguration",
        "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>\
             <DefaultRetention><Mode>COMPLIANCE</Mode><Years>1</Years></DefaultRetention>\
             </Rule></ObjectLockConfiguration>",
    ),
    (
        "GetBucketNotificationConfiguration",
        "<NotificationConfiguration><EventBridgeConfiguration/><QueueConfiguration><Id>q</Id>\
             <Queue>arn:aws:sqs:eu-west-1:111122223333:q</Queue><Event>s3:ObjectCreated:*</Event>\
             </QueueConfiguration></NotificationConfiguration>",
    ),
];

/// A bucket with everything configured.
fn full() -> Replay {
    let replay = wire::account(&[("full", "eu-west-1")])
        .on("s3control.GetPublicAccessBlock", Answer::of(BLOCK))
        .on("HeadBucket", Answer::refused(404, "NotFound"));
    DOCUMENTS.iter().fold(replay, |replay, (operation, body)| {
        replay.on(*operation, Answer::of(body))
    })
}

#[tokio::test]
async fn everything_that_is_configured_is_observed() {
    let page = wire::first_page(&full()).await;
    let bucket = wire::bucket(&page, "full");

    assert_eq!(bucket.arn, "arn:aws:s3:::full");
    assert_eq!(bucket.region.as_str(), "eu-west-1");
    assert!(bucket.unknown.is_empty(), "{:?}", bucket.unknown);
    let block = bucket.public_access_block.known().unwrap().unwrap();
    assert!(block.restrict_public_buckets);
    assert_eq!(bucket.account_public_access_block, Fact::Known(Some(block)));
    assert!(bucket.policy.known().unwrap().as_ref().unwrap()["Statement"].is_array());
    assert_eq!(
        bucket.policy_status,
        Fact::Known(Some(PolicyStatus { is_public: true }))
    );
    let ownership = bucket.object_ownership.known().unwrap().as_deref();
    assert_eq!(ownership, Some("ObjectWriter"));
    let acl = bucket.acl.known().unwrap().as_ref().unwrap();
    assert_eq!(acl.grants[0].grantee_type, "Group");
    assert_eq!(acl.grants[0].permission, "READ");
    assert_eq!(
        bucket.versioning,
        Fact::Known(Some(Versioning {
            status: "Enabled".to_owned(),
            mfa_delete: true
        }))
    );
    assert_eq!(bucket.replication, Fact::Known(None));
}

#[tokio::test]
async fn how_the_data_is_kept_is_observed() {
    let page = wire::first_page(&full()).await;
    let bucket = wire::bucket(&page, "full");

    let encryption = Encryption {
        algorithm: "aws:kms".to_owned(),
        kms_key_id: Some("alias/app".to_owned()),
        bucket_key_enabled: true,
        blocked_encryption_types: Some(vec!["SSE-C".to_owned()]),
    };
    assert_eq!(bucket.encryption, Fact::Known(Some(encryption)));
    let logging = Logging {
        target_bucket: "trail".to_owned(),
        target_prefix: "a/".to_owned(),
    };
    assert_eq!(bucket.logging, Fact::Known(Some(logging)));
    let rule = LifecycleRule {
        enabled: true,
        expires: true,
        expires_noncurrent: false,
        transitions: false,
        aborts_incomplete_uploads: true,
    };
    assert_eq!(bucket.lifecycle, Fact::Known(Some(vec![rule])));
    let lock = ObjectLock {
        enabled: true,
        mode: Some("COMPLIANCE".to_owned()),
        days: Some(365),
    };
    assert_eq!(bucket.object_lock, Fact::Known(Some(lock)));
    let notifications = Notifications {
        event_bridge: true,
        functions: 0,
        queues: 1,
        topics: 0,
    };
    assert_eq!(bucket.notifications, Fact::Known(notifications));
}

/// The operations asked of one bucket, sorted.
fn asked(replay: &Replay, bucket: &str) -> Vec<String> {
    let requests = replay.requests().into_iter();
    let mut operations: Vec<String> = requests
        .filter(|request| request.service == "s3" && request.holds(bucket))
        .map(|request| request.operation)
        .collect();
    operations.sort();
    operations
}

#[tokio::test]
async fn each_fact_is_asked_for_once() {
    let replay = full();
    wire::first_page(&replay).await;
    assert_eq!(asked(&replay, "full"), ALL_READS);
}

#[tokio::test]
async fn pointless_reads_are_not_made() {
    let replay = wire::account(&[("plain", "eu-west-1")]);
    let page = wire::first_page(&replay).await;
    let pointless = [
        "GetBucketAcl",
        "GetBucketPolicyStatus",
        "GetBucketReplication",
        "GetObjectLockConfiguration",
    ];
    let needed: Vec<&str> = ALL_READS
        .into_iter()
        .filter(|operation| !pointless.contains(operation))
        .collect();
    assert_eq!(asked(&replay, "plain"), needed);

    let bucket = wire::bucket(&page, "plain");
    assert!(bucket.unknown.is_empty(), "{:?}", bucket.unknown);
    assert_eq!(bucket.policy_status, Fact::Known(None));
    assert_eq!(bucket.acl, Fact::Known(None));
    assert_eq!(bucket.replication, Fact::Known(None));
    assert_eq!(bucket.object_lock, Fact::Known(None));
}

#[tokio::test]
async fn a_bucket_is_asked_in_its_own_region_and_only_if_that_is_wanted() {
    let replay = wire::account(&[
        ("near", "eu-west-1"),
        ("there", "ap-south-1"),
        ("no", "us-west-2"),
    ]);
    let collector = wire::collector(&replay, &["ap-south-1", "eu-west-1"]).await;
    let page = collector.collect(None).await.unwrap();

    let names: Vec<&str> = wire::buckets(&page)
        .iter()
        .map(|bucket| bucket.name.as_str())
        .collect();
    assert_eq!(names, ["near", "there"]);
    for (bucket, region) in [("near", "eu-west-1"), ("there", "ap-south-1")] {
        let requests = replay.requests_of(call("GetBucketVersioning").with(bucket));
        assert_eq!(requests.len(), 1);
        assert_eq!(requests[0].region, region);
    }
}

#[tokio::test]
async fn every_read_names_the_owner_it_expects() {
    let replay = full();
    wire::first_page(&replay).await;
    let owners: Vec<Option<String>> = replay
        .requests()
        .iter()
        .filter(|request| request.service == "s3" && request.holds("full"))
        .map(|request| {
            request
                .header("x-amz-expected-bucket-owner")
                .map(str::to_owned)
        })
        .collect();
    assert_eq!(owners, vec![Some(ACCOUNT.to_owned()); ALL_READS.len()]);
}
