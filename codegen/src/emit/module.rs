//! The tree of modules, and what each takes from elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::visit::Visit;

use super::{ident, types, Context, File, Paths};
use crate::ir::{Event, Field, Ir, Module, ModulePath, Shape, Type};

/// What emitted code may name: where it comes from, and the names.
const NAMES: [(&str, &[&str]); 3] = [
    ("std::collections", &["BTreeMap"]),
    ("serde_json", &["Number", "Value"]),
    (
        "crate::__private",
        &[
            "Constant",
            "Cursor",
            "EduContent",
            "Entries",
            "EphemeralRoomEventContent",
            "EventContent",
            "EventId",
            "Extra",
            "Fault",
            "GlobalAccountDataEventContent",
            "IntOrString",
            "Item",
            "Json",
            "JsonObject",
            "JsonType",
            "MessageLikeEventContent",
            "MxcUri",
            "NoTopLevel",
            "Nullable",
            "Object",
            "PresenceContent",
            "RoomAccountDataEventContent",
            "RoomAliasId",
            "RoomEventContent",
            "RoomId",
            "Schema",
            "ServerName",
            "Shape",
            "StateEventContent",
            "StringOrInt",
            "Tagged",
            "ToDeviceEventContent",
            "TopLevelMembers",
            "UnpaddedBase64",
            "UrlSafeUnpaddedBase64",
            "UserId",
            "reset",
        ],
    ),
];

/// The path of a module's file below `src/events`.
pub(crate) fn file_of(path: &ModulePath) -> String {
    if path.is_empty() {
        return "mod.rs".to_owned();
    }
    format!("{}.rs", path.join("/"))
}

/// A file for each module and for those above it, with their `mod` lines.
pub(crate) fn tree(ir: &Ir, paths: &Paths<'_>) -> BTreeMap<String, File> {
    let mut modules: BTreeSet<ModulePath> = BTreeSet::new();
    for path in ir.modules.keys() {
        for length in 0..=path.len() {
            modules.insert(path.iter().take(length).cloned().collect());
        }
    }
    let mut files = BTreeMap::new();
    for path in &modules {
        let children = modules.iter().filter(|child| child.len() == path.len() + 1 && child.starts_with(path));
        let lines = children.filter_map(|child| Some((child, ident(child.last()?)))).map(|(child, name)| {
            match child == &["envelope"] && matches!(paths, Paths::Inside) {
                // The root of the crate reexports the envelopes.
                true => quote!(pub(crate) mod #name;),
                false => quote!(pub mod #name;),
            }
        });
        let head = vec![quote!(#(#lines)*)];
        let file = File { docs: docs(path, ir, paths), head, ..File::default() };
        files.insert(file_of(path), file);
    }
    files
}

fn docs(path: &ModulePath, ir: &Ir, paths: &Paths<'_>) -> String {
    if let (true, Paths::Outside(_)) = (path.is_empty(), paths) {
        return "Events of one's own, a module for each type.".to_owned();
    }
    let of_release = ir.release.map_or(String::new(), |release| format!(" of {release}"));
    if path.is_empty() {
        return format!("The events of the Matrix specification{of_release}, a module for each type.");
    }
    let begins = |event: &Event| {
        let mut parts: Vec<&str> = event.event_type.split('.').collect();
        parts.truncate(parts.len().saturating_sub(event.content.0.len() - path.len()));
        parts.join(".")
    };
    let events: BTreeSet<&str> =
        ir.events.iter().filter(|event| event.content.0 == *path).map(|event| event.event_type.as_str()).collect();
    let is_edu = ir.events.iter().any(|event| event.content.0 == *path && event.is_edu());
    let below = ir.events.iter().filter(|event| event.content.0.starts_with(path));
    let kinds: BTreeSet<bool> = below.clone().map(Event::is_edu).collect();
    let begin = below.clone().next().map(begins).unwrap_or_default();
    match events.into_iter().next() {
        Some(event_type) if is_edu => format!("The ephemeral data unit `{event_type}`."),
        Some(event_type) => format!("The event `{event_type}`."),
        None if path == &["envelope"] => {
            "What events have around their content, for each place they come from.".to_owned()
        }
        None if path == &["common"] => "What events of several areas share.".to_owned(),
        None if kinds.is_empty() => "What events of several areas share.".to_owned(),
        None if !kinds.contains(&false) => "The ephemeral data units, which servers send each other.".to_owned(),
        None => format!("The events of which the type begins with `{begin}.`, and what they share."),
    }
}

/// The `use` lines of a file: for the names that its items mention, and for types of other modules.
pub(crate) fn uses(file: &File, module: &Module, context: &Context<'_>) -> Vec<TokenStream> {
    let mut mentioned = Mentioned::default();
    for (_, tokens) in &file.items {
        // What doesn't parse is reported when it is formatted.
        if let Ok(file) = syn::parse2::<syn::File>(tokens.clone()) {
            mentioned.visit_file(&file);
        }
    }
    let defined: BTreeSet<&str> = module.items.iter().map(|item| item.name.as_str()).collect();
    let mut lines = Vec::new();
    for (from, names) in NAMES {
        let names: Vec<_> =
            names.iter().filter(|name| mentioned.0.contains(**name) && !defined.contains(**name)).collect();
        lines.extend(line(&context.paths.elsewhere(from), names.into_iter().copied()));
    }
    for (path, names) in foreign(module, context) {
        lines.extend(line(&path, names.into_iter()));
    }
    let is_ours = |line: &TokenStream| ["use crate", "use super"].iter().any(|ours| line.to_string().starts_with(ours));
    lines.sort_by_cached_key(|line| (is_ours(line), line.to_string()));
    lines
}

/// A `use` line, if there is anything to use.
pub(crate) fn line<'n>(from: &str, names: impl Iterator<Item = &'n str>) -> Option<TokenStream> {
    let names: Vec<_> = names.map(ident).collect();
    let path: Vec<_> = from
        .split("::")
        .map(|part| match part {
            "crate" => quote!(crate),
            "super" => quote!(super),
            part => {
                let part = ident(part);
                quote!(#part)
            }
        })
        .collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(quote!(use #(#path)::*::#one;)),
        several => Some(quote!(use #(#path)::*::{#(#several),*};)),
    }
}

/// The names with which paths begin, and all that macros are given. Those of fields, of variables and of variants aren't
/// among them.
#[derive(Default)]
struct Mentioned(BTreeSet<String>);

impl<'ast> Visit<'ast> for Mentioned {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        let first = path.segments.first().map(|first| first.ident.to_string()).unwrap_or_default();
        if path.leading_colon.is_none() && first.starts_with(char::is_uppercase) {
            self.0.insert(first);
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let syn::Expr::Path(function) = &*call.func {
            self.0.extend(function.path.segments.first().map(|first| first.ident.to_string()));
        }
        syn::visit::visit_expr_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.tokens(call.tokens.clone());
    }
}

impl Mentioned {
    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    self.0.insert(ident.to_string());
                }
                TokenTree::Group(group) => self.tokens(group.stream()),
                _ => {}
            }
        }
    }
}

/// The types of other modules that a module's types are made of, by the paths of those.
fn foreign<'i>(module: &'i Module, context: &'i Context<'_>) -> BTreeMap<String, BTreeSet<&'i str>> {
    let named = named(module, context.module, context.ir);
    let mut by_module: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (path, name) in named {
        if path != context.module.as_slice() || !context.paths.is_own(path, name) {
            by_module.entry(context.paths.module(context.module, path, name)).or_default().insert(name);
        }
    }
    by_module
}

/// The types that a module's types are made of, each by its module and its name.
pub(super) fn named<'i>(module: &'i Module, path: &ModulePath, whole: &'i Ir) -> Vec<(&'i [String], &'i str)> {
    let mut named: Vec<(&[String], &str)> = Vec::new();
    for item in &module.items {
        match &item.shape {
            Shape::Struct(shape) => {
                shape.fields.iter().for_each(|Field { ty, .. }| types::named(ty, &mut named));
                shape.entries.iter().for_each(|entries| types::named(&entries.value, &mut named));
            }
            Shape::Union(alternatives) => {
                alternatives.iter().filter_map(|one| one.ty.as_ref()).for_each(|ty| types::named(ty, &mut named));
            }
            Shape::OpenEnum(_) | Shape::Tagged(_) => {}
        }
    }
    let events = whole.events.iter().filter(|event| event.content.0 == *path);
    let beside: Vec<&Type> = events.flat_map(|event| event.unsigned.iter().chain(&event.state_key)).collect();
    beside.into_iter().for_each(|ty| types::named(ty, &mut named));
    named
}

#[cfg(test)]
mod tests {
    use super::NAMES;
    use crate::names;

    #[test]
    fn no_type_has_a_name_that_emitted_files_take_from_elsewhere() {
        let all = NAMES.iter().flat_map(|(_, names)| *names);
        let free = all.filter(|name| name.starts_with(char::is_uppercase) && !names::is_taken(name));
        assert_eq!(free.collect::<Vec<_>>(), Vec::<&&str>::new());
    }
}
