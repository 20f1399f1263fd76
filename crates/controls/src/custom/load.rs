//! Loading custom policies, each for itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compliance::{ControlId, Subject};
use serde_json::json;

use super::contract::{refuse_duplicate, refuse_taken, refuse_words};
use super::policy::{CustomPolicy, Overtime, Shared};
use super::{CustomFile, Limits, RefusedPolicy, is_test, text, wall};
use crate::Catalog;
use crate::catalog::{Policy, declared, rule_path};
use crate::engine::Answer;
use crate::error::Error;
use crate::parameters::Parameters;
use crate::program::{Document, Program, parse};
use crate::source::{EMBEDDED, Source};

/// The most files of a folder that are looked at.
pub const MAX_FILES: usize = 256;
/// The longest reason that is given, in characters: engines quote what they refuse.
const LONGEST_REASON: usize = 500;

impl Catalog {
    /// The catalogue together with custom policies: every one that can be used, after the controls of our own. The
    /// others are in [`Catalog::refused`], each with the reason. Tests (`*_test.rego`) are passed over.
    ///
    /// A custom policy has the contract of `policies/README.md`, with three differences. It sees no field that may be
    /// unread except those in its `reads`, and no analysis of others. With `enough` it may fail what was not
    /// read in full, never pass it. Its path and its control's id must not be one of ours.
    #[must_use]
    pub fn with_custom(self, files: &[CustomFile]) -> Self {
        self.with_custom_within(files, Limits::IN_FORCE)
    }

    pub(super) fn with_custom_within(mut self, files: &[CustomFile], limits: Limits) -> Self {
        self.limits = limits;
        let mut loader = Loader::new(limits);
        let files = loader.take(files);
        let (libraries, policies): (Vec<_>, Vec<_>) =
            files.into_iter().partition(Source::is_library);
        for library in libraries {
            loader.add_library(library);
        }
        for source in policies {
            match loader.policy(&self, source) {
                Ok(policy) => self.custom.push(policy),
                Err(Refusal { control, error }) => loader.refuse(source.path, control, &error),
            }
        }
        let order = |policy: &Shared| {
            let Policy {
                subject, control, ..
            } = &policy.policy;
            (*subject, control.id.clone())
        };
        self.custom.sort_by_cached_key(order);
        self.refused.append(&mut loader.refused);
        self
    }
}

/// Why one policy is not used.
struct Refusal {
    control: Option<ControlId>,
    error: Error,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let control = None;
        Self { control, error }
    }
}

/// What has been loaded so far.
struct Loader<'a> {
    limits: Limits,
    /// Ours and the operator's, by package.
    libraries: BTreeMap<String, Source<'a>>,
    /// Paths of the operator's libraries that are not used, by package.
    unused: BTreeMap<String, String>,
    refused: Vec<RefusedPolicy>,
}

impl<'a> Loader<'a> {
    fn new(limits: Limits) -> Self {
        let ours = EMBEDDED.iter().filter(|source| source.is_library());
        Self {
            limits,
            libraries: ours.map(|source| (source.package(), *source)).collect(),
            unused: BTreeMap::new(),
            refused: Vec::new(),
        }
    }

    /// The files that can be looked at, in the order of their paths.
    fn take(&mut self, files: &'a [CustomFile]) -> Vec<Source<'a>> {
        let mut wanted: Vec<&CustomFile> =
            files.iter().filter(|file| !is_test(&file.path)).collect();
        wanted.sort_by(|a, b| a.path.cmp(&b.path));
        if let Some(first) = wanted.get(MAX_FILES) {
            let reason = format!("it and those behind it are more than {MAX_FILES} files");
            self.note(&first.path, None, &reason);
        }
        wanted.truncate(MAX_FILES);
        let mut sources = Vec::new();
        for file in wanted {
            match &file.text {
                Ok(text) => sources.push(Source {
                    path: &file.path,
                    text,
                }),
                Err(reason) => self.note(&file.path, None, reason),
            }
        }
        sources
    }

    fn note(&mut self, path: &str, control: Option<ControlId>, reason: &str) {
        self.refused.push(RefusedPolicy {
            path: path.to_owned(),
            control,
            reason: one_line(reason),
        });
    }

    fn refuse(&mut self, path: &str, control: Option<ControlId>, error: &Error) {
        let mut reason = error.to_string();
        if let Some(cause) = std::error::Error::source(error) {
            reason = format!("{reason}: {cause}");
        }
        self.note(path, control, &reason);
    }

    fn add_library(&mut self, source: Source<'a>) {
        match self.library(source) {
            Ok(()) => {
                self.libraries.insert(source.package(), source);
            }
            Err(error) => {
                self.unused.insert(source.package(), source.path.to_owned());
                self.refuse(source.path, None, &error);
            }
        }
    }

    fn library(&self, source: Source<'a>) -> Result<(), Error> {
        refuse_taken(source)?;
        text::refuse(source.path, source.text)?;
        let (path, text) = (source.path.to_owned(), source.text.to_owned());
        self.behind_the_wall(source, move || {
            parse(&Source {
                path: &path,
                text: &text,
            })
        })
    }

    /// Does what may not end, or end the thread.
    fn behind_the_wall<T: Send + 'static>(
        &self,
        source: Source<'_>,
        work: impl Fn() -> Result<T, Error> + Send + Sync + 'static,
    ) -> Result<T, Error> {
        wall::one(self.limits.load_patience, work).unwrap_or_else(|stopped| {
            Err(Error::Stopped {
                path: source.path.to_owned(),
                source: stopped.into(),
            })
        })
    }

    fn policy(&self, catalog: &Catalog, source: Source<'a>) -> Result<Shared, Refusal> {
        let subject = source.subject().ok_or_else(|| Error::Folder {
            path: source.path.to_owned(),
        })?;
        refuse_taken(source)?;
        text::refuse(source.path, source.text)?;
        let libraries = self.libraries_of(source)?;
        let names_analysis = [&source]
            .into_iter()
            .chain(&libraries)
            .any(|it| it.text.contains("analysis"));
        let policy = self.compiled(subject, source, &libraries, names_analysis)?;
        let refused = |error| Refusal {
            control: Some(policy.policy.control.id.clone()),
            error,
        };
        refuse_duplicate(catalog, &policy.policy).map_err(refused)?;
        refuse_words(&policy.policy).map_err(refused)?;
        self.probe(&policy).map_err(refused)?;
        Ok(policy)
    }

    /// The libraries that a policy names, and those that these name.
    fn libraries_of(&self, source: Source<'a>) -> Result<Vec<Source<'a>>, Error> {
        let mut found: BTreeSet<String> = BTreeSet::new();
        let mut texts = vec![source.text];
        let mut libraries = Vec::new();
        while let Some(text) = texts.pop() {
            for package in packages_in(text) {
                if let Some(library) = self.unused.get(&package) {
                    return Err(Error::Library {
                        path: source.path.to_owned(),
                        library: library.clone(),
                    });
                }
                if let Some(library) = self.libraries.get(&package).copied()
                    && found.insert(package)
                {
                    libraries.push(library);
                    texts.push(library.text);
                }
            }
        }
        Ok(libraries)
    }

    fn compiled(
        &self,
        subject: Subject,
        source: Source<'a>,
        libraries: &[Source<'a>],
        names_analysis: bool,
    ) -> Result<Shared, Error> {
        let limits = self.limits;
        let own = |source: &Source<'_>| (source.path.to_owned(), source.text.to_owned());
        let libraries: Vec<_> = libraries.iter().map(own).collect();
        let (path, text) = own(&source);
        self.behind_the_wall(source, move || {
            let libraries: Vec<Source<'_>> = libraries
                .iter()
                .map(|(path, text)| Source { path, text })
                .collect();
            let source = Source {
                path: &path,
                text: &text,
            };
            let rules = ["control", "verdict"].map(|rule| rule_path(&source.package(), rule));
            let sources = [libraries.as_slice(), &[source]].concat();
            let program = Program::compile(&path, &sources, &rules, &[])?;
            if let Some(chain) = program.recursion() {
                let path = path.clone();
                return Err(Error::Recursion { path, chain });
            }
            let program = program.within(limits.instructions, limits.time);
            let declared = declared(subject, &program, &[source])?;
            let policy = declared
                .into_iter()
                .next()
                .ok_or_else(|| Error::Folder { path: path.clone() })?;
            Ok(Arc::new(CustomPolicy {
                policy,
                path: path.clone(),
                program,
                names_analysis,
                overtime: Overtime::default(),
            }))
        })
    }

    /// Asks about nothing at all: the verdict must be total, and a policy that calls itself for ever is found here.
    fn probe(&self, policy: &Shared) -> Result<(), Error> {
        let asked = Arc::clone(policy);
        let limits = self.limits;
        let answer = wall::one(limits.patience, move || {
            let data = json!({ "parameters": Parameters::default() });
            let answer = asked.ask::<Answer>(Document::from(json!({})), data.into(), &limits);
            answer.map_err(|cause| cause.to_string())
        });
        let none = |source| Error::NoVerdict {
            path: policy.path.clone(),
            source,
        };
        match answer {
            Ok(Ok(Some(_))) => Ok(()),
            Ok(Ok(None)) => Err(none("it is undefined, or has several values".into())),
            Ok(Err(why)) => Err(none(why.into())),
            Err(stopped) => Err(none(stopped.into())),
        }
    }
}

/// The packages `lib.<name>` that a text names.
fn packages_in(text: &str) -> impl Iterator<Item = String> {
    let is_of_a_name = |c: char| c.is_alphanumeric() || c == '_';
    text.split("lib.").skip(1).filter_map(move |after| {
        let end = after.find(|c| !is_of_a_name(c)).unwrap_or(after.len());
        let name = after.get(..end).filter(|name| !name.is_empty())?;
        Some(format!("lib.{name}"))
    })
}

/// What the engine says, which draws pictures of several lines, as one line of bounded length.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(LONGEST_REASON).collect()
}
