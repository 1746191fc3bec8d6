//! What an import tells the person who ran it.

use std::path::Path;

use super::change::{Change, Changelog};
use super::plan::Plan;
use super::{next, Arguments};
use crate::{diff, terminal, Outcome};

/// Tells whether an import would change anything: a failure if so.
pub(crate) fn check(arguments: &Arguments, plan: &Plan, into: &Path) -> Outcome<String> {
    let places = places(plan);
    if plan.difference.is_none() {
        let unchanged = plan.difference.unchanged;
        return Ok(format!("{places}up to date: {unchanged} files of {} in {}\n", plan.release, into.display()));
    }
    terminal::print(places)?;
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
pub(crate) fn done(plan: &Plan, change: &Change, changelog: &Changelog, into: &Path) -> String {
    let entry = match changelog.written.is_some() && !changelog.lacks_entry {
        true => "\nCHANGELOG.md has an entry for it, under Unreleased: say there what users have to do.\n",
        false => "",
    };
    let steps = next::steps(plan, change, changelog);
    format!("{}{}{steps}{entry}", summary(plan, into), meaning(change))
}

/// What changes in meaning, and what keeps it from being generated.
fn meaning(change: &Change) -> String {
    match change {
        Change::First => String::new(),
        Change::Untold { why, is_of_before: false } => {
            format!("\nWhat changes can't be told before this is mended:\n{why}\n")
        }
        Change::Untold { why, is_of_before: true } => format!(
            "\nWhat changes can't be told, because what was there before couldn't be read. This import has replaced it, so that there is\nnothing to mend in it:\n{why}\n"
        ),
        Change::Told(comparison, further) => {
            let mut text = String::new();
            if !comparison.findings.is_empty() {
                text.push_str(&format!("\nWhat changes in meaning: {}", diff::text(comparison)));
            }
            let lists = [
                ("New events of which nothing says where they come from:", &comparison.unplaced),
                ("What regen will ask for:", &comparison.problems),
                ("What regen will ask for of our examples and the like:", further),
                ("Overrides that don't apply any more:", &comparison.unused),
            ];
            for (title, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
                text.push_str(&format!("\n{title}\n"));
                for one in list.iter() {
                    text.push_str(&format!("  {}: {}\n", one.origin, one.message));
                }
            }
            if !comparison.is_whole {
                text.push_str("\nWhether other overrides still apply, and our examples are still valid, can't be told before that is mended.\n");
            }
            text
        }
    }
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
    if !plan.moved.is_empty() {
        text.push_str(
            "\nFiles under another name that have the same facts, and so get our descriptions (do they fit?):\n",
        );
    }
    for (to, from) in &plan.moved {
        text.push_str(&format!("  {from} -> {to}\n"));
    }
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
    if !plan.examples.is_empty() {
        text.push_str("\nExamples of the release that have none of our own:\n");
    }
    for example in &plan.examples {
        text.push_str(&format!("  {example}\n"));
    }
    text
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
