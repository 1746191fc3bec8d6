//! Makes names for Rust from the words of the schemas. An impossible name, or one name for two items, is an error. An entry of
//! `codegen.yaml` fixes it; no number is appended.

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::ir::{Ir, Module, ModulePath};

/// Names that a type can't have: emitted code and the macros that it invokes take them from the prelude. Everything else is
/// named by its absolute path.
const TAKEN: [&str; 6] = ["Box", "Into", "Option", "Result", "String", "Vec"];

/// Words that Rust doesn't take for a name, not even for a raw one.
const RESERVED: [&str; 4] = ["Self", "crate", "self", "super"];

/// What stands beside the modules of the events at their root, a file each: it is over all events.
const OVER_ALL: [&str; 3] = ["any", "constraints", "contents"];

/// What `matrix-events` has at its root by hand. The modules of events get there by a glob, which gives way to those.
const OF_THE_CRATE: [&str; 9] =
    ["events", "ext", "features", "migration", "raw", "schema", "schemars", "validate", "voip"];

/// Removes the prefix `m.` of Matrix identifiers.
pub(crate) fn strip_m(text: &str) -> &str {
    text.strip_prefix("m.").unwrap_or(text)
}

/// The name of a type.
pub(crate) fn type_name(hint: &str, origin: &Origin) -> Result<String, Diagnostic> {
    let name = strip_m(hint).to_upper_camel_case();
    check(&name, hint, origin)?;
    Ok(name)
}

/// Reports a type whose name emitted code uses.
pub(crate) fn free(name: &str, origin: &Origin) -> Result<(), Diagnostic> {
    if !TAKEN.contains(&name) {
        return Ok(());
    }
    Err(Diagnostic::at(origin, format!("a type can't have the name `{name}`, which the code around it uses"))
        .expected("a name of its own")
        .help("give it one under `names` in codegen.yaml"))
}

/// Reports the name of a member that JSON has to escape: names are compared and written without escapes.
pub(crate) fn plain(wire: &str, origin: &Origin) -> Result<(), Diagnostic> {
    if !wire.contains(|letter| matches!(letter, '\0'..='\x1f' | '"' | '\\')) {
        return Ok(());
    }
    Err(Diagnostic::at(origin, format!("a field can't stand for a member called {wire:?}, which JSON has to escape"))
        .expected("a name without quotation marks, backslashes and control characters")
        .help("rename the property, or leave it out: what has no field is kept in `extra`"))
}

/// The name of a variant.
pub(crate) fn variant(text: &str, origin: &Origin) -> Result<String, Diagnostic> {
    let name = strip_m(text).to_upper_camel_case();
    check(&name, text, origin)?;
    if name == "Unknown" {
        return Err(Diagnostic::at(origin, format!("a variant for `{text}` can't have the name `{name}`"))
            .expected("a name that isn't in use")
            .help("give it one under `names`, `values:`, in codegen.yaml"));
    }
    Ok(name)
}

/// The name of a field.
pub(crate) fn field(wire: &str, origin: &Origin) -> Result<String, Diagnostic> {
    let name = strip_m(wire).to_snake_case();
    check(&name, wire, origin)?;
    Ok(name)
}

/// The path of a module, a word a part, below another.
pub(crate) fn modules<'p>(
    above: &[String],
    parts: impl Iterator<Item = &'p str>,
    origin: &Origin,
) -> Result<ModulePath, Diagnostic> {
    let mut path = above.to_vec();
    for part in parts {
        let name = part.to_snake_case();
        let is_over_all = path.is_empty() && OVER_ALL.contains(&name.as_str());
        if name == "mod" || is_over_all || !is_name(&name) {
            return Err(Diagnostic::at(origin, format!("`{part}` can't be the name of a module"))
                .expected(A_NAME)
                .help("codegen/src/lower/event_schema.rs makes modules from the types of events"));
        }
        path.push(name);
    }
    Ok(path)
}

/// Reports a name in settings that is not possible in Rust.
pub(crate) fn explicit(name: &str, origin: &Origin) -> Result<(), Diagnostic> {
    if is_name(name) {
        return Ok(());
    }
    Err(Diagnostic::at(origin, format!("`{name}` can't be a name in Rust"))
        .expected(A_NAME)
        .help("write it as it is to stand in the code"))
}

/// The module that settings name, from the root of the events.
pub(crate) fn explicit_module(path: &str, origin: &Origin) -> Result<ModulePath, Diagnostic> {
    let parts = path.split("::");
    parts.clone().try_for_each(|part| explicit(part, origin))?;
    modules(&[], parts.clone(), origin)?;
    Ok(parts.map(str::to_owned).collect())
}

const A_NAME: &str = "a word of ASCII letters, digits and underscores that begins with a letter and isn't reserved";

fn is_name(name: &str) -> bool {
    let starts = name.chars().next().is_some_and(|first| first.is_ascii_alphabetic());
    starts
        && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
        && !RESERVED.contains(&name)
}

fn check(name: &str, hint: &str, origin: &Origin) -> Result<(), Diagnostic> {
    if is_name(name) {
        return Ok(());
    }
    Err(Diagnostic::at(origin, format!("no name for Rust can be made from `{hint}`"))
        .expected(A_NAME)
        .help("give it a name under `names` in codegen.yaml"))
}

/// Reports modules that modules of `matrix-events` would hide.
pub(crate) fn hidden(ir: &Ir) -> Result<(), Vec<Diagnostic>> {
    let diagnostic = |(path, module): (&ModulePath, &Module)| {
        let name = path.first().filter(|name| OF_THE_CRATE.contains(&name.as_str()))?;
        let origin = module.items.first().map(|item| item.origin.clone()).unwrap_or_default();
        let message = format!("the module `{name}` would hide behind the one of that name that the crate has");
        let help =
            "codegen/src/names.rs lists the crate's modules: another name there and in generated/src/lib.rs makes room";
        Some(Diagnostic::at(&origin, message).expected("a name that the crate itself doesn't have").help(help))
    };
    Diagnostics(ir.modules.iter().filter_map(diagnostic).collect()).into_result(())
}

/// The diagnostic of one name for two items.
pub(crate) fn clash(name: &str, one: &Origin, other: &Origin) -> Diagnostic {
    Diagnostic::at(one, format!("two things would have the name `{name}`: this one, and that of {other}"))
        .expected("a name for each")
        .help("give one of them another name under `names` in codegen.yaml")
}
