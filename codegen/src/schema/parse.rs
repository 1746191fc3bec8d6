//! One schema from one node.

use super::keywords::{text, unexpected, Keywords};
use super::{Additional, Bounds, Format, JsonType, Schema};
use crate::diagnostics::{Checked, Origin, Problem, Problems};
use crate::node::Node;
use crate::version::Version;

/// Reads a schema and all below it; problems are noted, and what has one is left out.
pub(crate) fn parse(node: &Node, origin: &Origin, problems: &mut Problems) -> Option<Schema> {
    let mut keywords = problems.note(Keywords::new(node, origin))?;
    for presentation in ["$schema", "example", "examples", "x-weight"] {
        keywords.take(presentation);
    }
    let mut schema = Schema { origin: origin.clone(), ..Schema::default() };
    let outcomes = [documentation(&mut schema, &mut keywords), value_keywords(&mut schema, &mut keywords)];
    let is_read = outcomes.map(|outcome| problems.note(outcome)).iter().all(Option::is_some);
    object_keywords(&mut schema, &mut keywords, problems);
    if let Some((node, origin)) = keywords.take("items") {
        schema.items = parse(node, &origin, problems).map(Box::new);
    }
    for (keyword, list) in [("allOf", &mut schema.all_of), ("oneOf", &mut schema.one_of), ("anyOf", &mut schema.any_of)]
    {
        if let Some((node, origin)) = keywords.take(keyword) {
            *list = alternatives(node, &origin, problems);
        }
    }
    in_order(&schema, problems);
    if !is_read {
        keywords.leave_known();
    }
    keywords.finish(problems);
    Some(schema)
}

fn documentation(schema: &mut Schema, keywords: &mut Keywords<'_>) -> Checked<()> {
    schema.title = keywords.text("title")?.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    schema.description = keywords.text("description")?.map(|text| text.trim().to_owned());
    schema.deprecated = keywords.flag("deprecated")?;
    if let Some((node, origin)) = keywords.take("x-addedInMatrixVersion") {
        schema.added = Some(version(&text(node, &origin)?, &origin)?);
    }
    if let Some((node, origin)) = keywords.take("x-changedInMatrixVersion") {
        let Node::Map(entries) = node else {
            return Err(unexpected(node, &origin, "a map from versions to what changed in them"));
        };
        for (key, value) in entries {
            let origin = origin.child(key);
            let change = match value {
                Node::Null => String::new(),
                value => text(value, &origin)?,
            };
            schema.changed.push((version(key, &origin)?, change.trim().to_owned()));
        }
    }
    Ok(())
}

fn version(text: &str, origin: &Origin) -> Checked<Version> {
    Version::parse(text).ok_or_else(|| {
        Problem::at(origin, format!("`{text}` isn't a version"))
            .expected("a release of the specification, such as \"1.19\"")
            .advice("write the two numbers with a dot, in quotes")
    })
}

fn value_keywords(schema: &mut Schema, keywords: &mut Keywords<'_>) -> Checked<()> {
    if let Some((node, origin)) = keywords.take("type") {
        schema.types = types(node, &origin)?;
    }
    if let Some((node, origin)) = keywords.take("format") {
        schema.format = Some(format(node, &origin)?);
    }
    // Releases before v1.11 write `x-pattern` and give a pattern; it says no more than the key above it does.
    if let Some((node, origin)) = keywords.take("x-pattern") {
        text(node, &origin)?;
    }
    if let Some((node, origin)) = keywords.take("x-pattern-format") {
        schema.key_format = Some(format(node, &origin)?);
    }
    if let Some((node, origin)) = keywords.take("pattern") {
        schema.pattern = Some(pattern(text(node, &origin)?, &origin)?);
    }
    schema.values = keywords.texts("enum")?;
    if schema.values.as_ref().is_some_and(Vec::is_empty) {
        return Err(Problem::at(&schema.origin.child("enum"), "a list of values without any")
            .expected("at least one value")
            .advice("list what is allowed, or remove the `enum`"));
    }
    if let Some((node, origin)) = keywords.take("$ref") {
        schema.reference = Some(reference(&text(node, &origin)?, &origin)?);
    }
    schema.bounds = Bounds {
        min_length: keywords.count("minLength")?,
        max_length: keywords.count("maxLength")?,
        min_items: keywords.count("minItems")?,
        max_items: keywords.count("maxItems")?,
        min_properties: keywords.count("minProperties")?,
        max_properties: keywords.count("maxProperties")?,
        minimum: keywords.number("minimum")?,
        maximum: keywords.number("maximum")?,
    };
    Ok(())
}

/// No value is both above a limit and below a smaller one.
fn in_order(schema: &Schema, problems: &mut Problems) {
    fn crossed<T: PartialOrd>(least: Option<T>, most: Option<T>) -> bool {
        least.zip(most).is_some_and(|(least, most)| least > most)
    }
    let bounds = &schema.bounds;
    let pairs = [
        ("minLength", "maxLength", crossed(bounds.min_length, bounds.max_length)),
        ("minItems", "maxItems", crossed(bounds.min_items, bounds.max_items)),
        ("minProperties", "maxProperties", crossed(bounds.min_properties, bounds.max_properties)),
        ("minimum", "maximum", crossed(bounds.minimum, bounds.maximum)),
    ];
    for (least, most, _) in pairs.iter().filter(|(_, _, is_crossed)| *is_crossed) {
        problems.push(
            Problem::at(
                &schema.origin.child(least),
                format!("`{least}` is above `{most}`, so that nothing is allowed"),
            )
            .expected(format!("`{most}` or less"))
            .advice("correct one of the two"),
        );
    }
}

fn types(node: &Node, origin: &Origin) -> Checked<Vec<JsonType>> {
    let one = |node: &Node, origin: &Origin| {
        let name = text(node, origin)?;
        let known = JsonType::ALL.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
        known.ok_or_else(|| {
            Problem::at(origin, format!("`{name}` isn't a type"))
                .expected(JsonType::ALL.map(|(name, _)| format!("`{name}`")).join(", "))
                .advice("these are the types of JSON Schema; a list may name several")
        })
    };
    match node {
        Node::List(list) if list.is_empty() => Err(unexpected(node, origin, "a type, or several in a list")),
        Node::List(list) => {
            list.iter().enumerate().map(|(index, node)| one(node, &origin.child(&index.to_string()))).collect()
        }
        node => Ok(vec![one(node, origin)?]),
    }
}

/// A format by its name.
pub(crate) fn format(node: &Node, origin: &Origin) -> Checked<Format> {
    let name = text(node, origin)?;
    let known = Format::ALL.iter().find(|(known, _)| *known == name).map(|(_, format)| *format);
    known.ok_or_else(|| {
        Problem::at(origin, format!("`{name}` isn't a format that the generator understands"))
            .expected(format!("one of {}", Format::ALL.map(|(name, _)| format!("`{name}`")).join(", ")))
            .advice("a new format of the specification needs a type in runtime/src/identifiers and an entry in codegen/src/schema")
    })
}

fn pattern(pattern: String, origin: &Origin) -> Checked<String> {
    match regress::Regex::with_flags(&pattern, "u") {
        Ok(_) => Ok(pattern),
        Err(error) => Err(Problem::at(origin, format!("`{pattern}` isn't a regular expression: {error}"))
            .expected("a pattern of ECMA-262")
            .advice("mend the pattern")),
    }
}

/// The target of a `$ref`: a file of the tree, and a place in it.
fn reference(text: &str, origin: &Origin) -> Checked<Origin> {
    let target = origin.resolve(text).ok_or_else(|| {
        Problem::at(origin, format!("`{text}` leads out of the tree"))
            .expected("a path to a file of the specification's `data` folder, relative to this file")
            .advice("copy the definition into the tree, and refer to it there")
    })?;
    if !target.pointer.is_empty() && !target.pointer.starts_with('/') {
        return Err(Problem::at(origin, format!("`#{}` isn't a JSON pointer", target.pointer))
            .expected("nothing behind the `#`, or the keys on the way to the schema, each behind a `/`")
            .advice("write it as in `#/properties/content`; anchors aren't supported"));
    }
    Ok(target)
}

fn object_keywords(schema: &mut Schema, keywords: &mut Keywords<'_>, problems: &mut Problems) {
    if let Some((node, origin)) = keywords.take("properties") {
        schema.properties = named(node, &origin, problems);
    }
    if let Some((node, origin)) = keywords.take("patternProperties") {
        schema.pattern_properties = named(node, &origin, problems);
        for (key, schema) in &schema.pattern_properties {
            problems.note(pattern(key.clone(), &schema.origin));
        }
    }
    if let Some(required) = problems.note(keywords.texts("required")) {
        schema.required = required.unwrap_or_default();
    }
    if let Some((node, origin)) = keywords.take("propertyNames") {
        schema.property_names = parse(node, &origin, problems).map(Box::new);
    }
    schema.additional = match keywords.take("additionalProperties") {
        None | Some((Node::Boolean(true), _)) => Additional::Unspecified,
        Some((Node::Boolean(false), _)) => Additional::Forbidden,
        Some((node, origin)) => match parse(node, &origin, problems) {
            Some(schema) => Additional::Each(Box::new(schema)),
            None => Additional::Unspecified,
        },
    };
}

fn named(node: &Node, origin: &Origin, problems: &mut Problems) -> Vec<(String, Schema)> {
    let Node::Map(entries) = node else {
        problems.push(unexpected(node, origin, "a map from names to schemas"));
        return Vec::new();
    };
    entries
        .iter()
        .filter_map(|(name, node)| Some((name.clone(), parse(node, &origin.child(name), problems)?)))
        .collect()
}

fn alternatives(node: &Node, origin: &Origin, problems: &mut Problems) -> Vec<Schema> {
    let Node::List(list) = node else {
        problems.push(unexpected(node, origin, "a list of schemas"));
        return Vec::new();
    };
    if list.is_empty() {
        problems.push(
            Problem::at(origin, "a list of schemas without any")
                .expected("at least one schema")
                .advice("list the schemas, or remove the keyword"),
        );
    }
    let children = list.iter().enumerate();
    children.filter_map(|(index, node)| parse(node, &origin.child(&index.to_string()), problems)).collect()
}
