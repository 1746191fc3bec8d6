//! Rules as the JSON Schema that they come from, with everything in one place.

use serde_json::{json, Map, Number, Value};

use super::{Exact, Schema};
use crate::rules::{Additional, Need, Object, Rules, Text, Types};

/// The schema as a document of its own.
pub(super) fn document(rules: &Rules) -> Value {
    let mut document = schema(rules);
    document.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    Value::Object(document)
}

/// The schema of an event type or of its content. What is chosen by the discriminator stands as conditions beside it.
pub(super) fn of(schema: &Schema) -> Value {
    let event = schema.event;
    let rules = |exact: &Exact| if schema.whole { exact.event } else { exact.content };
    let chosen = schema.variant();
    let mut document = document(rules(chosen.unwrap_or(&event.base)));
    let (Some(discriminator), None) = (event.discriminator, chosen) else { return document };
    let condition = |value: &str| {
        let content = json!({"properties": {discriminator: {"const": value}}, "required": [discriminator]});
        if schema.whole {
            json!({"properties": {"content": content}, "required": ["content"]})
        } else {
            content
        }
    };
    let variants = event
        .variants
        .iter()
        .map(|variant| json!({"if": condition(variant.value), "then": self::schema(rules(variant))}));
    let all_of = document.as_object_mut().map(|schema| schema.entry("allOf").or_insert_with(|| json!([])));
    if let Some(Value::Array(all_of)) = all_of {
        all_of.extend(variants);
    }
    document
}

fn schema(rules: &Rules) -> Map<String, Value> {
    let mut schema = Map::new();
    facts(rules, &mut schema);
    let types: Vec<&str> = rules.types.names().collect();
    match types.as_slice() {
        _ if rules.types == Types::ANY => {}
        [one] => put(&mut schema, "type", Some(*one)),
        several => put(&mut schema, "type", Some(several)),
    }
    if let Some(text) = rules.text {
        string(text, &mut schema);
    }
    if let Some(range) = rules.range {
        put(&mut schema, "minimum", range.least.map(number));
        put(&mut schema, "maximum", range.most.map(number));
    }
    if let Some(list) = rules.list {
        put(&mut schema, "minItems", list.least);
        put(&mut schema, "maxItems", list.most);
        put(&mut schema, "items", list.items.map(self::schema));
    }
    if let Some(rules) = rules.object {
        object(rules, &mut schema);
    }
    let choices = rules.choices.iter().map(|choice| {
        let keyword = if choice.exactly_one { "oneOf" } else { "anyOf" };
        let alternatives: Vec<_> = choice.alternatives.iter().map(|rules| self::schema(rules)).collect();
        json!({ keyword: alternatives })
    });
    let choices: Vec<Value> = choices.collect();
    put(&mut schema, "allOf", (!choices.is_empty()).then_some(choices));
    schema
}

fn put(schema: &mut Map<String, Value>, keyword: &str, value: Option<impl serde::Serialize>) {
    schema.extend(value.map(|value| (keyword.to_owned(), json!(value))));
}

fn facts(rules: &Rules, schema: &mut Map<String, Value>) {
    let facts = rules.facts;
    put(schema, "description", (!facts.description.is_empty()).then_some(facts.description));
    put(schema, "deprecated", facts.deprecated.then_some(true));
    // The schemas of the specification write versions without their `v`.
    let bare = |version: crate::schema::Version| format!("{}.{}", version.major, version.minor);
    put(schema, "x-addedInMatrixVersion", facts.since.map(bare));
    let changed: Map<String, Value> =
        facts.changed.iter().map(|(version, text)| (bare(*version), json!(text))).collect();
    put(schema, "x-changedInMatrixVersion", (!changed.is_empty()).then_some(changed));
    put(schema, "x-pattern-format", facts.key_format.map(|format| format.name()));
}

fn string(text: &Text, schema: &mut Map<String, Value>) {
    put(schema, "enum", text.values);
    put(schema, "format", text.format.map(|format| format.name()));
    put(schema, "minLength", text.least);
    put(schema, "maxLength", text.most);
    match text.patterns {
        [] => {}
        [one] => put(schema, "pattern", Some(one.source)),
        several => {
            // There is one `pattern` in a schema: all of them as assertions about what follows.
            let all: String = several.iter().map(|pattern| format!("(?=[^]*?{})", pattern.source)).collect();
            put(schema, "pattern", Some(all));
        }
    }
}

fn object(object: &Object, schema: &mut Map<String, Value>) {
    let declared = object.properties.iter().filter(|property| property.need != Need::Undeclared);
    let properties: Map<String, Value> =
        declared.map(|property| (property.name.to_owned(), Value::Object(self::schema(property.rules)))).collect();
    put(schema, "properties", (!properties.is_empty()).then_some(properties));
    let required = object.properties.iter().filter(|property| property.need != Need::Optional);
    let required: Vec<&str> = required.map(|property| property.name).collect();
    put(schema, "required", (!required.is_empty()).then_some(required));
    let patterns =
        object.patterns.iter().map(|(pattern, rules)| (pattern.source.to_owned(), json!(self::schema(rules))));
    let patterns: Map<String, Value> = patterns.collect();
    put(schema, "patternProperties", (!patterns.is_empty()).then_some(patterns));
    match object.additional {
        Additional::Open => {}
        Additional::Closed => put(schema, "additionalProperties", Some(false)),
        Additional::Each(each) => put(schema, "additionalProperties", Some(self::schema(each))),
    }
    put(schema, "minProperties", object.least);
    put(schema, "maxProperties", object.most);
    put(schema, "propertyNames", object.names.map(self::schema));
}

/// Whole limits without a fraction, as people write them.
fn number(limit: f64) -> Value {
    #[allow(clippy::cast_possible_truncation)]
    let whole = limit as i64;
    #[allow(clippy::cast_precision_loss)]
    let is_whole = whole as f64 == limit;
    if is_whole {
        whole.into()
    } else {
        Number::from_f64(limit).map_or(Value::Null, Value::Number)
    }
}
