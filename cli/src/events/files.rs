//! The files that the arguments name.

use std::fs;
use std::path::{Path, PathBuf};

/// The extensions of the files in folders that are read.
const EXTENSIONS: [&str; 3] = ["json", "ndjson", "jsonl"];

/// The argument for the standard input.
pub(crate) const STDIN: &str = "-";

/// Replaces folders with the JSON files in them, sorted by path. Returns the files, and the errors.
pub(crate) fn expand(arguments: &[PathBuf]) -> (Vec<PathBuf>, Vec<String>) {
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    for argument in arguments {
        if argument.as_os_str() == STDIN || !argument.is_dir() {
            files.push(argument.clone());
            continue;
        }
        let before = files.len();
        if let Err(error) = add(argument, &mut files) {
            errors.push(format!("failed to read the folder {}: {error}", argument.display()));
        } else if files.len() == before {
            errors.push(format!(
                "found no file in {}\n  = help: pass a folder with files that end in .json, .ndjson or .jsonl",
                argument.display()
            ));
        }
    }
    (files, errors)
}

fn add(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        // A link to a folder is not followed, so cycles end.
        if entry.file_type()?.is_dir() {
            add(&path, files)?;
        } else if path.extension().is_some_and(|found| EXTENSIONS.iter().any(|known| found.eq_ignore_ascii_case(known)))
        {
            files.push(path);
        }
    }
    Ok(())
}
