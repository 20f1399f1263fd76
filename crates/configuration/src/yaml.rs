//! From YAML 1.2 to a document with lines, as the CDK app reads it: one document, keys that are text and not repeated.

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, Yaml, YamlData, YamlEmitter};

use crate::node::{Entry, Node, Value};
use crate::problem::Problem;

/// Reads a document.
///
/// # Errors
///
/// If the text is not YAML, or holds no document or several, a repeated key, or a key or value that has no JSON.
pub(crate) fn read(text: &str) -> Result<Node, Problem> {
    let documents = MarkedYaml::load_from_str(text).map_err(|error| Problem {
        line: Some(error.marker().line()),
        ..Problem::new(format!("this is not YAML: {}", error.info()))
    })?;
    match documents.as_slice() {
        [document] => node(document),
        [] => Err(Problem::new("the file is empty")),
        _ => Err(Problem::new("the file holds several documents")),
    }
}

fn node(yaml: &MarkedYaml<'_>) -> Result<Node, Problem> {
    let line = yaml.span.start.line();
    let value = match &yaml.data {
        YamlData::Value(scalar) => Ok(scalar_value(scalar)),
        YamlData::Sequence(items) => items
            .iter()
            .enumerate()
            .map(|(number, item)| Ok((number, node(item)?)))
            .collect::<Result<_, Problem>>()
            .map(Value::List),
        YamlData::Mapping(entries) => entries
            .iter()
            .map(|(key, value)| entry(key, value))
            .collect::<Result<_, Problem>>()
            .map(Value::Map),
        YamlData::Tagged(_, inner) => return node(inner),
        YamlData::Representation(..) | YamlData::Alias(_) | YamlData::BadValue => Err(Problem {
            line: Some(line),
            ..Problem::new("this value cannot be read")
        }),
    };
    Ok(Node {
        line,
        value: value?,
    })
}

fn entry(key: &MarkedYaml<'_>, value: &MarkedYaml<'_>) -> Result<Entry, Problem> {
    let line = key.span.start.line();
    let key = match &key.data {
        YamlData::Value(Scalar::String(key)) => key.to_string(),
        YamlData::Value(Scalar::Integer(key)) => key.to_string(),
        YamlData::Value(Scalar::Boolean(key)) => key.to_string(),
        _ => {
            return Err(Problem {
                line: Some(line),
                ..Problem::new("this key is not text")
            });
        }
    };
    let value = node(value)?;
    Ok(Entry { key, line, value })
}

/// JavaScript has no other number than a float: one without a fraction is a whole number there, so here too.
fn scalar_value(scalar: &Scalar<'_>) -> Value {
    match scalar {
        Scalar::Null => Value::Null,
        Scalar::Boolean(value) => Value::Bool(*value),
        Scalar::Integer(value) => Value::Integer(*value),
        Scalar::FloatingPoint(value) => {
            whole(**value).map_or(Value::Float(**value), Value::Integer)
        }
        Scalar::String(value) => Value::Text(value.to_string()),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "nothing is cut off within the bounds"
)]
fn whole(value: f64) -> Option<i64> {
    (value.fract() == 0.0 && value.abs() < 9e15).then_some(value as i64)
}

/// Writes a JSON document as YAML.
pub(crate) fn write(json: &serde_json::Value) -> String {
    let mut text = String::new();
    let written = YamlEmitter::new(&mut text).dump(&from_json(json));
    match written {
        Ok(()) => text.trim_start_matches("---\n").to_owned() + "\n",
        // Writing to memory does not fail; JSON is YAML too.
        Err(_) => format!("{json:#}\n"),
    }
}

fn from_json(json: &serde_json::Value) -> Yaml<'_> {
    use serde_json::Value as Json;
    match json {
        Json::Null => Yaml::Value(Scalar::Null),
        Json::Bool(value) => Yaml::Value(Scalar::Boolean(*value)),
        Json::Number(number) => match number.as_i64() {
            Some(value) => Yaml::Value(Scalar::Integer(value)),
            None => Yaml::Value(Scalar::String(number.to_string().into())),
        },
        Json::String(value) => Yaml::Value(Scalar::String(value.as_str().into())),
        Json::Array(items) => Yaml::Sequence(items.iter().map(from_json).collect()),
        Json::Object(entries) => Yaml::Mapping(
            entries
                .iter()
                .map(|(key, value)| {
                    let key = Yaml::Value(Scalar::String(key.as_str().into()));
                    (key, from_json(value))
                })
                .collect(),
        ),
    }
}
