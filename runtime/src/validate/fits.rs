//! Validation of a value with a `bool` as the result.

use std::cmp::Ordering;
use std::sync::LazyLock;

use serde_json::{Map, Number, Value};

use crate::constraints::{
    as_f64, Additional, Choice, Constraints, Name, ObjectConstraints, Presence, Property, Subject, Types,
};
use crate::json::object_of;

/// Returns `true` if a value is valid. Most values are strings with few constraints, which are checked inline.
#[inline]
pub(super) fn fits(constraints: &Constraints, value: &Value) -> bool {
    match value {
        Value::String(text) if constraints.choices.is_empty() => fits_text(constraints, text),
        other => fits_another(constraints, other),
    }
}

/// Returns `true` if a member is valid. Most members have no constraints except for their type.
#[inline]
fn fits_property(property: &Property, value: &Value) -> bool {
    let types = match value {
        Value::String(_) => Types::STRING,
        Value::Object(_) => Types::OBJECT,
        Value::Array(_) => Types::ARRAY,
        Value::Number(number) if number.is_i64() => Types::INTEGER,
        Value::Number(_) => Types::NUMBER,
        Value::Bool(_) => Types::BOOLEAN,
        Value::Null => Types::NULL,
    };
    property.takes_any(types) || fits(property.constraints, value)
}

fn fits_another(constraints: &Constraints, value: &Value) -> bool {
    let types = constraints.types;
    let matches = match value {
        Value::Object(map) => types.has(Types::OBJECT) && object(constraints, map, &[]),
        Value::Array(list) => types.has(Types::ARRAY) && array(constraints, list),
        Value::Number(number) => has_number_type(types, number) && constraints.holds(Subject::Number(number)),
        Value::Bool(_) => types.has(Types::BOOLEAN) && constraints.holds(Subject::Other),
        Value::Null => types.has(Types::NULL) && constraints.holds(Subject::Other),
        Value::String(text) => fits_text(constraints, text),
    };
    matches && constraints.choices.iter().all(|choice| fits_choice(choice, value))
}

/// Returns `true` if a string is valid, apart from `oneOf` and `anyOf`.
#[inline]
pub(super) fn fits_text(constraints: &Constraints, text: &str) -> bool {
    constraints.types.has(Types::STRING) && constraints.holds(Subject::String(text))
}

fn array(constraints: &Constraints, list: &[Value]) -> bool {
    constraints.holds(Subject::Array(list.len()))
        && constraints.items.is_none_or(|items| list.iter().all(|value| fits(items, value)))
}

/// Returns `true` if an object is valid. The required members in `exempt` can be missing.
pub(super) fn object(constraints: &Constraints, map: &Map<String, Value>, exempt: &[&str]) -> bool {
    let members = &constraints.object;
    constraints.holds(Subject::Object(map.len()))
        && (members.is_any()
            || match *SORTED {
                true => sorted(members, map, exempt),
                false => looked_up(members, map, exempt),
            })
}

/// `true` if maps are sorted by key. They are not if the feature `preserve_order` of `serde_json` is enabled.
pub(super) static SORTED: LazyLock<bool> = LazyLock::new(|| {
    let mut map = object_of("b", Value::Null);
    map.insert("a".to_owned(), Value::Null);
    map.keys().next().is_some_and(|first| first == "a")
});

/// Validates the members of a sorted map. The properties are sorted, too, so one pass over both finds the property of each member.
fn sorted(constraints: &ObjectConstraints, map: &Map<String, Value>, exempt: &[&str]) -> bool {
    let mut properties = constraints.properties;
    let is_open = constraints.is_open();
    for (key, value) in map {
        let name = Name::new(key);
        let mut found = None;
        while let [property, rest @ ..] = properties {
            match property.order(name) {
                Ordering::Less if is_missed(property, exempt) => return false,
                Ordering::Less => properties = rest,
                Ordering::Equal => {
                    (found, properties) = (Some(property), rest);
                    break;
                }
                Ordering::Greater => break,
            }
        }
        let fits = found.is_none_or(|property| fits_property(property, value));
        if !fits || !(is_open || fits_additional(constraints, found, key, value)) {
            return false;
        }
    }
    !properties.iter().any(|property| is_missed(property, exempt))
}

fn looked_up(constraints: &ObjectConstraints, map: &Map<String, Value>, exempt: &[&str]) -> bool {
    let fits_member = |property: &Property| match map.get(property.name) {
        Some(value) => fits_property(property, value),
        None => !is_missed(property, exempt),
    };
    let is_open = constraints.is_open();
    constraints.properties.iter().all(fits_member)
        && map.iter().all(|(key, value)| is_open || fits_additional(constraints, constraints.property(key), key, value))
}

pub(super) fn is_missed(property: &Property, exempt: &[&str]) -> bool {
    property.presence != Presence::Optional && !exempt.contains(&property.name)
}

/// Returns `true` if a member is valid by `patternProperties`, `additionalProperties` and `propertyNames`.
fn fits_additional(constraints: &ObjectConstraints, property: Option<&Property>, key: &str, value: &Value) -> bool {
    let mut described = property.is_some_and(|property| property.presence != Presence::Undeclared);
    for (_, constraints) in constraints.patterns.iter().filter(|(regex, _)| regex.matches(key)) {
        described = true;
        if !fits(constraints, value) {
            return false;
        }
    }
    let fits_additional = match &constraints.additional {
        _ if described => true,
        Additional::Open => true,
        Additional::Closed => false,
        Additional::Each(each) => fits(each, value),
    };
    fits_additional && constraints.names.is_none_or(|names| fits_name(names, key))
}

/// Returns `true` if the key of a member is valid.
pub(super) fn fits_name(constraints: &Constraints, key: &str) -> bool {
    match constraints.choices {
        [] => fits_text(constraints, key),
        _ => fits(constraints, &Value::from(key)),
    }
}

/// Returns `true` if a value is valid by exactly one alternative (`oneOf`), or by at least one alternative (`anyOf`).
pub(super) fn fits_choice(choice: &Choice, value: &Value) -> bool {
    let mut fitting = choice.alternatives.iter().filter(|constraints| fits(constraints, value));
    fitting.next().is_some() && (!choice.exactly_one || fitting.next().is_none())
}

/// Returns `true` if a number has one of the types. A number is an integer by its value, so `1.0` is an integer (JSON Schema
/// 2020-12, section 4.2.3).
pub(super) fn has_number_type(types: Types, number: &Number) -> bool {
    let is_integer = || number.is_i64() || number.is_u64() || as_f64(number).fract() == 0.0;
    types.has(Types::NUMBER) || (types.has(Types::INTEGER) && is_integer())
}
