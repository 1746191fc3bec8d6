//! Random JSON that matches constraints.

use ::arbitrary::{Result, Unstructured};
use serde_json::{json, Map, Value};

use super::chance::rarely;
use super::identifiers::following;
use crate::constraints::{Additional, Assertion, Constraints, ObjectConstraints, Presence, Regex, RegexForm, Subject};
use crate::JsonObject;

/// The maximum depth. It is enough for every event of the specification, and avoids a stack overflow.
const DEPTH: u32 = 16;

/// Creates any JSON value.
pub fn anything(u: &mut Unstructured<'_>) -> Result<Value> {
    any_within(u, 3)
}

/// Creates any JSON object.
pub fn object(u: &mut Unstructured<'_>) -> Result<JsonObject> {
    object_within(u, 3)
}

fn object_within(u: &mut Unstructured<'_>, depth: u32) -> Result<JsonObject> {
    (0..u.int_in_range(0..=3)?).map(|_| Ok((u.arbitrary()?, any_within(u, depth)?))).collect()
}

fn any_within(u: &mut Unstructured<'_>, depth: u32) -> Result<Value> {
    Ok(match u.int_in_range(0..=if depth == 0 { 4 } else { 6 })? {
        0 => Value::Null,
        1 => json!(u.arbitrary::<bool>()?),
        2 => json!(u.arbitrary::<i64>()?),
        3 => json!(u.arbitrary::<f64>()?),
        4 => json!(u.arbitrary::<String>()?),
        5 => (0..u.int_in_range(0..=3)?).map(|_| any_within(u, depth - 1)).collect::<Result<_>>()?,
        _ => Value::Object(object_within(u, depth - 1)?),
    })
}

/// A generator of random JSON that matches constraints.
#[derive(Clone, Copy)]
pub struct Maker {
    /// `true` if some parts are invalid.
    pub mistakes: bool,
}

impl Maker {
    /// Creates an object that matches constraints.
    pub fn object_of(self, u: &mut Unstructured<'_>, constraints: &Constraints) -> Result<JsonObject> {
        let mut members = self.object(u, &constraints.object, DEPTH)?;
        for choice in constraints.choices {
            let alternative = *u.choose(choice.alternatives)?;
            members.extend(self.object_of(u, alternative)?);
        }
        Ok(members)
    }

    fn within(self, u: &mut Unstructured<'_>, constraints: &Constraints, depth: u32) -> Result<Value> {
        if depth == 0 || self.mistakes && rarely(u)? {
            return anything(u);
        }
        let mut value = self.of_type(u, constraints, depth)?;
        for choice in constraints.choices {
            let alternative = *u.choose(choice.alternatives)?;
            let chosen = self.within(u, alternative, depth - 1)?;
            match (&mut value, chosen) {
                (Value::Object(members), Value::Object(more)) => members.extend(more),
                (value, chosen) => *value = chosen,
            }
        }
        Ok(value)
    }

    fn of_type(self, u: &mut Unstructured<'_>, constraints: &Constraints, depth: u32) -> Result<Value> {
        let types: Vec<&str> = constraints.types.names().collect();
        if types.is_empty() {
            return anything(u);
        }
        Ok(match *u.choose(&types)? {
            "boolean" => json!(u.arbitrary::<bool>()?),
            "integer" => integer(u, constraints)?,
            "number" => json!(u.int_in_range(-1000..=1000)?),
            "string" => json!(text(u, constraints)?),
            "array" => self.list(u, constraints, depth)?,
            "object" => Value::Object(self.object(u, &constraints.object, depth)?),
            _ => Value::Null,
        })
    }

    fn list(self, u: &mut Unstructured<'_>, constraints: &Constraints, depth: u32) -> Result<Value> {
        let least = constraints.assertions.iter().find_map(|assertion| match assertion {
            Assertion::MinItems(least) => Some(*least),
            _ => None,
        });
        let least = least.unwrap_or(0);
        let length = u.int_in_range(least..=least + 3)?;
        let items = constraints.items.unwrap_or(&Constraints::ANY);
        (0..length).map(|_| self.within(u, items, depth - 1)).collect()
    }

    fn object(self, u: &mut Unstructured<'_>, object: &ObjectConstraints, depth: u32) -> Result<Map<String, Value>> {
        let mut members = Map::new();
        for (regex, constraints) in object.patterns {
            for _ in 0..u.int_in_range(0..=2)? {
                members.insert(matching(u, regex)?, self.within(u, constraints, depth - 1)?);
            }
        }
        if let Additional::Each(constraints) = object.additional {
            let names = object.names.unwrap_or(&Constraints::ANY);
            for _ in 0..u.int_in_range(0..=2)? {
                let key = match constraints.annotations.key_format {
                    Some(format) => following(u, format)?,
                    None => text(u, names)?,
                };
                members.insert(key, self.within(u, constraints, depth - 1)?);
            }
        }
        // Properties are last, so that no random key replaces a declared property.
        for property in object.properties {
            if property.presence != Presence::Optional || u.arbitrary()? {
                members.insert(property.name.to_owned(), self.within(u, property.constraints, depth - 1)?);
            } else {
                members.remove(property.name);
            }
        }
        Ok(members)
    }
}

fn integer(u: &mut Unstructured<'_>, constraints: &Constraints) -> Result<Value> {
    /// The largest integer of canonical JSON.
    const LARGEST: i64 = (1 << 53) - 1;
    let within = |number: &i64| constraints.holds(Subject::Number(&(*number).into()));
    let found = [u.int_in_range(-LARGEST..=LARGEST)?, u.int_in_range(0..=100)?, 0, 1];
    Ok(json!(found.into_iter().find(within)))
}

fn text(u: &mut Unstructured<'_>, constraints: &Constraints) -> Result<String> {
    if let Some(values) = constraints.values() {
        return Ok((*u.choose(values)?).to_owned());
    }
    let (mut pattern, mut most) = (None, usize::MAX);
    for assertion in constraints.assertions {
        match assertion {
            Assertion::Pattern(regex) => pattern = pattern.or(Some(regex)),
            Assertion::MaxLength(limit) => most = usize::try_from(*limit).unwrap_or(usize::MAX),
            _ => {}
        }
    }
    let text = match (constraints.annotations.format, pattern) {
        (Some(format), _) => following(u, format)?,
        (None, Some(regex)) => matching(u, regex)?,
        (None, None) => u.arbitrary()?,
    };
    Ok(text.chars().take(most).collect())
}

/// Creates a text that matches a regular expression.
fn matching(u: &mut Unstructured<'_>, regex: &Regex) -> Result<String> {
    Ok(match &regex.form {
        RegexForm::Any => u.arbitrary()?,
        RegexForm::Prefix(prefix) => format!("{prefix}{}", u.arbitrary::<&str>()?),
        RegexForm::Exactly(text) => (*text).to_owned(),
        RegexForm::Atoms { atoms, .. } => {
            let mut text = String::new();
            for atom in *atoms {
                for _ in 0..u.int_in_range(atom.least..=atom.most.min(atom.least.saturating_add(8)))? {
                    let (first, last) = *u.choose(atom.ranges)?;
                    let chosen = u.int_in_range(u32::from(first)..=u32::from(last))?;
                    text.push(char::from_u32(chosen).unwrap_or(first));
                }
            }
            text
        }
    })
}
