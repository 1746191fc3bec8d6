//! Extensions: custom events in addition to the events of the specification. Both are lowered together. The types of the extension
//! are those that the specification alone does not have.

use std::collections::BTreeSet;

use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::events::{event_of, EventSchema, EventType};
use crate::ir::{Docs, Event, EventKey, Ir, Item, Module, Shape};
use crate::model::Model;
use crate::names;
use crate::pipeline::Decided;
use crate::source::Files;
use crate::{Input, Settings};

/// An extension: the schemas, examples and settings of custom events.
#[derive(Clone, Copy, Debug)]
pub struct Extension<'i> {
    /// The schemas and examples, with paths as in the specification's `data` folder: `event-schemas/**`.
    pub files: &'i Files,
    /// The settings. The names of their files differ from those of the specification's settings.
    pub settings: &'i Settings,
}

impl Extension<'_> {
    /// Returns `true` for a schema, an example or a settings file of the extension.
    pub(crate) fn owns(&self, file: &str) -> bool {
        let settings = [&self.settings.config, &self.settings.overrides];
        self.files.contains_key(file) || settings.iter().any(|settings| settings.name == file)
    }
}

/// Reports files of an extension that the specification has as well.
pub(crate) fn check_files(input: &Input<'_>, extension: &Extension<'_>) -> Result<(), Vec<Diagnostic>> {
    let known = extension.files.keys().filter(|file| input.files.contains_key(*file));
    let diagnostic = |file: &String| {
        let name = file.rsplit('/').next().unwrap_or_default();
        Diagnostic::at(&Origin::file(file), format!("duplicate file `{name}`: the specification has it as well"))
            .expected("schemas and examples of events that the specification does not have")
            .help(
                "give the event a type with your own prefix, such as `org.example.`, and name the file after the type",
            )
    };
    Diagnostics(known.map(diagnostic).collect()).into_result(())
}

/// Reports settings, variants and names of an extension that would change the types of the specification.
pub(crate) fn check(model: &Model, base: &Ir, extension: &Extension<'_>) -> Result<(), Vec<Diagnostic>> {
    let is_custom = |origin: &Origin| extension.files.contains_key(&origin.file);
    let mut diagnostics = settings(model, extension);
    diagnostics.extend(existing(model, base, extension));
    for event in &model.events {
        if is_custom(&event.base.origin) {
            diagnostics.extend(name(model, base, event, extension));
        } else {
            let variants = event.variants.iter().filter(|variant| is_custom(&variant.origin));
            let stated = variants.filter_map(|variant| variant.variant.as_ref());
            diagnostics.extend(stated.map(|(value, place)| variant(event, value, place)));
        }
    }
    Diagnostics(diagnostics).into_result(())
}

/// Reports entries of the extension's settings that name schemas of the specification.
fn settings(model: &Model, Extension { files, settings }: &Extension<'_>) -> Vec<Diagnostic> {
    let is_custom = |file: &str| file == settings.config.name || file == settings.overrides.name;
    let entries =
        model.corrections.iter().filter(|one| is_custom(&one.entry.file) && !files.contains_key(&one.at.file));
    let diagnostic = |file: &str, entry: &Origin| {
        Diagnostic::at(entry, format!("unsupported entry for {file}, a schema of the specification"))
            .expected("an entry for a schema of the extension")
            .help("remove the entry")
    };
    entries.map(|one| diagnostic(&one.at.file, &one.entry)).collect()
}

/// Reports schemas of the extension with the type of an event of the specification, other than those of its variants.
fn existing(model: &Model, base: &Ir, extension: &Extension<'_>) -> Vec<Diagnostic> {
    let roots = model.schemas.iter().filter(|(origin, _)| origin.pointer.is_empty() && extension.owns(&origin.file));
    let events = roots.filter_map(|(origin, schema)| event_of(&model.schemas, &model.config, origin, schema).ok()?);
    let diagnostic = |(key, schema): (EventKey, EventSchema)| {
        let known = base.events.iter().find(|event| event.key() == key)?;
        let is_variant = model.events.iter().any(|event| event.key == key);
        let message = format!("duplicate event type `{}`: the specification has it as well", key.event_type);
        let diagnostic = Diagnostic::at(&schema.stated_at, message)
            .other(&Origin::file(&known.file))
            .expected("the type of an event that the specification does not have")
            .help("give the event a type with your own prefix, such as `org.example.`");
        (!is_variant).then_some(diagnostic)
    };
    events.filter_map(diagnostic).collect()
}

/// Creates the error of a variant of an event of the specification. An extension cannot add a variant to an enum of
/// matrix-events.
fn variant(event: &EventType, value: &str, place: &Origin) -> Diagnostic {
    let event_type = &event.key.event_type;
    let property = event.discriminator.as_deref().unwrap_or_default();
    let message = format!("unsupported variant `{value}` of `{event_type}`, an event of the specification");
    Diagnostic::at(place, message).expected("schemas of event types that the specification does not have").help(
        format!(
            "change the event type, or remove the schema: matrix-events deserializes `{event_type}` with another \
             `{property}` to the variant `Other`"
        ),
    )
}

/// Reports an event whose type without its prefix is the name of another event or of a reserved module.
fn name(model: &Model, base: &Ir, event: &EventType, extension: &Extension<'_>) -> Option<Diagnostic> {
    let event_type = &event.key.event_type;
    let short = model.config.strip_prefix(event_type);
    let is_same = |known: &&crate::ir::Event| names::strip_m(&known.event_type) == short && !known.is_edu();
    let message = match base.events.iter().find(is_same) {
        Some(known) => format!("duplicate name `{short}` of `{event_type}`: `{}` has it as well", known.event_type),
        None if short == "tests" => format!("`tests` is a reserved module name: `{event_type}` would have it"),
        None => return None,
    };
    let expected = "an event type whose name without its prefix no other event or module has";
    Some(Diagnostic::at(&event.base.stated_at, message).expected(expected).help(shorter_prefix(extension)))
}

fn shorter_prefix(extension: &Extension<'_>) -> String {
    format!("change the event type, or write a shorter `prefix` under `prefixes` in {}", extension.settings.config.name)
}

/// Returns the types that the specification alone does not have. Reports types of the specification that would differ.
pub(crate) fn custom<'m>(
    model: &Model,
    decided: Decided<'m>,
    base: &Ir,
    extension: &Extension<'_>,
) -> Result<Decided<'m>, Vec<Diagnostic>> {
    let Decided { ir: whole, mut types, .. } = decided;
    let mut diagnostics = changed(base, &whole, extension);
    let mut custom = Ir { release: whole.release, ..Ir::default() };
    for (path, module) in &whole.modules {
        let items = module.items.iter().filter(|new| base.item(path, &new.name).is_none());
        let items: Vec<Item> = items.cloned().map(without_link).map(|item| Item { feature: None, ..item }).collect();
        let files: BTreeSet<String> = items.iter().map(|item| item.origin.file.clone()).collect();
        if !items.is_empty() {
            let (description, files) = (None, files.into_iter().collect());
            custom.modules.insert(path.clone(), Module { description, files, items });
        }
    }
    diagnostics.extend(document(&mut custom, model, extension));
    let events = whole.events.iter().filter(|event| !base.events.contains(event));
    custom.events = events.map(|event| Event { feature: None, ..event.clone() }).collect();
    // A crate with custom events does not have the features of the specification's crate.
    for any in whole.any.iter().filter(|any| any.feature.is_none()) {
        let mut any = any.clone();
        any.variants.iter_mut().for_each(|variant| variant.feature = None);
        any.variants.retain(|variant| custom.events.iter().any(|event| event.content == variant.content));
        if let Some(other) = any.variants.iter().find(|variant| variant.ident == "Other") {
            let event = custom.events.iter().find(|event| event.content == other.content);
            let origin = event.map(|event| model.type_place(event, &event.event_type)).unwrap_or_default();
            let message = format!("`Other` is a reserved variant name: the event `{}` would have it", other.event_type);
            diagnostics.push(
                Diagnostic::at(&origin, message).expected("a name other than `Other`").help(shorter_prefix(extension)),
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

/// Reports the types and events of the specification that would differ.
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
        Diagnostic::at(&origin, format!("the settings of the extension change {what} of the specification"))
            .expected("settings that apply only to the schemas of the extension")
            .help("remove the entry that causes the change")
    };
    types.chain(events).map(diagnostic).collect()
}

/// Removes the links to the specification, which has no section about a custom event.
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
