//! The type of a schema.

use super::{Lowering, Place};
use crate::diagnostics::{Checked, Origin, Problem};
use crate::ir::{Alternative, Entries, Field, Item, Key, Presence, Shape, Struct, Type};
use crate::names;
use crate::overrides::Accepts;
use crate::schema::{Additional, Format, Identifier, JsonType, Schema};

impl Lowering<'_> {
    /// The type of a schema; the types that it needs are defined on the way.
    pub(super) fn type_of(&mut self, schema: &Schema, place: &Place) -> Checked<Type> {
        let overrides = self.overrides;
        if let Some(definition) = overrides.definition(&schema.origin) {
            return self.shared(definition, &schema.origin);
        }
        let library = self.library;
        if let Some(target) = library.definition(schema) {
            return self.shared(target, &schema.origin);
        }
        if let Some(accepts) = overrides.accepts(&schema.origin) {
            return loose(accepts, &library.flatten(schema)?);
        }
        let module = overrides.module(&schema.origin).map_or(place.module.clone(), <[String]>::to_vec);
        let place = &Place { module, hint: place.hint.clone() };
        let schema = self.whole(schema)?;
        self.consume(&schema);
        let alternatives = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
        if !alternatives.is_empty() {
            if schema.describes_object() || !(schema.one_of.is_empty() || schema.any_of.is_empty()) {
                return Err(Problem::at(
                    &schema.origin,
                    "alternatives stand beside something else that the schema says",
                )
                .expected("`oneOf` or `anyOf` without the other, and without `properties` and their like")
                .advice("several of them need support in codegen/src/lower/types.rs"));
            }
            let alternatives = alternatives.clone();
            return self.union(&schema, &alternatives, place);
        }
        match schema.types.as_slice() {
            [] if schema.describes_object() => self.object(&schema, place),
            // Values are strings, whether the schema says so or not.
            [] if schema.values.is_some() => self.single(JsonType::String, &schema, place),
            [] => Ok(Type::Any),
            [one] => self.single(*one, &schema, place),
            several => {
                let alternatives: Vec<Schema> = several
                    .iter()
                    .map(|kind| Schema { types: vec![*kind], ..Self::only_for(*kind, &schema) })
                    .collect();
                self.union(&schema, &alternatives, place)
            }
        }
    }

    /// The part of a schema with several types that speaks of one of them.
    fn only_for(kind: JsonType, schema: &Schema) -> Schema {
        let bare = Schema { origin: schema.origin.clone(), title: schema.title.clone(), ..Schema::default() };
        match kind {
            JsonType::String => Schema { format: schema.format, values: schema.values.clone(), ..bare },
            JsonType::Object => Schema {
                properties: schema.properties.clone(),
                required: schema.required.clone(),
                required_at: schema.required_at.clone(),
                pattern_properties: schema.pattern_properties.clone(),
                additional: schema.additional.clone(),
                property_names: schema.property_names.clone(),
                ..bare
            },
            JsonType::Array => Schema { items: schema.items.clone(), ..bare },
            _ => bare,
        }
    }

    fn single(&mut self, kind: JsonType, schema: &Schema, place: &Place) -> Checked<Type> {
        match kind {
            JsonType::Null => Ok(Type::Nullable(Box::new(Type::Any))),
            JsonType::Boolean => Ok(Type::Boolean),
            JsonType::Integer => Ok(Type::Integer),
            JsonType::Number => Ok(Type::Number),
            JsonType::String => match (&schema.values, schema.format.and_then(Format::identifier)) {
                (Some(values), _) => self.open_enum(schema, values, place),
                (None, Some(format)) => Ok(Type::Identifier(format)),
                (None, None) => {
                    let format = self.overrides.format(&schema.origin).and_then(Format::identifier);
                    Ok(format.map_or(Type::String, Type::Identifier))
                }
            },
            JsonType::Array => match &schema.items {
                None => Ok(Type::List(Box::new(Type::Any))),
                Some(items) => {
                    let hint = items.title.clone().unwrap_or_else(|| singular(&place.hint));
                    Ok(Type::List(Box::new(self.type_of(items, &place.named(hint))?)))
                }
            },
            JsonType::Object => self.object(schema, place),
        }
    }

    fn union(&mut self, schema: &Schema, alternatives: &[Schema], place: &Place) -> Checked<Type> {
        let library = self.library;
        let flat = alternatives.iter().map(|schema| library.flatten(schema)).collect::<Checked<Vec<_>>>()?;
        for (index, one) in flat.iter().enumerate() {
            let is_alike = |other: &Schema| in_json(&other.types) == in_json(&one.types);
            if one.types.len() != 1 || flat.iter().take(index).any(is_alike) {
                return Err(Problem::at(
                    &one.origin,
                    "this alternative can't be told from the others by its JSON type",
                )
                .expected("alternatives of one type each, all different")
                .advice("alternatives of one type need support in codegen/src/lower/types.rs"));
            }
        }
        match flat.as_slice() {
            [null, value] | [value, null] if null.types == [JsonType::Null] => {
                return Ok(Type::Nullable(Box::new(self.type_of(value, place)?)));
            }
            _ => {}
        }
        let name = self.type_name(schema, place)?;
        let mut variants: Vec<Alternative> = Vec::new();
        for one in &flat {
            let kind = one.types.first().map_or("any", |kind| kind.name());
            let ident = match self.overrides.value_name(&schema.origin, kind) {
                Some(ident) => ident.to_owned(),
                None => names::variant(kind, &one.origin)?,
            };
            if variants.iter().any(|variant| variant.ident == ident) {
                return Err(names::clash(&ident, &one.origin, &schema.origin));
            }
            let ty = match one.types.as_slice() {
                [JsonType::Null] => None,
                _ => Some(self.type_of(one, &place.named(format!("{name} {ident}")))?),
            };
            variants.push(Alternative { ident, ty });
        }
        let item = Item {
            name: name.clone(),
            docs: Self::docs(schema, None),
            origin: schema.origin.clone(),
            shape: Shape::Union(variants),
        };
        self.define(&place.module, item, schema)?;
        Ok(Type::Named(place.module.clone(), name))
    }

    fn object(&mut self, schema: &Schema, place: &Place) -> Checked<Type> {
        if schema.properties.is_empty() {
            return Ok(match self.entries(schema, place)? {
                None => {
                    all_declared(schema, None)?;
                    Type::JsonObject
                }
                Some(entries) => Type::Map(entries.key, Box::new(entries.value)),
            });
        }
        let name = self.type_name(schema, place)?;
        let shape = self.structure(schema, &place.named(name.clone()), None)?;
        let docs = Self::docs(schema, None);
        self.define(&place.module, Item { name: name.clone(), docs, origin: schema.origin.clone(), shape }, schema)?;
        Ok(Type::Named(place.module.clone(), name))
    }

    /// What the type of a schema is called: as overrides say, or its title, or what leads to it.
    pub(super) fn type_name(&self, schema: &Schema, place: &Place) -> Checked<String> {
        match self.overrides.type_name(&schema.origin) {
            Some(name) => Ok(name.to_owned()),
            None => names::type_name(self.overrides.bare(schema.title.as_ref().unwrap_or(&place.hint)), &schema.origin),
        }
    }

    /// The fields of an object; `constant` is a property with a known value, which isn't stored.
    pub(super) fn structure(
        &mut self,
        schema: &Schema,
        place: &Place,
        constant: Option<(&str, &str)>,
    ) -> Checked<Shape> {
        let mut fields: Vec<Field> = Vec::new();
        for (wire, property) in &schema.properties {
            names::plain(wire, &property.origin)?;
            if constant.is_some_and(|(name, _)| name == wire) {
                continue;
            }
            // A name that can't be is told together with all others, and its field is left out until then.
            let ident = self.field_name(wire, property, schema, &fields);
            let Some(ident) = self.misnamed.note(ident) else { continue };
            fields.push(self.field(wire, ident, property, schema, place)?);
        }
        all_declared(schema, constant)?;
        let constants = constant.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let entries = self.entries(schema, place)?;
        Ok(Shape::Struct(Struct { fields, constants, entries, ..Struct::default() }))
    }

    /// What a field is called: as overrides say, or after its property.
    fn field_name(&self, wire: &str, property: &Schema, object: &Schema, others: &[Field]) -> Checked<String> {
        let name = match self.overrides.field_name(&property.origin) {
            Some(name) => name.to_owned(),
            None => names::field(self.overrides.bare(wire), &property.origin)?,
        };
        no_clash(&name, &property.origin, others, object)?;
        Ok(name)
    }

    fn field(
        &mut self,
        wire: &str,
        ident: String,
        property: &Schema,
        object: &Schema,
        place: &Place,
    ) -> Checked<Field> {
        let overrides = self.overrides;
        let flat = self.library.flatten(property)?;
        // `type` says nothing without what it is the type of.
        let hint = if wire == "type" { format!("{} {wire}", place.hint) } else { wire.to_owned() };
        let ty = self.type_of(property, &place.named(hint))?;
        let required = object.required.iter().any(|name| name == wire);
        let presence = match required {
            true if self.is_lenient(property) => Presence::Lenient,
            true => Presence::Required,
            false => Presence::Optional,
        };
        let only = match flat.values.as_deref() {
            Some([only]) => Some(only.clone()),
            _ => None,
        };
        let mut docs = Self::docs(&flat, None);
        // An entry for what isn't deprecated would change nothing.
        docs.deprecated = docs.deprecated && !overrides.is_in_use(&property.origin);
        let default = overrides.default_of(&property.origin).cloned();
        if let Some(value) = default.as_ref().filter(|value| !fits(&ty, value)) {
            let message = format!("overrides give `{wire}` the default {value}, which isn't of its type");
            return Err(Problem::at(&property.origin, message)
                .expected("a boolean, an integer or a string, as the schema says")
                .advice("correct the entry under `defaults` in overrides.yaml"));
        }
        let aliases = self.aliases(property, object)?;
        let (wire, origin) = (wire.to_owned(), property.origin.clone());
        Ok(Field { wire, aliases, ident, ty, presence, only, default, docs, origin })
    }

    /// Whether an override says that a property may be missing: at the property, or at one that it was merged from.
    pub(super) fn is_lenient(&self, property: &Schema) -> bool {
        let whole = self.overrides.is_lenient(&property.origin);
        property.all_of.iter().fold(whole, |lenient, part| self.is_lenient(part) || lenient)
    }

    /// The map of the members that no property names.
    pub(super) fn entries(&mut self, schema: &Schema, place: &Place) -> Checked<Option<Entries>> {
        let names_format = schema.property_names.as_ref().and_then(|names| names.format).and_then(Format::identifier);
        let (key, value) = match (schema.pattern_properties.as_slice(), &schema.additional) {
            ([], Additional::Each(each)) => (names_format, &**each),
            ([], _) => return Ok(None),
            ([(pattern, each)], Additional::Unstated | Additional::Forbidden) => (key_of_pattern(pattern, each)?, each),
            ([_, (_, second), ..], _) | ([(_, second)], Additional::Each(_)) => {
                return Err(Problem::at(&second.origin, "a second schema for members without a name")
                    .expected("one `patternProperties`, or `additionalProperties`")
                    .advice("several need support in codegen/src/lower/types.rs"));
            }
        };
        let hint = value.title.clone().unwrap_or_else(|| singular(&place.hint));
        let ty = self.type_of(value, &place.named(hint))?;
        let key = key.map_or(Key::String, Key::Identifier);
        let flat = self.library.flatten(value)?;
        Ok(Some(Entries { key, value: ty, docs: Self::docs(&flat, None) }))
    }
}

/// A property that is required has to be declared: nobody could give it to `new`, or ask for it.
fn all_declared(schema: &Schema, constant: Option<(&str, &str)>) -> Checked<()> {
    let is_constant = |name: &str| constant.is_some_and(|(constant, _)| constant == name);
    match schema.required.iter().find(|name| schema.property(name).is_none() && !is_constant(name)) {
        None => Ok(()),
        Some(name) => Err(Problem::at(
            schema.required_at.get(name).unwrap_or(&schema.origin),
            format!("`{name}` is required, but no property of that name is declared"),
        )
        .expected("a declared property")
        .advice("correct the name, or declare the property under `additions` in overrides.yaml")),
    }
}

/// A field needs a name that no other has, nor what every type has beside its fields.
fn no_clash(name: &str, origin: &Origin, fields: &[Field], schema: &Schema) -> Checked<()> {
    let has_entries = !schema.pattern_properties.is_empty() || matches!(schema.additional, Additional::Each(_));
    if name == "extra" || (name == "entries" && has_entries) {
        let message = format!("a field can't have the name `{name}`, which its type has for other members");
        return Err(Problem::at(origin, message)
            .expected("a name of its own")
            .advice("give it another under `names`, `field:`, in overrides.yaml"));
    }
    match fields.iter().find(|other| other.ident == name) {
        Some(other) => Err(names::clash(name, origin, &other.origin)),
        None => Ok(()),
    }
}

/// The format of the keys that a pattern describes. The pattern has to say what the format's type checks, since a map
/// keeps the keys that its type accepts and leaves the others aside.
fn key_of_pattern(pattern: &str, schema: &Schema) -> Checked<Option<Identifier>> {
    let by_format = match schema.key_format {
        Some(Format::UserId) => "^@",
        Some(Format::RoomId) => "^!",
        Some(Format::EventId) => "^\\$",
        Some(Format::RoomAliasId) => "^#",
        Some(Format::ServerName) | None => "",
        Some(format) => {
            return Err(Problem::at(
                &schema.origin,
                format!("keys of the format `{}` aren't supported", format.name()),
            )
            .expected("`mx-user-id`, `mx-room-id`, `mx-event-id`, `mx-room-alias` or `mx-server-name`")
            .advice("support for it belongs in codegen/src/lower/types.rs"));
        }
    };
    // Before v1.11 no schema names the format: the sigil does.
    let known =
        [("^@", Format::UserId), ("^!", Format::RoomId), ("^\\$", Format::EventId), ("^#", Format::RoomAliasId)];
    let by_pattern = known.iter().find(|(known, _)| *known == pattern).map(|(_, format)| *format);
    match (schema.key_format, by_pattern) {
        (Some(format), _) if by_format == pattern => Ok(format.identifier()),
        (None, Some(format)) => Ok(format.identifier()),
        (None, None) if pattern.is_empty() => Ok(None),
        _ => Err(Problem::at(&schema.origin, format!("the pattern `{pattern}` isn't one that a type of keys checks"))
            .expected("`^@`, `^!`, `^\\$`, `^#` or nothing, in accord with `x-pattern-format`")
            .advice("another pattern needs support in codegen/src/lower/types.rs")),
    }
}

/// The type of a value that may be of another JSON type than its schema says.
fn loose(accepts: Accepts, schema: &Schema) -> Checked<Type> {
    match (accepts, schema.types.as_slice()) {
        (Accepts::Integer, [JsonType::String]) => Ok(Type::LooseString),
        (Accepts::String, [JsonType::Integer]) => Ok(Type::LooseInteger),
        _ => Err(Problem::at(
            &schema.origin,
            "overrides accept another type here, which only strings and integers can have",
        )
        .expected("a schema of type `string` or `integer`")
        .advice("correct the entry under `accepts` in overrides.yaml")),
    }
}

/// Whether a default is of a type.
fn fits(ty: &Type, value: &serde_json::Value) -> bool {
    match ty {
        Type::Boolean => value.is_boolean(),
        Type::Integer | Type::LooseInteger => value.is_i64(),
        Type::String | Type::Named(..) => value.is_string(),
        _ => false,
    }
}

/// The types as they can be told apart in JSON, which has one type of number.
fn in_json(types: &[JsonType]) -> Vec<JsonType> {
    types.iter().map(|kind| if *kind == JsonType::Integer { JsonType::Number } else { *kind }).collect()
}

/// What one of several is called, for the common case of an English plural.
fn singular(plural: &str) -> String {
    match plural.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => plural.strip_suffix('s').unwrap_or(plural).to_owned(),
    }
}
