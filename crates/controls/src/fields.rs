//! The field names of the observation types, asked of their own `Deserialize`, so that a control cannot read a field that does not exist.

use compliance::Subject;
use compliance::observation::{
    AccessPointObservation, AccountObservation, BucketKeyObservation, BucketObservation,
    KeyObservation, MultiRegionAccessPointObservation, SecurityGroupObservation,
};
use serde::de::value::Error;
use serde::de::{Deserialize, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;

/// The top-level fields of the observations of a subject.
pub(crate) fn fields_of(subject: Subject) -> &'static [&'static str] {
    match subject {
        Subject::S3Account => fields::<AccountObservation>(),
        Subject::S3 => fields::<BucketObservation>(),
        Subject::AccessPoint => fields::<AccessPointObservation>(),
        Subject::MultiRegionAccessPoint => fields::<MultiRegionAccessPointObservation>(),
        Subject::Kms => fields::<KeyObservation>(),
        Subject::Sg => fields::<SecurityGroupObservation>(),
        Subject::BucketKey => fields::<BucketKeyObservation>(),
    }
}

/// The fields that every observation of a subject has, whatever was refused.
pub(crate) fn always_read(subject: Subject) -> &'static [&'static str] {
    match subject {
        Subject::S3Account => &["account", "region", "unknown"],
        Subject::S3 => &["account", "arn", "name", "region", "unknown"],
        Subject::AccessPoint => &[
            "account",
            "arn",
            "bucket",
            "bucket_account",
            "name",
            "network_origin",
            "region",
            "unknown",
        ],
        Subject::MultiRegionAccessPoint => &[
            "account",
            "arn",
            "buckets",
            "name",
            "public_access_block",
            "region",
            "unknown",
        ],
        Subject::Kms => &[
            "account", "buckets", "key_arn", "key_id", "region", "unknown",
        ],
        Subject::Sg => &[
            "account",
            "arn",
            "group_id",
            "group_name",
            "region",
            "unknown",
            "vpc_id",
        ],
        Subject::BucketKey => &[
            "account",
            "algorithm",
            "bucket",
            "reference",
            "region",
            "unknown",
        ],
    }
}

fn fields<T: Deserialize<'static>>() -> &'static [&'static str] {
    let mut names: &'static [&'static str] = &[];
    // The error is how the deserializer stops once it was told the names.
    let _told = T::deserialize(FieldNames(&mut names));
    names
}

/// Takes down the field names that a struct asks for.
struct FieldNames<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for FieldNames<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("not a struct"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        *self.0 = fields;
        Err(Error::custom("only the names were wanted"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use compliance::Observation;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn every_subject_has_an_account_a_region_and_a_list_of_unknowns() {
        for subject in Subject::ALL {
            let fields = fields_of(subject);
            for field in ["account", "region", "unknown"] {
                assert!(fields.contains(&field), "{subject:?} {fields:?}");
            }
        }
    }

    #[test]
    fn an_observation_of_which_nothing_was_read_has_the_fields_that_are_always_read() {
        for subject in Subject::ALL {
            let value = |field: &str| match field {
                "account" | "bucket_account" => json!("111122223333"),
                "public_access_block" => Value::Null,
                "region" => json!("eu-west-1"),
                "unknown" => json!({}),
                "buckets" => json!([]),
                _ => json!("x"),
            };
            let always = always_read(subject).iter().copied();
            let json: Value = always.map(|field| (field, value(field))).collect();
            let observation = Observation::from_json(subject, json.clone()).unwrap();
            assert_eq!(serde_json::to_value(&observation).unwrap(), json);
        }
    }
}
