//! Lists of events in which an element can be invalid.

use serde_json::Value;

use super::cursor::Cursor;
use super::error::Error;
use super::parse_error::ParseError;
use super::read::FromToJson;
use super::write::{JsonRef, ListElements};

/// A list of events, in which an invalid element does not fail the list.
///
/// The event enums deserialize from every object, so the elements of an `Events<AnySyncTimelineEvent>` are events unless they are
/// numbers, strings, arrays, booleans or `null`. For other types, such as envelopes, an object can be an invalid element too.
///
/// ```
/// use matrix_events::{AnySyncTimelineEvent, Events};
///
/// let json = r#"[{"type":"m.room.topic","content":{"topic":"Seedlings"},"state_key":""},null,1e400]"#;
/// let events: Events<AnySyncTimelineEvent> = matrix_events::from_str(json)?;
/// assert_eq!(events.valid().count(), 1);
///
/// let invalid: Vec<String> = events.invalid().map(|event| event.reason().to_string()).collect();
/// assert_eq!(invalid[0], "expected an object, found `null` (line 1, column 1)");
/// assert_eq!(matrix_events::to_string(&events), json);
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Events<T>(Vec<Result<T, InvalidEvent>>);

/// An element of [`Events`] that failed to deserialize.
#[derive(Clone, Debug, PartialEq)]
pub struct InvalidEvent {
    json: Value,
    reason: Error,
}

impl InvalidEvent {
    /// Returns the JSON of the element. [`kept_text`](crate::kept_text) describes values that `Value` cannot represent.
    pub fn json(&self) -> &Value {
        &self.json
    }

    /// Returns the error of deserialization. Line and column are relative to the start of the element.
    pub fn reason(&self) -> &Error {
        &self.reason
    }
}

impl<T> Events<T> {
    /// Iterates over the valid events.
    pub fn valid(&self) -> impl Iterator<Item = &T> {
        self.iter().filter_map(Result::ok)
    }

    /// Iterates over the valid events, with mutable access.
    pub fn valid_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().filter_map(|event| event.as_mut().ok())
    }

    /// Converts to an iterator over the valid events.
    pub fn into_valid(self) -> impl Iterator<Item = T> {
        self.0.into_iter().filter_map(Result::ok)
    }

    /// Iterates over the invalid elements.
    pub fn invalid(&self) -> impl Iterator<Item = &InvalidEvent> {
        self.iter().filter_map(Result::err)
    }

    /// Iterates over all elements.
    pub fn iter(&self) -> impl Iterator<Item = Result<&T, &InvalidEvent>> {
        self.0.iter().map(Result::as_ref)
    }

    /// Returns the number of elements, including the invalid elements.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns `true` if the list has no elements.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Default for Events<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> IntoIterator for Events<T> {
    type Item = Result<T, InvalidEvent>;
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T> FromIterator<T> for Events<T> {
    fn from_iter<I: IntoIterator<Item = T>>(events: I) -> Self {
        Self(events.into_iter().map(Ok).collect())
    }
}

impl<T: FromToJson> FromToJson for Events<T> {
    #[inline]
    fn placeholder() -> Self {
        Self::default()
    }

    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        self.0.clear();
        let mut members = json.list()?;
        while json.next_element(&mut members)? {
            self.parse_element(json)?;
        }
        Ok(None)
    }

    fn json_ref(&self) -> JsonRef<'_> {
        JsonRef::List(self)
    }
}

impl<T: FromToJson> ListElements for Events<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn element(&self, index: usize) -> JsonRef<'_> {
        match self.0.get(index) {
            Some(Ok(event)) => event.json_ref(),
            Some(Err(invalid)) => JsonRef::Value(&invalid.json),
            None => JsonRef::Absent,
        }
    }

    fn is_original(&self, _: &Value) -> bool {
        false
    }

    fn parse_element(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        let start = json.clone();
        let event = match T::parse(json) {
            Ok(event) => Ok(event),
            Err(error) => {
                json.again(&start, error)?;
                let (offset, text) = json.clone().span()?;
                let reason = error.explain_within(text, offset);
                Err(InvalidEvent { json: json.value()?, reason })
            }
        };
        self.0.push(event);
        Ok(None)
    }
}

crate::__private::json!([T: FromToJson] Events<T>);
