//! How a bucket is used: website, CORS, tags, Transfer Acceleration, Inventory, Intelligent-Tiering.

use std::collections::BTreeMap;

use aws::answer::{Gone, read, read_or_absent};
use compliance::fact::read_or_note;
use compliance::observation::{BucketObservation, Configured, CorsRule, Website};
use compliance::{Fact, Unknown};

use super::{BucketReader, Reading};
use crate::bucket::usage;

/// What a region without Transfer Acceleration answers: nothing is accelerated there.
const NO_ACCELERATION: [&str; 3] = ["MethodNotAllowed", "NotImplemented", "UnsupportedArgument"];

impl BucketReader<'_> {
    pub(super) async fn read_usage(
        &self,
        bucket: &mut BucketObservation,
        unknown: &mut Unknown,
    ) -> Result<(), Gone> {
        bucket.website = read_or_note(unknown, "website", self.website().await?);
        bucket.cors = read_or_note(unknown, "cors", self.cors().await?);
        bucket.tags = read_or_note(unknown, "tags", self.tags().await?);
        bucket.transfer_acceleration = if self.name.contains('.') {
            // Names with dots cannot be accelerated (S3 User Guide, "Configuring fast, secure file transfers").
            Fact::Known(None)
        } else {
            read_or_note(unknown, "transfer_acceleration", self.acceleration().await?)
        };
        bucket.inventories = read_or_note(unknown, "inventories", self.inventories().await?);
        bucket.tierings = read_or_note(unknown, "tierings", self.tierings().await?);
        Ok(())
    }

    async fn website(&self) -> Reading<Option<Website>> {
        let answer = ask!(self, get_bucket_website);
        let answer = read_or_absent("GetBucketWebsite", answer, &["NoSuchWebsiteConfiguration"]);
        Ok(answer
            .found()?
            .map(|found| found.as_ref().map(usage::website)))
    }

    async fn cors(&self) -> Reading<Option<Vec<CorsRule>>> {
        let answer = ask!(self, get_bucket_cors);
        let answer = read_or_absent("GetBucketCors", answer, &["NoSuchCORSConfiguration"]);
        Ok(answer.found()?.map(|found| {
            found.map(|found| found.cors_rules().iter().map(usage::cors_rule).collect())
        }))
    }

    async fn tags(&self) -> Reading<BTreeMap<String, String>> {
        let answer = ask!(self, get_bucket_tagging);
        let answer = read_or_absent("GetBucketTagging", answer, &["NoSuchTagSet"]).found()?;
        Ok(answer.map(|found| {
            found
                .map(|found| usage::tags(&found.tag_set))
                .unwrap_or_default()
        }))
    }

    async fn acceleration(&self) -> Reading<Option<String>> {
        let answer = ask!(self, get_bucket_accelerate_configuration);
        let operation = "GetBucketAccelerateConfiguration";
        let answer = read_or_absent(operation, answer, &NO_ACCELERATION).found()?;
        Ok(answer.map(|found| Some(found?.status?.as_str().to_owned())))
    }

    async fn inventories(&self) -> Reading<Vec<Configured>> {
        let mut all = Vec::new();
        let mut token: Option<String> = None;
        loop {
            self.pace.wait().await;
            let request = self.client.list_bucket_inventory_configurations();
            let request = request.bucket(self.name).set_continuation_token(token);
            let answer = request
                .expected_bucket_owner(self.account.as_str())
                .send()
                .await;
            let page = match read("ListBucketInventoryConfigurations", answer).found()? {
                Ok(page) => page,
                Err(refusal) => return Ok(Err(refusal)),
            };
            all.extend(
                page.inventory_configuration_list()
                    .iter()
                    .map(usage::inventory),
            );
            token = page.next_continuation_token;
            if token.is_none() {
                return Ok(Ok(all));
            }
        }
    }

    async fn tierings(&self) -> Reading<Vec<Configured>> {
        let mut all = Vec::new();
        let mut token: Option<String> = None;
        loop {
            self.pace.wait().await;
            let request = self.client.list_bucket_intelligent_tiering_configurations();
            let request = request.bucket(self.name).set_continuation_token(token);
            let answer = request
                .expected_bucket_owner(self.account.as_str())
                .send()
                .await;
            let page = match read("ListBucketIntelligentTieringConfigurations", answer).found()? {
                Ok(page) => page,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let found = page.intelligent_tiering_configuration_list().iter();
            all.extend(found.map(usage::tiering));
            token = page.next_continuation_token;
            if token.is_none() {
                return Ok(Ok(all));
            }
        }
    }
}
