//! Tests of proposals: their features, and their independence of the types of the specification.

use matrix_events::schema::{self, Kind};
use matrix_events::{
    AnyInitialStateEvent, AnyMessageLikeEvent, AnyStateEvent, AnyStrippedStateEvent, AnySyncStateEvent,
    AnySyncTimelineEvent, AnyTimelineEvent,
};
use matrix_events_codegen::ir::{AnyVariant, Ir, Shape};
use matrix_events_codegen::PROPOSALS;
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::{json, Value};
use spec_tests::spec::{folder, from, read_with_proposals};

fn poll() -> Value {
    json!({
        "type": "org.matrix.msc3381.poll.start", "event_id": "$Rk1V", "sender": "@mira:example.org",
        "origin_server_ts": 1_741_860_298_455_i64, "room_id": "!garden:example.org",
        "content": {"org.matrix.msc3381.poll.start": {
            "question": {"org.matrix.msc1767.text": "Which tomatoes?"}, "answers": [], "org.example.color": "red",
        }},
    })
}

#[test]
fn event_of_a_proposal_is_unknown_without_the_feature_and_lossless_with_both() {
    let event: AnyTimelineEvent = serde_json::from_value(poll()).expect("an event");
    assert_eq!(event.is_unknown(), !cfg!(feature = "unstable"));
    assert_eq!(serde_json::to_value(&event).ok(), Some(poll()));
    let without_poll =
        json!({"type": "org.matrix.msc3381.poll.start", "content": {"org.matrix.msc3381.poll.start": 7}});
    let event: AnySyncTimelineEvent = serde_json::from_value(without_poll.clone()).expect("an event");
    assert_eq!(serde_json::to_value(&event).ok(), Some(without_poll));
}

#[cfg(feature = "unstable")]
#[test]
fn content_of_a_proposal_is_created_validated_and_typed() {
    use matrix_events::poll::unstable_start::{
        UnstablePollAnswer, UnstablePollQuestion, UnstablePollStartContentBlock, UnstablePollStartEventContent,
    };
    use matrix_events::{AnyMessageLikeEventContent, EventContent, MessageLikeEventType};

    let answers = vec![UnstablePollAnswer::new("cherry", "Cherry")];
    let poll = UnstablePollStartContentBlock::new(UnstablePollQuestion::new("Which tomatoes?"), answers);
    let content = UnstablePollStartEventContent::new(poll.into());
    assert!(content.to_json_checked().is_ok());
    let content = AnyMessageLikeEventContent::from(content);
    assert_eq!(content.event_type(), MessageLikeEventType::UnstablePollStart);
    assert_eq!(content.event_type().as_str(), "org.matrix.msc3381.poll.start");
    let invalid = json!({"type": "m.poll.response", "content": {"m.selections": "cherry"}});
    assert!(!matrix_events::is_valid(&invalid));
}

/// Returns an encrypted event with other members.
fn encrypted(members: &Value) -> Value {
    let mut event = json!({
        "event_id": "$Rk1V", "sender": "@mira:example.org", "room_id": "!garden:example.org",
        "origin_server_ts": 1_741_860_298_455_i64, "type": "m.room.encrypted",
        "content": {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AwgCEpAB", "session_id": "Vd2n"},
    });
    let members = members.as_object().cloned().unwrap_or_default();
    event.as_object_mut().expect("an object").extend(members);
    event
}

/// Deserializes an event, and returns the name of the variant after it serialized to equal JSON.
fn variant<T: DeserializeOwned + Serialize + std::fmt::Debug>(event: &Value) -> String {
    let text = event.to_string();
    let read: T = serde_json::from_str(&text).expect("an event");
    assert_eq!(serde_json::to_value(&read).ok().as_ref(), Some(event));
    let shown = format!("{read:?}");
    shown.split('(').next().unwrap_or_default().to_owned()
}

#[test]
fn kind_that_a_proposal_adds_decides_the_variant_with_the_feature() {
    let state = encrypted(&json!({"state_key": "m.room.topic:"}));
    let redacted_because = json!({"redacted_because": {"type": "m.room.redaction", "content": {}}});
    let cases = [
        ("message-like", encrypted(&json!({})), "RoomEncrypted", "RoomEncrypted"),
        ("invalid state key", encrypted(&json!({"state_key": 7})), "RoomEncrypted", "RoomEncrypted"),
        ("state", state.clone(), "StateRoomEncrypted", "Unknown"),
        (
            "malformed state",
            encrypted(&json!({"state_key": "", "content": {"ciphertext": "AwgCEpAB"}})),
            "Malformed",
            "Unknown",
        ),
        ("empty state", encrypted(&json!({"state_key": "", "content": {}})), "Malformed", "Unknown"),
        (
            "redacted state",
            encrypted(&json!({"state_key": "", "content": {}, "unsigned": redacted_because})),
            "Redacted",
            "Unknown",
        ),
        ("redacted message", encrypted(&json!({"content": {}, "unsigned": redacted_because})), "Redacted", "Redacted"),
        ("malformed message", encrypted(&json!({"content": {"ciphertext": 7}})), "Malformed", "Malformed"),
        ("another type", encrypted(&json!({"type": "m.reaction", "state_key": ""})), "Unknown", "Unknown"),
    ];
    for (name, event, with, without) in &cases {
        let expected = if cfg!(feature = "unstable") { *with } else { *without };
        assert_eq!(variant::<AnyTimelineEvent>(event), expected, "{name}");
        assert_eq!(variant::<AnySyncTimelineEvent>(event), expected, "{name}");
        let of_state = event["state_key"].is_string();
        let message = if of_state { "Unknown" } else { *without };
        assert_eq!(variant::<AnyMessageLikeEvent>(event), message, "{name}");
    }
    let expected = if cfg!(feature = "unstable") { "RoomEncrypted" } else { "Unknown" };
    assert_eq!(variant::<AnyStateEvent>(&state), expected);
    assert_eq!(variant::<AnySyncStateEvent>(&state), expected);
    assert_eq!(variant::<AnyStrippedStateEvent>(&state), expected);
    assert_eq!(variant::<AnyInitialStateEvent>(&state), expected);
    let event = schema::event("m.room.encrypted").expect("an event type of the specification");
    assert_eq!(event.kinds.contains(&Kind::State), cfg!(feature = "unstable"));
    assert!(event.kinds.contains(&Kind::MessageLike) && event.kinds.contains(&Kind::ToDevice));
    assert!(matrix_events::is_valid(&state));
}

#[test]
fn encrypted_state_event_converts_between_the_enums() {
    let state = encrypted(&json!({"state_key": "m.room.topic:"}));
    let event: AnyTimelineEvent = serde_json::from_value(state.clone()).expect("an event");
    assert!(event.is_state());
    assert!(event.clone().into_message_like().is_err());
    let as_state = event.clone().into_state().expect("a state event");
    assert_eq!(as_state.is_unknown(), !cfg!(feature = "unstable"));
    assert_eq!(AnyTimelineEvent::from(as_state.clone()), event);
    let sync = event.clone().into_sync();
    assert_eq!(sync.clone().with_room_id("!garden:example.org"), event);
    let sync = sync.into_state().expect("a state event");
    assert_eq!(sync.with_room_id("!garden:example.org"), as_state);
    assert_eq!(serde_json::to_value(event.content()).ok(), Some(state["content"].clone()));
}

#[cfg(feature = "unstable")]
#[test]
fn encrypted_state_has_one_content_for_all_kinds() {
    use matrix_events::room::encrypted::RoomEncryptedEventContent;
    use matrix_events::{
        AnyStateEventContent, AnyTimelineEventContent, InitialStateEvent, StateEvent, StateEventType, TimelineEventType,
    };

    let state = encrypted(&json!({"state_key": "m.room.topic:"}));
    let event: StateEvent<RoomEncryptedEventContent> = serde_json::from_value(state.clone()).expect("an event");
    assert_eq!(event.state_key, "m.room.topic:");
    assert_eq!(serde_json::from_str(&event.to_json_checked().expect("a valid event")).ok(), Some(state));
    assert_eq!(StateEventType::from("m.room.encrypted"), StateEventType::RoomEncrypted);
    assert_eq!(TimelineEventType::from(StateEventType::RoomEncrypted), TimelineEventType::RoomEncrypted);
    let content = AnyStateEventContent::from(event.content.clone());
    assert_eq!(content.event_type(), StateEventType::RoomEncrypted);
    assert!(matches!(AnyTimelineEventContent::from(content), AnyTimelineEventContent::RoomEncrypted(_)));
    let any = AnyTimelineEvent::from(event.clone());
    assert!(matches!(any.content(), AnyTimelineEventContent::RoomEncrypted(_)));
    assert_eq!(StateEvent::try_from(any).ok(), Some(event.clone()));
    let initial = InitialStateEvent::with_empty_state_key(event.content);
    assert!(matches!(AnyInitialStateEvent::from(initial), AnyInitialStateEvent::RoomEncrypted(_)));
}

#[test]
fn proposals_change_no_type_of_the_specification() {
    let mut tree = read_with_proposals(&folder("spec"));
    let mut with_proposals = from(&tree).ir;
    tree.files.retain(|file, _| !file.starts_with(PROPOSALS));
    let without = from(&tree).ir;
    remove_proposals(&mut with_proposals);
    for (path, module) in &without.modules {
        let other = with_proposals.modules.get(path).map(|module| &module.items);
        assert_eq!(other, Some(&module.items), "{}", path.join("::"));
    }
    assert_eq!(with_proposals.events, without.events);
    assert_eq!(with_proposals.any, without.any);
    assert_eq!(with_proposals.contents, without.contents);
}

/// Removes everything that requires the feature of a proposal.
fn remove_proposals(ir: &mut Ir) {
    for module in ir.modules.values_mut() {
        module.items.retain(|item| item.proposal().is_none());
        for item in &mut module.items {
            match &mut item.shape {
                Shape::Struct(shape) => shape.fields.retain(|field| field.docs.proposal.is_none()),
                Shape::Tagged(tagged) => tagged.variants.retain(|variant| variant.docs.proposal.is_none()),
                _ => {}
            }
        }
    }
    ir.events.retain(|event| event.proposal().is_none());
    ir.events.iter_mut().for_each(|event| event.added_kinds.clear());
    let is_kept = |variant: &AnyVariant| variant.proposal.is_none();
    ir.any.iter_mut().for_each(|any| any.variants.retain(is_kept));
    ir.contents.iter_mut().for_each(|contents| contents.variants.retain(is_kept));
}
