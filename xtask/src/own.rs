//! Reading a folder with events of somebody's own.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use matrix_events_codegen::{Diagnostics, Extension, Files};

use crate::{tree, Outcome};

/// Events of somebody's own, as they stand on disk.
pub struct Own {
    files: Files,
    overrides: (String, String),
    /// Where each file stands.
    places: BTreeMap<String, String>,
}

impl Own {
    /// What to generate from.
    pub fn extension(&self) -> Extension<'_> {
        Extension { files: &self.files, overrides: (&self.overrides.0, &self.overrides.1) }
    }

    /// Mistakes with the files where they stand, in place of where the specification would have them.
    pub(crate) fn placed(&self, diagnostics: Diagnostics) -> Diagnostics {
        diagnostics.with_files(|file| self.places.get(file).cloned())
    }
}

/// Reads a folder with `schema`, and perhaps with `examples` and `overrides.yaml`. The first two may stand in
/// `event-schemas` as well, as they do in the specification.
pub fn read(folder: &Path) -> Outcome<Own> {
    let candidates = [folder.to_owned(), folder.join("event-schemas")];
    let Some(root) = candidates.iter().find(|root| root.join("schema").is_dir()) else {
        return Err(format!(
            "error: {0} has no event schemas\n  = expected: a folder with `schema`, or with `event-schemas/schema`, and a file for each event in it\n  = help: {0}/schema/org.example.event.yaml would be the place of an event `org.example.event`",
            folder.display()
        )
        .into());
    };
    let mut files = Files::new();
    for part in ["schema", "examples"] {
        tree::collect(&root.join(part), &format!("event-schemas/{part}"), &mut files)?;
    }
    if !files.keys().any(|file| file.starts_with("event-schemas/schema/")) {
        return Err(format!(
            "error: {} has no schema\n  = expected: a file for each event, such as `org.example.event.yaml`\n  = help: examples/own-events of matrix-events has three",
            root.join("schema").display()
        )
        .into());
    }
    let place = |file: &String| {
        let below = file.trim_start_matches("event-schemas/");
        (file.clone(), root.join(below).display().to_string())
    };
    let places = files.keys().map(place).collect();
    let path = folder.join("overrides.yaml");
    let overrides = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(format!("error: {} can't be read: {error}", path.display()).into()),
    };
    Ok(Own { files, overrides: (path.display().to_string(), overrides), places })
}
