//! Compares the decided types with the types that typify generates from the same schemas. If fields, required fields or known values
//! differ, one of the two misinterprets the schema.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{json, Map, Value};
use syn::{Fields, Item as Rust};

use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::ir::{Ir, Item, Role, Shape, Struct};
use crate::lower::TypeSource;
use crate::model::Model;
use crate::schema::{Additional, JsonType, MergedSchema, View};
use crate::settings::{changes_nothing, quoted_location_of, Change};

/// The parts of a type that are compared.
#[derive(Debug, Default, PartialEq)]
struct Outline {
    /// The fields by their JSON keys. The value is `true` for a required field.
    fields: BTreeMap<String, bool>,
    /// The known values of a string.
    values: BTreeSet<String>,
    /// Set if the type has a map of the other members.
    has_entries: bool,
}

/// A type that was compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// The place of its schema.
    pub origin: Origin,
    /// The path of the type.
    pub item: String,
    /// The number of compared fields.
    pub fields: usize,
    /// The number of compared values of a string.
    pub values: usize,
    /// The differences that an entry under `cross-check` in `overrides.yaml` allows.
    pub intended: Vec<String>,
}

/// The compared types, and the errors of entries that allow differences but have no effect.
#[derive(Debug, Default)]
pub(crate) struct CrossCheck {
    pub(crate) compared: Vec<Compared>,
    pub(crate) unused: Vec<Diagnostic>,
}

/// Compares each type with the type that typify generates. Enums over several types or objects are not compared, but their parts
/// are.
pub(crate) fn compare(model: &Model, ir: &Ir, sources: &[TypeSource<'_>]) -> Result<CrossCheck, Vec<Diagnostic>> {
    let mut diagnostics = Diagnostics::default();
    let mut definitions = Map::new();
    for (index, source) in sources.iter().enumerate() {
        if let Some(schemas) = diagnostics.note(shallow(model, &source.schema)) {
            let names = (0..).map(|part| name(index, part));
            definitions.extend(names.zip(schemas));
        }
    }
    let mut outlines = match outlines(definitions) {
        Ok(outlines) => outlines,
        Err(message) => {
            diagnostics.push(
                Diagnostic::at(
                    &Origin::file("event-schemas"),
                    format!("failed to generate types with typify: {message}"),
                )
                .expected("schemas that typify accepts")
                .help("fix the conversion of the schemas for typify in codegen/src/cross_check.rs"),
            );
            return diagnostics.into_result(CrossCheck::default());
        }
    };
    let mut compared = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        if let Some(item) = ir.item(&source.module, &source.name) {
            // A schema without a type of typify is compared with an empty outline.
            let mut theirs = outlines.remove(&name(index, 0)).unwrap_or_default();
            for part in (1..).map_while(|part| outlines.remove(&name(index, part))) {
                theirs.values.extend(part.values);
            }
            compared.extend(diagnostics.note(compare_one(item, &theirs, source)).flatten());
        }
    }
    let differs = |place: &Origin| compared.iter().any(|one| one.origin == *place && !one.intended.is_empty());
    let allowed = model.corrections.iter().filter(|one| matches!(one.change, Change::TypifyDiffers));
    let unused = allowed.filter(|one| !differs(&one.at));
    let unused = unused.map(|one| changes_nothing(&one.entry, model.release, "typify generates an equal type"));
    let unused = unused.collect();
    diagnostics.into_result(CrossCheck { compared, unused })
}

fn name(index: usize, part: usize) -> String {
    format!("Definition{index}Part{part}")
}

/// Splits the values of an enum. Typify panics on values whose variants would have equal names, so these are in different parts.
fn parts(values: &[String]) -> Vec<Vec<&str>> {
    let mut parts: Vec<BTreeMap<String, &str>> = Vec::new();
    for value in values {
        let letters = value.chars().filter(|character| character.is_alphanumeric());
        let name: String = letters.flat_map(char::to_lowercase).collect();
        let name = match value.as_str() {
            "+1" => "plus1".to_owned(),
            "-1" => "minus1".to_owned(),
            _ if name.starts_with(char::is_alphabetic) => name,
            _ => format!("x{name}"),
        };
        match parts.iter_mut().find(|part| !part.contains_key(&name)) {
            Some(part) => {
                part.insert(name, value);
            }
            None => parts.push(BTreeMap::from([(name, value.as_str())])),
        }
    }
    parts.into_iter().map(|part| part.into_values().collect()).collect()
}

/// Converts a schema to JSON, with the types of its properties. The schemas below the properties have types of their own. An enum
/// can have several parts.
fn shallow(model: &Model, schema: &MergedSchema<'_>) -> Result<Vec<Value>, Diagnostic> {
    if let Some(values) = &schema.values {
        return Ok(parts(values).iter().map(|part| json!({"type": "string", "enum": part})).collect());
    }
    let mut properties = Map::new();
    for (name, property) in &schema.properties {
        let merged = model.schemas.merge(property, View::Corrected)?;
        let types: Vec<&str> = merged.types.iter().map(|kind| kind.name()).collect();
        let described = match types.as_slice() {
            [] => json!(true),
            [one] => json!({ "type": one }),
            several => json!({ "type": several }),
        };
        properties.insert(name.clone(), described);
    }
    let required: Vec<&str> = schema.required.iter().map(|(name, _)| name.as_str()).collect();
    let mut object = json!({ "type": JsonType::Object.name(), "properties": properties, "required": required });
    let has_entries = matches!(schema.additional, Additional::Each(_)) || !schema.pattern_properties.is_empty();
    if let (true, Some(object)) = (has_entries, object.as_object_mut()) {
        object.insert("additionalProperties".to_owned(), json!({"type": "string"}));
    }
    Ok(vec![object])
}

/// Returns the outlines of the types that typify generates.
fn outlines(definitions: Map<String, Value>) -> Result<BTreeMap<String, Outline>, String> {
    let root = json!({ "$schema": "http://json-schema.org/draft-07/schema#", "definitions": definitions });
    let root: schemars::schema::RootSchema = serde_json::from_value(root).map_err(|error| error.to_string())?;
    let mut space = typify::TypeSpace::new(&typify::TypeSpaceSettings::default());
    space.add_root_schema(root).map_err(|error| error.to_string())?;
    let file: syn::File = syn::parse2(space.to_stream()).map_err(|error| error.to_string())?;
    let mut outlines: BTreeMap<String, Outline> = BTreeMap::new();
    for item in file.items {
        match item {
            Rust::Struct(item) => {
                let outline = outlines.entry(item.ident.to_string()).or_default();
                for field in named_fields(&item.fields) {
                    match serde_of(field) {
                        (_, Attribute { flatten: true, .. }) => outline.has_entries = true,
                        (name, attribute) => {
                            outline.fields.insert(name, !attribute.optional);
                        }
                    }
                }
            }
            Rust::Enum(item) => {
                let outline = outlines.entry(item.ident.to_string()).or_default();
                for variant in &item.variants {
                    let name = attribute(&variant.attrs).rename.unwrap_or_else(|| variant.ident.to_string());
                    outline.values.insert(name);
                }
            }
            _ => {}
        }
    }
    Ok(outlines)
}

fn named_fields(fields: &Fields) -> impl Iterator<Item = &syn::Field> {
    let named = match fields {
        Fields::Named(named) => Some(&named.named),
        _ => None,
    };
    named.into_iter().flatten()
}

#[derive(Default)]
struct Attribute {
    rename: Option<String>,
    optional: bool,
    flatten: bool,
}

fn serde_of(field: &syn::Field) -> (String, Attribute) {
    let mut attribute = attribute(&field.attrs);
    let ident = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    let name = attribute.rename.take().unwrap_or_else(|| ident.trim_start_matches("r#").to_owned());
    (name, attribute)
}

fn attribute(attrs: &[syn::Attribute]) -> Attribute {
    let mut found = Attribute::default();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        // Other arguments of the attribute and its syntax errors are irrelevant here.
        let _ = attr.parse_nested_meta(|meta| {
            // `Option` without one of these is a required field that may be `null`.
            if meta.path.is_ident("default") || meta.path.is_ident("skip_serializing_if") {
                found.optional = true;
            }
            if meta.path.is_ident("flatten") {
                found.flatten = true;
            }
            if let Ok(value) = meta.value() {
                let text: syn::LitStr = value.parse()?;
                if meta.path.is_ident("rename") {
                    found.rename = Some(text.value());
                }
            }
            Ok(())
        });
    }
    found
}

fn outline(item: &Item) -> Option<Outline> {
    let mut outline = Outline::default();
    match &item.shape {
        Shape::Struct(Struct { fields, constants, entries, role, .. }) => {
            // The `type` of an envelope is not a field, because the content determines the type.
            if let Role::Envelope { kind, .. } = role {
                outline.fields.insert(kind.type_member().to_owned(), true);
            }
            for field in fields {
                outline.fields.insert(field.wire.clone(), field.presence.is_required_by_schema());
            }
            for (name, _) in constants {
                outline.fields.insert(name.clone(), true);
            }
            outline.has_entries = entries.is_some();
        }
        Shape::OpenEnum(values) => outline.values = values.iter().map(|value| value.wire.clone()).collect(),
        Shape::Union(_) | Shape::Tagged(_) => return None,
    }
    Some(outline)
}

fn differences(ours: &Outline, theirs: &Outline) -> Vec<String> {
    let mut differences = Vec::new();
    for name in ours.fields.keys().chain(theirs.fields.keys()).collect::<BTreeSet<_>>() {
        let words = |required: Option<&bool>| match required {
            None => "absent",
            Some(true) => "required",
            Some(false) => "optional",
        };
        let (our, their) = (ours.fields.get(name), theirs.fields.get(name));
        if our != their {
            let (our, their) = (words(our), words(their));
            differences.push(format!("the field `{name}` is {our} in our type, but {their} in typify's type"));
        }
    }
    for value in ours.values.symmetric_difference(&theirs.values) {
        let side = if ours.values.contains(value) { "our type" } else { "typify's type" };
        differences.push(format!("only {side} has the value `{value}`"));
    }
    if ours.has_entries != theirs.has_entries && !theirs.fields.is_empty() {
        let side = if ours.has_entries { "our type" } else { "typify's type" };
        differences.push(format!("only {side} has a map of other members"));
    }
    differences
}

fn compare_one(item: &Item, theirs: &Outline, source: &TypeSource<'_>) -> Result<Option<Compared>, Diagnostic> {
    let origin = &source.schema.origin;
    let Some(ours) = outline(item) else { return Ok(None) };
    let differences = differences(&ours, theirs);
    if !differences.is_empty() && source.schema.place.correction(|one| one.typify_differs.then_some(())).is_none() {
        let message = format!("failed to cross-check `{}` with typify: {}", item.name, differences.join(", "));
        return Err(Diagnostic::at(origin, message).expected("equal fields, required fields and values").help(
            format!(
                "fix codegen/src/lower if our type is wrong, or add an entry under `cross-check` in overrides.yaml: \
                 `- {{at: {}, why: …}}`",
                quoted_location_of(origin)
            ),
        ));
    }
    Ok(Some(Compared {
        origin: origin.clone(),
        item: source.module.iter().chain([&item.name]).map(String::as_str).collect::<Vec<_>>().join("::"),
        fields: ours.fields.len(),
        values: ours.values.len(),
        intended: differences,
    }))
}
