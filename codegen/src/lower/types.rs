//! The type of a schema.

use super::content::Constant;
use super::{docs, Destination, Lowering};
use crate::diagnostics::{Diagnostic, Origin};
use crate::ir::{Alternative, Entries, Field, Item, Key, Presence, Shape, Struct, Type};
use crate::names;
use crate::schema::{Additional, Choice, Format, Identifier, JsonType, MergedSchema, Parts};

/// A property of an object that becomes a field.
#[derive(Clone, Copy)]
struct Property<'p, 'm> {
    wire: &'p str,
    schemas: &'p Parts<'m>,
    object: &'p MergedSchema<'m>,
}

impl<'m> Lowering<'m> {
    /// The type of a place. The types that it needs are defined on the way.
    pub(super) fn type_of(&mut self, place: &Parts<'m>, to: &Destination) -> Result<Type, Diagnostic> {
        if let Some(target) = self.definition(place) {
            return self.shared(target, &place.origin());
        }
        let schema = self.merge(place)?;
        match (place.correction(|one| one.accepts.as_ref()), schema.types.as_slice()) {
            (Some(accepted), [JsonType::String]) if accepted.has_integers() => return Ok(Type::StringOrInt),
            (Some(accepted), [JsonType::Integer]) if accepted.has_integers_in_strings() => {
                return Ok(Type::IntOrString)
            }
            _ => {}
        }
        self.type_of_merged(&schema, to)
    }

    /// The definition that describes a place, alone or instead of its own schema.
    pub(super) fn definition(&self, place: &Parts<'m>) -> Option<&'m Origin> {
        let corrected = place.correction(|one| one.definition.as_ref());
        corrected.map(|definition| &definition.target).or_else(|| self.schemas.definition(place))
    }

    /// The type of a merged schema.
    pub(super) fn type_of_merged(&mut self, schema: &MergedSchema<'m>, to: &Destination) -> Result<Type, Diagnostic> {
        let module = schema.place.correction(|one| one.module.clone()).unwrap_or_else(|| to.module.clone());
        let to = &Destination { module, hint: to.hint.clone() };
        match schema.choices.as_slice() {
            [] => {}
            [Choice { alternatives, .. }] if !schema.describes_object() => {
                let alternatives = alternatives.iter().map(|one| self.merge(&one.into()));
                return self.union(schema, alternatives.collect::<Result<Vec<_>, Diagnostic>>()?, to);
            }
            _ => {
                let message = "alternatives are next to something else that the schema states";
                return Err(Diagnostic::at(&schema.origin, message)
                    .expected("`oneOf` or `anyOf` without the other, and without `properties` and their like")
                    .help("several of them need support in codegen/src/lower/types.rs"));
            }
        }
        match schema.types.as_slice() {
            [] if schema.describes_object() => self.object(schema, to),
            // Values are strings, even if the schema states no type.
            [] if schema.values.is_some() => self.single(JsonType::String, schema, to),
            [] => Ok(Type::Any),
            [one] => self.single(*one, schema, to),
            several => {
                let alternatives = several.iter().map(|kind| schema.restricted_to(*kind)).collect();
                self.union(schema, alternatives, to)
            }
        }
    }

    fn single(&mut self, kind: JsonType, schema: &MergedSchema<'m>, to: &Destination) -> Result<Type, Diagnostic> {
        match kind {
            JsonType::Null => Ok(Type::Nullable(Box::new(Type::Any))),
            JsonType::Boolean => Ok(Type::Boolean),
            JsonType::Integer => Ok(Type::Integer),
            JsonType::Number => Ok(Type::Number),
            JsonType::String => match &schema.values {
                Some(values) => self.open_enum(schema, values, to),
                None => {
                    let identifier = |format: Option<Format>| format.and_then(Format::identifier);
                    let corrected = || identifier(schema.place.correction(|one| one.format));
                    Ok(identifier(schema.format).or_else(corrected).map_or(Type::String, Type::Identifier))
                }
            },
            JsonType::Array if schema.items.is_empty() => Ok(Type::List(Box::new(Type::Any))),
            JsonType::Array => {
                let to = to.named(hint_of_one(&schema.items, &to.hint));
                Ok(Type::List(Box::new(self.type_of(&schema.items, &to)?)))
            }
            JsonType::Object => self.object(schema, to),
        }
    }

    fn union(
        &mut self,
        schema: &MergedSchema<'m>,
        alternatives: Vec<MergedSchema<'m>>,
        to: &Destination,
    ) -> Result<Type, Diagnostic> {
        for (index, one) in alternatives.iter().enumerate() {
            let is_alike = |other: &MergedSchema<'_>| in_json(&other.types) == in_json(&one.types);
            if one.types.len() != 1 || alternatives.iter().take(index).any(is_alike) {
                let message = "this alternative can't be told from the others by its JSON type";
                return Err(Diagnostic::at(&one.origin, message)
                    .expected("alternatives of one type each, all different")
                    .help("alternatives of one type need support in codegen/src/lower/types.rs"));
            }
        }
        match alternatives.as_slice() {
            [null, value] | [value, null] if null.types == [JsonType::Null] => {
                return Ok(Type::Nullable(Box::new(self.alternative(value, to)?)));
            }
            _ => {}
        }
        let name = self.type_name(schema, to)?;
        let mut variants: Vec<Alternative> = Vec::new();
        for one in &alternatives {
            let kind = one.types.first().map_or("any", |kind| kind.name());
            let ident = match variant_name(schema, kind) {
                Some(ident) => ident,
                None => names::variant(kind, &one.origin)?,
            };
            if variants.iter().any(|variant| variant.ident == ident) {
                return Err(names::clash(&ident, &one.origin, &schema.origin));
            }
            let ty = match one.types.as_slice() {
                [JsonType::Null] => None,
                _ => Some(self.alternative(one, &to.named(format!("{name} {ident}")))?),
            };
            variants.push(Alternative { ident, ty });
        }
        let shape = Shape::Union(variants);
        let item = Item { name: name.clone(), docs: docs(schema, None), origin: schema.origin.clone(), shape };
        self.define(&to.module, item, schema)?;
        Ok(Type::Named(to.module.clone(), name))
    }

    /// The type of one of several alternatives.
    fn alternative(&mut self, schema: &MergedSchema<'m>, to: &Destination) -> Result<Type, Diagnostic> {
        match self.definition(&schema.place) {
            Some(target) => self.shared(target, &schema.origin),
            None => self.type_of_merged(schema, to),
        }
    }

    fn object(&mut self, schema: &MergedSchema<'m>, to: &Destination) -> Result<Type, Diagnostic> {
        if schema.properties.is_empty() {
            return Ok(match self.entries(schema, to)? {
                None => {
                    all_declared(schema, None)?;
                    Type::JsonObject
                }
                Some(entries) => Type::Map(entries.key, Box::new(entries.value)),
            });
        }
        let name = self.type_name(schema, to)?;
        let shape = Shape::Struct(self.structure(schema, &to.named(name.clone()), None)?);
        let item = Item { name: name.clone(), docs: docs(schema, None), origin: schema.origin.clone(), shape };
        self.define(&to.module, item, schema)?;
        Ok(Type::Named(to.module.clone(), name))
    }

    /// The name of the type of a schema: from the configuration, its title, or the way to it.
    pub(super) fn type_name(&self, schema: &MergedSchema<'m>, to: &Destination) -> Result<String, Diagnostic> {
        match schema.place.correction(|one| one.type_name.clone()) {
            Some(name) => Ok(name),
            None => {
                let hint = schema.title.as_ref().unwrap_or(&to.hint);
                names::type_name(self.model.config.strip_prefix(hint), &schema.origin)
            }
        }
    }

    /// The fields of an object.
    pub(super) fn structure(
        &mut self,
        schema: &MergedSchema<'m>,
        to: &Destination,
        constant: Constant<'_>,
    ) -> Result<Struct, Diagnostic> {
        let mut fields: Vec<Field> = Vec::new();
        for (wire, schemas) in &schema.properties {
            let property = Property { wire, schemas, object: schema };
            names::plain(wire, &schemas.origin())?;
            if constant.is_some_and(|(name, _)| name == wire) {
                continue;
            }
            // A name that is not possible is reported together with all others. Its field is left out until then.
            let ident = self.field_name(property, &fields);
            let Some(ident) = self.diagnostics.note(ident) else { continue };
            fields.push(self.field(property, ident, to)?);
        }
        all_declared(schema, constant)?;
        let constants = constant.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let entries = self.entries(schema, to)?;
        Ok(Struct { fields, constants, entries, ..Struct::default() })
    }

    /// The name of a field: from the configuration, or after its property.
    fn field_name(&self, property: Property<'_, 'm>, others: &[Field]) -> Result<String, Diagnostic> {
        let origin = property.schemas.origin();
        let name = match property.schemas.correction(|one| one.field_name.clone()) {
            Some(name) => name,
            None => names::field(self.model.config.strip_prefix(property.wire), &origin)?,
        };
        no_clash(&name, &origin, others, property.object)?;
        Ok(name)
    }

    fn field(&mut self, property: Property<'_, 'm>, ident: String, to: &Destination) -> Result<Field, Diagnostic> {
        let Property { wire, schemas, object } = property;
        let merged = self.merge(schemas)?;
        // `type` alone is no name.
        let hint = if wire == "type" { format!("{} {wire}", to.hint) } else { wire.to_owned() };
        let ty = self.type_of(schemas, &to.named(hint))?;
        let only = match merged.values.as_deref() {
            Some([only]) => Some(only.clone()),
            _ => None,
        };
        let mut docs = self.docs_of(schemas)?;
        docs.deprecated &= schemas.correction(|one| one.in_use.then_some(())).is_none();
        let presence = presence(wire, schemas, object);
        Ok(Field {
            wire: wire.to_owned(),
            aliases: aliases(property)?,
            ident,
            ty,
            presence,
            only,
            docs,
            origin: schemas.origin(),
        })
    }

    /// The map of the members that no property names.
    fn entries(&mut self, schema: &MergedSchema<'m>, to: &Destination) -> Result<Option<Entries>, Diagnostic> {
        let (key, value) = match (schema.pattern_properties.as_slice(), schema.additional) {
            ([], Additional::Each(each)) => {
                let names = self.merge(&schema.property_names)?;
                (names.format.and_then(Format::identifier), Parts::from(each))
            }
            ([], _) => return Ok(None),
            ([(pattern, each)], Additional::Unspecified | Additional::Forbidden) => {
                (key_of_pattern(pattern, &self.merge(each)?)?, each.clone())
            }
            ([_, (_, second), ..], _) | ([(_, second)], Additional::Each(_)) => {
                return Err(Diagnostic::at(&second.origin(), "a second schema for members without a name")
                    .expected("one `patternProperties`, or `additionalProperties`")
                    .help("several need support in codegen/src/lower/types.rs"));
            }
        };
        let ty = self.type_of(&value, &to.named(hint_of_one(&value, &to.hint)))?;
        let docs = self.docs_of(&value)?;
        Ok(Some(Entries { key: key.map_or(Key::String, Key::Identifier), value: ty, docs }))
    }
}

/// The name for one of several values: the title of their schema, or the singular of what they are called.
fn hint_of_one(place: &Parts<'_>, plural: &str) -> String {
    let title = place.stated().into_iter().rev().find_map(|schema| schema.title.clone());
    title.unwrap_or_else(|| singular(plural))
}

/// The name that the configuration gives to a value of a string, or to the alternative of a JSON type.
pub(super) fn variant_name(schema: &MergedSchema<'_>, value: &str) -> Option<String> {
    schema.place.correction(|one| one.variant_names.get(value).cloned())
}

/// The effect of the absence of a property.
pub(super) fn presence(wire: &str, property: &Parts<'_>, object: &MergedSchema<'_>) -> Presence {
    let default = property.correction(|one| one.default.clone());
    match (object.requires(wire), property.correction(|one| one.often_missing.clone()), default) {
        (true, Some(missing), default) => Presence::Lenient { reason: missing.why, default },
        (true, None, _) => Presence::Required,
        (false, _, Some(default)) => Presence::Default(default),
        (false, _, None) => Presence::Optional,
    }
}

/// The aliases of a property. None of them may be declared as well.
fn aliases(Property { schemas, object, .. }: Property<'_, '_>) -> Result<Vec<String>, Diagnostic> {
    let of = |place: &Parts<'_>| -> Vec<(String, Origin)> {
        place.stated().iter().flat_map(|schema| schema.corrections.aliases.clone()).collect()
    };
    let mut aliases: Vec<String> = Vec::new();
    for (name, entry) in of(schemas) {
        names::plain(&name, &entry)?;
        let others = object.properties.iter().filter(|(_, other)| other.origin() != schemas.origin());
        let has = |place: &Parts<'_>| of(place).iter().any(|(alias, _)| *alias == name);
        if object.property(&name).is_some() || aliases.contains(&name) || others.clone().any(|(_, other)| has(other)) {
            return Err(Diagnostic::at(&entry, format!("`{name}` is the name of a property already"))
                .expected("a name that nothing else in the object has")
                .help("remove the name, or the other one"));
        }
        aliases.push(name);
    }
    Ok(aliases)
}

/// A required property has to be declared: otherwise `new` could not take it, and no program could read it.
fn all_declared(schema: &MergedSchema<'_>, constant: Constant<'_>) -> Result<(), Diagnostic> {
    let is_constant = |name: &str| constant.is_some_and(|(constant, _)| constant == name);
    match schema.required.iter().find(|(name, _)| schema.property(name).is_none() && !is_constant(name)) {
        None => Ok(()),
        Some((name, place)) => {
            Err(Diagnostic::at(place, format!("`{name}` is required, but no property of that name is declared"))
                .expected("a declared property")
                .help("correct the name, or declare the property under `additions` in overrides.yaml"))
        }
    }
}

/// A field needs a name that no other has, nor what every type has next to its fields.
fn no_clash(name: &str, origin: &Origin, fields: &[Field], schema: &MergedSchema<'_>) -> Result<(), Diagnostic> {
    let has_entries = !schema.pattern_properties.is_empty() || matches!(schema.additional, Additional::Each(_));
    if name == "extra" || (name == "entries" && has_entries) {
        let message = format!("a field can't have the name `{name}`, which its type has for other members");
        return Err(Diagnostic::at(origin, message)
            .expected("a name of its own")
            .help("give it another under `names`, `field:`, in codegen.yaml"));
    }
    match fields.iter().find(|other| other.ident == name) {
        Some(other) => Err(names::clash(name, origin, &other.origin)),
        None => Ok(()),
    }
}

/// The format of the keys that a pattern describes. The pattern has to say what the format's type checks, since a map
/// keeps the keys that its type accepts and leaves the others aside.
fn key_of_pattern(pattern: &str, schema: &MergedSchema<'_>) -> Result<Option<Identifier>, Diagnostic> {
    let by_format = match schema.key_format {
        Some(Format::UserId) => "^@",
        Some(Format::RoomId) => "^!",
        Some(Format::EventId) => "^\\$",
        Some(Format::RoomAliasId) => "^#",
        Some(Format::ServerName) | None => "",
        Some(format) => {
            return Err(Diagnostic::at(
                &schema.origin,
                format!("keys of the format `{}` aren't supported", format.name()),
            )
            .expected("`mx-user-id`, `mx-room-id`, `mx-event-id`, `mx-room-alias` or `mx-server-name`")
            .help("support for it belongs in codegen/src/lower/types.rs"));
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
        _ => {
            Err(Diagnostic::at(&schema.origin, format!("the pattern `{pattern}` isn't one that a type of keys checks"))
                .expected("`^@`, `^!`, `^\\$`, `^#` or nothing, in accord with `x-pattern-format`")
                .help("another pattern needs support in codegen/src/lower/types.rs"))
        }
    }
}

/// The types that JSON distinguishes: it has one type of number.
fn in_json(types: &[JsonType]) -> Vec<JsonType> {
    types.iter().map(|kind| if *kind == JsonType::Integer { JsonType::Number } else { *kind }).collect()
}

/// The singular of an English plural, in the common case.
fn singular(plural: &str) -> String {
    match plural.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => plural.strip_suffix('s').unwrap_or(plural).to_owned(),
    }
}
