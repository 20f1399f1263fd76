//! How a bucket is used: as a website, from web pages, at a distance, and how it is accounted for.

use std::collections::BTreeMap;

use aws_sdk_s3::operation::get_bucket_website::GetBucketWebsiteOutput;
use aws_sdk_s3::types;
use compliance::observation::{Configured, CorsRule, Website};

/// Website hosting.
pub(crate) fn website(answer: &GetBucketWebsiteOutput) -> Website {
    Website {
        redirects_everything: answer.redirect_all_requests_to.is_some(),
    }
}

/// One CORS rule.
pub(crate) fn cors_rule(rule: &types::CorsRule) -> CorsRule {
    CorsRule {
        origins: rule.allowed_origins.clone(),
        methods: rule.allowed_methods.clone(),
    }
}

/// Tags by key.
pub(crate) fn tags(tags: &[types::Tag]) -> BTreeMap<String, String> {
    let pair = |tag: &types::Tag| (tag.key.clone(), tag.value.clone());
    tags.iter().map(pair).collect()
}

/// One S3 Inventory configuration.
pub(crate) fn inventory(configuration: &types::InventoryConfiguration) -> Configured {
    Configured {
        enabled: configuration.is_enabled,
    }
}

/// One S3 Intelligent-Tiering configuration.
pub(crate) fn tiering(configuration: &types::IntelligentTieringConfiguration) -> Configured {
    Configured {
        enabled: configuration.status == types::IntelligentTieringStatus::Enabled,
    }
}
