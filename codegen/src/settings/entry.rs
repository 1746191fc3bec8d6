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
    /// The reason.
    pub(super) why: String,
}

impl<'n> Entry<'n> {
    pub(super) fn new(node: &'n Node, origin: &Origin) -> Result<Self, Diagnostic> {
        let keys = map(node, origin, "an entry");
        let mut keys = keys.map_err(|diagnostic| diagnostic.help("write a map such as `{at: …, why: …}`"))?;
        match keys.text("why")? {
            Some(why) if !why.trim().is_empty() => Ok(Self { keys, origin: origin.clone(), why }),
            _ => Err(Diagnostic::at(origin, "the entry has no `why`")
                .expected("`why:` with the reason for the entry")
                .help("add a reason, such as `why: section Forming relationships between events`")),
        }
    }

    /// Returns `true` if the entry applies to a release. Every entry applies to an unknown release.
    pub(super) fn is_for(&mut self, release: Option<Version>) -> Result<bool, Diagnostic> {
        let (since, until) = (self.keys.version("since")?, self.keys.version("until")?);
        let is_within =
            |release: Version| since.is_none_or(|since| since <= release) && until.is_none_or(|until| release <= until);
        Ok(release.is_none_or(is_within))
    }

    /// Reports the keys that no entry of the section has.
    pub(super) fn finish(self, known: &[&str], diagnostics: &mut Diagnostics) {
        let known: Vec<&str> = known.iter().copied().chain(["why", "since", "until"]).collect();
        self.keys.finish_with(&known, "key", diagnostics);
    }

    pub(super) fn required(&mut self, key: &str) -> Result<String, Diagnostic> {
        self.keys.text(key)?.ok_or_else(|| self.lacks(key))
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
        match self.node(key)? {
            (Node::List(list), origin) => {
                let one = |(index, node): (usize, &Node)| {
                    let origin = origin.child(&index.to_string());
                    Ok((text(node, &origin)?, origin))
                };
                list.iter().enumerate().map(one).collect()
            }
            (node, origin) => Ok(vec![(text(node, &origin)?, origin)]),
        }
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
