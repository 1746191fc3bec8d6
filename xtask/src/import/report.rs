//! The report of an import.

use std::path::Path;

use matrix_events_codegen::compare::Comparison;

use super::change::Change;
use super::plan::Plan;
use crate::diff;

/// Reports what an import did, and the next steps.
///
/// `is_spec` is set for an import into the tree of the crate. `released` lists what the release has from proposals.
pub(super) fn done(
    plan: &Plan,
    change: &Change,
    has_entry: bool,
    into: &Path,
    is_spec: bool,
    released: &[String],
) -> String {
    let entry = match has_entry {
        true => "\nCHANGELOG.md has a new entry under Unreleased. Add what users have to do.\n",
        false => "",
    };
    let proposals = list("Proposals that the release contains:", released.iter().cloned());
    let steps = next_steps(plan, change, into, is_spec, !released.is_empty());
    format!("{}{}{proposals}{steps}{entry}", summary(plan, into), meaning(change))
}

fn summary(plan: &Plan, into: &Path) -> String {
    let difference = &plan.difference;
    let (added, changed, removed) = (difference.added.len(), difference.changed.len(), difference.removed.len());
    let (unchanged, folder) = (difference.unchanged, into.display());
    let (kept, orphaned, missing) = (plan.kept, plan.orphaned.len(), plan.missing.len());
    format!(
        "release       {} -> {}\n\
         files         {added} added, {changed} changed, {removed} removed, {unchanged} unchanged, in {folder}\n{}\
         descriptions  {kept} kept, {orphaned} without a place, {missing} missing\n{}",
        plan.before.as_deref().unwrap_or("nothing"),
        plan.release,
        difference.lines(),
        places(plan, into)
    )
}

/// Lists the descriptions to check, to move or to write, and the examples to write.
pub(super) fn places(plan: &Plan, into: &Path) -> String {
    let into = into.display();
    let renames = plan.renames.iter().map(|(to, from)| format!("{into}/{from} -> {into}/{to}"));
    let orphaned = plan.orphaned.iter();
    let orphaned = orphaned.map(|(place, text)| format!("{into}/{place}\n    {}", text.replace('\n', "\n    ")));
    list("Renamed files, which get our descriptions (check them):", renames)
        + &list("Removed descriptions, because their places no longer exist:", orphaned)
        + &list(
            "Places without a description:",
            plan.missing.iter().map(|place| format!("{into}/{}#{}", place.file, place.pointer)),
        )
        + &list(
            "Examples of the release without an example of our own:",
            plan.examples.iter().map(|example| format!("{into}/{example}")),
        )
}

/// Lists items below a title, or nothing if there are none.
fn list(title: &str, items: impl Iterator<Item = String>) -> String {
    let items: String = items.map(|item| format!("  {item}\n")).collect();
    if items.is_empty() {
        items
    } else {
        format!("\n{title}\n{items}")
    }
}

/// Describes the change in meaning, and lists the errors that regen will report.
fn meaning(change: &Change) -> String {
    let (comparison, further) = match change {
        Change::First => return String::new(),
        Change::Unknown { errors, is_before: true } => {
            return format!("\nThe change in meaning is unknown, because the previous files had errors:\n{errors}\n")
        }
        Change::Unknown { errors, is_before: false } => {
            return format!("\nThe change in meaning is unknown, because the release has errors:\n{errors}\n")
        }
        Change::Known(comparison, further) => (comparison, further),
    };
    let mut text = match comparison.findings.is_empty() {
        true => String::new(),
        false => format!("\nChanges in meaning: {}", diff::text(comparison)),
    };
    for (title, errors) in [
        ("New events without a known kind:", &comparison.unplaced),
        ("Errors that regen will report:", &comparison.problems),
        ("Errors in examples and overrides that regen will report:", further),
        ("Overrides that no longer apply:", &comparison.unused),
    ] {
        text.push_str(&list(title, errors.iter().map(|error| format!("{}: {}", error.origin, error.message))));
    }
    if !comparison.is_whole {
        text.push_str("\nFurther overrides and examples can be checked only after these errors are fixed.\n");
    }
    text
}

/// Lists the necessary steps of the recipe in CONTRIBUTING.md.
fn next_steps(plan: &Plan, change: &Change, into: &Path, is_spec: bool, has_proposals: bool) -> String {
    let number = plan.release.to_string().trim_start_matches('v').to_owned();
    let (known, further) = match change {
        Change::Known(comparison, further) => (Some(comparison.as_ref()), !further.is_empty()),
        Change::First | Change::Unknown { .. } => (None, false),
    };
    let is = |of: fn(&Comparison) -> bool| known.is_some_and(of);
    let is_unknown = matches!(change, Change::Unknown { .. });
    let is_unreadable = matches!(change, Change::Unknown { is_before: false, .. });
    let has_changes = !plan.difference.is_empty();
    let steps = [
        (is_unreadable, "fix the errors above".to_owned()),
        (is_unknown, "import again; the report then has the errors that regen will report".to_owned()),
        (is_unknown, "add the output of `cargo xtask diff <folder of the previous release> spec --format markdown` to CHANGELOG.md".to_owned()),
        (!plan.missing.is_empty(), "write a `description:` at each place without one, in our own words, and import again".to_owned()),
        (is(|known| !known.unplaced.is_empty()), format!("add an entry to `kinds` in codegen.yaml for each new event, with `since: \"{number}\"`")),
        (further || is(|known| !known.problems.is_empty()), "fix the errors that regen will report".to_owned()),
        (is(|known| !known.is_whole), "import again; the report then has the remaining errors".to_owned()),
        (!plan.renames.is_empty() || is(|known| !known.unused.is_empty()), format!("end each override that no longer applies with `until:`. If its place has moved, add the same entry for the new place, with `since: \"{number}\"`")),
        (has_proposals, "remove from the folders of proposals what the release contains, and add the unstable names to `aliases` in overrides.yaml".to_owned()),
        (!plan.examples.is_empty(), "write an example of our own for each listed one, with the same name and the same structure".to_owned()),
        (has_changes && !is_spec, format!("generate the types with `cargo xtask regen --spec {} --out <FOLDER>`", into.display())),
        (has_changes && is_spec, "run `cargo xtask regen` and `cargo xtask regen --extend examples/own-events`, and review the changes".to_owned()),
        (has_changes && is_spec, "run `cargo test --workspace` and `.ci/run`".to_owned()),
    ];
    let steps: Vec<String> = steps.into_iter().filter(|(is_due, _)| *is_due).map(|(_, step)| step).collect();
    if steps.is_empty() {
        return format!("\nNo changes: {}/ has all facts of the release.\n", into.display());
    }
    let numbered = steps.iter().zip(1..).map(|(step, number)| format!("  {number}. {step}\n"));
    format!("\nNext steps:\n{}", numbered.collect::<String>())
}
