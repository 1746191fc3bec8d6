//! What an object holds beyond its fields.

use std::fmt;

use serde_json::{Map, Value};

/// The members of an object that its Rust type has no field for: keys that the schema doesn't declare, and declared
/// ones whose value didn't fit their type. Written back as they were read.
///
/// Eight bytes, and no allocation while there is nothing to hold.
///
/// ```
/// use matrix_events::room::name::RoomNameEventContent;
///
/// let content: RoomNameEventContent = serde_json::from_str(r#"{"name": "Lobby", "org.example.colour": "teal"}"#)?;
/// assert_eq!(content.extra.get("org.example.colour").and_then(|value| value.as_str()), Some("teal"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Held>>);

#[derive(Clone, Default, PartialEq)]
struct Held {
    values: Map<String, Value>,
    /// The parts of a field that its type couldn't take, where it could take the others: the odd entries of a map,
    /// the odd elements of a list (by index), the spelling `1.0` of an integer. Joined with the field when written.
    leftovers: Map<String, Value>,
    /// The fields that were read under another name than their own, and that name.
    spellings: Vec<(&'static str, &'static str)>,
}

impl Extra {
    /// Holds nothing.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Whether nothing is held, neither a key nor what is left of a field.
    pub fn is_empty(&self) -> bool {
        self.0.as_ref().is_none_or(|held| held.values.is_empty() && held.leftovers.is_empty())
    }

    /// How many keys are held.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |held| held.values.len())
    }

    /// The value under a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.as_ref()?.values.get(key)
    }

    /// Sets a key, and returns what was there. A field of the object with the same name takes precedence when it is
    /// present.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.held().values.insert(key.into(), value.into())
    }

    /// Takes a key out, or what is left of the field of that name: without this, the odd entries of a map and the odd elements
    /// of a list are written back beside whatever the field is set to.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let held = self.0.as_mut()?;
        let leftover = held.leftovers.remove(key);
        held.values.remove(key).or(leftover)
    }

    /// All keys and values, in the order that `serde_json` has maps in: that of the keys, unless its `preserve_order` is on.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|held| held.values.iter()).map(|(key, value)| (key.as_str(), value))
    }

    /// What is left of a field whose type took only a part of the JSON: the odd entries of a map, the odd elements of
    /// a list by their index, or the spelling of a number.
    pub fn leftover(&self, key: &str) -> Option<&Value> {
        self.0.as_ref()?.leftovers.get(key)
    }

    /// The keys of the fields of which something is left.
    pub fn leftovers(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|held| held.leftovers.iter()).map(|(key, value)| (key.as_str(), value))
    }

    /// The name that a field was read under, and will be written under: its own, unless it has several and was read
    /// under another. With a new `extra`, an object is written under its own names.
    pub fn spelling(&self, name: &'static str) -> &'static str {
        let spellings = self.0.as_ref().map(|held| held.spellings.as_slice()).unwrap_or_default();
        spellings.iter().find(|(own, _)| *own == name).map_or(name, |(_, other)| other)
    }

    /// Notes that a field was read under another name.
    pub(super) fn spell(&mut self, name: &'static str, other: &'static str) {
        self.held().spellings.push((name, other));
    }

    /// All leftovers, unless there are none.
    pub(super) fn leftovers_if_any(&self) -> Option<&Map<String, Value>> {
        self.0.as_ref().map(|held| &held.leftovers).filter(|leftovers| !leftovers.is_empty())
    }

    /// Sets what is left of a field, and takes out what was held in its place.
    pub(super) fn settle(&mut self, key: &str, leftover: Option<Value>) {
        self.remove(key);
        if let Some(value) = leftover {
            self.held().leftovers.insert(key.to_owned(), value);
        }
    }

    fn held(&mut self) -> &mut Held {
        self.0.get_or_insert_with(Box::default)
    }
}

impl PartialEq for Extra {
    /// What holds nothing any more is equal to what never did.
    fn eq(&self, other: &Self) -> bool {
        let nothing = Held::default();
        self.0.as_deref().unwrap_or(&nothing) == other.0.as_deref().unwrap_or(&nothing)
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(held) = &self.0 else { return f.write_str("{}") };
        let left = held.leftovers.iter().map(|(key, value)| (format!("{key} (left over)"), value));
        let spelled = held.spellings.iter().map(|(own, other)| (format!("{own} (read as)"), other));
        f.debug_map().entries(&held.values).entries(left).entries(spelled).finish()
    }
}

impl From<Map<String, Value>> for Extra {
    fn from(values: Map<String, Value>) -> Self {
        if values.is_empty() {
            return Self::new();
        }
        Self(Some(Box::new(Held { values, ..Held::default() })))
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for Extra {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(iter: I) -> Self {
        iter.into_iter().map(|(key, value)| (key.into(), value.into())).collect::<Map<_, _>>().into()
    }
}
