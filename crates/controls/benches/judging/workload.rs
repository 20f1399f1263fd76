//! What is judged: the fixtures of every subject, and groups with as many rules as EC2 allows.

use std::fs;
use std::path::Path;

use compliance::{Observation, Subject};
use serde_json::{Value, json};

use crate::Failed;

/// Rules per group that AWS allows on request (VPC User Guide, "Amazon VPC quotas").
const MOST_RULES: usize = 1_000;

/// Observations of one subject.
pub(crate) struct Workload {
    pub(crate) name: String,
    pub(crate) subject: Subject,
    pub(crate) observations: Vec<Observation>,
}

/// Every workload.
pub(crate) fn workloads() -> Result<Vec<Workload>, Failed> {
    let mut workloads = Vec::new();
    for subject in Subject::ALL {
        let observations = fixtures(subject)?;
        workloads.push(Workload {
            name: format!("{} ({} fixtures)", subject.folder(), observations.len()),
            subject,
            observations,
        });
    }
    for (name, cidr) in [
        ("sg, 1,000 rules, single addresses", Some("198.51.100.7/32")),
        ("sg, 1,000 rules, all to the world", Some("0.0.0.0/0")),
    ] {
        workloads.push(Workload {
            name: name.to_owned(),
            subject: Subject::Sg,
            observations: vec![group(cidr)?],
        });
    }
    Ok(workloads)
}

fn fixtures(subject: Subject) -> Result<Vec<Observation>, Failed> {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let folder = policies.join(subject.folder()).join("fixtures");
    let mut observations = Vec::new();
    for file in fs::read_dir(folder)? {
        let json: Value = serde_json::from_slice(&fs::read(file?.path())?)?;
        observations.push(Observation::from_json(subject, json)?);
    }
    Ok(observations)
}

/// A group whose rules open one port each.
fn group(cidr: Option<&str>) -> Result<Observation, Failed> {
    let rules: Vec<Value> = (1..=MOST_RULES)
        .map(|port| {
            json!({"rule_id": format!("sgr-{port:017}"), "direction": "ingress", "protocol": "tcp",
                "from_port": 2 * port, "to_port": 2 * port, "cidr": cidr, "prefix_list": null, "group": null,
                "described": false})
        })
        .collect();
    let mut group = serde_json::to_value(fixtures(Subject::Sg)?.into_iter().next())?;
    let fields = group.as_object_mut().ok_or("a group is an object")?;
    fields.insert("rules".to_owned(), json!(rules));
    Ok(Observation::from_json(Subject::Sg, group)?)
}
