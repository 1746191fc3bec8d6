//! Events of somebody's own, on top of those of the specification: both are generated together, and what the specification
//! alone doesn't give is what is theirs.

use std::collections::BTreeSet;

use crate::diagnostics::{Diagnostics, Origin, Problem};
use crate::ir::{Docs, Ir, Item, Shape};
use crate::names;
use crate::overrides::{self, Overrides};
use crate::source::SCHEMAS;
use crate::source::{Files, Sources};
use crate::{emit, examples, generate, lower, render, resolve, rules, second_opinion, Input, Notes, Output};

/// Events of somebody's own.
#[derive(Clone, Debug)]
pub struct Extension<'i> {
    /// Their schemas and examples, laid out as in the specification's `data` folder: `event-schemas/**`.
    pub files: &'i Files,
    /// Their overrides: the name of the file, another than that of the specification's, and its text.
    pub overrides: (&'i str, &'i str),
}

/// Generates from events of somebody's own, which may refer to the schemas of `input`. The output is for a crate that depends
/// on the one that is generated from `input` alone; it has no table of cases, but a test among its files.
///
/// # Errors
///
/// Everything that is wrong with either input, each with its place and what to do.
pub fn extend(input: &Input<'_>, extension: &Extension<'_>) -> Result<Output, Diagnostics> {
    let base = generate(input)?;
    let mut files = input.files.clone();
    files.extend(extension.files.clone());
    for (name, text) in [input.overrides, extension.overrides] {
        files.insert(name.to_owned(), text.as_bytes().to_vec());
    }
    let mut sources = Sources::new(&files);
    match steps(input, extension, &base.ir, &mut sources) {
        Ok((mut output, notes)) => {
            output.notes = sources.diagnose(notes);
            Ok(output)
        }
        Err(problems) => Err(sources.diagnose(problems)),
    }
}

fn steps(
    input: &Input<'_>,
    extension: &Extension<'_>,
    base: &Ir,
    sources: &mut Sources<'_>,
) -> Result<(Output, Notes), Notes> {
    new_files(input, extension)?;
    let mut overrides = overrides::read(sources, input.overrides.0, input.release)?;
    overrides::read_own(&mut overrides, sources, extension.overrides.0)?;
    new_names(base, extension, &overrides)?;
    let library = resolve::resolve(sources, &overrides)?;
    let (mut whole, mut witnesses) = lower::lower(&library, &overrides, input.release)?;
    whole.rules = rules::rules(&library, &whole, &overrides)?;
    let mut own = own(base, &whole, extension)?;
    emit::clashes(&own, &whole)?;
    own.rules = rules::rules(&library, &own, &overrides)?;
    own.rules.events.iter_mut().for_each(|event| event.docs.link = None);
    witnesses.retain(|witness| item(&own, &witness.module, &witness.name).is_some());
    let second_opinion = second_opinion::compare(&library, &own, &witnesses, &overrides)?;
    let mut examples = examples::collect(sources, &library, &whole, &overrides)?;
    examples.retain(|example| extension.files.contains_key(&example.path()));
    let notes = overrides.settle()?;
    let release = input.release.map_or(String::new(), |release| format!(" of {release}"));
    let from = format!("events on top of those{release}");
    let events = render::files(emit::own_events(&own, &whole, &examples), &from)?;
    let read = extension.files.keys().cloned().collect();
    Ok((
        Output { events, cases: String::new(), ir: own, examples, read, second_opinion, notes: Diagnostics::default() },
        notes,
    ))
}

/// A file of the specification can't be replaced: the crate that has its events is there already.
fn new_files(input: &Input<'_>, extension: &Extension<'_>) -> Result<(), Notes> {
    let known = extension.files.keys().filter(|file| input.files.contains_key(*file));
    let problems: Vec<Problem> = known
        .map(|file| {
            let name = file.rsplit('/').next().unwrap_or_default();
            Problem::at(&Origin::file(file), format!("the specification has a file `{name}` already"))
                .expected("schemas and examples of events that the specification doesn't have")
                .advice("give the event a type of its own, with a prefix such as `org.example.`, and name the file after it")
        })
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// Rust names come from types without their prefixes, with which an event of the specification may have the same.
fn new_names(base: &Ir, extension: &Extension<'_>, overrides: &Overrides) -> Result<(), Notes> {
    let problem = |file: &String| {
        let name = file.strip_prefix(SCHEMAS)?.trim_start_matches('/');
        let event_type = name.trim_end_matches(".yaml").trim_end_matches(".json").split('$').next()?;
        let bare = overrides.bare(event_type);
        let known = base.events.iter().find(|known| names::bare(&known.event_type) == bare && !known.is_edu());
        let message = match known {
            Some(known) => format!("without its prefix `{event_type}` has the name of `{}`", known.event_type),
            None if bare == "tests" => format!("`{event_type}` can't have the module `tests`, which the examples have"),
            None => return None,
        };
        let advice = "state a shorter `prefix` under `prefixes` in the overrides beside the schemas";
        Some(Problem::at(&Origin::file(file), message).expected("a name of its own").advice(advice))
    };
    let problems: Vec<Problem> = extension.files.keys().filter_map(problem).collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// What the whole has beyond the base, which has to be in it as it was.
fn own(base: &Ir, whole: &Ir, extension: &Extension<'_>) -> Result<Ir, Notes> {
    let mut problems = Vec::new();
    for (path, module) in &base.modules {
        for known in &module.items {
            if !item(whole, path, &known.name).is_some_and(|item| item.shape.is_same(&known.shape)) {
                problems.push(changed(extension, &format!("the type `{}`", known.name)));
            }
        }
    }
    let gone = base.events.iter().filter(|event| !whole.events.contains(event));
    problems.extend(gone.map(|event| changed(extension, &format!("the event `{}`", event.event_type))));
    let mut own = Ir { release: whole.release, ..Ir::default() };
    for (path, module) in &whole.modules {
        let items = module.items.iter().filter(|new| item(base, path, &new.name).is_none());
        let items: Vec<Item> = items.cloned().map(without_link).collect();
        let files: BTreeSet<String> = items.iter().map(|item| item.origin.file.clone()).collect();
        if !items.is_empty() {
            own.modules.insert(path.clone(), crate::ir::Module { files: files.into_iter().collect(), items });
        }
    }
    own.events = whole.events.iter().filter(|event| !base.events.contains(event)).cloned().collect();
    for any in &whole.any {
        let mut any = any.clone();
        any.variants.retain(|variant| own.events.iter().any(|event| event.content == variant.content));
        if let Some(other) = any.variants.iter().find(|variant| variant.ident == "Other") {
            let origin = Origin::file(extension.overrides.0);
            problems.push(
                Problem::at(&origin, format!("a variant for `{}` can't be `Other`", other.event_type))
                    .expected("a type that makes another name")
                    .advice("state a shorter `prefix` under `prefixes`"),
            );
        }
        if !any.variants.is_empty() {
            own.any.push(any);
        }
    }
    if problems.is_empty() {
        Ok(own)
    } else {
        Err(problems)
    }
}

fn item<'i>(ir: &'i Ir, module: &[String], name: &str) -> Option<&'i Item> {
    ir.modules.get(module)?.items.iter().find(|item| item.name == name)
}

fn changed(extension: &Extension<'_>, what: &str) -> Problem {
    Problem::at(&Origin::file(extension.overrides.0), format!("{what} of the specification would be another"))
        .expected("overrides that speak of the schemas beside them alone")
        .advice("remove what speaks of schemas of the specification; matrix-events has their types as they are")
}

/// The specification has no section on an event of somebody's own.
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
