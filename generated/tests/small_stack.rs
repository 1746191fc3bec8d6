//! Values of any depth, in threads with a small stack.
//!
//! Values below 127 levels are kept as text, so the depth of recursion is limited.

use matrix_events::validate::{Level, Validator};
use matrix_events::{from_str, to_string, AnyTimelineEvent};

/// The size of the stack in kB. Optimized code requires up to 96 kB. With the profile of the tests, which optimizes the runtime alone,
/// the code requires up to 192 kB. Code without any optimization requires up to 768 kB.
const STACK: usize = if cfg!(debug_assertions) { 384 } else { 128 };

/// Runs a test with a small stack.
fn with_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK * 1024).spawn(test).expect("a thread");
    thread.join().expect("the test succeeds");
}

#[test]
fn deep_values_fit_into_a_small_stack() {
    for depth in [100, 124, 125, 126, 127, 128, 256, 1000, 10_000] {
        let values = [
            format!("{}1{}", "[".repeat(depth), "]".repeat(depth)),
            format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth)),
            format!("{}1{}", "{\"\\ud800\":".repeat(depth), "}".repeat(depth)),
            format!("{}1{}", "{\"a\":1,\"a\":[".repeat(depth / 2), "]}".repeat(depth / 2)),
        ];
        for value in values {
            let relations = format!(r#""unsigned":{{"m.relations":{{"m.thread":{{"latest_event":{value}}}}}}}"#);
            let texts = [
                format!(r#"{{"type":"m.room.message","content":{{"msgtype":"m.text","body":"b","x":{value}}}}}"#),
                format!(
                    r#"{{"type":"m.room.message","content":{{"msgtype":"m.text","body":"b","m.new_content":{value}}}}}"#
                ),
                format!(r#"{{"type":"m.room.message","content":{{"msgtype":"m.text","body":"b"}},{relations}}}"#),
                format!(r#"{{"type":"m.room.message","content":{{"body":{value}}}}}"#),
                format!(r#"{{"type":"org.example.unknown","content":{value}}}"#),
            ];
            for text in texts {
                with_small_stack(move || use_in_each_way(&text));
            }
        }
    }
}

fn use_in_each_way(text: &str) {
    let event: AnyTimelineEvent = from_str(text).expect("an event");
    assert_eq!(event.clone(), event);
    let written = to_string(&event);
    assert_eq!(serde_json::to_string(&event).expect("JSON"), written);
    assert_eq!(from_str::<AnyTimelineEvent>(&written).expect("an event"), event);
    let list = format!("[{text},{text}]");
    assert_eq!(serde_json::from_str::<Vec<AnyTimelineEvent>>(&list).expect("a list"), [event.clone(), event.clone()]);
    assert!(!format!("{event:?}").is_empty());
    let _ = (event.invalid_fields(), event.content_json(), event.to_json_checked());
    if let AnyTimelineEvent::Malformed(malformed) = &event {
        assert!(!malformed.violations().is_valid());
    }
    for level in [Level::Schema, Level::Strict, Level::Lint] {
        let _ = Validator::new().level(level).validate(text.as_bytes());
    }
    let _ = from_str::<AnyTimelineEvent>(&text[..text.len() / 2 + 1]).expect_err("incomplete JSON").to_string();
}
