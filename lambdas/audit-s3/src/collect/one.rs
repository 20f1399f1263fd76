//! One bucket alone, by its name.

use audit::Page;
use audit::on_demand::Unobserved;
use aws::Session;
use compliance::Observation;
use compliance::observation::BucketObservation;

use super::BucketCollector;
use super::places::{Places, Whereabouts};

impl BucketCollector {
    /// Observes one bucket of the session's account, as a sweep does.
    ///
    /// # Errors
    ///
    /// [`Unobserved`]: the account has no such bucket, or S3 does not tell where it lies.
    pub async fn only(session: &Session, name: &str) -> Result<BucketObservation, Unobserved> {
        let client = aws::s3_client(session.config());
        let anywhere = Self::new(session, &[], Self::PAGE_SIZE, 1);
        let found = Places::default().find(&client, &anywhere.pace, name).await;
        let region = match found {
            Whereabouts::Own(region) => region,
            Whereabouts::Foreign(_) | Whereabouts::Missing => return Err(Unobserved::Missing),
            Whereabouts::Untold(refusal) => return Err(Unobserved::Refused(refusal)),
        };
        let collector = Self::new(session, std::slice::from_ref(&region), Self::PAGE_SIZE, 1);
        collector.places.remember(name, region.clone());
        let mut page = Page::default();
        collector
            .observe_all(&[(name.to_owned(), region)], &mut page)
            .await;
        page.observations
            .into_iter()
            .find_map(|observation| match observation {
                Observation::Bucket(bucket) => Some(*bucket),
                _ => None,
            })
            .ok_or(Unobserved::Missing)
    }
}
