//! Validation of PDUs by the rules of a room version.

use serde_json::{Map, Value};

use super::body::is_same;
use super::violation::{Level, Rule, Violation};
use super::{message, Report, Selection, Validator};
use crate::json::{from_str, JsonObject};
use crate::room_version_rules::RoomVersionRules;
use crate::schema::Body;

/// The maximum number of events in `auth_events`, and in `prev_events`, as the schemas of PDUs state.
const MAX_REFERENCES: [(&str, usize); 2] = [("auth_events", 10), ("prev_events", 20)];

impl Validator {
    /// Validates the JSON text of a PDU. `schema` is the schema of the format of the room version.
    #[inline]
    pub fn validate_pdu(&self, json: &[u8], schema: &'static Body, rules: &RoomVersionRules) -> Report {
        let mut report = Self { selection: Selection::Body(schema), ..*self }.validate(json);
        if self.level < Level::Strict {
            return report;
        }
        if !rules.authorization.strict_canonical_json {
            report.retain(|violation| violation.rule != Rule::CanonicalJson);
        }
        let pdu = std::str::from_utf8(json).ok().and_then(|text| from_str::<JsonObject>(text).ok());
        let mut found = pdu.map_or(Vec::new(), |pdu| limits(&pdu, rules));
        found.retain(|violation| !report.iter().any(|known| is_same(known, violation)));
        report.extend(found, 0);
        report
    }
}

/// Returns the violations of the limits that depend on the room version, or that only descriptions in the schemas state.
#[inline]
fn limits(pdu: &Map<String, Value>, rules: &RoomVersionRules) -> Vec<Violation> {
    let mut found = Vec::new();
    for (name, most) in MAX_REFERENCES {
        let count = pdu.get(name).and_then(Value::as_array).map_or(0, Vec::len);
        if count > most {
            let (expected, count) = (format!("at most {most} items"), format!("{count} items"));
            let text = format!("expected {expected}, found {count}");
            found.push(Violation::stated_by_none(format!("/{name}"), Rule::MaxItems, text, count, expected));
        }
    }
    // The schema of room version 12 requires the room ID, and its description allows `m.room.create` to omit the room ID.
    let is_create = pdu.get("type").and_then(Value::as_str) == Some("m.room.create");
    if !is_create && !pdu.contains_key("room_id") {
        let text = "required property `room_id` is missing".to_owned();
        let (shown, expected) = ("an object without `room_id`", "a property `room_id`");
        found.push(Violation::stated_by_none(String::new(), Rule::Required, text, shown, expected));
    }
    let most = rules.event_format.max_depth;
    let is_beyond = |depth: &&Value| match depth.as_i64() {
        Some(depth) => depth > most,
        // Larger integers have no `i64`.
        None => depth.as_u64().is_some(),
    };
    if let Some(depth) = pdu.get("depth").filter(is_beyond) {
        let (expected, shown) = (format!("at most {most}"), message::shown(depth));
        let text = format!("expected {expected}, found {shown}");
        found.push(Violation::stated_by_none("/depth".to_owned(), Rule::Maximum, text, shown, expected));
    }
    found
}
