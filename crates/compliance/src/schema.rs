//! The JSON schemas of validated names, for the configuration file. Each pattern says what the name's own check does.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::sweep::OrganizationalUnitId;
use crate::{AccountId, ControlId, Region};

macro_rules! schema {
    ($name:ident, $pattern:literal, $description:literal) => {
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern, "description": $description })
            }
        }
    };
}

schema!(
    AccountId,
    "^[0-9]{12}$",
    "An AWS account id: twelve digits, in quotes."
);
schema!(
    Region,
    "^[a-z]+(-[a-z]+)+-[0-9]+$",
    "A region code such as `eu-west-1`."
);
schema!(
    ControlId,
    "^[A-Za-z][A-Za-z0-9_]*[.-][A-Za-z0-9_.-]+$",
    "The id of a control, such as `S3.8` or `SK-001`."
);
schema!(
    OrganizationalUnitId,
    "^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$",
    "The id of an organizational unit, `ou-...`, or of a root, `r-...`."
);
