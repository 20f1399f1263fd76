//! `orgsweep preflight`: what must be in place before the first run.

use std::io::Write;

use aws::AuditRole;
use compliance::Region;
use compliance::sweep::Filter;

use crate::exit::Exit;
use crate::output::{self, Output};
use crate::preflight::{self, Stores, Wanted, point};
use crate::report;

/// Look whether a first run would see everything: Organization, delegation, audit roles, regions, Security Hub, tables.
///
/// Nothing is written. The audit roles are entered with the credentials at hand, which they must trust.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Name of the audit role.
    #[arg(
        long,
        env = "AUDIT_ROLE_NAME",
        value_name = "NAME",
        default_value = "orgsweep-audit"
    )]
    audit_role_name: String,
    /// The external id that it demands.
    #[arg(long, env = "EXTERNAL_ID", value_name = "ID")]
    external_id: Option<String>,
    /// Regions that will be swept; all enabled ones unless given.
    #[arg(long, value_name = "REGION")]
    region: Vec<Region>,
    /// How many accounts to enter, spread over the Organization; all unless given.
    #[arg(long, value_name = "NUMBER")]
    sample: Option<usize>,
    /// Findings do not go to Security Hub of the members: do not look at it.
    #[arg(long)]
    no_security_hub: bool,
    /// Name of the findings table.
    #[arg(long, env = "FINDINGS_TABLE", value_name = "NAME")]
    findings_table: Option<String>,
    /// Name of the runs table.
    #[arg(long, env = "RUNS_TABLE", value_name = "NAME")]
    runs_table: Option<String>,
    /// Name of the run bucket.
    #[arg(long, env = "RUN_BUCKET", value_name = "NAME")]
    run_bucket: Option<String>,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Output,
}

/// Looks, and says what to do.
///
/// # Errors
///
/// If no region is configured.
pub(super) async fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let mut points = preflight::look(&aws::base_config().await, &wanted(args)).await?;
    points.extend(point::quotas());
    match args.output {
        Output::Json => output::json(out, &points)?,
        Output::Table => write!(
            out,
            "{}",
            report::preflight::points(&points, output::width())
        )?,
    }
    Ok(if preflight::is_ready(&points) {
        Exit::Success
    } else {
        Exit::NotReady
    })
}

fn wanted(args: &Args) -> Wanted {
    let named = |name: &Option<String>| name.clone().filter(|name| !name.is_empty());
    Wanted {
        role: AuditRole {
            name: args.audit_role_name.clone(),
            external_id: named(&args.external_id),
        },
        regions: Filter {
            include: args.region.iter().cloned().collect(),
            ..Filter::default()
        },
        sample: args.sample,
        security_hub: !args.no_security_hub,
        stores: Stores {
            findings: named(&args.findings_table),
            runs: named(&args.runs_table),
            bucket: named(&args.run_bucket),
        },
    }
}
