//! The effect of later events on the streams of a party.

use matrix_events::call::answer::CallAnswerEventContent;
use matrix_events::call::invite::CallInviteEventContent;
use matrix_events::call::negotiate::CallNegotiateEventContent;
use matrix_events::call::sdp_stream_metadata_changed::CallSdpStreamMetadataChangedEventContent;
use matrix_events::voip::{PartyMismatchError, Purpose, RemoteParty, StreamSupport};
use matrix_events::{RoomEvent, UserId};
use serde_json::{json, Value};

use super::{absent, both, both_described, caller, changed, invite, log, mira, negotiate, sdp, used};

#[test]
fn metadata_of_the_first_event_decides_the_support() {
    let mut party = caller(&both(), &absent());
    party.negotiate((&mira(), &negotiate(&both(), &both_described()))).expect("an event of the party");
    party.change_metadata((&mira(), &changed(&json!({})))).expect("an event of the party");
    assert_eq!((used(&party), party.support()), (vec![("camera", Purpose::UserMedia)], StreamSupport::One));

    let mut party = caller(&both(), &json!({}));
    party.negotiate((&mira(), &negotiate(&both(), &absent()))).expect("an event of the party");
    assert_eq!((used(&party), party.support()), (vec![], StreamSupport::Many));
}

#[test]
fn later_metadata_replaces_earlier_metadata() {
    let mut party = caller(&both(), &both_described());
    let screen_only = json!({"screen": {"purpose": "m.usermedia"}});
    party.change_metadata((&mira(), &changed(&screen_only))).expect("an event of the party");
    assert_eq!(used(&party), [("screen", Purpose::UserMedia)]);
    party.negotiate((&mira(), &negotiate(&both(), &both_described()))).expect("an event of the party");
    assert_eq!(used(&party), [("camera", Purpose::UserMedia), ("screen", Purpose::ScreenShare)]);
}

#[test]
fn later_session_description_replaces_the_earlier_one() {
    let mut party = caller(&both(), &both_described());
    let later = sdp(&["msid:screen 3", "msid:new 4"]);
    party.negotiate((&mira(), &negotiate(&later, &both_described()))).expect("an event of the party");
    assert_eq!(used(&party), [("screen", Purpose::ScreenShare)]);
    assert_eq!(log(&party).len(), 2);
}

#[test]
fn renegotiation_without_metadata_keeps_the_metadata() {
    let mut party = caller(&sdp(&["msid:camera 1"]), &both_described());
    party.negotiate((&mira(), &negotiate(&both(), &absent()))).expect("an event of the party");
    assert_eq!(used(&party), [("camera", Purpose::UserMedia), ("screen", Purpose::ScreenShare)]);
}

#[test]
fn metadata_under_its_unstable_name_is_used() {
    let unstable = |content: Value| {
        let mut content = content;
        let metadata = content.as_object_mut().and_then(|content| content.remove("sdp_stream_metadata"));
        content["org.matrix.msc3077.sdp_stream_metadata"] = metadata.expect("the content has metadata");
        content
    };
    let value = serde_json::to_value(invite(&both(), &both_described())).expect("JSON");
    let invite: CallInviteEventContent = serde_json::from_value(unstable(value)).expect("an invite");
    let mut party = RemoteParty::from_invite((&mira(), &invite));
    assert_eq!(party.support(), StreamSupport::Many);
    assert_eq!(used(&party), [("camera", Purpose::UserMedia), ("screen", Purpose::ScreenShare)]);
    let value = serde_json::to_value(changed(&json!({"screen": {"purpose": "m.usermedia"}}))).expect("JSON");
    let changed: CallSdpStreamMetadataChangedEventContent = serde_json::from_value(unstable(value)).expect("a content");
    party.change_metadata((&mira(), &changed)).expect("an event of the party");
    assert_eq!(used(&party), [("screen", Purpose::UserMedia)]);
}

#[test]
fn event_of_another_call_user_or_party_is_refused() {
    let party = caller(&both(), &both_described());
    let refusal = |user: &UserId, key: &str, value: Value| {
        let mut later = party.clone();
        let mut event = serde_json::to_value(negotiate("", &json!({}))).expect("JSON");
        event[key] = value.clone();
        let event: CallNegotiateEventContent = serde_json::from_value(event).expect("the content of an event");
        let refusal = later.negotiate((user, &event)).expect_err("an event of another party");
        let mut event = serde_json::to_value(changed(&json!({}))).expect("JSON");
        event[key] = value;
        let event: CallSdpStreamMetadataChangedEventContent = serde_json::from_value(event).expect("a content");
        assert_eq!(later.change_metadata((user, &event)), Err(refusal.clone()));
        assert_eq!(later, party);
        refusal
    };
    let other = UserId::new("@lev:example.org");
    assert_eq!(refusal(&mira(), "call_id", json!("c2")), PartyMismatchError::OtherCall { call_id: "c2".into() });
    assert_eq!(refusal(&other, "lifetime", json!(1)), PartyMismatchError::OtherUser { user_id: Some(other.clone()) });
    assert_eq!(
        refusal(&mira(), "party_id", json!("p2")),
        PartyMismatchError::OtherParty { party_id: Some("p2".into()) }
    );
    let none = refusal(&mira(), "party_id", json!(null));
    assert_eq!(none.to_string(), "expected an event of the remote party, found no `party_id`");
}

#[test]
fn call_of_version_0_has_one_stream_and_no_party_id() {
    let answer = json!({"call_id": "c1", "version": 0, "answer": {"type": "answer", "sdp": both()}});
    let answer: CallAnswerEventContent = serde_json::from_value(answer).expect("an answer");
    let mut party = RemoteParty::from_answer((&mira(), &answer));
    assert!(party.is_version_0());
    assert_eq!((party.party_id(), party.support()), (None, StreamSupport::One));
    assert_eq!(used(&party), [("camera", Purpose::UserMedia)]);
    let refused = party.change_metadata((&mira(), &changed(&json!({}))));
    assert_eq!(refused, Err(PartyMismatchError::OtherParty { party_id: Some("p1".into()) }));
    for version in [json!("0"), json!(1), json!("2-beta")] {
        let mut answer = serde_json::to_value(&answer).expect("JSON");
        answer["version"] = version.clone();
        let answer: CallAnswerEventContent = serde_json::from_value(answer).expect("an answer");
        assert!(!RemoteParty::from_answer((&mira(), &answer)).is_version_0(), "{version}");
    }
}

#[test]
fn every_form_of_an_event_gives_the_same_party() {
    let event = RoomEvent::new(invite(&both(), &both_described()), "$a", mira(), 1, "!calls:example.org");
    let boxed = Box::new(event.clone());
    let sync = event.clone().into_sync();
    let expected = caller(&both(), &both_described());
    assert_eq!(
        (expected.user_id(), expected.call_id(), expected.party_id()),
        (Some(&mira()), &"c1".into(), Some(&"p1".into()))
    );
    assert_eq!(RemoteParty::from_invite(&event), expected);
    assert_eq!(RemoteParty::from_invite(&boxed), expected);
    assert_eq!(RemoteParty::from_invite(&sync), expected);
    assert_eq!(RemoteParty::from_invite(&Box::new(sync)), expected);
}
