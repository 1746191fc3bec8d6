//! The keys of one schema, taken out one by one: what is left over at the end isn't understood.

use crate::diagnostics::{Checked, Origin, Problem, Problems};
use crate::node::Node;

/// Every keyword that the generator understands, for the advice on one that it doesn't.
const KNOWN: [&str; 32] = [
    "$ref",
    "$schema",
    "additionalProperties",
    "allOf",
    "anyOf",
    "deprecated",
    "description",
    "enum",
    "example",
    "examples",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "oneOf",
    "pattern",
    "patternProperties",
    "properties",
    "propertyNames",
    "required",
    "title",
    "type",
    "x-addedInMatrixVersion",
    "x-changedInMatrixVersion",
    "x-pattern-format",
    "x-weight",
];

/// The keys of a schema that haven't been taken yet.
pub(crate) struct Keywords<'n> {
    origin: Origin,
    left: Vec<(&'n str, &'n Node)>,
}

impl<'n> Keywords<'n> {
    pub(crate) fn new(node: &'n Node, origin: &Origin) -> Checked<Self> {
        match node {
            Node::Map(entries) => Ok(Self {
                origin: origin.clone(),
                left: entries.iter().map(|(key, value)| (key.as_str(), value)).collect(),
            }),
            other => Err(Problem::at(origin, format!("found {} where a schema should stand", other.describe()))
                .expected("a map with keywords of JSON Schema")
                .advice("check the indentation of the lines around it")),
        }
    }

    pub(crate) fn take(&mut self, keyword: &str) -> Option<(&'n Node, Origin)> {
        let index = self.left.iter().position(|(key, _)| *key == keyword)?;
        let (key, value) = self.left.remove(index);
        Some((value, self.origin.child(key)))
    }

    pub(crate) fn text(&mut self, keyword: &str) -> Checked<Option<String>> {
        let Some((node, origin)) = self.take(keyword) else { return Ok(None) };
        text(node, &origin).map(Some)
    }

    pub(crate) fn flag(&mut self, keyword: &str) -> Checked<bool> {
        match self.take(keyword) {
            None => Ok(false),
            Some((Node::Boolean(value), _)) => Ok(*value),
            Some((other, origin)) => Err(unexpected(other, &origin, "`true` or `false`")),
        }
    }

    pub(crate) fn count(&mut self, keyword: &str) -> Checked<Option<u64>> {
        let Some((node, origin)) = self.take(keyword) else { return Ok(None) };
        match node {
            Node::Number(number) if number.as_u64().is_some() => Ok(number.as_u64()),
            other => Err(unexpected(other, &origin, "a whole number that isn't negative")),
        }
    }

    pub(crate) fn number(&mut self, keyword: &str) -> Checked<Option<f64>> {
        let Some((node, origin)) = self.take(keyword) else { return Ok(None) };
        match node {
            Node::Number(number) => Ok(number.as_f64()),
            other => Err(unexpected(other, &origin, "a number")),
        }
    }

    pub(crate) fn texts(&mut self, keyword: &str) -> Checked<Option<Vec<String>>> {
        let Some((node, origin)) = self.take(keyword) else { return Ok(None) };
        let Node::List(list) = node else { return Err(unexpected(node, &origin, "a list of strings")) };
        let mut texts: Vec<String> = Vec::new();
        for (index, node) in list.iter().enumerate() {
            let origin = origin.child(&index.to_string());
            let text = text(node, &origin)?;
            if texts.contains(&text) {
                return Err(Problem::at(&origin, format!("`{text}` stands in the list for the second time"))
                    .expected("each value once")
                    .advice("remove one of the two"));
            }
            texts.push(text);
        }
        Ok(Some(texts))
    }

    /// What a mistake before it has kept from being taken is none of its own.
    pub(crate) fn leave_known(&mut self) {
        self.left.retain(|(key, _)| !KNOWN.contains(key));
    }

    /// Every key that nothing has taken is one that the generator doesn't understand.
    pub(crate) fn finish(self, problems: &mut Problems) {
        let learn = "if the specification has taken a new keyword into use, codegen/src/schema has to learn it";
        self.finish_with(&KNOWN, "a keyword that the generator understands", learn, problems);
    }

    /// The same for a map that isn't a schema, with its own vocabulary.
    pub(crate) fn finish_with(self, known: &[&str], what: &str, advice: &str, problems: &mut Problems) {
        for (key, _) in self.left {
            let nearest = nearest(key, known.iter().copied());
            let guess = nearest.map(|known| format!("did you mean `{known}`? ")).unwrap_or_default();
            let list: Vec<String> = known.iter().map(|known| format!("`{known}`")).collect();
            problems.push(
                Problem::at(&self.origin.child(key), format!("`{key}` isn't {what}"))
                    .expected(format!("one of {}", list.join(", ")))
                    .advice(format!("{guess}{advice}")),
            );
        }
    }
}

/// The known name that is nearest to one that isn't, if any is near.
pub(crate) fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let limit = (name.chars().count() / 3).max(1);
    let near = known.into_iter().map(|known| (distance(name, known), known)).filter(|(distance, _)| *distance <= limit);
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

/// The Levenshtein distance of two short strings.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut left = i + 1;
        let mut next = vec![left];
        for ((to, diagonal), above) in b.iter().zip(&row).zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(from != *to)).min(above + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

pub(crate) fn text(node: &Node, origin: &Origin) -> Checked<String> {
    match node {
        Node::String(text) => Ok(text.clone()),
        other => Err(unexpected(other, origin, "a string")),
    }
}

pub(crate) fn unexpected(node: &Node, origin: &Origin, expected: &str) -> Problem {
    // YAML takes `true`, `1.10` and their like for something else than text.
    let advice = match node {
        Node::Boolean(_) | Node::Number(_) if expected == "a string" => "put it in quotes",
        _ => "correct the value",
    };
    Problem::at(origin, format!("found {}", node.describe())).expected(expected).advice(advice)
}
