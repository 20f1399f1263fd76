//! Policies as text: the ones that are embedded, and what their paths say.

use compliance::Subject;

/// One Rego file: a policy, or a library that policies use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'a> {
    /// Path relative to `policies/`, with `/` between its parts, such as `s3/versioning.rego`.
    pub path: &'a str,
    /// The text of the file.
    pub text: &'a str,
}

/// The policies of this repository, libraries included; tests and fixtures are not among them.
pub(crate) const EMBEDDED: &[Source<'static>] = include!(concat!(env!("OUT_DIR"), "/policies.rs"));

impl Source<'_> {
    /// The folder of the file.
    fn folder(&self) -> &str {
        self.path.split_once('/').map_or("", |(folder, _)| folder)
    }

    /// Whether it is a library: such files are loaded beside the policies of every subject.
    pub(crate) fn is_library(&self) -> bool {
        self.folder() == "lib"
    }

    /// The subject that the policy judges.
    pub(crate) fn subject(&self) -> Option<Subject> {
        Subject::ALL
            .into_iter()
            .find(|subject| subject.folder() == self.folder())
    }

    /// The package that follows from the path: `lib/text.rego` is `lib.text`, `s3/versioning.rego` is `controls.s3.versioning`.
    pub(crate) fn package(&self) -> String {
        let path = self.path.strip_suffix(".rego").unwrap_or(self.path);
        let path = path.replace('/', ".");
        if self.is_library() {
            path
        } else {
            format!("controls.{path}")
        }
    }
}
