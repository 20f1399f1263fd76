//! The catalogue: a table for the terminal, and `docs/CONTROLS.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use compliance::{Control, Severity};

use super::table::table;

/// The table: one line per control.
#[must_use]
pub fn rows(controls: &[&Control], width: Option<u16>) -> String {
    let row = |control: &&Control| {
        vec![
            control.id.to_string(),
            control.severity.to_string(),
            control.resource_type.as_str().to_owned(),
            control.title.clone(),
        ]
    };
    let header = ["CONTROL", "SEVERITY", "RESOURCE", "STATEMENT"];
    table(&header, controls.iter().map(row).collect(), width)
}

/// The whole catalogue as Markdown.
#[must_use]
pub fn markdown(controls: &[&Control]) -> String {
    let mut text = introduction(controls);
    for control in controls {
        section(&mut text, control);
    }
    text
}

fn introduction(controls: &[&Control]) -> String {
    let mut by_severity: BTreeMap<Severity, usize> = BTreeMap::new();
    for control in controls {
        *by_severity.entry(control.severity).or_default() += 1;
    }
    let counts = Severity::WORST_FIRST.iter().filter_map(|severity| {
        let count = by_severity.get(severity)?;
        Some(format!("{count} {severity}"))
    });
    let counts: Vec<String> = counts.collect();
    let mut text = format!(
        "# Controls\n\n\
         Printed by `orgsweep controls --output markdown`; edit the Rego files in `policies/`, not this page.\n\n\
         {} controls: {}.\n\n\
         A control is judged on what was read. If a field that it reads could not be read, its verdict is\n\
         NOT_AVAILABLE, never PASSED.\n\n\
         | control | severity | resource | statement |\n| --- | --- | --- | --- |\n",
        controls.len(),
        counts.join(", "),
    );
    for control in controls {
        let _infallible = writeln!(
            text,
            "| [{id}](#{anchor}) | {severity} | {resource} | {title} |",
            id = control.id,
            anchor = anchor(control.id.as_str()),
            severity = control.severity,
            resource = control.resource_type.as_str(),
            title = cell(&control.title),
        );
    }
    text
}

fn section(text: &mut String, control: &Control) {
    let reads: Vec<String> = control
        .reads
        .iter()
        .map(|field| format!("`{field}`"))
        .collect();
    let _infallible = write!(
        text,
        "\n## {id}\n\n**{title}**\n\n{rationale}\n\n\
         * Severity: {severity}\n* Resource: {resource}\n* Reads: {reads}\n",
        id = control.id,
        title = control.title,
        rationale = control.rationale,
        severity = control.severity,
        resource = control.resource_type.as_str(),
        reads = reads.join(", "),
    );
    if let Some(linked) = &control.linked_control {
        let _infallible = writeln!(
            text,
            "* Cause on the key: [{linked}](#{})",
            anchor(linked.as_str())
        );
    }
    for (catalogue, ids) in &control.related {
        let _infallible = writeln!(text, "* {}: {}", words(catalogue), ids.join(", "));
    }
    let remediation = &control.remediation;
    let _infallible = writeln!(
        text,
        "\nRemediation: {} <{}>",
        remediation.text, remediation.url
    );
}

/// The anchor that Markdown renderers make of a heading.
fn anchor(id: &str) -> String {
    let kept = id
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_');
    kept.collect::<String>().to_lowercase()
}

/// `security_hub` in words: `security hub`.
fn words(name: &str) -> String {
    name.replace('_', " ")
}

/// Text that may stand in a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use compliance::{Remediation, ResourceType};

    fn control(id: &str, title: &str) -> Control {
        Control {
            id: id.parse().unwrap(),
            title: title.to_owned(),
            severity: Severity::High,
            resource_type: ResourceType::AwsS3Bucket,
            reads: vec!["policy".to_owned()],
            remediation: Remediation {
                text: "Close it.".to_owned(),
                url: "https://docs.example.com/close".to_owned(),
            },
            rationale: "Open doors let people in.".to_owned(),
            related: [("security_hub".to_owned(), vec![id.to_owned()])].into(),
            linked_control: None,
        }
    }

    #[test]
    fn the_catalogue_as_markdown() {
        let controls = [
            control("S3.8", "Doors | windows are closed"),
            control("SK-001", "Keys fit"),
        ];
        insta::assert_snapshot!(markdown(&controls.iter().collect::<Vec<_>>()));
    }

    #[test]
    fn the_catalogue_as_a_table() {
        let controls = [control("S3.8", "Doors are closed")];
        insta::assert_snapshot!(rows(&controls.iter().collect::<Vec<_>>(), None));
    }
}
