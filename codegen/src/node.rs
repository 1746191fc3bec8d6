//! The values of YAML and JSON documents.

use std::fmt;

use serde_json::{Map, Value};

/// A value of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `null`, or no value after a key.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// A list.
    List(Vec<Node>),
    /// A map with its keys in the order of the document.
    Map(Vec<(String, Node)>),
}

/// A number with its source text. Two numbers are equal if their values are equal, so `1.10` equals `1.1`.
#[derive(Clone, Debug)]
pub struct Number {
    text: String,
    value: serde_json::Number,
}

/// The kind of a node. `Display` writes the kind with an article, such as `a string`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// See [`Node::Null`].
    Null,
    /// See [`Node::Boolean`].
    Boolean,
    /// See [`Node::Number`].
    Number,
    /// See [`Node::String`].
    String,
    /// See [`Node::List`].
    List,
    /// See [`Node::Map`].
    Map,
}

impl Number {
    pub(crate) fn new(text: impl Into<String>, value: serde_json::Number) -> Self {
        Self { text: text.into(), value }
    }

    /// Returns the text in the document, such as `1.10`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the value.
    pub fn value(&self) -> &serde_json::Number {
        &self.value
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl From<serde_json::Number> for Number {
    fn from(value: serde_json::Number) -> Self {
        Self { text: value.to_string(), value }
    }
}

impl fmt::Display for NodeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NodeKind::Null => "null",
            NodeKind::Boolean => "a boolean",
            NodeKind::Number => "a number",
            NodeKind::String => "a string",
            NodeKind::List => "a list",
            NodeKind::Map => "a map",
        })
    }
}

impl Node {
    /// Returns the value of a key, if the node is a map with that key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match self {
            Node::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Returns the value of a key of a map, or at an index of a list, as one step of a JSON pointer.
    pub(crate) fn step(&self, key: &str) -> Option<&Node> {
        match self {
            Node::List(list) => list.get(key.parse::<usize>().ok()?),
            node => node.get(key),
        }
    }

    /// Returns the text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Node::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the kind.
    pub fn kind(&self) -> NodeKind {
        match self {
            Node::Null => NodeKind::Null,
            Node::Boolean(_) => NodeKind::Boolean,
            Node::Number(_) => NodeKind::Number,
            Node::String(_) => NodeKind::String,
            Node::List(_) => NodeKind::List,
            Node::Map(_) => NodeKind::Map,
        }
    }

    /// Converts the node to a `serde_json` value.
    pub fn to_json(&self) -> Value {
        match self {
            Node::Null => Value::Null,
            Node::Boolean(value) => Value::Bool(*value),
            Node::Number(number) => Value::Number(number.value.clone()),
            Node::String(text) => Value::String(text.clone()),
            Node::List(list) => list.iter().map(Node::to_json).collect(),
            Node::Map(map) => {
                Value::Object(map.iter().map(|(key, value)| (key.clone(), value.to_json())).collect::<Map<_, _>>())
            }
        }
    }
}
