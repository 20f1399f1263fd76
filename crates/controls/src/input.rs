//! The policies' input: an observation as JSON, with the facts that take an algorithm to find out.

use compliance::{Observation, Refusal};
use serde_json::{Map, Value, json};

use crate::analysis::{AccessPointAnalysis, BucketAnalysis, KeyAnalysis};
use crate::parameters::Parameters;
use crate::reach;

/// The input of the policies for an observation: its JSON, `resource_type`, and `analysis`.
///
/// A policy that was read but is none is taken out and named in `unknown` with the code `MalformedPolicy`.
#[must_use]
pub fn input(observation: &Observation, parameters: &Parameters) -> Value {
    let mut input = match serde_json::to_value(observation) {
        Ok(Value::Object(input)) => input,
        // Observations are structs with string keys only; were one not, nothing would pass.
        _ => Map::new(),
    };
    input.insert("resource_type".into(), json!(observation.resource_type()));
    let analysis = match observation {
        Observation::Bucket(bucket) => {
            let analysis = BucketAnalysis::of(bucket, parameters);
            refuse(&mut input, "policy", analysis.policy_refusal.as_ref());
            json!(analysis)
        }
        Observation::AccessPoint(point) => {
            let analysis = AccessPointAnalysis::of(point, parameters);
            refuse(&mut input, "policy", analysis.policy_refusal.as_ref());
            json!(analysis)
        }
        Observation::MultiRegionAccessPoint(point) => {
            let analysis = AccessPointAnalysis::of_multi_region(point, parameters);
            refuse(&mut input, "policy", analysis.policy_refusal.as_ref());
            json!(analysis)
        }
        Observation::Key(key) => {
            let analysis = KeyAnalysis::of(key, parameters);
            refuse(&mut input, "key_policy", analysis.policy_refusal.as_ref());
            json!(analysis)
        }
        Observation::SecurityGroup(group) => match reach::analyse(group) {
            Some(reach) => json!({
                "reach": reach,
                "unknown_networks": reach::unknown_networks(group, &parameters.known_public_cidrs),
            }),
            None => json!({}),
        },
        Observation::Account(_) | Observation::BucketKey(_) => json!({}),
    };
    input.insert("analysis".into(), analysis);
    Value::Object(input)
}

/// Makes a field unread, as if its read had been refused.
fn refuse(input: &mut Map<String, Value>, field: &str, refusal: Option<&Refusal>) {
    let Some(refusal) = refusal else { return };
    input.remove(field);
    let unknown = input.entry("unknown").or_insert_with(|| json!({}));
    if let Some(unknown) = unknown.as_object_mut() {
        unknown.insert(field.to_owned(), json!(refusal));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(policy: &Value) -> Observation {
        let json = json!({
            "arn": "arn:aws:s3:::b", "name": "b", "account": "111122223333", "region": "eu-west-1",
            "policy": policy,
        });
        Observation::Bucket(serde_json::from_value(json).unwrap())
    }

    #[test]
    fn a_policy_that_is_none_is_unread() {
        let input = input(&bucket(&json!("public")), &Parameters::default());
        assert_eq!(input.get("policy"), None);
        assert_eq!(
            input["unknown"]["policy"],
            json!({"operation": "GetBucketPolicy", "code": "MalformedPolicy"})
        );
        assert_eq!(input["analysis"].get("policy"), None);
        assert_eq!(input["analysis"].get("public_read"), None);
    }

    #[test]
    fn no_policy_is_known() {
        let input = input(&bucket(&Value::Null), &Parameters::default());
        assert_eq!(input.get("policy"), Some(&Value::Null));
        assert_eq!(input["analysis"].get("policy"), Some(&Value::Null));
        assert_eq!(input["resource_type"], "AwsS3Bucket");
    }
}
