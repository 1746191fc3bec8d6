//! Whether a value is what a schema says: enough of JSON Schema 2020-12 for the keywords that `schema` reads, to hold
//! the specification's examples against its schemas.

use serde_json::Value;

use crate::diagnostics::{Checked, Problem};
use crate::schema::{Additional, JsonType, Schema, SchemaSet};

/// A place in a value that isn't as its schema says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Violation {
    /// The JSON pointer of the place.
    pub(crate) pointer: String,
    /// What is wrong there.
    pub(crate) message: String,
}

/// Holds values against schemas.
pub(crate) struct Checker<'l> {
    pub(crate) schemas: &'l SchemaSet,
}

impl Checker<'_> {
    /// Everything that is wrong with a value.
    pub(crate) fn check(&self, schema: &Schema, value: &Value) -> Checked<Vec<Violation>> {
        let mut found = Vec::new();
        self.value(schema, value, "", &mut found)?;
        Ok(found)
    }

    fn value(&self, schema: &Schema, value: &Value, pointer: &str, found: &mut Vec<Violation>) -> Checked<()> {
        if let Some(target) = &schema.reference {
            let target = self
                .schemas
                .get(target)
                .ok_or_else(|| Problem::at(&schema.origin, "the target of a `$ref` is missing"))?;
            self.value(target, value, pointer, found)?;
        }
        for part in &schema.all_of {
            self.value(part, value, pointer, found)?;
        }
        let mut wrong = |message: String| found.push(Violation { pointer: pointer.to_owned(), message });
        if !schema.types.is_empty() && !schema.types.iter().any(|kind| has_type(*kind, value)) {
            let names: Vec<&str> = schema.types.iter().map(|kind| kind.name()).collect();
            wrong(format!("{value} isn't of type {}", names.join(" or ")));
        }
        if let (Some(values), text) = (&schema.values, value.as_str()) {
            if !text.is_some_and(|text| values.iter().any(|known| known == text)) {
                wrong(format!("{value} isn't one of {}", values.join(", ")));
            }
        }
        if let Some(text) = value.as_str() {
            text_rules(schema, text, &mut wrong);
        }
        if let Some(number) = value.as_f64() {
            if schema.bounds.minimum.is_some_and(|least| number < least)
                || schema.bounds.maximum.is_some_and(|most| number > most)
            {
                wrong(format!("{number} is out of bounds"));
            }
        }
        self.alternatives(schema, value, pointer, found)?;
        match value {
            Value::Array(list) => self.list(schema, list, pointer, found),
            Value::Object(members) => self.object(schema, members, pointer, found),
            _ => Ok(()),
        }
    }

    fn alternatives(&self, schema: &Schema, value: &Value, pointer: &str, found: &mut Vec<Violation>) -> Checked<()> {
        for (list, exactly_one) in [(&schema.one_of, true), (&schema.any_of, false)] {
            let mut valid = 0;
            for alternative in list {
                valid += usize::from(self.check(alternative, value)?.is_empty());
            }
            if !list.is_empty() && (valid == 0 || (exactly_one && valid > 1)) {
                let message = format!("{value} fits {valid} of {} alternatives", list.len());
                found.push(Violation { pointer: pointer.to_owned(), message });
            }
        }
        Ok(())
    }

    fn list(&self, schema: &Schema, list: &[Value], pointer: &str, found: &mut Vec<Violation>) -> Checked<()> {
        let length = list.len() as u64;
        if schema.bounds.min_items.is_some_and(|least| length < least)
            || schema.bounds.max_items.is_some_and(|most| length > most)
        {
            found.push(Violation { pointer: pointer.to_owned(), message: format!("a list of {length}") });
        }
        if let Some(items) = &schema.items {
            for (index, value) in list.iter().enumerate() {
                self.value(items, value, &format!("{pointer}/{index}"), found)?;
            }
        }
        Ok(())
    }

    fn object(
        &self,
        schema: &Schema,
        members: &serde_json::Map<String, Value>,
        pointer: &str,
        found: &mut Vec<Violation>,
    ) -> Checked<()> {
        let count = members.len() as u64;
        if schema.bounds.min_properties.is_some_and(|least| count < least)
            || schema.bounds.max_properties.is_some_and(|most| count > most)
        {
            found.push(Violation { pointer: pointer.to_owned(), message: format!("an object of {count} members") });
        }
        for name in schema.required.iter().filter(|name| !members.contains_key(*name)) {
            let message = format!("required property `{name}` is missing");
            found.push(Violation { pointer: pointer.to_owned(), message });
        }
        for (key, value) in members {
            let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
            if let Some(names) = &schema.property_names {
                self.value(names, &Value::String(key.clone()), &pointer, found)?;
            }
            let mut described = false;
            if let Some(property) = schema.property(key) {
                described = true;
                self.value(property, value, &pointer, found)?;
            }
            for (_, property) in schema.pattern_properties.iter().filter(|(pattern, _)| matches(pattern, key)) {
                described = true;
                self.value(property, value, &pointer, found)?;
            }
            match &schema.additional {
                Additional::Each(each) if !described => self.value(each, value, &pointer, found)?,
                Additional::Forbidden if !described => {
                    found.push(Violation { pointer, message: format!("`{key}` is not allowed here") });
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn has_type(kind: JsonType, value: &Value) -> bool {
    match kind {
        JsonType::Null => value.is_null(),
        JsonType::Boolean => value.is_boolean(),
        JsonType::Integer => {
            value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        JsonType::Number => value.is_number(),
        JsonType::String => value.is_string(),
        JsonType::Array => value.is_array(),
        JsonType::Object => value.is_object(),
    }
}

fn text_rules(schema: &Schema, text: &str, wrong: &mut impl FnMut(String)) {
    let length = text.chars().count() as u64;
    if schema.bounds.min_length.is_some_and(|least| length < least)
        || schema.bounds.max_length.is_some_and(|most| length > most)
    {
        wrong(format!("a string of {length} characters"));
    }
    if let Some(pattern) = schema.pattern.as_deref().filter(|pattern| !matches(pattern, text)) {
        wrong(format!("`{text}` doesn't match `{pattern}`"));
    }
}

/// Patterns aren't anchored (JSON Schema 2020-12, section 6.4). They were compiled once when the schema was read.
fn matches(pattern: &str, text: &str) -> bool {
    regress::Regex::with_flags(pattern, "u").is_ok_and(|pattern| pattern.find(text).is_some())
}
