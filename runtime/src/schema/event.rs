//! What the specification says of one event type.

use std::fmt;

use serde_json::Value;

use super::Version;
use crate::constraints::{Additional, Constraints, Presence};

/// An event type of the specification.
#[derive(Debug)]
pub struct Event {
    /// Its `type`.
    pub event_type: &'static str,
    /// Other values of `type` that the schema allows.
    pub aliases: &'static [&'static str],
    /// Other values of `type` that events in practice have. They are of this type from level Strict on.
    pub aliases_in_use: &'static [&'static str],
    /// Where its events can come from.
    pub kinds: &'static [Kind],
    /// Its section of the specification.
    pub link: &'static str,
    /// The schema of the type.
    pub base: SchemaVariant,
    /// The key of the content whose value picks one of the variants: `msgtype`, `method`.
    pub discriminator: Option<&'static str>,
    /// The schemas of the variants, in the order of their values.
    pub variants: &'static [SchemaVariant],
}

/// The schema that one file of the specification has for an event.
#[derive(Debug)]
pub struct SchemaVariant {
    /// The value of the discriminator; empty for the schema of the type.
    pub value: &'static str,
    /// The file, below the folder of the event schemas.
    pub file: &'static str,
    #[doc(hidden)]
    pub event: &'static Constraints,
    #[doc(hidden)]
    pub content: &'static Constraints,
}

/// Where events can come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// The timeline of a room, without a state key.
    MessageLike,
    /// The state of a room.
    State,
    /// A room, but not its history.
    Ephemeral,
    /// The presence of a user.
    Presence,
    /// The account's own data.
    GlobalAccountData,
    /// The account's own data about one room.
    RoomAccountData,
    /// Another device.
    ToDevice,
    /// Another server, as an ephemeral data unit.
    Edu,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MessageLike => "message-like",
            Self::State => "state",
            Self::Ephemeral => "ephemeral",
            Self::Presence => "presence",
            Self::GlobalAccountData => "global account data",
            Self::RoomAccountData => "room account data",
            Self::ToDevice => "to-device",
            Self::Edu => "EDU",
        })
    }
}

impl Event {
    /// What the specification says of it, in our words.
    pub fn description(&self) -> &'static str {
        self.base.event.annotations.description
    }

    /// The release that added it, where its schema says so.
    pub fn since(&self) -> Option<Version> {
        self.base.event.annotations.since
    }

    /// Whether it is on its way out.
    pub fn is_deprecated(&self) -> bool {
        self.base.event.annotations.deprecated
    }

    /// The fields of its content.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        Field::of(self.base.content)
    }

    /// Whether events of a type are of this one, by its name or by one that its schema takes for the same.
    pub(crate) fn is_of(&self, event_type: &str) -> bool {
        self.event_type == event_type || self.aliases.contains(&event_type)
    }

    /// Returns `true` if events of a type are of this one from level Strict on.
    pub(crate) fn is_in_practice_of(&self, event_type: &str) -> bool {
        self.is_of(event_type) || self.aliases_in_use.contains(&event_type)
    }

    /// Returns the schema of the event with its envelope.
    pub const fn schema(&'static self) -> Schema {
        Schema { event: self, variant: None, is_event: true }
    }

    /// Whether its events travel in rooms, from server to server.
    pub fn is_room_event(&self) -> bool {
        self.kinds.iter().any(|kind| matches!(kind, Kind::MessageLike | Kind::State))
    }

    /// Returns the schema that the content's discriminator picks: that of a variant, or that of the type.
    pub(crate) fn variant_for<'v>(&self, content: impl FnOnce() -> Option<&'v Value>) -> &SchemaVariant {
        let value = self.discriminator.and_then(|name| last_member(content()?, name)?.as_str());
        value.and_then(|value| self.variant(value)).unwrap_or(&self.base)
    }

    /// The variant of a value of the discriminator.
    pub fn variant(&self, value: &str) -> Option<&SchemaVariant> {
        self.variants.iter().find(|variant| variant.value == value)
    }
}

impl SchemaVariant {
    /// The fields of the content.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        Field::of(self.content)
    }

    /// The schema as JSON Schema 2020-12, of the whole event and with nothing to look up elsewhere. That of a variant has
    /// in it what the schema of its type asks for.
    pub fn json_schema(&self) -> Value {
        super::json_schema::document(self.event)
    }

    /// The same for the content alone.
    pub fn content_json_schema(&self) -> Value {
        super::json_schema::document(self.content)
    }
}

/// A field of a content, or of an object in it.
#[derive(Clone, Copy)]
pub struct Field {
    /// Its key in the JSON.
    pub name: &'static str,
    /// Whether the specification requires it.
    pub is_required: bool,
    constraints: &'static Constraints,
}

impl Field {
    fn of(constraints: &'static Constraints) -> impl Iterator<Item = Self> {
        constraints.object.properties.iter().map(|property| Self {
            name: property.name,
            is_required: property.presence != Presence::Optional,
            constraints: property.constraints,
        })
    }

    /// The JSON types that it can have, by their names in JSON Schema; empty for any.
    pub fn json_types(&self) -> Vec<&'static str> {
        self.constraints.types.names().collect()
    }

    /// What the specification says of it, in our words; empty where it says nothing.
    pub fn description(&self) -> &'static str {
        self.constraints.annotations.description
    }

    /// The release that added it, where its schema says so.
    pub fn since(&self) -> Option<Version> {
        self.constraints.annotations.since
    }

    /// The releases that changed it, and how.
    pub fn changed(&self) -> &'static [(Version, &'static str)] {
        self.constraints.annotations.changed
    }

    /// Whether it is on its way out.
    pub fn is_deprecated(&self) -> bool {
        self.constraints.annotations.deprecated
    }

    /// The strings that the specification lists for it, if it does.
    pub fn values(&self) -> Option<&'static [&'static str]> {
        self.constraints.values()
    }

    /// The name of the specification's grammar for it, such as `mx-user-id`.
    pub fn format(&self) -> Option<&'static str> {
        Some(self.constraints.annotations.format?.format_name())
    }

    /// The fields of the object that it is; of a list or a map, those of its elements.
    pub fn fields(&self) -> Box<dyn Iterator<Item = Self>> {
        let object = &self.constraints.object;
        let entries = match (&object.additional, object.patterns) {
            (Additional::Each(each), _) => Some(*each),
            (_, [(_, constraints), ..]) => Some(*constraints),
            _ => None,
        };
        match (object.properties, self.constraints.items.or(entries)) {
            ([], Some(constraints)) => Box::new(Self { name: "", is_required: false, constraints }.fields()),
            _ => Box::new(Self::of(self.constraints)),
        }
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Field");
        shown.field("name", &self.name).field("is_required", &self.is_required).field("json_types", &self.json_types());
        shown.finish_non_exhaustive()
    }
}

/// The schema of an event type or of its content, to hold JSON against.
///
/// ```
/// use matrix_events::{call::invite::CallInviteEventContent, EventContent};
///
/// let report = CallInviteEventContent::SCHEMA.validate(br#"{"call_id": "c1", "version": "1", "lifetime": 60000}"#);
/// let missing: Vec<&str> = report.iter().map(|violation| violation.expected()).collect();
/// assert_eq!(missing, ["a property `offer`", "a property `party_id`"]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    pub(crate) event: &'static Event,
    pub(crate) variant: Option<&'static str>,
    pub(crate) is_event: bool,
}

impl Schema {
    /// The schema of the content of an event type, or of one of its variants. For emitted code.
    #[doc(hidden)]
    pub const fn of_content(event: &'static Event, variant: Option<&'static str>) -> Self {
        Self { event, variant, is_event: false }
    }

    /// What the specification says of the event type.
    pub const fn event(&self) -> &'static Event {
        self.event
    }

    /// Returns the schema of the variant that this is the schema of.
    #[doc(hidden)]
    pub fn variant(&self) -> Option<&'static SchemaVariant> {
        self.event.variant(self.variant?)
    }

    /// Returns the schema of the event that has this content.
    #[must_use]
    pub const fn with_envelope(self) -> Self {
        Self { is_event: true, ..self }
    }

    /// The schema as JSON Schema 2020-12, with nothing to look up elsewhere. Where the type has variants and this is none of
    /// them, it asks of each variant what its own schema does.
    pub fn json_schema(&self) -> Value {
        super::json_schema::of(self)
    }

    /// Returns the schema for a value: that of a variant, or that of the type.
    pub(crate) fn variant_for(&self, value: &Value) -> &'static SchemaVariant {
        match self.variant {
            Some(variant) => self.event.variant(variant).unwrap_or(&self.event.base),
            None => self.event.variant_for(|| if self.is_event { last_member(value, "content") } else { Some(value) }),
        }
    }
}

/// A member of an event or a content. Looked for from the end, where maps in order have `type` and `msgtype`, and by length
/// first: quicker than a search by order, which compares letters.
pub(crate) fn last_member<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    value.as_object()?.iter().rev().find(|(key, _)| *key == name).map(|(_, value)| value)
}
