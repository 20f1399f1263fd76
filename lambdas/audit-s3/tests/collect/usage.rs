//! How buckets are used: website, CORS, tags, acceleration, inventories, tierings.

use compliance::Fact;
use compliance::observation::{Configured, CorsRule, Website};
use replay::{Answer, Replay, call};

use crate::wire;

fn used() -> Replay {
    wire::account(&[("used", "eu-west-1")])
        .on(
            "GetBucketWebsite",
            Answer::of(
                "<WebsiteConfiguration><RedirectAllRequestsTo><HostName>example.com</HostName>\
                 </RedirectAllRequestsTo></WebsiteConfiguration>",
            ),
        )
        .on(
            "GetBucketCors",
            Answer::of(
                "<CORSConfiguration><CORSRule><AllowedMethod>PUT</AllowedMethod>\
                 <AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>",
            ),
        )
        .on(
            "GetBucketTagging",
            Answer::of(
                "<Tagging><TagSet><Tag><Key>owner</Key><Value>me</Value></Tag></TagSet></Tagging>",
            ),
        )
        .on(
            "GetBucketAccelerateConfiguration",
            Answer::of(
                "<AccelerateConfiguration><Status>Enabled</Status></AccelerateConfiguration>",
            ),
        )
}

/// One page of inventories; each is enabled or not.
fn inventories(enabled: &[bool], next: &str) -> Answer {
    let one = |enabled: &bool| {
        format!(
            "<InventoryConfiguration><Id>i</Id><IsEnabled>{enabled}</IsEnabled>\
             <IncludedObjectVersions>All</IncludedObjectVersions></InventoryConfiguration>"
        )
    };
    let all = enabled.iter().map(one).collect::<Vec<_>>().concat();
    Answer::of(format!(
        "<ListInventoryConfigurationsResult>{all}{next}</ListInventoryConfigurationsResult>"
    ))
}

#[tokio::test]
async fn how_a_bucket_is_used_is_observed() {
    let page = wire::first_page(&used()).await;
    let bucket = wire::bucket(&page, "used");
    let website = Website {
        redirects_everything: true,
    };
    assert_eq!(bucket.website, Fact::Known(Some(website)));
    let rule = CorsRule {
        origins: vec!["*".to_owned()],
        methods: vec!["PUT".to_owned()],
    };
    assert_eq!(bucket.cors, Fact::Known(Some(vec![rule])));
    assert_eq!(bucket.tags.known().unwrap()["owner"], "me");
    let acceleration = bucket.transfer_acceleration.known().unwrap();
    assert_eq!(acceleration.as_deref(), Some("Enabled"));
}

#[tokio::test]
async fn what_is_not_configured_is_known_to_be_absent() {
    let page = wire::first_page(&wire::account(&[("plain", "eu-west-1")])).await;
    let bucket = wire::bucket(&page, "plain");
    assert!(bucket.unknown.is_empty(), "{:?}", bucket.unknown);
    assert_eq!(bucket.website, Fact::Known(None));
    assert_eq!(bucket.cors, Fact::Known(None));
    assert!(bucket.tags.known().unwrap().is_empty());
    assert_eq!(bucket.transfer_acceleration, Fact::Known(None));
    assert_eq!(bucket.inventories, Fact::Known(Vec::new()));
    assert_eq!(bucket.tierings, Fact::Known(Vec::new()));
}

#[tokio::test]
async fn every_page_of_inventories_and_tierings_is_read() {
    let more = "<NextContinuationToken>more</NextContinuationToken>";
    let tiering = |status: &str, next: &str| {
        Answer::of(format!(
            "<ListBucketIntelligentTieringConfigurationsOutput><IntelligentTieringConfiguration>\
             <Id>t</Id><Status>{status}</Status></IntelligentTieringConfiguration>{next}\
             </ListBucketIntelligentTieringConfigurationsOutput>"
        ))
    };
    let listing = "ListBucketInventoryConfigurations";
    let tierings = "ListBucketIntelligentTieringConfigurations";
    let replay = used()
        .on(listing, inventories(&[false], more))
        .on(
            call(listing).with("continuation-token=more"),
            inventories(&[true], ""),
        )
        .on(tierings, tiering("Disabled", more))
        .on(
            call(tierings).with("continuation-token=more"),
            tiering("Enabled", ""),
        );
    let page = wire::first_page(&replay).await;
    let bucket = wire::bucket(&page, "used");
    let both = vec![Configured { enabled: false }, Configured { enabled: true }];
    assert_eq!(bucket.inventories, Fact::Known(both.clone()));
    assert_eq!(bucket.tierings, Fact::Known(both));
}

#[tokio::test]
async fn a_refused_read_of_usage_is_unknown_on_its_own() {
    for (operation, field) in [
        ("GetBucketWebsite", "website"),
        ("GetBucketCors", "cors"),
        ("GetBucketTagging", "tags"),
        ("GetBucketAccelerateConfiguration", "transfer_acceleration"),
        ("ListBucketInventoryConfigurations", "inventories"),
        ("ListBucketIntelligentTieringConfigurations", "tierings"),
    ] {
        let replay = used().on(operation, Answer::denied("AccessDenied"));
        let page = wire::first_page(&replay).await;
        let unknown = &wire::bucket(&page, "used").unknown;
        assert_eq!(unknown.len(), 1, "{unknown:?}");
        assert_eq!(unknown[field].operation, operation);
        assert_eq!(unknown[field].code, "AccessDenied");
    }
}

#[tokio::test]
async fn where_nothing_can_be_accelerated_nothing_is() {
    let replay = wire::account(&[("here", "eu-west-1"), ("dot.ted", "eu-west-1")]).on(
        call("GetBucketAccelerateConfiguration").with("here"),
        Answer::refused(405, "MethodNotAllowed"),
    );
    let page = wire::first_page(&replay).await;
    for name in ["here", "dot.ted"] {
        let bucket = wire::bucket(&page, name);
        assert_eq!(bucket.transfer_acceleration, Fact::Known(None), "{name}");
    }
    let asked = replay.requests_of(call("GetBucketAccelerateConfiguration").with("dot.ted"));
    assert!(asked.is_empty(), "a name with dots cannot be accelerated");
}

#[tokio::test]
async fn a_bucket_that_vanishes_while_its_use_is_read_is_counted() {
    let replay = used().on("GetBucketTagging", Answer::refused(404, "NoSuchBucket"));
    let page = wire::first_page(&replay).await;
    assert!(wire::buckets(&page).is_empty());
    assert_eq!(page.vanished, 1);
}
