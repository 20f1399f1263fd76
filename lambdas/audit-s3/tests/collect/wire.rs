//! Answers as S3 sends them, and an account whose buckets answer everything with "not configured".

use audit::{Collector, Page};
use audit_s3::BucketCollector;
use aws::Session;
use compliance::Observation;
use compliance::observation::{AccountObservation, BucketObservation};
use replay::{Answer, Replay};

/// The audited account.
pub(crate) const ACCOUNT: &str = "111122223333";

/// A block with all four switches on.
pub(crate) const BLOCK: &str = "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls>\
    <IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy>\
    <RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>";

/// Reads that answer 404 with a code where nothing is configured.
const ABSENT: [(&str, &str); 10] = [
    (
        "s3.GetPublicAccessBlock",
        "NoSuchPublicAccessBlockConfiguration",
    ),
    ("GetBucketPolicy", "NoSuchBucketPolicy"),
    ("GetBucketWebsite", "NoSuchWebsiteConfiguration"),
    ("GetBucketCors", "NoSuchCORSConfiguration"),
    ("GetBucketTagging", "NoSuchTagSet"),
    (
        "GetBucketEncryption",
        "ServerSideEncryptionConfigurationNotFoundError",
    ),
    (
        "GetBucketLifecycleConfiguration",
        "NoSuchLifecycleConfiguration",
    ),
    (
        "GetBucketReplication",
        "ReplicationConfigurationNotFoundError",
    ),
    (
        "GetObjectLockConfiguration",
        "ObjectLockConfigurationNotFoundError",
    ),
    (
        "s3control.GetPublicAccessBlock",
        "NoSuchPublicAccessBlockConfiguration",
    ),
];

/// Reads that answer an empty document where nothing is configured.
const EMPTY: [(&str, &str); 7] = [
    ("GetBucketVersioning", "<VersioningConfiguration/>"),
    ("GetBucketLogging", "<BucketLoggingStatus/>"),
    (
        "GetBucketAccelerateConfiguration",
        "<AccelerateConfiguration/>",
    ),
    (
        "ListBucketInventoryConfigurations",
        "<ListInventoryConfigurationsResult><IsTruncated>false</IsTruncated></ListInventoryConfigurationsResult>",
    ),
    (
        "ListBucketIntelligentTieringConfigurations",
        "<ListBucketIntelligentTieringConfigurationsOutput/>",
    ),
    (
        "GetBucketNotificationConfiguration",
        "<NotificationConfiguration/>",
    ),
    (
        "GetBucketOwnershipControls",
        "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>",
    ),
];

/// An account with these buckets, each with the region that the listing tells.
pub(crate) fn account(buckets: &[(&str, &str)]) -> Replay {
    let replay = Replay::new()
        .account(ACCOUNT)
        .on("ListBuckets", listing(buckets, None))
        .on("HeadBucket", Answer::refused(404, "NoSuchBucket"))
        .on("ListAccessPoints", access_points(&[], None))
        .on("ListMultiRegionAccessPoints", multi_region(&[]));
    let replay = ABSENT.iter().fold(replay, |replay, (operation, code)| {
        replay.on(*operation, Answer::refused(404, code))
    });
    EMPTY.iter().fold(replay, |replay, (operation, body)| {
        replay.on(*operation, Answer::of(body))
    })
}

/// One page of `ListBuckets`; a bucket with an empty region is listed without one.
pub(crate) fn listing(buckets: &[(&str, &str)], next: Option<&str>) -> Answer {
    let bucket = |(name, region): &(&str, &str)| match *region {
        "" => format!("<Bucket><Name>{name}</Name></Bucket>"),
        region => {
            format!("<Bucket><Name>{name}</Name><BucketRegion>{region}</BucketRegion></Bucket>")
        }
    };
    let buckets = buckets.iter().map(bucket).collect::<Vec<_>>().concat();
    let token = |token| format!("<ContinuationToken>{token}</ContinuationToken>");
    let next = next.map_or_else(String::new, token);
    Answer::of(format!(
        "<ListAllMyBucketsResult><Buckets>{buckets}</Buckets>{next}</ListAllMyBucketsResult>"
    ))
}

/// One page of `ListAccessPoints`: access points to the bucket `data`, by name.
pub(crate) fn access_points(names: &[&str], next: Option<&str>) -> Answer {
    let point = |name: &&str| {
        format!(
            "<AccessPoint><Name>{name}</Name><NetworkOrigin>Internet</NetworkOrigin><Bucket>data</Bucket>\
             <BucketAccountId>{ACCOUNT}</BucketAccountId></AccessPoint>"
        )
    };
    let points = names.iter().map(point).collect::<Vec<_>>().concat();
    let token = |token| format!("<NextToken>{token}</NextToken>");
    let next = next.map_or_else(String::new, token);
    Answer::of(format!(
        "<ListAccessPointsResult><AccessPointList>{points}</AccessPointList>{next}</ListAccessPointsResult>"
    ))
}

/// Every Multi-Region Access Point, by name.
pub(crate) fn multi_region(names: &[&str]) -> Answer {
    let point = |name: &&str| {
        format!(
            "<AccessPoint><Name>{name}</Name><Alias>{name}.mrap</Alias><Status>READY</Status>\
             <PublicAccessBlock><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlock>\
             <Regions><Region><Bucket>data</Bucket><Region>eu-west-1</Region></Region></Regions></AccessPoint>"
        )
    };
    let points = names.iter().map(point).collect::<Vec<_>>().concat();
    Answer::of(format!(
        "<ListMultiRegionAccessPointsResult><AccessPoints>{points}</AccessPoints></ListMultiRegionAccessPointsResult>"
    ))
}

/// Replication to each destination, by ARN.
pub(crate) fn replication(destinations: &[&str]) -> Answer {
    let rule = |arn: &&str| {
        format!(
            "<Rule><Status>Enabled</Status><Destination><Bucket>{arn}</Bucket></Destination></Rule>"
        )
    };
    let rules = destinations.iter().map(rule).collect::<Vec<_>>().concat();
    Answer::of(format!(
        "<ReplicationConfiguration><Role>r</Role>{rules}</ReplicationConfiguration>"
    ))
}

/// Versioning that is on.
pub(crate) fn versioned() -> Answer {
    Answer::of("<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>")
}

/// A collector whose calls are attempted once.
pub(crate) async fn collector(replay: &Replay, regions: &[&str]) -> BucketCollector {
    collector_of(replay.config("us-east-1"), regions).await
}

/// A collector whose calls are attempted up to three times.
pub(crate) async fn patient_collector(replay: &Replay, regions: &[&str]) -> BucketCollector {
    collector_of(replay.retrying("us-east-1", 3), regions).await
}

async fn collector_of(config: aws_config::SdkConfig, regions: &[&str]) -> BucketCollector {
    let session = Session::caller(config).await.unwrap();
    let regions: Vec<_> = regions
        .iter()
        .map(|region| region.parse().unwrap())
        .collect();
    BucketCollector::new(&session, &regions, 2, 4)
}

/// The first page of an account in `eu-west-1`.
pub(crate) async fn first_page(replay: &Replay) -> Page {
    let collector = collector(replay, &["eu-west-1"]).await;
    collector.collect(None).await.unwrap()
}

/// The observation of a bucket.
pub(crate) fn bucket<'a>(page: &'a Page, name: &str) -> &'a BucketObservation {
    let mut buckets = buckets(page).into_iter();
    buckets.find(|bucket| bucket.name == name).unwrap()
}

/// The observations of buckets, in the order of the page.
pub(crate) fn buckets(page: &Page) -> Vec<&BucketObservation> {
    let observations = page.observations.iter();
    observations
        .filter_map(|observation| match observation {
            Observation::Bucket(bucket) => Some(bucket.as_ref()),
            _ => None,
        })
        .collect()
}

/// The observation of the account, if the page has one.
pub(crate) fn account_of(page: &Page) -> Option<&AccountObservation> {
    page.observations
        .iter()
        .find_map(|observation| match observation {
            Observation::Account(account) => Some(account),
            _ => None,
        })
}
