//! The generator on whole trees: every file is used, the output is deterministic, and the committed files are up to date.

use std::collections::BTreeSet;
use std::fs;

use matrix_events_codegen::fs::{read_text, ExtensionTree, Tree};
use matrix_events_codegen::{extend, generate, room_versions, TextFile, PROPOSALS, PROSE, ROOM_VERSIONS};
use spec_tests::cases::CASES;
use spec_tests::spec::{folder, from, output, output_with_proposals, read_with_proposals, releases, settings};

/// The folder with the schemas of ephemeral data units.
const EDUS: &str = "api/server-server/definitions/event-schemas/";

/// Asserts that each event schema results in an event, that all other schemas are used, and that all examples are used.
fn assert_complete(tree: &Tree) {
    let output = from(tree);
    let read: BTreeSet<&str> = output.read.iter().map(String::as_str).collect();
    let below = |folder: &str| -> Vec<&str> {
        tree.files.keys().map(String::as_str).filter(|file| file.starts_with(folder)).collect()
    };
    let unread: Vec<&str> = below("event-schemas/").into_iter().filter(|file| !read.contains(file)).collect();
    assert!(unread.is_empty(), "files that were not read: {unread:?}");
    let events_of: BTreeSet<&str> = output.ir.events.iter().map(|event| event.file.as_str()).collect();
    let is_definition = |file: &&str| file.ends_with("/m.key.verification.m.relates_to.yaml");
    // The folders of proposals and of the prose have a file for each event, and definitions in folders.
    let own = |kind: &str| -> Vec<&str> {
        let files = [PROPOSALS, PROSE].map(below).concat().into_iter();
        files.filter(|file| file.rsplit('/').nth(1) == Some(kind)).collect()
    };
    let schemas = below("event-schemas/schema/m.").into_iter().chain(below(EDUS)).chain(own("schema"));
    let events = schemas.filter(|file| !is_definition(file));
    assert_eq!(events.collect::<BTreeSet<_>>(), events_of, "event schemas, and events");
    let examples: BTreeSet<&str> = output.examples.iter().map(|example| example.file.as_str()).collect();
    let all = below("event-schemas/examples/m.").into_iter().chain(below("event-schemas/examples/edu/"));
    let all = all.filter_map(|file| file.strip_prefix("event-schemas/examples/")).chain(own("examples"));
    let expected = all.collect::<BTreeSet<_>>();
    assert_eq!(expected, examples, "files of examples, and examples");
}

#[test]
fn every_file_of_spec_is_used() {
    assert_complete(&read_with_proposals(&folder("spec")));
    let with_cases: BTreeSet<&str> = CASES.iter().map(|case| case.example).collect();
    let examples: BTreeSet<&str> = output().examples.iter().map(|example| example.file.as_str()).collect();
    assert_eq!(examples, with_cases, "examples, and examples with a case");
}

#[test]
fn every_file_of_each_release_is_used() {
    for release in releases() {
        assert_complete(&read_with_proposals(&release));
    }
}

#[test]
fn emitted_code_equals_the_committed_files() {
    let events = folder("generated/src/events");
    for (name, text) in &output_with_proposals().events {
        let committed = fs::read_to_string(events.join(name)).unwrap_or_default();
        assert!(committed == *text, "{name} is out of date: run `cargo xtask regen`");
    }
    let file = TextFile {
        name: ROOM_VERSIONS.to_owned(),
        text: read_text(&folder("spec").join(ROOM_VERSIONS)).expect("UTF-8"),
    };
    let rules = room_versions(&file).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let committed = fs::read_to_string(folder("runtime/src/room_version_rules/versions.rs")).unwrap_or_default();
    assert!(committed == rules, "the rules of room versions are out of date: run `cargo xtask regen`");
    let cases = fs::read_to_string(folder("tests/src/cases.rs")).unwrap_or_default();
    assert!(cases == output_with_proposals().cases, "tests/src/cases.rs is out of date: run `cargo xtask regen`");
}

#[test]
fn emitted_code_of_custom_events_equals_the_committed_files() {
    let example = folder("examples/own-events");
    let custom = ExtensionTree::read(&example).unwrap_or_else(|error| panic!("{error}"));
    let output = extend(&read_with_proposals(&folder("spec")).input(&settings()), &custom.extension())
        .unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    for (name, text) in &output.events {
        let committed = fs::read_to_string(example.join("src/events").join(name)).unwrap_or_default();
        assert!(committed == *text, "{name} is out of date: run `cargo xtask regen --extend examples/own-events`");
    }
}

#[test]
fn event_with_the_name_of_a_crate_module_is_an_error() {
    let root = fs::read_to_string(folder("generated/src/lib.rs")).expect("lib.rs can be read");
    let module = |line: &str| Some(line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')?.to_owned());
    let source = |module: &str| fs::read_to_string(folder(&format!("generated/src/{module}.rs"))).unwrap_or_default();
    let reexports_events = |module: &str| source(module).contains(&format!("pub use crate::events::{module}::*;"));
    let modules: Vec<String> = root.lines().filter_map(module).filter(|module| !reexports_events(module)).collect();
    assert!(modules.contains(&"voip".to_owned()), "{modules:?}");
    let mut tree = read_with_proposals(&folder("spec"));
    for module in &modules {
        let properties = format!("type: {{type: string, enum: [m.{module}]}}, content: {{type: object}}");
        let schema = format!(
            "allOf: [{{$ref: core-event-schema/room_event.yaml}}]\ntype: object\nproperties: {{{properties}}}\n"
        );
        tree.files.insert(format!("event-schemas/schema/m.{module}.yaml"), schema.into());
    }
    let errors =
        generate(&tree.input(&settings())).err().map(|diagnostics| diagnostics.to_string()).unwrap_or_default();
    for module in modules {
        assert!(errors.contains(&format!("the module `{module}`")), "m.{module}: {errors}");
    }
}

#[test]
fn other_order_of_files_on_disk_gives_equal_output_with_proposals() {
    let tree = read_with_proposals(&folder("spec"));
    let scratch = std::env::temp_dir().join(format!("matrix-events-order-{}", std::process::id()));
    let release = scratch.join(tree.release.expect("spec/ states its release").to_string());
    for (index, (name, bytes)) in tree.files.iter().rev().enumerate() {
        // Every second file is renamed, so that the order in the folder differs from the order of the names.
        let path = release.join(name);
        let parent = path.parent().expect("a file in the scratch folder has a parent");
        fs::create_dir_all(parent).expect("the scratch folder can be written");
        if index % 2 == 0 {
            fs::write(path.with_extension("tmp"), bytes).expect("the scratch folder can be written");
            fs::rename(path.with_extension("tmp"), &path).expect("the scratch folder can be written");
        } else {
            fs::write(&path, bytes).expect("the scratch folder can be written");
        }
    }
    let shuffled = from(&read_with_proposals(&release));
    fs::remove_dir_all(&scratch).expect("the scratch folder can be removed");
    assert_eq!(shuffled.events, output_with_proposals().events);
    assert_eq!(shuffled.cases, output_with_proposals().cases);
}

#[test]
fn every_schema_has_a_description() {
    use matrix_events_codegen::ir::Shape;
    let mut missing = Vec::new();
    for module in output_with_proposals().ir.modules.values() {
        for item in &module.items {
            if item.docs.text.is_none() {
                missing.push(format!("{} ({})", item.name, item.origin));
            }
            if let Shape::Struct(shape) = &item.shape {
                let undocumented = shape.fields.iter().filter(|field| field.docs.text.is_none());
                missing.extend(undocumented.map(|field| format!("{}.{} ({})", item.name, field.ident, field.origin)));
            }
        }
    }
    assert!(missing.is_empty(), "no description:\n{}", missing.join("\n"));
}
