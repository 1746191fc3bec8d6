//! `cargo xtask diff`: compares the meaning of two releases of the specification.

mod render;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use matrix_events_codegen::compare::{compare, Comparison};
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::{Settings, Version};

use crate::git::{read_release, ReleasePlace};
use crate::proposals;
use crate::regen::version;
use crate::workspace::{shown, workspace};
use crate::{error, print, print_error};

pub(crate) use render::{markdown, text, HEADING};

/// The help text below the options.
const MORE_HELP: &str = "\
Compares the schemas after `$ref` and `allOf` are merged, and ignores descriptions. A definition that moves to another file is not
a change. The Rust types may still change if an entry of spec/codegen.yaml or spec/overrides.yaml names the old place.

Notes list the proposals of spec/proposals whose events or fields the later release adds.

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
    /// Specify the earlier release, if neither source.yaml nor the name of the folder states it.
    #[arg(long, value_name = "VERSION", value_parser = version)]
    before_release: Option<Version>,
    /// Specify the later release, if neither source.yaml nor the name of the folder states it.
    #[arg(long, value_name = "VERSION", value_parser = version)]
    after_release: Option<Version>,
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
    let read = |name, release| read(name, arguments.repo.as_deref(), release);
    let (before, place_before) = read(&arguments.before, arguments.before_release)?;
    let (after, place_after) = read(&arguments.after, arguments.after_release)?;
    let spec = shown(&workspace()?.join("spec"));
    let settings = Settings::read(&spec)?;
    let comparison = compare(&before.input(&settings), &after.input(&settings)).map_err(|unreadable| {
        let (name, place) = match unreadable.is_later {
            true => (&arguments.after, &place_after),
            false => (&arguments.before, &place_before),
        };
        let errors = place.with_paths(unreadable.diagnostics, &spec);
        anyhow::Error::from(errors).context(format!("failed to compare {}", name.display()))
    })?;
    print(render(&comparison, arguments.format)?)?;
    for line in proposals::released(&comparison, &spec)? {
        print_error(format_args!("note: {line}\n"));
    }
    for errors in [&comparison.unplaced, &comparison.problems].into_iter().filter(|errors| !errors.is_empty()) {
        let (name, errors) = (arguments.after.display(), place_after.with_paths(errors.clone(), &spec));
        print_error(format_args!("\nThe generator does not accept all of {name}:\n{errors}\n"));
    }
    print_error(unknown_releases(arguments, &before, &after));
    Ok(())
}

/// Returns a note for each tree whose release is unknown. The entries of the settings that apply to it are unknown as well.
fn unknown_releases(arguments: &Arguments, before: &Tree, after: &Tree) -> String {
    let rows = [(&arguments.before, "--before-release", before), (&arguments.after, "--after-release", after)];
    let unknown = rows.into_iter().filter(|(.., tree)| tree.release.is_none());
    let note = |(name, option, _): (&PathBuf, &str, &Tree)| {
        let name = name.display();
        format!(
            "\nwarning: the release of {name} is unknown. Entries of spec/codegen.yaml and spec/overrides.yaml for other releases \
             apply as well, and changes of Rust types may be missing or wrong\n  = help: add the option `{option} \
             <VERSION>`, such as `{option} v1.19`, or give the folder the name of the release\n"
        )
    };
    unknown.map(note).collect()
}

fn render(comparison: &Comparison, format: Format) -> Result<String> {
    Ok(match format {
        Format::Text => text(comparison),
        Format::Markdown => markdown(comparison),
        Format::Json => serde_json::to_string_pretty(comparison).context("failed to write JSON")? + "\n",
    })
}

fn read(name: &Path, repository: Option<&Path>, release: Option<Version>) -> Result<(Tree, ReleasePlace)> {
    let is_tag = Version::parse(&name.to_string_lossy()).is_some();
    if repository.is_none() && is_tag && !name.exists() {
        return Err(error(
            format!("there is no folder {}", name.display()),
            "the folder of a release, or a tag with the option `--repo`",
            "for tags, add `--repo <FOLDER OR URL>`, such as `--repo https://github.com/matrix-org/matrix-spec`",
        ));
    }
    read_release(name, repository, release)
}
