//! Log lines: one JSON object each, without a time of their own (the log service adds it).

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Our own crates: their lines follow `LOG_LEVEL`. Everything else logs warnings and errors only,
/// so that no level makes the SDK write requests or credentials.
const OURS: [&str; 8] = [
    "aggregate",
    "audit",
    "audit_kms",
    "audit_s3",
    "audit_sg",
    "aws",
    "controls",
    "enumerate",
];

/// Starts logging at the level that `LOG_LEVEL` names, `info` by default.
pub(super) fn start() -> Result<(), aws::Error> {
    let level = aws::settings::optional("LOG_LEVEL");
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .without_time()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false);
    let in_force = level.as_ref().copied().ok().flatten();
    let subscriber = tracing_subscriber::registry()
        .with(lines)
        .with(targets(in_force.unwrap_or(LevelFilter::INFO)));
    // Only a second start in one process is refused, and then the first one goes on.
    subscriber.try_init().ok();
    level.map(|_| ())
}

/// Which lines are written. Names are matched by prefix, and the longest match wins: `aws_` keeps
/// the SDK's crates apart from our `aws`. The runtime prints a failed handler's error a second
/// time; that line is left out.
fn targets(level: LevelFilter) -> Targets {
    Targets::new()
        .with_default(LevelFilter::WARN)
        .with_targets(OURS.map(|name| (name, level)))
        .with_target("aws_", LevelFilter::WARN)
        .with_target("lambda_runtime::layers::panic", LevelFilter::OFF)
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    #[test]
    fn a_low_level_opens_our_crates_and_not_the_sdk() {
        let targets = targets(LevelFilter::DEBUG);
        assert!(targets.would_enable("aws::session", &Level::DEBUG));
        assert!(targets.would_enable("audit_s3::collect", &Level::DEBUG));
        assert!(!targets.would_enable("audit_s3::collect", &Level::TRACE));
        for sdk in [
            "aws_smithy_runtime::client",
            "aws_config::sts",
            "hyper_util",
        ] {
            assert!(targets.would_enable(sdk, &Level::WARN), "{sdk}");
            assert!(!targets.would_enable(sdk, &Level::INFO), "{sdk}");
        }
        assert!(!targets.would_enable("lambda_runtime::layers::panic", &Level::ERROR));
    }
}
