//! `cargo xtask import`: copies the facts of a release of the specification to spec/, and keeps our descriptions.

mod change;
mod collect;
mod document;
mod keywords;
mod plan;
mod renames;
mod report;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{bail, Context, Result};
use matrix_events_codegen::fs::{Tree, OVERRIDES};
use matrix_events_codegen::{parse_document, Diagnostic, Diagnostics, Node, Origin, Settings, Version};

use crate::git::Checkout;
use crate::regen::version;
use crate::write::replace;
use crate::{error, print, unchecked_command, workspace::workspace};

/// The help text below the options.
const MORE_HELP: &str = "\
Imports every event schema, the files that schemas refer to, and the definitions that the settings name. Everything in a
schema is a fact, except for its sentences and examples. The descriptions in spec/ are our own, and stay at their places. A list
shows new places without a description, and descriptions whose places no longer exist.

The report also states what the release changes in meaning (as `cargo xtask diff` does), the errors that regen will report, and
the next steps. An import into spec/ adds the change to CHANGELOG.md, once for each release.

Writes nothing if the release has errors. Removes files that the release no longer has. Never changes examples and
overrides.yaml. Use git to undo an import.

Exit code 1: the release has errors, or with --check an import would change files.

Examples:
  cargo xtask import ../matrix-spec --release v1.19
  cargo xtask import https://github.com/matrix-org/matrix-spec --tag v1.19 --check";

/// Import the facts of a release of the specification into spec/.
#[derive(clap::Args)]
#[command(after_long_help = MORE_HELP)]
pub(crate) struct Arguments {
    /// A checkout of the specification (a folder with `data/event-schemas`, or with `event-schemas`); with --tag, the URL or the
    /// folder of its git repository.
    #[arg(value_name = "RELEASE")]
    source: PathBuf,
    /// Fetch this tag, such as v1.19, from a git repository.
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// Import into this folder in place of spec/.
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
    /// The release, if neither the tag nor the name of the folder states it.
    #[arg(long, value_name = "VERSION", value_parser = version)]
    release: Option<Version>,
    /// Write nothing. List what an import would change, and exit with 1 if it would change anything.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    print(run_in(&workspace()?, arguments)?)
}

/// Runs the command in a workspace, and returns its report.
fn run_in(workspace: &Path, arguments: &Arguments) -> Result<String> {
    let into = arguments.into.clone().unwrap_or_else(|| workspace.join("spec"));
    // A folder may have settings of its own.
    let has_settings = into.join(OVERRIDES).exists();
    let settings = Settings::read(&if has_settings { into.clone() } else { workspace.join("spec") })?;
    let (tree, release) = read_release(arguments)?;
    let plan = plan::Plan::new(&tree.files, release, &settings, &into)?;
    if arguments.check {
        let places = report::places(&plan);
        if plan.difference.is_empty() {
            return Ok(format!("{places}up to date: {} files of {release}\n", plan.difference.unchanged));
        }
        let (changes, command) = (plan.difference.lines(), unchecked_command());
        bail!(
            "{} differs from {release}\n{changes}{places}  = help: run `{command}`, and commit the changes",
            into.display()
        );
    }
    let change = change::Change::new(&plan, &into, &settings);
    let mut written = plan.difference.written(&into, &plan.files);
    let path = workspace.join("CHANGELOG.md");
    // The changelog describes the types of the crate, which are generated from spec/.
    let changelog = if arguments.into.is_none() { change.changelog(&path)? } else { None };
    written.extend(changelog.as_deref().map(|text| (path, text)));
    replace(&into, &written, &plan.difference.removed)?;
    Ok(report::done(&plan, &change, changelog.is_some(), &into))
}

/// Reads the release that the command line names.
fn read_release(arguments: &Arguments) -> Result<(Tree, Version)> {
    let source = &arguments.source;
    let (tree, name) = match &arguments.tag {
        Some(tag) => {
            let checkout = Checkout::fetch(source, tag)?;
            let tree = Tree::read(&checkout.path(), arguments.release.or_else(|| Version::parse(tag)))?;
            (tree, format!("the tag {tag} of {}", source.display()))
        }
        None => {
            let tree = Tree::read(source, arguments.release).context("without --tag, RELEASE has to be a folder")?;
            (tree, source.display().to_string())
        }
    };
    let release = tree.release.ok_or_else(|| {
        error(
            format!("the release of {name} is unknown"),
            "a folder or a tag with the name of its release, such as v1.19",
            "specify the release: --release v1.19; nothing was changed",
        )
    })?;
    Ok((tree, release))
}

/// Documents by the paths of their files.
type Documents = BTreeMap<String, Node>;

/// The errors of a release, collected so that all of them are reported at once.
#[derive(Default)]
struct Errors(Vec<Diagnostic>);

impl Errors {
    fn add(&mut self, origin: &Origin, message: &str, expected: &str, help: &str) {
        self.0.push(Diagnostic::at(origin, message).expected(expected).help(help));
    }

    /// Parses a document, or adds the errors of the file.
    fn parse(&mut self, name: &str, bytes: &[u8]) -> Option<Node> {
        parse_document(name, bytes).map_err(|errors| self.0.extend(errors.iter().cloned())).ok()
    }

    /// Returns the value if there is no error.
    fn finish<T>(self, value: T) -> Result<T> {
        if self.0.is_empty() {
            return Ok(value);
        }
        Err(anyhow::Error::from(self.0.into_iter().collect::<Diagnostics>()).context("Nothing was changed."))
    }
}
