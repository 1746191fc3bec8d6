//! What is left to do after an import.

use super::change::{Change, Changelog};
use super::plan::Plan;

/// The steps to the new release, numbered, those that there is no need for left out.
pub(crate) fn steps(plan: &Plan, change: &Change, changelog: &Changelog) -> String {
    let (has_unplaced, has_problems, has_unused, is_whole) = match change {
        Change::Told(told, further) => {
            let has_problems = !told.problems.is_empty() || !further.is_empty();
            (!told.unplaced.is_empty(), has_problems, !told.unused.is_empty(), told.is_whole)
        }
        Change::First | Change::Untold { .. } => (false, false, false, true),
    };
    let is_unreadable = matches!(change, Change::Untold { is_of_before: false, .. });
    let was_unreadable = matches!(change, Change::Untold { is_of_before: true, .. });
    let steps = [
        (is_unreadable, "mend what keeps from being told what changes, and import again".to_owned()),
        (was_unreadable, "import again: now it can tell what regen will ask for".to_owned()),
        (
            !plan.bare.is_empty(),
            "write a `description:` at each place without one, in our own words and true to the specification (that of a change\n     stands under its release), and run the import again, which puts them in order".to_owned(),
        ),
        (
            has_unplaced,
            format!(
                "say where each new event comes from: an entry under `kinds` in codegen.yaml, with `since: \"{}\"`",
                number(plan)
            ),
        ),
        (has_problems, "mend what regen will ask for: each of its messages says how".to_owned()),
        (!is_whole, "import again: it tells what can't be told before that is mended".to_owned()),
        (has_unused || !plan.moved.is_empty(), end_overrides(plan)),
        (
            !plan.examples.is_empty(),
            "write an example of our own for each that is listed, under the same name and of the same shape".to_owned(),
        ),
        (
            !plan.difference.is_none(),
            "`cargo xtask regen`, then `cargo xtask regen --extend examples/own-events`, and read what they change".to_owned(),
        ),
        (!plan.difference.is_none(), "`cargo test --workspace`, then `.ci/run`".to_owned()),
        (
            changelog.lacks_entry,
            "CHANGELOG.md lacks what changes: put in the place that is held for it, under Unreleased, what the command there prints"
                .to_owned(),
        ),
    ];
    let steps: Vec<String> = steps.into_iter().filter(|(is_due, _)| *is_due).map(|(_, step)| step).collect();
    if steps.is_empty() {
        return "\nNothing has changed: spec/ has all of the release. `cargo xtask regen` makes the types from it,\nand `cargo xtask regen --extend examples/own-events` those on top of it.\n"
            .to_owned();
    }
    let numbered = steps.iter().enumerate().map(|(index, step)| format!("  {}. {step}\n", index + 1));
    format!("\nNext:\n{}", numbered.collect::<String>())
}

/// What to do with overrides that don't apply any more.
fn end_overrides(plan: &Plan) -> String {
    let mut text = format!(
        "end each override that doesn't apply any more with `until:`, and the release that it was last for; of an entry for several\n     places (the number of its place stands at the end, as in `/optional/0/at/1`) move that place alone into an entry of its own,\n     and end that. Where its place has moved, write the same entry again for the new one, with `since: \"{}\"`",
        number(plan)
    );
    for (to, from) in &plan.moved {
        text.push_str(&format!("\n       {from} is {to} now"));
    }
    text
}

/// The release as overrides name it.
fn number(plan: &Plan) -> String {
    plan.release.to_string().trim_start_matches('v').to_owned()
}
