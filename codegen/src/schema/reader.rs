//! Reads the keywords of a schema, or the keys of another map, one at a time. A key that nothing has read is an error.

use super::keywords::Keyword;
use super::{JsonType, Limit, LimitValue};
use crate::diagnostics::{nearest, one_of, Diagnostic, Diagnostics, Origin};
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
            other => Err(not_a_schema(other, origin)),
        }
    }

    /// Removes a key, and returns its value and its place.
    pub(crate) fn take(&mut self, keyword: &str) -> Option<(&'n Node, Origin)> {
        let index = self.left.iter().position(|(key, _)| *key == keyword)?;
        let (key, value) = self.left.remove(index);
        Some((value, self.origin.child(key)))
    }

    /// Returns the value of a key that has not been read, and its place.
    pub(crate) fn find(&self, keyword: &str) -> Option<(&'n Node, Origin)> {
        let (key, value) = self.left.iter().find(|(key, _)| *key == keyword)?;
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
            (other, true) => {
                let expected = "an integer that is not negative";
                Err(unexpected(other, &origin, expected)
                    .help("write such an integer, without quotes and without a fraction"))
            }
            (other, false) => Err(unexpected(other, &origin, "a number").help("write a number without quotes")),
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
                return Err(duplicate(&text, &origin));
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
        for (key, _) in self.left.into_iter().filter(|(key, _)| !Keyword::is_annotation(key)) {
            let adjective = if Keyword::named(key).is_some() { "unsupported" } else { "unknown" };
            let message = format!("{adjective} keyword `{key}`");
            let diagnostic = unknown(&self.origin.child(key), message, &known);
            diagnostics.push(diagnostic.or_in_generator(
                "support it in `KEYWORDS` in codegen/src/schema/keywords.rs and in codegen/src/schema/parse.rs",
            ));
        }
    }

    /// Reports every key that has not been read in a map that is not a schema. `noun` names the kind of key.
    pub(crate) fn finish_with(self, known: &[&str], noun: &str, diagnostics: &mut Diagnostics) {
        for (key, _) in self.left {
            diagnostics.push(unknown(&self.origin.child(key), format!("unknown {noun} `{key}`"), known));
        }
    }
}

fn unknown(origin: &Origin, message: String, known: &[&str]) -> Diagnostic {
    let key = origin.keys().last().unwrap_or_default();
    let help = match nearest(&key, known.iter().copied()) {
        Some(near) => format!("write `{near}` in place of `{key}`. Otherwise, remove `{key}`"),
        None => format!("remove `{key}`"),
    };
    Diagnostic::at(origin, message).expected(one_of(known)).help(help)
}

/// Creates the error of a value that a list has for the second time.
pub(super) fn duplicate(value: &str, origin: &Origin) -> Diagnostic {
    let message = format!("expected each value once, found `{value}` for the second time");
    Diagnostic::at(origin, message).help("remove one of the two values")
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

/// Creates the error of a node that is not a schema.
fn not_a_schema(node: &Node, origin: &Origin) -> Diagnostic {
    let key = origin.keys().last().unwrap_or_default();
    let is_type = |text: &String| JsonType::ALL.iter().any(|(name, _)| name == text);
    let help = match node {
        Node::Null if key.is_empty() => {
            return Diagnostic::at(origin, "the file is empty")
                .expected("a schema")
                .help("write the schema to the file, or remove the file");
        }
        Node::Null => {
            format!("indent the keywords of the schema more than `{key}`, or write `{{}}` to allow every value")
        }
        Node::String(text) if is_type(text) => format!("write `{{type: {text}}}`"),
        Node::List(_) => "write the keywords of one schema, without `-` and without brackets".to_owned(),
        Node::Boolean(true) => "write `{}` to allow every value".to_owned(),
        Node::Boolean(false) => format!("remove `{key}`"),
        _ => "write keywords such as `type: object`, each with a space after the `:`".to_owned(),
    };
    if key == "additionalProperties" {
        let help = "write `true`, `false`, or a schema such as `{type: string}`";
        return unexpected(node, origin, "a schema, `true` or `false`").help(help);
    }
    unexpected(node, origin, "a schema").help(help)
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
