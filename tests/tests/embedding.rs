//! The types of this crate in types of programs, and in formats other than JSON.

use std::collections::BTreeMap;

use matrix_events::room::member::MembershipState;
use matrix_events::room::message::{RoomMessageEventContent, TextMessageEventContent};
use matrix_events::{
    AnySyncTimelineEvent, EventId, MxcUri, RoomAliasId, RoomId, ServerName, UnpaddedBase64, UrlSafeUnpaddedBase64,
    UserId,
};
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Strings {
    user: UserId,
    room: RoomId,
    event: Option<EventId>,
    alias: RoomAliasId,
    server: ServerName,
    uri: MxcUri,
    hash: UnpaddedBase64,
    key: UrlSafeUnpaddedBase64,
    memberships: BTreeMap<UserId, MembershipState>,
}

#[test]
fn identifiers_and_open_enums_deserialize_from_a_format_without_types() {
    let strings = Strings {
        user: "@mira:example.org".into(),
        room: "!garden".into(),
        event: Some("$1".into()),
        alias: "#garden:example.org".into(),
        server: "example.org".into(),
        uri: "mxc://example.org/1".into(),
        hash: "YQ".into(),
        key: "no base64".into(),
        memberships: [("@lev:example.org".into(), MembershipState::Join), ("x".into(), "org.example.lurk".into())]
            .into(),
    };
    let bytes = postcard::to_stdvec(&strings).expect("bytes");
    assert_eq!(postcard::from_bytes::<Strings>(&bytes).expect("strings"), strings);
    let json = serde_json::to_string(&strings).expect("JSON");
    assert_eq!(serde_json::from_str::<Strings>(&json).expect("strings"), strings);
    assert_eq!(serde_json::from_value::<Strings>(json!(strings)).expect("strings"), strings);
    let error = serde_json::from_str::<UserId>("5").unwrap_err().to_string();
    assert_eq!(error, "invalid type: integer `5`, expected a string at line 1 column 1");
}

/// A content in a format without types, as the text of its JSON.
#[test]
fn content_in_a_format_without_types_is_its_text() {
    let content = RoomMessageEventContent::from(TextMessageEventContent::new("Hi"));
    let bytes = postcard::to_stdvec(&matrix_events::to_string(&content)).expect("bytes");
    let text: String = postcard::from_bytes(&bytes).expect("a string");
    assert_eq!(matrix_events::from_str::<RoomMessageEventContent>(&text).expect("a content"), content);
    assert!(postcard::from_bytes::<RoomMessageEventContent>(&bytes).is_err());
}

#[derive(Deserialize, Serialize)]
struct Stored {
    position: u64,
    #[serde(flatten)]
    event: AnySyncTimelineEvent,
}

#[test]
fn flattened_event_takes_all_other_keys() {
    let stored = json!({"position": 3, "type": "m.room.topic", "state_key": "", "content": {"topic": "t"}, "x": 1});
    let read: Stored = serde_json::from_value(stored.clone()).expect("an event");
    assert_eq!(read.position, 3);
    assert!(matches!(read.event, AnySyncTimelineEvent::RoomTopic(_)));
    assert_eq!(json!(read), stored);
}

// The feature `raw_value` of serde_json makes this key special for serde_json, and not for this crate.
#[test]
fn key_of_raw_values_is_a_key() {
    let event = json!({"type": "m.room.topic", "state_key": "", "content": {"topic": "t"}}).to_string();
    for value in ["1", "{}", r#""x""#, r#""1e400""#, r#""{}""#] {
        let content = format!(r#"{{"topic":"t","x":{{"$serde_json::private::RawValue":{value}}}}}"#);
        let text = event.replace(r#"{"topic":"t"}"#, &content);
        let read: Vec<AnySyncTimelineEvent> = serde_json::from_str(&format!("[{text}]")).expect("an event");
        assert!(matches!(read[0], AnySyncTimelineEvent::RoomTopic(_)), "{text}");
        assert!(matrix_events::to_string(&read[0])
            .contains(&format!(r#""x":{{"$serde_json::private::RawValue":{value}}}"#)));
        assert!(matrix_events::from_str::<Value>(&text).is_ok());
    }
    assert!(serde_json::from_str::<Value>(r#"{"$serde_json::private::RawValue":"1e400"}"#).is_err());
}
