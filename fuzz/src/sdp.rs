//! Parses session descriptions and metadata from any bytes.

use std::collections::BTreeSet;

use matrix_events::call::invite::CallInviteEventContent;
use matrix_events::call::negotiate::CallNegotiateEventContent;
use matrix_events::voip::{Decision, RemoteParty, SessionStreams, StreamSupport};
use matrix_events::UserId;
use serde::de::DeserializeOwned;
use serde_json::{json, Value};

/// Checks that every stream has one decision, that only listed streams are used, and that one stream is used without metadata. A
/// renegotiation with an equal text must not change the party.
///
/// The bytes before the first NUL byte are the session description, and the bytes after it are the metadata.
pub fn sdp(bytes: &[u8]) {
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let text = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
    let metadata: Option<Value> = parts.next().map(|metadata| {
        serde_json::from_slice(metadata).unwrap_or_else(|_| Value::from(String::from_utf8_lossy(metadata)))
    });
    let mira = UserId::new("@mira:example.org");
    let offer = json!({"type": "offer", "sdp": text});
    let invite: CallInviteEventContent = content("offer", &offer, metadata.as_ref());
    let mut party = RemoteParty::from_invite((&mira, &invite));
    decided(&party, &text, metadata.as_ref());

    let negotiate: CallNegotiateEventContent = content("description", &offer, metadata.as_ref());
    let before = party.clone();
    party.negotiate((&mira, &negotiate)).expect("an event of the same party");
    assert_eq!(before, party);
}

fn content<C: DeserializeOwned>(key: &str, description: &Value, metadata: Option<&Value>) -> C {
    let mut content = json!({"call_id": "c1", "party_id": "p1", "version": "1", "lifetime": 1, key: description});
    if let Some(metadata) = metadata {
        content["sdp_stream_metadata"] = metadata.clone();
    }
    serde_json::from_value(content).expect("the content of an event")
}

fn decided(party: &RemoteParty, text: &str, metadata: Option<&Value>) {
    let session = SessionStreams::read(text);
    let streams: BTreeSet<&str> = session.streams().iter().map(|stream| stream.as_str()).collect();
    assert_eq!(streams.len(), session.streams().len(), "a stream is listed twice");
    let decisions: Vec<Decision<'_>> = party.streams().decisions().collect();
    assert_eq!(decisions.len(), streams.len());
    for decision in &decisions {
        assert_eq!(party.streams().decision(decision.stream().as_str()).as_ref(), Some(decision));
        assert!(!decision.to_string().contains(char::is_control), "{decision}");
    }
    for track in session.streamless_tracks() {
        assert!(!track.to_string().contains(char::is_control), "{track}");
    }
    for used in party.streams().used() {
        let is_listed = |metadata: &Value| metadata.get(used.stream.as_str()).is_some();
        assert!(metadata.is_none_or(is_listed), "{:?} is used, but not listed", used.stream);
    }
    match metadata {
        Some(_) => assert_eq!(party.support(), StreamSupport::Many),
        None => assert_eq!(party.streams().used().count(), streams.len().min(1)),
    }
}
