//! Whether a JSON text is what its rules ask for, in one pass over the bytes. It says yes, or that a closer look is
//! needed: at a value that doesn't fit, and at a key that stands twice, of which the last counts.

use super::fits;
use crate::json::{Cursor, Fault, JsonType};
use crate::rules::{Additional, Need, Object, Rules, Types};

/// Whether the value ahead surely fits. The cursor moves behind it only if so.
pub(super) fn surely_fits(json: &mut Cursor<'_>, rules: &'static Rules) -> Result<bool, Fault> {
    if !rules.choices.is_empty() {
        return Ok(fits::fits(rules, &json.value()?));
    }
    let needs_text = rules.text.is_some_and(|text| text.values.is_some());
    Ok(match json.json_type()? {
        JsonType::String => {
            let text = json.string()?;
            fits::fits_text(rules, &text)
        }
        _ if needs_text => false,
        JsonType::Object => {
            rules.types.has(Types::OBJECT)
                && match rules.object {
                    Some(object) => members(json, object, &[])?,
                    None => pass(json).map(|()| true)?,
                }
        }
        JsonType::Array => rules.types.has(Types::ARRAY) && elements(json, rules)?,
        JsonType::Number => number(json, rules)?,
        JsonType::Boolean => {
            json.boolean()?;
            rules.types.has(Types::BOOLEAN)
        }
        JsonType::Null => {
            json.null()?;
            rules.types.has(Types::NULL)
        }
    })
}

/// Whether the object ahead surely fits; `exempt` names what it need not have.
pub(super) fn members(json: &mut Cursor<'_>, rules: &'static Object, exempt: &[&str]) -> Result<bool, Fault> {
    let mut members = json.object()?;
    let mut seen = 0_u64;
    let mut expected = 0;
    let is_open = rules.is_open();
    // A bit for each property; an object with more of them is looked at closely, and so is one whose members are counted.
    if rules.properties.len() > 64 || rules.least.is_some() || rules.most.is_some() {
        return Ok(false);
    }
    while let Some(key) = json.next_key(&mut members)? {
        // Texts often have their keys in order, as the properties are.
        let next = rules.properties.get(expected).filter(|property| property.name == key);
        let found = match next {
            Some(property) => Some((expected, property)),
            None => rules.properties.iter().enumerate().find(|(_, property)| property.name == key),
        };
        let Some((index, property)) = found else {
            if is_open {
                pass(json)?;
            } else if !beside(json, rules, &key)? {
                return Ok(false);
            }
            continue;
        };
        expected = index + 1;
        let bit = 1 << index;
        let is_plain = is_open || (rules.patterns.is_empty() && rules.names.is_none());
        if seen & bit != 0 || !is_plain || property.need == Need::Undeclared {
            return Ok(false);
        }
        seen |= bit;
        if !surely_fits(json, property.rules)? {
            return Ok(false);
        }
    }
    let is_missed = |index: usize| seen >> index & 1 == 0;
    let mut properties = rules.properties.iter().enumerate();
    Ok(!properties.any(|(index, property)| is_missed(index) && fits::is_missed(property, exempt)))
}

/// Whether a member that no property describes surely fits.
fn beside(json: &mut Cursor<'_>, rules: &'static Object, key: &str) -> Result<bool, Fault> {
    if !rules.names.is_none_or(|names| fits::fits_name(names, key)) {
        return Ok(false);
    }
    let mut matching = rules.patterns.iter().filter(|(pattern, _)| pattern.matches(key));
    match (matching.next(), matching.next(), &rules.additional) {
        (Some((_, rules)), None, _) => surely_fits(json, rules),
        (Some(_), Some(_), _) => Ok(false),
        (None, _, Additional::Open) => pass(json).map(|()| true),
        (None, _, Additional::Closed) => Ok(false),
        (None, _, Additional::Each(each)) => surely_fits(json, each),
    }
}

fn elements(json: &mut Cursor<'_>, rules: &Rules) -> Result<bool, Fault> {
    let Some(list) = rules.list else { return pass(json).map(|()| true) };
    let mut members = json.list()?;
    let mut length = 0;
    while json.next_element(&mut members)? {
        length += 1;
        match list.items {
            Some(items) if !surely_fits(json, items)? => return Ok(false),
            Some(_) => {}
            None => pass(json)?,
        }
    }
    Ok(list.has_length(length))
}

fn number(json: &mut Cursor<'_>, rules: &Rules) -> Result<bool, Fault> {
    // An integer that fails hasn't moved.
    let number = match json.integer() {
        Ok(integer) => integer.into(),
        Err(_) => json.number()?,
    };
    Ok(fits::has_number_type(rules.types, &number) && rules.range.is_none_or(|range| range.fits(fits::as_f64(&number))))
}

/// Moves behind any value, which has to be JSON in all its parts.
pub(super) fn pass(json: &mut Cursor<'_>) -> Result<(), Fault> {
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
