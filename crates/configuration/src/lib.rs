#![doc = include_str!("../README.md")]

mod build;
mod catalogue;
pub mod deployment;
mod error;
mod file;
mod node;
mod opa;
mod problem;
mod schema;
mod suggestion;
pub mod value;
mod yaml;

use compliance::Suppression;
use controls::Parameters;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use build::{PARAMETERS, POLICIES, SCOPE, SUPPRESSIONS, build};
pub use deployment::Deployment;
pub use error::Error;
pub use file::File;
pub use opa::{KeyArn, Opa, SecretArn, ServerUrl};
pub use problem::Problem;
pub use schema::schema;

use value::Environment;

/// The configuration of one environment: `cdk/config/<environment>.yaml`.
///
/// The CDK app and the functions take the same file. An unknown key is an error, so that a misspelt one cannot be ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// Name of the environment.
    pub environment: Environment,
    /// Where and how to deploy; for the CDK app.
    pub deployment: Deployment,
    /// What is decided about the controls.
    #[serde(default)]
    pub parameters: Parameters,
    /// Failures that are accepted for a limited time. Default: none.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub suppressions: Vec<Suppression>,
    /// Folder with custom policies, relative to the file. Default: none.
    #[serde(default)]
    pub policies: Option<String>,
}
