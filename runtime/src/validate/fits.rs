//! Whether a value is what its rules ask for: yes or no, and no more work than that.

use std::sync::LazyLock;

use serde_json::{Map, Number, Value};

use crate::rules::{Additional, Choice, List, Need, Object, Property, Rules, Types};

/// Whether a value fits. Most values are strings of which little is asked: those are settled without a call.
#[inline]
pub(super) fn fits(rules: &Rules, value: &Value) -> bool {
    match value {
        Value::String(text) if rules.choices.is_empty() => fits_text(rules, text),
        other => fits_another(rules, other),
    }
}

/// The same for a member, of which most ask for a type and nothing else.
#[inline]
fn fits_property(property: &Property, value: &Value) -> bool {
    let types = match value {
        Value::String(_) => Types::STRING,
        Value::Number(number) if number.is_i64() => Types::INTEGER,
        Value::Bool(_) => Types::BOOLEAN,
        _ => return fits(property.rules, value),
    };
    property.takes_any(types) || fits(property.rules, value)
}

fn fits_another(rules: &Rules, value: &Value) -> bool {
    let has_type = match value {
        Value::Object(map) => rules.types.has(Types::OBJECT) && rules.object.is_none_or(|rule| object(rule, map, &[])),
        Value::Array(list) => rules.types.has(Types::ARRAY) && rules.list.is_none_or(|rule| elements(rule, list)),
        Value::Number(number) => fits_number(rules, number),
        Value::Bool(_) => rules.types.has(Types::BOOLEAN),
        Value::Null => rules.types.has(Types::NULL),
        Value::String(text) => fits_text(rules, text),
    };
    let is_listed = value.is_string() || rules.text.is_none_or(|rule| rule.values.is_none());
    has_type && is_listed && rules.choices.iter().all(|choice| fits_choice(choice, value))
}

/// Whether a string fits, its alternatives apart.
#[inline]
pub(super) fn fits_text(rules: &Rules, text: &str) -> bool {
    rules.types.has(Types::STRING) && rules.text.is_none_or(|rule| rule.fits(text))
}

fn elements(rules: &List, list: &[Value]) -> bool {
    rules.has_length(list.len()) && rules.items.is_none_or(|items| list.iter().all(|value| fits(items, value)))
}

/// Whether an object fits; `exempt` names what it need not have, whatever its rules say.
pub(super) fn object(rules: &Object, map: &Map<String, Value>, exempt: &[&str]) -> bool {
    rules.has_length(map.len())
        && match *SORTED {
            true => sorted(rules, map, exempt),
            false => looked_up(rules, map, exempt),
        }
}

/// Whether maps keep their keys in order, which the feature `preserve_order` of `serde_json` ends.
pub(super) static SORTED: LazyLock<bool> = LazyLock::new(|| {
    let map: Map<String, Value> = ["b", "a"].map(|key| (key.to_owned(), Value::Null)).into_iter().collect();
    map.keys().next().is_some_and(|first| first == "a")
});

/// Both the members and the properties are in order: one walk along both sees each once. That a name differs shows in its
/// length, most of the time, and so it is looked for among those that are left instead of being put in order.
fn sorted(rules: &Object, map: &Map<String, Value>, exempt: &[&str]) -> bool {
    let mut properties = rules.properties;
    let is_open = rules.is_open();
    for (key, value) in map {
        let found = properties.iter().position(|property| property.name == key);
        let property = found.and_then(|index| {
            let (passed, rest) = properties.split_at_checked(index)?;
            let (property, rest) = rest.split_first()?;
            properties = rest;
            Some((passed, property))
        });
        if let Some((passed, property)) = property {
            if passed.iter().any(|property| is_missed(property, exempt)) || !fits_property(property, value) {
                return false;
            }
        }
        if !is_open && !beside(rules, property.map(|(_, property)| property), key, value) {
            return false;
        }
    }
    !properties.iter().any(|property| is_missed(property, exempt))
}

fn looked_up(rules: &Object, map: &Map<String, Value>, exempt: &[&str]) -> bool {
    let fits_member = |property: &Property| match map.get(property.name) {
        Some(value) => fits_property(property, value),
        None => !is_missed(property, exempt),
    };
    let is_open = rules.is_open();
    rules.properties.iter().all(fits_member)
        && map.iter().all(|(key, value)| is_open || beside(rules, rules.property(key), key, value))
}

pub(super) fn is_missed(property: &Property, exempt: &[&str]) -> bool {
    property.need != Need::Optional && !exempt.contains(&property.name)
}

/// Whether a member fits what is asked of it beside its property, if it has one.
fn beside(rules: &Object, property: Option<&Property>, key: &str, value: &Value) -> bool {
    let mut described = property.is_some_and(|property| property.need != Need::Undeclared);
    for (_, rules) in rules.patterns.iter().filter(|(pattern, _)| pattern.matches(key)) {
        described = true;
        if !fits(rules, value) {
            return false;
        }
    }
    let fits_additional = match &rules.additional {
        _ if described => true,
        Additional::Open => true,
        Additional::Closed => false,
        Additional::Each(each) => fits(each, value),
    };
    fits_additional && rules.names.is_none_or(|names| fits_name(names, key))
}

/// Whether the name of a member fits.
pub(super) fn fits_name(rules: &Rules, key: &str) -> bool {
    match rules.choices {
        [] => fits_text(rules, key),
        _ => fits(rules, &Value::from(key)),
    }
}

/// Whether a value fits exactly one alternative, or at least one.
pub(super) fn fits_choice(choice: &Choice, value: &Value) -> bool {
    let mut fitting = choice.alternatives.iter().filter(|rules| fits(rules, value));
    fitting.next().is_some() && (!choice.exactly_one || fitting.next().is_none())
}

fn fits_number(rules: &Rules, number: &Number) -> bool {
    has_number_type(rules.types, number) && rules.range.is_none_or(|range| range.fits(as_f64(number)))
}

/// A number is an integer by its value, not by its spelling (JSON Schema 2020-12, section 4.2.3).
pub(super) fn has_number_type(types: Types, number: &Number) -> bool {
    types.has(Types::NUMBER)
        || (types.has(Types::INTEGER) && (number.is_i64() || number.is_u64() || as_f64(number).fract() == 0.0))
}

pub(super) fn as_f64(number: &Number) -> f64 {
    number.as_f64().unwrap_or(f64::NAN)
}
