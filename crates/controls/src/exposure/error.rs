//! What can be wrong with a policy document, told so that its author finds the place.

/// Why a resource policy could not be read. A policy that AWS would refuse is never guessed at.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text is not JSON.
    #[error("the policy is not JSON")]
    NotJson(#[source] serde_json::Error),

    /// The JSON is not an object.
    #[error("the policy is not a JSON object but {found}")]
    NotAnObject {
        /// The kind of JSON value found instead.
        found: &'static str,
    },

    /// The mandatory element `Statement` is missing.
    #[error("the policy has no `Statement`")]
    NoStatement,

    /// `Statement` is neither an object nor a list.
    #[error("`Statement` of the policy is neither an object nor a list but {found}")]
    BadStatements {
        /// The kind of JSON value found instead.
        found: &'static str,
    },

    /// An element of one statement is missing or malformed.
    #[error("{statement}: `{element}` {problem}")]
    BadElement {
        /// The statement: its `Sid`, or its position counted from 1.
        statement: String,
        /// The element of the IAM policy grammar, for example `Effect`.
        element: String,
        /// What is wrong with it.
        problem: String,
    },
}

/// Names a kind of JSON value in an error message.
pub(super) fn kind_of(value: &serde_json::Value) -> &'static str {
    match value {
        serde_json::Value::Null => "null",
        serde_json::Value::Bool(_) => "a boolean",
        serde_json::Value::Number(_) => "a number",
        serde_json::Value::String(_) => "a string",
        serde_json::Value::Array(_) => "a list",
        serde_json::Value::Object(_) => "an object",
    }
}
