//! `orgsweep suppress`: accepts failures for a limited time.

use std::io::Write;

use anyhow::Context as _;
use aws::Page;
use compliance::SuppressionId;
use compliance::suppression::{Draft, Pattern, parse_moment};
use jiff::Timestamp;

use super::setting::BothTables;
use crate::exit::Exit;
use crate::output::{self, Answer};
use crate::policies::Own;

/// Accept failures for a limited time, with a reason: they are no longer counted as failed, nor told as open.
///
/// In a pattern `*` stands for any run of characters; everything else, case included, for itself. Say `*` for
/// everything; at least one of the three patterns must say more. Failures only: what could not be judged stays open.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    tables: BothTables,
    /// Which controls, for example `S3.8` or `SK-*`.
    #[arg(long, value_name = "PATTERN")]
    control: Pattern,
    /// Which accounts.
    #[arg(long, value_name = "PATTERN")]
    account: Pattern,
    /// Which resources, by ARN, for example `arn:aws:s3:::website-*`.
    #[arg(long, value_name = "PATTERN")]
    resource: Pattern,
    /// Why it is accepted.
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who answers for that: a person or a team.
    #[arg(long, value_name = "NAME")]
    owner: String,
    /// When it ends, at most a year from now: a day (its start in UTC), or a time such as `2027-05-31T12:00:00Z`.
    #[arg(long, value_name = "DAY", value_parser = parse_moment)]
    expires: Timestamp,
    /// Its id; made from control and time unless given.
    #[arg(long, value_name = "ID")]
    id: Option<SuppressionId>,
    #[command(flatten)]
    own: Own,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Answer,
}

/// Checks, writes and prints.
///
/// # Errors
///
/// If it breaks a rule, a table is not named or does not answer. Nothing is written then.
pub(super) async fn run(args: Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let now = Timestamp::now();
    let output = args.output;
    let catalog = args.own.read()?.catalog;
    let tables = args.tables.open().await?;
    let draft = Draft {
        id: args.id.map_or_else(|| id(&args.control, now), Ok)?,
        control: args.control,
        account: args.account,
        resource: args.resource,
        reason: args.reason,
        owner: args.owner,
        created: now,
        expires: args.expires,
    };
    let who = aws::caller_name(&aws::base_config().await).await;
    let who = who.context("cannot tell who makes the suppression")?;
    let made = tables.suppress(draft, who, &catalog).await?;
    let nothing = made.findings == 0;
    output::page(out, output, &Page::whole(vec![made]))?;
    if nothing {
        writeln!(
            std::io::stderr(),
            "no finding that is open now is covered by it"
        )?;
    }
    Ok(Exit::Success)
}

/// An id that nobody has chosen: the control, as far as its letters may be in an id, and the time.
fn id(control: &Pattern, now: Timestamp) -> Result<SuppressionId, compliance::Error> {
    let control = control.as_str().to_lowercase();
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let control: String = control.chars().map(plain).take(30).collect();
    let time = now.strftime("%Y%m%dt%H%M%S%3fz");
    format!("{}-{time}", control.trim_matches('-'))
        .trim_matches('-')
        .parse()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_control_and_time() {
        let now: Timestamp = "2026-11-28T02:03:04.5Z".parse().unwrap();
        let made = |control: &str| id(&control.parse().unwrap(), now).unwrap().to_string();
        assert_eq!(made("S3.8"), "s3-8-20261128t020304500z");
        assert_eq!(made("*"), "20261128t020304500z");
    }
}
