//! Tests of whole imports, each in a temporary workspace.

mod collect;
mod document;

use std::collections::BTreeMap;

use fs_err as fs;
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::Version;

use super::{run_in, Arguments};
use crate::scratch::{error_text, Scratch};

const EVENT: &str = "event-schemas/schema/m.a.yaml";
const BASE: &str = "event-schemas/schema/core/event.yaml";
const KINDS: &str = "kinds: [{at: m.a, kinds: to-device, why: a test}]\n";

/// Returns a workspace with a release in `v1.19`, and `spec/` with overrides.
fn workspace() -> Scratch {
    Scratch::new(&[
        ("spec/codegen.yaml", ""),
        ("spec/overrides.yaml", "definitions:\n- {definition: api/extra.yaml}\n"),
        ("spec/event-schemas/examples/m.a.yaml", "ours: true # unchanged\n"),
        (
            &theirs(EVENT),
            "allOf: [{$ref: core/event.yaml}]\nproperties: {content: {properties: {a: {description: Theirs.}}}}",
        ),
        (&theirs(BASE), "{\"type\": \"object\", \"x-addedInMatrixVersion\": \"1.10\"}"),
        (&theirs("api/extra.yaml"), "description: Theirs.\ntype: object"),
        (&theirs("api/unused.yaml"), "type: object"),
    ])
}

/// Returns a workspace with a release that has one event with some properties of the content.
fn event(content: &str, overrides: &str) -> Scratch {
    let scratch = Scratch::new(&[("spec/codegen.yaml", KINDS), ("spec/overrides.yaml", overrides)]);
    set_content(&scratch, content);
    scratch
}

fn set_content(scratch: &Scratch, content: &str) {
    let schema = format!("properties: {{type: {{enum: [m.a]}}, content: {{type: object, properties: {content}}}}}");
    scratch.write(&theirs(EVENT), &schema);
}

fn theirs(file: &str) -> String {
    format!("v1.19/data/{file}")
}

fn arguments(scratch: &Scratch) -> Arguments {
    Arguments { source: scratch.path("v1.19"), tag: None, into: None, release: None, check: false }
}

/// Imports the release, and returns the report or the error.
fn import(scratch: &Scratch) -> String {
    result(scratch, &arguments(scratch))
}

/// Imports the files as those of another release.
fn import_as(scratch: &Scratch, release: &str) -> String {
    result(scratch, &Arguments { release: Version::parse(release), ..arguments(scratch) })
}

fn check(scratch: &Scratch) -> String {
    result(scratch, &Arguments { check: true, ..arguments(scratch) })
}

fn result(scratch: &Scratch, arguments: &Arguments) -> String {
    run_in(&scratch.path(""), arguments).unwrap_or_else(|error| error_text::<()>(Err(error)))
}

fn assert_contains(text: &str, parts: &[&str]) {
    parts.iter().for_each(|part| assert!(text.contains(part), "`{part}` is missing:\n{text}"));
}

/// Returns the files of `spec/`.
fn files(scratch: &Scratch) -> BTreeMap<String, String> {
    let folders = ["event-schemas", "api"].map(|folder| {
        matrix_events_codegen::fs::read_files(&scratch.path("spec"), folder).unwrap_or_else(|error| panic!("{error}"))
    });
    let text = |(name, bytes): (String, Vec<u8>)| (name, String::from_utf8_lossy(&bytes).into_owned());
    let source = ("source.yaml".to_owned(), scratch.read("spec/source.yaml"));
    folders.into_iter().flatten().map(text).chain([source]).collect()
}

#[test]
fn second_import_changes_nothing() {
    let scratch = workspace();
    assert_contains(&check(&scratch), &["spec differs from v1.19\n", "added: api/extra.yaml"]);
    import(&scratch);
    let first = files(&scratch);
    assert_contains(&check(&scratch), &["up to date: 4 files of v1.19"]);
    import(&scratch);
    assert_eq!(files(&scratch), first);
    let expected = ["api/extra.yaml", "event-schemas/examples/m.a.yaml", BASE, EVENT, "source.yaml"];
    assert_eq!(first.keys().collect::<Vec<_>>(), expected);
}

#[test]
fn source_states_the_release_and_digests() {
    let scratch = workspace();
    import(&scratch);
    // `printf 'description: Theirs.\ntype: object' | sha256sum`
    let digest = "89fdf1e44a5020a08981b68a134911bcb4cfe7268f869ed10b5bca0fb0586596";
    let start = format!("\nrelease: \"v1.19\"\nfiles:\n  api/extra.yaml: {digest}\n  {BASE}: ");
    assert_contains(&scratch.read("spec/source.yaml"), &[&start]);
    let tree = Tree::read(&scratch.path("spec"), None).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(tree.release, Version::parse("v1.19"));
}

#[test]
fn our_descriptions_are_kept_in_order() {
    let scratch = workspace();
    let ours =
        "properties:\n  content:\n    properties:\n      a: {description: Ours.}\ndescription: |\n  Ours as well.\n";
    scratch.write(&format!("spec/{EVENT}"), ours);
    import(&scratch);
    let expected = "# Facts: the Matrix specification, Apache-2.0. Descriptions: matrix-events.\ndescription: Ours as well.\n\
        allOf:\n- $ref: core/event.yaml\nproperties:\n  content:\n    properties:\n      a:\n        description: Ours.\n";
    assert_eq!(scratch.read(&format!("spec/{EVENT}")), expected);
}

#[test]
fn files_without_a_counterpart_in_the_release_are_removed() {
    let scratch = workspace();
    let gone = ["api/gone.yaml", "event-schemas/schema/old/m.gone.yaml", "event-schemas/unused.yaml"];
    gone.iter().for_each(|name| scratch.write(&format!("spec/{name}"), "type: object"));
    let report = check(&scratch);
    gone.iter().for_each(|name| assert_contains(&report, &[&format!("removed: {name}\n")]));
    assert!(!report.contains("examples") && !report.contains("overrides"), "{report}");
    import(&scratch);
    assert!(!scratch.path("spec/api/gone.yaml").exists() && !scratch.path("spec/event-schemas/schema/old").exists());
    assert_eq!(scratch.read("spec/event-schemas/examples/m.a.yaml"), "ours: true # unchanged\n");
}

#[test]
fn malformed_file_changes_nothing() {
    let scratch = workspace();
    scratch.write("spec/api/gone.yaml", "type: object");
    let before = files(&scratch);
    scratch.write(&theirs("event-schemas/schema/m.z.yaml"), "type: object\nproperties: {\n");
    let place = scratch.path(&theirs("event-schemas/schema/m.z.yaml:2:13")).display().to_string();
    assert_contains(&import(&scratch), &[&place, "no file was changed"]);
    assert_eq!(files(&scratch), before);
    // The error of a malformed file in spec/ has the path of the file.
    scratch.write(&format!("spec/{EVENT}"), "description: [");
    fs::remove_file(scratch.path(&theirs("event-schemas/schema/m.z.yaml"))).unwrap_or_else(|error| panic!("{error}"));
    assert_contains(&import(&scratch), &[&scratch.path("spec").join(EVENT).display().to_string()]);
}

#[test]
fn unknown_release_is_an_error() {
    let scratch = workspace();
    fs::rename(scratch.path("v1.19"), scratch.path("checkout")).unwrap_or_else(|error| panic!("{error}"));
    let unnamed = Arguments { source: scratch.path("checkout"), ..arguments(&scratch) };
    assert_contains(&result(&scratch, &unnamed), &["--release v1.19"]);
    result(&scratch, &Arguments { release: Version::parse("1.18"), ..unnamed });
    assert_contains(&scratch.read("spec/source.yaml"), &["release: \"v1.18\"\n"]);
}

#[test]
fn folder_that_is_no_release_is_reported_with_the_releases_nearby() {
    let scratch = workspace();
    let of = |folder: &str| result(&scratch, &Arguments { source: scratch.path(folder), ..arguments(&scratch) });
    assert_contains(&of("nowhere"), &["there is no folder", "`data/event-schemas`", "add `--tag <TAG>`"]);
    let release = scratch.path("v1.19").display().to_string();
    assert_contains(&of(""), &["the folder has no event schemas", "`data/event-schemas`", &format!("`{release}`")]);
    assert_contains(&of("v1.19/data/event-schemas"), &[&format!("specify the folder `{release}/data`")]);
}

#[test]
fn older_release_is_refused() {
    let scratch = event("{}", "");
    import(&scratch);
    let before = files(&scratch);
    assert_contains(&import_as(&scratch, "1.10"), &["spec has v1.19, which is newer than v1.10", "--into <FOLDER>"]);
    assert_eq!(files(&scratch), before);
    let elsewhere =
        Arguments { into: Some(scratch.path("old")), release: Version::parse("1.10"), ..arguments(&scratch) };
    assert_contains(&result(&scratch, &elsewhere), &["release       nothing -> v1.10", "cargo xtask regen --spec "]);
}

#[test]
fn error_in_a_tag_has_a_name_that_git_accepts() {
    let scratch = workspace();
    scratch.write(&theirs(EVENT), "type: [\n");
    scratch.tag("v1.19", "v1.19");
    let report = result(&scratch, &Arguments { tag: Some("v1.19".to_owned()), ..arguments(&scratch) });
    assert_contains(&report, &[&format!(" v1.19:data/{EVENT}:1:7\n")]);
}

#[test]
fn tag_is_imported_in_place_of_the_files_on_disk() {
    let scratch = workspace();
    scratch.tag("v1.19", "v1.17");
    scratch.write(&theirs(EVENT), "not in the tag: [");
    result(&scratch, &Arguments { tag: Some("v1.17".to_owned()), ..arguments(&scratch) });
    assert_contains(&scratch.read("spec/source.yaml"), &["release: \"v1.17\"\n"]);
    assert_contains(&scratch.read(&format!("spec/{EVENT}")), &["core/event.yaml"]);
}

#[test]
fn report_has_the_change_and_the_next_steps() {
    let scratch = event("{}", "optional: [{at: m.a.yaml b, seen-in: history, why: a test}]");
    scratch.write("spec/event-schemas/examples/m.a.yaml", "content: 5");
    import(&scratch);
    let new = "properties: {type: {enum: [m.b]}, content: {type: object, properties: {c: {type: string}}}}";
    scratch.write(&theirs("event-schemas/schema/m.b.yaml"), new);
    scratch.write(&theirs("event-schemas/examples/m.b.yaml"), "type: m.b");
    let report = import_as(&scratch, "1.20");
    let spec = scratch.path("spec").display().to_string();
    assert_contains(
        &report,
        &[
            &format!(
                "Examples of the release without an example of our own:\n  {spec}/event-schemas/examples/m.b.yaml\n"
            ),
            "Changes in meaning: v1.19 -> v1.20\n\nm.b\n  minor, stricter    new event\n",
            &format!("New events without a known kind:\n  {spec}/event-schemas/schema/m.b.yaml"),
            &format!("Overrides that no longer apply:\n  {spec}/overrides.yaml#/optional/0/at: "),
            "  1. write a `description:`",
            "  2. add an entry to `kinds` in codegen.yaml for each new event, with `since: \"1.20\"`\n",
            "  3. fix the errors",
            "  4. end each override",
            "  5. write an example",
            "  6. run `cargo xtask regen`",
        ],
    );
    let again = import_as(&scratch, "1.20");
    assert!(!again.contains("Changes in meaning") && again.contains("New events without a known kind"), "{again}");
}

#[test]
fn entries_without_a_place_are_reported_before_other_errors_are_fixed() {
    let overrides = "\
optional:
- {at: m.gone.yaml b, seen-in: history, why: a test}
- {at: [m.a.yaml content.b, m.a.yaml content.c], seen-in: history, why: a test}
";
    let scratch = event("{b: {type: string}, c: {type: string}}", overrides);
    import(&scratch);
    set_content(&scratch, "{b: {type: object, patternProperties: {'^x-': {type: string}}}}");
    let undecided = import_as(&scratch, "1.20");
    let unused = ["overrides.yaml#/optional/0/at: ", "overrides.yaml#/optional/1/at/1: "];
    assert_contains(&undecided, &[unused[0], unused[1], "Further overrides", "import again"]);
    set_content(&scratch, "{b: {type: string}}");
    let decided = import_as(&scratch, "1.20");
    assert_contains(&decided, &unused);
    assert!(!decided.contains("Further overrides"), "{decided}");
}

#[test]
fn invalid_examples_are_reported_and_kept() {
    let scratch = event("{b: {type: string}}", "");
    scratch.write("spec/event-schemas/examples/m.a.yaml", "type: m.a\ncontent: {b: x}\n");
    scratch.write("spec/event-schemas/examples/m.b.yaml", "type: m.b\n");
    import(&scratch);
    set_content(&scratch, "{b: {type: integer}}");
    let report = import_as(&scratch, "1.20");
    let expected = ["m.a.yaml#/content/b: ", "examples/m.b.yaml: ", "fix the errors that regen will report"];
    assert_contains(&report, &expected);
    assert!(scratch.path("spec/event-schemas/examples/m.b.yaml").exists());
}

#[test]
fn unknown_change_is_reported_with_the_command_for_the_changelog() {
    let scratch = event("{b: {type: string}}", "");
    import(&scratch);
    set_content(&scratch, "{b: {type: string, default: {}}}");
    let command = "add the output of `cargo xtask diff <folder of the previous release> spec --format markdown`";
    let of_release = "because the release has errors";
    assert_contains(&import_as(&scratch, "1.20"), &[of_release, "1. fix the errors above", command]);
    set_content(&scratch, "{b: {type: string}, c: {type: string}}");
    let second = import_as(&scratch, "1.20");
    assert_contains(&second, &["because the previous files had errors", "1. import again", command]);
    assert!(!import_as(&scratch, "1.20").contains("unknown"));
}

#[test]
fn changelog_gets_one_entry_for_an_import_into_spec() {
    let scratch = event("{}", "");
    scratch.write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n- First.\n\n## 0.1.0\n\n- Old.\n");
    let unchanged = scratch.read("CHANGELOG.md");
    import(&scratch);
    assert_eq!(scratch.read("CHANGELOG.md"), unchanged, "the first import has no change");
    set_content(&scratch, "{b: {type: string}}");
    let other = Arguments { into: Some(scratch.path("other")), ..arguments(&scratch) };
    result(&scratch, &other);
    assert_eq!(scratch.read("CHANGELOG.md"), unchanged, "another folder is not in the changelog");
    let report = import_as(&scratch, "1.20");
    assert_contains(&report, &["CHANGELOG.md has a new entry"]);
    let once = scratch.read("CHANGELOG.md");
    let start = "# Changelog\n\n## Unreleased\n\n- First.\n\n### The specification: v1.19 to v1.20\n\n";
    assert!(once.starts_with(start) && once.ends_with(".\n\n## 0.1.0\n\n- Old.\n"), "{once}");
    assert_contains(&once, &["`content.b` new field: string"]);
    import_as(&scratch, "1.20");
    assert_eq!(scratch.read("CHANGELOG.md"), once);
}

#[test]
fn descriptions_move_with_a_renamed_file() {
    let component = |name: &str| format!("event-schemas/schema/components/{name}.yaml");
    for (kind, is_renamed) in [("string", true), ("integer", false)] {
        let refer =
            |file: &str| format!("properties: {{content: {{properties: {{a: {{$ref: components/{file}.yaml}}}}}}}}");
        let scratch = Scratch::new(&[("spec/codegen.yaml", ""), ("spec/overrides.yaml", "")]);
        scratch.write(&theirs(EVENT), &refer("old"));
        scratch.write(&theirs(&component("old")), "type: object\nproperties: {b: {type: string}}");
        import(&scratch);
        let ours = "type: object\ndescription: Ours.\nproperties: {b: {type: string, description: Ours of b.}}";
        scratch.write(&format!("spec/{}", component("old")), ours);
        fs::remove_file(scratch.path(&theirs(&component("old")))).unwrap_or_else(|error| panic!("{error}"));
        scratch.write(&theirs(EVENT), &refer("new"));
        let new = format!("type: object\nproperties: {{b: {{type: {kind}, description: Theirs.}}}}");
        scratch.write(&theirs(&component("new")), &new);
        let report = import(&scratch);
        let spec = scratch.path("spec").display().to_string();
        let new = scratch.read(&format!("spec/{}", component("new")));
        if is_renamed {
            assert_contains(&new, &["description: Ours.\n", "description: Ours of b.\n"]);
            let renamed = format!("  {spec}/{} -> {spec}/{}\n", component("old"), component("new"));
            assert_contains(&report, &["2 kept, 0 without a place", &renamed, "add the same entry for the new place"]);
        } else {
            let old = format!("{spec}/{}", component("old"));
            let orphaned = format!("  {old}\n    Ours.\n  {old}#/properties/b\n    Ours of b.\n");
            assert_contains(&report, &["0 kept, 2 without a place", &orphaned]);
            assert!(!new.contains("description"), "{new}");
        }
    }
}
