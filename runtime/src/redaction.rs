//! Redaction: removal of everything but the keys that the rules of a room version keep.
//!
//! The functions redact JSON. The enums over events in rooms, such as `AnySyncTimelineEvent`, have the method `redact`.
//!
//! A client [changes a redacted event like a server](https://spec.matrix.org/latest/client-server-api/#redactions), so one
//! algorithm is for the events that clients receive and for the PDUs of servers. Members that servers add for clients, such as
//! `unsigned`, are not in the list of kept keys. The algorithm therefore removes `age`, `transaction_id` and bundled relations, and
//! replaces `unsigned` with `redacted_because`.
//!
//! ```
//! use matrix_events::redaction;
//! use matrix_events::room_version_rules::RoomVersionRules;
//! use serde_json::json;
//!
//! let rules = &RoomVersionRules::V11.redaction;
//! let text = r#"{"type": "m.room.member", "sender": "@lev:example.org", "state_key": "@lev:example.org",
//!     "content": {"membership": "join", "displayname": "Lev"}, "unsigned": {"age": 5}}"#;
//! let redacted = redaction::redact_str(text, rules, Some(r#"{"type": "m.room.redaction", "content": {"redacts": "$1"}}"#))?;
//! let redacted: serde_json::Value = serde_json::from_str(&redacted)?;
//! assert_eq!(redacted["content"], json!({"membership": "join"}));
//! assert_eq!(redacted["unsigned"]["redacted_because"]["content"]["redacts"], "$1");
//! assert_eq!(redacted["unsigned"].get("age"), None);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use serde_json::Value;

use crate::json::{from_str, is_kept, object_of, to_string, Error, JsonObject};
use crate::room_version_rules::{ContentKeys, RedactionRules};

/// Redacts an event by the rules of its room version.
///
/// The members and the keys of the content that the rules do not list are removed. With `redacted_because`, the event that
/// contains the redaction, `unsigned` is an object with this event. An event without a valid `type` has no content afterwards. A
/// `content` that is not an object is kept, because the rules do not describe it.
///
/// ```
/// use matrix_events::redaction::redact;
/// use matrix_events::room_version_rules::RoomVersionRules;
/// use matrix_events::JsonObject;
///
/// let mut event: JsonObject = matrix_events::from_str(r#"{"type": "m.room.message", "content": {"body": "Hi"}, "age": 5}"#)?;
/// redact(&mut event, &RoomVersionRules::V12.redaction, None);
/// assert_eq!(matrix_events::to_string(&event), r#"{"content":{},"type":"m.room.message"}"#);
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[inline]
pub fn redact(event: &mut JsonObject, rules: &RedactionRules, redacted_because: Option<&JsonObject>) {
    let event_type = event.get("type").and_then(Value::as_str).unwrap_or_default();
    let kept = rules.content_keys_of(event_type);
    event.retain(|key, _| rules.keeps_event_key(key));
    if let Some(content) = event.get_mut("content").and_then(object) {
        strip(content, kept);
    }
    if let Some(because) = redacted_because {
        let unsigned = object_of("redacted_because", because.clone());
        event.insert("unsigned".to_owned(), Value::Object(unsigned));
    }
}

/// Redacts the content of an event of a type by the rules of its room version.
///
/// ```
/// use matrix_events::redaction::redact_content;
/// use matrix_events::room_version_rules::RoomVersionRules;
/// use matrix_events::JsonObject;
///
/// let mut content: JsonObject = matrix_events::from_str(r#"{"join_rule": "public", "org.example.note": "x"}"#)?;
/// redact_content("m.room.join_rules", &mut content, &RoomVersionRules::V12.redaction);
/// assert_eq!(matrix_events::to_string(&content), r#"{"join_rule":"public"}"#);
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[inline]
pub fn redact_content(event_type: &str, content: &mut JsonObject, rules: &RedactionRules) {
    strip(content, rules.content_keys_of(event_type));
}

/// Redacts the JSON text of an event by the rules of its room version. `redacted_because` is the text of the event that contains
/// the redaction.
///
/// # Errors
///
/// Returns an error if a text is not a JSON object.
#[inline]
pub fn redact_str(text: &str, rules: &RedactionRules, redacted_because: Option<&str>) -> Result<String, Error> {
    let mut event: JsonObject = from_str(text)?;
    let because = redacted_because.map(from_str::<JsonObject>).transpose()?;
    redact(&mut event, rules, because.as_ref());
    Ok(to_string(&event))
}

/// Returns the ID of the event that an `m.room.redaction` event redacts, or `None` if it is not a string.
///
/// The ID is in `content` from room version 11 on, and next to `content` in earlier room versions. Servers can add the ID in the
/// other place for clients.
///
/// ```
/// use matrix_events::redaction::redacted_event_id;
/// use matrix_events::room_version_rules::RoomVersionRules;
/// use matrix_events::JsonObject;
///
/// let event: JsonObject = matrix_events::from_str(r#"{"type": "m.room.redaction", "redacts": "$1", "content": {}}"#)?;
/// assert_eq!(redacted_event_id(&event, &RoomVersionRules::V10.redaction), Some("$1"));
/// assert_eq!(redacted_event_id(&event, &RoomVersionRules::V11.redaction), None);
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[must_use]
#[inline]
pub fn redacted_event_id<'e>(event: &'e JsonObject, rules: &RedactionRules) -> Option<&'e str> {
    let redacts = match rules.content_field_redacts {
        true => event.get("content")?.get("redacts"),
        false => event.get("redacts"),
    };
    redacts?.as_str()
}

/// Returns the members of an object that is not a kept value.
#[inline]
fn object(value: &mut Value) -> Option<&mut JsonObject> {
    value.as_object_mut().filter(|object| !is_kept(object))
}

/// Removes the keys that are not in the paths. A path of two keys keeps the second key of an object, and no other value.
#[inline]
fn strip(object: &mut JsonObject, kept: ContentKeys) {
    let ContentKeys::Paths(paths) = kept else { return };
    object.retain(|key, value| {
        let below = |second: Option<&str>| {
            paths.iter().any(|path| path.first() == Some(&key.as_str()) && path.get(1).copied() == second)
        };
        if below(None) {
            return true;
        }
        let is_partly_kept = paths.iter().any(|path| path.len() > 1 && path.first() == Some(&key.as_str()));
        match self::object(value).filter(|_| is_partly_kept) {
            Some(inner) => {
                inner.retain(|inner, _| below(Some(inner)));
                true
            }
            None => false,
        }
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::room_version_rules::RoomVersionRules;

    fn redacted(event: &str, rules: &RoomVersionRules) -> Value {
        let text = redact_str(event, &rules.redaction, None).expect("an object");
        from_str(&text).expect("JSON")
    }

    #[test]
    fn third_party_invite_keeps_signed_only() {
        let rules = &RoomVersionRules::V11;
        for (invite, kept) in [
            (r#"{"signed": {"mxid": "@a:b"}, "display_name": "A"}"#, Some(json!({"signed": {"mxid": "@a:b"}}))),
            (r#"{"display_name": "A"}"#, Some(json!({}))),
            (r#"{"signed": 7}"#, Some(json!({"signed": 7}))),
            ("7", None),
            ("null", None),
            ("1e400", None),
        ] {
            let event = format!(r#"{{"type": "m.room.member", "content": {{"third_party_invite": {invite}}}}}"#);
            let content = redacted(&event, rules)["content"].clone();
            assert_eq!(content.get("third_party_invite").cloned(), kept, "{invite}");
            assert_eq!(redacted(&event, &RoomVersionRules::V10)["content"], json!({}), "{invite}");
        }
    }

    #[test]
    fn content_that_is_not_an_object_is_kept() {
        for content in ["7", "null", "[1]", "\"a\"", "1e400", r#""\ud800""#] {
            let event = format!(r#"{{"content":{content},"type":"m.room.message"}}"#);
            let text = redact_str(&event, &RoomVersionRules::V11.redaction, None);
            assert_eq!(text.as_deref(), Ok(event.as_str()));
        }
    }

    #[test]
    fn event_without_a_valid_type_has_no_content() {
        for event in [r#"{"content": {"membership": "join"}}"#, r#"{"type": 7, "content": {"membership": "join"}}"#] {
            assert_eq!(redacted(event, &RoomVersionRules::V1)["content"], json!({}), "{event}");
        }
    }

    #[test]
    fn kept_values_stay_as_they_are() {
        let event = r#"{"content":{"creator":1e400,"x":1e400},"depth":1e400,"type":"m.room.create"}"#;
        let text = redact_str(event, &RoomVersionRules::V1.redaction, None);
        assert_eq!(text.as_deref(), Ok(r#"{"content":{"creator":1e400},"depth":1e400,"type":"m.room.create"}"#));
    }
}
