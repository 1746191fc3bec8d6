//! Custom events, on top of those of the specification: both are lowered together, and the types that the specification
//! alone does not have are those of the extension.

use std::collections::BTreeSet;

use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::events::EventType;
use crate::ir::{Docs, Ir, Item, Module, Shape};
use crate::model::Model;
use crate::names;
use crate::pipeline::Decided;
use crate::source::Files;
use crate::{Input, Settings};

/// Custom events.
#[derive(Clone, Copy, Debug)]
pub struct Extension<'i> {
    /// Their schemas and examples, laid out as in the specification's `data` folder: `event-schemas/**`.
    pub files: &'i Files,
    /// Their settings. The names of the files differ from those of the specification's settings.
    pub settings: &'i Settings,
}

/// Reports files that the specification has as well: the crate with its events exists already.
pub(crate) fn check_files(input: &Input<'_>, extension: &Extension<'_>) -> Result<(), Vec<Diagnostic>> {
    let known = extension.files.keys().filter(|file| input.files.contains_key(*file));
    let diagnostic = |file: &String| {
        let name = file.rsplit('/').next().unwrap_or_default();
        Diagnostic::at(&Origin::file(file), format!("the specification has a file `{name}` already"))
            .expected("schemas and examples of events that the specification doesn't have")
            .help("give the event a type of its own, with a prefix such as `org.example.`, and name the file after it")
    };
    Diagnostics(known.map(diagnostic).collect()).into_result(())
}

/// Reports settings, variants and names by which the types of the specification would change.
pub(crate) fn check(model: &Model, base: &Ir, extension: &Extension<'_>) -> Result<(), Vec<Diagnostic>> {
    let is_custom = |origin: &Origin| extension.files.contains_key(&origin.file);
    let mut diagnostics = settings(model, extension);
    for event in &model.events {
        if is_custom(&event.base.origin) {
            diagnostics.extend(name(model, base, event));
        } else {
            let variants = event.variants.iter().filter(|variant| is_custom(&variant.origin));
            let stated = variants.filter_map(|variant| variant.variant.as_ref());
            diagnostics.extend(stated.map(|(value, place)| variant(event, value, place)));
        }
    }
    Diagnostics(diagnostics).into_result(())
}

/// An entry of the extension's settings may be about its own schemas alone.
fn settings(model: &Model, Extension { files, settings }: &Extension<'_>) -> Vec<Diagnostic> {
    let is_custom = |file: &str| file == settings.config.name || file == settings.overrides.name;
    let entries =
        model.corrections.iter().filter(|one| is_custom(&one.entry.file) && !files.contains_key(&one.at.file));
    let diagnostic = |file: &str, entry: &Origin| {
        Diagnostic::at(entry, format!("this entry is about {file}, a schema of the specification"))
            .expected("an entry about the schemas of the extension")
            .help("remove the entry; matrix-events has the types of the specification as they are")
    };
    entries.map(|one| diagnostic(&one.at.file, &one.entry)).collect()
}

/// The enum over the variants of an event of the specification is in matrix-events, and complete.
fn variant(event: &EventType, value: &str, place: &Origin) -> Diagnostic {
    let event_type = &event.key.event_type;
    let property = event.discriminator.as_deref().unwrap_or_default();
    Diagnostic::at(place, format!("`{event_type}` is an event of the specification, so `{property}` can't have the variant `{value}` here"))
        .expected("schemas of event types that the specification doesn't have")
        .help(format!("remove the schema, or give it an event type of its own; matrix-events deserializes an `{event_type}` of another `{property}` as the variant `Other`"))
}

/// Names in Rust are made from event types without their prefixes. Another event may have the same.
fn name(model: &Model, base: &Ir, event: &EventType) -> Option<Diagnostic> {
    let event_type = &event.key.event_type;
    let short = model.config.strip_prefix(event_type);
    let is_same = |known: &&crate::ir::Event| names::strip_m(&known.event_type) == short && !known.is_edu();
    let message = match base.events.iter().find(is_same) {
        Some(known) => format!("without its prefix `{event_type}` has the name of `{}`", known.event_type),
        None if short == "tests" => format!("`{event_type}` can't have the module `tests`, which the examples have"),
        None => return None,
    };
    let help = "state a shorter `prefix` under `prefixes` in codegen.yaml next to the schemas";
    Some(Diagnostic::at(&event.base.stated_at, message).expected("a name of its own").help(help))
}

/// The types that the specification alone does not have. All of its types have to be among the decided ones.
pub(crate) fn custom<'m>(
    decided: Decided<'m>,
    model: &Model,
    base: &Ir,
    extension: &Extension<'_>,
) -> Result<Decided<'m>, Vec<Diagnostic>> {
    let Decided { ir: whole, mut types, .. } = decided;
    let mut diagnostics = changed(base, &whole, extension);
    let mut custom = Ir { release: whole.release, ..Ir::default() };
    for (path, module) in &whole.modules {
        let items = module.items.iter().filter(|new| base.item(path, &new.name).is_none());
        let items: Vec<Item> = items.cloned().map(without_link).collect();
        let files: BTreeSet<String> = items.iter().map(|item| item.origin.file.clone()).collect();
        if !items.is_empty() {
            let (description, files) = (None, files.into_iter().collect());
            custom.modules.insert(path.clone(), Module { description, files, items });
        }
    }
    diagnostics.extend(document(&mut custom, model, extension));
    custom.events = whole.events.iter().filter(|event| !base.events.contains(event)).cloned().collect();
    for any in &whole.any {
        let mut any = any.clone();
        any.variants.retain(|variant| custom.events.iter().any(|event| event.content == variant.content));
        if let Some(other) = any.variants.iter().find(|variant| variant.ident == "Other") {
            let event = custom.events.iter().find(|event| event.content == other.content);
            let origin = event.map(|event| Origin::file(&event.file)).unwrap_or_default();
            diagnostics.push(
                Diagnostic::at(&origin, format!("a variant for `{}` can't be `Other`", other.event_type))
                    .expected("a type that makes another name")
                    .help("state a shorter `prefix` under `prefixes` in codegen.yaml next to the schemas"),
            );
        }
        if !any.variants.is_empty() {
            custom.any.push(any);
        }
    }
    types.retain(|source| custom.item(&source.module, &source.name).is_some());
    Diagnostics(diagnostics).into_result(Decided { ir: custom, whole: Some(whole), types })
}

/// Adds the documentation of modules that the extension states. Reports entries for modules of the specification.
fn document(custom: &mut Ir, model: &Model, Extension { settings, .. }: &Extension<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let entries = model.config.module_docs.iter();
    for (path, docs) in entries.filter(|(_, docs)| docs.origin.file == settings.config.name) {
        if custom.has_module(path) {
            custom.modules.entry(path.clone()).or_default().description = Some(docs.text.clone());
        } else {
            let name = path.join("::");
            diagnostics.push(
                Diagnostic::at(
                    &docs.origin.child("module"),
                    format!("no event of the extension is in the module `{name}`"),
                )
                .expected("a module with types of the extension")
                .help("remove the entry, or correct the path of the module"),
            );
        }
    }
    diagnostics
}

/// The types and events of the specification that would differ.
fn changed(base: &Ir, whole: &Ir, extension: &Extension<'_>) -> Vec<Diagnostic> {
    let items = base.modules.iter().flat_map(|(path, module)| module.items.iter().map(move |item| (path, item)));
    let is_gone = |(path, known): &(&Vec<String>, &Item)| {
        !whole.item(path, &known.name).is_some_and(|item| item.shape.is_same(&known.shape))
    };
    let types = items.filter(is_gone).map(|(_, known)| format!("the type `{}`", known.name));
    let events = base.events.iter().filter(|event| !whole.events.contains(event));
    let events = events.map(|event| format!("the event `{}`", event.event_type));
    let diagnostic = |what: String| {
        let origin = Origin::file(&extension.settings.config.name);
        Diagnostic::at(&origin, format!("{what} of the specification would be another"))
            .expected("settings about the schemas of the extension alone")
            .help(
                "remove the entries by which it changes; matrix-events has the types of the specification as they are",
            )
    };
    types.chain(events).map(diagnostic).collect()
}

/// The specification has no section on a custom event.
fn without_link(item: Item) -> Item {
    let bare = |docs: Docs| Docs { link: None, ..docs };
    let shape = match item.shape {
        Shape::Tagged(mut tagged) => {
            for variant in &mut tagged.variants {
                variant.docs = bare(std::mem::take(&mut variant.docs));
            }
            Shape::Tagged(tagged)
        }
        shape => shape,
    };
    Item { docs: bare(item.docs), shape, ..item }
}
