//! The schemas of a tree and what they refer to: `$ref` across files and fragments, `allOf` merged.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{nearest, Checked, Origin, Problem, Problems};
use crate::overrides::Overrides;
use crate::schema::{self, Additional, Bounds, JsonType, Schema};
use crate::source::{Sources, SCHEMAS};

/// Every schema of the tree that an event reaches.
#[derive(Debug, Default)]
pub(crate) struct Library {
    schemas: BTreeMap<Origin, Schema>,
}

/// Reads the event schemas and what they and the overrides refer to.
pub(crate) fn resolve(sources: &mut Sources<'_>, overrides: &Overrides) -> Result<Library, Vec<Problem>> {
    let mut problems = Problems::default();
    let mut library = Library::default();
    let folders = std::iter::once(SCHEMAS).chain(overrides.folders());
    let files: Vec<String> = folders.flat_map(|folder| sources.below(folder)).collect();
    let mut waiting: Vec<(Origin, Option<Origin>)> = files.into_iter().map(|file| (Origin::file(file), None)).collect();
    waiting.extend(overrides.references());
    while let Some((target, from)) = waiting.pop() {
        if library.schemas.contains_key(&target) {
            continue;
        }
        let Some(schema) = load(sources, &target, from.as_ref(), &mut problems) else { continue };
        let mut references = Vec::new();
        collect_references(&schema, &mut references);
        waiting.extend(references.into_iter().map(|(at, target)| (target, Some(at))));
        library.schemas.insert(target, schema);
    }
    library.find_cycles(&mut problems);
    problems.none(library)
}

fn load(sources: &mut Sources<'_>, target: &Origin, from: Option<&Origin>, problems: &mut Problems) -> Option<Schema> {
    let missing = from.filter(|_| !sources.exists(&target.file)).map(|from| {
        let name = |file: &str| file.rsplit('/').next().unwrap_or_default().to_owned();
        let files = sources.below("event-schemas").into_iter().chain(sources.below("api")).collect::<Vec<_>>();
        let wanted = name(&target.file);
        let near = files.iter().find(|file| name(file) == wanted).map(String::as_str);
        let is_like = |file: &&str| strsim::levenshtein(&name(file), &wanted) <= wanted.len() / 2;
        let near = near.or_else(|| nearest(&target.file, files.iter().map(String::as_str)).filter(is_like));
        let advice = near.map_or("add the file, or correct the path".to_owned(), |near| format!("is {near} meant?"));
        Problem::at(from, format!("there is no file {}", target.file))
            .expected(match from.pointer.ends_with("$ref") {
                true => "the path of a file of the tree, relative to this one",
                false => "the path of a file of the tree",
            })
            .advice(advice)
    });
    if let Some(missing) = missing {
        problems.push(missing);
        return None;
    }
    let mut node = problems.note(sources.document(&target.file))??;
    for key in target.keys() {
        node = match node.step(&key) {
            Some(child) => child,
            None => {
                let message = format!("{} has nothing at {}", target.file, target.pointer);
                let problem = Problem::at(from.unwrap_or(target), message);
                problems.push(problem.expected("a JSON pointer to a schema").advice("correct the part behind the `#`"));
                return None;
            }
        };
    }
    let node = node.clone();
    schema::parse(&node, target, problems)
}

/// The references of a schema and all below it: where each stands, and what it names.
fn collect_references(schema: &Schema, found: &mut Vec<(Origin, Origin)>) {
    if let Some(target) = &schema.reference {
        found.push((schema.origin.child("$ref"), target.clone()));
    }
    for child in schema.children() {
        collect_references(child, found);
    }
}

impl Library {
    /// The schema of a file, or of a place in one.
    pub(crate) fn get(&self, origin: &Origin) -> Option<&Schema> {
        self.schemas.get(origin)
    }

    /// All that was read.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Origin, &Schema)> {
        self.schemas.iter()
    }

    /// Schemas that contain themselves have no finite Rust type, and the specification has none.
    fn find_cycles(&self, problems: &mut Problems) {
        let mut done = BTreeSet::new();
        for origin in self.schemas.keys() {
            self.visit(origin, &mut Vec::new(), &mut done, problems);
        }
    }

    fn visit(&self, origin: &Origin, path: &mut Vec<Origin>, done: &mut BTreeSet<Origin>, problems: &mut Problems) {
        let Some(schema) = self.schemas.get(origin).filter(|_| !done.contains(origin)) else { return };
        path.push(origin.clone());
        let mut references = Vec::new();
        collect_references(schema, &mut references);
        for (at, target) in references {
            if path.contains(&target) {
                let round = path.iter().skip_while(|on_path| **on_path != target).chain([&target]);
                let cycle: Vec<String> = round.map(ToString::to_string).collect();
                problems.push(
                    Problem::at(&at, format!("`$ref` leads back to where it came from: {}", cycle.join(" -> ")))
                        .expected("schemas that end somewhere")
                        .advice("break the cycle; a recursive type needs support in codegen/src/lower"),
                );
            } else {
                self.visit(&target, path, done, problems);
            }
        }
        path.pop();
        done.insert(origin.clone());
    }

    /// The definition that a schema is just another name for: a `$ref`, or an `allOf` of nothing but that, and nothing
    /// beside it but documentation.
    pub(crate) fn definition<'s>(&self, schema: &'s Schema) -> Option<&'s Origin> {
        let target = match (&schema.reference, schema.all_of.as_slice()) {
            (Some(target), []) => target,
            (None, [first, others @ ..]) => {
                let target = self.definition(first)?;
                let same = others.iter().all(|other| self.definition(other) == Some(target));
                same.then_some(target)?
            }
            _ => return None,
        };
        let bare = Schema {
            origin: schema.origin.clone(),
            title: schema.title.clone(),
            description: schema.description.clone(),
            deprecated: schema.deprecated,
            added: schema.added,
            changed: schema.changed.clone(),
            types: schema.types.iter().copied().filter(|kind| *kind == JsonType::Object).collect(),
            reference: schema.reference.clone(),
            all_of: schema.all_of.clone(),
            ..Schema::default()
        };
        (bare == *schema).then_some(target)
    }

    /// The schema with its `$ref` and `allOf` merged into it; what is below its properties stays as it is.
    pub(crate) fn flatten(&self, schema: &Schema) -> Checked<Schema> {
        let mut parts = Vec::new();
        if let Some(target) = &schema.reference {
            let target = self.get(target).ok_or_else(|| {
                Problem::at(&schema.origin, format!("{target} could not be read")).advice("mend that file first")
            })?;
            parts.push(self.flatten(target)?);
        }
        for part in &schema.all_of {
            parts.push(self.flatten(part)?);
        }
        let own = Schema { reference: None, all_of: Vec::new(), ..schema.clone() };
        let mut parts = parts.into_iter();
        let Some(mut merged) = parts.next() else { return Ok(own) };
        for part in parts.chain([own]) {
            merged = merge(merged, part)?;
        }
        merged.origin = schema.origin.clone();
        Ok(merged)
    }
}

/// What is valid against both schemas; `over` has the last word on documentation.
fn merge(base: Schema, over: Schema) -> Checked<Schema> {
    let at = over.origin.clone();
    let conflict = |what: &str| {
        Problem::at(&at, format!("`{what}` is stated here and in {}, in different ways", base.origin))
            .expected("schemas that can be merged")
            .advice("state it in one place; codegen/src/resolve.rs says which keywords it can merge")
    };
    closed_against(&base, &over).and_then(|()| closed_against(&over, &base))?;
    let merged = Schema {
        origin: over.origin.clone(),
        types: merge_types(&base.types, &over.types).ok_or_else(|| conflict("type"))?,
        format: one_of(base.format, over.format).ok_or_else(|| conflict("format"))?,
        pattern: one_of(base.pattern.clone(), over.pattern.clone()).ok_or_else(|| conflict("pattern"))?,
        key_format: one_of(base.key_format, over.key_format).ok_or_else(|| conflict("x-pattern-format"))?,
        values: merge_values(base.values.clone(), over.values.clone()),
        required: base
            .required
            .iter()
            .chain(over.required.iter().filter(|name| !base.required.contains(name)))
            .cloned()
            .collect(),
        required_at: over.required_at.into_iter().chain(base.required_at).collect(),
        pattern_properties: one_list(&base.pattern_properties, &over.pattern_properties)
            .ok_or_else(|| conflict("patternProperties"))?,
        property_names: one_of(base.property_names.clone(), over.property_names.clone())
            .ok_or_else(|| conflict("propertyNames"))?,
        items: one_of(base.items.clone(), over.items.clone()).ok_or_else(|| conflict("items"))?,
        one_of: one_list(&base.one_of, &over.one_of).ok_or_else(|| conflict("oneOf"))?,
        any_of: one_list(&base.any_of, &over.any_of).ok_or_else(|| conflict("anyOf"))?,
        additional: match (&base.additional, &over.additional) {
            (Additional::Unstated, other) | (other, Additional::Unstated) => other.clone(),
            (one, other) if one == other => one.clone(),
            _ => return Err(conflict("additionalProperties")),
        },
        bounds: merge_bounds(&base.bounds, &over.bounds),
        deprecated: base.deprecated || over.deprecated,
        title: over.title.or(base.title),
        description: over.description.or(base.description),
        added: over.added.or(base.added),
        changed: if over.changed.is_empty() { base.changed } else { over.changed },
        properties: merge_properties(base.properties, over.properties),
        reference: None,
        all_of: Vec::new(),
    };
    Ok(merged)
}

/// In an `allOf`, `additionalProperties` speaks of the properties beside it alone: one that the other part adds is
/// among the additional ones, which no merged schema can say.
fn closed_against(one: &Schema, other: &Schema) -> Checked<()> {
    let added = other.properties.iter().find(|(name, _)| one.property(name).is_none());
    match (&one.additional, added) {
        (Additional::Unstated, _) | (_, None) => Ok(()),
        (_, Some((name, property))) => Err(Problem::at(
            &property.origin,
            format!("the property `{name}` is added to {}, which has `additionalProperties`", one.origin),
        )
        .expected("`additionalProperties` only where all properties are")
        .advice("declare the property beside the `additionalProperties`")),
    }
}

/// The value that one of two states, or both alike.
#[allow(clippy::option_option)]
fn one_of<T: PartialEq>(base: Option<T>, over: Option<T>) -> Option<Option<T>> {
    match (base, over) {
        (Some(one), Some(other)) => (one == other).then_some(Some(one)),
        (one, other) => Some(one.or(other)),
    }
}

fn one_list<T: PartialEq + Clone>(base: &[T], over: &[T]) -> Option<Vec<T>> {
    match (base, over) {
        ([], other) | (other, []) => Some(other.to_vec()),
        (one, other) => (one == other).then(|| one.to_vec()),
    }
}

fn merge_types(base: &[JsonType], over: &[JsonType]) -> Option<Vec<JsonType>> {
    if base.is_empty() || over.is_empty() {
        return Some(if base.is_empty() { over } else { base }.to_vec());
    }
    let both =
        |kind: &JsonType| base.contains(kind) || (*kind == JsonType::Integer && base.contains(&JsonType::Number));
    let mut types: Vec<JsonType> = over.iter().copied().filter(both).collect();
    if over.contains(&JsonType::Number) && base.contains(&JsonType::Integer) && !types.contains(&JsonType::Integer) {
        types.push(JsonType::Integer);
    }
    (!types.is_empty()).then_some(types)
}

fn merge_values(base: Option<Vec<String>>, over: Option<Vec<String>>) -> Option<Vec<String>> {
    match (base, over) {
        (Some(base), Some(over)) => Some(over.into_iter().filter(|value| base.contains(value)).collect()),
        (one, other) => one.or(other),
    }
}

fn merge_properties(base: Vec<(String, Schema)>, over: Vec<(String, Schema)>) -> Vec<(String, Schema)> {
    let mut merged = base;
    for (name, schema) in over {
        match merged.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => {
                let both = Schema {
                    origin: schema.origin.clone(),
                    all_of: vec![std::mem::take(known), schema],
                    ..Schema::default()
                };
                *known = both;
            }
            None => merged.push((name, schema)),
        }
    }
    merged
}

fn merge_bounds(base: &Bounds, over: &Bounds) -> Bounds {
    fn pick<T: PartialOrd>(one: Option<T>, other: Option<T>, larger: bool) -> Option<T> {
        match (one, other) {
            (Some(one), Some(other)) => Some(if (one > other) == larger { one } else { other }),
            (one, other) => one.or(other),
        }
    }
    Bounds {
        min_length: pick(base.min_length, over.min_length, true),
        max_length: pick(base.max_length, over.max_length, false),
        min_items: pick(base.min_items, over.min_items, true),
        max_items: pick(base.max_items, over.max_items, false),
        min_properties: pick(base.min_properties, over.min_properties, true),
        max_properties: pick(base.max_properties, over.max_properties, false),
        minimum: pick(base.minimum, over.minimum, true),
        maximum: pick(base.maximum, over.maximum, false),
    }
}
