//! `orgsweep audit`: one account, with the credentials at hand.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;
use audit::Judge;
use aws::{Purpose, Session};
use aws_config::SdkConfig;
use compliance::{Region, Run, RunId, Service};
use opa::Address;

use crate::account::{AccountAudit, Found};
use crate::exit::Exit;
use crate::output::{self, Output};
use crate::policies::{Judgement, Own};
use crate::progress::Progress;
use crate::report::audit::AuditReport;

/// Audit one account with the credentials at hand; nothing is deployed, nothing is written.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Services to audit: `s3`, `kms`, `sg`; all unless given.
    #[arg(long = "service", value_name = "SERVICE", value_delimiter = ',')]
    services: Vec<Service>,
    /// Regions to audit; all that are enabled in the account unless given.
    #[arg(long = "region", value_name = "REGION", value_delimiter = ',', num_args = 1..)]
    regions: Vec<Region>,
    /// A role to assume first.
    #[arg(long, value_name = "ARN")]
    role_arn: Option<String>,
    /// The external id that the role demands.
    #[arg(long, value_name = "ID", requires = "role_arn")]
    external_id: Option<String>,
    #[command(flatten)]
    own: Own,
    #[command(flatten)]
    server: PolicyServer,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Output,
    /// Exit with 3 if a verdict is FAILED, with 4 if none is but something was not seen.
    #[arg(long)]
    exit_code: bool,
}

/// An OPA server that judges instead of the embedded engine.
#[derive(Debug, clap::Args)]
struct PolicyServer {
    /// Ask this OPA server, which loads `policies/`: `https://...`, or `http://...` on loopback.
    #[arg(id = "opa_url", long = "opa-url", value_name = "URL", env = "OPA_URL")]
    url: Option<Address>,
    /// A file with the bearer token of the server.
    #[arg(
        id = "opa_token_file",
        long = "opa-token-file",
        value_name = "FILE",
        requires = "opa_url",
        env = "OPA_TOKEN_FILE"
    )]
    token_file: Option<PathBuf>,
    /// The secret of AWS Secrets Manager that holds the token.
    #[arg(
        id = "opa_token_secret",
        long = "opa-token-secret",
        value_name = "ARN",
        requires = "opa_url",
        env = "OPA_TOKEN_SECRET"
    )]
    token_secret: Option<String>,
}

impl PolicyServer {
    /// The server that is named, else the embedded engine.
    fn judge(&self, base: &SdkConfig) -> Result<Judge, opa::Error> {
        let Some(address) = &self.url else {
            return Ok(Judge::Embedded);
        };
        let (secret, file) = (self.token_secret.clone(), self.token_file.clone());
        Judge::asking(base, address.clone(), secret, file)
    }
}

/// Audits and prints.
///
/// # Errors
///
/// If the configuration cannot be used, the account cannot be entered, or its regions cannot be listed and none is given.
pub(super) async fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let Judgement {
        catalog,
        parameters,
    } = args.own.read()?;
    let door = Door {
        base: in_some_region(aws::base_config().await, &args.regions),
        run: Run::of_execution("orgsweep audit", jiff::Timestamp::now()).id,
        args,
    };
    let regions = door.regions().await?;
    let judge = args.server.judge(&door.base)?;
    let audit = AccountAudit {
        catalog: &catalog,
        judge: &judge,
        parameters: &parameters,
        run: &door.run,
        regions: &regions,
    };
    let found = door.audit(&audit).await?;
    let report = AuditReport::of(found.verdicts, found.gaps).without(catalog.refused());
    match args.output {
        Output::Json => output::json(out, &report)?,
        Output::Table => write!(out, "{}", report.in_words(output::width()))?,
    }
    Ok(if args.exit_code {
        report.exit()
    } else {
        Exit::Success
    })
}

/// The configuration at hand; where it names no region, the first one that is to be audited serves
/// for the calls that belong to no region.
fn in_some_region(config: SdkConfig, audited: &[Region]) -> SdkConfig {
    match (config.region(), audited.first()) {
        (None, Some(first)) => {
            let region = aws_config::Region::new(first.to_string());
            config.into_builder().region(region).build()
        }
        _ => config,
    }
}

/// The way into the account.
struct Door<'a> {
    base: SdkConfig,
    run: RunId,
    args: &'a Args,
}

impl Door<'_> {
    /// A session for one purpose: the role's, if one is given, else the caller's own.
    async fn enter(&self, purpose: Purpose) -> Result<Session, aws::Error> {
        match &self.args.role_arn {
            None => Session::caller(self.base.clone()).await,
            Some(role) => {
                let external_id = self.args.external_id.as_deref();
                Session::assume_arn(&self.base, role, external_id, &self.run, purpose).await
            }
        }
    }

    /// The given regions, or those that are enabled in the account; sorted.
    async fn regions(&self) -> anyhow::Result<Vec<Region>> {
        let given: BTreeSet<Region> = self.args.regions.iter().cloned().collect();
        if !given.is_empty() {
            return Ok(given.into_iter().collect());
        }
        let session = self.enter(Purpose::Regions).await?;
        let all = aws::regions::of_account(&session)
            .await
            .context("cannot list the regions of the account; name them with `--region`")?;
        Ok(all
            .into_iter()
            .filter(|it| it.enabled)
            .map(|it| it.region)
            .collect())
    }

    /// Audits the wanted services, buckets first: the keys that they use are audited with the keys.
    async fn audit(&self, audit: &AccountAudit<'_>) -> anyhow::Result<Found> {
        let mut found = Found::default();
        let mut progress = Progress::start("auditing");
        if self.wants(Service::S3) {
            progress.say("auditing buckets");
            audit
                .buckets(&self.enter(Purpose::S3).await?, &mut found)
                .await?;
        }
        if self.wants(Service::Kms) {
            progress.say("auditing keys");
            audit
                .keys(&self.enter(Purpose::Kms).await?, &mut found)
                .await?;
        }
        if self.wants(Service::Sg) {
            progress.say("auditing security groups");
            audit
                .groups(&self.enter(Purpose::Sg).await?, &mut found)
                .await?;
        }
        audit.join(&mut found).await;
        progress.finish();
        Ok(found)
    }

    fn wants(&self, service: Service) -> bool {
        self.args.services.is_empty() || self.args.services.contains(&service)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    fn regions(words: &[&str]) -> Vec<String> {
        let line = Line::try_parse_from([&["audit"], words].concat()).unwrap();
        line.args.regions.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn regions_may_be_given_in_every_usual_way() {
        let expected = ["eu-west-1", "us-east-1"];
        assert_eq!(regions(&["--region", "eu-west-1", "us-east-1"]), expected);
        assert_eq!(
            regions(&["--region", "eu-west-1", "--region", "us-east-1"]),
            expected
        );
        assert_eq!(
            regions(&["--region", "eu-west-1,us-east-1", "--exit-code"]),
            expected
        );
    }

    fn region(configured: Option<&'static str>, audited: &[&str]) -> Option<String> {
        let config = SdkConfig::builder().region(configured.map(aws_config::Region::new));
        let audited: Vec<Region> = audited.iter().map(|name| name.parse().unwrap()).collect();
        let config = in_some_region(config.build(), &audited);
        config.region().map(ToString::to_string)
    }

    #[test]
    fn the_first_audited_region_serves_where_none_is_configured() {
        let audited = ["eu-west-1", "eu-central-1"];
        assert_eq!(region(None, &audited).as_deref(), Some("eu-west-1"));
        assert_eq!(
            region(Some("us-east-1"), &audited).as_deref(),
            Some("us-east-1")
        );
        assert_eq!(region(None, &[]), None);
    }
}
