//! The files that the arguments name.

use std::fs;
use std::path::{Path, PathBuf};

/// The extensions of the files in folders that are read.
const EXTENSIONS: [&str; 3] = ["json", "ndjson", "jsonl"];

/// The extensions of files with one value per line.
const LINES: [&str; 2] = ["ndjson", "jsonl"];

/// The argument for the standard input.
pub(crate) const STDIN: &str = "-";

/// The name of the standard input in messages.
pub(crate) const STDIN_NAME: &str = "<stdin>";

/// Replaces folders with the JSON files in them, sorted by path. Returns the files, and the errors.
pub(crate) fn expand(arguments: &[PathBuf]) -> (Vec<PathBuf>, Vec<String>) {
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    for argument in arguments {
        if argument.as_os_str() == STDIN || !argument.is_dir() {
            files.push(argument.clone());
            continue;
        }
        let before = (files.len(), errors.len());
        add(argument, &mut files, &mut errors);
        if (files.len(), errors.len()) == before {
            errors.push(format!(
                "found no file in {}\n  = help: pass a folder with files that end in .json, .ndjson or .jsonl",
                argument.display()
            ));
        }
    }
    (files, errors)
}

fn add(folder: &Path, files: &mut Vec<PathBuf>, errors: &mut Vec<String>) {
    let entries = fs::read_dir(folder).and_then(|entries| {
        let typed = entries.map(|entry| entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))));
        typed.collect::<Result<Vec<_>, _>>()
    });
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            errors.push(format!("failed to read the folder {}: {error}", folder.display()));
            return;
        }
    };
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (path, file_type) in entries {
        // A link to a folder is not followed, so cycles end.
        if file_type.is_dir() {
            add(&path, files, errors);
        } else if has_extension(&path, &EXTENSIONS) && !is_special(&path) {
            files.push(path);
        }
    }
}

/// Returns `true` if the extension of a file states that the file has one value per line.
pub(super) fn has_lines(path: &Path) -> bool {
    has_extension(path, &LINES)
}

/// Returns `true` if a path ends in an extension, in upper or lower case.
fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|found| extensions.iter().any(|known| found.eq_ignore_ascii_case(known)))
}

/// Returns `true` for pipes, devices and folders. Reading a pipe blocks. A broken link is not special, and an error later.
fn is_special(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| !metadata.is_file())
}
