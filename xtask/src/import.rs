//! `cargo xtask import`: copies the facts of a release of the specification to spec/, and keeps our descriptions.

mod change;
mod collect;
mod document;
mod keywords;
mod openapi;
mod plan;
mod renames;
mod report;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{bail, Result};
use matrix_events_codegen::fs::{Tree, OVERRIDES};
use matrix_events_codegen::{parse_document, Diagnostic, Diagnostics, Node, Origin, Settings, Version};

use crate::git::{read_release, ReleasePlace};
use crate::regen::version;
use crate::workspace::{shown, workspace};
use crate::write::replace;
use crate::{error, print, unchecked_command};

/// The help text below the options.
const MORE_HELP: &str = "\
Imports every event schema, the files that schemas refer to, and the definitions that the settings name. Copies everything in a
schema except for sentences and examples. Keeps our own descriptions in spec/ at their places. Removes files that the release
does not have. Does not change examples, codegen.yaml and overrides.yaml. Use git to undo an import.

The report lists new places without a description, descriptions whose places no longer exist, the changes in meaning (like
`cargo xtask diff`), the errors that regen will report, and the next steps. An import into spec/ adds an entry to CHANGELOG.md.

Examples:
  cargo xtask import ../matrix-spec --release v1.19
  cargo xtask import https://github.com/matrix-org/matrix-spec --tag v1.19 --check

Exit codes:
  0  the release is imported, or with --check an import would change no file
  1  the release has errors and no file was changed, or with --check an import would change files
  2  the arguments are invalid";

/// Import the facts of a release of the specification into spec/.
#[derive(clap::Args)]
#[command(after_long_help = MORE_HELP)]
pub(crate) struct Arguments {
    /// Import this checkout of the specification; with --tag, this git repository (a folder or a URL).
    #[arg(value_name = "RELEASE")]
    source: PathBuf,
    /// Fetch this tag, such as v1.19, from the git repository.
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// Import into this folder in place of spec/.
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
    /// Specify the release, if neither the tag nor the name of the folder states it.
    #[arg(long, value_name = "VERSION", value_parser = version)]
    release: Option<Version>,
    /// List the files that an import would change, and write nothing.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    print(run_in(&workspace()?, arguments)?)
}

/// Runs the command in a workspace, and returns its report.
fn run_in(workspace: &Path, arguments: &Arguments) -> Result<String> {
    let into = arguments.into.clone().unwrap_or_else(|| workspace.join("spec"));
    let into = shown(&into);
    // The folder may have its own settings.
    let has_settings = into.join(OVERRIDES).exists();
    let settings_folder = if has_settings { into.clone() } else { shown(&workspace.join("spec")) };
    let settings = Settings::read(&settings_folder)?;
    let (tree, release, place) = read(arguments)?;
    let plan = plan::Plan::new(&tree.files, release, &settings, &into);
    let plan = plan.map_err(|error| match error.downcast::<Diagnostics>() {
        Ok(errors) => anyhow::Error::from(place.with_paths(errors, &settings_folder)).context("no file was changed"),
        Err(error) => error,
    })?;
    refuse_older(&plan, &into)?;
    if arguments.check {
        let places = report::places(&plan, &into);
        if plan.difference.is_empty() {
            return Ok(format!("{places}up to date: {} files of {release}\n", plan.difference.unchanged));
        }
        let (changes, command) = (plan.difference.lines(), unchecked_command());
        bail!(
            "{} differs from {release}\n{changes}{places}  = help: run `{command}`, and commit the changes",
            into.display()
        );
    }
    let change = change::Change::new(&plan, &into, &settings).with_paths(&into, &settings_folder);
    let mut written = plan.difference.written(&into, &plan.files);
    let path = workspace.join("CHANGELOG.md");
    // The changelog describes the types of the crate, which are generated from spec/.
    let changelog = if arguments.into.is_none() { change.changelog(&path)? } else { None };
    written.extend(changelog.as_deref().map(|text| (path, text)));
    replace(&into, &written, &plan.difference.removed)?;
    let released = change.released(&into)?;
    Ok(report::done(&plan, &change, changelog.is_some(), &into, arguments.into.is_none(), &released))
}

/// Fails if the folder has a newer release. The descriptions and settings are of that release.
fn refuse_older(plan: &plan::Plan, into: &Path) -> Result<()> {
    let release = plan.release;
    let Some(before) = plan.before.as_deref().and_then(Version::parse).filter(|before| *before > release) else {
        return Ok(());
    };
    Err(error(
        format!("{} has {before}, which is newer than {release}", into.display()),
        format!("a release after {before}, or {before} itself"),
        format!(
            "import {release} into an empty folder with `--into <FOLDER>`, or generate its types with \
             `cargo xtask regen --spec <FOLDER OF {release}> --out <FOLDER>`. To undo an import, restore spec/ with git. No file \
             was changed"
        ),
    ))
}

/// Reads the release that the command line names.
fn read(arguments: &Arguments) -> Result<(Tree, Version, ReleasePlace)> {
    let source = &arguments.source;
    let (tree, place, name) = match &arguments.tag {
        Some(tag) => {
            let (tree, place) = read_release(Path::new(tag), Some(source), arguments.release)?;
            (tree, place, format!("the tag {tag} of {}", source.display()))
        }
        None => {
            if !source.exists() {
                return Err(error(
                    format!("there is no folder {}", source.display()),
                    "a folder that contains `data/event-schemas` or `event-schemas`, or a repository with the option `--tag`",
                    "correct the path. For a repository, add `--tag <TAG>`, such as `--tag v1.19`. No file was changed",
                ));
            }
            let (tree, place) = read_release(source, None, arguments.release)?;
            (tree, place, source.display().to_string())
        }
    };
    let release = tree.release.ok_or_else(|| {
        error(
            format!("failed to determine the release of {name}"),
            "a folder or a tag with the name of the release, such as v1.19",
            "add an option such as `--release v1.19`. No file was changed",
        )
    })?;
    Ok((tree, release, place))
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
        Err(anyhow::Error::from(self.0.into_iter().collect::<Diagnostics>()).context("no file was changed"))
    }
}
