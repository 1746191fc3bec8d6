//! An event type of the specification, with its schemas and fields.

use std::fmt;

use serde_json::Value;

use super::Version;
use crate::constraints::{Additional, Assertion, Constraints, Presence, Property};
use crate::json::is_type;
use crate::validate::Level;

/// An event type of the specification.
///
/// ```
/// use matrix_events::schema::{self, Kind};
///
/// let message = schema::event("m.room.message").expect("an event type of the specification");
/// assert_eq!(message.kinds, [Kind::MessageLike]);
/// assert_eq!(message.discriminator, Some("msgtype"));
/// assert!(message.variant("m.image").is_some_and(|image| image.fields().any(|field| field.name == "url")));
/// ```
#[derive(Debug)]
pub struct Event {
    /// The event type: the value of `type`, or of `edu_type` for an ephemeral data unit. A type that ends in `.*` is the
    /// name of all types that begin with the text before the `*`.
    pub event_type: &'static str,
    /// Further values that the schema allows as the `type`.
    pub aliases: &'static [&'static str],
    /// Further values of `type` that events in practice have. Events with them have this event type from level Strict on.
    pub aliases_in_use: &'static [&'static str],
    /// The kinds of events that have this type.
    pub kinds: &'static [Kind],
    /// The URL of the section of the specification.
    pub link: &'static str,
    /// The schema of the event type.
    pub base: SchemaVariant,
    /// The key of the content whose value selects a variant, such as `msgtype` or `method`.
    pub discriminator: Option<&'static str>,
    /// The schemas of the variants, sorted by the value of the discriminator.
    pub variants: &'static [SchemaVariant],
}

/// A schema of an event type: the schema of all its events, or of one variant.
///
/// ```
/// use matrix_events::schema;
///
/// let message = schema::event("m.room.message").expect("an event type of the specification");
/// let image = message.variant("m.image").expect("a `msgtype` of the specification");
/// assert_eq!(image.file, "m.room.message$m.image.yaml");
/// assert_eq!(image.content_json_schema()["properties"]["body"]["type"], "string");
/// ```
#[derive(Debug)]
pub struct SchemaVariant {
    /// The value of the discriminator. It is empty for the schema of the event type.
    pub value: &'static str,
    /// The file in the event schemas of the specification.
    pub file: &'static str,
    #[doc(hidden)]
    pub event: &'static Constraints,
    #[doc(hidden)]
    pub content: &'static Constraints,
}

/// The kinds of events. They differ in where events occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Message-like events: events in the timeline of a room, without a state key.
    MessageLike,
    /// State events.
    State,
    /// Ephemeral events: events in a room that are not part of the history.
    Ephemeral,
    /// Presence events.
    Presence,
    /// Events in the global account data.
    GlobalAccountData,
    /// Events in the account data for one room.
    RoomAccountData,
    /// To-device events.
    ToDevice,
    /// Ephemeral data units (EDUs), which servers send to each other.
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
    /// Returns the description of the event type.
    pub fn description(&self) -> &'static str {
        self.base.event.annotations.description
    }

    /// Returns the release that added the event type, if the schema states one.
    pub fn since(&self) -> Option<Version> {
        self.base.event.annotations.since
    }

    /// Returns `true` if the event type is deprecated.
    pub fn is_deprecated(&self) -> bool {
        self.base.event.annotations.deprecated
    }

    /// Iterates over the fields of the content.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        Field::of(self.base.content)
    }

    /// Returns `true` if the schema allows `event_type` as the `type`.
    pub(crate) fn is_of(&self, event_type: &str) -> bool {
        is_type(self.event_type, event_type) || self.aliases.contains(&event_type)
    }

    /// Returns `true` if events with a `type` have this event type from level Strict on.
    pub(crate) fn is_in_practice_of(&self, event_type: &str) -> bool {
        self.is_of(event_type) || self.aliases_in_use.iter().any(|alias| is_type(alias, event_type))
    }

    /// Returns the schema of the whole event: the content and the envelope.
    pub const fn schema(&'static self) -> Schema {
        Schema { event: self, variant: None, is_event: true }
    }

    /// Returns the schema of the content.
    ///
    /// ```
    /// use matrix_events::schema;
    ///
    /// let topic = schema::event("m.room.topic").expect("an event type of the specification");
    /// let report = topic.content_schema().validate(br#"{"topic": 7}"#);
    /// assert_eq!(report.to_string(), "/topic: expected a string, found 7 (m.room.topic)");
    /// ```
    pub const fn content_schema(&'static self) -> Schema {
        Schema { event: self, variant: None, is_event: false }
    }

    /// Returns `true` if events of this type are room events: message-like events or state events.
    pub fn is_room_event(&self) -> bool {
        self.kinds.iter().any(|kind| matches!(kind, Kind::MessageLike | Kind::State))
    }

    /// Returns the schema of an event: the schema of the variant that the discriminator in the content selects, or else the schema
    /// of the event type.
    ///
    /// ```
    /// use matrix_events::schema;
    /// use serde_json::json;
    ///
    /// let message = schema::event("m.room.message").expect("an event type of the specification");
    /// let image = json!({"type": "m.room.message", "content": {"msgtype": "m.image"}});
    /// assert_eq!(message.variant_of(&image).value, "m.image");
    ///
    /// let unknown = json!({"type": "m.room.message", "content": {"msgtype": "org.example.poll"}});
    /// assert_eq!(message.variant_of(&unknown).file, "m.room.message.yaml");
    /// ```
    pub fn variant_of(&self, event: &Value) -> &SchemaVariant {
        self.variant_for(|| last_member(event, "content"))
    }

    /// Returns the schema of the content of a variant, or `None` if there is no such variant.
    /// [`with_envelope`](Schema::with_envelope) returns the schema of the event.
    ///
    /// ```
    /// use matrix_events::schema;
    ///
    /// let message = schema::event("m.room.message").expect("an event type of the specification");
    /// let image = message.variant_schema("m.image").expect("a `msgtype` of the specification");
    /// assert_eq!(image.variant().map(|variant| variant.value), Some("m.image"));
    /// let report = image.validate(br#"{"msgtype": "m.image", "body": "a.png", "url": 7}"#);
    /// assert_eq!(report.violations()[0].pointer(), "/url");
    /// ```
    pub fn variant_schema(&'static self, value: &str) -> Option<Schema> {
        let variant = self.variant(value)?;
        Some(Schema { event: self, variant: Some(variant.value), is_event: false })
    }

    /// Returns the schema of the variant that the content's discriminator selects, or else the schema of the event type.
    pub(crate) fn variant_for<'v>(&self, content: impl FnOnce() -> Option<&'v Value>) -> &SchemaVariant {
        let value = self.discriminator.and_then(|name| last_member(content()?, name)?.as_str());
        value.and_then(|value| self.variant(value)).unwrap_or(&self.base)
    }

    /// Returns the variant for a value of the discriminator.
    pub fn variant(&self, value: &str) -> Option<&SchemaVariant> {
        self.variants.iter().find(|variant| variant.value == value)
    }
}

impl SchemaVariant {
    /// Iterates over the fields of the content.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        Field::of(self.content)
    }

    /// Returns the content as a field without a name.
    ///
    /// ```
    /// use matrix_events::schema;
    ///
    /// let direct = schema::event("m.direct").expect("an event type of the specification");
    /// let rooms = direct.base.content_field().elements().next().expect("the content is a map");
    /// assert_eq!(rooms.json_types(), ["array"]);
    /// ```
    pub fn content_field(&self) -> Field {
        Field { name: "", is_required: true, constraints: self.content }
    }

    /// Returns the whole event as a field without a name. Its fields are those of the envelope, such as `sender` and `content`.
    ///
    /// ```
    /// use matrix_events::schema;
    ///
    /// let topic = schema::event("m.room.topic").expect("an event type of the specification");
    /// let sender = topic.base.event_field().fields().find(|field| field.name == "sender").expect("a field of the envelope");
    /// assert_eq!((sender.format(), sender.is_required), (Some("mx-user-id"), true));
    /// ```
    pub fn event_field(&self) -> Field {
        Field { name: "", is_required: true, constraints: self.event }
    }

    /// Returns the JSON Schema (2020-12) of the whole event, without references.
    ///
    /// The schema of a variant includes the schema of its event type.
    pub fn json_schema(&self) -> Value {
        super::json_schema::document(self.event)
    }

    /// Returns the JSON Schema (2020-12) of the content, without references.
    pub fn content_json_schema(&self) -> Value {
        super::json_schema::document(self.content)
    }
}

/// A field of a content, or of an object in a content.
///
/// ```
/// use matrix_events::schema;
///
/// let invite = schema::event("m.call.invite").expect("an event type of the specification");
/// let lifetime = invite.fields().find(|field| field.name == "lifetime").expect("a field of the content");
/// assert!(lifetime.is_required);
/// assert_eq!(lifetime.json_types(), ["integer"]);
///
/// let streams = invite.fields().find(|field| field.name == "sdp_stream_metadata").expect("a field of the content");
/// let names: Vec<&str> = streams.fields().map(|field| field.name).collect();
/// assert_eq!(names, ["audio_muted", "purpose", "video_muted"]);
/// ```
#[derive(Clone, Copy)]
pub struct Field {
    /// The key in JSON. It is empty for an element of a list and for a value of a map.
    pub name: &'static str,
    /// `true` if the schema requires the field.
    pub is_required: bool,
    constraints: &'static Constraints,
}

impl Field {
    pub(super) fn of(constraints: &'static Constraints) -> impl Iterator<Item = Self> {
        constraints.object.properties.iter().map(Self::of_property)
    }

    fn of_property(property: &'static Property) -> Self {
        let is_required = property.presence != Presence::Optional;
        Self { name: property.name, is_required, constraints: property.constraints }
    }

    /// Returns the JSON types of the field, by their names in JSON Schema. The list is empty if every type is valid.
    pub fn json_types(&self) -> Vec<&'static str> {
        self.constraints.types.names().collect()
    }

    /// Returns the description of the field. It is empty if the schema has no description.
    pub fn description(&self) -> &'static str {
        self.constraints.annotations.description
    }

    /// Returns the JSON text of the value that the absence of the field means, if the specification states one.
    ///
    /// ```
    /// use matrix_events::schema;
    ///
    /// let power_levels = schema::event("m.room.power_levels").expect("an event type of the specification");
    /// let ban = power_levels.fields().find(|field| field.name == "ban").expect("a field of the content");
    /// assert_eq!(ban.default(), Some("50"));
    /// ```
    pub fn default(&self) -> Option<&'static str> {
        self.constraints.annotations.default
    }

    /// Returns the release that added the field, if the schema states one.
    pub fn since(&self) -> Option<Version> {
        self.constraints.annotations.since
    }

    /// Returns the releases that changed the field, each with a description of the change.
    pub fn changed(&self) -> &'static [(Version, &'static str)] {
        self.constraints.annotations.changed
    }

    /// Returns `true` if the field is deprecated.
    pub fn is_deprecated(&self) -> bool {
        self.constraints.annotations.deprecated
    }

    /// Returns the valid strings, if the schema has an `enum`.
    pub fn values(&self) -> Option<&'static [&'static str]> {
        self.constraints.values()
    }

    /// Returns the `format` of the schema, such as `mx-user-id`.
    pub fn format(&self) -> Option<&'static str> {
        Some(self.constraints.annotations.format?.format_name())
    }

    /// Returns the regular expressions of `pattern`. A valid string matches all of them.
    ///
    /// ```
    /// use matrix_events::schema;
    ///
    /// let avatar = schema::event("m.room.avatar").expect("an event type of the specification");
    /// let url = avatar.fields().find(|field| field.name == "url").expect("a field of the content");
    /// assert_eq!(url.patterns().collect::<Vec<_>>(), [r"^mxc:\/\/"]);
    /// ```
    pub fn patterns(&self) -> impl Iterator<Item = &'static str> {
        self.constraints.assertions.iter().filter_map(|assertion| match assertion {
            Assertion::Pattern(regex) => Some(regex.source),
            _ => None,
        })
    }

    /// Returns the limits of the field: `minimum` and `maximum` of numbers, and the limits on the numbers of characters, elements and
    /// members. Each has the keyword of JSON Schema and its value.
    ///
    /// ```
    /// use matrix_events::schema;
    ///
    /// let child = schema::event("m.space.child").expect("an event type of the specification");
    /// let order = child.fields().find(|field| field.name == "order").expect("a field of the content");
    /// assert_eq!(order.limits(), [("maxLength", 50.0)]);
    /// ```
    pub fn limits(&self) -> Vec<(&'static str, f64)> {
        let keywords = self.constraints.assertions.iter().map(Assertion::keyword);
        keywords.filter_map(|one| Some((one.rule.as_str(), one.value.as_f64()?))).collect()
    }

    /// Iterates over the alternatives of `oneOf` and `anyOf` of the field. A field without these keywords has no alternatives.
    ///
    /// ```
    /// use matrix_events::schema;
    ///
    /// let encrypted = schema::event("m.room.encrypted").expect("an event type of the specification");
    /// let ciphertext = encrypted.fields().find(|field| field.name == "ciphertext").expect("a field of the content");
    /// let types: Vec<_> = ciphertext.alternatives().flat_map(|one| one.json_types()).collect();
    /// assert_eq!(types, ["string", "object"]);
    /// ```
    pub fn alternatives(&self) -> impl Iterator<Item = Self> {
        let all = self.constraints.choices.iter().flat_map(|choice| choice.alternatives);
        all.map(|constraints| Self { name: "", is_required: false, constraints })
    }

    /// Returns the JSON Schema (2020-12) of the field, without references.
    ///
    /// ```
    /// use matrix_events::schema;
    ///
    /// let topic = schema::event("m.room.topic").expect("an event type of the specification");
    /// let field = topic.fields().find(|field| field.name == "topic").expect("a field of the content");
    /// assert_eq!(field.json_schema()["type"], "string");
    /// ```
    pub fn json_schema(&self) -> Value {
        super::json_schema::document(self.constraints)
    }

    /// Iterates over the fields of the object in this field at a level of validation. From [`Level::Strict`] on, they include
    /// fields that only the prose of the specification declares.
    ///
    /// ```
    /// use matrix_events::{schema, validate::Level};
    ///
    /// let message = schema::event("m.room.message").expect("an event type of the specification");
    /// let has_mentions = |level| message.base.content_field().properties(level).any(|field| field.name == "m.mentions");
    /// assert!(has_mentions(Level::Strict) && !has_mentions(Level::Schema));
    /// ```
    pub fn properties(&self, level: Level) -> impl Iterator<Item = Self> {
        self.constraints.object.rows(level).map(Self::of_property)
    }

    /// Iterates over the kinds of elements of the list in this field, and of values of the map in this field. They have no names.
    ///
    /// ```
    /// use matrix_events::schema;
    ///
    /// let power_levels = schema::event("m.room.power_levels").expect("an event type of the specification");
    /// let users = power_levels.fields().find(|field| field.name == "users").expect("a field of the content");
    /// assert_eq!(users.elements().flat_map(|level| level.json_types()).collect::<Vec<_>>(), ["integer"]);
    /// ```
    pub fn elements(&self) -> impl Iterator<Item = Self> {
        let object = &self.constraints.object;
        let each = match object.additional {
            Additional::Each(each) => Some(each),
            Additional::Open | Additional::Closed => None,
        };
        let patterns = object.patterns.iter().map(|(_, constraints)| *constraints);
        let all = self.constraints.items.into_iter().chain(patterns).chain(each);
        all.map(|constraints| Self { name: "", is_required: false, constraints })
    }

    /// Iterates over the fields of the object in this field. For a list or a map, these are the fields of its elements.
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

/// The schema of an event type or of its content, to validate JSON with.
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
    /// Creates the schema of the content of an event type, or of one of its variants.
    #[doc(hidden)]
    pub const fn of_content(event: &'static Event, variant: Option<&'static str>) -> Self {
        Self { event, variant, is_event: false }
    }

    /// Returns the event type.
    pub const fn event(&self) -> &'static Event {
        self.event
    }

    /// Returns the variant, if this is the schema of a variant.
    pub fn variant(&self) -> Option<&'static SchemaVariant> {
        self.event.variant(self.variant?)
    }

    /// Returns the schema of the whole event with this content.
    ///
    /// ```
    /// use matrix_events::{room::topic::RoomTopicEventContent, EventContent};
    ///
    /// let report = RoomTopicEventContent::SCHEMA.with_envelope().validate(br#"{"content": {"topic": "Seedlings"}}"#);
    /// assert!(report.iter().any(|violation| violation.message() == "required property `type` is missing"));
    /// ```
    #[must_use]
    pub const fn with_envelope(self) -> Self {
        Self { is_event: true, ..self }
    }

    /// Returns the JSON Schema (2020-12), without references.
    ///
    /// If this is the schema of an event type with variants, the document has an `if` and a `then` for each variant.
    ///
    /// ```
    /// use matrix_events::{room::topic::RoomTopicEventContent, EventContent};
    ///
    /// let document = RoomTopicEventContent::SCHEMA.json_schema();
    /// assert_eq!(document["required"][0], "topic");
    /// ```
    pub fn json_schema(&self) -> Value {
        super::json_schema::of(self)
    }

    /// Returns the schema for a value: the schema of a variant, or of the event type.
    pub(crate) fn variant_for(&self, value: &Value) -> &'static SchemaVariant {
        match self.variant {
            Some(variant) => self.event.variant(variant).unwrap_or(&self.event.base),
            None => self.event.variant_for(|| if self.is_event { last_member(value, "content") } else { Some(value) }),
        }
    }
}

/// Returns a member of an event or of a content.
///
/// The search starts at the end, where sorted maps have `type` and `msgtype`. Comparing lengths first is faster than a binary
/// search, which compares characters.
pub(crate) fn last_member<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    value.as_object()?.iter().rev().find(|(key, _)| *key == name).map(|(_, value)| value)
}
