//! A suppression with its life: where it comes from, who made it, and how it ended.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Suppression;
use crate::Finding;
use crate::finding::{FindingState, SuppressedBy};

/// Where a suppression comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum SuppressionSource {
    /// The configuration file of the environment.
    Configuration,
    /// `orgsweep suppress`.
    Operator,
}

impl SuppressionSource {
    /// Both sources.
    pub const ALL: [Self; 2] = [Self::Configuration, Self::Operator];

    /// The source as it is written in the table and in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Configuration => "CONFIGURATION",
            Self::Operator => "OPERATOR",
        }
    }
}

/// What a suppression is at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SuppressionStatus {
    /// It begins later.
    Pending,
    /// It hides what it matches.
    InForce,
    /// Its time is over.
    Expired,
    /// It was taken back before its time was over.
    Withdrawn,
}

impl SuppressionStatus {
    /// The status as it is written in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::InForce => "IN_FORCE",
            Self::Expired => "EXPIRED",
            Self::Withdrawn => "WITHDRAWN",
        }
    }
}

/// A suppression, who made it and how it ended, as the runs table keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuppressionRecord {
    /// What is accepted.
    pub suppression: Suppression,
    /// Where it comes from.
    pub source: SuppressionSource,
    /// Who made it: the caller's user or session name; absent for one of the configuration, whose history is its
    /// repository's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
    /// When it was taken back, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<Timestamp>,
    /// Who took it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_by: Option<String>,
}

impl SuppressionRecord {
    /// One of the configuration.
    #[must_use]
    pub fn configured(suppression: Suppression) -> Self {
        Self {
            suppression,
            source: SuppressionSource::Configuration,
            created_by: None,
            withdrawn_at: None,
            withdrawn_by: None,
        }
    }

    /// What it is at a time. It begins with the time that it was made, and is over at that of its end.
    #[must_use]
    pub fn status(&self, at: Timestamp) -> SuppressionStatus {
        let says = self.suppression.says();
        if self
            .withdrawn_at
            .is_some_and(|end| end <= at && end <= says.expires)
        {
            SuppressionStatus::Withdrawn
        } else if says.expires <= at {
            SuppressionStatus::Expired
        } else if at < says.created {
            SuppressionStatus::Pending
        } else {
            SuppressionStatus::InForce
        }
    }

    /// Whether it hides what it matches at a time.
    #[must_use]
    pub fn in_force(&self, at: Timestamp) -> bool {
        self.status(at) == SuppressionStatus::InForce
    }

    /// Whether its time is over within 14 days of a time, at which it is in force.
    #[must_use]
    pub fn expires_soon(&self, at: Timestamp) -> bool {
        let left = self.suppression.says().expires.duration_since(at);
        self.in_force(at) && left.as_secs() <= Suppression::NOTICE_HOURS * 3600
    }

    /// When it is over: at its end, or when it was taken back.
    #[must_use]
    pub fn ends(&self) -> Timestamp {
        let expires = self.suppression.says().expires;
        self.withdrawn_at.map_or(expires, |end| end.min(expires))
    }

    /// What a finding notes of it.
    #[must_use]
    pub fn note(&self) -> SuppressedBy {
        SuppressedBy {
            id: self.suppression.id().clone(),
            until: self.ends(),
        }
    }
}

impl Finding {
    /// The finding as it is at a time, which may be another state than the last run left it in: a suppression may
    /// have ended or been made since.
    #[must_use]
    pub fn at(mut self, known: &super::Suppressions, at: Timestamp) -> Self {
        if self.state == FindingState::Resolved {
            return self;
        }
        let covering = known
            .covering(&self.verdict, at)
            .map(SuppressionRecord::note);
        self.suppressed_by = covering.or_else(|| {
            // Of the configuration, and no run has ended yet that would have told us of it.
            let noted = self.suppressed_by.take();
            noted.filter(|by| at < by.until && !known.knows(&by.id))
        });
        self.state = match self.suppressed_by {
            Some(_) => FindingState::Suppressed,
            None => FindingState::Open,
        };
        self
    }
}
