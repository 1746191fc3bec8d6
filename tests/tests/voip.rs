//! Calls with several streams: the rules of the module `matrix_events::voip`, the examples of the specification, and properties
//! for any session description and metadata.

#[path = "voip/events.rs"]
mod events;
#[path = "voip/examples.rs"]
mod examples;
#[path = "voip/incoming.rs"]
mod incoming;
#[path = "voip/outgoing.rs"]
mod outgoing;
#[path = "voip/properties.rs"]
mod properties;
#[path = "voip/session.rs"]
mod session;

use matrix_events::call::answer::CallAnswerEventContent;
use matrix_events::call::invite::CallInviteEventContent;
use matrix_events::call::negotiate::CallNegotiateEventContent;
use matrix_events::call::sdp_stream_metadata_changed::CallSdpStreamMetadataChangedEventContent;
use matrix_events::voip::{Purpose, RemoteParty, StreamId};
use matrix_events::UserId;
use serde::de::DeserializeOwned;
use serde_json::{json, Value};

/// Returns a session description with a media section for each of the lines.
fn sdp(lines: &[&str]) -> String {
    let sections = lines.iter().map(|line| format!("m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na={line}\r\n"));
    format!("v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n{}", sections.collect::<String>())
}

/// Returns a session description with the streams `camera` and `screen`.
fn both() -> String {
    sdp(&["msid:camera 1", "msid:camera 2", "msid:screen 3"])
}

/// Returns the metadata of the streams `camera` and `screen`.
fn both_described() -> Value {
    json!({"camera": {"purpose": "m.usermedia"}, "screen": {"purpose": "m.screenshare"}})
}

/// Returns the placeholder for absent metadata.
fn absent() -> Value {
    json!("absent")
}

fn content<C: DeserializeOwned>(mut content: Value, metadata: &Value) -> C {
    for (key, value) in [("call_id", json!("c1")), ("party_id", json!("p1")), ("version", json!("1"))] {
        content[key] = value;
    }
    if *metadata != absent() {
        content["sdp_stream_metadata"] = metadata.clone();
    }
    serde_json::from_value(content).expect("the content of an event")
}

fn invite(sdp: &str, metadata: &Value) -> CallInviteEventContent {
    content(json!({"lifetime": 90000, "offer": {"type": "offer", "sdp": sdp}}), metadata)
}

fn answer(sdp: &str, metadata: &Value) -> CallAnswerEventContent {
    content(json!({"answer": {"type": "answer", "sdp": sdp}}), metadata)
}

fn negotiate(sdp: &str, metadata: &Value) -> CallNegotiateEventContent {
    content(json!({"lifetime": 15000, "description": {"type": "offer", "sdp": sdp}}), metadata)
}

fn changed(metadata: &Value) -> CallSdpStreamMetadataChangedEventContent {
    content(json!({}), metadata)
}

fn mira() -> UserId {
    UserId::new("@mira:example.org")
}

/// Returns the calling party, from its invite.
fn caller(sdp: &str, metadata: &Value) -> RemoteParty {
    RemoteParty::from_invite((&mira(), &invite(sdp, metadata)))
}

/// Returns the streams that are used, and their purposes.
fn used(party: &RemoteParty) -> Vec<(&str, Purpose)> {
    party.streams().used().map(|used| (used.stream.as_str(), used.purpose)).collect()
}

fn log(party: &RemoteParty) -> Vec<String> {
    party.streams().decisions().map(|decision| decision.to_string()).collect()
}

fn id(text: &str) -> StreamId {
    StreamId::new(text).expect("a stream ID")
}
