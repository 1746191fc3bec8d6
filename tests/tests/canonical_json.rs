//! Canonical JSON of every text that is JSON, and of the examples and their mutations. The test also passes with the features of
//! serde_json that another crate can enable.

use matrix_events::canonical_json::{
    canonicalize, check, is_canonical, to_string, to_string_for_signing, CanonicalJsonErrorReason,
};
use matrix_events::validate::{Level, Rule, Validator};
use matrix_events::JsonObject;
use serde_json::{json, Value};
use spec_tests::any_json::AnyJson;
use spec_tests::json_texts;
use spec_tests::mutate::{below, replaced};
use spec_tests::spec::cases;

#[test]
fn texts_that_are_json_have_canonical_json_or_a_reason() {
    let mut counts = [0; 3];
    for (verdict, bytes) in json_texts() {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let is_json = matches!(verdict, "accepted" | "kept");
        match canonicalize(&text) {
            Ok(canonical) => {
                assert!(is_json, "{text}");
                assert!(is_canonical(&canonical), "{text} is {canonical}");
                assert_eq!(canonicalize(&canonical).as_ref(), Ok(&canonical));
                // `-0` is written as `0`.
                assert!(
                    AnyJson::new(&canonical) == AnyJson::new(&text) || text.contains("-0"),
                    "{text} is {canonical}"
                );
                counts[0] += 1;
            }
            Err(error) => {
                assert_eq!(matches!(error.reason(), CanonicalJsonErrorReason::Syntax(_)), !is_json, "{text}: {error}");
                assert!(check(&text).is_err() && !is_canonical(&text));
                counts[1 + usize::from(is_json)] += 1;
            }
        }
    }
    println!("{} texts with canonical JSON, {} no JSON, {} errors", counts[0], counts[1], counts[2]);
    assert!(counts.iter().all(|count| *count > 20), "{counts:?}");
}

/// The validators report the same numbers at the same places.
#[test]
fn check_finds_the_numbers_that_the_level_strict_reports() {
    let numbers = ["0.5", "1.0", "1e3", "-0", "9007199254740992", "-9007199254740992", "9007199254740991", "7"];
    let mut compared = 0;
    let is_in_room = |event: &&Value| event.get("room_id").is_some() && event.get("sender").is_some();
    for event in cases().map(|(_, event)| event).filter(is_in_room) {
        for pointer in below(event).into_iter().filter(|pointer| pointer.starts_with("/content/")).step_by(3) {
            let marked = replaced(event, &pointer, json!("•number•")).to_string();
            for number in numbers {
                let text = marked.replace("\"•number•\"", number);
                let report = Validator::new().level(Level::Strict).validate(text.as_bytes());
                let reported = report.iter().find(|violation| violation.rule() == Rule::CanonicalJson);
                let error = check(&text).err();
                assert_eq!(reported.map(|one| one.pointer()), error.as_ref().map(|one| one.pointer()), "{text}");
                compared += 1;
            }
        }
    }
    println!("{compared} events");
    assert!(compared > 1_000, "{compared}");
}

#[test]
fn number_is_equal_to_its_integer() {
    for (text, integer) in [
        ("-0", Some("0")),
        ("-0e5", Some("0")),
        ("0.00e-400", Some("0")),
        ("1e-400", None),
        ("25.0e1", Some("250")),
        ("9007199254740990.5", None),
        ("1.00000000000000000000000000000000001", None),
        ("1.0000000000000000000000", Some("1")),
        ("9007199254740991e0", Some("9007199254740991")),
        ("1e400", None),
        ("123456789012345678901234567890e-25", None),
    ] {
        assert_eq!(canonicalize(text).ok().as_deref(), integer, "{text}");
    }
}

#[test]
fn members_are_sorted_whatever_the_order_of_insertion() {
    let mut object = JsonObject::new();
    for key in ["b", "unsigned", "\u{1f600}", "a", "signatures", "\u{ff61}", ""] {
        object.insert(key.to_owned(), json!({"z": 1, "y": [{"d": 1, "c": 2}]}));
    }
    let value = r#"{"y":[{"c":2,"d":1}],"z":1}"#;
    let expected = ["", "a", "b", "\u{ff61}", "\u{1f600}"].map(|key| format!("\"{key}\":{value}")).join(",");
    assert_eq!(to_string_for_signing(&object), Ok(format!("{{{expected}}}")));
}

#[test]
fn large_and_deep_texts_take_linear_time() {
    let members: Vec<String> = (0..200_000).map(|index| format!("\"{}\":{index}", 999_999 - index)).collect();
    let text = format!("{{{}}}", members.join(","));
    let canonical = canonicalize(&text).expect("canonical JSON");
    assert_eq!(canonical.len(), text.len());
    let deep = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
    assert_eq!(*canonicalize(&deep).unwrap_err().reason(), CanonicalJsonErrorReason::Depth);
    let value: Value = serde_json::from_str(&format!("{}1{}", "[".repeat(100), "]".repeat(100))).expect("JSON");
    assert!(to_string(&value).is_ok());
}
