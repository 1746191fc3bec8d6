//! The sections of `overrides.yaml`: facts that the schemas omit or get wrong.

use std::sync::Arc;

use super::entry::Entry;
use super::location::long_path;
use super::{changes_nothing, location_of, shared, Reader, Section};
use crate::diagnostics::{Diagnostic, Origin};
use crate::ir::constraints::Allowed;
use crate::ir::{DefaultValue, ModulePath};
use crate::names::{self, Case};
use crate::node::Node;
use crate::schema::reader::{text, unexpected};
use crate::schema::{self, Accepted, Basis, Format, KnownValues, OftenMissing, Reference, Schema, SharedType};
use crate::source::{Fix, FixKind};

/// The sections, each with the keys of its entries. `fixes` is first, because the fixes are for all files that the other entries
/// name. `additions` is next, because other entries may name added properties.
pub(super) const SECTIONS: [Section; 20] = [
    Section { is_for_extensions: false, ..section("fixes", &["at", "repeated-keys", "find", "replace"], fix) },
    section("additions", &["at", "property", "definition", "schema"], addition),
    section("definitions", &["at", "definition"], definition),
    section("optional", &["at", "allowed-by", "clause", "seen-in"], optional),
    section("required", &["at"], |reader, entry| reader.correct_each(entry, |_| Change::Required)),
    section("kept-by-redaction", &["at"], |reader, entry| reader.correct_each(entry, |_| Change::KeptByRedaction)),
    section("secret", &["at"], |reader, entry| reader.correct_each(entry, |_| Change::Secret)),
    section("in-use", &["at"], |reader, entry| reader.correct_each(entry, |_| Change::InUse)),
    section("formats", &["at", "format"], |reader, entry| format(reader, entry, Change::Format)),
    section("key-formats", &["at", "format"], |reader, entry| format(reader, entry, Change::KeyFormat)),
    section("accepts", &["at", "type", "value", "allowed-by", "clause", "seen-in"], accepts),
    section("values", &["at", "keys-of", "name", "module", "description", "values"], shared::values),
    section("integers", &["at"], |reader, entry| reader.correct_each(entry, |_| Change::Integer)),
    section("any-key", &["at"], |reader, entry| reader.correct_each(entry, |_| Change::AnyKey)),
    section("defaults", &["at", "value", "for-invalid"], default),
    section("aliases", &["at", "names"], aliases),
    section("event-types", &["at", "type", "suffix"], event_type),
    section("cross-check", &["at"], |reader, entry| reader.correct_each(entry, |_| Change::TypifyDiffers)),
    section("examples", &["at"], examples),
    section("inline-examples", &["at"], |reader, entry| reader.correct_each(entry, |_| Change::InvalidExample)),
];

const fn section(
    name: &'static str,
    keys: &'static [&'static str],
    read: fn(&mut Reader<'_, '_>, &mut Entry<'_>) -> Result<(), Diagnostic>,
) -> Section {
    Section { name, keys, read, is_for_extensions: true }
}

/// A fact about one place of the schemas that the schemas omit or get wrong.
#[derive(Clone, Debug)]
pub(crate) struct Correction {
    pub(crate) at: Origin,
    /// The place of the entry.
    pub(crate) entry: Origin,
    pub(crate) change: Change,
}

/// The kinds of corrections.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    /// Events in practice omit the property, for this reason.
    OftenMissing(OftenMissing),
    /// The prose requires the property.
    Required,
    /// Redactions in all room versions keep the property.
    KeptByRedaction,
    /// The deprecated property is still in use.
    InUse,
    /// The value is a secret, which `Debug` does not show.
    Secret,
    /// The string has this format.
    Format(Format),
    /// The keys whose values the schema describes have this format.
    KeyFormat(Format),
    /// The value may be another one.
    Accepts(Accepted),
    /// The numbers are integers.
    Integer,
    /// The object has keys other than those that its pattern describes.
    AnyKey,
    /// The absence of the property means this value.
    Default(DefaultValue),
    /// The property, or the event type, has aliases.
    Aliases(Vec<(String, Origin)>),
    /// Another schema describes the value.
    Definition(Reference),
    /// The object may have another property.
    Addition(String, Box<Schema>),
    /// The schema describes an event of this type, which the place states. If the type ends in `.*`, the content has a field of this
    /// name for the end of the type.
    EventType((String, Origin), Option<String>),
    /// typify may generate a different type for the schema.
    TypifyDiffers,
    /// The example of the schema is invalid.
    InvalidExample,
    /// The string has these known values.
    Values(Arc<KnownValues>),
    /// The keys of the map have these known values.
    Keys(Arc<KnownValues>),
    /// Several places share this type.
    SameAs(Arc<SharedType>),
    /// The type has this name.
    TypeName(String),
    /// The field has this name.
    FieldName(String),
    /// The variant for a value, or for a JSON type, has this name.
    VariantName(String, String),
    /// The type is in this module.
    Module(ModulePath),
}

impl Change {
    /// Returns `true` if the correction decides a Rust name.
    pub(crate) fn is_about_names(&self) -> bool {
        matches!(self, Self::TypeName(_) | Self::FieldName(_) | Self::VariantName(..) | Self::Module(_))
    }

    /// Returns the noun for a correction. A place has at most one correction for each noun.
    fn noun(&self) -> String {
        match self {
            Self::OftenMissing(_) => "entry under `optional`".to_owned(),
            Self::Required => "entry under `required`".to_owned(),
            Self::KeptByRedaction => "entry under `kept-by-redaction`".to_owned(),
            Self::Secret => "entry under `secret`".to_owned(),
            Self::InUse => "entry under `in-use`".to_owned(),
            Self::Format(_) => "format".to_owned(),
            Self::KeyFormat(_) => "format of keys".to_owned(),
            Self::Accepts(_) => "entry under `accepts`".to_owned(),
            Self::Integer => "entry under `integers`".to_owned(),
            Self::AnyKey => "entry under `any-key`".to_owned(),
            Self::Default(_) => "default".to_owned(),
            Self::Aliases(_) => "entry under `aliases`".to_owned(),
            Self::Definition(_) => "definition".to_owned(),
            Self::Addition(name, _) => format!("addition of `{name}`"),
            Self::EventType(..) => "event type".to_owned(),
            Self::TypifyDiffers => "entry under `cross-check`".to_owned(),
            Self::InvalidExample => "entry under `inline-examples`".to_owned(),
            Self::Values(_) => "entry under `values`".to_owned(),
            Self::Keys(_) => "entry for keys under `values`".to_owned(),
            Self::SameAs(_) => "entry under `same-as`".to_owned(),
            Self::TypeName(_) => "type name".to_owned(),
            Self::FieldName(_) => "field name".to_owned(),
            Self::VariantName(value, _) => format!("name of the value `{value}`"),
            Self::Module(_) => "module".to_owned(),
        }
    }
}

impl Reader<'_, '_> {
    /// Adds a correction.
    pub(super) fn correct(&mut self, correction: Correction) -> Result<(), Diagnostic> {
        let noun = correction.change.noun();
        let what = format!("{noun} for {}", location_of(&correction.at));
        self.once_for(format!("{noun} for {}", correction.at), what, &correction.entry)?;
        self.entries.corrections.push(correction);
        Ok(())
    }

    /// Adds a correction for each place of an entry.
    pub(super) fn correct_each(
        &mut self,
        entry: &mut Entry<'_>,
        change: impl Fn(&Origin) -> Change,
    ) -> Result<(), Diagnostic> {
        for (at, entry) in self.places(entry)? {
            let change = change(&at);
            self.correct(Correction { at, entry, change })?;
        }
        Ok(())
    }
}

/// Reads a fix of files: `repeated-keys: last`, or `find:` and `replace:` with members of maps.
fn fix(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let at = entry.each("at")?.iter().map(|(at, _)| long_path(at)).collect();
    let kind = match entry.keys.take("repeated-keys") {
        Some((Node::String(value), _)) if value == "last" => FixKind::RepeatedKeys,
        Some((node, origin)) => return Err(unexpected(node, &origin, "`last`")),
        None => FixKind::Replace(members(entry, "find")?, members(entry, "replace")?),
    };
    reader.sources.fix(Fix { at, kind, entry: entry.origin.clone() });
    Ok(())
}

fn members(entry: &mut Entry<'_>, key: &str) -> Result<Vec<(String, Node)>, Diagnostic> {
    match entry.node(key)? {
        (Node::Map(members), _) if !members.is_empty() => Ok(members.clone()),
        (node, origin) => {
            let help = format!("write a map such as `{key}: {{type: string}}`");
            Err(unexpected(node, &origin, "a map with at least one member").help(help))
        }
    }
}

fn optional(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let missing = OftenMissing { why: entry.why.clone(), basis: basis(entry)? };
    reader.correct_each(entry, |_| Change::OftenMissing(missing.clone()))
}

/// Reads the basis of an entry that is more lenient than the schemas. The basis `prose` requires a clause.
fn basis(entry: &mut Entry<'_>) -> Result<Basis, Diagnostic> {
    let (allowed, clause, seen) =
        (entry.keys.text("allowed-by")?, entry.keys.text("clause")?, entry.keys.text("seen-in")?);
    let (key, message) = match (allowed.as_deref(), clause.as_deref(), seen.as_deref()) {
        (Some("prose"), Some(clause), None) if !clause.trim().is_empty() => return Ok(Basis::Prose),
        (None, None, Some("history")) => return Ok(Basis::History),
        (None, _, None) => ("", "the entry has no basis"),
        (Some("prose"), _, None) => ("", "the entry has no `clause`"),
        (Some("prose"), _, Some(_)) | (None, Some(_), Some(_)) => ("seen-in", "the entry has two bases"),
        (None, None, Some(_)) => ("seen-in", "the basis is unknown"),
        (Some(_), _, _) => ("allowed-by", "the basis is unknown"),
    };
    let place = if key.is_empty() { entry.origin.clone() } else { entry.origin.child(key) };
    Err(Diagnostic::at(&place, message)
        .expected("`allowed-by: prose` with `clause:`, or `seen-in: history`")
        .help(
            "write `allowed-by: prose` and the section, such as `clause: client-server-api/#mroomname`, if the specification \
             allows the values. Otherwise, write `seen-in: history`",
        ))
}

fn format(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>, change: fn(Format) -> Change) -> Result<(), Diagnostic> {
    let (node, origin) = entry.node("format")?;
    let format = schema::format(node, &origin)?;
    reader.correct_each(entry, |_| change(format))
}

fn accepts(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let (node, origin) = entry.node("type")?;
    let integer = match entry.keys.take("value") {
        Some((value, origin)) => match value.to_json().as_i64() {
            Some(integer) => Some(integer),
            None => return Err(unexpected(value, &origin, "an integer")),
        },
        None => None,
    };
    let values = match text(node, &origin)?.as_str() {
        "integer" => vec![Allowed::Integer(integer)],
        "string" => vec![Allowed::IntegerInString],
        "null" => vec![Allowed::Null],
        "null or empty" => vec![Allowed::Null, Allowed::EmptyString],
        _ => {
            let help = "write `integer` for a property of type `string`, or `string` for a property of type `integer`. For other \
                        values, write `\"null\"` or `null or empty`";
            return Err(unexpected(node, &origin, "`integer`, `string`, `\"null\"` or `null or empty`").help(help));
        }
    };
    let accepted = Accepted { values, basis: basis(entry)? };
    reader.correct_each(entry, |_| Change::Accepts(accepted.clone()))
}

fn default(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let (value, _) = entry.node("value")?;
    let for_invalid = match entry.keys.take("for-invalid") {
        None => false,
        Some((Node::Boolean(true), _)) => true,
        Some((node, origin)) => {
            return Err(unexpected(node, &origin, "`true`, or no such key").help("write `true`, or remove the key"));
        }
    };
    let default = DefaultValue { value: value.to_json(), for_invalid };
    reader.correct_each(entry, |_| Change::Default(default.clone()))
}

fn aliases(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let names = entry.each("names")?;
    reader.correct_each(entry, |_| Change::Aliases(names.clone()))
}

fn event_type(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let event_type = (entry.required("type")?, entry.origin.child("type"));
    let suffix = entry.optional("suffix")?;
    if let Some(suffix) = &suffix {
        names::explicit(suffix, Case::Snake, &entry.origin.child("suffix"))?;
    }
    match (names::prefix_of(&event_type.0), &suffix) {
        (Some(_), None) => Err(Diagnostic::at(&event_type.1, format!("`{}` has no field for its end", event_type.0))
            .expected("`suffix:` with the name of the field for the text in place of the `*`")
            .help("add `suffix: …`, such as `suffix: key_id`")),
        (None, Some(suffix)) => {
            let message = format!("`suffix: {suffix}` has no effect: the event type `{}` has no end", event_type.0);
            Err(Diagnostic::at(&entry.origin.child("suffix"), message)
                .expected("an event type that ends in `.*`")
                .help("remove `suffix`, or write `.*` at the end of the event type"))
        }
        _ => reader.correct_each(entry, |_| Change::EventType(event_type.clone(), suffix.clone())),
    }
}

fn definition(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let (text, origin) = (entry.required("definition")?, entry.origin.child("definition"));
    let places = reader.places(entry)?;
    let Some(target) = reader.definition(&text, &origin)? else { return Ok(()) };
    let definition = Reference { target, from: Some(origin) };
    for (at, entry) in places {
        reader.correct(Correction { at, entry, change: Change::Definition(definition.clone()) })?;
    }
    Ok(())
}

/// Reads an added property. Its schema is a definition of the tree, or in the entry.
fn addition(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let property = entry.required("property")?;
    let schema = match entry.optional("definition")? {
        Some(_) if entry.keys.take("schema").is_some() => {
            return Err(Diagnostic::at(&entry.origin.child("schema"), "the entry has both `definition` and `schema`")
                .expected("`definition:` with a file of the tree, or `schema:` with a schema")
                .help("remove one of the two keys"));
        }
        Some(text) => {
            let origin = entry.origin.child("definition");
            // The places of the entry are read as well, so that the entry is complete.
            let Some(target) = reader.definition(&text, &origin)? else { return reader.places(entry).map(drop) };
            Some(Schema { origin, reference: Some(target), ..Schema::default() })
        }
        None => entry.schema("schema", &mut reader.diagnostics),
    };
    let schema = schema.ok_or_else(|| {
        Diagnostic::at(&entry.origin, "the entry has no schema")
            .expected("`definition:` with a file of the tree, or `schema:` with a schema")
            .help("add the schema of the property, such as `schema: {type: string}`")
    })?;
    let place = entry.origin.child("property");
    for (at, entry) in reader.places(entry)? {
        if super::location::declares(reader.sources, &at, &property) {
            let why = format!("the schema declares the property `{property}`");
            reader.entries.unused.push(changes_nothing(&place, reader.release, &why));
            continue;
        }
        let origin = schema.origin.clone();
        reader.added.entry(at.clone()).or_default().insert(property.clone(), origin);
        let change = Change::Addition(property.clone(), Box::new(schema.clone()));
        reader.correct(Correction { at, entry, change })?;
    }
    Ok(())
}

fn examples(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    for (file, origin) in entry.each("at")? {
        reader.once(format!("entry for the example `{file}`"), &origin)?;
        reader.entries.invalid_examples.insert(file, origin);
    }
    Ok(())
}

impl Correction {
    /// Returns the place of a key of the entry.
    pub(crate) fn key(&self, key: &str) -> Origin {
        // An entry is an item of a section.
        let entry = self.entry.keys().take(2).fold(Origin::file(&self.entry.file), |above, key| above.child(&key));
        entry.child(key)
    }

    /// Returns `true` if the correction concerns the field of a property.
    pub(crate) fn is_about_field(&self) -> bool {
        match self.change {
            Change::OftenMissing(_) | Change::Default(_) | Change::InUse | Change::Secret => true,
            Change::Aliases(_) => !self.at.pointer.is_empty(),
            _ => false,
        }
    }

    /// Returns the type that the place shares with other places.
    pub(crate) fn shared_type(&self) -> Option<&SharedType> {
        match &self.change {
            Change::SameAs(shared) => Some(shared),
            Change::Values(known) | Change::Keys(known) => Some(&known.ty),
            _ => None,
        }
    }

    /// Returns the schemas that the correction refers to.
    pub(crate) fn references(&self) -> Vec<Reference> {
        match &self.change {
            Change::Definition(definition) => vec![definition.clone()],
            Change::Addition(_, schema) => match &schema.reference {
                // The key `definition` takes the place of a `$ref`.
                Some(target) if schema.origin == self.key("definition") => {
                    vec![Reference { target: target.clone(), from: Some(schema.origin.clone()) }]
                }
                _ => schema::references(schema),
            },
            _ => Vec::new(),
        }
    }
}
