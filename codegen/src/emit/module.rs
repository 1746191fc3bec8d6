//! Emits the tree of modules, with their documentation.

use std::collections::{BTreeMap, BTreeSet};

use super::{gate, ident, File, ModuleLine, Paths};
use crate::ir::{Event, Ir, Kind, ModulePath, COMMON, ENVELOPE};

/// Returns the path of the file of a module below `src/events`.
pub(crate) fn file_of(path: &[String]) -> String {
    if path.is_empty() {
        return "mod.rs".to_owned();
    }
    format!("{}.rs", path.join("/"))
}

/// Returns a file for each module and for the modules above, with their `mod` lines.
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
        let above = gate::any_of(&gate::of_module(ir, path));
        let lines = children.filter_map(|child| {
            let name = ident(child.last()?).to_string();
            // The root of the crate exports the envelopes.
            let is_private = matches!(paths, Paths::Inside) && *child == [ENVELOPE];
            let line = if is_private { ModuleLine::of_crate(name) } else { ModuleLine::public(name) };
            let of_types = || gate::any_of(&gate::of_module(ir, child)).filter(|own| above.as_ref() != Some(own));
            let attribute = gate::of_roots(ir, child).attribute().or_else(of_types);
            Some(ModuleLine { attribute, ..line })
        });
        let file = File { docs: docs(path, ir, paths), modules: lines.collect(), ..File::default() };
        files.insert(file_of(path), file);
    }
    files
}

fn docs(path: &ModulePath, ir: &Ir, paths: &Paths<'_>) -> String {
    let release = ir.release.map_or(String::new(), |release| format!(" {release}"));
    match (path.as_slice(), paths) {
        ([], Paths::Outside(_)) => return "Custom events, with a module for each event type.".to_owned(),
        ([], Paths::Inside) => {
            return format!("The events of the Matrix specification{release}, with a module for each event type.")
        }
        _ => {}
    }
    if let Some(description) = ir.modules.get(path).and_then(|module| module.description.as_ref()) {
        return description.clone();
    }
    let mut own = ir.events.iter().filter(|event| event.content.0 == *path);
    if let Some(event) = own.next() {
        let nouns: Vec<&str> = event.kinds.iter().map(|kind| noun(*kind)).collect();
        return format!("The {} `{}`.", nouns.join(" and "), event.event_type);
    }
    let below: Vec<&Event> = ir.events.iter().filter(|event| event.content.0.starts_with(path)).collect();
    match below.first() {
        Some(first) if below.iter().any(|event| !event.is_edu()) => {
            let parts: Vec<&str> = first.event_type.split('.').collect();
            let kept = parts.len().saturating_sub(first.content.0.len() - path.len());
            let prefix = parts.into_iter().take(kept).collect::<Vec<_>>().join(".");
            format!("The events with a type that begins with `{prefix}.`, and the types that they share.")
        }
        Some(_) => "Ephemeral data units (EDUs), which servers send to each other.".to_owned(),
        None if *path == [ENVELOPE] => "Envelopes: the fields of events next to the content.".to_owned(),
        None if *path == [COMMON] => "Types that events of several areas share.".to_owned(),
        None => format!("Types in `{}`.", path.join("::")),
    }
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::MessageLike => "message-like event",
        Kind::State => "state event",
        Kind::Ephemeral => "ephemeral event",
        Kind::Presence => "presence event",
        Kind::GlobalAccountData => "account data event",
        Kind::RoomAccountData => "room account data event",
        Kind::ToDevice => "to-device message",
        Kind::Edu => "ephemeral data unit (EDU)",
    }
}
