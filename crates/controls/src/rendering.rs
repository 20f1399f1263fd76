//! The catalogue as a document: Markdown for readers, JSON for programs.

use std::fmt::{self, Write};

use compliance::{Control, Subject};
use serde_json::{Value, json};

use crate::catalog::{Catalog, Policy};

impl Catalog {
    /// The catalogue as `docs/CONTROLS.md`: a table for each subject, in the order of [`Catalog::controls`].
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _written = self.write_markdown(&mut text);
        text
    }

    /// The catalogue as a JSON array: each control as its policy declares it, with `subject` and `policy`.
    #[must_use]
    pub fn json(&self) -> Value {
        self.policies.iter().map(entry).collect()
    }

    fn write_markdown(&self, text: &mut String) -> fmt::Result {
        writeln!(text, "# Controls\n")?;
        writeln!(
            text,
            "Printed by `orgsweep controls --output markdown`; a test holds this file current. {} controls.\n",
            self.policies.len()
        )?;
        writeln!(
            text,
            "A control is `NOT_AVAILABLE` when a field that it reads was not read. The last column names the same statement in other catalogues."
        )?;
        for subject in Subject::ALL {
            self.write_subject(text, subject)?;
        }
        Ok(())
    }

    fn write_subject(&self, text: &mut String, subject: Subject) -> fmt::Result {
        let policies = || {
            self.policies
                .iter()
                .filter(|policy| policy.subject == subject)
        };
        if policies().next().is_none() {
            return Ok(());
        }
        writeln!(text, "\n## {}\n", heading(subject))?;
        writeln!(
            text,
            "| control | what must hold | severity | reads | elsewhere |"
        )?;
        writeln!(text, "| --- | --- | --- | --- | --- |")?;
        policies().try_for_each(|policy| {
            let control = &policy.control;
            writeln!(
                text,
                "| [{}](../{}) | {} | {} | {} | {} |",
                control.id,
                policy.path(),
                cell(&control.title),
                control.severity,
                code(&control.reads),
                cell(&elsewhere(control)),
            )
        })
    }
}

impl Policy {
    /// Path of the policy in this repository: `controls.s3.versioning` lies in `policies/s3/versioning.rego`.
    fn path(&self) -> String {
        let path = self
            .package
            .strip_prefix("controls.")
            .unwrap_or(&self.package);
        format!("policies/{}.rego", path.replace('.', "/"))
    }
}

fn entry(policy: &Policy) -> Value {
    let mut entry = json!(policy.control);
    if let Some(entry) = entry.as_object_mut() {
        entry.insert("subject".into(), json!(policy.subject));
        entry.insert("policy".into(), json!(policy.path()));
    }
    entry
}

fn heading(subject: Subject) -> &'static str {
    match subject {
        Subject::S3Account => "Accounts (S3 settings)",
        Subject::S3 => "S3 buckets",
        Subject::Kms => "KMS keys",
        Subject::Sg => "EC2 security groups",
        Subject::BucketKey => "S3 buckets with their KMS keys",
    }
}

fn code(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn elsewhere(control: &Control) -> String {
    let catalogues: Vec<String> = control
        .related
        .iter()
        .map(|(catalogue, ids)| format!("{catalogue}: {}", ids.join(", ")))
        .collect();
    catalogues.join("; ")
}

/// Text that cannot end its table cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_control_is_a_row_and_an_entry() {
        let catalog = Catalog::embedded().unwrap();
        let markdown = catalog.markdown();
        let json = catalog.json();
        for (index, control) in catalog.controls().enumerate() {
            let row = format!("| [{}](../policies/", control.id);
            assert!(markdown.contains(&row), "{row}");
            assert_eq!(json[index]["id"], control.id.as_str());
        }
    }

    #[test]
    fn a_row_says_where_the_policy_is_and_what_others_call_it() {
        let markdown = Catalog::embedded().unwrap().markdown();
        let row = markdown
            .lines()
            .find(|line| line.contains("[S3.14]"))
            .unwrap();
        assert!(row.starts_with("| [S3.14](../policies/s3/versioning.rego) | Versioning is on | LOW | `versioning` |"), "{row}");
        assert!(
            row.contains("prowler: s3_bucket_object_versioning; "),
            "{row}"
        );
    }

    #[test]
    fn an_entry_keeps_the_relations_and_the_policy() {
        let json = Catalog::embedded().unwrap().json();
        let entries = json.as_array().unwrap();
        let entry = entries.iter().find(|entry| entry["id"] == "S3.14").unwrap();
        assert_eq!(entry["subject"], "s3");
        assert_eq!(entry["policy"], "policies/s3/versioning.rego");
        assert_eq!(entry["related"]["security_hub"], json!(["S3.14"]));
    }
}
