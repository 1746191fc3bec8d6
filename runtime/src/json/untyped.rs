//! The events in rooms that deserialize without the type of their `type`: the members next to the content decide.

use serde_json::Value;

use super::object::{first_bytes, Member, ObjectFields};
use super::read::JsonObject;
use super::write::{JsonRef, MapEntries};

/// The reason why an event in a room has no typed content, although its `type` is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untyped {
    /// The event is redacted.
    Redacted,
    /// The event is a state event, and its `type` is the type of a message-like event.
    OtherKind,
}

/// Returns `true` if a placeholder is a state event.
pub(super) fn is_state(event: JsonRef<'_>) -> bool {
    match event {
        JsonRef::Object(event) => event.descriptor().is_state,
        _ => false,
    }
}

/// Returns the reason why an event that did deserialize has no typed content. State events keep their type after a redaction,
/// because the remaining content is still the state of the room.
pub fn untyped(event: JsonRef<'_>) -> Option<Untyped> {
    let JsonRef::Object(object) = event else { return None };
    // Most state events need no further search.
    if object.descriptor().is_state {
        return None;
    }
    if object.extra().get("state_key").is_some_and(Value::is_string) {
        return Some(Untyped::OtherKind);
    }
    let is_redacted = is_redacted(event) || is_redacted_content(field(event, "content"));
    is_redacted.then_some(Untyped::Redacted)
}

/// Returns `true` if the content is `{}`, although its schema requires a field.
fn is_redacted_content(content: JsonRef<'_>) -> bool {
    match content {
        JsonRef::Object(content) => content.descriptor().is_lenient && is_empty(content),
        _ => false,
    }
}

/// Returns `true` if a map has no entries.
fn has_no_entries(map: &dyn MapEntries) -> bool {
    let mut is_empty = true;
    map.each(&mut |_, _| {
        is_empty = false;
        false
    });
    is_empty
}

/// Returns `true` if an object has no members.
fn is_empty(object: &dyn ObjectFields) -> bool {
    let descriptor = object.descriptor();
    descriptor.constants.is_empty()
        && object.extra().is_empty()
        && object.entries().is_none_or(has_no_entries)
        && object.present() == 0
}

/// Returns the reason why an event that failed to deserialize has no typed content. `None` means that the event is malformed.
pub fn untyped_json(event: &JsonObject, is_state: bool) -> Option<Untyped> {
    let is_message = !is_state && !event.get("state_key").is_some_and(Value::is_string);
    let is_empty = || event.get("content").and_then(Value::as_object).is_some_and(JsonObject::is_empty);
    if !is_message && !is_state {
        Some(Untyped::OtherKind)
    } else if is_redacted(JsonRef::JsonObject(event)) || is_message && is_empty() {
        Some(Untyped::Redacted)
    } else {
        None
    }
}

/// Returns `true` if an event contains the event that redacted it.
pub fn is_redacted(event: JsonRef<'_>) -> bool {
    field(field(event, "unsigned"), "redacted_because").json_object().is_some()
}

/// Returns a member of an object. The search for the field is inlined, because every event needs it. In WebAssembly, the size matters
/// more than the time.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
fn field<'a>(object: JsonRef<'a>, name: &'static str) -> JsonRef<'a> {
    if let (JsonRef::Object(fields), false) = (object, cfg!(target_family = "wasm")) {
        if let Member::Field(index) = fields.descriptor().find(name, first_bytes(name)) {
            return fields.value(index);
        }
    }
    object.member(name)
}
