//! The rules for incoming streams.

use matrix_events::voip::{Decision, IgnoreReason, Muted, Purpose, RemoteParty, StreamSupport};
use serde_json::{json, Value};

use super::{absent, both, both_described, caller, changed, id, invite, log, mira, negotiate, sdp, used};

#[test]
fn listed_stream_with_a_known_purpose_is_used() {
    let party = caller(&both(), &both_described());
    assert_eq!(used(&party), [("camera", Purpose::UserMedia), ("screen", Purpose::ScreenShare)]);
}

#[test]
fn unlisted_stream_is_ignored() {
    let party = caller(&both(), &json!({"camera": {"purpose": "m.usermedia"}}));
    assert_eq!(used(&party), [("camera", Purpose::UserMedia)]);
    let screen = party.streams().decision("screen").and_then(|decision| decision.ignored());
    assert_eq!(screen, Some(IgnoreReason::NotListed { stream: &id("screen"), listed: 1 }));
    assert_eq!(party.streams().decision("unknown"), None);
}

#[test]
fn empty_metadata_ignores_every_stream() {
    let party = caller(&both(), &json!({}));
    assert_eq!((used(&party), party.support()), (vec![], StreamSupport::Many));
    assert_eq!(log(&party)[0], r#"stream "camera" is ignored: the metadata lists no streams"#);
}

#[test]
fn stream_with_an_unknown_purpose_is_ignored() {
    let party = caller(&both(), &json!({"camera": {"purpose": "m.\n"}, "screen": {"purpose": "m.screenshare"}}));
    assert_eq!(used(&party), [("screen", Purpose::ScreenShare)]);
    let camera = party.streams().decisions().next();
    let reason = IgnoreReason::UnknownPurpose { stream: &id("camera"), purpose: "m.\n" };
    assert_eq!(camera, Some(Decision::Ignore(reason)));
    assert_eq!(log(&party)[0], r#"stream "camera" is ignored: unknown purpose "m.\n""#);
}

#[test]
fn absent_metadata_uses_the_first_stream_only() {
    let party = caller(&both(), &absent());
    assert_eq!((used(&party), party.support()), (vec![("camera", Purpose::UserMedia)], StreamSupport::One));
    let reason = party.streams().decision("screen").and_then(|decision| decision.ignored());
    assert_eq!(reason, Some(IgnoreReason::NotTheFirst { stream: &id("screen"), first: &id("camera") }));
    assert_eq!(
        log(&party)[1],
        r#"stream "screen" is ignored: the remote party does not describe its streams, and the first stream is "camera""#
    );
}

#[test]
fn absent_metadata_keeps_the_used_stream_while_it_is_sent() {
    let mut party = caller(&both(), &absent());
    let mut renegotiated = |lines: &[&str]| {
        party.negotiate((&mira(), &negotiate(&sdp(lines), &absent()))).expect("an event of the party");
        used(&party).into_iter().map(|(stream, _)| stream.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(renegotiated(&["msid:new 9", "msid:camera 1"]), ["camera"]);
    assert_eq!(renegotiated(&["msid:new 9", "msid:other 8"]), ["new"]);
    assert!(renegotiated(&["recvonly"]).is_empty());
}

#[test]
fn absent_mute_flags_are_false() {
    let muted = |flags: Value| {
        let mut metadata = json!({"camera": flags});
        metadata["camera"]["purpose"] = "m.usermedia".into();
        let party = caller(&both(), &metadata);
        let muted = party.streams().used().next().map(|used| used.muted);
        muted.expect("the camera is used")
    };
    assert_eq!(muted(json!({})), Muted { audio: false, video: false });
    assert_eq!(muted(json!({"audio_muted": "yes"})), Muted::default());
    assert_eq!(muted(json!({"audio_muted": true, "video_muted": false})), Muted { audio: true, video: false });
    assert_eq!(muted(json!({"video_muted": true})), Muted { audio: false, video: true });
}

#[test]
fn muted_video_is_hidden_and_muted_audio_stays_on() {
    let camera = json!({"purpose": "m.usermedia", "audio_muted": true, "video_muted": true, "org.example.tilt": 3});
    let party = caller(&both(), &json!({"camera": camera}));
    let camera = party.streams().used().next().expect("the camera is used");
    assert_eq!(camera.mute_locally(), Muted { audio: false, video: true });
    assert_eq!(log(&party)[0], r#"stream "camera" is used as user media, audio and video muted"#);
    assert_eq!(camera.metadata.and_then(|metadata| metadata.extra.get("org.example.tilt")), Some(&json!(3)));
}

#[test]
fn invalid_metadata_is_not_absent_metadata() {
    for metadata in [json!(null), json!("x"), json!([both_described()]), json!(7)] {
        let party = caller(&both(), &metadata);
        assert_eq!((used(&party), party.support()), (vec![], StreamSupport::Many), "{metadata}");
    }
    for entry in [json!({}), json!({"purpose": 5}), json!(null), json!("m.usermedia")] {
        let metadata = json!({"camera": entry, "screen": {"purpose": "m.screenshare"}});
        let mut party = caller(&both(), &metadata);
        let expected = IgnoreReason::UnreadableMetadata { stream: &id("camera"), found: &entry };
        for _ in 0..2 {
            assert_eq!(used(&party), [("screen", Purpose::ScreenShare)]);
            assert_eq!(party.streams().decisions().next(), Some(Decision::Ignore(expected)));
            party.change_metadata((&mira(), &changed(&metadata))).expect("an event of the party");
        }
    }
}

#[test]
fn metadata_under_its_unstable_name_gives_equal_decisions() {
    let old = |metadata: &Value| {
        let json = matrix_events::to_string(&invite(&both(), metadata));
        let content = json.replace("sdp_stream_metadata", "org.matrix.msc3077.sdp_stream_metadata");
        RemoteParty::from_invite((&mira(), &matrix_events::from_str(&content).expect("an invite")))
    };
    let entry = json!({"purpose": 5});
    let invalid = [
        json!(null),
        json!([]),
        json!({"camera": entry}),
        json!({"camera": entry, "screen": {"purpose": "m.screenshare"}}),
    ];
    for metadata in invalid.into_iter().chain([both_described()]) {
        let (new, old) = (caller(&both(), &metadata), old(&metadata));
        assert_eq!((log(&old), old.support()), (log(&new), new.support()), "{metadata}");
    }
}
