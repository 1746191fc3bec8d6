//! An independent reading of the same schemas: typify's, through schemars. Where it takes an object to have other
//! fields, other requirements or other known values than we do, one of the two has misread the schema.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{json, Map, Value};
use syn::{Fields, Item as Rust};

use crate::diagnostics::{Checked, Origin, Problem, Problems};
use crate::ir::{Ir, Item, ModulePath, Presence, Role, Shape, Struct};
use crate::overrides::Overrides;
use crate::resolve::Library;
use crate::schema::{Additional, JsonType, Schema};

/// A type that was decided, and the schema that it was decided from.
pub(crate) struct Witness {
    pub(crate) module: ModulePath,
    pub(crate) name: String,
    pub(crate) schema: Schema,
}

/// What typify makes of one schema.
#[derive(Debug, Default, PartialEq)]
struct Opinion {
    /// The fields by their keys in JSON, and whether each is required.
    fields: BTreeMap<String, bool>,
    /// The known values of a string.
    values: BTreeSet<String>,
    /// Whether other members are gathered in a map.
    gathers: bool,
}

/// A schema that both have read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// Where it stands.
    pub origin: Origin,
    /// The type that we made of it, by its path.
    pub item: String,
    /// How many fields were compared, each with whether it is required.
    pub fields: usize,
    /// How many known values of a string were compared.
    pub values: usize,
    /// In what both differ, as overrides allow them to.
    pub intended: Vec<String>,
}

/// Compares both readings of every type. One of several types or objects has nothing that typify's reading could be held
/// against; its parts do.
pub(crate) fn compare(
    library: &Library,
    ir: &Ir,
    witnesses: &[Witness],
    overrides: &Overrides,
) -> Result<Vec<Compared>, Vec<Problem>> {
    let mut problems = Problems::default();
    let mut definitions = Map::new();
    for (index, witness) in witnesses.iter().enumerate() {
        if let Some(schema) = problems.note(shallow(library, &witness.schema)) {
            definitions.insert(name(index), schema);
        }
    }
    let mut opinions = match opinions(definitions) {
        Ok(opinions) => opinions,
        Err(message) => {
            problems.push(
                Problem::at(&Origin::file("event-schemas"), format!("typify can't read the schemas: {message}"))
                    .expected("schemas that a second reader understands as well")
                    .advice("see codegen/src/second_opinion.rs for what it is given"),
            );
            return problems.none(Vec::new());
        }
    };
    let mut compared = Vec::new();
    for (index, witness) in witnesses.iter().enumerate() {
        let item = ir
            .modules
            .get(&witness.module)
            .and_then(|module| module.items.iter().find(|item| item.name == witness.name));
        if let Some(item) = item {
            // What typify makes nothing of has to be nothing for us as well.
            let theirs = opinions.remove(&name(index)).unwrap_or_default();
            let outcome = agree(item, &theirs, witness, overrides);
            compared.extend(problems.note(outcome).flatten());
        }
    }
    problems.none(compared)
}

fn name(index: usize) -> String {
    format!("Definition{index}")
}

/// The schema as JSON, down to its properties: what is below them has a witness of its own.
fn shallow(library: &Library, schema: &Schema) -> Checked<Value> {
    if let Some(values) = &schema.values {
        return Ok(json!({"type": "string", "enum": values}));
    }
    let mut properties = Map::new();
    for (name, property) in &schema.properties {
        let flat = library.flatten(property)?;
        let types: Vec<&str> = flat.types.iter().map(|kind| kind.name()).collect();
        let described = match types.as_slice() {
            [] => json!(true),
            [one] => json!({ "type": one }),
            several => json!({ "type": several }),
        };
        properties.insert(name.clone(), described);
    }
    let mut object = json!({ "type": JsonType::Object.name(), "properties": properties, "required": schema.required });
    let gathers = matches!(schema.additional, Additional::Each(_)) || !schema.pattern_properties.is_empty();
    if let (true, Some(object)) = (gathers, object.as_object_mut()) {
        object.insert("additionalProperties".to_owned(), json!({"type": "string"}));
    }
    Ok(object)
}

/// What typify makes of the definitions, read back from the Rust that it writes.
fn opinions(definitions: Map<String, Value>) -> Result<BTreeMap<String, Opinion>, String> {
    let root = json!({ "$schema": "http://json-schema.org/draft-07/schema#", "definitions": definitions });
    let root: schemars::schema::RootSchema = serde_json::from_value(root).map_err(|error| error.to_string())?;
    let mut space = typify::TypeSpace::new(&typify::TypeSpaceSettings::default());
    space.add_root_schema(root).map_err(|error| error.to_string())?;
    let file: syn::File = syn::parse2(space.to_stream()).map_err(|error| error.to_string())?;
    let mut opinions: BTreeMap<String, Opinion> = BTreeMap::new();
    for item in file.items {
        match item {
            Rust::Struct(item) => {
                let opinion = opinions.entry(item.ident.to_string()).or_default();
                for field in named_fields(&item.fields) {
                    match serde_of(field) {
                        (_, Attribute { flatten: true, .. }) => opinion.gathers = true,
                        (name, attribute) => {
                            opinion.fields.insert(name, !attribute.optional);
                        }
                    }
                }
            }
            Rust::Enum(item) => {
                let opinion = opinions.entry(item.ident.to_string()).or_default();
                for variant in &item.variants {
                    let name = attribute(&variant.attrs).rename.unwrap_or_else(|| variant.ident.to_string());
                    opinion.values.insert(name);
                }
            }
            _ => {}
        }
    }
    Ok(opinions)
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
        // What else stands in the attribute doesn't matter here, nor does whether it can be read to its end.
        let _ = attr.parse_nested_meta(|meta| {
            // `Option` alone says that a required field may be `null`.
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

fn ours(item: &Item) -> Option<Opinion> {
    let mut opinion = Opinion::default();
    match &item.shape {
        Shape::Struct(Struct { fields, constants, entries, role }) => {
            // An envelope's `type` is that of its content, and so no field.
            if let Role::Envelope { kind, .. } = role {
                opinion.fields.insert(kind.type_member().to_owned(), true);
            }
            for field in fields {
                opinion.fields.insert(field.wire.clone(), field.presence != Presence::Optional);
            }
            for (name, _) in constants {
                opinion.fields.insert(name.clone(), true);
            }
            opinion.gathers = entries.is_some();
        }
        Shape::OpenEnum(values) => opinion.values = values.iter().map(|value| value.wire.clone()).collect(),
        Shape::Union(_) | Shape::Tagged(_) => return None,
    }
    Some(opinion)
}

fn agree(item: &Item, theirs: &Opinion, witness: &Witness, overrides: &Overrides) -> Checked<Option<Compared>> {
    let origin = &witness.schema.origin;
    let Some(ours) = ours(item) else { return Ok(None) };
    let mut differences = Vec::new();
    for name in ours.fields.keys().chain(theirs.fields.keys()).collect::<BTreeSet<_>>() {
        let words = |required: Option<&bool>| match required {
            None => "absent",
            Some(true) => "required",
            Some(false) => "optional",
        };
        let (our, their) = (ours.fields.get(name), theirs.fields.get(name));
        if our != their {
            differences.push(format!("the field `{name}` is {} for us, {} for typify", words(our), words(their)));
        }
    }
    for value in ours.values.symmetric_difference(&theirs.values) {
        let side = if ours.values.contains(value) { "us" } else { "typify" };
        differences.push(format!("the value `{value}` is known to {side} alone"));
    }
    if ours.gathers != theirs.gathers && !theirs.fields.is_empty() {
        differences.push("one of us gathers further members in a map".to_owned());
    }
    // Asked only where there is a difference, so that an entry without one has nothing to apply to.
    if differences.is_empty() || overrides.may_differ(origin) {
        return Ok(Some(Compared {
            origin: origin.clone(),
            item: witness.module.iter().chain([&item.name]).map(String::as_str).collect::<Vec<_>>().join("::"),
            fields: ours.fields.len(),
            values: ours.values.len(),
            intended: differences,
        }));
    }
    Err(Problem::at(origin, format!("typify reads this schema in another way than we do for `{}`: {}", item.name, differences.join("; ")))
        .expected("two readers that agree")
        .advice("find out which is right; if both may stand, list the place under `second opinion` in overrides.yaml with the reason"))
}
