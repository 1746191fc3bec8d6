//! One entry of the settings: a map with a reason, the releases that it is for, and its own keys.

use crate::diagnostics::{Checked, Origin, Problem, Problems};
use crate::node::Node;
use crate::schema::keywords::{text, unexpected, Keywords};
use crate::schema::{self, Schema};
use crate::version::Version;

/// An entry that is being read.
pub(super) struct Entry<'n> {
    pub(super) keys: Keywords<'n>,
    pub(super) origin: Origin,
    /// The reason.
    pub(super) why: String,
}

impl<'n> Entry<'n> {
    pub(super) fn new(node: &'n Node, origin: &Origin) -> Checked<Self> {
        let mut keys = map(node, origin, "an entry: a map with `why:` and what it is for")?;
        match keys.text("why")? {
            Some(why) if !why.trim().is_empty() => Ok(Self { keys, origin: origin.clone(), why }),
            _ => Err(Problem::at(origin, "an entry without a reason")
                .expected("`why:` with the reason for the entry")
                .advice("state why the schemas can't be taken as they are")),
        }
    }

    /// Returns `true` if it is for a release. Where the release is unknown, every entry is.
    pub(super) fn is_for(&mut self, release: Option<Version>) -> Checked<bool> {
        let (since, until) = (self.release("since")?, self.release("until")?);
        let is_within =
            |release: Version| since.is_none_or(|since| since <= release) && until.is_none_or(|until| release <= until);
        Ok(release.is_none_or(is_within))
    }

    fn release(&mut self, key: &str) -> Checked<Option<Version>> {
        let Some((node, origin)) = self.keys.take(key) else { return Ok(None) };
        match Version::parse(&text(node, &origin)?) {
            Some(version) => Ok(Some(version)),
            None => Err(unexpected(node, &origin, "a release of the specification, such as v1.19")),
        }
    }

    /// Reports the keys that no entry of its section has.
    pub(super) fn finish(self, known: &[&str], problems: &mut Problems) {
        let known: Vec<&str> = known.iter().copied().chain(["why", "since", "until"]).collect();
        self.keys.finish_with(&known, "a key of such an entry", "codegen/src/settings lists the keys", problems);
    }

    pub(super) fn required(&mut self, key: &str) -> Checked<String> {
        self.keys.text(key)?.ok_or_else(|| self.lacks(key))
    }

    pub(super) fn node(&mut self, key: &str) -> Checked<(&'n Node, Origin)> {
        self.keys.take(key).ok_or_else(|| self.lacks(key))
    }

    fn lacks(&self, key: &str) -> Problem {
        Problem::at(&self.origin, format!("an entry without `{key}`"))
            .expected(format!("`{key}:`"))
            .advice("codegen/src/settings lists the keys")
    }

    /// The strings of a list, or the only one, each with its place.
    pub(super) fn each(&mut self, key: &str) -> Checked<Vec<(String, Origin)>> {
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

    pub(super) fn schema(&mut self, key: &str, problems: &mut Problems) -> Option<Schema> {
        let (node, origin) = self.keys.take(key)?;
        schema::parse(node, &origin, problems)
    }
}

pub(super) fn map<'n>(node: &'n Node, origin: &Origin, what: &str) -> Checked<Keywords<'n>> {
    match node {
        Node::Map(_) => Keywords::new(node, origin),
        node => Err(unexpected(node, origin, what)),
    }
}
