//! Decides the types of schemas.

use super::content::Constant;
use super::{docs, Destination, Lowering};
use crate::diagnostics::{Diagnostic, Origin};
use crate::ir::{Alternative, Docs, Entries, Field, Item, Key, Presence, Shape, Step, Struct, Type};
use crate::names::{self, NameKey, Named};
use crate::schema::{
    Accepted, Additional, Chosen, Corrections, Format, Identifier, JsonType, MergedChoice, MergedSchema, Parts,
    Reference, SharedType,
};
use crate::settings::quoted_location_of;
use crate::source::flow_string;

/// A property of an object that becomes a field.
#[derive(Clone, Copy)]
struct LoweredProperty<'p, 'm> {
    wire: &'p str,
    schemas: &'p Parts<'m>,
    object: &'p MergedSchema<'m>,
}

impl<'m> Lowering<'m> {
    /// Returns the type of a place. Defines the types that it refers to.
    pub(super) fn type_of(&mut self, place: &Parts<'m>, to: &Destination) -> Result<Type, Diagnostic> {
        if let Some(known) = place.correction(|one| one.values.as_deref()) {
            return self.known_values(known, place);
        }
        if let Some(event) = self.event_at(to)? {
            return Ok(event);
        }
        // The types of a definition with events depend on the place.
        let is_shared = !has_other_values(place) && !self.has_events_below(to);
        if let Some(target) = self.definition(place).filter(|_| is_shared) {
            self.no_definition_of_event(target, to)?;
            return self.shared(target, &place.origin(), &to.module);
        }
        let schema = match place.correction(|one| one.definition.as_ref()) {
            Some(definition) if self.has_events_below(to) => self.with_definition(definition, place)?,
            _ => self.merge(place)?,
        };
        match (place.correction(|one| one.accepts.as_ref()), schema.types.as_slice()) {
            (Some(accepted), [JsonType::String]) if accepted.has_integers() => return Ok(Type::StringOrInt),
            (Some(accepted), [JsonType::Integer]) if accepted.has_integers_in_strings() => {
                return Ok(Type::IntOrString);
            }
            (_, [JsonType::Number]) if place.correction(|one| one.is_integer.then_some(())).is_some() => {
                return Ok(Type::Integer);
            }
            _ => {}
        }
        self.type_of_merged(&schema, to)
    }

    /// Merges the schemas of a place and of the definition that a correction names for the place.
    fn with_definition(&self, definition: &Reference, place: &Parts<'m>) -> Result<MergedSchema<'m>, Diagnostic> {
        let target: Parts<'m> = self.schemas.get(&definition.target).into_iter().collect();
        self.merge(&target.and(place.clone()))
    }

    /// Returns the definition that alone describes a place, or that a correction names for the place.
    pub(super) fn definition(&self, place: &Parts<'m>) -> Option<&'m Origin> {
        let corrected = place.correction(|one| one.definition.as_ref());
        corrected.map(|definition| &definition.target).or_else(|| self.schemas.definition(place))
    }

    /// Returns the type of a merged schema.
    pub(super) fn type_of_merged(&mut self, schema: &MergedSchema<'m>, to: &Destination) -> Result<Type, Diagnostic> {
        let module = match shared_type(schema) {
            Some(shared) => shared.module.clone(),
            None => self.chosen(schema.place.correction(|one| one.module.clone()), Ok(to.module.clone()))?,
        };
        let to = &Destination { module, ..to.clone() };
        match schema.choices.as_slice() {
            [] => {}
            [MergedChoice { alternatives, .. }] if !schema.describes_object() => {
                let alternatives = alternatives.iter().map(|one| self.merge(&one.into()));
                return self.union(schema, alternatives.collect::<Result<Vec<_>, Diagnostic>>()?, to);
            }
            _ => {
                let message = "unsupported combination of `oneOf` or `anyOf` with other keywords";
                return Err(Diagnostic::at(&schema.origin, message)
                    .expected("one `oneOf` or `anyOf`, without keywords about properties")
                    .help("move the other keywords into the alternatives")
                    .or_in_generator("support the combination in codegen/src/lower/types.rs"));
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
                let to = to.named(hint_of_one(&schema.items, &to.hint)).below(Step::Items);
                let items = Box::new(self.type_of(&schema.items, &to)?);
                Ok(if self.is_list_of_events(&items, &to) { Type::Events(items) } else { Type::List(items) })
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
            allowed(one, schema)?;
            let is_alike = |other: &MergedSchema<'_>| in_json(&other.types) == in_json(&one.types);
            if one.types.len() != 1 || alternatives.iter().take(index).any(is_alike) {
                let message = "unsupported alternative: its JSON type does not distinguish it from the others";
                return Err(Diagnostic::at(&one.origin, message)
                    .expected("alternatives with one `type` each, all of them different")
                    .help("merge the alternatives of one type")
                    .or_in_generator("support them in codegen/src/lower/types.rs"));
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
            let entry = |kind| variant_name(schema, kind).map(|chosen| chosen.entry);
            let ident = self.chosen(variant_name(schema, kind), names::variant(kind, &one.origin))?;
            if let Some(index) = variants.iter().position(|variant| variant.ident == ident) {
                let first = alternatives.get(index).unwrap_or(schema);
                let help = names::entry_for(&schema.origin, NameKey::Value(kind));
                let entries = [entry(kind), first.types.first().and_then(|kind| entry(kind.name()))];
                let [one, first] = [(one, &entries[0]), (first, &entries[1])]
                    .map(|(schema, entry)| Named { place: &schema.origin, entry: entry.as_ref() });
                return Err(names::clash(&ident, one, first, help));
            }
            let ty = match one.types.as_slice() {
                [JsonType::Null] => None,
                _ => Some(self.alternative(one, &to.named(format!("{name} {ident}")))?),
            };
            variants.push(Alternative { ident, ty });
        }
        let shape = Shape::Union(variants);
        let item = Item::new(&name, item_docs(schema), schema.origin.clone(), shape);
        self.define(&to.module, item, schema)?;
        Ok(Type::Named(to.module.clone(), name))
    }

    /// Returns the type of one of several alternatives.
    fn alternative(&mut self, schema: &MergedSchema<'m>, to: &Destination) -> Result<Type, Diagnostic> {
        match self.definition(&schema.place) {
            Some(target) => self.shared(target, &schema.origin, &to.module),
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
        self.no_event(schema, to)?;
        let name = self.type_name(schema, to)?;
        let shape = Shape::Struct(self.structure(schema, &to.named(name.clone()), None)?);
        let item = Item::new(&name, item_docs(schema), schema.origin.clone(), shape);
        self.define(&to.module, item, schema)?;
        Ok(Type::Named(to.module.clone(), name))
    }

    /// Returns the name of the type of a schema, from the configuration, the title of the schema, or the path to the schema.
    pub(super) fn type_name(&mut self, schema: &MergedSchema<'m>, to: &Destination) -> Result<String, Diagnostic> {
        if let Some(shared) = shared_type(schema) {
            return Ok(shared.name.clone());
        }
        let hint = schema.title.as_ref().unwrap_or(&to.hint);
        let default = names::type_name(self.model.config.strip_prefix(hint), &schema.origin);
        self.chosen(schema.place.correction(|one| one.type_name.clone()), default)
    }

    /// Returns the fields of an object.
    pub(super) fn structure(
        &mut self,
        schema: &MergedSchema<'m>,
        to: &Destination,
        constant: Constant<'_>,
    ) -> Result<Struct, Diagnostic> {
        let mut fields: Vec<Field> = Vec::new();
        for (wire, schemas) in &schema.properties {
            let property = LoweredProperty { wire, schemas, object: schema };
            names::plain(wire, &schemas.origin())?;
            if constant.is_some_and(|(name, _)| name == wire) {
                continue;
            }
            // The field is left out for now, so that all invalid names are reported at once.
            let ident = self.field_name(property, &fields);
            let Some(ident) = self.diagnostics.note(ident) else { continue };
            fields.push(self.field(property, ident, to)?);
        }
        all_declared(schema, constant)?;
        let constants = constant.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let entries = self.entries(schema, to)?;
        Ok(Struct { fields, constants, entries, ..Struct::default() })
    }

    /// Returns the name of a field, from the configuration or from the name of the property.
    fn field_name(&mut self, property: LoweredProperty<'_, 'm>, others: &[Field]) -> Result<String, Diagnostic> {
        let default = names::field(self.model.config.strip_prefix(property.wire), &property.schemas.origin());
        let name = self.chosen(property.schemas.correction(|one| one.field_name.clone()), default)?;
        no_clash(&name, property, others)?;
        Ok(name)
    }

    fn field(
        &mut self,
        property: LoweredProperty<'_, 'm>,
        ident: String,
        to: &Destination,
    ) -> Result<Field, Diagnostic> {
        let LoweredProperty { wire, schemas, object } = property;
        let merged = self.merge(schemas)?;
        // `type` alone does not describe the type of the field.
        let hint = if wire == "type" { format!("{} {wire}", to.hint) } else { wire.to_owned() };
        let ty = self.type_of(schemas, &to.named(hint).below(Step::Property(wire.to_owned())))?;
        let only = match merged.values.as_deref() {
            Some([only]) => Some(only.clone()),
            _ => None,
        };
        let mut docs = self.field_docs(schemas)?;
        docs.deprecated &= schemas.correction(|one| one.in_use.then_some(())).is_none();
        let presence = self.presence_in_root(presence(wire, schemas, object));
        let (ty, can_be_null) = match ty {
            ty if presence.is_required() => (ty, false),
            Type::Nullable(value) => (*value, true),
            ty => (ty, schemas.correction(|one| one.accepts.as_ref()).is_some_and(Accepted::has_null)),
        };
        Ok(Field {
            wire: wire.to_owned(),
            aliases: aliases(property)?,
            ident,
            ty,
            presence,
            only,
            can_be_null,
            is_secret: schemas.correction(|one| one.is_secret.then_some(())).is_some(),
            docs,
            origin: schemas.origin(),
        })
    }

    /// Returns the documentation of a field, with the proposal that adds the field.
    pub(super) fn field_docs(&self, property: &Parts<'m>) -> Result<Docs, Diagnostic> {
        let proposal = property.correction(|one| one.proposal);
        let link = self.model.proposals.iter().find(|one| Some(one.number) == proposal).map(|one| one.url.clone());
        Ok(Docs { link, proposal, ..self.docs_of(property)? })
    }

    /// Returns the map of the members that no property names, if the schema describes them.
    fn entries(&mut self, schema: &MergedSchema<'m>, to: &Destination) -> Result<Option<Entries>, Diagnostic> {
        let (key, value) = match (schema.pattern_properties.as_slice(), schema.additional) {
            ([], Additional::Each(each)) => {
                let (names, each) = (self.merge(&schema.property_names)?, Parts::from(each));
                let format = names.format.or_else(|| each.correction(|one| one.key_format));
                (format.and_then(Format::identifier), each)
            }
            ([], _) => return Ok(None),
            ([(pattern, each)], Additional::Unspecified | Additional::Forbidden) => {
                let any_key = schema.place.correction(|one| one.any_key.then_some(())).is_some();
                let key = key_of_pattern(pattern, &self.merge(each)?)?;
                (key.filter(|_| !any_key), each.clone())
            }
            ([_, (_, second), ..], _) | ([(_, second)], Additional::Each(_)) => {
                return Err(Diagnostic::at(&second.origin(), "unsupported second schema for undeclared members")
                    .expected("one pattern under `patternProperties`, or `additionalProperties` with a schema")
                    .help("remove one of the two schemas")
                    .or_in_generator("support several in codegen/src/lower/types.rs"));
            }
        };
        let key = match (schema.place.correction(|one| one.keys.as_deref()), key) {
            (Some(known), _) => self.known_keys(known, &schema.place)?,
            (None, Some(identifier)) => Key::Identifier(identifier),
            (None, None) => Key::String,
        };
        let ty = self.type_of(&value, &to.named(hint_of_one(&value, &to.hint)).below(Step::Entries))?;
        let docs = self.docs_of(&value)?;
        Ok(Some(Entries { key, value: ty, docs }))
    }
}

/// Returns the type that the place of a schema shares with other places.
pub(super) fn shared_type<'m>(schema: &MergedSchema<'m>) -> Option<&'m SharedType> {
    schema.place.correction(|one| one.same_as.as_deref())
}

/// Returns the documentation of a type. An entry has the documentation of a type that several places share.
pub(super) fn item_docs(schema: &MergedSchema<'_>) -> Docs {
    let docs = docs(schema, None);
    match shared_type(schema) {
        Some(shared) => Docs { text: Some(shared.description.clone()), ..docs },
        None => docs,
    }
}

/// Returns `true` if a correction gives a place other values than the definition that the place refers to.
fn has_other_values(place: &Parts<'_>) -> bool {
    let is_corrected =
        |one: &Corrections| one.accepts.is_some() || one.is_integer || one.any_key || one.format.is_some();
    place.correction(|one| is_corrected(one).then_some(())).is_some()
}

/// Checks that the type of an alternative is a type that the schema around the alternatives states.
fn allowed(alternative: &MergedSchema<'_>, schema: &MergedSchema<'_>) -> Result<(), Diagnostic> {
    let stated = in_json(&schema.types);
    if stated.is_empty() || in_json(&alternative.types).iter().all(|kind| stated.contains(kind)) {
        return Ok(());
    }
    let names = |types: &[JsonType]| types.iter().map(|kind| kind.name()).collect::<Vec<_>>().join("` or `");
    let (one, outer) = (names(&alternative.types), names(&schema.types));
    Err(Diagnostic::at(&alternative.origin, format!("`type` is `{one}` here, but `{outer}` next to the alternatives"))
        .expected("alternatives of the stated type")
        .help("remove the `type` next to the alternatives, or correct the `type` of this alternative"))
}

/// Returns the name for one of several values: the title of their schema, or the singular of their name.
fn hint_of_one(place: &Parts<'_>, plural: &str) -> String {
    let title = place.stated().into_iter().rev().find_map(|schema| schema.title.clone());
    title.unwrap_or_else(|| singular(plural))
}

/// Returns the name of a variant in the configuration, for a value of a string or for the alternative of a JSON type.
pub(super) fn variant_name(schema: &MergedSchema<'_>, value: &str) -> Option<Chosen<String>> {
    schema.place.correction(|one| one.variant_names.get(value).cloned())
}

/// Decides the presence of a property.
pub(super) fn presence(wire: &str, property: &Parts<'_>, object: &MergedSchema<'_>) -> Presence {
    let default = property.correction(|one| one.default.clone());
    // A variant that declares a property of its base decides on its presence.
    let often_missing = property.last().correction(|one| one.often_missing.clone());
    match (object.requires(wire), often_missing, default) {
        (true, Some(missing), default) => Presence::Lenient { reason: missing.why, default },
        (true, None, _) => Presence::Required,
        (false, _, Some(default)) => Presence::Default(default),
        (false, _, None) => Presence::Optional,
    }
}

/// Returns the aliases of a property. Fails if an alias is the name or the alias of another property.
fn aliases(LoweredProperty { schemas, object, .. }: LoweredProperty<'_, '_>) -> Result<Vec<String>, Diagnostic> {
    let of = |place: &Parts<'_>| -> Vec<(String, Origin)> {
        place.stated().iter().flat_map(|schema| schema.corrections.aliases.clone()).collect()
    };
    let mut aliases: Vec<String> = Vec::new();
    for (name, entry) in of(schemas) {
        names::plain(&name, &entry)?;
        let others = object.properties.iter().filter(|(_, other)| other.origin() != schemas.origin());
        let has = |place: &Parts<'_>| of(place).iter().any(|(alias, _)| *alias == name);
        if object.property(&name).is_some() || aliases.contains(&name) || others.clone().any(|(_, other)| has(other)) {
            return Err(Diagnostic::at(&entry, format!("duplicate property name `{name}`: the object has it already"))
                .expected("a name that no other property or alias of the object has")
                .help("remove the alias"));
        }
        aliases.push(name);
    }
    Ok(aliases)
}

/// Checks that every required property is declared, because each is an argument of `new`.
fn all_declared(schema: &MergedSchema<'_>, constant: Constant<'_>) -> Result<(), Diagnostic> {
    let is_constant = |name: &str| constant.is_some_and(|(constant, _)| constant == name);
    match schema.required.iter().find(|(name, _)| schema.property(name).is_none() && !is_constant(name)) {
        None => Ok(()),
        Some((name, place)) => Err(Diagnostic::at(place, format!("undeclared required property `{name}`"))
            .expected(format!("`{name}` under `properties`"))
            .help(format!(
                "correct the name, or add an entry under `additions` in overrides.yaml: `- {{at: {}, property: {}, schema: {{…}}, why: …}}`",
                quoted_location_of(place),
                flow_string(name)
            ))
            .help_in_extension(format!("correct the name, or declare `{name}` under `properties`"))),
    }
}

/// Checks that the name of a field is not reserved, and that no other field has it.
fn no_clash(name: &str, property: LoweredProperty<'_, '_>, fields: &[Field]) -> Result<(), Diagnostic> {
    let schema = property.object;
    let origin = property.schemas.origin();
    let entry_of = |schemas: &Parts<'_>| schemas.correction(|one| one.field_name.clone()).map(|chosen| chosen.entry);
    let entry = entry_of(property.schemas);
    let has_entries = !schema.pattern_properties.is_empty() || matches!(schema.additional, Additional::Each(_));
    if name == "extra" || (name == "entries" && has_entries) {
        let message = format!("`{name}` is a reserved field name: the type has it for undeclared members");
        let help = if entry.is_some() { names::another() } else { names::entry_for(&origin, NameKey::Field) };
        return Err(Diagnostic::at(entry.as_ref().unwrap_or(&origin), message)
            .expected(format!("a name other than `{name}`"))
            .help(help));
    }
    let Some(other) = fields.iter().find(|other| other.ident == name) else { return Ok(()) };
    let other_entry = schema.property(&other.wire).and_then(entry_of);
    let [one, first] =
        [(&origin, &entry), (&other.origin, &other_entry)].map(|(place, entry)| Named { place, entry: entry.as_ref() });
    Err(names::clash(name, one, first, names::entry_for(&origin, NameKey::Field)))
}

/// Returns the identifier type of the keys that a pattern describes. The pattern has to match the texts that the type accepts,
/// because a map contains only keys that its type accepts.
fn key_of_pattern(pattern: &str, schema: &MergedSchema<'_>) -> Result<Option<Identifier>, Diagnostic> {
    let unsupported = |what: String| Diagnostic::at(&schema.origin, what).help("correct the pattern or the format");
    let by_format = match schema.key_format.map(|format| format.identifier().ok_or(format)) {
        Some(Ok(identifier)) => identifier.sigil().map_or(String::new(), pattern_of),
        None => String::new(),
        Some(Err(format)) => {
            return Err(unsupported(format!("unsupported format of keys `{}`", format.name()))
                .expected("the format of an identifier")
                .or_in_generator("support the format in codegen/src/lower/types.rs"));
        }
    };
    // Before v1.11, schemas state no format of keys. The sigil in the pattern identifies the format.
    let has_pattern = |identifier: &&Identifier| identifier.sigil().map(pattern_of).as_deref() == Some(pattern);
    match (schema.key_format, Identifier::ALL.iter().find(has_pattern)) {
        (Some(format), _) if by_format == pattern => Ok(format.identifier()),
        (None, Some(identifier)) => Ok(Some(*identifier)),
        (None, None) if pattern.is_empty() => Ok(None),
        _ => Err(unsupported(format!("unsupported pattern of keys `{pattern}`"))
            .expected("`^@`, `^!`, `^\\$`, `^#` or an empty pattern, in agreement with `x-pattern-format`")
            .or_in_generator("support the pattern in codegen/src/lower/types.rs")),
    }
}

/// Returns the pattern of keys with a sigil.
fn pattern_of(sigil: char) -> String {
    match sigil {
        '$' => "^\\$".to_owned(),
        _ => format!("^{sigil}"),
    }
}

/// Returns the types as JSON distinguishes them. JSON has one type of number.
fn in_json(types: &[JsonType]) -> Vec<JsonType> {
    types.iter().map(|kind| if *kind == JsonType::Integer { JsonType::Number } else { *kind }).collect()
}

/// Returns the singular of a regular English plural.
fn singular(plural: &str) -> String {
    match plural.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => plural.strip_suffix('s').unwrap_or(plural).to_owned(),
    }
}
