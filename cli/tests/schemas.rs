//! The command `matrix-events schemas`.

mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use matrix_events::schema;
use program::{run, Run};
use serde_json::Value;

/// Runs the command with a folder.
fn schemas(folder: &Path, options: &[&str]) -> Run {
    let folder = folder.to_str().expect("a path in UTF-8");
    run(&[&["schemas", folder], options].concat(), "")
}

/// Returns the texts of all files in a folder, by their paths.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        match path.is_dir() {
            true => found.extend(files(&path).into_iter().map(|(below, text)| (format!("{name}/{below}"), text))),
            false => drop(found.insert(name, fs::read_to_string(path).unwrap_or_default())),
        }
    }
    found
}

/// Returns a document without the members that the library does not write.
fn without_header(text: &str) -> Value {
    let mut document: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let members = document.as_object_mut().expect("an object");
    for key in ["$comment", "$id", "title"] {
        assert!(members.remove(key).is_some_and(|value| value.is_string()), "{key}: {text}");
    }
    document
}

#[test]
fn each_document_is_the_json_schema_of_the_library() {
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let folder = scratch.path().join("new/schemas");
    let Run { code, stdout, stderr } = schemas(&folder, &[]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.starts_with("wrote ") && stdout.contains(" schemas to "), "{stdout}");
    let files = files(&folder);
    let is_released = |file: &str| !file.starts_with("proposals/");
    let mut expected = 1;
    for event in schema::events().filter(|event| is_released(event.base.file)) {
        let name = event.event_type.trim_end_matches(".*");
        assert_eq!(without_header(&files[&format!("events/{name}.json")]), event.schema().json_schema(), "{name}");
        let mut content = without_header(&files[&format!("contents/{name}.json")]);
        assert_eq!(content["deprecated"] == true, event.is_deprecated() || content_is_deprecated(event), "{name}");
        // The content has the version and the deprecation of the event type.
        let mut of_library = event.content_schema().json_schema();
        for document in [&mut content, &mut of_library] {
            let members = document.as_object_mut().expect("an object");
            members.retain(|key, _| !matches!(key.as_str(), "deprecated" | "x-addedInMatrixVersion"));
        }
        assert_eq!(content, of_library, "{name}");
        expected += 2;
    }
    for edu in schema::edus() {
        let name = edu.event_type;
        assert_eq!(without_header(&files[&format!("edus/{name}.json")]), edu.schema().json_schema(), "{name}");
        expected += 2;
    }
    for body in schema::bodies().filter(|body| is_released(body.file)) {
        assert_eq!(without_header(&files[&format!("bodies/{}.json", body.name)]), body.json_schema(), "{}", body.name);
        expected += 1;
    }
    assert!(files.contains_key("bodies/SyncResponse.json") && files.contains_key("events/m.room.message.json"));
    assert_eq!(files.len(), expected);
}

fn content_is_deprecated(event: &'static schema::Event) -> bool {
    event.content_schema().json_schema()["deprecated"] == true
}

#[test]
fn index_lists_each_document_with_its_identifier() {
    let scratch = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(schemas(scratch.path(), &["--base-uri", "https://example.org/schemas"]).code, 0);
    let mut files = files(scratch.path());
    let index: Value = serde_json::from_str(&files.remove("index.json").expect("an index")).expect("JSON");
    let rows = index["schemas"].as_array().expect("a list");
    assert_eq!(rows.len(), files.len());
    for row in rows {
        let file = row["file"].as_str().expect("a path");
        let document: Value = serde_json::from_str(&files[file]).expect("JSON");
        assert_eq!(row["$id"], format!("https://example.org/schemas/{file}"));
        assert_eq!(row["$id"], document["$id"]);
        assert_eq!(document["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(!document.to_string().contains("\"$ref\""), "{file} is not self-contained");
    }
    let row = |file: &str| rows.iter().find(|row| row["file"] == file).unwrap_or_else(|| panic!("{file}"));
    let message = row("events/m.room.message.json");
    assert_eq!(message["discriminator"], "msgtype");
    assert!(message["variants"].as_array().is_some_and(|values| values.contains(&"m.image".into())), "{message}");
    assert_eq!(row("contents/m.receipt.json")["aliases"][0], "m.receipt.private");
}

#[test]
fn second_run_replaces_and_removes_only_own_files() {
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let folder = scratch.path();
    assert_eq!(schemas(folder, &["--base-uri", "https://example.org/old/"]).code, 0);
    let topic = fs::read_to_string(folder.join("events/m.room.topic.json")).expect("a file");
    fs::write(folder.join("events/m.room.old.json"), &topic).expect("a file");
    fs::write(folder.join("events/mine.json"), "{}").expect("a file");
    fs::write(folder.join("notes.txt"), topic).expect("a file");
    let Run { code, stdout, stderr } = schemas(folder, &[]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.ends_with(", and removed 1 file of an earlier run\n"), "{stdout}");
    let files = files(folder);
    assert!(!files.contains_key("events/m.room.old.json"));
    assert_eq!(files["events/mine.json"], "{}");
    assert!(files["notes.txt"].contains("https://example.org/old/"));
    assert!(files["events/m.room.topic.json"].contains("urn:matrix-events:v"), "{}", files["events/m.room.topic.json"]);
    assert!(files.keys().all(|name| !name.contains("staging")));
}

#[test]
fn file_of_another_origin_stops_the_command() {
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let folder = scratch.path();
    fs::create_dir(folder.join("events")).expect("a folder");
    fs::write(folder.join("index.json"), "[]").expect("a file");
    fs::create_dir(folder.join("events/m.tag.json")).expect("a folder");
    let before = files(folder);
    let Run { code, stderr, .. } = schemas(folder, &[]);
    assert_eq!(code, 2, "{stderr}");
    assert!(stderr.contains("index.json") && stderr.contains("m.tag.json") && stderr.contains("= help: "), "{stderr}");
    assert_eq!(files(folder), before);
    assert_eq!(fs::read_dir(folder).expect("a folder").count(), 2);
}

#[test]
fn failed_write_leaves_the_folder_unchanged() {
    // No folder can be created in the place of the file.
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let folder = scratch.path().join("schemas");
    assert_eq!(schemas(&folder, &["--base-uri", "https://example.org/old/"]).code, 0);
    fs::remove_dir_all(folder.join("events")).expect("a folder");
    fs::write(folder.join("events"), "mine").expect("a file");
    let before = files(&folder);
    let Run { code, stderr, .. } = schemas(&folder, &[]);
    assert_eq!(code, 2, "{stderr}");
    assert!(stderr.starts_with("error: failed to write the schemas to "), "{stderr}");
    assert_eq!(files(&folder), before);

    let file = scratch.path().join("file");
    fs::write(&file, "mine").expect("a file");
    let Run { code, stderr, .. } = schemas(&file.join("schemas"), &[]);
    assert_eq!(code, 2, "{stderr}");
    assert_eq!(fs::read_to_string(&file).ok().as_deref(), Some("mine"));

    let fresh = scratch.path().join("fresh");
    fs::create_dir(&fresh).expect("a folder");
    fs::write(fresh.join("events"), "mine").expect("a file");
    assert_eq!(schemas(&fresh, &[]).code, 2);
    assert_eq!(files(&fresh).into_iter().collect::<Vec<_>>(), [("events".to_owned(), "mine".to_owned())]);
    assert_eq!(fs::read_dir(&fresh).expect("a folder").count(), 1);
}

#[test]
fn proposals_require_the_feature_and_the_option() {
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let folder = scratch.path().join("schemas");
    let Run { code, stderr, .. } = schemas(&folder, &["--unstable"]);
    if cfg!(feature = "unstable") {
        assert_eq!(code, 0, "{stderr}");
        assert!(folder.join("events/org.matrix.msc3381.poll.start.json").exists());
        assert!(folder.join("bodies/SlidingSyncResponse.json").exists());
        let index = fs::read_to_string(folder.join("index.json")).expect("an index");
        assert!(index.contains(r#""proposal": "msc3381""#));
    } else {
        assert_eq!(code, 2);
        assert!(stderr.contains("--features unstable"), "{stderr}");
        assert!(!folder.exists());
    }
    assert_eq!(schemas(&folder, &[]).code, 0);
    assert!(!folder.join("events/org.matrix.msc3381.poll.start.json").exists());
    assert!(!folder.join("bodies/SlidingSyncResponse.json").exists());
}
