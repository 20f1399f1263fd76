//! The JSON schemas of validated names, for the configuration file. Each pattern says what the name's own check does.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::suppression::{Pattern, SuppressionId};
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
    SuppressionId,
    "^[a-z0-9-]{1,64}$",
    "The id of a suppression: 1 to 64 of `a-z`, `0-9` and `-`."
);
schema!(
    OrganizationalUnitId,
    "^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$",
    "The id of an organizational unit, `ou-...`, or of a root, `r-...`."
);

impl JsonSchema for Pattern {
    fn schema_name() -> Cow<'static, str> {
        "Pattern".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "maxLength": Self::MOST,
            "pattern": r"^[^\s\p{Cc}]([^\p{Cc}]*[^\s\p{Cc}])?$",
            "not": { "pattern": "[*][*]" },
            "description": "A name in which one `*` stands for any run of characters."
        })
    }
}
