//! Tables and bucket: whether they answer. What has no name yet is not deployed yet.

use aws::{FindingsTable, RunStore, RunsTable};
use aws_config::SdkConfig;

use super::Stores;
use super::point::Point;

const NOT_NAMED: &str =
    "deploy first, then name it by its option or variable: see the outputs of the stack";

pub(super) async fn points(base: &SdkConfig, stores: &Stores) -> Vec<Point> {
    let mut points = Vec::new();
    points.push(match &stores.findings {
        Some(table) => {
            let findings = FindingsTable::new(base, table);
            answered("table", table, findings.reach().await)
        }
        None => Point::unknown("table", "findings table", "not named", NOT_NAMED),
    });
    points.push(match &stores.runs {
        Some(table) => {
            let runs = RunsTable::new(base, table);
            answered("table", table, runs.summaries(None, 1).await.map(drop))
        }
        None => Point::unknown("table", "runs table", "not named", NOT_NAMED),
    });
    points.push(match &stores.bucket {
        Some(bucket) => answered("bucket", bucket, RunStore::new(base, bucket).reach().await),
        None => Point::unknown("bucket", "run bucket", "not named", NOT_NAMED),
    });
    points
}

fn answered(about: &'static str, place: &str, answer: Result<(), aws::Error>) -> Point {
    match answer {
        Ok(()) => Point::ready(about, place, "it answers"),
        Err(error) => Point::refused(about, place, &error),
    }
}
