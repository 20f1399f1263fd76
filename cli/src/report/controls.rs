//! The catalogue: a table for the terminal, and `docs/CONTROLS.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use compliance::{Control, ResourceType, Severity};
use controls::{Standard, Standards};
use serde::Deserialize;

use super::table::table;

/// The table: one line per control. Where some are custom, a column says which.
#[must_use]
pub fn rows(controls: &[&Control], custom: &[&Control], width: Option<u16>) -> String {
    let row = |control: &&Control| {
        let mut row = vec![
            control.id.to_string(),
            control.severity.to_string(),
            control.resource_type.as_str().to_owned(),
        ];
        if !custom.is_empty() {
            let origin = if is_one_of(custom, control) {
                "custom"
            } else {
                "orgsweep"
            };
            row.push(origin.to_owned());
        }
        row.push(control.title.clone());
        row
    };
    let origin = (!custom.is_empty()).then_some("ORIGIN");
    let header: Vec<&str> = ["CONTROL", "SEVERITY", "RESOURCE"]
        .into_iter()
        .chain(origin)
        .chain(["STATEMENT"])
        .collect();
    table(&header, controls.iter().map(row).collect(), width)
}

fn is_one_of(custom: &[&Control], control: &Control) -> bool {
    custom.iter().any(|own| own.id == control.id)
}

/// `policies/out_of_scope.json`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// The statements that are not judged.
    pub out_of_scope: Vec<OutOfScope>,
}

/// A statement that is not judged, and why.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutOfScope {
    /// Its id in our list of statements.
    pub id: String,
    /// The statement.
    pub title: String,
    /// Why it is not judged.
    pub reason: String,
}

/// The whole catalogue as Markdown, with the standards that it answers and what it leaves out. Of the controls,
/// `custom` are the operator's own.
#[must_use]
pub fn markdown(
    controls: &[&Control],
    custom: &[&Control],
    standards: &Standards,
    left_out: &[OutOfScope],
) -> String {
    let mut text = introduction(controls);
    for control in controls {
        let origin = is_one_of(custom, control).then_some("a custom policy");
        section(&mut text, control, origin, standards);
    }
    text.push_str("\n## Standards\n");
    for standard in standards {
        standard_section(&mut text, standard);
    }
    text.push_str(
        "\n## Out of scope\n\n| id | statement | why it is not judged |\n| --- | --- | --- |\n",
    );
    for statement in left_out {
        let OutOfScope { id, title, reason } = statement;
        let _infallible = writeln!(text, "| {id} | {} | {} |", cell(title), cell(reason));
    }
    text
}

/// One line per requirement, with the controls that answer it.
fn standard_section(text: &mut String, standard: &Standard) {
    let Standard {
        name,
        version,
        source,
        ..
    } = standard;
    let _infallible = write!(
        text,
        "\n### {name} {version}\n\n`{}`, <{source}>\n\n\
         | requirement | asks for | controls |\n| --- | --- | --- |\n",
        standard.key()
    );
    for requirement in &standard.requirements {
        let controls = requirement.controls.iter();
        let links: Vec<String> = controls
            .map(|id| format!("[{id}](#{})", anchor(id.as_str())))
            .collect();
        let (id, title) = (&requirement.id, cell(&requirement.title));
        let _infallible = writeln!(text, "| {id} | {title} | {} |", links.join(", "));
    }
}

/// The requirements that a control answers, by standard: `cis-aws/5.0.0 2.1.4`.
fn requirements(control: &Control, standards: &Standards) -> Vec<String> {
    let naming = standards.naming(&control.id);
    naming
        .map(|standard| {
            let answered = standard.answered_by(&control.id);
            let ids: Vec<&str> = answered.map(|it| it.id.as_str()).collect();
            format!("{} {}", standard.key(), ids.join(", "))
        })
        .collect()
}

/// How many controls there are of each severity, the worst first: `3 HIGH, 1 LOW`.
fn by_severity(controls: &[&Control]) -> String {
    let mut found: BTreeMap<Severity, usize> = BTreeMap::new();
    for control in controls {
        *found.entry(control.severity).or_default() += 1;
    }
    let counts = Severity::WORST_FIRST.iter().filter_map(|severity| {
        let count = found.get(severity)?;
        Some(format!("{count} {severity}"))
    });
    counts.collect::<Vec<_>>().join(", ")
}

/// How many controls there are on each type of resource: `2 AwsAccount, 1 AwsS3Bucket`.
fn by_resource(controls: &[&Control]) -> String {
    let mut found: BTreeMap<ResourceType, usize> = BTreeMap::new();
    for control in controls {
        *found.entry(control.resource_type).or_default() += 1;
    }
    let counts = found
        .iter()
        .map(|(resource, count)| format!("{count} {}", resource.as_str()));
    counts.collect::<Vec<_>>().join(", ")
}

fn introduction(controls: &[&Control]) -> String {
    let mut text = format!(
        "# Controls\n\n\
         Printed by `orgsweep controls --output markdown`; edit the Rego files in `policies/`, not this page.\n\n\
         {} controls: {}.\n\
         By resource: {}.\n\n\
         A control is judged on what was read. If a field that it reads could not be read, its verdict is\n\
         NOT_AVAILABLE, never PASSED.\n\n\
         | control | severity | resource | statement |\n| --- | --- | --- | --- |\n",
        controls.len(),
        by_severity(controls),
        by_resource(controls),
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

fn section(text: &mut String, control: &Control, origin: Option<&str>, standards: &Standards) {
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
    if let Some(origin) = origin {
        let _infallible = writeln!(text, "* Origin: {origin}");
    }
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
    let requirements = requirements(control, standards);
    if !requirements.is_empty() {
        let _infallible = writeln!(text, "* Standards: {}", requirements.join("; "));
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
    use compliance::Remediation;
    use controls::{Catalog, Source};

    fn control(id: &str, title: &str) -> Control {
        Control {
            id: id.parse().unwrap(),
            title: title.to_owned(),
            severity: Severity::High,
            resource_type: ResourceType::AwsS3Bucket,
            reads: vec!["policy".to_owned()],
            enough: Vec::new(),
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
        let standard = Source {
            path: "standards/house_1.json",
            text: r#"{"house/1": {"id": "house", "version": "1", "name": "House rules", "security_hub": null,
                "source": "https://docs.example.com/house",
                "requirements": [{"id": "2.1", "title": "Doors", "controls": ["S3.8"]}]}}"#,
        };
        let catalog = Catalog::embedded().unwrap();
        let standards = Standards::load(&[standard], &catalog).unwrap();
        let left_out = [OutOfScope {
            id: "S3-099".to_owned(),
            title: "Roofs are closed".to_owned(),
            reason: "We do not climb.".to_owned(),
        }];
        let controls: Vec<&Control> = controls.iter().collect();
        let custom = &controls[1..];
        insta::assert_snapshot!(markdown(&controls, custom, &standards, &left_out));
    }

    #[test]
    fn the_catalogue_as_a_table() {
        let controls = [control("S3.8", "Doors are closed")];
        insta::assert_snapshot!(rows(&controls.iter().collect::<Vec<_>>(), &[], None));
    }
}
