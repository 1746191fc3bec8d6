//! The events in the text of a body, in one pass over the text.

use std::borrow::Cow;
use std::sync::Arc;

use super::body::{EventPlace, Step};
use crate::json::{escaped, from_str, utf8, Cursor, Error, FromToJson, JsonType, Members, ParseError};

/// An event in the text of a body, which [`Body::events_in`](super::Body::events_in) finds.
///
/// `AnyEvent::deserialize` of `matrix-events` deserializes the event as the enum of its place.
#[derive(Clone, Debug)]
pub struct EventText<'a> {
    json: &'a str,
    offset: usize,
    place: &'static EventPlace,
    /// The JSON pointer of the list or the object that contains the event. `None` if the body is the event.
    parent: Option<Arc<str>>,
    name: Name<'a>,
    room_id: Option<Cow<'a, str>>,
}

/// The step to the values of a map whose keys are room IDs.
const ROOMS: Step = Step::Entries(Some('!'));

/// The index before the first element of a list.
const BEFORE_FIRST: usize = usize::MAX;

/// The name of a value in the list or the object that contains the value.
#[derive(Clone, Debug)]
enum Name<'a> {
    Key(Cow<'a, str>),
    Index(usize),
}

impl<'a> EventText<'a> {
    /// Returns the text of the event. In a list of events, an element that is not an object is also an item.
    pub fn json(&self) -> &'a str {
        self.json
    }

    /// Returns the offset of the event in the body in bytes.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Returns the path of the events in the body, such as `rooms.join.*.timeline.events[]`. A `*` is any key, and `[]` is any element
    /// of a list.
    pub fn section(&self) -> &'static str {
        self.place.section
    }

    /// Returns the name of the enum of the events, such as `AnySyncTimelineEvent`.
    pub fn enum_name(&self) -> &'static str {
        self.place.any
    }

    /// Returns the ID of the room if it is a key on the path of the event, as in `/sync`. Other events have a member `room_id`.
    pub fn room_id(&self) -> Option<&str> {
        self.room_id.as_deref()
    }

    /// Returns the JSON pointer of the event in the body.
    pub fn pointer(&self) -> String {
        match (&self.parent, &self.name) {
            (None, _) => String::new(),
            (Some(parent), Name::Key(key)) => format!("{parent}/{}", escaped(key)),
            (Some(parent), Name::Index(index)) => format!("{parent}/{index}"),
        }
    }

    /// Returns the JSON pointer of the list of the event, and the index in the list. Events of one list share the pointer.
    #[doc(hidden)]
    pub fn list(&self) -> Option<(&Arc<str>, usize)> {
        match (&self.parent, &self.name) {
            (Some(list), Name::Index(index)) => Some((list, *index)),
            _ => None,
        }
    }

    /// Deserializes the event as a type, such as an enum of events.
    ///
    /// # Errors
    ///
    /// Returns an error if the type does not accept the value. The enums of events accept every JSON object.
    pub fn deserialize<T: FromToJson>(&self) -> Result<T, Error> {
        from_str(self.json)
    }
}

/// An event in a deserialized body, such as `InBody<AnyEventRef>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InBody<'a, E> {
    /// The path of the events in the body, such as `rooms.join.*.timeline.events[]`. A `*` is any key, and `[]` is any element of a
    /// list.
    pub section: &'static str,
    /// The ID of the room if it is a key on the path of the event, as in `/sync`. Other events have a member `room_id`.
    pub room_id: Option<&'a str>,
    /// The event.
    pub event: E,
}

impl<'a, E> InBody<'a, E> {
    #[doc(hidden)]
    #[inline]
    pub fn new(section: &'static str, room_id: Option<&'a str>, event: E) -> Self {
        Self { section, room_id, event }
    }
}

/// An iterator over the events in the text of a body, which [`Body::events_in`](super::Body::events_in) creates.
#[derive(Debug)]
pub struct EventTexts<'a> {
    text: &'a str,
    json: Cursor<'a>,
    /// The objects and lists around the current value, from the outermost.
    levels: Vec<Level<'a>>,
    next: Next,
}

/// The next step of the iterator.
#[derive(Debug)]
enum Next {
    /// Fail, because the bytes are not UTF-8.
    Error(Error),
    /// Enter the body.
    Body(&'static [EventPlace]),
    /// Continue in the innermost object or list.
    Member,
    /// End.
    End,
}

/// An object or a list on the paths of some places.
#[derive(Debug)]
struct Level<'a> {
    members: Members,
    /// The places whose paths lead through the value. The next steps of these paths fit the type of the value.
    places: &'static [EventPlace],
    /// The name of the current member.
    name: Name<'a>,
    /// The JSON pointer of the value, once it is known.
    pointer: Option<Arc<str>>,
}

impl<'a> EventTexts<'a> {
    pub(super) fn new(places: &'static [EventPlace], json: &'a [u8]) -> Self {
        match utf8(json) {
            Ok(text) => Self::at(places, text),
            Err(error) => Self { next: Next::Error(error), ..Self::at(places, "") },
        }
    }

    /// Returns the events at some places in a text. Places with a common start of their paths are adjacent.
    #[doc(hidden)]
    pub fn at(places: &'static [EventPlace], text: &'a str) -> Self {
        Self { text, json: Cursor::new(text), levels: Vec::new(), next: Next::Body(places) }
    }

    /// Moves to the next event.
    fn advance(&mut self) -> Result<Option<EventText<'a>>, ParseError> {
        if let Next::Body(places) = self.next {
            self.next = Next::Member;
            if let Some(event) = self.value(places)? {
                return Ok(Some(event));
            }
        }
        loop {
            let depth = self.levels.len();
            let Some(level) = self.levels.last_mut() else { break };
            match level.advance(&mut self.json, depth)? {
                None => drop(self.levels.pop()),
                Some(places) => {
                    if let Some(event) = self.value(places)? {
                        return Ok(Some(event));
                    }
                }
            }
        }
        self.json.end()?;
        Ok(None)
    }

    /// Enters or skips the next value, to which the paths of `places` lead. Returns the value if it is an event.
    fn value(&mut self, places: &'static [EventPlace]) -> Result<Option<EventText<'a>>, ParseError> {
        let depth = self.levels.len();
        let Some(first) = places.first() else { return self.json.skip().map(|_| None) };
        if first.path.len() == depth {
            return self.event(first).map(Some);
        }
        let json_type = self.json.json_type()?;
        let places = adjacent(places, |place| match place.path.get(depth) {
            Some(Step::Items) => json_type == JsonType::Array,
            _ => json_type == JsonType::Object,
        });
        if places.is_empty() {
            return self.json.skip().map(|_| None);
        }
        let (members, name) = match json_type {
            JsonType::Array => (self.json.list()?, Name::Index(BEFORE_FIRST)),
            _ => (self.json.object()?, Name::Key(Cow::Borrowed(""))),
        };
        self.levels.push(Level { members, places, name, pointer: None });
        Ok(None)
    }

    fn event(&mut self, place: &'static EventPlace) -> Result<EventText<'a>, ParseError> {
        let (offset, json) = self.json.span()?;
        let (parent, name) = match self.levels.last().map(|level| level.name.clone()) {
            Some(name) => (Some(self.pointer()), name),
            None => (None, Name::Index(0)),
        };
        let room = place.path.iter().position(|step| *step == ROOMS).and_then(|at| self.levels.get(at));
        let room_id = room.and_then(|level| match &level.name {
            Name::Key(key) => Some(key.clone()),
            Name::Index(_) => None,
        });
        Ok(EventText { json, offset, place, parent, name, room_id })
    }

    /// Returns the JSON pointer of the innermost object or list.
    fn pointer(&mut self) -> Arc<str> {
        let Some((last, above)) = self.levels.split_last_mut() else { return Arc::default() };
        let pointer = last.pointer.get_or_insert_with(|| {
            let mut pointer = String::new();
            for level in above {
                pointer.push('/');
                match &level.name {
                    Name::Key(key) => pointer.push_str(&escaped(key)),
                    Name::Index(index) => pointer.push_str(&index.to_string()),
                }
            }
            pointer.into()
        });
        pointer.clone()
    }
}

impl<'a> Iterator for EventTexts<'a> {
    type Item = Result<EventText<'a>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match std::mem::replace(&mut self.next, Next::End) {
            Next::End => return None,
            Next::Error(error) => return Some(Err(error)),
            next => self.next = next,
        }
        match self.advance() {
            Ok(Some(event)) => Some(Ok(event)),
            Ok(None) => {
                self.next = Next::End;
                None
            }
            Err(error) => {
                self.next = Next::End;
                Some(Err(error.explain(self.text)))
            }
        }
    }
}

impl<'a> Level<'a> {
    /// Moves to the next member. Returns the places whose paths lead to the member, or `None` at the end. `depth` is the number of
    /// steps to the member.
    fn advance(&mut self, json: &mut Cursor<'a>, depth: usize) -> Result<Option<&'static [EventPlace]>, ParseError> {
        let step = |place: &EventPlace| depth.checked_sub(1).and_then(|at| place.path.get(at)).copied();
        match &mut self.name {
            Name::Index(index) => {
                *index = index.wrapping_add(1);
                Ok(json.next_element(&mut self.members)?.then_some(self.places))
            }
            Name::Key(name) => {
                let Some(key) = json.next_key(&mut self.members)? else { return Ok(None) };
                *name = key;
                let named = adjacent(self.places, |place| matches!(step(place), Some(Step::Key(key)) if key == *name));
                Ok(Some(match named {
                    [] => adjacent(self.places, |place| match step(place) {
                        Some(Step::Entries(sigil)) => sigil.is_none_or(|sigil| name.starts_with(sigil)),
                        _ => false,
                    }),
                    named => named,
                }))
            }
        }
    }
}

/// Returns the places that fulfill a condition, which are adjacent.
fn adjacent(places: &'static [EventPlace], fulfill: impl Fn(&EventPlace) -> bool) -> &'static [EventPlace] {
    let start = places.iter().position(&fulfill).unwrap_or(places.len());
    let rest = places.get(start..).unwrap_or_default();
    let length = rest.iter().take_while(|place| fulfill(place)).count();
    rest.get(..length).unwrap_or_default()
}
