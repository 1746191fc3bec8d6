//! Mutations of an example: events with one change.

use serde_json::{json, Value};
use spec_tests::mutate::{below, objects, removed, replaced};

/// Returns the replacements for each value: all JSON types, and edge cases of constraints.
fn others() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(7),
        json!(-1),
        json!(0),
        json!(1.5),
        json!(1.0),
        json!(9_007_199_254_740_993_i64),
        json!(18_446_744_073_709_551_615_u64),
        json!(1e300),
        json!(""),
        json!("\n"),
        json!("x"),
        json!("@"),
        json!("!r:example.org"),
        json!("mxc://"),
        json!("m.unknown"),
        json!("x".repeat(101)),
        json!([]),
        json!([1]),
        json!(["a", "a"]),
        json!([{}]),
        json!({}),
        json!({"a": 1}),
        json!({"@a:example.org": {}, "a": "b"}),
        json!({"$e": {"m.read": {"@a:example.org": {"ts": 1}}}}),
    ]
}

/// Returns the example, and its mutations that replace or remove a value below a pointer.
pub(crate) fn at(example: &Value, place: &str) -> Vec<Value> {
    let mut found = vec![example.clone()];
    let others = others();
    for pointer in below(example).into_iter().filter(|pointer| pointer.starts_with(place)) {
        found.extend(others.iter().map(|other| replaced(example, &pointer, other.clone())));
        found.push(removed(example, &pointer));
    }
    found
}

/// Returns the example and all of its mutations.
pub(crate) fn of(example: &Value) -> Vec<Value> {
    let mut found = at(example, "");
    for pointer in objects(example) {
        for (key, value) in
            [("org.example.key", json!(1)), ("@u:example.org", json!("x")), ("$e", json!({})), ("", json!([]))]
        {
            let mut copy = example.clone();
            if let Some(Value::Object(members)) = copy.pointer_mut(&pointer) {
                members.insert(key.to_owned(), value);
            }
            found.push(copy);
        }
        found.push(replaced(example, &pointer, json!({})));
    }
    found
}
