//! The examples in the documentation of methods that macros define.
//!
//! A doctest is a program, and compiling a program takes time. Each example is therefore in the documentation of one type.

/// Expands to the example of a method, or to an empty string.
#[macro_export]
#[doc(hidden)]
macro_rules! example {
    (StateEvent to_json_checked) => {
        r##"
```
use matrix_events::{room::name::RoomNameEventContent, StateEvent};

let content = RoomNameEventContent::new("Lobby");
let mut event = StateEvent::new(content, "$Rk1V", "@mira:example.org", 1_741_860_298_455, "!calls:example.org", String::new());
assert!(event.to_json_checked().is_ok());

event.sender = Some("@mira".into());
let report = event.to_json_checked().unwrap_err();
assert_eq!(report.violations()[0].message(), "invalid user ID `@mira`: expected `:` and a server name");
```"##
    };
    (RoomEvent into_sync) => {
        r##"
```
use matrix_events::room::message::{RoomMessageEventContent, TextMessageEventContent};
use matrix_events::RoomEvent;

let content = RoomMessageEventContent::from(TextMessageEventContent::new("Hi"));
let event = RoomEvent::new(content, "$Rk1V", "@mira:example.org", 1_741_860_298_455, "!calls:example.org");
assert_eq!(event.clone().into_sync().with_room_id("!calls:example.org"), event);
```"##
    };
    (SyncRoomEvent with_room_id) => {
        r##"
```
use matrix_events::room::message::{RoomMessageEventContent, TextMessageEventContent};
use matrix_events::SyncRoomEvent;

let content = RoomMessageEventContent::from(TextMessageEventContent::new("Hi"));
let event = SyncRoomEvent::new(content, "$Rk1V", "@mira:example.org", 1_741_860_298_455);
assert_eq!(event.with_room_id("!calls:example.org").room_id.as_ref().map(|id| id.as_str()), Some("!calls:example.org"));
```"##
    };
    (AnySyncTimelineEvent event_type) => {
        r##"
```
use matrix_events::AnySyncTimelineEvent;

let event: AnySyncTimelineEvent = matrix_events::from_str(
    r#"{"type": "m.room.topic", "event_id": "$Rk1V", "sender": "@mira:example.org", "state_key": "",
        "origin_server_ts": 1741860298455, "content": {"topic": "Seedlings"}}"#,
)?;
assert_eq!(event.event_type(), "m.room.topic");
assert_eq!((event.event_id(), event.sender()), (Some("$Rk1V"), Some("@mira:example.org")));
assert_eq!((event.room_id(), event.state_key()), (None, Some("")));
assert_eq!(event.origin_server_ts(), Some(1_741_860_298_455));
# Ok::<(), matrix_events::Error>(())
```"##
    };
    (AnyMessageLikeEventContent from_parts) => {
        r##"
```
use matrix_events::{AnyMessageLikeEventContent, MessageLikeEventType};

let content = AnyMessageLikeEventContent::from_parts("m.room.message", r#"{"msgtype": "m.text", "body": "Hi"}"#)?;
assert!(matches!(content, AnyMessageLikeEventContent::RoomMessage(_)));
assert_eq!(content.event_type(), MessageLikeEventType::RoomMessage);
# Ok::<(), matrix_events::Error>(())
```"##
    };
    (AnyStateEventContent event_type) => {
        r##"
```
use matrix_events::room::topic::RoomTopicEventContent;
use matrix_events::AnyStateEventContent;

let content = AnyStateEventContent::from(RoomTopicEventContent::new("Seedlings"));
let path = format!("/_matrix/client/v3/rooms/!garden:example.org/state/{}/", content.event_type());
assert!(path.ends_with("/state/m.room.topic/"));
assert_eq!(serde_json::to_string(&content)?, r#"{"topic":"Seedlings"}"#);
# Ok::<(), serde_json::Error>(())
```"##
    };
    (AnySyncTimelineEvent content) => {
        r##"
```
use matrix_events::{AnySyncTimelineEvent, AnyTimelineEventContent, TimelineEventType};

let event: AnySyncTimelineEvent = matrix_events::from_str(
    r#"{"type": "m.room.topic", "event_id": "$Rk1V", "sender": "@mira:example.org", "state_key": "",
        "origin_server_ts": 1741860298455, "content": {"topic": "Seedlings"}}"#,
)?;
let content = event.content();
assert!(matches!(content, AnyTimelineEventContent::RoomTopic(_)));
assert_eq!(content.event_type(), TimelineEventType::RoomTopic);
# Ok::<(), matrix_events::Error>(())
```"##
    };
    (AnySyncTimelineEvent into_message_like) => {
        r##"
```
use matrix_events::{AnySyncMessageLikeEvent, AnySyncTimelineEvent};

let event: AnySyncTimelineEvent = matrix_events::from_str(
    r#"{"type": "m.room.message", "event_id": "$Rk1V", "sender": "@mira:example.org",
        "origin_server_ts": 1741860298455, "content": {"msgtype": "m.text", "body": "Hi"}}"#,
)?;
let message = event.into_message_like().expect("the event has no state key");
assert!(matches!(message, AnySyncMessageLikeEvent::RoomMessage(_)));
# Ok::<(), matrix_events::Error>(())
```"##
    };
    (AnySyncTimelineEvent transaction_id) => {
        r##"
```
use matrix_events::AnySyncTimelineEvent;

let event: AnySyncTimelineEvent = matrix_events::from_str(
    r#"{"type": "m.room.message", "content": {"msgtype": "m.text", "body": "Hi"}, "unsigned": {"transaction_id": "m17"}}"#,
)?;
assert_eq!(event.transaction_id(), Some("m17"));
# Ok::<(), matrix_events::Error>(())
```"##
    };
    (AnySyncTimelineEvent is_redacted) => {
        r##"
```
use matrix_events::AnySyncTimelineEvent;

let event: AnySyncTimelineEvent = matrix_events::from_str(
    r#"{"type": "m.room.member", "state_key": "@lev:example.org", "content": {"membership": "leave"},
        "unsigned": {"redacted_because": {"type": "m.room.redaction", "content": {}}}}"#,
)?;
assert!(event.is_redacted());
// The content of a state event is still the state of the room.
assert!(matches!(event, AnySyncTimelineEvent::RoomMember(_)));
# Ok::<(), matrix_events::Error>(())
```"##
    };
    (AnySyncTimelineEvent redacted_because) => {
        r##"
```
use matrix_events::AnySyncTimelineEvent;

let event: AnySyncTimelineEvent = matrix_events::from_str(
    r#"{"type": "m.room.message", "content": {}, "unsigned": {"redacted_because": {
        "type": "m.room.redaction", "sender": "@mod:example.org", "content": {"reason": "spam"}}}}"#,
)?;
assert!(matches!(event, AnySyncTimelineEvent::Redacted(_)));
assert_eq!(event.redacted_because().expect("it was redacted")["content"]["reason"], "spam");
# Ok::<(), matrix_events::Error>(())
```"##
    };
    (AnySyncTimelineEvent content_json) => {
        r##"
```
use matrix_events::AnySyncTimelineEvent;

let event: AnySyncTimelineEvent = matrix_events::from_str(r#"{"type": "org.example.poll", "content": {"answer": 42}}"#)?;
assert_eq!(event.content_json()["answer"], 42);
# Ok::<(), matrix_events::Error>(())
```"##
    };
    (AnySyncTimelineEvent invalid_fields) => {
        r##"
```
use matrix_events::AnySyncTimelineEvent;

let event: AnySyncTimelineEvent = matrix_events::from_str(
    r#"{"type": "m.room.message", "content": {"msgtype": "m.text", "body": "Hi", "format": 7}, "origin_server_ts": "now"}"#,
)?;
let pointers: Vec<String> = event.invalid_fields().into_iter().map(|field| field.pointer).collect();
assert_eq!(pointers, ["/content/format", "/origin_server_ts"]);
# Ok::<(), matrix_events::Error>(())
```"##
    };
    (AnySyncTimelineEvent to_json_checked) => {
        r##"
```
use matrix_events::AnySyncTimelineEvent;

let event: AnySyncTimelineEvent = matrix_events::from_str(
    r#"{"type": "m.room.name", "state_key": "", "event_id": "$Rk1V", "origin_server_ts": 1741860298455,
        "content": {"name": "Lobby"}}"#,
)?;
let report = event.to_json_checked().unwrap_err();
assert_eq!(report.violations()[0].message(), "required property `sender` is missing");
# Ok::<(), matrix_events::Error>(())
```"##
    };
    (AnySyncTimelineEvent is_unknown) => {
        r##"
```
use matrix_events::AnySyncTimelineEvent;

let event: AnySyncTimelineEvent = matrix_events::from_str(r#"{"type": "org.example.poll", "content": {"answer": 42}}"#)?;
assert!(event.is_unknown());
# Ok::<(), matrix_events::Error>(())
```"##
    };
    (AnySyncTimelineEvent into_state) => {
        r##"
```
use matrix_events::{AnySyncStateEvent, AnySyncTimelineEvent};

let event: AnySyncTimelineEvent =
    matrix_events::from_str(r#"{"type": "m.room.topic", "state_key": "", "content": {"topic": "Seedlings"}}"#)?;
assert!(matches!(event.into_state(), Ok(AnySyncStateEvent::RoomTopic(_))));

let event: AnySyncTimelineEvent =
    matrix_events::from_str(r#"{"type": "m.room.message", "content": {"msgtype": "m.text", "body": "Hi"}}"#)?;
assert!(event.into_state().is_err());
# Ok::<(), matrix_events::Error>(())
```"##
    };
    (AnyTimelineEvent into_sync) => {
        r##"
```
use matrix_events::AnyTimelineEvent;

let event: AnyTimelineEvent = matrix_events::from_str(
    r#"{"type": "m.room.topic", "state_key": "", "room_id": "!garden:example.org", "content": {"topic": "Seedlings"}}"#,
)?;
assert_eq!(event.clone().into_sync().room_id(), None);
assert_eq!(event.clone().into_sync().with_room_id("!garden:example.org"), event);
# Ok::<(), matrix_events::Error>(())
```"##
    };
    (AnySyncTimelineEvent with_room_id) => {
        r##"
```
use matrix_events::AnySyncTimelineEvent;

let event: AnySyncTimelineEvent =
    matrix_events::from_str(r#"{"type": "m.room.topic", "state_key": "", "content": {"topic": "Seedlings"}}"#)?;
assert_eq!(event.with_room_id("!garden:example.org").room_id(), Some("!garden:example.org"));
# Ok::<(), matrix_events::Error>(())
```"##
    };
    (AnyDecryptedOlmEvent event_type) => {
        r##"
```
use matrix_events::AnyDecryptedOlmEvent;

let plaintext = r#"{"type": "m.secret.send", "content": {"request_id": "r1", "secret": "c2VjcmV0"}, "sender": "@mira:example.org",
    "keys": {"ed25519": "k1"}, "recipient": "@lev:example.org", "recipient_keys": {"ed25519": "k2"}}"#;
let event: AnyDecryptedOlmEvent = matrix_events::from_str(plaintext)?;
assert_eq!(event.event_type(), "m.secret.send");
let AnyDecryptedOlmEvent::SecretSend(event) = event else { panic!("{event:?}") };
assert_eq!((event.recipient.as_str(), event.recipient_keys.ed25519.as_str()), ("@lev:example.org", "k2"));
# Ok::<(), matrix_events::Error>(())
```"##
    };
    (AnyDecryptedMegolmEvent event_type) => {
        r##"
```
use matrix_events::AnyDecryptedMegolmEvent;

let plaintext = r#"{"type": "m.room.message", "room_id": "!garden:example.org", "content": {"msgtype": "m.text", "body": "Hi"}}"#;
let event: AnyDecryptedMegolmEvent = matrix_events::from_str(plaintext)?;
assert_eq!((event.event_type(), event.room_id()), ("m.room.message", Some("!garden:example.org")));
# Ok::<(), matrix_events::Error>(())
```"##
    };
    (AnyEdu edu_type) => {
        r##"
```
use matrix_events::AnyEdu;

let edu: AnyEdu = matrix_events::from_str(
    r#"{"edu_type": "m.typing", "content": {"room_id": "!r:example.org", "user_id": "@mira:example.org", "typing": true}}"#,
)?;
assert_eq!(edu.edu_type(), "m.typing");
# Ok::<(), matrix_events::Error>(())
```"##
    };
    ($name:ident $method:ident) => {
        ""
    };
}
