//! Mutations of JSON values.

use matrix_events_codegen::{escape_pointer_token, unescape_pointer_token};
use serde_json::{json, Value};

/// Returns the JSON pointers of all objects in a value, including the value itself.
pub fn objects(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(value, "", &mut |pointer, value| {
        if value.is_object() {
            found.push(pointer.to_owned());
        }
    });
    found
}

/// Returns the JSON pointers of all values inside a value.
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

/// Returns a copy of the value with an unknown key in the object at a JSON pointer.
pub fn with_unknown_key(value: &Value, pointer: &str) -> Value {
    let mut copy = value.clone();
    if let Some(Value::Object(members)) = copy.pointer_mut(pointer) {
        members.insert("org.example.unknown".to_owned(), json!({"kept": [null, 1.0, {"deep": "yes"}]}));
    }
    copy
}

/// Returns a copy of the value with another value at a JSON pointer.
pub fn replaced(value: &Value, pointer: &str, by: Value) -> Value {
    let mut copy = value.clone();
    if let Some(place) = copy.pointer_mut(pointer) {
        *place = by;
    }
    copy
}

/// Returns a copy of the value without the value at a JSON pointer.
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

/// Returns a value of each JSON type, and edge cases.
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
