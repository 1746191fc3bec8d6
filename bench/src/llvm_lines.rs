//! The code that the compiler has to optimize for each emitted type. Most of the time of a build depends on this number.

use std::path::Path;
use std::process::Command;

use anyhow::{ensure, Context, Result};
use fs_err as fs;

/// Returns the lines of LLVM code in the functions of `matrix-events`, before any optimization, divided by the number of emitted
/// types.
///
/// # Errors
///
/// Returns an error if the crate does not build.
pub fn lines_per_type(repository: &Path) -> Result<u64> {
    let (target, events) = (repository.join("target/llvm-lines"), repository.join("generated/src/events"));
    let mut cargo = Command::new("cargo");
    cargo.args(["rustc", "--quiet", "--release", "--package", "matrix-events", "--lib", "--target-dir"]).arg(&target);
    cargo.args(["--", "--emit=llvm-ir", "-Cno-prepopulate-passes", "-Ccodegen-units=1"]).current_dir(repository);
    ensure!(cargo.status().context("failed to run cargo")?.success(), "failed to build matrix-events");
    let built = fs::read_dir(target.join("release/deps"))?.collect::<Result<Vec<_>, _>>()?;
    let built = built.iter().map(fs::DirEntry::path).filter(|path| path.extension().is_some_and(|end| end == "ll"));
    // An earlier version of the compiler or of a dependency has another file.
    let newest = built.max_by_key(|path| fs::metadata(path).and_then(|file| file.modified()).ok());
    let code = fs::read_to_string(newest.context("the compiler wrote no LLVM code")?)?;
    // All other lines are not indented.
    let lines = code.lines().filter(|line| line.starts_with("  ")).count();
    let types = types_in(&events)?;
    ensure!(types > 0, "{} has no types", events.display());
    Ok((lines / types) as u64)
}

/// Returns the number of public types in the files of a folder and of its subfolders.
fn types_in(folder: &Path) -> Result<usize> {
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        count += match path.is_dir() {
            true => types_in(&path)?,
            false => {
                let is_type = |line: &&str| line.starts_with("pub struct ") || line.starts_with("pub enum ");
                fs::read_to_string(&path)?.lines().filter(is_type).count()
            }
        };
    }
    Ok(count)
}
