//! `orgsweep policy`: whom a bucket or key policy lets in, statement by statement.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use compliance::AccountId;
use controls::exposure::{self, Context, PolicyKind};

use crate::exit::Exit;
use crate::output::{self, Output};
use crate::report;

/// Explain whom a resource policy lets in.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The policy, a JSON document; `-` reads standard input.
    file: PathBuf,
    /// The account that owns the resource; without it every account is foreign.
    #[arg(long)]
    account: Option<AccountId>,
    /// The ARN of the resource: a Deny that names another one is then not believed.
    #[arg(long)]
    arn: Option<String>,
    /// The Organization of the owner (`o-...`); without it every organization is foreign.
    #[arg(long)]
    organization: Option<String>,
    /// An account that may be let in; repeat it for more.
    #[arg(long, value_name = "ACCOUNT")]
    trusted: Vec<AccountId>,
    /// The access point answers one VPC only.
    #[arg(long)]
    vpc_only: bool,
    /// What the policy is attached to.
    #[arg(long, value_enum, default_value = "s3")]
    kind: Kind,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Output,
}

/// Kinds of resources whose policies can be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    /// A bucket.
    S3,
    /// An access point of a bucket.
    AccessPoint,
    /// A key.
    Kms,
}

impl From<Kind> for PolicyKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::S3 => Self::S3,
            Kind::AccessPoint => Self::AccessPoint,
            Kind::Kms => Self::Kms,
        }
    }
}

/// Reads, analyses and prints.
///
/// # Errors
///
/// If the file cannot be read or is not a policy; the error names the file and the place.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let text = read(&args.file)?;
    let trusted: BTreeSet<String> = args.trusted.iter().map(ToString::to_string).collect();
    let context = Context {
        resource_arn: args.arn.as_deref().unwrap_or_default(),
        account_id: args.account.as_ref().map_or("", AccountId::as_str),
        trusted_accounts: &trusted,
        organization_id: args.organization.as_deref(),
        network_only: args.vpc_only,
        ..Context::of_unknown(args.kind.into())
    };
    let exposure = exposure::analyse_str(&text, &context)
        .with_context(|| format!("`{}` is not a policy", name(&args.file)))?;
    let report = report::policy::PolicyReport::of(&exposure);
    match args.output {
        Output::Json => output::json(out, &report)?,
        Output::Table => write!(out, "{}", report.in_words(output::width()))?,
    }
    Ok(Exit::Success)
}

fn read(file: &Path) -> anyhow::Result<String> {
    let mut text = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(file)
    };
    read.with_context(|| format!("cannot read `{}`", name(file)))
}

fn name(file: &Path) -> String {
    if file == Path::new("-") {
        "standard input".to_owned()
    } else {
        file.display().to_string()
    }
}
