//! The streams and tracks of a session description.

use matrix_events::voip::{InvalidStreamId, Purpose, SessionStreams, StreamId};
use serde_json::json;

use super::{absent, caller, log, sdp, used};

#[test]
fn track_without_a_stream_is_ignored() {
    let sections = sdp(&["msid:- 1", "sendonly", "msid:camera 3", "ssrc:7 msid:- 4\r\na=ssrc:8 msid:- 4", "msid:-"]);
    for metadata in [absent(), json!({"camera": {"purpose": "m.usermedia"}, "-": {"purpose": "m.usermedia"}})] {
        let party = caller(&sections, &metadata);
        assert_eq!(used(&party), [("camera", Purpose::UserMedia)]);
        assert_eq!(log(&party).len(), 1);
        let tracks: Vec<_> = party.streams().streamless_tracks().iter().map(ToString::to_string).collect();
        let expected = [("\"1\" ", 0), ("", 1), ("\"4\" ", 3), ("", 4)]
            .map(|(track, section)| format!("the video track {track}of media section {section} belongs to no stream"));
        assert_eq!(tracks, expected);
    }
}

#[test]
fn section_that_sends_nothing_has_no_track() {
    let tracks = |text: &str| SessionStreams::read(text).streamless_tracks().len();
    assert_eq!(tracks(&sdp(&["recvonly", "inactive", "sendrecv", "rtcp-mux"])), 2);
    assert_eq!(tracks("a=recvonly\nm=audio 9 X 0\nm=video 9 X 0\na=sendonly\n"), 1);
    assert_eq!(tracks("m=audio 0 X 0\nm=application 9 X 0\nm=video 0 X 0\na=bundle-only\n"), 1);
}

#[test]
fn streams_are_the_msids_of_media_sections() {
    let text = "v=0\na=msid-semantic: WMS listed\na=msid:session 1\nm=audio 9 UDP/TLS/RTP/SAVPF 111\na=msid:one 1\n\
        a=msid:two 1\na=ssrc:1 cname:x\na=ssrc:1 msid:three 2\na=ssrc:1 label:x\nb=msid:b 1\n a=msid:indented 1\n\
        a=msid:\na=ssrc:2\nm=audio 9 X 0\na=msid:one 3\na=msid:four";
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        assert_eq!(SessionStreams::read(&text).streams(), ["one", "two", "three", "four"], "{text:?}");
    }
}

#[test]
fn stream_id_that_a_line_cannot_contain_is_an_error() {
    assert_eq!(StreamId::new(""), Err(InvalidStreamId::Empty));
    assert_eq!("-".parse::<StreamId>(), Err(InvalidStreamId::NoStream));
    assert_eq!(StreamId::new("a b"), Err(InvalidStreamId::WhiteSpace));
    for text in ["{0a1b}", "--", "8140927536", "caf\u{e9}", &"x".repeat(100)] {
        let id = StreamId::new(text).expect("a stream ID");
        assert_eq!(SessionStreams::read(&sdp(&[&format!("msid:{id} 1")])).streams(), [id]);
    }
}
