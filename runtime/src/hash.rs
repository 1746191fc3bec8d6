//! Hashes of events, which servers calculate: the content hash, the reference hash, and the IDs that are hashes.
//!
//! Requires the feature `hash`. The functions require the event as servers exchange it (PDU). An event that a client receives has
//! no `hashes`, so its event ID cannot be calculated.
//!
//! ```
//! use matrix_events::room_version_rules::RoomVersionRules;
//! use matrix_events::{hash, JsonObject};
//!
//! let rules = &RoomVersionRules::V11;
//! let mut event: JsonObject = matrix_events::from_str(
//!     r#"{"type": "m.room.message", "room_id": "!garden:example.org", "sender": "@mira:example.org", "origin_server_ts": 1,
//!         "depth": 7, "auth_events": [], "prev_events": [], "content": {"msgtype": "m.text", "body": "Hi"}}"#,
//! )?;
//! hash::add_content_hash(&mut event, rules)?;
//! assert!(hash::is_content_hash_valid(&event, rules)?);
//! let event_id = hash::event_id(&event, rules)?.expect("an event ID");
//! assert_eq!(event_id.as_str().len(), 44);
//!
//! // The event ID of the redacted event is equal, and the content hash is that of the original content.
//! matrix_events::redaction::redact(&mut event, &rules.redaction, None);
//! assert_eq!(hash::event_id(&event, rules)?, Some(event_id));
//! assert!(!hash::is_content_hash_valid(&event, rules)?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::canonical_json::{event_to_string_for_signing, without, CanonicalJsonError};
use crate::json::{object_of, JsonObject};
use crate::room_version_rules::{EventIdFormat, RoomIdFormat, RoomVersionRules};
use crate::{EventId, RoomId, UnpaddedBase64, UrlSafeUnpaddedBase64};

/// The members of an event that the content hash does not cover.
const NOT_HASHED: [&str; 3] = ["hashes", "signatures", "unsigned"];

/// Calculates the [content hash](https://spec.matrix.org/latest/server-server-api/#calculating-the-content-hash-for-an-event) of
/// an event: the SHA-256 hash of its canonical JSON without `hashes`, `signatures` and `unsigned`.
///
/// # Errors
///
/// Returns an error if the event has no [canonical JSON](crate::canonical_json::to_string). Without
/// [`strict_canonical_json`](crate::room_version_rules::AuthorizationRules::strict_canonical_json), integers have no limit.
#[inline]
pub fn content_hash(event: &JsonObject, rules: &RoomVersionRules) -> Result<UnpaddedBase64, CanonicalJsonError> {
    Ok(UnpaddedBase64::encode(&sha256(&without(event, &NOT_HASHED, rules)?)))
}

/// Calculates the content hash of an event, and adds it as `sha256` in `hashes`.
///
/// # Errors
///
/// Returns an error if the event has no canonical JSON, like [`content_hash`].
#[inline]
pub fn add_content_hash(event: &mut JsonObject, rules: &RoomVersionRules) -> Result<(), CanonicalJsonError> {
    let hash = Value::from(content_hash(event, rules)?.as_str());
    match event.get_mut("hashes") {
        Some(Value::Object(hashes)) => drop(hashes.insert("sha256".to_owned(), hash)),
        _ => drop(event.insert("hashes".to_owned(), object_of("sha256", hash).into())),
    }
    Ok(())
}

/// Returns `true` if the hash in `hashes` is the content hash of the event. Otherwise, a server
/// [redacts the event](https://spec.matrix.org/latest/server-server-api/#validating-hashes-and-signatures-on-received-events)
/// before processing it.
///
/// # Errors
///
/// Returns an error if the event has no canonical JSON, like [`content_hash`].
#[inline]
pub fn is_content_hash_valid(event: &JsonObject, rules: &RoomVersionRules) -> Result<bool, CanonicalJsonError> {
    let calculated = content_hash(event, rules)?.decode().ok();
    let stated = event.get("hashes").and_then(|hashes| hashes.get("sha256")).and_then(Value::as_str);
    let stated = stated.and_then(|stated| UnpaddedBase64::new(stated).decode().ok());
    Ok(stated.is_some() && stated == calculated)
}

/// Calculates the [reference hash](https://spec.matrix.org/latest/server-server-api/#calculating-the-reference-hash-for-an-event)
/// of an event: the SHA-256 hash of the canonical JSON of the redacted event without `signatures` and `unsigned`.
///
/// The text is URL-safe unpadded Base64 from room version 4 on, and standard unpadded Base64 in earlier room versions. In room
/// versions 1 and 2, the hash is in references to the event.
///
/// # Errors
///
/// Returns an error if the redacted event has no canonical JSON, like [`content_hash`].
#[inline]
pub fn reference_hash(event: &JsonObject, rules: &RoomVersionRules) -> Result<String, CanonicalJsonError> {
    let hash = sha256(&event_to_string_for_signing(event, rules)?);
    Ok(match rules.event_id_format {
        EventIdFormat::ServerName | EventIdFormat::Base64 => UnpaddedBase64::encode(&hash).as_str().to_owned(),
        EventIdFormat::UrlSafeBase64 => UrlSafeUnpaddedBase64::encode(&hash).as_str().to_owned(),
    })
}

/// Returns the [ID](https://spec.matrix.org/latest/appendices/#event-ids) of an event by the rules of its room version: the
/// reference hash with the prefix `$`.
///
/// In room versions 1 and 2, the ID is the member `event_id`. Returns `None` if this member is missing or not a string.
///
/// # Errors
///
/// Returns an error if the redacted event has no canonical JSON, like [`content_hash`].
#[inline]
pub fn event_id(event: &JsonObject, rules: &RoomVersionRules) -> Result<Option<EventId>, CanonicalJsonError> {
    if rules.event_id_format == EventIdFormat::ServerName {
        return Ok(event.get("event_id").and_then(Value::as_str).map(EventId::new));
    }
    Ok(Some(EventId::new(format!("${}", reference_hash(event, rules)?))))
}

/// Returns the [ID](https://spec.matrix.org/latest/appendices/#room-ids) of the room that an `m.room.create` event creates.
///
/// From room version 12 on, the ID is the reference hash of the event with the prefix `!`. In earlier room versions, the ID is the
/// member `room_id`. Returns `None` if this member is missing or not a string.
///
/// ```
/// use matrix_events::room_version_rules::RoomVersionRules;
/// use matrix_events::{hash, JsonObject};
///
/// let create: JsonObject = matrix_events::from_str(
///     r#"{"type": "m.room.create", "state_key": "", "sender": "@mira:example.org", "origin_server_ts": 1, "depth": 1,
///         "auth_events": [], "prev_events": [], "content": {"room_version": "12"}, "hashes": {"sha256": "MHdBa6C7"}}"#,
/// )?;
/// let room_id = hash::room_id(&create, &RoomVersionRules::V12)?.expect("a room ID");
/// let event_id = hash::event_id(&create, &RoomVersionRules::V12)?.expect("an event ID");
/// assert_eq!(room_id.as_str()[1..], event_id.as_str()[1..]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Returns an error if the redacted event has no canonical JSON, like [`content_hash`].
#[inline]
pub fn room_id(create: &JsonObject, rules: &RoomVersionRules) -> Result<Option<RoomId>, CanonicalJsonError> {
    if rules.room_id_format == RoomIdFormat::ServerName {
        return Ok(create.get("room_id").and_then(Value::as_str).map(RoomId::new));
    }
    Ok(Some(RoomId::new(format!("!{}", reference_hash(create, rules)?))))
}

#[inline]
fn sha256(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::from_str;

    /// The events of <https://spec.matrix.org/v1.19/appendices/#event-signing>.
    #[test]
    fn content_hashes_equal_the_test_vectors_of_the_specification() {
        for (event, hash) in [
            (
                r#"{"room_id": "!x:domain", "sender": "@a:domain", "origin": "domain", "origin_server_ts": 1000000,
                    "signatures": {}, "hashes": {}, "type": "X", "content": {}, "prev_events": [], "auth_events": [],
                    "depth": 3, "unsigned": {"age_ts": 1000000}}"#,
                "5jM4wQpv6lnBo7CLIghJuHdW+s2CMBJPUOGOC89ncos",
            ),
            (
                r#"{"content": {"body": "Here is the message content"}, "event_id": "$0:domain", "origin": "domain",
                    "origin_server_ts": 1000000, "type": "m.room.message", "room_id": "!r:domain",
                    "sender": "@u:domain", "signatures": {}, "unsigned": {"age_ts": 1000000}}"#,
                "onLKD1bGljeBWQhWZ1kaP9SorVmRQNdN5aM2JYU2n/g",
            ),
        ] {
            let mut event: JsonObject = from_str(event).unwrap();
            for rules in [&RoomVersionRules::V1, &RoomVersionRules::V12] {
                assert_eq!(content_hash(&event, rules).unwrap(), hash);
                assert_eq!(is_content_hash_valid(&event, rules), Ok(false));
            }
            add_content_hash(&mut event, &RoomVersionRules::V1).unwrap();
            assert_eq!(is_content_hash_valid(&event, &RoomVersionRules::V1), Ok(true));
            assert_eq!(event["hashes"], serde_json::json!({"sha256": hash}));
        }
    }

    #[test]
    fn event_ids_have_the_form_of_the_room_version() {
        let event: JsonObject =
            from_str(r#"{"type": "a", "event_id": "$1:example.org", "room_id": "!r:example.org"}"#).unwrap();
        let id = |rules| event_id(&event, rules).unwrap().unwrap();
        assert_eq!(id(&RoomVersionRules::V2), "$1:example.org");
        let (standard, url_safe) = (id(&RoomVersionRules::V3), id(&RoomVersionRules::V4));
        assert_eq!(url_safe, standard.as_str().replace('+', "-").replace('/', "_").as_str());
        assert_eq!(room_id(&event, &RoomVersionRules::V11).unwrap().unwrap(), "!r:example.org");
        assert_eq!(event_id(&JsonObject::new(), &RoomVersionRules::V1), Ok(None));
    }
}
