//! Properties for any session description and any metadata.

use std::collections::BTreeSet;

use matrix_events::call::{StreamMetadata, StreamPurpose};
use matrix_events::voip::{Decision, IncomingStreams, OutgoingStreams, Purpose, StreamSupport};
use matrix_events::Map;
use proptest::prelude::*;
use serde_json::{json, Value};

use super::{absent, caller, changed, id, mira, negotiate};

/// Few stream IDs, so that they occur repeatedly: `-` for no stream, a prefix of another ID, and unusual characters.
const IDS: [&str; 6] = ["-", "camera", "cam", "screen", "{0a-1b}", "\u{e9}\u{1}"];

/// Returns the streams of a session description. This second implementation splits the text into sections, lines and words.
fn streams(sdp: &str) -> BTreeSet<&str> {
    let media = sdp.split('\n').skip_while(|line| !line.starts_with("m="));
    let named = media.filter_map(|line| {
        let mut words = line.split([' ', '\t', '\r', '\u{c}']).filter(|word| !word.is_empty());
        match words.next()? {
            "a=msid:" => words.next(),
            first if first.starts_with("a=msid:") => first.get(7..),
            first if first.starts_with("a=ssrc:") => match words.next()? {
                "msid:" => words.next(),
                second => second.strip_prefix("msid:"),
            },
            _ => None,
        }
    });
    named.filter(|stream| *stream != "-").collect()
}

fn line() -> impl Strategy<Value = String> {
    let ids = || prop::sample::select(&IDS[..]);
    prop_oneof![
        3 => (ids(), 0..3).prop_map(|(stream, track)| format!("a=msid:{stream} {track}")),
        1 => ids().prop_map(|stream| format!("a=msid:{stream}")),
        2 => (ids(), 0..3).prop_map(|(stream, source)| format!("a=ssrc:{source} msid:{stream} t")),
        2 => prop::sample::select(&["m=audio 9 X 0", "m=video 0 X 0", "m=application 9 X", "m="][..]).prop_map(str::to_owned),
        1 => prop::sample::select(&["a=recvonly", "a=sendonly", "a=bundle-only", "a=ssrc:1 cname:x"][..]).prop_map(str::to_owned),
        1 => prop::sample::select(&["a=msid:", "a=msid", "a=msid:  camera", "a=ssrc:", "a=ssrc:1", "a=", "\r"][..]).prop_map(str::to_owned),
        1 => ".{0,12}",
    ]
}

/// Generates a session description, with `\n` or `\r\n` at the end of lines.
fn session() -> impl Strategy<Value = String> {
    (prop::collection::vec(line(), 0..24), any::<bool>())
        .prop_map(|(lines, crlf)| lines.join(if crlf { "\r\n" } else { "\n" }))
}

/// Generates a session description, or any text.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![4 => session(), 1 => any::<String>()]
}

/// Generates metadata: absent, not an object, or a map with valid and invalid entries.
fn metadata() -> impl Strategy<Value = Value> {
    let entry = prop_oneof![
        4 => (prop::sample::select(&["m.usermedia", "m.screenshare", "org.example.x"][..]), any::<bool>())
            .prop_map(|(purpose, muted)| json!({"purpose": purpose, "video_muted": muted})),
        1 => prop::sample::select(vec![json!({}), json!(null), json!({"\u{7f}": 1}), json!("m.usermedia\u{9b}")]),
    ];
    let map = prop::collection::btree_map(prop::sample::select(&IDS[..]), entry, 0..5);
    prop_oneof![
        1 => Just(absent()),
        1 => prop::sample::select(vec![json!(null), json!([]), json!(3), json!("")]),
        4 => map.prop_map(|map| json!(map)),
    ]
}

fn listed(metadata: &Value, stream: &str) -> bool {
    metadata.get(stream).is_some()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_stream_gets_exactly_one_decision(text in text(), metadata in metadata()) {
        let party = caller(&text, &metadata);
        let decided: Vec<&str> = party.streams().decisions().map(|decision| decision.stream().as_str()).collect();
        prop_assert_eq!(decided.iter().copied().collect::<BTreeSet<_>>(), streams(&text));
        prop_assert_eq!(decided.len(), streams(&text).len());
        for decision in party.streams().decisions() {
            prop_assert_eq!(party.streams().decision(decision.stream().as_str()), Some(decision));
            let (line, start) = (decision.to_string(), format!("stream {:?} is ", decision.stream()));
            prop_assert!(line.starts_with(&start) && !line.contains(char::is_control), "{}", line);
        }
    }

    #[test]
    fn nothing_unlisted_is_used_when_metadata_is_present(text in text(), metadata in metadata()) {
        prop_assume!(metadata != absent());
        for used in caller(&text, &metadata).streams().used() {
            prop_assert!(listed(&metadata, used.stream.as_str()));
            prop_assert_eq!(&metadata[used.stream.as_str()]["video_muted"], &json!(used.muted.video));
        }
    }

    #[test]
    fn at_most_one_is_used_when_metadata_is_absent(texts in prop::collection::vec(text(), 1..4), later in metadata()) {
        let mut party = caller(&texts[0], &absent());
        for text in &texts {
            party.negotiate((&mira(), &negotiate(text, &later))).expect("an event of the party");
            prop_assert_eq!(party.streams().used().count(), streams(text).len().min(1));
        }
        prop_assert_eq!(party.support(), StreamSupport::One);
    }

    #[test]
    fn later_events_replace_earlier_ones(first in (text(), metadata()), last in (text(), metadata())) {
        prop_assume!(first.1 != absent() && last.1.is_object());
        let mut party = caller(&first.0, &first.1);
        party.negotiate((&mira(), &negotiate(&last.0, &last.1))).expect("an event of the party");
        prop_assert_eq!(&party, &caller(&last.0, &last.1));
        party.negotiate((&mira(), &negotiate(&first.0, &first.1))).expect("an event of the party");
        party.change_metadata((&mira(), &changed(&last.1))).expect("an event of the party");
        prop_assert_eq!(&party, &caller(&first.0, &last.1));
    }

    #[test]
    fn described_streams_are_used_by_the_peer(ids in prop::collection::btree_set("[a-z]{1,3}", 0..6), one: bool) {
        let support = if one { StreamSupport::One } else { StreamSupport::Many };
        let mut ours = OutgoingStreams::with_peer_support(support);
        for stream in &ids {
            let _ = ours.add(id(stream), Purpose::ScreenShare);
        }
        let sent: String = ours.streams().map(|(stream, ..)| format!("m=video 9 X 0\na=msid:{stream} t\n")).collect();
        let mut content = super::invite(&sent, &absent());
        prop_assert!(ours.describe_in(&mut content).is_ok());
        let theirs = IncomingStreams::new(&sent, content.sdp_stream_metadata.as_ref());
        prop_assert_eq!(theirs.used().count(), if one { ids.len().min(1) } else { ids.len() });
        prop_assert!(theirs.decisions().all(|decision| matches!(decision, Decision::Use(_))));
    }
}

/// Returns a session description like those of browsers, with 25 lines in each section, and the metadata of its streams.
fn long_session(lines: usize) -> (String, Map<String, StreamMetadata>) {
    let (mut sdp, mut metadata) = ("v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n".to_owned(), Map::new());
    for section in 0..lines / 25 {
        let stream = format!("{{8140927536-{}}}", section / 2);
        sdp += "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\nc=IN IP4 0.0.0.0\r\na=sendrecv\r\n";
        sdp += &format!("a=mid:{section}\r\na=msid:{stream} {section}\r\n");
        sdp += &"a=fmtp:97 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n".repeat(16);
        for source in [section, section + 100_000] {
            sdp += &format!("a=ssrc:{source} cname:p5Jt0ZcWyB3nXa7e\r\na=ssrc:{source} msid:{stream} {section}\r\n");
        }
        metadata.insert(stream, StreamMetadata::new(StreamPurpose::UserMedia));
    }
    (sdp, metadata)
}

/// Returns the number of allocations for the decisions on a session description.
fn allocations(sdp: &str, metadata: &Map<String, StreamMetadata>) -> u64 {
    allocation_counter::measure(|| drop(IncomingStreams::new(sdp, Some(metadata)))).count_total
}

#[test]
fn allocations_of_ten_times_the_lines_are_at_most_ten_times_as_many() {
    let (_, metadata) = long_session(10_000);
    let section = |lines: usize, line: fn(usize) -> String| {
        format!("m=video 9 X 0\r\n{}", (0..lines).map(line).collect::<String>())
    };
    let sessions: [fn(usize) -> String; 2] =
        [|line| format!("a=msid:8140927536-{line} t\r\n"), |line| format!("a=msid:- {line}\r\n")];
    let mut texts: Vec<[String; 2]> = sessions.map(|line| [1_000, 10_000].map(|lines| section(lines, line))).into();
    texts.push([1_000, 10_000].map(|lines| long_session(lines).0));
    for [short, long] in texts {
        let [few, many] = [&short, &long].map(|sdp| allocations(sdp, &metadata));
        // A `Vec` that grows allocates a few more times.
        assert!(many <= 10 * few + 20, "{few} allocations become {many}");
    }
}
