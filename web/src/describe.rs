//! The description of an event type with its fields.

use matrix_events::schema::{Event, Field, Kind, Version};
use matrix_events::tools::{known_event, rows, type_of, FieldRow};
use matrix_events::validate::Level;
use serde_json::{json, Value};

use crate::Head;

/// The largest number of levels of fields in a description.
const MOST_LEVELS: usize = 6;

/// Returns the event type `type`, with the fields of the variant `variant`. `edu` is `true` for ephemeral data units.
pub(crate) fn describe(head: &Head) -> Value {
    let event_type = head.string("type").unwrap_or_default();
    let Some(event) = known_event(event_type, head.is_set("edu")) else {
        return json!({"error": "unknown event type"});
    };
    let variant = head.string("variant").and_then(|value| event.variant(value));
    let schema = variant.unwrap_or(&event.base);
    json!({
        "type": event.event_type,
        "variant": variant.map(|variant| variant.value),
        "description": schema.event_field().description(),
        "kinds": event.kinds.iter().map(Kind::to_string).collect::<Vec<_>>(),
        "link": event.link,
        "since": text(event.since()),
        "deprecated": event.is_deprecated(),
        "aliases": aliases(event),
        "discriminator": event.discriminator,
        "variants": event.variants.iter().map(|variant| variant.value).collect::<Vec<_>>(),
        "fields": fields(&schema.content_field(), 0),
        "envelope": fields(&schema.event_field(), MOST_LEVELS - 1),
    })
}

fn aliases(event: &Event) -> Vec<&'static str> {
    event.aliases.iter().chain(event.aliases_in_use).copied().collect()
}

fn text(version: Option<Version>) -> Option<String> {
    version.map(|version| version.to_string())
}

/// Returns the properties of an object, or of the elements of a list or a map.
fn fields(of: &Field, depth: usize) -> Vec<Value> {
    if depth >= MOST_LEVELS {
        return Vec::new();
    }
    rows(of).iter().map(|row| field(row, depth)).collect()
}

fn field(FieldRow { field, level, aliases, .. }: &FieldRow, depth: usize) -> Value {
    json!({
        "name": field.name,
        "type": type_of(field),
        "required": field.is_required,
        "description": field.description(),
        "default": field.default(),
        "since": text(field.since()),
        "changed": field.changed().iter().map(|(version, text)| (version.to_string(), *text)).collect::<Vec<_>>(),
        "deprecated": field.is_deprecated(),
        "level": (*level > Level::Schema).then(|| level.as_str()),
        "aliases": aliases,
        "values": field.values(),
        "patterns": field.patterns().collect::<Vec<_>>(),
        "limits": field.limits(),
        "fields": fields(field, depth + 1),
    })
}
