//! The crates of edited trees, compiled: whatever the generator lets pass has to be Rust.

use std::collections::BTreeMap;
use std::path::Path;

use crate::{conformance, tree, write, Outcome};

/// A crate to compile: what it is called, and the files of its `src/events`.
pub(crate) type Sample = (String, BTreeMap<String, String>);

/// Compiles all of them in one go.
pub(crate) fn check(samples: &[Sample]) -> Outcome<()> {
    let folder = tree::workspace().join("target/robustness");
    let mut files =
        BTreeMap::from([("Cargo.toml".to_owned(), "[workspace]\nresolver = \"2\"\nmembers = [\"*/\"]\n".to_owned())]);
    let template = conformance::template()?;
    for (name, events) in samples {
        for (path, text) in template.iter().filter(|(path, _)| path.starts_with("src/")) {
            files.insert(format!("{name}/{path}"), text.clone());
        }
        for (path, text) in events {
            files.insert(format!("{name}/src/events/{path}"), text.clone());
        }
        let manifest = template.get("Cargo.toml").map(String::as_str).unwrap_or_default();
        files.insert(format!("{name}/Cargo.toml"), member(manifest, name));
    }
    files.extend(template.get("Cargo.lock").map(|lock| ("Cargo.lock".to_owned(), lock.clone())));
    let difference = write::compare(&folder, &files)?;
    write::write(&folder, &files, &difference, None)?;
    cargo(&folder)
}

/// The manifest of a crate that stands alone, as that of one of many.
fn member(manifest: &str, name: &str) -> String {
    let alone = ["[workspace]", "[profile.dev]", "debug = 0"];
    let lines = manifest.lines().filter(|line| !alone.contains(line));
    let lines = lines.map(|line| line.replace("name = \"matrix-events\"", &format!("name = \"{name}\"")));
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

fn cargo(folder: &Path) -> Outcome<()> {
    let output = std::process::Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--quiet", "--workspace", "--keep-going"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", tree::workspace().join("target/conformance-build"))
        .output()
        .map_err(|error| format!("error: cargo can't be run: {error}"))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("error: not all samples compile\n{}", String::from_utf8_lossy(&output.stderr)).into()),
    }
}
