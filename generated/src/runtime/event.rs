//! What an event's content knows of its event, which is all that the envelopes ask of it.

use super::cursor::{Cursor, JsonType};
use super::extra::Extra;
use super::fault::Fault;
use super::read::{Json, Seen};
use super::write::{Item, Object, Visit};
use crate::schema::Schema;

/// The content of an event of a known type.
pub trait EventContent: Json + Object {
    /// The `type` of its events, the `edu_type` of an ephemeral data unit.
    const TYPE: &'static str;

    /// Other types that events with this content may have.
    const ALSO: &'static [&'static str] = &[];

    /// What the specification's schema asks of the content.
    const SCHEMA: Schema;

    /// What the schema of the event has at its top level beside the members of the envelope.
    type TopLevel: TopLevelMembers;
}

/// The content of an event that travels in a room's timeline.
pub trait RoomEventContent: EventContent {
    /// The type of the event's `unsigned`.
    type Unsigned: Json + Clone + std::fmt::Debug + PartialEq;
}

/// The content of a room event without a state key.
pub trait MessageLikeEventContent: RoomEventContent {}

/// The content of a state event.
pub trait StateEventContent: RoomEventContent {
    /// The type of the event's `state_key`.
    type StateKey: Json + Clone + std::fmt::Debug + PartialEq;
}

/// The content of an event from one device to another.
pub trait ToDeviceEventContent: EventContent {}

/// The content of an event about a room that isn't kept in its history.
pub trait EphemeralRoomEventContent: EventContent {}

/// The content of an event in an account's own data.
pub trait GlobalAccountDataEventContent: EventContent {}

/// The content of an event in an account's own data about one room.
pub trait RoomAccountDataEventContent: EventContent {}

/// The content of an event about a user's presence.
pub trait PresenceContent: EventContent {}

/// The content of an ephemeral data unit, with which servers tell each other what isn't part of a room's history.
pub trait EduContent: EventContent {}

/// The members that one event type has at the top level beside those of the envelope.
pub trait TopLevelMembers: Default + Clone + std::fmt::Debug + PartialEq {
    /// Reads the value under a key, which goes into `extra` if it isn't one of them.
    fn member(&mut self, key: &str, json: &mut Cursor<'_>, extra: &mut Extra) -> Result<Seen, Fault>;

    /// Calls `visit` with each that is present.
    fn fields(&self, visit: &mut Visit<'_>);
}

/// Nothing beside the members of the envelope, which is how nearly all events are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoTopLevel;

impl TopLevelMembers for NoTopLevel {
    fn member(&mut self, key: &str, json: &mut Cursor<'_>, extra: &mut Extra) -> Result<Seen, Fault> {
        json.unknown(key, extra)
    }

    fn fields(&self, _: &mut Visit<'_>) {}
}

impl Cursor<'_> {
    /// The `type` of an event, which has to be that of its content. Another name for it is kept, to be written back.
    pub fn event_type<C: EventContent>(&mut self, extra: &mut Extra, bit: u32) -> Result<Seen, Fault> {
        self.one_of_types("type", C::TYPE, C::ALSO, extra, bit)
    }

    /// The same for the `edu_type` of an ephemeral data unit.
    pub fn edu_type<C: EventContent>(&mut self, extra: &mut Extra, bit: u32) -> Result<Seen, Fault> {
        self.one_of_types("edu_type", C::TYPE, C::ALSO, extra, bit)
    }

    fn one_of_types(
        &mut self,
        key: &'static str,
        main: &'static str,
        also: &'static [&'static str],
        extra: &mut Extra,
        bit: u32,
    ) -> Result<Seen, Fault> {
        if self.json_type()? != JsonType::String {
            return Err(self.expected("the type of the event, a string"));
        }
        let mut ahead = self.clone();
        let found = ahead.string()?;
        match also.iter().find(|also| **also == found) {
            Some(also) => {
                extra.insert(key, *also);
                *self = ahead;
                Ok(1 << bit)
            }
            None => {
                extra.remove(key);
                self.constant(key, main, bit)
            }
        }
    }
}

/// The `type` of an event: the one that was read, where a content has several.
#[inline]
pub fn event_type<C: EventContent>(extra: &Extra) -> &str {
    one_of(extra, "type", C::TYPE, C::ALSO)
}

/// The `edu_type` of an ephemeral data unit: the one that was read, where a content has several.
#[inline]
pub fn edu_type<C: EventContent>(extra: &Extra) -> &str {
    one_of(extra, "edu_type", C::TYPE, C::ALSO)
}

fn one_of<'e>(extra: &'e Extra, key: &str, main: &'static str, also: &[&str]) -> &'e str {
    match extra.get(key).and_then(|value| value.as_str()) {
        Some(found) if also.contains(&found) => found,
        _ => main,
    }
}

/// An event whose type needn't be known. What an event of a place doesn't have, or has in another JSON type, is `None`.
pub trait Envelope {
    /// Its `type`, or the `edu_type` of an ephemeral data unit; empty if it has none.
    fn event_type(&self) -> &str;

    /// Its `event_id`.
    fn event_id(&self) -> Option<&str> {
        None
    }

    /// Its `room_id`.
    fn room_id(&self) -> Option<&str> {
        None
    }

    /// Its `sender`.
    fn sender(&self) -> Option<&str> {
        None
    }

    /// Its `origin_server_ts`, in milliseconds since 1970.
    fn origin_server_ts(&self) -> Option<i64> {
        None
    }

    /// Its `state_key`.
    fn state_key(&self) -> Option<&str> {
        None
    }

    /// Its `content`.
    fn content(&self) -> Item<'_>;

    /// The event as a whole.
    fn event(&self) -> Item<'_>;
}
