//! Changes to JSON, one at a time.

use matrix_events_codegen::{escape_pointer_token, unescape_pointer_token};
use serde_json::{json, Value};

/// The JSON pointers of all objects in a value, its own included.
pub fn objects(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(value, "", &mut |pointer, value| {
        if value.is_object() {
            found.push(pointer.to_owned());
        }
    });
    found
}

/// The JSON pointers of all values below a value.
pub fn below(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(value, "", &mut |pointer, _| {
        if !pointer.is_empty() {
            found.push(pointer.to_owned());
        }
    });
    found
}

fn walk(value: &Value, pointer: &str, visit: &mut dyn FnMut(&str, &Value)) {
    visit(pointer, value);
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let key = escape_pointer_token(key);
                walk(value, &format!("{pointer}/{key}"), visit);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                walk(value, &format!("{pointer}/{index}"), visit);
            }
        }
        _ => {}
    }
}

/// The value with a key that no schema knows added to the object at a place.
pub fn with_unknown_key(value: &Value, pointer: &str) -> Value {
    let mut copy = value.clone();
    if let Some(Value::Object(members)) = copy.pointer_mut(pointer) {
        members.insert("org.example.unknown".to_owned(), json!({"kept": [null, 1.0, {"deep": "yes"}]}));
    }
    copy
}

/// The value with what stands at a place replaced.
pub fn replaced(value: &Value, pointer: &str, by: Value) -> Value {
    let mut copy = value.clone();
    if let Some(place) = copy.pointer_mut(pointer) {
        *place = by;
    }
    copy
}

/// The value without what stands at a place.
pub fn removed(value: &Value, pointer: &str) -> Value {
    let mut copy = value.clone();
    let Some((parent, key)) = pointer.rsplit_once('/') else { return copy };
    let key = unescape_pointer_token(key);
    match copy.pointer_mut(parent) {
        Some(Value::Object(members)) => {
            members.remove(key.as_ref());
        }
        Some(Value::Array(list)) => {
            if let Some(index) = key.parse().ok().filter(|index| *index < list.len()) {
                list.remove(index);
            }
        }
        _ => {}
    }
    copy
}

/// One value of each JSON type, and some that are at the edge of one.
pub fn wrong_values() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(7),
        json!(-7.5),
        json!(1.0),
        json!(18_446_744_073_709_551_615_u64),
        json!(""),
        json!("org.example.unknown"),
        json!([]),
        json!([null, "x", 1]),
        json!({}),
        json!({"org.example": {"a": []}}),
    ]
}
