//! A YAML or JSON document as plain data: one type for both, keys in their order, numbers in their spelling where
//! the spelling matters.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// A value of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `null`, or nothing behind a key.
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

impl Node {
    /// The value under a key of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match self {
            Node::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The value one step further on the way of a JSON pointer.
    pub(crate) fn step(&self, key: &str) -> Option<&Node> {
        match self {
            Node::List(list) => list.get(key.parse::<usize>().ok()?),
            node => node.get(key),
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Node::String(text) => Some(text),
            _ => None,
        }
    }

    /// What kind of value it is, for people.
    pub fn describe(&self) -> String {
        match self {
            Node::Null => "nothing".to_owned(),
            Node::Boolean(value) => format!("`{value}`"),
            Node::Number(number) => format!("the number `{number}`"),
            Node::String(text) if text.len() <= 60 => format!("the string `{}`", text.trim_end()),
            Node::String(_) => "a long string".to_owned(),
            Node::List(_) => "a list".to_owned(),
            Node::Map(_) => "a map".to_owned(),
        }
    }

    /// The same value for `serde_json`.
    pub fn to_json(&self) -> Value {
        match self {
            Node::Null => Value::Null,
            Node::Boolean(value) => Value::Bool(*value),
            Node::Number(number) => Value::Number(number.clone()),
            Node::String(text) => Value::String(text.clone()),
            Node::List(list) => list.iter().map(Node::to_json).collect(),
            Node::Map(map) => {
                Value::Object(map.iter().map(|(key, value)| (key.clone(), value.to_json())).collect::<Map<_, _>>())
            }
        }
    }
}

/// Reads a [`Node`]. Versions are read as text whatever they look like: to YAML, `1.10` and `1.1` are one number.
#[derive(Clone, Copy)]
pub(crate) struct NodeSeed {
    as_text: bool,
}

impl NodeSeed {
    pub(crate) const DOCUMENT: Self = Self { as_text: false };

    fn under(key: &str) -> Self {
        Self { as_text: matches!(key, "x-addedInMatrixVersion" | "since" | "until" | "release") }
    }
}

impl<'de> DeserializeSeed<'de> for NodeSeed {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        if self.as_text {
            deserializer.deserialize_str(self)
        } else {
            deserializer.deserialize_any(self)
        }
    }
}

impl<'de> Visitor<'de> for NodeSeed {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.as_text { "a version as text" } else { "a plain value" })
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Node, E> {
        Err(E::custom(format_args!("the integer `{value}`, which takes more than 64 bits")))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Node, E> {
        Err(E::custom(format_args!("the integer `{value}`, which takes more than 64 bits")))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
        Number::from_f64(value).map(Node::Number).ok_or_else(|| E::custom("a number that JSON doesn't have"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::String(text.to_owned()))
    }

    /// YAML's tags: JSON has nothing like them.
    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Node, A::Error> {
        Err(A::Error::custom("a tag (a word behind a `!`)"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = sequence.next_element_seed(NodeSeed::DOCUMENT)? {
            list.push(node);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node, A::Error> {
        let mut map: Vec<(String, Node)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        while let Some(key) = members.next_key_seed(KeySeed(&mut seen))? {
            let value = members.next_value_seed(NodeSeed::under(&key))?;
            map.push((key, value));
        }
        Ok(Node::Map(map))
    }
}

/// Reads a key, which no other key of the map may equal. It is text, whatever it looks like.
struct KeySeed<'s>(&'s mut std::collections::HashSet<String>);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        if !self.0.insert(key.to_owned()) {
            return Err(E::custom(format_args!("the key `{key}` stands here for the second time")));
        }
        Ok(key.to_owned())
    }
}

/// What [`locate`](Locate) stops with: the reader adds the position where it stands.
const FOUND: &str = "\u{0}found";

/// Walks to the value at the end of a path and stops there with an error: parsers tell positions of errors only.
pub(crate) struct Locate<'p> {
    pub(crate) path: &'p [String],
    /// Whether the key of the last step is meant, not its value.
    pub(crate) key: bool,
}

impl<'de> DeserializeSeed<'de> for Locate<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Locate<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a plain value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Some((wanted, rest)) = self.path.split_first() else { return Err(A::Error::custom(FOUND)) };
        let stop = if rest.is_empty() && self.key { Some(wanted.as_str()) } else { None };
        while let Some(key) = members.next_key_seed(LocateKey(stop))? {
            if key == *wanted {
                return members.next_value_seed(Locate { path: rest, key: self.key });
            }
            members.next_value::<serde::de::IgnoredAny>()?;
        }
        Err(A::Error::custom(FOUND))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<(), A::Error> {
        let Some((wanted, rest)) = self.path.split_first() else { return Err(A::Error::custom(FOUND)) };
        let index: usize = wanted.parse().unwrap_or(usize::MAX);
        for _ in 0..index {
            if sequence.next_element::<serde::de::IgnoredAny>()?.is_none() {
                break;
            }
        }
        sequence.next_element_seed(Locate { path: rest, key: self.key })?;
        Err(A::Error::custom(FOUND))
    }
}

struct LocateKey<'p>(Option<&'p str>);

impl<'de> DeserializeSeed<'de> for LocateKey<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for LocateKey<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        if self.0 == Some(key) {
            return Err(E::custom(FOUND));
        }
        Ok(key.to_owned())
    }
}
