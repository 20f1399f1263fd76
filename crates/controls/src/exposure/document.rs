//! A resource policy as typed statements: every spelling that the grammar allows, one shape.
//!
//! Grammar: IAM User Guide, "Grammar of the IAM JSON policy language". Names of elements are
//! taken exactly as AWS writes them; names of condition operators and keys in any case.

use serde::Serialize;
use serde_json::{Map, Value};

use super::error::{Error, kind_of};
use super::principal::{Grantee, grantees};

/// What a statement does with the requests that it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Effect {
    /// The requests are allowed.
    Allow,
    /// The requests are denied, whatever else allows them.
    Deny,
}

/// A positive list, or everything but a list (`NotPrincipal`, `NotAction`, `NotResource`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Selection<T> {
    /// These.
    Only(Vec<T>),
    /// All but these.
    AllBut(Vec<T>),
}

/// One operator, one key and its values. A statement needs all of its conditions to hold;
/// one condition needs one of its values to match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    /// The operator as written, for example `StringEquals`.
    pub(super) operator: String,
    /// The key as written, for example `aws:PrincipalOrgID`.
    pub(super) key: String,
    /// The values as text.
    pub(super) values: Vec<String>,
}

/// One statement of a resource policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// Position in the policy, from 0.
    pub(super) index: usize,
    /// The optional identifier.
    pub(super) sid: Option<String>,
    /// Allow or Deny.
    pub(super) effect: Effect,
    /// Whom it names.
    pub(super) principals: Selection<Grantee>,
    /// Action patterns as written.
    pub(super) actions: Selection<String>,
    /// Resource patterns as written; a statement without any means the resource it is on.
    pub(super) resources: Selection<String>,
    /// All of them must hold.
    pub(super) conditions: Vec<Condition>,
}

impl Statement {
    /// The `Sid`, or the position counted from 1.
    pub(super) fn name(&self) -> String {
        match &self.sid {
            Some(sid) => sid.clone(),
            None => format!("statement {}", self.index + 1),
        }
    }
}

/// Reads all statements of a policy.
pub(super) fn statements(policy: &Value) -> Result<Vec<Statement>, Error> {
    let Value::Object(policy) = policy else {
        return Err(Error::NotAnObject {
            found: kind_of(policy),
        });
    };
    match policy.get("Statement") {
        None => Err(Error::NoStatement),
        Some(Value::Array(list)) => list
            .iter()
            .enumerate()
            .map(|(index, value)| statement(index, value))
            .collect(),
        Some(single @ Value::Object(_)) => Ok(vec![statement(0, single)?]),
        Some(other) => Err(Error::BadStatements {
            found: kind_of(other),
        }),
    }
}

/// The elements of one statement, with the name that errors use.
struct Elements<'a> {
    name: String,
    map: &'a Map<String, Value>,
}

/// The elements that the grammar knows.
const ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

impl<'a> Elements<'a> {
    /// An element that is not known may narrow or widen the statement: a Deny without its
    /// `condition` would hide an exposure.
    fn refuse_unknown(&self) -> Result<(), Error> {
        let known = |element: &&String| ELEMENTS.contains(&element.as_str());
        match self.map.keys().find(|element| !known(element)) {
            Some(element) => self.bad(element, "is no element of a statement"),
            None => Ok(()),
        }
    }

    fn bad<T>(&self, element: &str, problem: impl Into<String>) -> Result<T, Error> {
        Err(Error::BadElement {
            statement: self.name.clone(),
            element: element.to_owned(),
            problem: problem.into(),
        })
    }

    /// The one of two exclusive elements that is present; `true` marks the `Not` form.
    fn one_of(
        &self,
        element: &'static str,
        negated: &'static str,
    ) -> Result<Option<(bool, &'static str, &'a Value)>, Error> {
        match (self.map.get(element), self.map.get(negated)) {
            (Some(_), Some(_)) => self.bad(element, format!("and `{negated}` exclude each other")),
            (Some(value), None) => Ok(Some((false, element, value))),
            (None, Some(value)) => Ok(Some((true, negated, value))),
            (None, None) => Ok(None),
        }
    }
}

fn statement(index: usize, value: &Value) -> Result<Statement, Error> {
    let position = format!("statement {}", index + 1);
    let Value::Object(map) = value else {
        return Err(Error::BadElement {
            statement: position,
            element: "Statement".to_owned(),
            problem: format!("holds {} where an object belongs", kind_of(value)),
        });
    };
    let mut elements = Elements {
        name: position,
        map,
    };
    let sid = sid(&elements)?;
    if let Some(sid) = &sid {
        elements.name = format!("statement `{sid}`");
    }
    elements.refuse_unknown()?;
    Ok(Statement {
        index,
        effect: effect(&elements)?,
        principals: principals(&elements)?,
        actions: actions(&elements)?,
        resources: resources(&elements)?,
        conditions: conditions(&elements)?,
        sid,
    })
}

fn sid(elements: &Elements<'_>) -> Result<Option<String>, Error> {
    match elements.map.get("Sid") {
        None => Ok(None),
        Some(Value::String(sid)) => Ok(Some(sid.clone()).filter(|sid| !sid.is_empty())),
        Some(other) => elements.bad("Sid", format!("is {}, not a string", kind_of(other))),
    }
}

fn effect(elements: &Elements<'_>) -> Result<Effect, Error> {
    match elements.map.get("Effect") {
        Some(Value::String(effect)) if effect == "Allow" => Ok(Effect::Allow),
        Some(Value::String(effect)) if effect == "Deny" => Ok(Effect::Deny),
        Some(Value::String(other)) => elements.bad(
            "Effect",
            format!("is `{other}`, neither `Allow` nor `Deny`"),
        ),
        Some(other) => elements.bad("Effect", format!("is {}, not a string", kind_of(other))),
        None => elements.bad("Effect", "is missing"),
    }
}

fn principals(elements: &Elements<'_>) -> Result<Selection<Grantee>, Error> {
    let Some((negated, element, value)) = elements.one_of("Principal", "NotPrincipal")? else {
        return elements.bad("Principal", "is missing");
    };
    match grantees(value) {
        Ok(list) => Ok(select(negated, list)),
        Err(problem) => elements.bad(element, problem),
    }
}

fn actions(elements: &Elements<'_>) -> Result<Selection<String>, Error> {
    match elements.one_of("Action", "NotAction")? {
        Some((negated, element, value)) => match strings(value) {
            Ok(list) => Ok(select(negated, list)),
            Err(problem) => elements.bad(element, problem),
        },
        None => elements.bad("Action", "is missing"),
    }
}

/// A missing `Resource` is read as everything: the widest reading of an Allow.
fn resources(elements: &Elements<'_>) -> Result<Selection<String>, Error> {
    match elements.one_of("Resource", "NotResource")? {
        Some((negated, element, value)) => match strings(value) {
            Ok(list) => Ok(select(negated, list)),
            Err(problem) => elements.bad(element, problem),
        },
        None => Ok(Selection::AllBut(Vec::new())),
    }
}

fn select<T>(negated: bool, list: Vec<T>) -> Selection<T> {
    if negated {
        Selection::AllBut(list)
    } else {
        Selection::Only(list)
    }
}

/// A string or a list of strings.
pub(super) fn strings(value: &Value) -> Result<Vec<String>, String> {
    let one = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        other => Err(format!("holds {} where a string belongs", kind_of(other))),
    };
    match value {
        Value::Array(list) => list.iter().map(one).collect(),
        single => Ok(vec![one(single)?]),
    }
}

fn conditions(elements: &Elements<'_>) -> Result<Vec<Condition>, Error> {
    let block = match elements.map.get("Condition") {
        None => return Ok(Vec::new()),
        Some(Value::Object(block)) => block,
        Some(other) => {
            return elements.bad("Condition", format!("is {}, not an object", kind_of(other)));
        }
    };
    let mut conditions = Vec::new();
    for (operator, keys) in block {
        let Value::Object(keys) = keys else {
            let problem = format!("has {} under `{operator}`, not an object", kind_of(keys));
            return elements.bad("Condition", problem);
        };
        for (key, value) in keys {
            match scalars(value) {
                Ok(values) => conditions.push(Condition {
                    operator: operator.clone(),
                    key: key.clone(),
                    values,
                }),
                Err(found) => {
                    let problem = format!("has {found} as a value of `{operator}` `{key}`");
                    return elements.bad("Condition", problem);
                }
            }
        }
    }
    Ok(conditions)
}

/// Condition values: strings, numbers and booleans, one or a list of them.
fn scalars(value: &Value) -> Result<Vec<String>, &'static str> {
    let one = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(kind_of(other)),
    };
    match value {
        Value::Array(list) => list.iter().map(one).collect(),
        single => Ok(vec![one(single)?]),
    }
}
