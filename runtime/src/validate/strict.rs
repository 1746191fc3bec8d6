//! The constraints of the specification's prose on room events.

use std::io;

use serde_json::{Map, Value};

use super::message;
use super::path::Path;
use super::site::{Applicator, Site};
use super::violation::Rule;
use super::walk::{Finding, Walk};
use crate::canonical_json::{canonical_integer, INTEGER};
use crate::constraints::Constraints;
use crate::schema::Event;

/// The maximum size of an event in bytes (<https://spec.matrix.org/latest/client-server-api/#size-limits>).
pub(super) const MAX_EVENT: usize = 65_536;

/// The maximum length in bytes of the members that have a limit.
pub(super) const MAX_MEMBER: usize = 255;

/// Adds the violations of an event, or of its content. `is_clean` is `true` if all numbers are in the range of canonical JSON, and the
/// event is not too large.
pub(super) fn room_event(walk: &mut Walk, value: &Value, is_clean: bool) {
    let Value::Object(map) = value else { return };
    let is_event = walk.is_event;
    if is_event {
        lengths(walk, map);
    }
    if is_clean {
        return;
    }
    for (key, value) in map {
        // Servers add `unsigned` for their clients. It is not part of the event that servers exchange.
        if !(is_event && key == "unsigned") {
            numbers(walk, value, &Path::Key(&Path::Root, key));
        }
    }
    // A content that exceeds the limit of an event cannot be in a valid event.
    size(walk, map, if is_event { "event without `unsigned`" } else { "content" });
}

/// Adds the violations of the state key of an event without one, which is the empty string
/// (<https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3createroom>).
pub(super) fn default_state_key(walk: &mut Walk, event: &Value, site: &Site<'_>) {
    let property = site.constraints.object.row("state_key", walk.level);
    if let Some(property) = property.filter(|_| event.get("state_key").is_none()) {
        let path = Path::Key(site.path, property.name);
        let below = site.below(&path, Applicator::Property(property.name), property.constraints);
        walk.value(&below, &Value::String(String::new()), &[]);
    }
}

/// The type of encrypted events, whose new content is encrypted too.
pub(super) const ENCRYPTED: &str = "m.room.encrypted";

/// Adds violations for an edit without new content, and for new content that is invalid as the content of the event
/// (<https://spec.matrix.org/latest/client-server-api/#event-replacements>).
pub(super) fn edit(walk: &mut Walk, value: &Value, event: Option<&'static Event>) {
    let above = Path::Key(&Path::Root, "content");
    let (content, path) = if walk.is_event { (value.get("content"), &above) } else { (Some(value), &Path::Root) };
    let Some(content) = content.filter(|_| value.get("state_key").is_none()) else { return };
    let event_type = event.map(|event| event.event_type).or_else(|| value.get("type")?.as_str());
    let relation = content.get("m.relates_to").and_then(|relation| relation.get("rel_type"));
    let is_edit = is_edit(relation.and_then(Value::as_str));
    match (content.get("m.new_content"), event) {
        (Some(new), Some(event)) => {
            let is_noted = |of: &Constraints| of.object.row("m.new_content", walk.level).is_some() && !new.is_object();
            if !is_noted(event.variant_for(|| Some(content)).content) {
                let path = Path::Key(path, "m.new_content");
                walk.value(&Site::of(&path, event.variant_for(|| Some(new)).content), new, &[]);
            }
        }
        (None, _) if is_edit && !walk.is_redacted && event_type != Some(ENCRYPTED) => {
            let message = "required property `m.new_content` of an edit is missing";
            let (found, expected) = ("an edit without `m.new_content`", "a property `m.new_content`");
            walk.stated_by_none(path, Finding::new(Rule::Required, message, found, expected));
        }
        _ => {}
    }
}

/// Returns `true` if the `rel_type` of a relation is that of an edit.
pub(super) fn is_edit(rel_type: Option<&str>) -> bool {
    rel_type == Some("m.replace")
}

fn numbers(walk: &mut Walk, value: &Value, path: &Path<'_>) {
    match value {
        Value::Number(number) if canonical_integer(number).is_none() => {
            let text = walk.numbers.get(&path.pointer()).map(|text| message::shortened(text));
            let shown = text.unwrap_or_else(|| message::shown(value));
            let message = format!("expected {INTEGER} (canonical JSON), found {shown}");
            walk.stated_by_none(path, Finding::new(Rule::CanonicalJson, message, shown, INTEGER));
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| numbers(walk, value, &Path::Index(path, index)));
        }
        Value::Object(map) => map.iter().for_each(|(key, value)| numbers(walk, value, &Path::Key(path, key))),
        _ => {}
    }
}

fn lengths(walk: &mut Walk, event: &Map<String, Value>) {
    for key in ["event_id", "room_id", "sender", "state_key", "type"] {
        let length = event.get(key).and_then(Value::as_str).map_or(0, str::len);
        let path = Path::Key(&Path::Root, key);
        // The grammar of an identifier has the same limit.
        let is_known = length <= MAX_MEMBER || walk.found.iter().any(|violation| violation.pointer == path.pointer());
        if !is_known {
            let expected = format!("at most {MAX_MEMBER} bytes");
            let message = format!("expected {expected}, found {length}");
            walk.stated_by_none(&path, Finding::new(Rule::Length, message, format!("{length} bytes"), expected));
        }
    }
}

fn size(walk: &mut Walk, map: &Map<String, Value>, what: &str) {
    let size = bytes(map);
    if size > MAX_EVENT {
        let expected = format!("at most {MAX_EVENT} bytes in an event");
        let message = format!("expected at most {MAX_EVENT} bytes in the {what}, found {size}");
        walk.stated_by_none(&Path::Root, Finding::new(Rule::Size, message, format!("{size} bytes"), expected));
    }
}

/// Returns the size of an event as canonical JSON. The signatures and hashes that servers add are not included.
fn bytes(event: &Map<String, Value>) -> usize {
    let members = event.iter().filter(|(key, _)| *key != "unsigned");
    let sizes = members.map(|(key, value)| {
        let mut count = Count(0);
        // Neither serializing a value nor counting bytes can fail.
        let _ = serde_json::to_writer(&mut count, key).and_then(|()| serde_json::to_writer(&mut count, value));
        count.0 + 2
    });
    sizes.sum::<usize>() + 1
}

struct Count(usize);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
