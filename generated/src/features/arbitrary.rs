//! `Arbitrary` for events and contents, to fuzz programs.
//!
//! Random JSON that matches the schemas of the specification is deserialized. Some events of the event enums are unknown,
//! invalid or redacted.

use ::arbitrary::{Arbitrary, Error, Result, Unstructured};
use serde_json::{json, Value};

use crate::__private::arbitrary::{anything, object, rarely, Maker};
use crate::__private::{from_str, FromToJson};
use crate::events::contents::for_each_content;
use crate::schema::{edus, events, Event, Kind, SchemaVariant};
use crate::{EventContent, JsonObject};

/// Chooses a schema of an event type: the schema of the type or of a variant.
fn any_variant(u: &mut Unstructured<'_>, event: &'static Event) -> Result<&'static SchemaVariant> {
    let chosen = u.int_in_range(0..=event.variants.len())?;
    Ok(event.variants.get(chosen).unwrap_or(&event.base))
}

/// Returns the schema of the variant of a content, or chooses a schema of its event type.
fn variant_of<C: EventContent>(u: &mut Unstructured<'_>) -> Result<&'static SchemaVariant> {
    match C::SCHEMA.variant() {
        Some(variant) => Ok(variant),
        None => any_variant(u, C::SCHEMA.event()),
    }
}

pub(crate) fn read<T: FromToJson>(json: JsonObject) -> Result<T> {
    from_str(&Value::Object(json).to_string()).map_err(|_| Error::IncorrectFormat)
}

fn without(mut event: JsonObject, members: &[&str]) -> JsonObject {
    event.retain(|key, _| !members.contains(&key.as_str()));
    event
}

/// Creates an event of one of several types. A quarter of the events can be unknown, invalid or redacted.
pub(crate) fn any_event(u: &mut Unstructured<'_>, types: &[&'static Event], key: &str) -> Result<JsonObject> {
    let event = *u.choose(types)?;
    let mistakes = u.arbitrary::<u8>()? >= 192;
    let variant = any_variant(u, event)?;
    let mut json = Maker { mistakes }.object_of(u, variant.event)?;
    if mistakes && rarely(u)? {
        json.insert(key.to_owned(), u.arbitrary::<String>()?.into());
    }
    if mistakes && u.arbitrary()? {
        json.insert("content".to_owned(), json!({}));
    }
    if mistakes && u.arbitrary()? {
        json.insert("unsigned".to_owned(), json!({"redacted_because": {"type": "m.room.redaction", "content": {}}}));
    }
    Ok(json)
}

macro_rules! any_enums {
    ($($any:ident: $($kind:ident)|+, without $left_out:expr;)+) => {$(
        /// Creates an event, which can be unknown, invalid or redacted. Requires the feature `arbitrary`.
        impl<'a> Arbitrary<'a> for crate::$any {
            fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
                let is_one = |kind: &Kind| matches!(kind, $(Kind::$kind)|+);
                let types: Vec<_> = events().filter(|event| event.kinds.iter().any(is_one)).collect();
                any_event(u, &types, "type").map(|event| without(event, $left_out)).and_then(read)
            }
        }
    )+};
}

any_enums! {
    AnyTimelineEvent: MessageLike | State, without &[];
    AnySyncTimelineEvent: MessageLike | State, without &["room_id"];
    AnyMessageLikeEvent: MessageLike, without &[];
    AnySyncMessageLikeEvent: MessageLike, without &["room_id"];
    AnyStateEvent: State, without &[];
    AnySyncStateEvent: State, without &["room_id"];
    AnyStrippedStateEvent: State, without &["room_id", "event_id", "origin_server_ts", "unsigned"];
    AnyInitialStateEvent: State, without &["room_id", "event_id", "origin_server_ts", "sender", "unsigned"];
    AnyDecryptedMegolmEvent: MessageLike, without &["event_id", "origin_server_ts", "sender", "unsigned"];
    AnyToDeviceEvent: ToDevice, without &["room_id", "event_id", "origin_server_ts", "unsigned"];
    AnyEphemeralEvent: Ephemeral, without &[];
    AnyPresenceEvent: Presence, without &[];
    AnyGlobalAccountDataEvent: GlobalAccountData, without &[];
    AnyRoomAccountDataEvent: RoomAccountData, without &[];
}

/// Creates an ephemeral data unit, which can be unknown or invalid. Requires the feature `arbitrary`.
impl<'a> Arbitrary<'a> for crate::AnyEdu {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        any_event(u, &edus().collect::<Vec<_>>(), "edu_type").and_then(read)
    }
}

macro_rules! contents {
    ($($(#[$cfg:meta])* $content:ty),+ $(,)?) => {$(
        $(#[$cfg])*
        /// Creates a content that is valid by its schema. Requires the feature `arbitrary`.
        impl<'a> Arbitrary<'a> for $content {
            fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
                let variant = variant_of::<Self>(u)?;
                Maker { mistakes: false }.object_of(u, variant.content).and_then(read)
            }
        }
    )+};
}

for_each_content!(contents);

macro_rules! envelopes {
    ($($envelope:ident<$bound:ident>, without $left_out:expr;)+) => {$(
        /// Creates an event that is valid by its schema. Requires the feature `arbitrary`.
        impl<'a, C: crate::$bound> Arbitrary<'a> for crate::$envelope<C> {
            fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
                let variant = variant_of::<C>(u)?;
                let event = Maker { mistakes: false }.object_of(u, variant.event)?;
                read(without(event, $left_out))
            }
        }
    )+};
}

envelopes! {
    RoomEvent<MessageLikeEventContent>, without &[];
    SyncRoomEvent<MessageLikeEventContent>, without &["room_id"];
    StateEvent<StateEventContent>, without &[];
    SyncStateEvent<StateEventContent>, without &["room_id"];
    StrippedStateEvent<StateEventContent>, without &["room_id", "event_id", "origin_server_ts", "unsigned"];
    InitialStateEvent<StateEventContent>, without &["room_id", "event_id", "origin_server_ts", "sender", "unsigned"];
    DecryptedMegolmEvent<MessageLikeEventContent>, without &["event_id", "origin_server_ts", "sender", "unsigned"];
    ToDeviceEvent<ToDeviceEventContent>, without &["room_id", "event_id", "origin_server_ts", "unsigned"];
    EphemeralEvent<EphemeralRoomEventContent>, without &[];
    PresenceEvent<PresenceContent>, without &[];
    GlobalAccountDataEvent<GlobalAccountDataEventContent>, without &[];
    RoomAccountDataEvent<RoomAccountDataEventContent>, without &[];
    Edu<EduContent>, without &[];
}

/// Adds the members of an event that is encrypted with Olm.
fn for_olm(u: &mut Unstructured<'_>, mut event: JsonObject) -> Result<JsonObject> {
    for name in ["sender", "recipient"] {
        event.insert(name.to_owned(), u.arbitrary::<crate::UserId>()?.into_string().into());
    }
    for name in ["recipient_keys", "keys"] {
        event.insert(name.to_owned(), json!({"ed25519": u.arbitrary::<String>()?}));
    }
    Ok(event)
}

/// Creates the plaintext of an event, which can be unknown or invalid. Requires the feature `arbitrary`.
impl<'a> Arbitrary<'a> for crate::AnyDecryptedOlmEvent {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let types: Vec<_> = events().filter(|event| event.kinds.contains(&Kind::ToDevice)).collect();
        let event = any_event(u, &types, "type")?;
        for_olm(u, event).and_then(read)
    }
}

/// Creates the plaintext of an event that is valid by its schema. Requires the feature `arbitrary`.
impl<'a, C: crate::ToDeviceEventContent> Arbitrary<'a> for crate::DecryptedOlmEvent<C> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let variant = variant_of::<C>(u)?;
        let event = Maker { mistakes: false }.object_of(u, variant.event)?;
        for_olm(u, event).and_then(read)
    }
}

/// Creates an event for an application service, which can be unknown or invalid. Requires the feature `arbitrary`.
impl<'a> Arbitrary<'a> for crate::AnyEphemeralData {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let is_one = |kind: &Kind| matches!(kind, Kind::Ephemeral | Kind::Presence);
        let types: Vec<_> = events().filter(|event| event.kinds.iter().any(is_one)).collect();
        let event = any_event(u, &types, "type")?;
        in_room(u, event).and_then(read)
    }
}

/// Creates an event that is valid by its schema. Requires the feature `arbitrary`.
impl<'a, C: crate::EphemeralRoomEventContent> Arbitrary<'a> for crate::EphemeralRoomEvent<C> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let variant = variant_of::<C>(u)?;
        let event = Maker { mistakes: false }.object_of(u, variant.event)?;
        in_room(u, event).and_then(read)
    }
}

/// Adds the ID of a room to an ephemeral event.
fn in_room(u: &mut Unstructured<'_>, mut event: JsonObject) -> Result<JsonObject> {
    event.insert("room_id".to_owned(), u.arbitrary::<crate::RoomId>()?.into_string().into());
    Ok(event)
}

/// Creates an event with any JSON as its type. Requires the feature `arbitrary`.
impl<'a> Arbitrary<'a> for crate::UnknownEvent {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut event = object(u)?;
        event.insert("type".to_owned(), anything(u)?);
        Ok(event.into())
    }
}
