//! The message as HTML: no scripts, no images, no links; every text of others is escaped.

use compliance::{Finding, FindingChange};

use super::change::Change;
use super::words::{
    MOST_REASONS, MOST_SUPPRESSIONS, counts, coverage, cut, headline, more, place, suppression,
};

/// The whole document.
pub(super) fn html(change: &Change<'_>) -> String {
    let sections = [
        format!(
            "<h1 style=\"font-size:18px\">{}</h1>",
            escaped(&headline(change))
        ),
        paragraph("Coverage", &coverage(change)),
        list(&change.summary.reasons, MOST_REASONS),
        paragraph("New findings", &counts(&change.risen())),
        worst(change.worst),
        paragraph(
            "Resolved",
            &counts(&change.by_severity(FindingChange::Resolved)),
        ),
        suppressions(change),
        "<p>orgsweep findings and orgsweep coverage tell the rest.</p>".to_owned(),
    ];
    let body: Vec<&str> = sections
        .iter()
        .map(String::as_str)
        .filter(|it| !it.is_empty())
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>orgsweep</title></head>\n\
         <body style=\"font-family:sans-serif;font-size:14px\">\n{}\n</body></html>\n",
        body.join("\n")
    )
}

fn paragraph(title: &str, text: &str) -> String {
    format!("<p><b>{title}:</b> {}</p>", escaped(text))
}

fn list(items: &[String], most: usize) -> String {
    if items.is_empty() {
        return String::new();
    }
    let shown = items.iter().take(most).map(|item| cut(item));
    let shown = shown.chain(more(items.len(), most));
    let items: Vec<String> = shown
        .map(|item| format!("<li>{}</li>", escaped(&item)))
        .collect();
    format!("<ul>{}</ul>", items.join(""))
}

fn worst(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let rows: Vec<String> = findings.iter().map(row).collect();
    format!(
        "<table cellpadding=\"4\" style=\"border-collapse:collapse;text-align:left\">\n\
         <tr><th>Severity</th><th>Control</th><th>Resource</th><th>Why</th></tr>\n{}\n</table>",
        rows.join("\n")
    )
}

fn row(finding: &Finding) -> String {
    let verdict = &finding.verdict;
    format!(
        "<tr style=\"border-top:1px solid #ccc\"><td>{}</td><td>{}</td><td>{}<br>{}</td><td>{}</td></tr>",
        verdict.severity,
        escaped(verdict.control.as_str()),
        escaped(&verdict.resource),
        escaped(&place(finding)),
        escaped(&cut(&verdict.reason)),
    )
}

fn suppressions(change: &Change<'_>) -> String {
    if change.expiring.is_empty() {
        return String::new();
    }
    let items: Vec<String> = change.expiring.iter().map(suppression).collect();
    format!(
        "<p><b>Suppressions that end soon</b></p>{}",
        list(&items, MOST_SUPPRESSIONS)
    )
}

/// A text as it may stand in an element or an attribute (HTML Living Standard, "Escaping a string").
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
