//! `cargo xtask diff`: compares the meaning of two releases of the specification.

mod render;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use matrix_events_codegen::compare::{compare, Comparison};
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::{Settings, Version};

use crate::git::Checkout;
use crate::{print, print_error, workspace::workspace};

pub(crate) use render::{markdown, text, HEADING};

/// The help text below the options.
const MORE_HELP: &str = "\
Compares the schemas after `$ref` and `allOf` are merged, and ignores descriptions. A definition that moves to another file is not
a change. The Rust types may still change if an entry of spec/codegen.yaml or spec/overrides.yaml names the old place.

Each finding states the effect on the generated types (major, minor, none) and on validation (stricter, looser, different,
same).

Examples:
  cargo xtask diff ../releases/v1.18 spec
  cargo xtask diff v1.18 v1.19 --repo https://github.com/matrix-org/matrix-spec --format markdown

Exit codes:
  0  the releases were compared, with or without differences
  1  a release cannot be read or compared
  2  the arguments are invalid";

/// Compare the meaning of two releases of the specification.
#[derive(clap::Args)]
#[command(after_long_help = MORE_HELP)]
pub(crate) struct Arguments {
    /// Read the earlier release from this folder; with --repo, from this tag.
    #[arg(value_name = "BEFORE")]
    before: PathBuf,
    /// Read the later release from this folder; with --repo, from this tag.
    #[arg(value_name = "AFTER")]
    after: PathBuf,
    /// Fetch both releases as tags from this git repository (a folder or a URL).
    #[arg(long, value_name = "REPOSITORY")]
    repo: Option<PathBuf>,
    /// Print the findings in this format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// Text for a terminal, grouped by event, with counts.
    Text,
    /// Markdown for a changelog.
    Markdown,
    /// JSON for programs.
    Json,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let read = |name: &Path| read(name, arguments.repo.as_deref());
    let (before, after) = (read(&arguments.before)?, read(&arguments.after)?);
    let settings = Settings::read(&workspace()?.join("spec"))?;
    let comparison = compare(&before.input(&settings), &after.input(&settings)).map_err(|unreadable| {
        let name = if unreadable.is_later { &arguments.after } else { &arguments.before };
        anyhow::Error::from(unreadable.diagnostics).context(format!("failed to compare {}", name.display()))
    })?;
    print(render(&comparison, arguments.format)?)?;
    for errors in [&comparison.unplaced, &comparison.problems].into_iter().filter(|errors| !errors.is_empty()) {
        let name = arguments.after.display();
        print_error(format_args!("\nThe generator does not accept all of {name}:\n{errors}\n"));
    }
    Ok(())
}

fn render(comparison: &Comparison, format: Format) -> Result<String> {
    Ok(match format {
        Format::Text => text(comparison),
        Format::Markdown => markdown(comparison),
        Format::Json => serde_json::to_string_pretty(comparison).context("failed to write JSON")? + "\n",
    })
}

fn read(name: &Path, repository: Option<&Path>) -> Result<Tree> {
    let Some(repository) = repository else { return Ok(Tree::read(name, None)?) };
    let tag = name.to_string_lossy();
    let checkout = Checkout::fetch(repository, &tag)?;
    Ok(Tree::read(&checkout.path(), Version::parse(&tag))?)
}
