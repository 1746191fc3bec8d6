//! Reads the keywords of a schema, or the keys of another map, one at a time. A key that nothing has read is an error.

use super::keywords::Keyword;
use super::{Limit, LimitValue};
use crate::diagnostics::{nearest, Diagnostic, Diagnostics, Origin};
use crate::node::Node;
use crate::version::Version;

/// The keys of a map that have not been read yet.
pub(crate) struct KeywordReader<'n> {
    origin: Origin,
    left: Vec<(&'n str, &'n Node)>,
}

impl<'n> KeywordReader<'n> {
    pub(crate) fn new(node: &'n Node, origin: &Origin) -> Result<Self, Diagnostic> {
        match node {
            Node::Map(entries) => Ok(Self {
                origin: origin.clone(),
                left: entries.iter().map(|(key, value)| (key.as_str(), value)).collect(),
            }),
            other => Err(unexpected(other, origin, "a schema").help("check the indentation of the lines around it")),
        }
    }

    /// Removes a key, and returns its value and its place.
    pub(crate) fn take(&mut self, keyword: &str) -> Option<(&'n Node, Origin)> {
        let index = self.left.iter().position(|(key, _)| *key == keyword)?;
        let (key, value) = self.left.remove(index);
        Some((value, self.origin.child(key)))
    }

    pub(crate) fn text(&mut self, keyword: &str) -> Result<Option<String>, Diagnostic> {
        let Some((node, origin)) = self.take(keyword) else { return Ok(None) };
        text(node, &origin).map(Some)
    }

    pub(crate) fn flag(&mut self, keyword: &str) -> Result<bool, Diagnostic> {
        match self.take(keyword) {
            None => Ok(false),
            Some((Node::Boolean(value), _)) => Ok(*value),
            Some((other, origin)) => Err(unexpected(other, &origin, "`true` or `false`")),
        }
    }

    pub(crate) fn limit(&mut self, limit: Limit) -> Result<Option<LimitValue>, Diagnostic> {
        let Some((node, origin)) = self.take(limit.name()) else { return Ok(None) };
        match (node, limit.is_count()) {
            (Node::Number(number), true) if number.value().is_u64() => {
                Ok(number.value().as_u64().map(LimitValue::Count))
            }
            (Node::Number(number), false) => Ok(number.value().as_f64().map(LimitValue::Number)),
            (other, true) => Err(unexpected(other, &origin, "an integer that is not negative")),
            (other, false) => Err(unexpected(other, &origin, "a number")),
        }
    }

    pub(crate) fn version(&mut self, keyword: &str) -> Result<Option<Version>, Diagnostic> {
        let Some((node, origin)) = self.take(keyword) else { return Ok(None) };
        Version::of(node).map(Some).ok_or_else(|| not_a_version(node, &origin))
    }

    pub(crate) fn texts(&mut self, keyword: &str) -> Result<Option<Vec<String>>, Diagnostic> {
        let Some((node, origin)) = self.take(keyword) else { return Ok(None) };
        let Node::List(list) = node else {
            let help = format!("write a list such as `{keyword}: [a, b]`");
            return Err(unexpected(node, &origin, "a list of strings").help(help));
        };
        let mut texts: Vec<String> = Vec::new();
        for (index, node) in list.iter().enumerate() {
            let origin = origin.child(&index.to_string());
            let text = text(node, &origin)?;
            if texts.contains(&text) {
                let message = format!("expected each value once, found `{text}` for the second time");
                return Err(Diagnostic::at(&origin, message).help("remove one of the two values"));
            }
            texts.push(text);
        }
        Ok(Some(texts))
    }

    /// Removes the supported keywords. After an error they have not been read, and are not to be reported as unknown.
    pub(crate) fn leave_known(&mut self) {
        self.left.retain(|(key, _)| !Keyword::named(key).is_some_and(|keyword| keyword.is_supported));
    }

    /// Reports every keyword that has not been read.
    pub(crate) fn finish(self, diagnostics: &mut Diagnostics) {
        let known: Vec<&str> = Keyword::supported().map(|keyword| keyword.name).collect();
        for (key, _) in self.left {
            let adjective = if Keyword::named(key).is_some() { "unsupported" } else { "unknown" };
            let help = format!(
                "remove `{key}`, or support it in `KEYWORDS` in codegen/src/schema/keywords.rs and in codegen/src/schema/parse.rs"
            );
            let message = format!("{adjective} keyword `{key}`");
            diagnostics.push(unknown(&self.origin.child(key), message, &known, &help));
        }
    }

    /// Reports every key that has not been read in a map that is not a schema. `noun` names the kind of key.
    pub(crate) fn finish_with(self, known: &[&str], noun: &str, diagnostics: &mut Diagnostics) {
        for (key, _) in self.left {
            let (message, help) = (format!("unknown {noun} `{key}`"), format!("remove `{key}`"));
            diagnostics.push(unknown(&self.origin.child(key), message, known, &help));
        }
    }
}

fn unknown(origin: &Origin, message: String, known: &[&str], help: &str) -> Diagnostic {
    let key = origin.keys().last().unwrap_or_default();
    let help = match nearest(&key, known.iter().copied()) {
        Some(near) => format!("write `{near}` in place of `{key}`. Otherwise, {help}"),
        None => help.to_owned(),
    };
    let list: Vec<String> = known.iter().map(|known| format!("`{known}`")).collect();
    Diagnostic::at(origin, message).expected(format!("one of {}", list.join(", "))).help(help)
}

/// Returns the text of a string, or the error of another node.
pub(crate) fn text(node: &Node, origin: &Origin) -> Result<String, Diagnostic> {
    match node {
        Node::String(text) => Ok(text.clone()),
        other => Err(unexpected(other, origin, "a string")),
    }
}

/// Creates the error of a node that is not a release of the specification.
pub(crate) fn not_a_version(node: &Node, origin: &Origin) -> Diagnostic {
    unexpected(node, origin, "a release of the specification").help("write the release in quotes, such as `\"1.19\"`")
}

/// Creates the error of a node that is not the expected value.
pub(crate) fn unexpected(node: &Node, origin: &Origin, expected: &str) -> Diagnostic {
    let help = match node {
        // In YAML, `true` and `1.10` are strings only in quotes.
        Node::Boolean(_) | Node::Number(_) if expected == "a string" => "put the value in quotes".to_owned(),
        _ => format!("write {expected}"),
    };
    let found = match node {
        Node::String(text) if text.len() <= 60 => format!("the string `{}`", text.trim_end()),
        Node::Boolean(value) => format!("the boolean `{value}`"),
        Node::Number(number) => format!("the number `{}`", number.text()),
        node => node.kind().to_string(),
    };
    Diagnostic::at(origin, format!("expected {expected}, found {found}")).help(help)
}
