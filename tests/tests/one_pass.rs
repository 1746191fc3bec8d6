//! Validation of text in one pass, compared with the validation of the parsed value: on examples, mutated examples, edited texts and
//! recorded events, at all levels. A text that passes has no violations, and nearly every valid text passes.

#[allow(dead_code)]
#[path = "validators/mutations.rs"]
mod mutations;

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use matrix_events::schema::{self, Version};
use matrix_events::validate::{Form, Level, Validator};
use serde_json::{json, Value};
use spec_tests::cases::BODIES;
use spec_tests::mutate::{below, objects};
use spec_tests::spec::{files, folder, output};

const LEVELS: [Level; 3] = [Level::Schema, Level::Strict, Level::Lint];

/// The results at one level.
#[derive(Default)]
struct Counts {
    texts: usize,
    valid: usize,
    passed: usize,
    /// A valid text that does not pass.
    example: String,
}

impl Counts {
    /// Compares the pass with the closer look.
    fn compare(&mut self, validator: &Validator, text: &str) {
        let settings = validator.settings();
        let expected = settings.look_closely(text);
        self.texts += 1;
        self.valid += usize::from(expected.is_valid());
        if !expected.is_valid() {
            assert_eq!(settings.validate(text.as_bytes()), expected, "{settings:?}: {text}");
        }
        match settings.surely_valid(text) {
            Some(report) => {
                self.passed += 1;
                // Level Schema reports a redaction only together with violations.
                let is_redacted = report.is_redacted() == expected.is_redacted() || settings.level == Level::Schema;
                let is_equal = is_redacted && report.is_unknown_type() == expected.is_unknown_type();
                assert!(expected.is_valid() && report.is_valid() && is_equal, "{settings:?}: {text}\n{expected}");
            }
            None if expected.is_valid() && self.example.len() < 2_000 => self.example.push_str(&format!("\n{text}")),
            None => {}
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} valid texts pass, of {} texts", self.passed, self.valid, self.texts)
    }
}

/// The results at each level.
#[derive(Default)]
struct Results([Counts; 3]);

impl Results {
    fn compare(&mut self, validator: Validator, text: &str) {
        for (level, counts) in LEVELS.into_iter().zip(&mut self.0) {
            counts.compare(&validator.level(level), text);
        }
    }

    /// Asserts that nearly every valid text passes.
    fn assert(&self, name: &str, least: usize) {
        for (level, counts) in LEVELS.into_iter().zip(&self.0) {
            let _ = writeln!(std::io::stderr(), "one pass: {name} at {level:?}: {counts}");
            assert!(counts.passed * 100 >= counts.valid * 99, "{name} at {level:?}: {counts}{}", counts.example);
            assert!(counts.passed >= least, "{name} at {level:?}: {counts}");
        }
    }
}

/// Returns a text with white space, reversed keys and one member that `change` adds to each object at a pointer.
fn text_of(value: &Value, pointer: &str, change: &dyn Fn(&str, &Value) -> String) -> String {
    match value {
        Value::Object(map) => {
            let members = map.iter().rev().map(|(key, value)| {
                let below = format!("{pointer}/{}", matrix_events_codegen::escape_pointer_token(key));
                format!("{}: {}", Value::from(key.as_str()), text_of(value, &below, change))
            });
            let members: Vec<_> = members.chain(Some(change(pointer, value)).filter(|text| !text.is_empty())).collect();
            format!("{{{}}}", members.join(" ,\n"))
        }
        Value::Array(list) => {
            let items = list.iter().enumerate();
            let items = items.map(|(index, value)| text_of(value, &format!("{pointer}/{index}"), change));
            format!("[ {} ]", items.collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

/// Returns texts of a value that no serialization has, each with another member in one object.
fn with_member(value: &Value) -> Vec<String> {
    let many = (0..40).map(|index| format!("\"org.example.{index}\": {index}")).collect::<Vec<_>>().join(",");
    let nested = |depth| format!("\"org.example.a\": {}{}", "[".repeat(depth), "]".repeat(depth));
    let members = [
        r#""org.example.a": 1.0"#,
        r#""org.example.a": -0"#,
        r#""org.example.a": 1e2"#,
        r#""org.example.a": 1e400"#,
        r#""org.example.a": 01"#,
        r#""org.example.a": 9007199254740991"#,
        r#""org.example.a": 9007199254740992"#,
        r#""org.example.a": -9007199254740992"#,
        r#""org.example.a": 123456789012345678901"#,
        r#""org.example.a": [true, false, null, "\ud83d\ude00\n\u00e9"]"#,
        r#""org.example.a": "\ud83d""#,
        r#""org.example.a": "\x""#,
        r#""org.example.a": [1,]"#,
        r#""org.example.a": {,}"#,
        r#""org.example.a": tru"#,
        r#""\ud83d": 1"#,
        r#""$matrix_events::text": "1""#,
        &many,
        &nested(120),
        &nested(125),
    ];
    members.iter().flat_map(|member| with(value, &|_| (*member).to_owned())).collect()
}

/// Returns texts of a value with repeated keys, or with keys that have escapes.
fn with_keys(value: &Value) -> Vec<String> {
    let many = (0..40).map(|index| format!("\"org.example.{index}\": {index}")).collect::<Vec<_>>().join(",");
    let members = [
        r#""org.example.a": {}, "org.example.b": [], "org.example.a": {}"#,
        r#""org.example.\u0061": {}, "org.example.a": []"#,
        r#""org.example.\u0061": {}"#,
        r#""\u0061": {"a": {"b": 1, "b": 1}}"#,
        &format!("{many}, \"org.example.7\": 7"),
    ];
    let mut texts: Vec<_> = members.iter().flat_map(|member| with(value, &|_| (*member).to_owned())).collect();
    let keys = below(value).into_iter().filter_map(|pointer| Some(pointer.rsplit_once('/')?.1.replace("~1", "/")));
    for key in keys.collect::<BTreeSet<_>>() {
        let quoted = Value::from(key.as_str());
        texts.extend(with(value, &|object| format!("{quoted}: {}", object.get(&key).unwrap_or(&Value::Null))));
        texts.extend(with(value, &|_| format!("{quoted}: 7")));
    }
    texts
}

/// Returns a text with further members for each object in a value.
fn with(value: &Value, members: &dyn Fn(&Value) -> String) -> Vec<String> {
    let places = objects(value).into_iter();
    let at = |place: &str, at: &str, object: &Value| if at == place { members(object) } else { String::new() };
    places.map(|place| text_of(value, "", &|pointer, object| at(&place, pointer, object))).collect()
}

/// Returns an event, and the changes of it that the prose has rules for: redactions, edits, long members and large events.
fn by_prose(event: &Value) -> Vec<Value> {
    let mut found = vec![event.clone()];
    let mut change = |edit: &dyn Fn(&mut Value)| {
        let mut copy = event.clone();
        edit(&mut copy);
        found.push(copy);
    };
    if !event["content"].is_object() {
        return found;
    }
    change(&|event| event["unsigned"] = json!({"redacted_because": {"type": "m.room.redaction"}, "age": 1.5}));
    change(&|event| event["unsigned"] = json!({"redacted_because": true}));
    change(&|event| {
        event["content"] = json!({});
        event["unsigned"] = json!({"redacted_because": {"content": {"msgtype": "m.text"}}});
    });
    change(&|event| {
        event["content"] = json!({"url": "mxc://example.org/a", "info": {}});
        event["unsigned"] = json!({"redacted_because": {"content": {"msgtype": "m.image"}}});
    });
    change(&|event| event["content"] = json!({}));
    for relation in [json!({"rel_type": "m.replace", "event_id": "$a"}), json!({"rel_type": 7}), json!(7)] {
        change(&|event| event["content"]["m.relates_to"] = relation.clone());
        for new in [event["content"].clone(), json!({}), json!(7), json!({"msgtype": "m.image", "body": "a"})] {
            change(&|event| {
                event["content"]["m.new_content"] = new.clone();
                event["content"]["m.relates_to"] = relation.clone();
            });
        }
    }
    for key in ["event_id", "room_id", "sender", "state_key", "type"] {
        for length in [253, 254, 255] {
            let text = match event[key].as_str() {
                Some(text) => format!("{text}{}", "a".repeat(length)),
                None => "a".repeat(length + 1),
            };
            change(&|event| event[key] = json!(text.chars().take(length + 1).collect::<String>()));
        }
        if event.get(key).is_some() {
            change(&|event| event[key] = json!(7));
        }
    }
    for length in [64_000, 65_600] {
        change(&|event| event["content"]["body"] = json!("a".repeat(length)));
        change(&|event| event["unsigned"] = json!({"a": "a".repeat(length)}));
    }
    found
}

#[test]
fn mutated_examples_pass_if_they_are_valid() {
    let mut results = Results::default();
    for example in &output().examples {
        for value in mutations::of(&example.value) {
            results.compare(Validator::new(), &value.to_string());
        }
    }
    results.assert("mutations", 4_000);
}

#[test]
fn changes_that_the_prose_has_rules_for_pass_if_they_are_valid() {
    let mut results = Results::default();
    let forms = [Form::Full, Form::Sync, Form::Stripped, Form::InitialState, Form::ContentOnly, Form::Pdu];
    for example in &output().examples {
        for value in by_prose(&example.value) {
            let text = value.to_string();
            forms.iter().for_each(|form| results.compare(Validator::new().form(*form), &text));
            results.compare(Validator::new().version(Version::new(1, 2)), &text);
        }
    }
    results.assert("prose", 2_000);
}

#[test]
fn texts_with_another_member_pass_if_they_are_valid() {
    let mut results = Results::default();
    for example in &output().examples {
        results.compare(Validator::new(), &text_of(&example.value, "", &|_, _| String::new()));
        with_member(&example.value).iter().for_each(|text| results.compare(Validator::new(), text));
    }
    results.assert("other members", 100);
}

#[test]
fn texts_with_repeated_keys_do_not_pass_if_they_are_invalid() {
    let mut results = Results::default();
    for example in &output().examples {
        with_keys(&example.value).iter().for_each(|text| results.compare(Validator::new(), text));
    }
    let counts = results.0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    let _ = writeln!(std::io::stderr(), "one pass: repeated keys: {counts}");
    assert!(results.0[0].texts > 10_000, "{counts}");
}

#[test]
fn contents_pass_if_they_are_valid() {
    let mut results = Results::default();
    for example in &output().examples {
        let Some(event) = schema::event(&example.event_type) else { continue };
        let validator = Validator::new().of(event.content_schema());
        for value in mutations::at(&example.value, "/content") {
            results.compare(validator, &value["content"].to_string());
        }
        for value in by_prose(&example.value) {
            results.compare(validator, &value["content"].to_string());
        }
    }
    results.assert("contents", 2_000);
}

#[test]
fn bodies_pass_if_they_are_valid() {
    // A body that declares members of its events, such as of PDUs, takes the closer look.
    let (mut results, mut of_pdus) = (Results::default(), Results::default());
    for case in BODIES {
        let is_of_pdus = case.body.events.iter().any(|place| place.form == Form::Pdu || place.path.is_empty());
        let results = if is_of_pdus { &mut of_pdus } else { &mut results };
        let example = output().root_examples.iter().find(|example| example.file == case.case.example);
        let example = &example.unwrap_or_else(|| panic!("{} is not an example of spec/", case.case.example)).value;
        let validator = Validator::new().body(case.body);
        results.compare(validator, &text_of(example, "", &|_, _| String::new()));
        for pointer in below(example) {
            for other in
                [json!(null), json!(7), json!("x"), json!([]), json!({}), json!([{}]), json!({"type": "m.tag"})]
            {
                results.compare(validator, &spec_tests::mutate::replaced(example, &pointer, other).to_string());
            }
            results.compare(validator, &spec_tests::mutate::removed(example, &pointer).to_string());
        }
        for pointer in objects(example) {
            results.compare(validator, &spec_tests::mutate::with_unknown_key(example, &pointer).to_string());
        }
    }
    results.assert("bodies", 300);
    assert!(of_pdus.0[0].texts > 1_000, "{}", of_pdus.0[0]);
}

fn events_in<'v>(value: &'v Value, found: &mut Vec<&'v Value>) {
    if value.get("type").is_some_and(Value::is_string) && value.get("content").is_some_and(Value::is_object) {
        found.push(value);
    }
    match value {
        Value::Array(list) => list.iter().for_each(|value| events_in(value, found)),
        Value::Object(map) => map.values().for_each(|value| events_in(value, found)),
        _ => {}
    }
}

#[test]
fn recorded_events_pass_if_they_are_valid() {
    let folder = std::env::var_os("MATRIX_TRAFFIC").map_or_else(|| folder("../shared/traffic"), PathBuf::from);
    let mut results = Results::default();
    for path in files(&folder).iter().filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut events = Vec::new();
        events_in(&value, &mut events);
        for event in events {
            for form in [Form::Full, Form::Sync, Form::Stripped, Form::ContentOnly] {
                results.compare(Validator::new().form(form), &event.to_string());
            }
        }
    }
    if results.0[0].texts == 0 {
        let _ = writeln!(std::io::stderr(), "skipped: no recorded events in {}", folder.display());
        return;
    }
    results.assert("recorded events", 300);
}
