//! An entry of the settings: a map with a reason, the releases that the entry applies to, and the keys of its section.

use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::node::Node;
use crate::schema::reader::{text, unexpected, KeywordReader};
use crate::schema::{self, Schema};
use crate::version::Version;

/// The state of reading an entry.
pub(super) struct Entry<'n> {
    pub(super) keys: KeywordReader<'n>,
    pub(super) origin: Origin,
    /// The reason. Empty if the entry has none, which is an error.
    pub(super) why: String,
    /// An entry of the section.
    sample: String,
}

impl<'n> Entry<'n> {
    pub(super) fn new(node: &'n Node, origin: &Origin, sample: String) -> Result<Self, Diagnostic> {
        let keys = map(node, origin, "an entry");
        let keys = keys.map_err(|diagnostic| diagnostic.help(format!("write a map such as `{sample}`")))?;
        Ok(Self { keys, origin: origin.clone(), why: String::new(), sample })
    }

    /// Reads the reason.
    pub(super) fn read_why(&mut self) -> Result<(), Diagnostic> {
        match self.keys.text("why")? {
            Some(why) if !why.trim().is_empty() => {
                self.why = why;
                Ok(())
            }
            _ => Err(Diagnostic::at(&self.origin, "the entry has no `why`")
                .expected("`why:` with the reason for the entry")
                .help("add a reason, such as `why: section Forming relationships between events`")),
        }
    }

    /// Returns `true` if the entry applies to a release. Every entry applies to an unknown release.
    pub(super) fn is_for(&mut self, release: Option<Version>) -> Result<bool, Diagnostic> {
        let (since, until) = (self.keys.version("since")?, self.keys.version("until")?);
        if let Some((since, until)) = since.zip(until).filter(|(since, until)| since > until) {
            let message = format!("the entry applies to no release: `since` {since} is after `until` {until}");
            let text = |version: Version| format!("\"{}.{}\"", version.major, version.minor);
            return Err(Diagnostic::at(&self.origin.child("since"), message)
                .expected("a first release that is not after the last release")
                .help(format!("write `since: {}` and `until: {}`, or remove the entry", text(until), text(since))));
        }
        let is_within =
            |release: Version| since.is_none_or(|since| since <= release) && until.is_none_or(|until| release <= until);
        Ok(release.is_none_or(is_within))
    }

    /// Reports the keys that no entry of the section has.
    pub(super) fn finish(mut self, known: &[&str], diagnostics: &mut Diagnostics) {
        let known: Vec<&str> = known.iter().copied().chain(["why", "since", "until"]).collect();
        // After an error, some keys have not been read.
        known.iter().for_each(|key| drop(self.keys.take(key)));
        self.keys.finish_with(&known, "key", diagnostics);
    }

    /// Returns the text of a key that the entry must have.
    pub(super) fn required(&mut self, key: &str) -> Result<String, Diagnostic> {
        let (node, origin) = self.node(key)?;
        self.filled(node, &origin)
    }

    /// Returns the text of a key that the entry may have.
    pub(super) fn optional(&mut self, key: &str) -> Result<Option<String>, Diagnostic> {
        let Some((node, origin)) = self.keys.take(key) else { return Ok(None) };
        self.filled(node, &origin).map(Some)
    }

    /// Returns the text of a string that is not empty.
    fn filled(&self, node: &Node, origin: &Origin) -> Result<String, Diagnostic> {
        let text = text(node, origin).map_err(|diagnostic| match node {
            Node::Boolean(_) | Node::Number(_) => diagnostic,
            _ => diagnostic.help(format!("write a string, as in `{}`", self.sample)),
        })?;
        match text.trim().is_empty() {
            false => Ok(text),
            true => Err(Diagnostic::at(origin, "expected a string, found an empty string")
                .help("write a value, or remove the entry")),
        }
    }

    pub(super) fn node(&mut self, key: &str) -> Result<(&'n Node, Origin), Diagnostic> {
        self.keys.take(key).ok_or_else(|| self.lacks(key))
    }

    fn lacks(&self, key: &str) -> Diagnostic {
        Diagnostic::at(&self.origin, format!("the entry has no `{key}`"))
            .expected(format!("an entry with the key `{key}`"))
            .help(format!("add `{key}: …` to the entry"))
    }

    /// Returns the strings of a list, or a single string, each with its place.
    pub(super) fn each(&mut self, key: &str) -> Result<Vec<(String, Origin)>, Diagnostic> {
        let (node, origin) = self.node(key)?;
        let Node::List(list) = node else { return Ok(vec![(self.filled(node, &origin)?, origin)]) };
        if list.is_empty() {
            return Err(Diagnostic::at(&origin, "expected a string or a list of strings, found an empty list")
                .help("write a value, or remove the entry"));
        }
        let mut texts: Vec<(String, Origin)> = Vec::new();
        for (index, node) in list.iter().enumerate() {
            let origin = origin.child(&index.to_string());
            let text = self.filled(node, &origin)?;
            if let Some((_, first)) = texts.iter().find(|(known, _)| *known == text) {
                let message = format!("expected each value once, found `{text}` for the second time");
                return Err(Diagnostic::at(&origin, message).other(first).help("remove one of the two values"));
            }
            texts.push((text, origin));
        }
        Ok(texts)
    }

    pub(super) fn schema(&mut self, key: &str, diagnostics: &mut Diagnostics) -> Option<Schema> {
        let (node, origin) = self.keys.take(key)?;
        schema::parse(node, &origin, diagnostics)
    }
}

pub(super) fn map<'n>(node: &'n Node, origin: &Origin, what: &str) -> Result<KeywordReader<'n>, Diagnostic> {
    match node {
        Node::Map(_) => KeywordReader::new(node, origin),
        node => Err(unexpected(node, origin, what)),
    }
}
