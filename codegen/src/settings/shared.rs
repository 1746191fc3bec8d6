//! The entries about types that several places share: strings with known values, and equal types.

use std::sync::Arc;

use super::corrections::{Change, Correction};
use super::entry::{map, Entry};
use super::{changes_nothing, Reader};
use crate::diagnostics::{Diagnostic, Origin};
use crate::names::{self, Case};
use crate::node::Node;
use crate::schema::reader::unexpected;
use crate::schema::{KnownValue, KnownValues, SharedType};

/// Reads an entry under `values`: the known values of strings, or of the keys of maps.
pub(super) fn values(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let ty = shared_type(reader, entry)?;
    let values = known_values(reader, entry)?;
    let [strings, maps] = ["at", "keys-of"].map(|key| entry.keys.find(key).is_some());
    if !strings && !maps {
        return Err(Diagnostic::at(&entry.origin, "the entry has no `at`")
            .expected("`at:` with the places of strings, or `keys-of:` with the places of maps")
            .help("add `at: …` to the entry"));
    }
    let strings = if strings { reader.places_of(entry, "at")? } else { Vec::new() };
    let maps = if maps { reader.places_of(entry, "keys-of")? } else { Vec::new() };
    let Some((first, _)) = strings.iter().chain(&maps).next() else { return Ok(()) };
    let known = Arc::new(KnownValues { ty: SharedType { first: first.clone(), ..ty }, values });
    for (at, entry) in strings {
        reader.correct(Correction { at, entry, change: Change::Values(known.clone()) })?;
    }
    for (at, entry) in maps {
        reader.correct(Correction { at, entry, change: Change::Keys(known.clone()) })?;
    }
    Ok(())
}

/// Reads an entry under `same-as`: the places of equal types.
pub(super) fn same_as(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let ty = shared_type(reader, entry)?;
    let places = reader.places(entry)?;
    let Some((first, _)) = places.first() else { return Ok(()) };
    if let [(_, only)] = places.as_slice() {
        let why = "a type needs at least two places to share it";
        reader.entries.unused.push(changes_nothing(only, reader.release, why));
    }
    let shared = Arc::new(SharedType { first: first.clone(), ..ty });
    for (at, entry) in places {
        reader.correct(Correction { at, entry, change: Change::SameAs(shared.clone()) })?;
    }
    Ok(())
}

/// Reads the name, the module and the description of a shared type.
fn shared_type(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<SharedType, Diagnostic> {
    let (name, origin) = (entry.required("name")?, entry.origin.child("name"));
    names::explicit(&name, Case::Camel, &origin)?;
    names::free(&name, &origin, names::another)?;
    let path = entry.required("module")?;
    let module = names::explicit_module(&path, &entry.origin.child("module"))?;
    let description = entry.required("description")?;
    reader.once(format!("shared type `{name}` in the module `{path}`"), &origin)?;
    Ok(SharedType { name, module, description, entry: entry.origin.clone(), first: Origin::default() })
}

/// Reads the known values, each with its description.
fn known_values(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<Vec<KnownValue>, Diagnostic> {
    const SAMPLE: &str = "values: {m.text: {description: …}}";
    let (node, origin) = entry.node("values")?;
    match node {
        Node::Map(values) if !values.is_empty() => {
            let values = values.iter().map(|(wire, node)| known_value(reader, wire, node, &origin.child(wire)));
            values.collect()
        }
        node => {
            let help = format!("write a map such as `{SAMPLE}`");
            Err(unexpected(node, &origin, "a map from values to descriptions").help(help))
        }
    }
}

fn known_value(
    reader: &mut Reader<'_, '_>,
    wire: &str,
    node: &Node,
    origin: &Origin,
) -> Result<KnownValue, Diagnostic> {
    let keys = map(node, origin, "a map with a description");
    let mut keys = keys.map_err(|diagnostic| diagnostic.help("write a map such as `{description: …}`"))?;
    let name = keys.text("name")?;
    if let Some(name) = &name {
        names::explicit(name, Case::Camel, &origin.child("name"))?;
        names::known(name, &origin.child("name"), names::another)?;
    }
    let description = keys.text("description")?.filter(|text| !text.trim().is_empty()).ok_or_else(|| {
        Diagnostic::at(origin, format!("the value `{wire}` has no description"))
            .expected("`description:` with the meaning of the value")
            .help("add `description: …`")
    })?;
    keys.finish_with(&["name", "description"], "key", &mut reader.diagnostics);
    Ok(KnownValue { wire: wire.to_owned(), name, description, origin: origin.clone() })
}
