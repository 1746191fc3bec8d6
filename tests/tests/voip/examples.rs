//! The examples of the specification: one call, from the invite to a change of metadata.

use matrix_events::voip::{Muted, Purpose, RemoteParty, StreamSupport};
use matrix_events::AnyTimelineEvent;
use serde_json::Value;
use spec_tests::spec;

use super::{log, mira, used};

/// Returns an example as a timeline event.
fn example(event_type: &str) -> AnyTimelineEvent {
    let mut found = spec::output().examples.iter().filter(|example| example.event_type == event_type);
    let example = found.next().unwrap_or_else(|| panic!("no example of {event_type}"));
    serde_json::from_value(example.value.clone()).expect("an event")
}

/// Returns an example with another value of a field of the content.
fn example_with(event_type: &str, key: &str, value: Value) -> AnyTimelineEvent {
    let mut event = serde_json::to_value(example(event_type)).expect("JSON");
    event["content"][key] = value;
    serde_json::from_value(event).expect("an event")
}

fn caller() -> RemoteParty {
    match example("m.call.invite") {
        AnyTimelineEvent::CallInvite(invite) => RemoteParty::from_invite(&invite),
        other => panic!("{other:?} is no invite"),
    }
}

#[test]
fn invite_uses_camera_and_screen() {
    let caller = caller();
    assert_eq!(caller.support(), StreamSupport::Many);
    assert_eq!(used(&caller), [("8140927536", Purpose::UserMedia), ("5527403918", Purpose::ScreenShare)]);
    assert!(caller.streams().streamless_tracks().is_empty());
}

#[test]
fn answer_uses_camera_and_screen() {
    let callee = match example("m.call.answer") {
        AnyTimelineEvent::CallAnswer(answer) => RemoteParty::from_answer(&answer),
        other => panic!("{other:?} is no answer"),
    };
    assert_eq!(used(&callee), [("6091738254", Purpose::UserMedia), ("3386150472", Purpose::ScreenShare)]);
    assert!(callee.streams().streamless_tracks().is_empty());
}

#[test]
fn negotiation_replaces_the_screen() {
    let mut caller = caller();
    match example("m.call.negotiate") {
        AnyTimelineEvent::CallNegotiate(event) => caller.negotiate(&event).expect("an event of the caller"),
        other => panic!("{other:?} is no negotiation"),
    }
    assert_eq!(used(&caller), [("8140927536", Purpose::UserMedia), ("9465012387", Purpose::ScreenShare)]);
    assert!(caller.streams().streamless_tracks().is_empty());
}

#[test]
fn changed_metadata_mutes_the_camera_and_ignores_the_screen() {
    let mut caller = caller();
    match example("m.call.sdp_stream_metadata_changed") {
        AnyTimelineEvent::CallSdpStreamMetadataChanged(event) => {
            caller.change_metadata(&event).expect("an event of the caller")
        }
        other => panic!("{other:?} is no change of metadata"),
    }
    assert_eq!(
        log(&caller),
        [
            r#"stream "8140927536" is used as user media, audio muted"#,
            r#"stream "5527403918" is ignored: the metadata lists only 1 other stream"#
        ]
    );
    let muted = caller.streams().used().next().map(|used| (used.muted, used.mute_locally()));
    assert_eq!(muted, Some((Muted { audio: true, video: false }, Muted::default())));
}

#[test]
fn negotiation_of_another_device_is_refused() {
    let mut caller = caller();
    assert_eq!(caller.user_id(), Some(&mira()));
    match example_with("m.call.negotiate", "party_id", "RDLMCZPEKU".into()) {
        AnyTimelineEvent::CallNegotiate(event) => assert!(caller.negotiate(&event).is_err()),
        other => panic!("{other:?} is no negotiation"),
    }
    assert_eq!(caller, self::caller());
}
