//! Parses schemas.

use super::reader::{duplicate, not_a_version, text, unexpected, KeywordReader};
use super::{consistency, Additional, Format, JsonType, Limit, Schema};
use crate::diagnostics::{nearest, one_of, Diagnostic, Diagnostics, Origin};
use crate::node::Node;
use crate::version::Version;

/// Parses a schema and all schemas below. Leaves out the parts that have errors.
pub(crate) fn parse(node: &Node, origin: &Origin, diagnostics: &mut Diagnostics) -> Option<Schema> {
    let mut keywords = diagnostics.note(KeywordReader::new(node, origin))?;
    for presentation in ["example", "examples", "x-weight"] {
        keywords.take(presentation);
    }
    if let Some((node, origin)) = keywords.take("$schema") {
        diagnostics.note(draft(node, &origin));
    }
    let mut schema = Schema { origin: origin.clone(), ..Schema::default() };
    let outcomes = [documentation(&mut schema, &mut keywords), value_keywords(&mut schema, &mut keywords)];
    let is_read = outcomes.map(|outcome| diagnostics.note(outcome)).iter().all(Option::is_some);
    object_keywords(&mut schema, &mut keywords, diagnostics);
    if let Some((node, origin)) = keywords.take("items") {
        schema.items = parse(node, &origin, diagnostics).map(Box::new);
    }
    for (keyword, list) in [("allOf", &mut schema.all_of), ("oneOf", &mut schema.one_of), ("anyOf", &mut schema.any_of)]
    {
        if let Some((node, origin)) = keywords.take(keyword) {
            *list = alternatives(node, &origin, diagnostics);
        }
    }
    consistency::check(&schema, diagnostics);
    if !is_read {
        keywords.leave_known();
    }
    keywords.finish(diagnostics);
    Some(schema)
}

fn documentation(schema: &mut Schema, keywords: &mut KeywordReader<'_>) -> Result<(), Diagnostic> {
    schema.title = keywords.text("title")?.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    schema.description = keywords.text("description")?.map(|text| text.trim().to_owned());
    schema.deprecated = keywords.flag("deprecated")?;
    schema.added = keywords.version("x-addedInMatrixVersion")?;
    if let Some((node, origin)) = keywords.take("x-changedInMatrixVersion") {
        let Node::Map(entries) = node else {
            let expected = "a map from releases to descriptions of the change";
            return Err(unexpected(node, &origin, expected).help("write a map such as `{\"1.19\": The field is new.}`"));
        };
        for (key, value) in entries {
            let origin = origin.child(key);
            let change = match value {
                Node::Null => String::new(),
                value => text(value, &origin)?,
            };
            let version = Version::parse(key).ok_or_else(|| not_a_version(&Node::String(key.clone()), &origin))?;
            schema.changed.push((version, change.trim().to_owned()));
        }
    }
    Ok(())
}

fn value_keywords(schema: &mut Schema, keywords: &mut KeywordReader<'_>) -> Result<(), Diagnostic> {
    if let Some((node, origin)) = keywords.take("type") {
        schema.types = types(node, &origin)?;
    }
    if let Some((node, origin)) = keywords.take("format") {
        schema.format = Some(format(node, &origin)?);
    }
    // Releases before v1.11 repeat the key of the schema in `patternProperties` as `x-pattern`.
    if let Some((node, origin)) = keywords.take("x-pattern") {
        text(node, &origin)?;
    }
    if let Some((node, origin)) = keywords.take("x-pattern-format") {
        schema.key_format = Some(format(node, &origin)?);
    }
    if let Some((node, origin)) = keywords.take("pattern") {
        schema.pattern = Some(pattern(text(node, &origin)?, &origin)?);
    }
    if let Some((_, origin)) = keywords.find("enum").filter(|_| !schema.types.iter().all(is_string)) {
        return Err(values_of_other_types(&schema.types, &origin));
    }
    schema.values = keywords.texts("enum")?;
    if schema.values.as_ref().is_some_and(Vec::is_empty) {
        return Err(Diagnostic::at(&schema.origin.child("enum"), "expected at least one value, found an empty list")
            .help("list the allowed values, or remove the `enum`"));
    }
    if let Some((node, origin)) = keywords.take("$ref") {
        let Node::String(text) = node else {
            let help = "write a path such as `components/name.yaml`";
            return Err(unexpected(node, &origin, "the path of a schema, relative to this file").help(help));
        };
        schema.reference = Some(reference(text, &origin)?);
    }
    let limits = Limit::all().map(|limit| Ok(keywords.limit(limit)?.map(|value| (limit, value))));
    schema.limits = limits.filter_map(Result::transpose).collect::<Result<_, Diagnostic>>()?;
    Ok(())
}

fn is_string(kind: &JsonType) -> bool {
    *kind == JsonType::String
}

/// Creates the error of an `enum` next to another type than `string`.
fn values_of_other_types(types: &[JsonType], origin: &Origin) -> Diagnostic {
    let other = types.iter().find(|kind| !is_string(kind)).map_or("", |kind| kind.name());
    Diagnostic::at(origin, format!("unsupported `enum` of the type `{other}`"))
        .expected("`type: string` next to an `enum` of strings")
        .help("write `type: string`, or remove the `enum`")
        .or_in_generator("support such values in codegen/src/schema/parse.rs")
}

/// Checks the draft of JSON Schema that a schema states. Releases before v1.11 state draft 4 in three files, of which each keyword
/// has the same meaning in draft 2020-12.
fn draft(node: &Node, origin: &Origin) -> Result<(), Diagnostic> {
    const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";
    let known = [DRAFT, "http://json-schema.org/draft-04/schema"];
    match node.as_str().map(|draft| draft.trim_end_matches('#')) {
        Some(draft) if known.contains(&draft) => Ok(()),
        _ => {
            let expected = "the draft 2020-12 of JSON Schema";
            Err(unexpected(node, origin, expected).help(format!("write `{DRAFT}`, or remove `$schema`")))
        }
    }
}

/// Returns the JSON type that a name from another language means.
fn type_named_by(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let others = [
        ("integer", ["int", "int32", "int64", "uint", "long"].as_slice()),
        ("number", &["float", "double", "decimal"]),
        ("string", &["str", "text", "char"]),
        ("boolean", &["bool"]),
        ("array", &["list", "tuple", "vec"]),
        ("object", &["map", "dict", "struct", "hash"]),
        ("null", &["none", "nil"]),
    ];
    let other = others.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(kind, _)| *kind);
    let known = JsonType::ALL.map(|(known, _)| known);
    other.or_else(|| known.into_iter().find(|known| *known == name)).or_else(|| nearest(&name, known))
}

fn types(node: &Node, origin: &Origin) -> Result<Vec<JsonType>, Diagnostic> {
    let one = |node: &Node, origin: &Origin| {
        let named = |name: &String| JsonType::ALL.iter().find(|(known, _)| known == name);
        let known = match node {
            Node::String(name) => named(name).map(|(_, kind)| *kind),
            _ => None,
        };
        known.ok_or_else(|| {
            let help = match node {
                Node::Null => "write `'null'` in quotes, because `null` without quotes is no string in YAML".to_owned(),
                node => match node.as_str().and_then(type_named_by) {
                    Some(near) => format!("write `{near}`"),
                    None => "write one of these types, or a list of them".to_owned(),
                },
            };
            unexpected(node, origin, "a JSON type").expected(one_of(JsonType::ALL.map(|(name, _)| name))).help(help)
        })
    };
    match node {
        Node::List(list) if list.is_empty() => {
            let message = "expected at least one JSON type, found an empty list";
            Err(Diagnostic::at(origin, message).help("list the allowed types, or remove the `type`"))
        }
        Node::List(list) => {
            let mut types = Vec::new();
            for (index, node) in list.iter().enumerate() {
                let origin = origin.child(&index.to_string());
                let kind = one(node, &origin)?;
                if types.contains(&kind) {
                    return Err(duplicate(kind.name(), &origin));
                }
                types.push(kind);
            }
            Ok(types)
        }
        node => Ok(vec![one(node, origin)?]),
    }
}

/// Returns the format with a name.
pub(crate) fn format(node: &Node, origin: &Origin) -> Result<Format, Diagnostic> {
    let names: Vec<&str> = Format::all().map(|(name, _)| name).collect();
    let Node::String(name) = node else {
        return Err(unexpected(node, origin, "the name of a format")
            .expected(one_of(&names))
            .help("write one of these formats, or remove the keyword"));
    };
    let known = Format::all().find(|(known, _)| known == name).map(|(_, format)| format);
    known.ok_or_else(|| {
        let help = match nearest(name, names.iter().copied()) {
            Some(near) => format!("write `{near}`"),
            None => "write one of these formats".to_owned(),
        };
        Diagnostic::at(origin, format!("unknown format `{name}`"))
            .expected(one_of(&names))
            .help(help)
            .or_in_generator("support the format in `identifiers!` in codegen/src/schema/types.rs")
    })
}

fn pattern(pattern: String, origin: &Origin) -> Result<String, Diagnostic> {
    match regress::Regex::with_flags(&pattern, "u") {
        Ok(_) => Ok(pattern),
        Err(error) => Err(Diagnostic::at(origin, format!("failed to parse the pattern `{pattern}`: {error}"))
            .expected("a regular expression of ECMA-262")
            .help("fix the syntax of the pattern")),
    }
}

/// Returns the target of a `$ref`: a file of the tree, and a pointer into it.
fn reference(text: &str, origin: &Origin) -> Result<Origin, Diagnostic> {
    let target = origin.resolve(text).filter(|_| !text.is_empty()).ok_or_else(|| {
        Diagnostic::at(origin, format!("expected the path of a file of the tree, found `{text}`"))
            .expected("a path in the `data` folder of the specification, relative to this file")
            .help("write a relative path such as `components/name.yaml`. If the file is not in the tree, copy the definition to a file next to this one")
    })?;
    if !target.pointer.is_empty() && !target.pointer.starts_with('/') {
        let message = format!("expected a JSON pointer after the `#`, found `{}`", target.pointer);
        return Err(Diagnostic::at(origin, message)
            .expected("the keys on the path to the schema, each after a `/`")
            .help("write a pointer such as `#/properties/content`, with a `/` after the `#`"));
    }
    Ok(target)
}

fn object_keywords(schema: &mut Schema, keywords: &mut KeywordReader<'_>, diagnostics: &mut Diagnostics) {
    if let Some((node, origin)) = keywords.take("properties") {
        schema.properties = named(node, &origin, diagnostics);
    }
    if let Some((node, origin)) = keywords.take("patternProperties") {
        schema.pattern_properties = named(node, &origin, diagnostics);
        for (key, schema) in &schema.pattern_properties {
            diagnostics.note(pattern(key.clone(), &schema.origin));
        }
    }
    if let Some(required) = diagnostics.note(keywords.texts("required")) {
        schema.required = required.unwrap_or_default();
    }
    if let Some((node, origin)) = keywords.take("propertyNames") {
        schema.property_names = parse(node, &origin, diagnostics).map(Box::new);
    }
    schema.additional = match keywords.take("additionalProperties") {
        None | Some((Node::Boolean(true), _)) => Additional::Unspecified,
        Some((Node::Boolean(false), _)) => Additional::Forbidden,
        Some((node, origin)) => match parse(node, &origin, diagnostics) {
            Some(schema) => Additional::Each(Box::new(schema)),
            None => Additional::Unspecified,
        },
    };
}

fn named(node: &Node, origin: &Origin, diagnostics: &mut Diagnostics) -> Vec<(String, Schema)> {
    let Node::Map(entries) = node else {
        let help = "write a map such as `{name: {type: string}}`";
        diagnostics.push(unexpected(node, origin, "a map from names to schemas").help(help));
        return Vec::new();
    };
    entries
        .iter()
        .filter_map(|(name, node)| Some((name.clone(), parse(node, &origin.child(name), diagnostics)?)))
        .collect()
}

fn alternatives(node: &Node, origin: &Origin, diagnostics: &mut Diagnostics) -> Vec<Schema> {
    let Node::List(list) = node else {
        let help = "write a list such as `[{type: string}]`";
        diagnostics.push(unexpected(node, origin, "a list of schemas").help(help));
        return Vec::new();
    };
    if list.is_empty() {
        diagnostics.push(
            Diagnostic::at(origin, "expected at least one schema, found an empty list")
                .help("list the schemas, or remove the keyword"),
        );
    }
    let children = list.iter().enumerate();
    children.filter_map(|(index, node)| parse(node, &origin.child(&index.to_string()), diagnostics)).collect()
}
