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
}
