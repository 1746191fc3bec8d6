//! What is wrong with the input, said so that a person can mend it: where, what was found, what was expected, what to do.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A place in the input: a file of the tree and a JSON pointer (RFC 6901) into it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// The path of the file below the root of the tree, with `/` between its parts.
    pub file: String,
    /// The JSON pointer, empty for the file as a whole.
    pub pointer: String,
}

impl Origin {
    /// A file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), pointer: String::new() }
    }

    /// The value under a key, or at an index.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        let key = key.replace('~', "~0").replace('/', "~1");
        Self { file: self.file.clone(), pointer: format!("{}/{key}", self.pointer) }
    }

    /// Returns the target of a reference in this file, such as `../b.yaml#/properties/a`. Returns `None` if the target is not in
    /// the tree.
    pub fn resolve(&self, reference: &str) -> Option<Self> {
        let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        if path.contains("://") || path.starts_with('/') {
            return None;
        }
        let mut parts: Vec<&str> = self.file.split('/').collect();
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

    /// The keys on the way from the root of the file.
    pub fn keys(&self) -> impl Iterator<Item = String> + '_ {
        self.pointer.split('/').skip(1).map(|key| key.replace("~1", "/").replace("~0", "~"))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            return f.write_str(&self.file);
        }
        write!(f, "{}#{}", self.file, self.pointer)
    }
}

/// A problem as the step that meets it knows it: lines and columns come later, from the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) origin: Origin,
    pub(crate) message: String,
    pub(crate) expected: Option<String>,
    pub(crate) advice: Option<String>,
    pub(crate) position: Option<(usize, usize)>,
}

/// The outcome of a step that stops at its first problem.
pub(crate) type Checked<T> = Result<T, Problem>;

impl Problem {
    pub(crate) fn at(origin: &Origin, message: impl Into<String>) -> Self {
        Self { origin: origin.clone(), message: message.into(), expected: None, advice: None, position: None }
    }

    pub(crate) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    pub(crate) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    pub(crate) fn position(mut self, line: usize, column: usize) -> Self {
        self.position = Some((line, column));
        self
    }
}

/// Collects the problems of a step that goes on after one.
#[derive(Debug, Default)]
pub(crate) struct Problems(pub(crate) Vec<Problem>);

impl Problems {
    /// The value, or `None` with the problem noted.
    pub(crate) fn note<T>(&mut self, outcome: Checked<T>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(problem) => {
                self.0.push(problem);
                None
            }
        }
    }

    pub(crate) fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// The value, if there was no problem.
    pub(crate) fn none<T>(self, value: T) -> Result<T, Vec<Problem>> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(self.0)
        }
    }
}

/// One thing that is wrong with the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Where.
    pub origin: Origin,
    /// The line in the file, counted from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// The column in the line, counted from 1.
    pub column: usize,
    /// The line itself.
    pub snippet: String,
    /// What was found.
    pub message: String,
    /// What was expected in its place.
    pub expected: Option<String>,
    /// What to do.
    pub advice: Option<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.message)?;
        if self.line == 0 {
            writeln!(f, "  --> {}", self.origin.file)?;
        } else {
            let number = self.line.to_string();
            let margin = " ".repeat(number.len());
            writeln!(f, " {margin}--> {}:{}:{}", self.origin.file, self.line, self.column)?;
            writeln!(f, "{margin} |")?;
            writeln!(f, "{number} | {}", self.snippet)?;
            // Of a long line, the snippet has the beginning alone.
            let before = self.column.saturating_sub(1).min(self.snippet.chars().count());
            writeln!(f, "{margin} | {}^", " ".repeat(before))?;
        }
        let mut note = |label: &str, text: &str| writeln!(f, "  = {label}: {}", text.replace('\n', "\n    "));
        if !self.origin.pointer.is_empty() {
            note("at", &self.origin.pointer)?;
        }
        if let Some(expected) = &self.expected {
            note("expected", expected)?;
        }
        if let Some(advice) = &self.advice {
            note("help", advice)?;
        }
        Ok(())
    }
}

/// Everything that is wrong with the input, in the order of files and lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    pub(crate) fn new(mut list: Vec<Diagnostic>) -> Self {
        list.sort_by(|a, b| {
            (&a.origin.file, a.line, a.column, &a.message).cmp(&(&b.origin.file, b.line, b.column, &b.message))
        });
        list.dedup();
        Self(list)
    }

    pub(crate) fn none() -> Self {
        Self(Vec::new())
    }

    /// The same with other names for files: those that `name` knows.
    #[must_use]
    pub fn with_files(mut self, name: impl Fn(&str) -> Option<String>) -> Self {
        for diagnostic in &mut self.0 {
            if let Some(name) = name(&diagnostic.origin.file) {
                diagnostic.origin.file = name;
            }
        }
        self
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none, which is never true of an error.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(list: I) -> Self {
        Self::new(list.into_iter().collect())
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.0 {
            writeln!(f, "{diagnostic}")?;
        }
        let plural = if self.0.len() == 1 { "" } else { "s" };
        write!(f, "{} error{plural}", self.0.len())
    }
}

impl std::error::Error for Diagnostics {}
