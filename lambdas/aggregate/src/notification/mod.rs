//! What people and programs are told of a run that changed something: a topic's message, an event, a mail. The state
//! machine sends them; this module writes them. Pure.

pub(crate) mod change;
mod event;
mod html;
mod text;
mod words;

use compliance::FindingChange;
use serde::Serialize;
use serde_json::Value;

pub use change::Change;
pub(crate) use change::tenths;

/// Findings that a mail names one by one.
pub const MOST_FINDINGS: usize = 10;

/// What is to be sent, as the state machine reads it. Some 20 KB at most: a state holds 256 KiB.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notification {
    /// Whether there is anything to tell; if not, all else is empty.
    pub changed: bool,
    /// One line of ASCII, at most 100 characters (Amazon SNS API Reference, `Publish`, `Subject`).
    pub subject: String,
    /// The message as plain text.
    pub text: String,
    /// The message as HTML.
    pub html: String,
    /// The detail of the event.
    pub event: Value,
    /// Who gets the mail; `None` for nobody.
    pub mail: Option<Mail>,
    /// Why it is not known whether there is anything to tell, if it is not.
    pub failure: Option<String>,
}

/// Sender and recipients of a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mail {
    /// An address of an identity that SES has verified.
    pub from: String,
    /// The recipients.
    pub to: Vec<String>,
}

impl Notification {
    /// What to tell of a change.
    #[must_use]
    pub fn of(change: &Change<'_>, mail: Option<Mail>) -> Self {
        if !change.is_news() {
            return Self::nothing(None);
        }
        Self {
            changed: true,
            subject: subject(change),
            text: text::text(change),
            html: html::html(change),
            event: event::detail(change),
            mail,
            failure: None,
        }
    }

    /// It is not known what changed.
    pub(crate) fn failed(failure: String) -> Self {
        Self::nothing(Some(failure))
    }

    fn nothing(failure: Option<String>) -> Self {
        Self {
            changed: false,
            subject: String::new(),
            text: String::new(),
            html: String::new(),
            event: Value::Null,
            mail: None,
            failure,
        }
    }
}

fn subject(change: &Change<'_>) -> String {
    let worst = change.worst.first().map(|finding| finding.verdict.severity);
    let new: u64 = change.risen().values().sum();
    let worst = worst.map_or_else(String::new, |severity| format!(" (worst: {severity})"));
    let resolved = change.count(FindingChange::Resolved);
    let coverage = change::percent(tenths(change.summary));
    format!("orgsweep: {new} new{worst}, {resolved} resolved, coverage {coverage}")
}

#[cfg(test)]
mod tests {
    use aws::run_changes::Changes;
    use compliance::Severity;

    use super::change::samples::{changes, expiring, finding, summary};
    use super::*;

    fn told(mail: Option<Mail>) -> Notification {
        let worst = [
            finding(
                "S3.8",
                Severity::Critical,
                "the policy lets in <everyone> & \"more\"",
            ),
            finding("S3.5", Severity::Medium, &"very long ".repeat(100)),
        ];
        let change = Change {
            summary: &summary(20, 29, 3),
            previous: Some(&summary(19, 30, 2)),
            changes: &changes(&[
                (FindingChange::Opened, Severity::Critical, 1),
                (FindingChange::Opened, Severity::Medium, 11),
                (FindingChange::Reopened, Severity::Medium, 2),
                (FindingChange::Resolved, Severity::High, 4),
            ]),
            worst: &worst,
            expiring: &[expiring()],
        };
        Notification::of(&change, mail)
    }

    #[test]
    fn the_text_says_what_changed() {
        insta::assert_snapshot!(told(None).text);
    }

    #[test]
    fn the_mail_says_the_same_and_nothing_in_it_is_markup_of_others() {
        let html = told(None).html;
        assert!(html.contains("&lt;everyone&gt; &amp; &quot;more&quot;"));
        assert!(html.contains("payments-&lt;ledger&gt;"));
        insta::assert_snapshot!(html);
    }

    #[test]
    fn the_event_holds_numbers_for_programs() {
        insta::assert_json_snapshot!(told(None).event);
    }

    #[test]
    fn a_subject_is_one_short_line_of_ascii() {
        let subject = told(None).subject;
        assert_eq!(
            subject,
            "orgsweep: 14 new (worst: CRITICAL), 4 resolved, coverage 90.6 %"
        );
        assert!(subject.len() < 100 && subject.is_ascii());
    }

    #[test]
    fn a_notification_fits_into_the_state() {
        let long = "ä<".repeat(5_000);
        let worst: Vec<_> = (0..MOST_FINDINGS)
            .map(|_| finding("S3.8", Severity::Critical, &long))
            .collect();
        let change = Change {
            summary: &summary(20, 29, 3),
            previous: None,
            changes: &changes(&[(FindingChange::Opened, Severity::Critical, u64::MAX)]),
            worst: &worst,
            expiring: &vec![expiring(); 1000],
        };
        let size = serde_json::to_string(&Notification::of(&change, None))
            .unwrap()
            .len();
        assert!(size < 64 * 1024, "{size}");
    }

    #[test]
    fn nothing_is_written_when_there_is_nothing_to_tell() {
        let same = summary(20, 30, 2);
        let change = Change {
            summary: &same,
            previous: Some(&same),
            changes: &Changes::new(),
            worst: &[],
            expiring: &[],
        };
        let mail = Mail {
            from: "a@example.com".into(),
            to: vec!["b@example.com".into()],
        };
        let notification = Notification::of(&change, Some(mail));
        assert!(!notification.changed && notification.mail.is_none());
        assert!(notification.text.is_empty());
    }
}
