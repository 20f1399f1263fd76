//! The JSON schema of the file, made from the types: `cdk/config/schema.json`, which editors and the CDK app use.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{Schema, SchemaGenerator};

use crate::Configuration;

/// The schema, draft 2020-12.
#[must_use]
pub fn schema() -> Schema {
    let generator: SchemaGenerator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<Configuration>();
    RecursiveTransform(without_uniqueness).transform(&mut schema);
    schema
}

/// What is written twice in a set counts once.
fn without_uniqueness(schema: &mut Schema) {
    schema.remove("uniqueItems");
}
