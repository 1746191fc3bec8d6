//! Takes the keywords of one schema one by one. A keyword that is left at the end is an error.

use super::keywords::Keyword;
use crate::diagnostics::{nearest, Diagnostic, Diagnostics, Origin};
use crate::node::Node;
use crate::version::Version;

/// The keys of a map that have not been taken yet.
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

    pub(crate) fn count(&mut self, keyword: &str) -> Result<Option<u64>, Diagnostic> {
        let Some((node, origin)) = self.take(keyword) else { return Ok(None) };
        match node {
            Node::Number(number) if number.value().is_u64() => Ok(number.value().as_u64()),
            other => Err(unexpected(other, &origin, "an integer that is not negative")),
        }
    }

    pub(crate) fn number(&mut self, keyword: &str) -> Result<Option<f64>, Diagnostic> {
        let Some((node, origin)) = self.take(keyword) else { return Ok(None) };
        match node {
            Node::Number(number) => Ok(number.value().as_f64()),
            other => Err(unexpected(other, &origin, "a number")),
        }
    }

    pub(crate) fn version(&mut self, keyword: &str) -> Result<Option<Version>, Diagnostic> {
        let Some((node, origin)) = self.take(keyword) else { return Ok(None) };
        Version::of(node).map(Some).ok_or_else(|| not_a_version(node, &origin))
    }

    pub(crate) fn texts(&mut self, keyword: &str) -> Result<Option<Vec<String>>, Diagnostic> {
        let Some((node, origin)) = self.take(keyword) else { return Ok(None) };
        let Node::List(list) = node else { return Err(unexpected(node, &origin, "a list of strings")) };
        let mut texts: Vec<String> = Vec::new();
        for (index, node) in list.iter().enumerate() {
            let origin = origin.child(&index.to_string());
            let text = text(node, &origin)?;
            if texts.contains(&text) {
                let message = format!("expected each value once, found `{text}` for the second time");
                return Err(Diagnostic::at(&origin, message).help("remove one of the two"));
            }
            texts.push(text);
        }
        Ok(Some(texts))
    }

    /// Removes the known keywords, which an error in an earlier keyword has left.
    pub(crate) fn leave_known(&mut self) {
        self.left.retain(|(key, _)| !Keyword::named(key).is_some_and(|keyword| keyword.is_supported));
    }

    /// Reports every keyword that is left.
    pub(crate) fn finish(self, diagnostics: &mut Diagnostics) {
        let known: Vec<&str> = Keyword::supported().map(|keyword| keyword.name).collect();
        let help = "remove the keyword, or add it to `KEYWORDS` in codegen/src/schema/keywords.rs and to codegen/src/schema/parse.rs";
        for (key, _) in self.left {
            let message = format!("expected a keyword that the generator understands, found the keyword `{key}`");
            diagnostics.push(unknown(&self.origin.child(key), message, &known, help));
        }
    }

    /// Reports every key that is left in a map that is not a schema: `what` is the thing that each key should be.
    pub(crate) fn finish_with(self, known: &[&str], what: &str, help: &str, diagnostics: &mut Diagnostics) {
        for (key, _) in self.left {
            let message = format!("expected {what}, found `{key}`");
            diagnostics.push(unknown(&self.origin.child(key), message, known, help));
        }
    }
}

fn unknown(origin: &Origin, message: String, known: &[&str], help: &str) -> Diagnostic {
    let key = origin.keys().last().unwrap_or_default();
    let help = match nearest(&key, known.iter().copied()) {
        Some(near) => format!("write `{near}` if that is meant; otherwise, {help}"),
        None => help.to_owned(),
    };
    let list: Vec<String> = known.iter().map(|known| format!("`{known}`")).collect();
    Diagnostic::at(origin, message).expected(format!("one of {}", list.join(", "))).help(help)
}

pub(crate) fn text(node: &Node, origin: &Origin) -> Result<String, Diagnostic> {
    match node {
        Node::String(text) => Ok(text.clone()),
        other => Err(unexpected(other, origin, "a string")),
    }
}

/// Reports a node that is not a release of the specification.
pub(crate) fn not_a_version(node: &Node, origin: &Origin) -> Diagnostic {
    unexpected(node, origin, "a release of the specification")
        .help("write the two numbers of the release with a dot, such as `\"1.19\"`")
}

/// Reports a node of another kind than the expected one.
pub(crate) fn unexpected(node: &Node, origin: &Origin, expected: &str) -> Diagnostic {
    // YAML reads `true`, `1.10` and the like as other values than strings.
    let help = match node {
        Node::Boolean(_) | Node::Number(_) if expected == "a string" => "put the value in quotes",
        _ => "correct the value",
    };
    let found = match node {
        Node::String(text) if text.len() <= 60 => format!("the string `{}`", text.trim_end()),
        node => node.kind().to_string(),
    };
    Diagnostic::at(origin, format!("expected {expected}, found {found}")).help(help)
}
