//! The root of the workspace that a command works on.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Result;
use fs_err as fs;

/// Returns the root of the workspace of the package that Cargo runs, or else of the current folder.
///
/// The value of `CARGO_MANIFEST_DIR` at compile time is not used, because checkouts may share a target folder.
pub(crate) fn workspace() -> Result<PathBuf> {
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let folders: Vec<PathBuf> = package.into_iter().chain(env::current_dir()).collect();
    let root = folders.iter().flat_map(|folder| folder.ancestors()).find(|folder| is_root(folder));
    let found = root.map(Path::to_owned);
    found.ok_or_else(|| {
        crate::error(
            "failed to find the workspace",
            "a folder with `spec` and a `Cargo.toml` that has `[workspace]`",
            "run `cargo xtask` in a checkout of matrix-events",
        )
    })
}

/// Returns a path relative to the current folder if the path is in that folder, so that messages have short paths.
pub(crate) fn shown(path: &Path) -> PathBuf {
    let relative = env::current_dir().ok().and_then(|current| path.strip_prefix(current).map(Path::to_owned).ok());
    match relative {
        Some(relative) if relative.as_os_str().is_empty() => PathBuf::from("."),
        Some(relative) => relative,
        None => path.to_owned(),
    }
}

fn is_root(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    folder.join("spec").is_dir() && manifest.contains("[workspace]")
}
