//! Runs the generator on a small tree with any text in place of one file.

use matrix_events_codegen::{generate, Files, Input, Settings, Version};

/// A file of the folder `tree`: its path in the folder, and its text.
macro_rules! part {
    ($path:literal) => {
        ($path, include_str!(concat!("../tree/", $path)))
    };
}

/// The names of the settings.
const SETTINGS: [&str; 2] = ["codegen.yaml", "overrides.yaml"];

/// The replaced file if the text names no file.
const EVENT: &str = "event-schemas/schema/m.test.yaml";

/// The files of the small tree.
const TREE: [(&str, &str); 8] = [
    part!("event-schemas/schema/core-event-schema/event.yaml"),
    part!("event-schemas/schema/core-event-schema/room_event.yaml"),
    part!("event-schemas/schema/components/thing.yaml"),
    part!("event-schemas/schema/m.test.yaml"),
    part!("event-schemas/schema/m.key.yaml"),
    part!("event-schemas/examples/m.test.json"),
    part!("codegen.yaml"),
    part!("overrides.yaml"),
];

/// Checks that the generator returns Rust or errors for any text of a file. A first line `# <file>` names the file.
pub fn codegen(bytes: &[u8]) {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let named = first.strip_prefix(b"# ").and_then(|name| TREE.iter().find(|(file, _)| file.as_bytes() == name));
    let (replaced, text) = match named {
        Some((file, _)) => (*file, bytes.get(first.len() + 1..).unwrap_or_default()),
        None => (EVENT, bytes),
    };
    let text_of = |(file, own): (&str, &str)| match file == replaced {
        true => (file.to_owned(), text.to_vec()),
        false => (file.to_owned(), own.as_bytes().to_vec()),
    };
    let mut files: Files = TREE.into_iter().map(text_of).collect();
    let settings = settings(&mut files);
    let release = Some(Version { major: 1, minor: 19 });
    match generate(&Input { files: &files, settings: &settings, release }) {
        Ok(output) => assert!(!output.events.is_empty(), "the generator emits no file and reports no error"),
        Err(diagnostics) => {
            assert!(!diagnostics.is_empty(), "an error without a diagnostic");
            for diagnostic in diagnostics.iter() {
                let file = &diagnostic.origin.file;
                assert!(
                    SETTINGS.contains(&file.as_str()) || files.contains_key(file),
                    "{file} is not in the tree:\n{diagnostic}"
                );
            }
        }
    }
}

/// Takes the settings out of the files of a tree.
fn settings(files: &mut Files) -> Settings {
    let [config, overrides] = SETTINGS.map(|name| files.remove(name).unwrap_or_default());
    Settings::new(String::from_utf8_lossy(&config), String::from_utf8_lossy(&overrides))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unchanged_tree_is_accepted() {
        let mut files: Files = TREE.into_iter().map(|(file, text)| (file.to_owned(), text.into())).collect();
        let settings = settings(&mut files);
        let release = Some(Version { major: 1, minor: 19 });
        let generated = generate(&Input { files: &files, settings: &settings, release });
        assert!(generated.is_ok(), "{}", generated.unwrap_err());
    }
}
