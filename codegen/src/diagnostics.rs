//! Diagnostics: errors in the input, with the place, the expected state and a fix.

mod render;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::proposals;

/// A place in the input: a file of the tree and a JSON pointer (RFC 6901) into it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// The path of the file below the root of the tree, with `/` between its parts.
    pub file: String,
    /// The JSON pointer, empty for the root of the file.
    pub pointer: String,
}

impl Origin {
    /// Creates the place of the root of a file.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), pointer: String::new() }
    }

    /// Returns the place of the value of a key, or at an index.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        Self { file: self.file.clone(), pointer: format!("{}/{}", self.pointer, escape_pointer_token(key)) }
    }

    /// Returns the target of a reference in this file, such as `../b.yaml#/properties/a`, or `None` if the target is not in the
    /// tree.
    pub fn resolve(&self, reference: &str) -> Option<Self> {
        let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let is_from_root = path.starts_with('/');
        // The files of a folder of our own refer to those of a release by their paths from the root of the tree.
        if path.contains("://") || (is_from_root && proposals::folder_of(&self.file).is_none()) {
            return None;
        }
        let mut parts: Vec<&str> = self.file.split('/').filter(|_| !is_from_root).collect();
        if !path.is_empty() {
            parts.pop();
        }
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        Some(Self { file: parts.join("/"), pointer: pointer.to_owned() })
    }

    /// Returns the keys and indexes on the path from the root of the file.
    pub fn keys(&self) -> impl Iterator<Item = String> + '_ {
        self.pointer.split('/').skip(1).map(|token| unescape_pointer_token(token).into_owned())
    }
}

/// Escapes a key for a JSON pointer.
pub fn escape_pointer_token(key: &str) -> Cow<'_, str> {
    match key.contains(['~', '/']) {
        true => key.replace('~', "~0").replace('/', "~1").into(),
        false => key.into(),
    }
}

/// Returns the key of an escaped part of a JSON pointer.
pub fn unescape_pointer_token(token: &str) -> Cow<'_, str> {
    match token.contains('~') {
        true => token.replace("~1", "/").replace("~0", "~").into(),
        false => token.into(),
    }
}

/// Returns the known name that is most similar to an unknown name, or `None` if no known name is similar.
pub(crate) fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let limit = (name.chars().count() / 3).max(1);
    let distances = known.into_iter().map(|known| (strsim::osa_distance(name, known), known));
    let others = distances.filter(|(distance, _)| *distance > 0);
    others.filter(|(distance, _)| *distance <= limit).min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

/// Describes a choice of names.
pub(crate) fn one_of<N: AsRef<str>>(names: impl IntoIterator<Item = N>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect();
    format!("one of {}", names.join(", "))
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            return f.write_str(&self.file);
        }
        write!(f, "{}#{}", self.file, self.pointer)
    }
}

/// A place that contradicts the place of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OtherPlace {
    /// The place.
    pub origin: Origin,
    /// The line in the file, counted from 1. The line is 0 if the place is the file itself.
    pub line: usize,
    /// The column in the line in characters, counted from 1.
    pub column: usize,
}

impl fmt::Display for OtherPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.origin.file),
            line => write!(f, "{}:{line}:{}", self.origin.file, self.column),
        }
    }
}

/// An error in the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The place.
    pub origin: Origin,
    /// The line in the file, counted from 1. The line is 0 if the place is the file itself.
    pub line: usize,
    /// The column in the line in characters, counted from 1.
    pub column: usize,
    /// The number of marked characters of the line.
    pub length: usize,
    /// The text of the line.
    pub snippet: String,
    /// The error.
    pub message: String,
    /// Another place that the message mentions.
    pub other: Option<Box<OtherPlace>>,
    /// The expected state.
    pub expected: Option<String>,
    /// The advice to fix the error.
    pub help: Option<String>,
    /// The advice for the author of an extension, if it differs.
    #[serde(skip)]
    pub(crate) extension_help: Option<String>,
}

impl Diagnostic {
    /// Creates a diagnostic for a place.
    pub fn at(origin: &Origin, message: impl Into<String>) -> Self {
        Self {
            origin: origin.clone(),
            line: 0,
            column: 0,
            length: 0,
            snippet: String::new(),
            message: message.into(),
            other: None,
            expected: None,
            help: None,
            extension_help: None,
        }
    }

    /// Adds another place that the message mentions.
    #[must_use]
    pub(crate) fn other(mut self, origin: &Origin) -> Self {
        self.other = Some(Box::new(OtherPlace { origin: origin.clone(), line: 0, column: 0 }));
        self
    }

    /// Adds the expected state.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Adds the advice to fix the error.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the alternative to change the generator. The author of an extension cannot do so.
    #[must_use]
    pub(crate) fn or_in_generator(mut self, change: &str) -> Self {
        self.extension_help = self.help.take();
        let help = self.extension_help.iter().map(String::as_str).chain([change]);
        self.help = Some(help.collect::<Vec<_>>().join(", or "));
        self
    }

    /// Returns the diagnostic with the advice for the author of an extension.
    #[must_use]
    pub(crate) fn in_extension(mut self) -> Self {
        self.help = self.extension_help.take().or(self.help);
        self
    }

    /// Adds the advice for the author of an extension.
    #[must_use]
    pub(crate) fn help_in_extension(mut self, help: impl Into<String>) -> Self {
        self.extension_help = Some(help.into());
        self
    }
}

/// A list of diagnostics. Public functions return the list sorted by file and line, without duplicates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diagnostics(pub(crate) Vec<Diagnostic>);

impl Diagnostics {
    /// Returns the value, or adds the diagnostic and returns `None`.
    pub(crate) fn note<T>(&mut self, outcome: Result<T, Diagnostic>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(diagnostic) => {
                self.0.push(diagnostic);
                None
            }
        }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(diagnostics);
    }

    /// Returns the value, if there is no diagnostic.
    pub(crate) fn into_result<T>(self, value: T) -> Result<T, Vec<Diagnostic>> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(self.0)
        }
    }

    /// Replaces the names of files. `name` returns the new name, or `None` to keep the name.
    #[must_use]
    pub fn with_files(mut self, name: impl Fn(&str) -> Option<String>) -> Self {
        for diagnostic in &mut self.0 {
            let other = diagnostic.other.as_mut().map(|other| &mut other.origin);
            for origin in [Some(&mut diagnostic.origin), other].into_iter().flatten() {
                if let Some(name) = name(&origin.file) {
                    origin.file = name;
                }
            }
        }
        self
    }

    /// Returns an iterator over the diagnostics.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Returns the number of diagnostics.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns `true` if there are no diagnostics. A returned error always has one.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    /// Sorts the diagnostics by file and line, and removes duplicates.
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        let mut list: Vec<Diagnostic> = diagnostics.into_iter().collect();
        list.sort_by(|a, b| {
            (&a.origin.file, a.line, a.column, &a.message).cmp(&(&b.origin.file, b.line, b.column, &b.message))
        });
        list.dedup();
        Self(list)
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.0 {
            writeln!(f, "{diagnostic}\n")?;
        }
        let plural = if self.0.len() == 1 { "" } else { "s" };
        write!(f, "{} error{plural}", self.0.len())
    }
}

impl std::error::Error for Diagnostics {}
