//! Between our types and DynamoDB items: a type's JSON form, with JSON's types as DynamoDB's.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// An item: attributes by name.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// The JSON form of a value as an attribute.
pub(crate) fn of<T: Serialize>(value: &T) -> Result<AttributeValue, serde_json::Error> {
    serde_json::to_value(value).map(attribute)
}

/// A value from the attributes of its JSON form.
pub(crate) fn read<T: DeserializeOwned>(value: &AttributeValue) -> Result<T, serde_json::Error> {
    serde_json::from_value(json(value))
}

/// A text attribute.
pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

fn attribute(value: Value) -> AttributeValue {
    match value {
        Value::Null => AttributeValue::Null(true),
        Value::Bool(value) => AttributeValue::Bool(value),
        Value::Number(value) => AttributeValue::N(value.to_string()),
        Value::String(value) => AttributeValue::S(value),
        Value::Array(values) => AttributeValue::L(values.into_iter().map(attribute).collect()),
        Value::Object(fields) => AttributeValue::M(
            fields
                .into_iter()
                .map(|(name, value)| (name, attribute(value)))
                .collect(),
        ),
    }
}

/// The JSON of an attribute; the types that we never write are `null`, which no type of ours takes.
fn json(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::Bool(value) => Value::Bool(*value),
        AttributeValue::N(value) => value.parse().map_or(Value::Null, Value::Number),
        AttributeValue::S(value) => Value::String(value.clone()),
        AttributeValue::L(values) => Value::Array(values.iter().map(json).collect()),
        AttributeValue::M(fields) => Value::Object(
            fields
                .iter()
                .map(|(name, value)| (name.clone(), json(value)))
                .collect::<Map<_, _>>(),
        ),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_json_value_survives_the_table() {
        let value =
            serde_json::json!({"a": [1, -2, 1.5, true, null, "x"], "b": {"c": {}}, "d": u64::MAX});
        let back: Value = read(&of(&value).unwrap()).unwrap();
        assert_eq!(back, value);
    }
}
