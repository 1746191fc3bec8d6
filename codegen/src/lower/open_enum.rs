//! Lowers strings with known values.

use super::types::{item_docs, variant_name};
use super::{Destination, Lowering};
use crate::diagnostics::Diagnostic;
use crate::ir::{Docs, Item, Key, Shape, Type, Value};
use crate::names::{self, NameKey, Named};
use crate::schema::{KnownValues, MergedSchema, Parts};

impl<'m> Lowering<'m> {
    /// Defines the type of a string with known values.
    pub(super) fn open_enum(
        &mut self,
        schema: &MergedSchema<'m>,
        values: &[String],
        to: &Destination,
    ) -> Result<Type, Diagnostic> {
        let name = self.type_name(schema, to)?;
        let mut known: Vec<Value> = Vec::new();
        let place_of = |index: usize| schema.origin.child("enum").child(&index.to_string());
        for (index, wire) in values.iter().enumerate() {
            let entry = |wire| variant_name(schema, wire).map(|chosen| chosen.entry);
            let short = self.model.config.strip_prefix(wire);
            let default = names::variant(short, &place_of(index))
                .map_err(|diagnostic| diagnostic.help(names::entry_for(&place_of(index), NameKey::Value(wire))));
            let ident = self.chosen(variant_name(schema, wire), default)?;
            if let Some(other) = known.iter().position(|known| known.ident == ident) {
                let help = names::entry_for(&place_of(index), NameKey::Value(wire));
                let [one, first] = [(index, Some(wire)), (other, values.get(other))]
                    .map(|(index, wire)| (place_of(index), wire.and_then(|wire| entry(wire))));
                return Err(names::clash(
                    &ident,
                    Named { place: &one.0, entry: one.1.as_ref() },
                    Named { place: &first.0, entry: first.1.as_ref() },
                    help,
                ));
            }
            known.push(Value { wire: wire.clone(), ident, text: value_text(schema, wire) });
        }
        let mut docs = item_docs(schema);
        docs.text = docs.text.map(|text| without_value_list(&text));
        let item = Item::new(&name, docs, schema.origin.clone(), Shape::OpenEnum(known));
        self.define(&to.module, item, schema)?;
        Ok(Type::Named(to.module.clone(), name))
    }

    /// Defines the type of a string with known values that an entry lists.
    pub(super) fn known_values(&mut self, known: &'m KnownValues, place: &Parts<'m>) -> Result<Type, Diagnostic> {
        self.known_type(known, place)?;
        Ok(Type::Named(known.ty.module.clone(), known.ty.name.clone()))
    }

    /// Defines the type of the keys of a map that an entry lists.
    pub(super) fn known_keys(&mut self, known: &'m KnownValues, place: &Parts<'m>) -> Result<Key, Diagnostic> {
        self.known_type(known, place)?;
        Ok(Key::Named(known.ty.module.clone(), known.ty.name.clone()))
    }

    fn known_type(&mut self, KnownValues { ty, values }: &KnownValues, place: &Parts<'m>) -> Result<(), Diagnostic> {
        let mut known: Vec<Value> = Vec::new();
        for value in values {
            let ident = match &value.name {
                Some(name) => name.clone(),
                None => names::variant(self.model.config.strip_prefix(&value.wire), &value.origin)
                    .map_err(|diagnostic| diagnostic.help("add `name: …` to the value"))?,
            };
            if let Some(other) = known.iter().position(|known| known.ident == ident) {
                let first = values.get(other).map_or(&ty.entry, |first| &first.origin);
                let help = "add `name: …` to one of the two values";
                return Err(names::clash(&ident, (&value.origin).into(), first.into(), help));
            }
            let text = Some(value.description.clone());
            known.push(Value { wire: value.wire.clone(), ident, text });
        }
        let docs = Docs { text: Some(ty.description.clone()), ..Docs::default() };
        let item = Item::new(&ty.name, docs, place.origin(), Shape::OpenEnum(known));
        self.needed.extend(place.origins().into_iter().map(|at| (at, ty.entry.clone())));
        self.insert(&ty.module, item, place)
    }
}

/// Returns the documentation of a value: the list item of the description that begins with the value in backticks.
fn value_text(schema: &MergedSchema<'_>, value: &str) -> Option<String> {
    let description = schema.description.as_deref()?;
    let mut lines = description.lines();
    let marks = [format!("* `{value}`"), format!("- `{value}`")];
    let first = lines.find_map(|line| marks.iter().find_map(|mark| line.trim_start().strip_prefix(mark.as_str())))?;
    let more = lines.take_while(|line| line.starts_with("  ") && !line.trim_start().starts_with(['*', '-']));
    let words: Vec<&str> = std::iter::once(first).chain(more).flat_map(str::split_whitespace).collect();
    let text = words.join(" ");
    let text = text.trim_start_matches([':', '-', ' ']).to_owned();
    (!text.is_empty()).then_some(text)
}

/// Removes the list of values from a description. The items of the list are the documentation of the variants.
fn without_value_list(description: &str) -> String {
    let lead: Vec<&str> = description.lines().take_while(|line| !line.trim_start().starts_with("* `")).collect();
    lead.join("\n").trim_end().to_owned()
}
