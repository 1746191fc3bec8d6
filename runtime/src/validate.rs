//! Validation of events: the verdict of JSON Schema 2020-12 on the specification's own schemas, and what its prose requires in
//! addition.

mod duplicates;
mod event;
mod fits;
mod fits_text;
mod message;
mod outgoing;
mod path;
mod report;
mod site;
mod strict;
mod suggest;
mod violation;
mod walk;

#[doc(hidden)]
pub use message::shown;
#[doc(hidden)]
pub use outgoing::checked;
pub use report::Report;
pub use violation::{Level, Rule, Violation};

use std::collections::BTreeMap;

use serde_json::Value;

use crate::json::Cursor;
use crate::schema::{Event, EventTable, Schema, Version};

/// The settings of a validator: what `matrix_events::validate::Validator` wraps.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Validator {
    /// The event types that are known.
    pub table: &'static EventTable,
    /// How much is required.
    pub level: Level,
    /// The form that events come in.
    pub form: Form,
    /// The release of the specification that events are for.
    pub version: Option<Version>,
    /// One schema for all, whatever their `type`.
    pub schema: Option<Schema>,
    /// Event types in addition to those of the table.
    pub custom: &'static [&'static Event],
}

/// The form that an event comes in: which members of the full event it lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// As most endpoints return it, and as its schema describes it.
    #[default]
    Full,
    /// As `/sync` returns it: without `room_id`.
    Sync,
    /// As invitations show a room's state: without `room_id`, `event_id` and `origin_server_ts`.
    Stripped,
    /// As it is sent, or passed between devices: `type` and `content`, and a `state_key` where there has to be one.
    ContentOnly,
}

impl Form {
    pub(crate) fn exempt(self) -> &'static [&'static str] {
        match self {
            Self::Full => &[],
            Self::Sync => &["room_id"],
            Self::Stripped => &["room_id", "event_id", "origin_server_ts"],
            Self::ContentOnly => &["room_id", "event_id", "origin_server_ts", "sender"],
        }
    }
}

impl Validator {
    /// Validates full events against the schemas of a table.
    pub const fn new(table: &'static EventTable) -> Self {
        Self { table, level: Level::Schema, form: Form::Full, version: None, schema: None, custom: &[] }
    }

    /// Validates against one schema, at [`Level::Schema`].
    const fn of(schema: Schema) -> Self {
        Self { schema: Some(schema), ..Self::new(&EventTable::EMPTY) }
    }

    /// Validates a JSON text.
    pub fn validate(&self, json: &[u8]) -> Report {
        let text = match std::str::from_utf8(json) {
            Ok(text) => text,
            Err(error) => return Report::not_utf8(json, error.valid_up_to()),
        };
        match self.level == Level::Schema && event::surely_fits(self, &mut Cursor::new(text)) {
            true => Report::empty(),
            false => self.look_closely(text),
        }
    }

    fn look_closely(&self, text: &str) -> Report {
        let value: Value = match crate::from_str(text) {
            Ok(value) => value,
            Err(error) => return Report::not_json(&error),
        };
        if self.level == Level::Schema {
            return event::walk(self, &value, BTreeMap::new());
        }
        let duplicates::Found { violations, omitted, numbers, .. } = duplicates::find(text);
        let mut report = event::walk(self, &value, numbers);
        report.extend(violations, omitted);
        report
    }

    /// Validates a value.
    pub fn validate_value(&self, value: &Value) -> Report {
        match self.level == Level::Schema && self.is_valid(value) {
            true => Report::empty(),
            false => event::walk(self, value, BTreeMap::new()),
        }
    }

    /// Returns `true` if [`validate_value`](Self::validate_value) finds nothing.
    pub fn is_valid(&self, value: &Value) -> bool {
        match self.level {
            Level::Schema => event::fits(self, value),
            Level::Strict | Level::Lint => event::walk(self, value, BTreeMap::new()).is_valid(),
        }
    }
}

impl Schema {
    /// Holds a JSON text against the schema, and nothing more: [`Level::Schema`].
    pub fn validate(&self, json: &[u8]) -> Report {
        Validator::of(*self).validate(json)
    }

    /// The same for a value.
    pub fn validate_value(&self, value: &Value) -> Report {
        Validator::of(*self).validate_value(value)
    }

    /// Whether a value is what the schema asks for.
    pub fn is_valid(&self, value: &Value) -> bool {
        Validator::of(*self).is_valid(value)
    }
}
