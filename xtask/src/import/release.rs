//! The release that is imported: a folder, or a tag of a git repository.

use std::fs;
use std::path::Path;

use matrix_events_codegen::{Files, Version};

use super::Arguments;
use crate::checkout::Checkout;
use crate::{tree, Outcome};

/// The files of a release, below its `data` folder.
#[derive(Debug)]
pub(crate) struct Release {
    pub(crate) files: Files,
    pub(crate) version: Version,
}

/// Reads the release that the command line names.
pub(crate) fn read(arguments: &Arguments, into: &Path) -> Outcome<Release> {
    let source = &arguments.source;
    let Some(tag) = &arguments.tag else {
        refuse_same(source, into)?;
        return from_folder(source, &source.display().to_string(), arguments.release);
    };
    let checkout = Checkout::fetch(source, tag)?;
    let name = format!("the tag {tag} of {}", source.display());
    from_folder(&checkout.path(), &name, arguments.release.or_else(|| Version::parse(tag)))
}

fn from_folder(folder: &Path, name: &str, stated: Option<Version>) -> Outcome<Release> {
    if !["event-schemas", "data/event-schemas"].iter().any(|schemas| folder.join(schemas).is_dir()) {
        return Err(format!(
            "error: {name} has no event schemas\n  = expected: a folder with `event-schemas`, or a checkout of the specification with `data/event-schemas`\n  = help: {}. Nothing was changed",
            if folder.is_dir() { "give another folder or tag" } else { "to fetch a git repository, add the release: --tag v1.19" }
        )
        .into());
    }
    let tree = tree::read(folder, stated)?;
    match tree.release {
        Some(version) => Ok(Release { files: tree.files, version }),
        None => Err(format!(
            "error: nothing says which release {name} is\n  = expected: a folder or a tag called after its release, such as v1.19\n  = help: say it: --release v1.19. Nothing was changed"
        )
        .into()),
    }
}

/// Our own tree has facts, but isn't a release: its digests would be those of our files.
fn refuse_same(source: &Path, into: &Path) -> Outcome<()> {
    match (fs::canonicalize(source), fs::canonicalize(into)) {
        (Ok(source), Ok(into)) if source == into => Err(format!(
            "error: {} can't be imported into itself\n  = expected: a release of the specification\n  = help: give the folder of its checkout",
            into.display()
        )
        .into()),
        _ => Ok(()),
    }
}
