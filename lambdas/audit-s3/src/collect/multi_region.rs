//! The Multi-Region Access Points of the account. They belong to no region: S3 Control keeps them in one, and
//! findings on them carry the first audited region, like those on the account.

use audit::Page;
use aws::Session;
use aws::answer::{Answer, Gone, read, read_or_absent};
use aws_sdk_s3control::Client;
use aws_sdk_s3control::types::MultiRegionAccessPointReport;
use compliance::fact::read_or_note;
use compliance::observation::MultiRegionAccessPointObservation;
use compliance::{Observation, Refusal, Region};
use serde_json::Value;

use super::BucketCollector;
use crate::access_point;
use crate::bucket::{MALFORMED_ANSWER, access, malformed};

/// The one region where S3 Control keeps them, whatever regions they span
/// (S3 User Guide, "Multi-Region Access Point restrictions and limitations").
const KEPT_IN: &str = "us-west-2";

/// The one partition that has them (same).
const PARTITION: &str = "aws";

const LIST: &str = "ListMultiRegionAccessPoints";
const POLICY: &str = "GetMultiRegionAccessPointPolicy";

/// The most in one answer (Amazon S3 API Reference, `ListMultiRegionAccessPoints`, `maxResults`).
const MOST: i32 = 1_000;

/// A client for the region that keeps them; `None` where there are none.
pub(super) fn client(session: &Session) -> Option<Client> {
    let region = KEPT_IN.parse().ok()?;
    let has_them = session.partition.as_str() == PARTITION;
    has_them.then(|| aws::s3control_client(&session.in_region(&region)))
}

impl BucketCollector {
    /// Adds all of them to the page. A refused list is a gap.
    pub(super) async fn observe_multi_region(&self, home: &Region, page: &mut Page) {
        let Some(client) = &self.global else { return };
        let mut token = None;
        loop {
            self.pace.wait().await;
            let request = client.list_multi_region_access_points();
            let request = request.max_results(MOST).set_next_token(token);
            let answer = request.account_id(self.account.as_str()).send().await;
            let listed = match read(LIST, answer) {
                Answer::Known(listed) => listed,
                Answer::Refused(refusal) => return self.unlisted_globally(refusal, page),
                Answer::Vanished => return,
            };
            for report in listed.access_points() {
                self.observe_reported(client, home, report, page).await;
            }
            token = listed.next_token.filter(|token| !token.is_empty());
            if token.is_none() {
                return;
            }
        }
    }

    /// One without name or alias cannot be told from others: it is not seen.
    async fn observe_reported(
        &self,
        client: &Client,
        home: &Region,
        report: &MultiRegionAccessPointReport,
        page: &mut Page,
    ) {
        let reported = access_point::reported(&self.partition, &self.account, home, report);
        let Some(mut point) = reported else {
            return self.unlisted_globally(malformed(LIST, MALFORMED_ANSWER), page);
        };
        let account_block = self.account_block().await.clone();
        let Ok(policy) = self.policy_of_multi_region(client, &point).await else {
            page.vanished += 1;
            return;
        };
        let unknown = &mut point.unknown;
        point.account_public_access_block =
            read_or_note(unknown, "account_public_access_block", account_block);
        point.policy = read_or_note(unknown, "policy", policy);
        let point = Observation::MultiRegionAccessPoint(Box::new(point));
        page.observations.push(point);
    }

    async fn policy_of_multi_region(
        &self,
        client: &Client,
        point: &MultiRegionAccessPointObservation,
    ) -> Result<Result<Option<Value>, Refusal>, Gone> {
        self.pace.wait().await;
        let request = client.get_multi_region_access_point_policy();
        let request = request.name(&point.name).account_id(self.account.as_str());
        let absent = ["NoSuchMultiRegionAccessPointPolicy"];
        let answer = read_or_absent(POLICY, request.send().await, &absent).found()?;
        Ok(answer.and_then(|found| {
            let text = found.and_then(access_point::policy_in_force);
            text.map(|text| access::policy(POLICY, &text)).transpose()
        }))
    }

    fn unlisted_globally(&self, refusal: Refusal, page: &mut Page) {
        if let Ok(region) = KEPT_IN.parse() {
            page.gaps.push(self.unlisted(&region, refusal));
        }
    }
}
