//! `cargo xtask import`: the facts of a release of the specification into spec/, our descriptions kept.

mod apply;
mod change;
mod changelog;
mod compose;
mod keywords;
mod mistakes;
mod moved;
mod next;
mod places;
mod plan;
mod reach;
mod release;
mod report;
#[cfg(test)]
mod tests;
mod texts;
mod yaml;

use std::path::{Path, PathBuf};

use change::Changelog;
use matrix_events_codegen::{Settings, Version};

use crate::{beside, terminal, tree, Outcome};

/// What the help says below the options.
const MORE_HELP: &str = "\
Imports every event schema, whatever one of them refers to, and the definitions that overrides.yaml names. All of a
schema is a fact but its sentences: the descriptions in spec/ are our own, and stay at the places where they stand.
Places that are new and have no description yet are listed at the end, as are descriptions whose place is gone.

At the end it tells what the release changes in meaning (as `cargo xtask diff` does), what keeps regen from taking it, and
what to do next. An import into spec/ adds the change to CHANGELOG.md, once for each release.

Mistakes, and a want of space or rights, show before the first file is replaced. One that is killed after that leaves
spec/ under the name of the release before; run it again, and it does what is left. Files that the release no longer has
are removed; examples and overrides.yaml are never touched.

Exit code 1: the release has mistakes, or with --check an import would change something.

Examples:
  cargo xtask import ../matrix-spec --release v1.19
  cargo xtask import https://github.com/matrix-org/matrix-spec --tag v1.19 --check";

/// Bring the facts of a release of the specification into spec/.
#[derive(clap::Args)]
#[command(after_long_help = MORE_HELP)]
pub(crate) struct Arguments {
    /// A checkout of the specification (a folder with `data/event-schemas`, or with `event-schemas`); with --tag, the URL or the
    /// folder of its git repository.
    #[arg(value_name = "RELEASE")]
    source: PathBuf,
    /// Fetch this tag, such as v1.19, from a git repository. It needs git, and leaves nothing behind.
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// Import into this folder in place of spec/.
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
    /// The release that it is, where neither the tag nor the name of the folder says so.
    #[arg(long, value_name = "VERSION", value_parser = tree::version)]
    release: Option<Version>,
    /// Write nothing; list what an import would change, and exit with 1 if it would change anything.
    #[arg(long)]
    check: bool,
}

impl Arguments {
    /// A folder imported into another.
    pub(crate) fn of(source: &Path, into: &Path) -> Self {
        let (source, into) = (source.to_owned(), Some(into.to_owned()));
        Self { source, tag: None, into, release: None, check: false }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Outcome<()> {
    terminal::print(run_in(&tree::workspace(), arguments)?)?;
    Ok(())
}

/// Runs it in a workspace, and says what there is to say.
pub(crate) fn run_in(workspace: &Path, arguments: &Arguments) -> Outcome<String> {
    let into = arguments.into.clone().unwrap_or_else(|| workspace.join("spec"));
    let settings = read_settings(&into, workspace)?;
    let release = release::read(arguments, &into)?;
    let plan = plan::make(&release, &settings, &into)?;
    if arguments.check {
        return report::check(arguments, &plan, &into);
    }
    let change = change::of(&plan, &into, &settings);
    // The changelog is about the crate, whose types come from spec/.
    let changelog = match arguments.into {
        None => change::changelog(&change, &plan, &workspace.join("CHANGELOG.md")),
        Some(_) => Changelog::default(),
    };
    apply::apply(&into, &plan.files, &plan.difference, changelog.written.as_ref())?;
    if arguments.into.is_none() {
        beside::clear(&workspace.join("CHANGELOG.md"))?;
    }
    Ok(report::done(&plan, &change, &changelog, &into))
}

/// The settings that name further definitions: those of the folder, or else those of the workspace, as for regen.
fn read_settings(into: &Path, workspace: &Path) -> Outcome<Settings> {
    let spec = workspace.join("spec");
    let folder = if into.join("overrides.yaml").exists() { into } else { &spec };
    tree::settings_of(folder).map_err(|failure| {
        format!(
            "{failure}\n  = expected: the settings, which name the definitions to import in addition to the event schemas\n  = help: bring the file back; without it those definitions would be removed",
        )
        .into()
    })
}
