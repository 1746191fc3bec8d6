//! Reading a folder with events of somebody's own.

use std::collections::BTreeMap;
use std::path::Path;

use matrix_events_codegen::{Diagnostics, Extension, Files, Settings};

use crate::{tree, Outcome};

/// Events of somebody's own, as they stand on disk.
pub struct Own {
    files: Files,
    settings: Settings,
    /// Where each file stands.
    places: BTreeMap<String, String>,
}

impl Own {
    /// What to generate from.
    pub fn extension(&self) -> Extension<'_> {
        Extension { files: &self.files, settings: &self.settings }
    }

    /// Mistakes with the files where they stand, in place of where the specification would have them.
    pub(crate) fn placed(&self, diagnostics: Diagnostics) -> Diagnostics {
        diagnostics.with_files(|file| self.places.get(file).cloned())
    }
}

/// Reads a folder with `schema`, and perhaps with `examples`, `codegen.yaml` and `overrides.yaml`. The folders may be in
/// `event-schemas`, as in the specification.
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
    tree::collect(&root.join("schema"), "event-schemas/schema", &mut files)?;
    tree::collect_if_there(&root.join("examples"), "event-schemas/examples", &mut files)?;
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
    Ok(Own { files, settings: tree::settings_if_there(folder)?, places })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use matrix_events_codegen::parse_document;

    use super::read;
    use crate::scratch::Scratch;

    #[test]
    fn both_layouts_are_read_as_that_of_the_specification() {
        for root in ["", "event-schemas/"] {
            let Ok(scratch) = Scratch::new() else { panic!("no scratch folder") };
            let file = |name: &str, text: &str| {
                let path = scratch.path().join(name);
                let written = path.parent().map(fs::create_dir_all).and_then(|_| fs::write(&path, text).ok());
                assert!(written.is_some(), "{} can't be written", path.display());
            };
            file(&format!("{root}schema/components/a.yaml"), "a: [");
            file(&format!("{root}schema/a.b.yaml"), "");
            file(&format!("{root}examples/a.b.json"), "{}");
            file("codegen.yaml", "kinds: []");
            file("README.md", "");
            let Ok(own) = read(scratch.path()) else { panic!("{root} isn't read") };
            let extension = own.extension();
            let files: Vec<&str> = extension.files.keys().map(String::as_str).collect();
            let schemas = ["event-schemas/schema/a.b.yaml", "event-schemas/schema/components/a.yaml"];
            assert_eq!(files, [&["event-schemas/examples/a.b.json"], schemas.as_slice()].concat());
            assert_eq!(extension.settings.config.text, "kinds: []");
            assert_eq!(extension.settings.overrides.text, "");
            // A mistake is told where the file stands, not where the specification would have it.
            let Err(mistakes) = parse_document(schemas[1], b"a: [") else { panic!("that is no YAML") };
            let place = scratch.path().join(format!("{root}schema/components/a.yaml")).display().to_string();
            assert!(own.placed(mistakes).iter().all(|mistake| mistake.origin.file == place));
        }
    }

    #[test]
    fn a_folder_without_schemas_is_told() {
        let Ok(scratch) = Scratch::new() else { panic!("no scratch folder") };
        let told = |what: &str| {
            let Err(failure) = read(scratch.path()) else { panic!("it is read") };
            assert!(failure.0.contains(what), "{failure}");
        };
        told("has no event schemas");
        assert!(fs::create_dir(scratch.path().join("schema")).is_ok());
        told("has no schema\n");
    }
}
