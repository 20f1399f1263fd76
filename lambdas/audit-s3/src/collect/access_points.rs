//! The access points of the wanted regions.

use audit::Page;
use aws::answer::{Answer, Gone, read, read_or_absent};
use aws_sdk_s3control::Client;
use aws_sdk_s3control::operation::list_access_points::ListAccessPointsOutput;
use aws_sdk_s3control::types::AccessPoint;
use compliance::fact::read_or_note;
use compliance::observation::{AccessPointObservation, PublicAccessBlock};
use compliance::{Gap, Observation, Refusal, Region, Service};
use futures::StreamExt;
use futures::stream;
use serde_json::Value;

use super::BucketCollector;
use super::start::AccessPointStart;
use crate::access_point;
use crate::bucket::access;

const LIST: &str = "ListAccessPoints";
const POLICY: &str = "GetAccessPointPolicy";

/// The most access points in one answer (Amazon S3 API Reference, `ListAccessPoints`, `maxResults`).
const MOST_ACCESS_POINTS: i32 = 1_000;

impl BucketCollector {
    /// Adds access points to a page, region by region from `start`, until the page is full; `page.next`
    /// then says where the rest is. Regions without any cost one call each, several at a time. A region
    /// that refuses its list is a gap, and the others go on.
    pub(super) async fn observe_access_points(&self, start: &AccessPointStart, page: &mut Page) {
        let regions: Vec<_> = self.controls.range(start.region.clone()..).collect();
        let mut listing = Vec::new();
        for &(region, client) in &regions {
            let token = start.token.clone().filter(|_| *region == start.region);
            listing.push(self.list_access_points(client, token));
        }
        let mut listings = stream::iter(listing).buffered(self.read_concurrency);
        let mut room = usize::try_from(self.page_size).unwrap_or_default();
        for (index, &(region, client)) in regions.iter().enumerate() {
            let Some(listed) = listings.next().await else {
                return;
            };
            let listed = match listed {
                Ok(listed) => listed,
                Err(refusal) => {
                    page.gaps.push(self.unlisted(region, refusal));
                    continue;
                }
            };
            let points = listed.access_point_list();
            self.observe_each(client, region, points, page).await;
            room = room.saturating_sub(points.len());
            let rest = listed.next_token.map(|token| AccessPointStart {
                region: region.clone(),
                token: Some(token),
            });
            let following = || regions.get(index + 1).filter(|_| room == 0);
            let rest =
                rest.or_else(|| following().map(|(next, _)| AccessPointStart::of_region(next)));
            if let Some(rest) = rest {
                page.next = Some(rest.to_next());
                return;
            }
        }
    }

    async fn list_access_points(
        &self,
        client: &Client,
        token: Option<String>,
    ) -> Result<ListAccessPointsOutput, Refusal> {
        self.pace.wait().await;
        let request = client.list_access_points().set_next_token(token);
        let request = request.max_results(self.page_size.min(MOST_ACCESS_POINTS));
        let answer = request.account_id(self.account.as_str()).send().await;
        match read(LIST, answer) {
            Answer::Known(listed) => Ok(listed),
            Answer::Refused(refusal) => Err(refusal),
            Answer::Vanished => Ok(ListAccessPointsOutput::builder().build()),
        }
    }

    async fn observe_each(
        &self,
        client: &Client,
        region: &Region,
        points: &[AccessPoint],
        page: &mut Page,
    ) {
        let mut reading = Vec::new();
        for point in points {
            let observed = access_point::listed(&self.partition, &self.account, region, point);
            reading.push(self.observe_access_point(client, observed));
        }
        let mut answers = stream::iter(reading).buffer_unordered(self.read_concurrency);
        while let Some(answer) = answers.next().await {
            match answer {
                Ok(point) => {
                    let point = Observation::AccessPoint(Box::new(point));
                    page.observations.push(point);
                }
                Err(Gone) => page.vanished += 1,
            }
        }
    }

    async fn observe_access_point(
        &self,
        client: &Client,
        mut point: AccessPointObservation,
    ) -> Result<AccessPointObservation, Gone> {
        let account_block = self.account_block().await.clone();
        let own_block = self.block_of_access_point(client, &point.name).await?;
        let policy = self.policy_of_access_point(client, &point.name).await?;
        let unknown = &mut point.unknown;
        point.account_public_access_block =
            read_or_note(unknown, "account_public_access_block", account_block);
        point.public_access_block = read_or_note(unknown, "public_access_block", own_block);
        point.policy = read_or_note(unknown, "policy", policy);
        Ok(point)
    }

    async fn block_of_access_point(
        &self,
        client: &Client,
        name: &str,
    ) -> Result<Result<Option<PublicAccessBlock>, Refusal>, Gone> {
        self.pace.wait().await;
        let request = client.get_access_point().name(name);
        let answer = request.account_id(self.account.as_str()).send().await;
        let answer = read("GetAccessPoint", answer).found()?;
        Ok(answer.map(|found| {
            let block = found.public_access_block_configuration;
            block.as_ref().map(access::block_of_account)
        }))
    }

    async fn policy_of_access_point(
        &self,
        client: &Client,
        name: &str,
    ) -> Result<Result<Option<Value>, Refusal>, Gone> {
        self.pace.wait().await;
        let request = client.get_access_point_policy().name(name);
        let answer = request.account_id(self.account.as_str()).send().await;
        let answer = read_or_absent(POLICY, answer, &["NoSuchAccessPointPolicy"]).found()?;
        Ok(answer.and_then(|found| {
            let text = found.map(|found| found.policy.unwrap_or_default());
            text.map(|text| access::policy(POLICY, &text)).transpose()
        }))
    }

    /// A list that was refused: what it would have held is not seen.
    pub(super) fn unlisted(&self, region: &Region, refusal: Refusal) -> Gap {
        Gap {
            account: self.account.clone(),
            region: Some(region.clone()),
            service: Some(Service::S3),
            resource: None,
            operation: refusal.operation,
            code: refusal.code,
        }
    }
}
