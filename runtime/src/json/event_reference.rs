//! References to events in PDUs.

use serde_json::Value;

use super::cursor::{Cursor, JsonType};
use super::parse_error::ParseError;
use super::read::{object_of, FromToJson, JsonObject};
use super::write::{JsonRef, ListElements};
use crate::EventId;

/// A reference to an event in `auth_events` or `prev_events` of a PDU.
///
/// From room version 3 on, the reference is the event ID. In room versions 1 and 2, the reference is a list of the event ID and an
/// object with hashes of the event.
///
/// ```
/// use matrix_events::EventReference;
///
/// let references: Vec<EventReference> = vec![
///     matrix_events::from_str(r#""$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg""#)?,
///     matrix_events::from_str(r#"["$af232176:example.org", {"sha256": "47DEQpj8HBSa"}]"#)?,
/// ];
/// assert_eq!(references[0].event_id, "$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg");
/// assert_eq!(references[1].event_id, "$af232176:example.org");
/// assert_eq!(references[1].sha256(), Some("47DEQpj8HBSa"));
/// assert_eq!(references[0], EventReference::new("$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg"));
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EventReference {
    /// The ID of the event.
    pub event_id: EventId,
    /// The hashes of the event, in room versions 1 and 2. The key `sha256` has the reference hash in unpadded Base64.
    pub hashes: Option<JsonObject>,
}

impl EventReference {
    /// Creates a reference without hashes, as in room version 3 and later versions.
    #[must_use]
    pub fn new(event_id: impl Into<EventId>) -> Self {
        Self { event_id: event_id.into(), hashes: None }
    }

    /// Creates a reference with the reference hash of the event in unpadded Base64, as in room versions 1 and 2.
    ///
    /// ```
    /// use matrix_events::EventReference;
    ///
    /// let reference = EventReference::with_sha256("$af232176:example.org", "47DEQpj8HBSa");
    /// assert_eq!(matrix_events::to_string(&reference), r#"["$af232176:example.org",{"sha256":"47DEQpj8HBSa"}]"#);
    /// ```
    #[must_use]
    pub fn with_sha256(event_id: impl Into<EventId>, sha256: impl Into<String>) -> Self {
        let hashes = object_of("sha256", sha256.into());
        Self { hashes: Some(hashes), ..Self::new(event_id) }
    }

    /// Returns the reference hash of the event, which only references in room versions 1 and 2 have.
    #[must_use]
    pub fn sha256(&self) -> Option<&str> {
        self.hashes.as_ref()?.get("sha256")?.as_str()
    }

    /// Deserializes a list of an event ID and hashes.
    fn pair(json: &mut Cursor<'_>) -> Result<Self, ParseError> {
        let error = json.expected(EXPECTED);
        let Value::Array(list) = json.value()? else { return Err(error) };
        let mut list = list.into_iter();
        match (list.next(), list.next(), list.next()) {
            (Some(Value::String(event_id)), Some(Value::Object(hashes)), None) if !super::is_kept(&hashes) => {
                Ok(Self { event_id: event_id.into(), hashes: Some(hashes) })
            }
            _ => Err(error),
        }
    }
}

const EXPECTED: &str = "an event ID, or a list of an event ID and an object";

impl From<EventId> for EventReference {
    fn from(event_id: EventId) -> Self {
        Self::new(event_id)
    }
}

impl FromToJson for EventReference {
    #[inline]
    fn placeholder() -> Self {
        Self::new("")
    }

    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        *self = match json.json_type()? {
            JsonType::String => Self::new(&*json.string()?),
            JsonType::Array => Self::pair(json)?,
            _ => return Err(json.expected(EXPECTED)),
        };
        Ok(None)
    }

    fn json_ref(&self) -> JsonRef<'_> {
        match &self.hashes {
            Some(_) => JsonRef::List(self),
            None => JsonRef::String(self.event_id.as_str()),
        }
    }
}

/// The elements of a reference with hashes.
impl ListElements for EventReference {
    fn count(&self) -> usize {
        2
    }

    fn element(&self, index: usize) -> JsonRef<'_> {
        match (index, &self.hashes) {
            (0, _) => JsonRef::String(self.event_id.as_str()),
            (1, Some(hashes)) => JsonRef::JsonObject(hashes),
            _ => JsonRef::Absent,
        }
    }

    fn is_original(&self, _: &Value) -> bool {
        false
    }

    fn parse_element(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        // A reference deserializes as a whole.
        Err(json.expected(EXPECTED))
    }
}

crate::__private::json!(EventReference);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{from_str, to_string};

    #[test]
    fn references_of_both_formats_round_trip() {
        for text in [r#""$1""#, r#"["$1",{}]"#, r#"["$1",{"md5":"x","sha256":"y"}]"#, r#"["$1",{"sha256":7}]"#] {
            let reference: EventReference = from_str(text).unwrap();
            assert_eq!(reference.event_id, "$1");
            assert_eq!(to_string(&reference), text);
        }
    }

    #[test]
    fn other_values_fail() {
        for text in ["7", "null", "{}", "[]", r#"["$1"]"#, r#"["$1",{},{}]"#, r#"["$1","$2"]"#, "[[]]", r#"[{},"$1"]"#]
        {
            assert!(from_str::<EventReference>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn list_with_invalid_references_keeps_them() {
        let text = r#"["$1",7,["$2",{"sha256":"x"}],["$3",{"sha256":1e400}],["\ud800",{}],{"$4":null}]"#;
        let references: crate::Events<EventReference> = from_str(text).unwrap();
        assert_eq!(to_string(&references), text);
    }
}
