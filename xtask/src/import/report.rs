//! What an import tells the person who ran it.

use std::path::Path;

use super::plan::Plan;
use super::Arguments;
use crate::Outcome;

/// Tells whether an import would change anything: a failure if so.
pub(crate) fn check(arguments: &Arguments, plan: &Plan, into: &Path) -> Outcome<()> {
    print!("{}", places(plan));
    if plan.difference.is_none() {
        println!("up to date: {} files of {} in {}", plan.difference.unchanged, plan.release, into.display());
        return Ok(());
    }
    Err(format!(
        "error: {} isn't what an import of {} would make of it\n{}  = help: run `{}`, and commit what it changes",
        into.display(),
        plan.release,
        changes(plan),
        command(arguments)
    )
    .into())
}

/// Tells what an import has done, and what is left to do.
pub(crate) fn done(plan: &Plan, into: &Path) {
    print!("{}", summary(plan, into));
}

fn summary(plan: &Plan, into: &Path) -> String {
    let difference = &plan.difference;
    let before = plan.before.as_deref().unwrap_or("nothing");
    let mut text = format!(
        "release       {before} -> {}\nfiles         {} added, {} changed, {} removed, {} as they were, in {}\n{}",
        plan.release,
        difference.missing.len(),
        difference.stale.len(),
        difference.surplus.len(),
        difference.unchanged,
        into.display(),
        changes(plan)
    );
    let (kept, homeless, bare) = (plan.kept, plan.homeless.len(), plan.bare.len());
    text.push_str(&format!("descriptions  {kept} kept, {homeless} whose place is gone, {bare} to be written\n"));
    text.push_str(&places(plan));
    text.push_str(next(plan));
    text
}

fn changes(plan: &Plan) -> String {
    let difference = &plan.difference;
    let lists = [("added", &difference.missing), ("changed", &difference.stale), ("removed", &difference.surplus)];
    let lines = lists.iter().flat_map(|(what, names)| names.iter().map(move |name| format!("  {what}: {name}\n")));
    lines.collect()
}

/// The descriptions that were left out, with their texts: they are nowhere else; and the places that want one.
fn places(plan: &Plan) -> String {
    let mut text = String::new();
    if !plan.homeless.is_empty() {
        text.push_str("\nDescriptions left out, because their places are gone:\n");
    }
    for (place, description) in &plan.homeless {
        text.push_str(&format!("  {place}\n    {}\n", description.replace('\n', "\n    ")));
    }
    if !plan.bare.is_empty() {
        text.push_str("\nPlaces without a description:\n");
    }
    let mut file = "";
    for place in &plan.bare {
        if place.file != file {
            file = &place.file;
            text.push_str(&format!("  {file}\n"));
        }
        text.push_str(&format!("    {}#{}\n", place.file, place.pointer));
    }
    text
}

fn next(plan: &Plan) -> &'static str {
    match (plan.bare.is_empty(), plan.difference.is_none()) {
        (false, _) => {
            "\nNext: write a `description:` at each of these places (the text of a change stands under its release), in our own words\nand true to the specification; run the import again, which puts it in order; then `cargo xtask regen`.\n"
        }
        (true, false) => "\nNext: `cargo xtask regen`, and read what it changes.\n",
        (true, true) => "\nNothing has changed.\n",
    }
}

/// The command that imports what was only checked.
fn command(arguments: &Arguments) -> String {
    let mut command = format!("cargo xtask import {}", arguments.source.display());
    let into = arguments.into.as_ref().map(|into| into.display().to_string());
    let release = arguments.release.map(|release| release.to_string());
    for (option, value) in [("--tag", &arguments.tag), ("--into", &into), ("--release", &release)] {
        if let Some(value) = value {
            command.push_str(&format!(" {option} {value}"));
        }
    }
    command
}
