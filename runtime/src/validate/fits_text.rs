//! Validation of JSON text in one pass over the bytes.
//!
//! The result is `true`, or `false` if a closer look is necessary. A closer look is necessary for an invalid value, and for a
//! repeated key, because the last value wins.

use super::fits;
use crate::constraints::{Additional, Constraints, ObjectConstraints, Presence, Subject, Types};
use crate::json::{Cursor, JsonType, ParseError};

/// Returns `true` and moves past the next value if the value is certainly valid. Otherwise, the cursor can be anywhere.
pub(super) fn surely_fits(json: &mut Cursor<'_>, constraints: &'static Constraints) -> Result<bool, ParseError> {
    if !constraints.choices.is_empty() {
        return Ok(fits::fits(constraints, &json.value()?));
    }
    let types = constraints.types;
    Ok(match json.json_type()? {
        JsonType::String => fits::fits_text(constraints, &json.string()?),
        JsonType::Object => types.has(Types::OBJECT) && object(json, constraints, &[])?,
        JsonType::Array => types.has(Types::ARRAY) && array(json, constraints)?,
        JsonType::Number => number(json, constraints)?,
        JsonType::Boolean => {
            json.boolean()?;
            types.has(Types::BOOLEAN) && constraints.holds(Subject::Other)
        }
        JsonType::Null => {
            json.null()?;
            types.has(Types::NULL) && constraints.holds(Subject::Other)
        }
    })
}

/// Returns `true` if the next object is certainly valid. The required members in `exempt` can be missing.
pub(super) fn object(
    json: &mut Cursor<'_>,
    constraints: &'static Constraints,
    exempt: &[&str],
) -> Result<bool, ParseError> {
    // If the number of members is limited, a closer look finds repeated keys.
    if !constraints.assertions.is_empty() {
        return Ok(false);
    }
    match constraints.object.is_any() {
        true => pass(json).map(|()| true),
        false => members(json, &constraints.object, exempt),
    }
}

fn members(
    json: &mut Cursor<'_>,
    constraints: &'static ObjectConstraints,
    exempt: &[&str],
) -> Result<bool, ParseError> {
    let mut members = json.object()?;
    let mut seen = 0_u64;
    let mut expected = 0;
    let is_open = constraints.is_open();
    // `seen` has a bit for each property.
    if constraints.properties.len() > 64 {
        return Ok(false);
    }
    while let Some(key) = json.next_key(&mut members)? {
        // The keys of a text are often sorted, as the properties are.
        let next = constraints.properties.get(expected).filter(|property| property.name == key);
        let found = match next {
            Some(property) => Some((expected, property)),
            None => constraints.properties.iter().enumerate().find(|(_, property)| property.name == key),
        };
        let Some((index, property)) = found else {
            if is_open {
                pass(json)?;
            } else if !additional(json, constraints, &key)? {
                return Ok(false);
            }
            continue;
        };
        expected = index + 1;
        let bit = 1 << index;
        let has_property_alone = is_open || (constraints.patterns.is_empty() && constraints.names.is_none());
        if seen & bit != 0 || !has_property_alone || property.presence == Presence::Undeclared {
            return Ok(false);
        }
        seen |= bit;
        if !surely_fits(json, property.constraints)? {
            return Ok(false);
        }
    }
    let is_missed = |index: usize| seen >> index & 1 == 0;
    let mut properties = constraints.properties.iter().enumerate();
    Ok(!properties.any(|(index, property)| is_missed(index) && fits::is_missed(property, exempt)))
}

/// Returns `true` if a member without a property is certainly valid.
fn additional(json: &mut Cursor<'_>, constraints: &'static ObjectConstraints, key: &str) -> Result<bool, ParseError> {
    if !constraints.names.is_none_or(|names| fits::fits_name(names, key)) {
        return Ok(false);
    }
    let mut matching = constraints.patterns.iter().filter(|(regex, _)| regex.matches(key));
    match (matching.next(), matching.next(), &constraints.additional) {
        (Some((_, constraints)), None, _) => surely_fits(json, constraints),
        (Some(_), Some(_), _) => Ok(false),
        (None, _, Additional::Open) => pass(json).map(|()| true),
        (None, _, Additional::Closed) => Ok(false),
        (None, _, Additional::Each(each)) => surely_fits(json, each),
    }
}

fn array(json: &mut Cursor<'_>, constraints: &Constraints) -> Result<bool, ParseError> {
    let mut members = json.list()?;
    let mut length = 0;
    while json.next_element(&mut members)? {
        length += 1;
        match constraints.items {
            Some(items) if !surely_fits(json, items)? => return Ok(false),
            Some(_) => {}
            None => pass(json)?,
        }
    }
    Ok(constraints.holds(Subject::Array(length)))
}

fn number(json: &mut Cursor<'_>, constraints: &Constraints) -> Result<bool, ParseError> {
    // The cursor does not move if the integer is invalid.
    let number = match json.integer() {
        Ok(integer) => integer.into(),
        Err(_) => json.number()?,
    };
    Ok(fits::has_number_type(constraints.types, &number) && constraints.holds(Subject::Number(&number)))
}

/// Moves past any value, and checks that all of it is JSON.
pub(super) fn pass(json: &mut Cursor<'_>) -> Result<(), ParseError> {
    match json.json_type()? {
        JsonType::String => json.string().map(drop),
        JsonType::Number => match json.integer() {
            Ok(_) => Ok(()),
            Err(_) => json.number().map(drop),
        },
        JsonType::Boolean => json.boolean().map(drop),
        JsonType::Null => json.null(),
        JsonType::Array => {
            let mut members = json.list()?;
            while json.next_element(&mut members)? {
                pass(json)?;
            }
            Ok(())
        }
        JsonType::Object => {
            let mut members = json.object()?;
            while json.next_key(&mut members)?.is_some() {
                pass(json)?;
            }
            Ok(())
        }
    }
}
