//! The rules for outgoing streams.

use matrix_events::call::answer::CallAnswerEventContent;
use matrix_events::voip::{CannotSend, Muted, OutgoingStreams, Purpose, RemoteParty, StreamSupport};
use serde_json::json;

use super::{absent, answer, both, caller, changed, id, invite, mira, negotiate, sdp, used};

#[test]
fn second_stream_for_a_peer_without_metadata_is_refused() {
    let mut ours = OutgoingStreams::with_peer_support(caller(&both(), &absent()).support());
    ours.add(id("ours"), Purpose::UserMedia).expect("the first");
    let refused = ours.add(id("second"), Purpose::ScreenShare).expect_err("the second");
    assert_eq!(refused, CannotSend::SecondStream { stream: id("second"), first: id("ours") });
    assert_eq!(
        refused.to_string(),
        r#"failed to add stream "second": the peer supports one stream, and "ours" was already added"#
    );
    assert!(ours.remove(&id("ours")) && !ours.remove(&id("ours")));
    ours.add(id("second"), Purpose::ScreenShare).expect("the only stream");

    let mut ours = OutgoingStreams::with_peer_support(caller(&both(), &json!({})).support());
    ours.add(id("ours"), Purpose::UserMedia).expect("the first");
    ours.add(id("second"), Purpose::ScreenShare).expect("the party supports several streams");
    assert_eq!(ours.add(id("ours"), Purpose::UserMedia), Err(CannotSend::Twice { stream: id("ours") }));
}

#[test]
fn answer_without_metadata_stops_the_other_streams() {
    let offered = || {
        let mut ours = OutgoingStreams::new();
        ours.add(id("camera"), Purpose::UserMedia).expect("no answer yet");
        ours.add(id("screen"), Purpose::ScreenShare).expect("no answer yet");
        ours
    };
    let mut ours = offered();
    let party = RemoteParty::from_answer((&mira(), &answer(&sdp(&["msid:theirs 1"]), &absent())));
    assert_eq!(ours.update_peer_support(party.support()), ["screen"]);
    assert_eq!(ours.streams().map(|(stream, ..)| stream.as_str()).collect::<Vec<_>>(), ["camera"]);
    assert!(ours.add(id("screen"), Purpose::ScreenShare).is_err());

    let mut ours = offered();
    let party = RemoteParty::from_answer((&mira(), &answer(&sdp(&["msid:theirs 1"]), &json!({}))));
    assert!(ours.update_peer_support(party.support()).is_empty());
    assert_eq!(ours.streams().count(), 2);
}

#[test]
fn description_lists_every_stream() {
    let mut ours = OutgoingStreams::with_peer_support(StreamSupport::One);
    let mut content = invite(&sdp(&["recvonly"]), &absent());
    ours.describe_in(&mut content).expect("no stream in the session description");
    assert_eq!(serde_json::to_value(&content).expect("JSON")["sdp_stream_metadata"], json!({}));

    ours = OutgoingStreams::new();
    ours.add(id("camera"), Purpose::UserMedia).expect("the first");
    ours.add(id("screen"), Purpose::ScreenShare).expect("the second");
    ours.mute(&id("camera"), Muted { audio: true, video: false }).expect("a stream");
    let mut content = changed(&json!({}));
    ours.describe_in(&mut content).expect("no session description");
    let expected = json!({
        "camera": {"purpose": "m.usermedia", "audio_muted": true, "video_muted": false},
        "screen": {"purpose": "m.screenshare", "audio_muted": false, "video_muted": false},
    });
    assert_eq!(serde_json::to_value(&content).expect("JSON")["sdp_stream_metadata"], expected);
    assert_eq!(ours.mute(&id("x"), Muted::default()), Err(CannotSend::NotAdded { stream: id("x") }));
}

#[test]
fn undescribed_stream_of_a_session_description_is_an_error() {
    let mut ours = OutgoingStreams::new();
    ours.add(id("camera"), Purpose::UserMedia).expect("the first");
    let mut content = invite(&both(), &absent());
    assert_eq!(ours.describe_in(&mut content), Err(CannotSend::NotAdded { stream: id("screen") }));
    assert_eq!(content, invite(&both(), &absent()));
    let mut content = answer(&both(), &absent());
    assert!(ours.describe_in(&mut content).is_err() && ours.describe_in(&mut negotiate(&both(), &absent())).is_err());
    ours.add(id("screen"), Purpose::ScreenShare).expect("the second");
    ours.describe_in(&mut content).expect("both are described");
    let party = RemoteParty::from_answer((&mira(), &content));
    assert_eq!(used(&party), [("camera", Purpose::UserMedia), ("screen", Purpose::ScreenShare)]);
}

#[test]
fn description_replaces_invalid_metadata() {
    for name in ["sdp_stream_metadata", "org.matrix.msc3077.sdp_stream_metadata"] {
        for before in [json!({"old": {"purpose": 7}, "older": {"purpose": "m.usermedia"}}), json!(["invalid"])] {
            let text = matrix_events::to_string(&answer(&sdp(&[]), &before)).replace("sdp_stream_metadata", name);
            let mut content = matrix_events::from_str::<CallAnswerEventContent>(&text).expect("an answer");
            OutgoingStreams::new().describe_in(&mut content).expect("no stream in the session description");
            let described = matrix_events::to_string(&content);
            assert!(!described.contains("old") && !described.contains("invalid"), "{described}");
        }
    }
}
