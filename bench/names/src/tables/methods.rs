//! The tables of methods: those with calls, and the other ones by type.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use anyhow::Result;

use super::{quoted, Counts, Errors};
use crate::crates::Crates;
use crate::map::{last, Form};
use crate::methods::{Calls, Method};

/// The number of names without a count in one line.
const NAMES_IN_LINE: usize = 10;

/// Returns the section and the row of its counts.
///
/// # Errors
///
/// Returns an error if `calls.json` is missing or invalid.
pub(super) fn write(crates: &Crates, calls: &Path, errors: &mut Errors) -> Result<(String, String)> {
    let mut counts = Counts::default();
    let mut methods = Vec::new();
    let all = crates.ruma_methods();
    for (owner, name) in &all {
        let Some(found) = errors.take(crates.method(owner, name)) else { continue };
        counts.add(&found.form);
        methods.push(Method { owner: owner.clone(), name: name.clone(), found });
    }
    let names: BTreeSet<_> = all.iter().map(|(_, name)| last(name)).collect();
    let calls = Calls::load(calls, &names)?;
    let (called, rest): (Vec<_>, Vec<_>) = methods.iter().partition(|method| calls.of(&method.name) > 0);
    let text = format!("{}\n{}\n{}", head(&calls)?, by_calls(&called, &calls)?, by_type(&rest)?);
    Ok((text, counts.row("methods")))
}

fn head(calls: &Calls) -> Result<String> {
    let mut text = "## Methods\n\n\
        The tables contain the public methods of types and traits, and the functions. Calls are counted by name in five projects,\n\
        without the type of the value. The counts include methods of these projects with the same name:\n\n"
        .to_owned();
    for project in &calls.projects {
        let (repository, commit) = (&project.repository, &project.commit);
        let name = repository.rsplit('/').next().unwrap_or(repository);
        writeln!(text, "- [{name}]({repository}/tree/{commit})")?;
    }
    text.push_str("\nThese names have no count, because types of other crates have methods with them:\n\n```text\n");
    for names in calls.ambiguous.chunks(NAMES_IN_LINE) {
        writeln!(text, "{}", names.join(" "))?;
    }
    text.push_str("```\n");
    Ok(text)
}

/// The columns with the counterpart: the order of the form, the counterpart and the note.
type Columns = (u8, String, String);

/// Returns the columns of the row of a method. If the row contains several methods, the path omits a name that is the same.
fn columns(method: &Method, several: bool) -> Columns {
    let (found, note) = (&method.found, method.found.note.clone());
    if let ([target], Form::Name(_), true) = (found.targets.as_slice(), &found.form, several) {
        let owner = target.strip_suffix(method.name.as_str()).and_then(|owner| owner.strip_suffix("::"));
        if let Some(owner) = owner {
            return (1, format!("the same of `{owner}`"), note);
        }
    }
    // The targets of a pattern differ by method, and the row contains the pattern.
    let targets = |paths: &[String]| quoted(if found.pattern.is_some() { paths } else { &found.targets });
    match &found.form {
        Form::Same => (0, "the same".to_owned(), note),
        Form::Name(paths) => (1, targets(paths), note),
        Form::Other(paths) => (2, format!("other form: {}", targets(paths)), note),
        Form::Missing => (3, "missing".to_owned(), note),
    }
}

/// Returns the table of methods with calls: a row for each name and counterpart.
fn by_calls(methods: &[&Method], calls: &Calls) -> Result<String> {
    let mut groups: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for method in methods {
        let order = u64::MAX - calls.of(&method.name);
        // The name of a function is a path, so a function has its own row.
        let name = method.name.as_str();
        groups.entry((order, last(name), name, columns(method, false))).or_default().push(&method.owner);
    }
    let mut text = "### Methods with calls\n\nIn a target, a `*` is the counterpart of the type.\n\n\
         | Ruma | calls | this crate | note |\n|---|---|---|---|\n"
        .to_owned();
    for ((order, _, name, (_, target, note)), owners) in groups {
        let ruma = ruma(&[name], &owners);
        writeln!(text, "| {ruma} | {} | {target} | {note} |", u64::MAX - order)?;
    }
    Ok(text)
}

/// Returns the table of the other methods: a row for each type and form. Types with the same methods share a row.
fn by_type(methods: &[&Method]) -> Result<String> {
    let mut types: BTreeMap<(&str, Columns), Vec<&str>> = BTreeMap::new();
    for method in methods {
        types.entry((&method.owner, columns(method, true))).or_default().push(&method.name);
    }
    let mut groups: BTreeMap<(Columns, Vec<&str>), Vec<&str>> = BTreeMap::new();
    for ((owner, columns), names) in types {
        groups.entry((columns, names)).or_default().push(owner);
    }
    let mut text = "### Other methods\n\n| Ruma | this crate | note |\n|---|---|---|\n".to_owned();
    let mut rows: Vec<_> = groups.into_iter().collect();
    rows.sort_by(|((a, a_names), a_owners), ((b, b_names), b_owners)| {
        (a.0, a_owners.first(), a_names).cmp(&(b.0, b_owners.first(), b_names))
    });
    for (((_, target, note), names), owners) in rows {
        writeln!(text, "| {} | {target} | {note} |", ruma(&names, &owners))?;
    }
    Ok(text)
}

/// Returns the column with Ruma's methods.
fn ruma(names: &[&str], owners: &[&str]) -> String {
    let list = |texts: &[&str]| texts.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>().join(", ");
    match owners {
        // A function.
        [""] => list(names),
        owners => format!("{} of {}", list(names), list(owners)),
    }
}
