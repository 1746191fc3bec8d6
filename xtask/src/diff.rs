//! `cargo xtask diff`: what changed in meaning from one release of the specification to another.

mod json;
mod markdown;
#[cfg(test)]
mod tests;
mod text;
mod words;

use std::path::{Path, PathBuf};

use matrix_events_codegen::compare::{compare, Comparison, Unreadable};
use matrix_events_codegen::{Input, Settings, Version};

use crate::checkout::Checkout;
use crate::tree::{self, Tree};
use crate::{terminal, Outcome};

pub(crate) use markdown::{markdown, HEADING};
pub(crate) use text::text;

/// What the help says below the options.
const MORE_HELP: &str = "\
Compares the schemas as they are after `$ref` and `allOf`: a definition that moves to another file is no change, nor is
another wording. The Rust types may change even so, where an entry of spec/overrides.yaml names the old place.

Each finding says what it means for the generated types (major, minor, none) and for what is valid (stricter, looser,
different, same).

Exit code 1: a release can't be read or compared. That they differ is no failure.

Examples:
  cargo xtask diff ../releases/v1.18 spec
  cargo xtask diff v1.18 v1.19 --repo https://github.com/matrix-org/matrix-spec --format markdown";

/// Tell what changed in meaning from one release of the specification to another.
#[derive(clap::Args)]
#[command(after_long_help = MORE_HELP)]
pub(crate) struct Arguments {
    /// The earlier spec tree: a folder with `event-schemas` or with `data/event-schemas`; with --repo, a tag.
    #[arg(value_name = "BEFORE")]
    before: PathBuf,
    /// The later one.
    #[arg(value_name = "AFTER")]
    after: PathBuf,
    /// Take both from this git repository of the specification, a folder or a URL, where they are tags.
    #[arg(long, value_name = "REPOSITORY")]
    repo: Option<PathBuf>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For a terminal: grouped by event, counts at the end.
    Text,
    /// For a changelog.
    Markdown,
    /// For programs.
    Json,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome<()> {
    let read = |name: &Path| read(name, arguments.repo.as_deref());
    let (before, after) = (read(&arguments.before)?, read(&arguments.after)?);
    let comparison = of_trees(&before, &after, &tree::settings()?).map_err(|unreadable| {
        let name = if unreadable.is_later { &arguments.after } else { &arguments.before };
        format!("{} can't be compared:\n{}", name.display(), unreadable.diagnostics)
    })?;
    let printed = match arguments.format {
        Format::Text => text(&comparison),
        Format::Markdown => markdown(&comparison),
        Format::Json => json::json(&comparison),
    };
    terminal::print(printed)?;
    for problems in [&comparison.unplaced, &comparison.problems].into_iter().filter(|problems| !problems.is_empty()) {
        terminal::tell(format_args!(
            "\nOf {}, the generator doesn't take all:\n{problems}",
            arguments.after.display()
        ))?;
    }
    Ok(())
}

fn read(name: &Path, repository: Option<&Path>) -> Outcome<Tree> {
    let Some(repository) = repository else { return tree::read(name, None) };
    let tag = name.to_string_lossy();
    let checkout = Checkout::fetch(repository, &tag)?;
    tree::read(&checkout.path(), Version::parse(&tag))
}

/// Compares two trees with the same settings.
pub(crate) fn of_trees(before: &Tree, after: &Tree, settings: &Settings) -> Result<Comparison, Unreadable> {
    let [before, after] = [before, after].map(|tree| Input { files: &tree.files, settings, release: tree.release });
    compare(&before, &after)
}
