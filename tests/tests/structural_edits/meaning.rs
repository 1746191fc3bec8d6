//! The meaning of an output: its types and constraints, without places in files and without the order of declarations.

use std::collections::BTreeMap;

use matrix_events_codegen::ir::constraints::{AdditionalProperties, ConstraintTables, ConstraintsId};
use matrix_events_codegen::ir::Ir;
use serde_json::{json, Value};

/// The members of the IR that name places.
const PLACES: [&str; 4] = ["origin", "file", "files", "constraints"];

/// The lists of the IR whose order is that of declarations in schemas.
const UNORDERED: [&str; 2] = ["fields", "items"];

/// Returns the meaning of types and constraints.
pub(crate) fn of(ir: &Ir) -> BTreeMap<String, Value> {
    let mut types = serde_json::to_value(ir).unwrap_or_else(|error| panic!("{error}"));
    normalize(&mut types);
    let mut meaning = BTreeMap::new();
    let Value::Object(members) = types else { return meaning };
    for (name, value) in members {
        match value {
            Value::Object(parts) => {
                meaning.extend(parts.into_iter().map(|(part, value)| (format!("{name} {part}"), value)))
            }
            Value::Array(list) => {
                meaning.extend(list.into_iter().enumerate().map(|(index, value)| (format!("{name} {index}"), value)));
            }
            value => drop(meaning.insert(name, value)),
        }
    }
    let mut known = BTreeMap::new();
    for event in &ir.constraints.events {
        let schemas = std::iter::once(&event.base).chain(&event.variants);
        let schemas: Vec<Value> =
            schemas.map(|schema| json!([schema.value, node(&ir.constraints, schema.event, &mut known)])).collect();
        meaning.insert(format!("constraints of {} {:?}", event.event_type, event.module), Value::from(schemas));
    }
    meaning
}

fn normalize(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|key, _| !PLACES.contains(&key.as_str()));
            for (key, value) in members {
                normalize(value);
                if let (true, Value::Array(list)) = (UNORDERED.contains(&key.as_str()), value) {
                    list.sort_by_key(ToString::to_string);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(normalize),
        _ => {}
    }
}

/// Returns the constraints of a node, with those of the nodes below.
fn node(tables: &ConstraintTables, id: ConstraintsId, known: &mut BTreeMap<usize, Value>) -> Value {
    let constraints = tables.node(id);
    let address = std::ptr::from_ref(constraints) as usize;
    if let Some(known) = known.get(&address) {
        return known.clone();
    }
    let mut below = |id: ConstraintsId| node(tables, id, known);
    let mut assertions: Vec<String> = constraints.assertions.iter().map(|one| format!("{one:?}")).collect();
    assertions.sort();
    let object = constraints.object.as_ref().map(|object| {
        let mut properties: Vec<Value> = object
            .properties
            .iter()
            .map(|one| json!([one.name, one.required_by.is_some(), one.declared, below(one.constraints)]))
            .collect();
        properties.sort_by_key(ToString::to_string);
        let patterns: Vec<Value> =
            object.patterns.iter().map(|(regex, id)| json!([regex.source, below(*id)])).collect();
        let additional = match object.additional {
            AdditionalProperties::Open => json!(true),
            AdditionalProperties::Closed => json!(false),
            AdditionalProperties::Each(id) => below(id),
        };
        json!([properties, patterns, additional, object.names.map(&mut below)])
    });
    let choices: Vec<Value> = constraints
        .choices
        .iter()
        .map(|one| json!([one.exactly_one, one.alternatives.iter().map(|id| below(*id)).collect::<Vec<_>>()]))
        .collect();
    let value = json!({
        "types": format!("{:?}", constraints.types),
        "assertions": assertions,
        "formats": format!("{:?} {:?}", constraints.format, constraints.key_format),
        "docs": format!("{:?}", constraints.docs),
        "items": constraints.items.map(below),
        "object": object,
        "choices": choices,
    });
    // The digest keeps the values small.
    let digest = json!(format!("{:x}", digest(&value.to_string())));
    known.insert(address, digest.clone());
    digest
}

fn digest(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
