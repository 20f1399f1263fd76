//! Suppressions, as `orgsweep suppressions` and the report print them.

use std::fmt::Write as _;

use compliance::{RunSummary, SuppressionNotice, SuppressionRecord, SuppressionStatus};
use serde::Serialize;

use super::table::{counted, day, or_dash};
use crate::output::Row;

/// A suppression as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// What it is now.
    pub status: SuppressionStatus,
    /// Findings that the last runs have found covered by it.
    pub findings: u64,
    /// The suppression, who made it and how it ended.
    #[serde(flatten)]
    pub record: SuppressionRecord,
}

impl Row for Standing {
    const HEADER: &'static [&'static str] = &[
        "ID",
        "STATUS",
        "EXPIRES",
        "FINDINGS",
        "CONTROL",
        "ACCOUNT",
        "RESOURCE",
        "OWNER",
        "SOURCE",
        "CREATED",
        "BY",
        "WITHDRAWN BY",
        "REASON",
    ];

    fn cells(&self) -> Vec<String> {
        let says = self.record.suppression.says();
        vec![
            says.id.to_string(),
            self.status.as_str().to_owned(),
            day(says.expires),
            self.findings.to_string(),
            says.control.to_string(),
            says.account.to_string(),
            says.resource.to_string(),
            says.owner.clone(),
            self.record.source.as_str().to_owned(),
            day(says.created),
            or_dash(self.record.created_by.as_deref()),
            or_dash(self.record.withdrawn_by.as_deref()),
            says.reason.clone(),
        ]
    }
}

/// What the report on a run says of suppressions; nothing if there is nothing to say.
#[must_use]
pub fn in_words(summary: &RunSummary) -> String {
    let notices = &summary.suppressions;
    let mut text = String::new();
    if summary.suppressed > 0 || notices.in_force > 0 {
        let _infallible = writeln!(
            text,
            "{} in force, {} accepted",
            counted(notices.in_force, "suppression"),
            counted(summary.suppressed, "failure"),
        );
    }
    for notice in &notices.expiring {
        let _infallible = writeln!(text, "{} expires {}", who(notice), day(notice.expires));
    }
    for notice in &notices.matching_nothing {
        let _infallible = writeln!(text, "{} matched nothing in what this run saw", who(notice));
    }
    if notices.left_out > 0 {
        let _infallible = writeln!(
            text,
            "and {} more; see `orgsweep suppressions`",
            notices.left_out
        );
    }
    text
}

fn who(notice: &SuppressionNotice) -> String {
    format!("`{}` of {}", notice.id, notice.owner)
}

#[cfg(test)]
pub(crate) mod tests {
    use compliance::SuppressionNotices;

    use super::*;
    use crate::report::runs::tests::summary;
    use crate::report::table::table;

    /// One suppression of each list.
    pub(crate) fn notices() -> SuppressionNotices {
        let notice = |id: &str| SuppressionNotice {
            id: id.parse().unwrap(),
            owner: "web@example.com".to_owned(),
            expires: "2026-12-01T00:00:00Z".parse().unwrap(),
        };
        SuppressionNotices {
            in_force: 60,
            expiring: vec![notice("website")],
            matching_nothing: vec![notice("old-bucket")],
            left_out: 9,
        }
    }

    #[test]
    fn what_expires_and_what_matches_nothing_is_told() {
        let mut summary = summary();
        summary.suppressions = notices();
        insta::assert_snapshot!(in_words(&summary), @r"
        60 suppressions in force, 3 failures accepted
        `website` of web@example.com expires 2026-12-01
        `old-bucket` of web@example.com matched nothing in what this run saw
        and 9 more; see `orgsweep suppressions`
        ");
        summary.suppressed = 0;
        summary.suppressions = SuppressionNotices::default();
        assert_eq!(in_words(&summary), "");
    }

    #[test]
    fn a_suppression_is_one_line() {
        let record = serde_json::from_value(serde_json::json!({
            "source": "OPERATOR", "created_by": "alice", "suppression": {
                "id": "website", "control": "S3.8", "account": "*", "resource": "arn:aws:s3:::website",
                "reason": "public on purpose", "owner": "web@example.com", "created": "2026-11-28",
                "expires": "2027-05-31",
            },
        }))
        .unwrap();
        let standing = Standing {
            status: SuppressionStatus::InForce,
            findings: 2,
            record,
        };
        insta::assert_snapshot!(table(Standing::HEADER, vec![standing.cells()], None));
    }
}
