//! Derives Rust names from the names in schemas. An invalid name and a duplicate name are errors, which an entry in
//! `codegen.yaml` fixes. The generator never appends a number to a name.

use std::fmt;

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::ir::{Event, Ir, Module, ModulePath};
use crate::settings::quoted_location_of;
use crate::source::flow_string;

/// Reserved type names. Emitted code and its macros use these names of the prelude, and absolute paths for all other names.
const TAKEN: [&str; 6] = ["Box", "Into", "Option", "Result", "String", "Vec"];

/// Keywords that cannot be raw identifiers.
const RESERVED: [&str; 4] = ["Self", "crate", "self", "super"];

/// The emitted modules about all events. They are next to the modules of the events.
const OVER_ALL: [&str; 3] = ["any", "constraints", "contents"];

/// The modules at the root of `matrix-events`. They shadow modules of events, which a glob imports. `push` is not in this list,
/// because that module reexports the emitted module.
pub(crate) const OF_THE_CRATE: [&str; 25] = [
    "canonical_json",
    "display_name",
    "event_enum",
    "event_ref",
    "events",
    "ext",
    "features",
    "hash",
    "inspect",
    "membership",
    "migration",
    "parallel",
    "poll_results",
    "power_levels",
    "raw",
    "redaction",
    "relations",
    "room_version_rules",
    "schema",
    "schemars",
    "stream",
    "time",
    "tools",
    "validate",
    "voip",
];

/// Removes the prefix `m.` of Matrix identifiers.
pub(crate) fn strip_m(text: &str) -> &str {
    text.strip_prefix("m.").unwrap_or(text)
}

/// Returns the text before the end of an event type such as `m.secret_storage.key.*`, which is the name of all types that begin with
/// this text. Returns `None` for another event type.
pub(crate) fn prefix_of(event_type: &str) -> Option<&str> {
    event_type.strip_suffix('*').filter(|prefix| prefix.ends_with('.') && prefix.len() > 1)
}

/// Returns the part of an event type that names are derived from.
pub(crate) fn without_end(event_type: &str) -> &str {
    prefix_of(event_type).map_or(event_type, |prefix| prefix.trim_end_matches('.'))
}

/// The key of an entry under `names`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NameKey<'v> {
    /// The name of a type.
    Name,
    /// The name of a field.
    Field,
    /// The name of the variant for a value.
    Value(&'v str),
}

impl fmt::Display for NameKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("name: …"),
            Self::Field => f.write_str("field: …"),
            Self::Value(value) => write!(f, "values: {{{}: …}}", flow_string(value)),
        }
    }
}

/// Returns advice to add an entry with a name for a schema.
pub(crate) fn entry_for(schema: &Origin, key: NameKey<'_>) -> String {
    format!("add an entry under `names` in codegen.yaml: `- {{at: {}, {key}, why: …}}`", quoted_location_of(schema))
}

/// Returns the advice for a name in an entry.
pub(crate) fn another() -> String {
    "write another name".to_owned()
}

/// Returns the name of a type.
pub(crate) fn type_name(hint: &str, origin: &Origin) -> Result<String, Diagnostic> {
    let name = strip_m(hint).to_upper_camel_case();
    check(&name, hint).map_err(|error| error.at(origin, NameKey::Name))?;
    Ok(name)
}

/// Checks that the name of a type is not reserved.
pub(crate) fn free(name: &str, origin: &Origin, help: impl FnOnce() -> String) -> Result<(), Diagnostic> {
    if !TAKEN.contains(&name) {
        return Ok(());
    }
    Err(Diagnostic::at(origin, format!("`{name}` is a reserved type name: emitted code uses it"))
        .expected(format!("a name other than `{}`", TAKEN.join("`, `")))
        .help(help()))
}

/// Checks that the name of a variant for a known value is not the name of the variant for other values.
pub(crate) fn known(name: &str, origin: &Origin, help: impl FnOnce() -> String) -> Result<(), Diagnostic> {
    if name != "Unknown" {
        return Ok(());
    }
    Err(Diagnostic::at(origin, "`Unknown` is a reserved variant name: open enums have it for other values")
        .expected("a name other than `Unknown`")
        .help(help()))
}

/// Checks that JSON does not escape the name of a member, because deserialization and serialization handle names without escapes.
pub(crate) fn plain(wire: &str, origin: &Origin) -> Result<(), Diagnostic> {
    if !wire.contains(|letter| matches!(letter, '\0'..='\x1f' | '"' | '\\')) {
        return Ok(());
    }
    Err(Diagnostic::at(origin, format!("unsupported property name {wire:?}"))
        .expected("a name without quotation marks, backslashes and control characters")
        .help("rename or remove the property; undeclared members are in `extra`"))
}

/// Returns the name of a variant.
pub(crate) fn variant(text: &str, origin: &Origin) -> Result<String, Diagnostic> {
    let name = strip_m(text).to_upper_camel_case();
    check(&name, text).map_err(|error| error.at(origin, NameKey::Value(text)))?;
    known(&name, origin, || entry_for(origin, NameKey::Value(text)))?;
    Ok(name)
}

/// Returns the name of a field.
pub(crate) fn field(wire: &str, origin: &Origin) -> Result<String, Diagnostic> {
    let name = strip_m(wire).to_snake_case();
    check(&name, wire).map_err(|error| error.at(origin, NameKey::Field))?;
    Ok(name)
}

/// Returns the path of a module below another, with a name for each part. The error has no advice.
pub(crate) fn modules<'p>(
    above: &[String],
    parts: impl Iterator<Item = &'p str>,
    origin: &Origin,
) -> Result<ModulePath, Diagnostic> {
    let mut path = above.to_vec();
    for part in parts {
        let name = part.to_snake_case();
        let is_over_all = path.is_empty() && OVER_ALL.contains(&name.as_str());
        if name == "mod" || is_over_all {
            return Err(Diagnostic::at(origin, format!("`{name}` is a reserved module name"))
                .expected(format!("a name other than `mod`, `{}`", OVER_ALL.join("`, `"))));
        }
        if !is_name(&name) {
            return Err(Diagnostic::at(origin, not_a_name(&name)).expected(A_NAME));
        }
        path.push(name);
    }
    Ok(path)
}

/// The case of a name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Case {
    /// `UpperCamelCase`, for types and variants.
    Camel,
    /// `snake_case`, for fields and modules.
    Snake,
}

/// Checks that a name in settings is a valid Rust name in the case that the compiler expects.
pub(crate) fn explicit(name: &str, case: Case, origin: &Origin) -> Result<(), Diagnostic> {
    let (is_in_case, in_case, converted) = match case {
        Case::Camel => (
            !name.contains('_') && !name.starts_with(char::is_lowercase),
            "`UpperCamelCase`",
            name.to_upper_camel_case(),
        ),
        Case::Snake => (!name.contains(char::is_uppercase), "`snake_case`", name.to_snake_case()),
    };
    let diagnostic = match is_name(name) {
        true if is_in_case => return Ok(()),
        true => {
            let message = format!("the name `{name}` is not in {in_case}");
            Diagnostic::at(origin, message).expected(format!("a name in {in_case}"))
        }
        false => Diagnostic::at(origin, not_a_name(name)).expected(A_NAME),
    };
    Err(match is_name(&converted) {
        true => diagnostic.help(format!("write `{converted}`")),
        false => diagnostic.help("write another name"),
    })
}

/// Parses the path of a module in settings, from the root of the events.
pub(crate) fn explicit_module(path: &str, origin: &Origin) -> Result<ModulePath, Diagnostic> {
    let parts = path.split("::");
    parts.clone().try_for_each(|part| explicit(part, Case::Snake, origin)).map_err(|diagnostic| {
        // The path may have other separators, or be that of the crate, of a file or of an event type.
        let names = path.split([':', '/', '.', ' ']).map(ToSnakeCase::to_snake_case);
        let names = names.filter(|name| !name.is_empty()).skip_while(|name| name == "crate" || name == "m");
        let names: Vec<String> = names.collect();
        match !names.is_empty() && names.iter().all(|name| is_name(name)) {
            true => diagnostic.help(format!("write `{}`", names.join("::"))),
            false => diagnostic.help("write another module"),
        }
    })?;
    modules(&[], parts.clone(), origin).map_err(|diagnostic| diagnostic.help("write another module"))?;
    Ok(parts.map(str::to_owned).collect())
}

const A_NAME: &str =
    "ASCII letters, digits and underscores, beginning with a letter, and none of `Self`, `crate`, `self`, `super`";

fn is_name(name: &str) -> bool {
    let starts = name.chars().next().is_some_and(|first| first.is_ascii_alphabetic());
    starts
        && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
        && !RESERVED.contains(&name)
}

fn not_a_name(name: &str) -> String {
    match RESERVED.contains(&name) {
        true => format!("`{name}` is a reserved name"),
        false => format!("`{name}` is not a valid Rust name"),
    }
}

/// The error of a name that is derived from a text and is not a valid Rust name.
struct InvalidName(String);

impl InvalidName {
    fn at(self, origin: &Origin, key: NameKey<'_>) -> Diagnostic {
        Diagnostic::at(origin, self.0).expected(A_NAME).help(entry_for(origin, key))
    }
}

/// Checks that a name is a valid Rust name. `hint` is the text that the name is derived from.
fn check(name: &str, hint: &str) -> Result<(), InvalidName> {
    match is_name(name) {
        true => Ok(()),
        false => Err(InvalidName(format!("failed to derive a Rust name from `{hint}`: {}", not_a_name(name)))),
    }
}

/// Reports modules of events that modules of `matrix-events` would shadow. `place` returns the place that states the type of an
/// event, and `entry` returns the entry that chooses a module.
pub(crate) fn hidden(
    ir: &Ir,
    place: impl Fn(&Event) -> Origin,
    entry: impl Fn(&ModulePath) -> Option<Origin>,
) -> Result<(), Vec<Diagnostic>> {
    let diagnostic = |(path, module): (&ModulePath, &Module)| {
        let name = path.first().filter(|name| OF_THE_CRATE.contains(&name.as_str()))?;
        let event = ir.events.iter().find(|event| event.content.0 == *path).map(&place);
        let origin = event.clone().or_else(|| module.items.first().map(|item| item.origin.clone())).unwrap_or_default();
        let message = format!("the module `{name}` is reserved: matrix-events has a module of that name");
        let expected = format!("a name other than `{}`", OF_THE_CRATE.join("`, `"));
        if let Some(entry) = entry(path).filter(|_| event.is_none()) {
            return Some(Diagnostic::at(&entry, message).expected(expected).help("write another module"));
        }
        let help = "rename the module in generated/src/lib.rs, and remove its name from `OF_THE_CRATE` in codegen/src/names.rs";
        Some(Diagnostic::at(&origin, message).expected(expected).help(help))
    };
    Diagnostics(ir.modules.iter().filter_map(diagnostic).collect()).into_result(())
}

/// One of two items with the same name.
#[derive(Clone, Copy)]
pub(crate) struct Named<'n> {
    pub(crate) place: &'n Origin,
    /// The entry that chooses the name.
    pub(crate) entry: Option<&'n Origin>,
}

/// Creates the error of a name that two items have. If an entry chooses the name, the error is at the entry. `help` is the advice
/// for items without an entry.
pub(crate) fn clash(name: &str, one: Named<'_>, first: Named<'_>, help: impl Into<String>) -> Diagnostic {
    let (one, first, help) = match (one.entry, first.entry) {
        (Some(entry), other) => (entry, other.unwrap_or(first.place), another()),
        (None, Some(entry)) => (entry, one.place, another()),
        (None, None) => (one.place, first.place, help.into()),
    };
    Diagnostic::at(one, format!("duplicate name `{name}`")).other(first).expected("different names").help(help)
}

impl<'n> From<&'n Origin> for Named<'n> {
    fn from(place: &'n Origin) -> Self {
        Self { place, entry: None }
    }
}
