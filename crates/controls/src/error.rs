//! The one error of this crate: policies that cannot be loaded.

use compliance::ControlId;

/// Why the catalogue could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A policy lies in a folder that no subject has.
    #[error("policy `{path}` lies in a folder that no subject has")]
    Folder {
        /// Path of the policy, relative to `policies/`.
        path: String,
    },
    /// A policy is not Rego.
    #[error("policy `{path}` cannot be read as Rego")]
    Syntax {
        /// Path of the policy, relative to `policies/`.
        path: String,
        /// What the Rego engine says.
        source: Cause,
    },
    /// The package of a policy does not follow from its path.
    #[error("policy `{path}` has the package `{found}`: expected `{expected}`")]
    Package {
        /// Path of the policy, relative to `policies/`.
        path: String,
        /// The package that follows from the path.
        expected: String,
        /// The package that the file declares.
        found: String,
    },
    /// The policies of a folder do not compile together.
    #[error("the policies in `{folder}` do not compile")]
    Compile {
        /// The folder under `policies/`, or the path of a custom policy.
        folder: String,
        /// What the Rego engine says.
        source: Cause,
    },
    /// A policy has no rule `control` that describes a control, or no field of it is right.
    #[error("policy `{package}` does not declare a control")]
    Control {
        /// The package of the policy.
        package: String,
        /// What is wrong with the rule `control`.
        source: Cause,
    },
    /// A control names another type of resource than its folder judges.
    #[error("control `{control}` judges `{found}`: expected `{expected}` in `{folder}`")]
    ResourceType {
        /// The control.
        control: ControlId,
        /// The type that it names.
        found: &'static str,
        /// The type that the folder judges.
        expected: &'static str,
        /// The folder under `policies/`.
        folder: &'static str,
    },
    /// A control reads a field that its observations do not have.
    #[error("control `{control}` reads `{field}`, which no observation in `{folder}` has")]
    UnknownField {
        /// The control.
        control: ControlId,
        /// The field that it names in `reads`.
        field: String,
        /// The folder under `policies/`.
        folder: &'static str,
    },
    /// A control reads nothing, so nothing that is unread could keep it from passing.
    #[error("control `{control}` reads no field")]
    ReadsNothing {
        /// The control.
        control: ControlId,
    },
    /// A file of `policies/standards` is no standard.
    #[error("`{path}` is not a standard")]
    Standard {
        /// Path of the file, relative to `policies/`.
        path: String,
        /// What is wrong with it.
        source: Cause,
    },
    /// A standard names a control that does not exist.
    #[error("standard `{standard}` names the control `{control}`, which does not exist")]
    UnknownControl {
        /// Key of the standard.
        standard: String,
        /// The control.
        control: ControlId,
    },
    /// A control finds a field enough that it does not read.
    #[error("control `{control}` has `{field}` in `enough` but not in `reads`")]
    EnoughUnread {
        /// The control.
        control: ControlId,
        /// The field.
        field: String,
    },
    /// A custom policy is longer than [`crate::custom::MAX_BYTES`].
    #[error("`{path}` has {bytes} bytes, more than {}", crate::custom::MAX_BYTES)]
    TooLong {
        /// Path of the policy.
        path: String,
        /// Its length.
        bytes: u64,
    },
    /// A custom policy is nested deeper than [`crate::custom::MAX_NESTING`].
    #[error("`{path}` is nested more than {most} brackets deep in line {line}")]
    TooDeep {
        /// Path of the policy.
        path: String,
        /// How deep it may be.
        most: usize,
        /// The first line that is.
        line: usize,
    },
    /// A custom policy or library has the path of one of ours.
    #[error("`{path}` is the path of one of orgsweep's own policies")]
    Taken {
        /// Path of the policy.
        path: String,
    },
    /// A custom policy uses a custom library that is not used.
    #[error("policy `{path}` uses the library `{library}`, which is not used")]
    Library {
        /// Path of the policy.
        path: String,
        /// Path of the library.
        library: String,
    },
    /// A rule of a custom policy calls itself.
    #[error("policy `{path}` calls itself for ever: {chain}")]
    Recursion {
        /// Path of the policy.
        path: String,
        /// The rules on the way.
        chain: String,
    },
    /// A custom policy could not be compiled within its limits.
    #[error("policy `{path}` cannot be compiled")]
    Stopped {
        /// Path of the policy.
        path: String,
        /// What stopped it.
        source: Cause,
    },
    /// A control describes itself in a way that a finding cannot carry.
    #[error("control `{control}` needs {expected}")]
    Words {
        /// The control.
        control: ControlId,
        /// What it needs.
        expected: &'static str,
    },
    /// The rule `verdict` of a custom policy is not total, or not a verdict.
    #[error("policy `{path}` gives no verdict on an empty input")]
    NoVerdict {
        /// Path of the policy.
        path: String,
        /// What it gives.
        source: Cause,
    },
    /// A file of tests holds none.
    #[error("`{path}` holds no test: no rule begins with `test_`")]
    NoTest {
        /// Path of the file.
        path: String,
    },
    /// Two policies declare the same control.
    #[error("control `{control}` is declared by `{first}` and by `{second}`")]
    Duplicate {
        /// The control.
        control: ControlId,
        /// The package that declared it first.
        first: String,
        /// The package that declared it again.
        second: String,
    },
}

/// The cause of an [`Error`], as the engine or the deserializer gave it.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;
