//! Finds the events in a JSON text by the paths of its response, without a tree of the text.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::origin::Origin;
use super::responses::{Response, Type};
use super::syntax::{self, SyntaxError};
use crate::__private::serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use crate::stream::EventTexts;

/// An event in a text, from [`find_events`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FoundEvent {
    /// The range of the event in the text, in bytes.
    pub range: Range<usize>,
    /// The part of the response that contains the event.
    pub origin: Origin,
    /// The JSON pointer of the event, or of the list that contains the event.
    parent: Arc<str>,
    /// The index in the list.
    index: Option<usize>,
}

impl FoundEvent {
    /// Returns the JSON pointer (RFC 6901) of the event in its document. It is empty if the document is the event.
    pub fn pointer(&self) -> Cow<'_, str> {
        match self.index {
            Some(index) => Cow::Owned(format!("{}/{index}", self.parent)),
            None => Cow::Borrowed(&self.parent),
        }
    }
}

/// The result of a search for events.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct FoundEvents {
    /// The events, in the order of the members that contain them.
    pub events: Vec<FoundEvent>,
    /// The ranges of values that are neither an event nor a known response.
    pub unrecognized: Vec<Range<usize>>,
    /// The name of the first recognized response, such as `/sync`, or `an event`.
    pub response: Option<&'static str>,
}

/// Finds the events in a text with any number of JSON values. A value is an event, a list of events, or a response that contains
/// events. The members of a response determine its endpoint.
///
/// ```
/// use matrix_events::tools::{find_events, Origin};
///
/// let found = find_events(r#"{"chunk": [{"type": "m.room.name"}, {"type": "m.room.topic"}], "start": "s1"}"#)?;
/// assert_eq!(found.response, Some("/messages, /members, /relations or /threads"));
/// assert_eq!(found.events.len(), 2);
/// assert_eq!((found.events[1].origin, &*found.events[1].pointer()), (Origin::Timeline, "/chunk/1"));
/// # Ok::<(), matrix_events::tools::SyntaxError>(())
/// ```
///
/// # Errors
///
/// Returns the first syntax error.
pub fn find_events(text: &str) -> Result<FoundEvents, SyntaxError> {
    let mut found = FoundEvents::default();
    found.add(text).map(|()| found).map_err(|error| of_text(text, &error))
}

/// Returns each JSON value of a text as an event of an origin. The elements of a list are separate events.
///
/// ```
/// use matrix_events::tools::{find_values, Origin};
///
/// assert_eq!(find_values(r#"[{"name": "Lobby"}, {}]"#, Origin::Alone)?.events.len(), 2);
/// # Ok::<(), matrix_events::tools::SyntaxError>(())
/// ```
///
/// # Errors
///
/// Returns the first syntax error.
pub fn find_values(text: &str, origin: Origin) -> Result<FoundEvents, SyntaxError> {
    let mut found = FoundEvents::default();
    found.add_values(text, origin).map(|()| found).map_err(|error| of_text(text, &error))
}

/// Returns the syntax error of a text. The error of a part of the text has a position in the part.
fn of_text(text: &str, error: &serde_json::Error) -> SyntaxError {
    syntax::find_in_values(text).unwrap_or_else(|| SyntaxError::of(text.as_bytes(), error))
}

impl FoundEvents {
    /// Adds the events in the values of a text. Stops at a syntax error.
    fn add(&mut self, text: &str) -> Result<(), serde_json::Error> {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<Top<'_>>();
        let mut before = 0;
        while let Some(value) = values.next().transpose()? {
            let blank = text.get(before..).unwrap_or_default().bytes().take_while(u8::is_ascii_whitespace).count();
            let span = before + blank..values.byte_offset();
            before = span.end;
            match value {
                Top::Object(members) => self.object(text, &members, span, &Arc::from(""), None)?,
                Top::List(elements) => self.list(text, &elements)?,
                Top::Other => self.unrecognized.push(span),
            }
        }
        Ok(())
    }

    /// Adds each value of a text as an event in a place. The elements of a list are separate events.
    fn add_values(&mut self, text: &str, origin: Origin) -> Result<(), serde_json::Error> {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
        while let Some(value) = values.next().transpose()? {
            if json_type(value) != Some(Type::List) {
                self.events.push(FoundEvent { range: span_in(text, value), origin, parent: "".into(), index: None });
                continue;
            }
            let elements: Vec<&RawValue> = serde_json::from_str(value.get())?;
            self.events.extend(elements.into_iter().enumerate().map(|(index, element)| FoundEvent {
                range: span_in(text, element),
                origin,
                parent: "".into(),
                index: Some(index),
            }));
        }
        Ok(())
    }

    fn list(&mut self, text: &str, elements: &[&RawValue]) -> Result<(), serde_json::Error> {
        let root: Arc<str> = "".into();
        // The first version of some endpoints of the federation has the pair of the HTTP status and the response.
        let is_pair = matches!(elements, [status, response]
            if status.get() == "200" && json_type(response) == Some(Type::Object));
        for (index, element) in elements.iter().enumerate().skip(usize::from(is_pair)) {
            let span = span_in(text, element);
            match serde_json::from_str(element.get())? {
                Top::Object(members) => self.object(text, &members, span, &root, Some(index))?,
                Top::List(_) | Top::Other => self.unrecognized.push(span),
            }
        }
        Ok(())
    }

    fn object(
        &mut self,
        text: &str,
        members: &Members<'_>,
        span: Range<usize>,
        root: &Arc<str>,
        index: Option<usize>,
    ) -> Result<(), serde_json::Error> {
        let Some(response) = Response::recognize(|path| type_at(members, path)) else {
            self.unrecognized.push(span);
            return Ok(());
        };
        self.response = self.response.or(Some(response.name));
        if let [("", origin)] = response.events {
            self.events.push(FoundEvent { range: span, origin: *origin, parent: root.clone(), index });
            return Ok(());
        }
        let root: Arc<str> = index.map_or(Arc::from(""), |index| format!("{root}/{index}").into());
        let mut list: Option<(Arc<str>, Arc<str>)> = None;
        for event in EventTexts::at(response.places(), text.get(span.clone()).unwrap_or_default()) {
            let event = event.map_err(serde_json::Error::custom)?;
            let Some(origin) = Origin::named(event.enum_name()) else { continue };
            let start = span.start + event.offset();
            let (pointer, index) = match event.list() {
                None => (format!("{root}{}", event.pointer()).into(), None),
                Some((own, index)) => {
                    let pointer = list.take().filter(|(known, _)| Arc::ptr_eq(known, own)).map(|(_, pointer)| pointer);
                    let pointer = pointer.unwrap_or_else(|| format!("{root}{own}").into());
                    list = Some((own.clone(), pointer.clone()));
                    (pointer, Some(index))
                }
            };
            self.events.push(FoundEvent { range: start..start + event.json().len(), origin, parent: pointer, index });
        }
        Ok(())
    }
}

/// A value whose members or elements are kept as text.
enum Top<'t> {
    Object(Members<'t>),
    List(Vec<&'t RawValue>),
    Other,
}

type Members<'t> = Vec<(Cow<'t, str>, &'t RawValue)>;

impl<'t> Deserialize<'t> for Top<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
        struct TopVisitor;

        impl<'t> Visitor<'t> for TopVisitor {
            type Value = Top<'t>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON value")
            }

            fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Top<'t>, A::Error> {
                let mut members = Vec::new();
                while let Some(Key(key)) = map.next_key()? {
                    members.push((key, map.next_value()?));
                }
                Ok(Top::Object(members))
            }

            fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<Top<'t>, A::Error> {
                let mut elements = Vec::new();
                while let Some(element) = list.next_element()? {
                    elements.push(element);
                }
                Ok(Top::List(elements))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Top<'t>, E> {
                Ok(Top::Other)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Top<'t>, E> {
                Ok(Top::Other)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Top<'t>, E> {
                Ok(Top::Other)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Top<'t>, E> {
                Ok(Top::Other)
            }

            fn visit_str<E>(self, _: &str) -> Result<Top<'t>, E> {
                Ok(Top::Other)
            }

            fn visit_unit<E>(self) -> Result<Top<'t>, E> {
                Ok(Top::Other)
            }
        }

        deserializer.deserialize_any(TopVisitor)
    }
}

/// A key that is borrowed if possible. The `Deserialize` of `Cow` never borrows.
struct Key<'t>(Cow<'t, str>);

impl<'t> Deserialize<'t> for Key<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl<'t> Visitor<'t> for KeyVisitor {
            type Value = Key<'t>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, key: &'t str) -> Result<Key<'t>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E>(self, key: &str) -> Result<Key<'t>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }

        deserializer.deserialize_str(KeyVisitor)
    }
}

/// Returns the JSON type at a path, such as `events/0/auth_events`.
fn type_at(members: &Members<'_>, path: &str) -> Option<Type> {
    let (first, rest) = path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let (_, value) = members.iter().rev().find(|(key, _)| key == first)?;
    let Some(rest) = rest else { return json_type(value) };
    match serde_json::from_str(value.get()).ok()? {
        Top::Object(members) => type_at(&members, rest),
        Top::List(elements) => {
            let (index, rest) = rest.split_once('/').map_or((rest, None), |(index, rest)| (index, Some(rest)));
            let element = elements.get(index.parse::<usize>().ok()?)?;
            let Some(rest) = rest else { return json_type(element) };
            let Top::Object(members) = serde_json::from_str(element.get()).ok()? else { return None };
            type_at(&members, rest)
        }
        Top::Other => None,
    }
}

fn json_type(value: &RawValue) -> Option<Type> {
    match value.get().bytes().next()? {
        b'"' => Some(Type::String),
        b'[' => Some(Type::List),
        b'{' => Some(Type::Object),
        b'-' | b'0'..=b'9' => Some(Type::Number),
        _ => Some(Type::Literal),
    }
}

/// Returns the range of a value that is part of the text.
fn span_in(text: &str, value: &RawValue) -> Range<usize> {
    let start = (value.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    start..start + value.get().len()
}

#[cfg(test)]
mod tests {
    use crate::__private::constraints::Step;
    use serde_json::{json, Map, Value};

    use super::super::responses::RESPONSES;
    use super::*;

    /// Puts a value at a path. The key of an entry is `!any/key`. Returns the pointer of the value.
    fn put(document: &mut Value, path: &[Step], value: Value) -> String {
        let (mut place, mut pointer) = (document, String::new());
        for step in path {
            let key = match step {
                Step::Items => {
                    if !place.is_array() {
                        *place = json!([]);
                    }
                    place.as_array_mut().expect("a list").push(Value::Null);
                    let index = place.as_array().map_or(0, Vec::len) - 1;
                    pointer.push_str(&format!("/{index}"));
                    place = &mut place[index];
                    continue;
                }
                Step::Entries(_) => "!any/key",
                Step::Key(key) => key,
            };
            pointer.push_str(&format!("/{}", key.replace('/', "~1")));
            if !place.is_object() {
                *place = json!({});
            }
            place = &mut place[key];
        }
        *place = value;
        pointer
    }

    /// Returns a document with the members of a shape.
    fn document(shape: &[(&str, Type)]) -> Value {
        let mut document = Value::Object(Map::new());
        for (path, of) in shape.iter().filter(|(path, _)| !path.contains('/')) {
            document[*path] = example(*of);
        }
        document
    }

    fn example(of: Type) -> Value {
        match of {
            Type::String => json!("text"),
            Type::List => json!([]),
            Type::Object => json!({}),
            Type::Number => json!(7),
            Type::Literal | Type::Any => Value::Null,
        }
    }

    #[test]
    fn events_of_every_response_are_found_in_their_places() {
        for response in RESPONSES.iter().filter(|response| !matches!(response.events, [("", _)])) {
            for shape in response.shapes {
                for row in response.places() {
                    let mut document = document(shape);
                    let pointer = put(&mut document, row.path, json!({"n": 1}));
                    for (path, of) in shape.iter().filter(|(path, _)| path.contains('/')) {
                        let (parent, key) = path.rsplit_once('/').expect("a path");
                        document.pointer_mut(&format!("/{parent}")).expect("an event")[key] = example(*of);
                    }
                    let text = document.to_string();
                    let search = find_events(&text).expect("JSON");
                    let events = search.events.iter().filter(|found| text[found.range.clone()].contains(r#""n":1"#));
                    let found: Vec<_> = events.map(|found| (found.pointer().into_owned(), found.origin)).collect();
                    assert_eq!(search.response, Some(response.name), "{text}");
                    let place = Origin::named(row.any).expect("a place");
                    assert_eq!(found, [(pointer, place)], "{}: {} in {text}", response.name, row.section);
                }
            }
        }
    }

    #[test]
    fn values_alone_are_recognized_by_their_members() {
        for (text, expected) in [
            (r#"{"type": "m.dummy"}"#, Some(Origin::Alone)),
            (r#"{"edu_type": "m.typing"}"#, Some(Origin::Alone)),
            (r#"{"type": "m.room.name", "auth_events": [], "prev_events": []}"#, Some(Origin::Pdu)),
            (r#"{"content": {}}"#, Some(Origin::Alone)),
            (r#"{"event_id": "$1", "sender": "@a:b.c"}"#, Some(Origin::Alone)),
            (r#"[{"session_id": "s", "session_key": "k"}]"#, Some(Origin::RoomKey)),
            (r#"[{"session_id": 7, "session_key": null}]"#, Some(Origin::RoomKey)),
            (r#"[{"room_id": "!r:b.c", "session_key": true}]"#, Some(Origin::RoomKey)),
            (r#"[{"room_id": "!r:b.c", "session_id": "s", "sender_claimed_keys": {}}]"#, Some(Origin::RoomKey)),
            (r#"{"algorithm": "m.megolm.v1.aes-sha2", "session_id": "s", "ciphertext": "c"}"#, None),
            (r#"{"joined": {}}"#, None),
            (r#"{"events": {"m.room.name": 50}, "notifications": {"room": 50}}"#, None),
            (r#"{"type": 7}"#, None),
            ("[[]]", None),
            ("7", None),
            ("", None),
        ] {
            let search = find_events(text).expect("JSON");
            assert_eq!(search.events.first().map(|found| found.origin), expected, "{text}");
            assert_eq!(search.unrecognized.len(), usize::from(expected.is_none() && !text.is_empty()), "{text}");
        }
    }

    #[test]
    fn event_with_an_escaped_key_or_several_values_is_found() {
        let text = " {\"type\": \"m.dummy\"}\n[{\"\\u0074ype\": \"m.dummy\"}, 5] {\"next_batch\": \"s\"}";
        let search = find_events(text).expect("JSON");
        let spans: Vec<&str> = search.events.iter().map(|found| &text[found.range.clone()]).collect();
        assert_eq!(spans, ["{\"type\": \"m.dummy\"}", "{\"\\u0074ype\": \"m.dummy\"}"]);
        assert_eq!(search.unrecognized.iter().map(|span| &text[span.clone()]).collect::<Vec<_>>(), ["5"]);
    }
}
