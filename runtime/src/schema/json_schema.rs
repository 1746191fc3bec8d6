//! Conversion of constraints to a JSON Schema document without references.

use serde_json::{json, Map, Value};

use super::{Schema, SchemaVariant};
use crate::constraints::{Additional, Assertion, Constraints, Keyword, ObjectConstraints, Presence, Types};
use crate::validate::Rule;

/// Returns the JSON Schema document of constraints.
pub(super) fn document(constraints: &Constraints) -> Value {
    let mut document = schema(constraints);
    document.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    Value::Object(document)
}

/// Returns the JSON Schema document of an event type or of its content. Variants are conditions in `allOf`.
pub(super) fn of(schema: &Schema) -> Value {
    let event = schema.event;
    let constraints = |variant: &SchemaVariant| if schema.is_event { variant.event } else { variant.content };
    let chosen = schema.variant();
    let mut document = document(constraints(chosen.unwrap_or(&event.base)));
    let (Some(discriminator), None) = (event.discriminator, chosen) else { return document };
    let condition = |value: &str| {
        let content = json!({"properties": {discriminator: {"const": value}}, "required": [discriminator]});
        if schema.is_event {
            json!({"properties": {"content": content}, "required": ["content"]})
        } else {
            content
        }
    };
    let variants = event
        .variants
        .iter()
        .map(|variant| json!({"if": condition(variant.value), "then": self::schema(constraints(variant))}));
    let all_of = document.as_object_mut().map(|schema| schema.entry("allOf").or_insert_with(|| json!([])));
    if let Some(Value::Array(all_of)) = all_of {
        all_of.extend(variants);
    }
    document
}

fn schema(constraints: &Constraints) -> Map<String, Value> {
    let mut schema = Map::new();
    annotations(constraints, &mut schema);
    let types: Vec<&str> = constraints.types.names().collect();
    match types.as_slice() {
        _ if constraints.types == Types::ANY => {}
        [one] => put(&mut schema, "type", Some(*one)),
        several => put(&mut schema, "type", Some(several.to_vec())),
    }
    let patterns = assertions(constraints.assertions, &mut schema);
    put(&mut schema, "items", constraints.items.map(self::schema));
    object(&constraints.object, &mut schema);
    let choices = constraints.choices.iter().map(|choice| {
        let keyword = if choice.exactly_one { "oneOf" } else { "anyOf" };
        let alternatives: Vec<_> = choice.alternatives.iter().map(|one| self::schema(one)).collect();
        json!({ keyword: alternatives })
    });
    let all_of: Vec<Value> = patterns.into_iter().chain(choices).collect();
    put(&mut schema, "allOf", (!all_of.is_empty()).then_some(all_of));
    schema
}

fn put(schema: &mut Map<String, Value>, keyword: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        schema.insert(keyword.to_owned(), value.into());
    }
}

/// Adds a keyword whose value is an object, unless the object is empty.
// `collect` sorts the members. The code for it would be more than this module, for each iterator.
fn put_object(schema: &mut Map<String, Value>, keyword: &str, members: &mut dyn Iterator<Item = (String, Value)>) {
    let mut object = Map::new();
    for (key, value) in members {
        object.insert(key, value);
    }
    put(schema, keyword, (!object.is_empty()).then_some(object));
}

fn annotations(constraints: &Constraints, schema: &mut Map<String, Value>) {
    let annotations = &constraints.annotations;
    put(schema, "description", (!annotations.description.is_empty()).then_some(annotations.description));
    put(schema, "default", annotations.default.and_then(|json| serde_json::from_str::<Value>(json).ok()));
    put(schema, "deprecated", annotations.deprecated.then_some(true));
    // The schemas of the specification state versions without a `v`.
    let number = |version: crate::schema::Version| format!("{}.{}", version.major, version.minor);
    put(schema, "x-addedInMatrixVersion", annotations.since.map(number));
    let mut changed = annotations.changed.iter().map(|(version, text)| (number(*version), (*text).into()));
    put_object(schema, "x-changedInMatrixVersion", &mut changed);
    put(schema, "format", annotations.format.map(|format| format.format_name()));
    put(schema, "x-pattern-format", annotations.key_format.map(|format| format.format_name()));
}

/// Adds the keywords of assertions. A schema has one `pattern`, so each further pattern is returned as a schema.
fn assertions(assertions: &[Assertion], schema: &mut Map<String, Value>) -> Vec<Value> {
    let mut patterns = Vec::new();
    for Keyword { rule: keyword, value, .. } in assertions.iter().map(Assertion::keyword) {
        match keyword {
            Rule::Pattern if schema.contains_key("pattern") => patterns.push(json!({ "pattern": value })),
            _ => put(schema, keyword.as_str(), Some(value)),
        }
    }
    patterns
}

fn object(object: &ObjectConstraints, schema: &mut Map<String, Value>) {
    let declared = object.properties.iter().filter(|property| property.presence != Presence::Undeclared);
    let mut properties = declared.map(|property| (property.name.to_owned(), self::schema(property.constraints).into()));
    put_object(schema, "properties", &mut properties);
    let required = object.properties.iter().filter(|property| property.presence != Presence::Optional);
    let required: Vec<&str> = required.map(|property| property.name).collect();
    put(schema, "required", (!required.is_empty()).then_some(required));
    let mut patterns = object.patterns.iter().map(|(regex, one)| (regex.source.to_owned(), self::schema(one).into()));
    put_object(schema, "patternProperties", &mut patterns);
    match object.additional {
        Additional::Open => {}
        Additional::Closed => put(schema, "additionalProperties", Some(false)),
        Additional::Each(each) => put(schema, "additionalProperties", Some(self::schema(each))),
    }
    put(schema, "propertyNames", object.names.map(self::schema));
}
