//! Whole imports, on folders of their own.

mod moved;
mod next;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{run_in, Arguments};
use crate::scratch::Scratch;
use crate::{beside, tree};

const EVENT: &str = "event-schemas/schema/m.a.yaml";
const BASE: &str = "event-schemas/schema/core/event.yaml";

/// A release and a folder to import it into.
struct Case {
    scratch: Scratch,
}

impl Case {
    fn new(files: &[(&str, &str)]) -> Self {
        let Ok(scratch) = Scratch::new() else { panic!("no temporary folder can be made") };
        let case = Self { scratch };
        case.write("spec/overrides.yaml", "definitions:\n- {definition: api/extra.yaml}\n");
        case.write("spec/event-schemas/examples/m.a.yaml", "ours: true # as it is\n");
        for (name, text) in files {
            case.write(&format!("v1.19/data/{name}"), text);
        }
        case
    }

    fn path(&self, name: &str) -> PathBuf {
        self.scratch.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        self.scratch.put(name, text);
    }

    fn import(&self, check: bool) -> Result<(), String> {
        let into = Some(self.path("spec"));
        self.run(&Arguments { source: self.path("v1.19"), tag: None, into, release: None, check })
    }

    fn run(&self, arguments: &Arguments) -> Result<(), String> {
        self.told(arguments).map(|_| ())
    }

    /// What a run has to say.
    fn told(&self, arguments: &Arguments) -> Result<String, String> {
        run_in(self.scratch.path(), arguments).map_err(|failure| failure.0)
    }

    /// Every file of a folder.
    fn snapshot(&self) -> BTreeMap<PathBuf, String> {
        let mut found = BTreeMap::new();
        list(&self.path("spec"), &mut found);
        found
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path("spec").join(name)).unwrap_or_default()
    }
}

fn list(folder: &Path, found: &mut BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => list(&path, found),
            path => {
                let text = fs::read_to_string(&path).unwrap_or_default();
                found.insert(path, text);
            }
        }
    }
}

fn release() -> Case {
    Case::new(&[
        (EVENT, "allOf: [{$ref: core/event.yaml}]\nproperties: {content: {properties: {a: {description: Theirs.}}}}"),
        (BASE, "{\"type\": \"object\", \"x-addedInMatrixVersion\": \"1.10\"}"),
        ("api/extra.yaml", "description: Theirs.\ntype: object"),
        ("api/unasked.yaml", "type: object"),
    ])
}

#[test]
fn a_second_import_changes_no_byte() {
    let case = release();
    assert!(case.import(true).is_err_and(|told| told.contains("added: api/extra.yaml")));
    assert_eq!(case.import(false), Ok(()));
    let first = case.snapshot();
    assert_eq!(case.import(true), Ok(()));
    assert_eq!(case.import(false), Ok(()));
    assert_eq!(case.snapshot(), first);
    let names = [BASE, EVENT, "api/extra.yaml", "event-schemas/examples/m.a.yaml", "overrides.yaml", "source.yaml"];
    let mut expected = names.map(|name| case.path("spec").join(name));
    expected.sort();
    assert_eq!(first.into_keys().collect::<Vec<_>>(), expected);
}

#[test]
fn the_source_is_stated() {
    let case = release();
    assert_eq!(case.import(false), Ok(()));
    let source = case.read("source.yaml");
    let lines: Vec<&str> = source.lines().skip(1).collect();
    assert_eq!(lines[..2], ["release: \"v1.19\"", "files:"]);
    // `printf 'description: Theirs.\ntype: object' | sha256sum`
    let digest = "89fdf1e44a5020a08981b68a134911bcb4cfe7268f869ed10b5bca0fb0586596";
    assert_eq!(lines[2], format!("  api/extra.yaml: {digest}"));
    assert!(lines[3].starts_with("  event-schemas/schema/core/event.yaml: "), "{source}");
    let read = tree::read(&case.path("spec"), None).ok().and_then(|tree| tree.release);
    assert_eq!(read.map(|release| release.to_string()).as_deref(), Some("v1.19"));
}

#[test]
fn descriptions_written_by_hand_are_kept_and_put_in_order() {
    let case = release();
    case.write(
        &format!("spec/{EVENT}"),
        "properties:\n  content:\n    properties:\n      a: {description: Ours.}\ndescription: |\n  Ours, too.\n",
    );
    assert_eq!(case.import(false), Ok(()));
    let expected = "\
# Facts: the Matrix specification, Apache-2.0. Descriptions: matrix-events.
description: Ours, too.
allOf:
- $ref: core/event.yaml
properties:
  content:
    properties:
      a:
        description: Ours.
";
    assert_eq!(case.read(EVENT), expected);
}

#[test]
fn files_that_the_release_no_longer_has_are_removed() {
    let case = release();
    case.write("spec/event-schemas/schema/old/m.gone.yaml", "type: object");
    case.write("spec/event-schemas/unreached.yaml", "type: object");
    case.write("spec/api/gone.yaml", "type: object");
    let told = case.import(true).err().unwrap_or_default();
    for name in ["api/gone.yaml", "event-schemas/schema/old/m.gone.yaml", "event-schemas/unreached.yaml"] {
        assert!(told.contains(&format!("removed: {name}\n")), "{told}");
    }
    assert!(!told.contains("examples") && !told.contains("overrides"), "{told}");
    assert_eq!(case.import(false), Ok(()));
    assert!(!case.path("spec/api/gone.yaml").exists() && !case.path("spec/event-schemas/schema/old").exists());
    assert_eq!(case.read("event-schemas/examples/m.a.yaml"), "ours: true # as it is\n");
}

#[test]
fn one_malformed_file_and_nothing_is_changed() {
    let case = release();
    case.write("spec/api/gone.yaml", "type: object");
    let before = case.snapshot();
    case.write("v1.19/data/event-schemas/schema/m.z.yaml", "type: object\nproperties: {\n");
    let told = case.import(false).err().unwrap_or_default();
    assert!(told.contains("event-schemas/schema/m.z.yaml:2:13") && told.contains("Nothing was changed."), "{told}");
    assert_eq!(case.snapshot(), before);
}

#[test]
fn one_file_that_cannot_be_written_and_nothing_is_changed() {
    let case = release();
    case.write("spec/api/gone.yaml", "type: object");
    let in_the_way = beside::new(&case.path("spec/event-schemas/schema/m.a.yaml"));
    assert!(fs::create_dir_all(in_the_way).is_ok());
    let before = case.snapshot();
    let told = case.import(false).err().unwrap_or_default();
    assert!(told.contains("m.a.yaml can't be written") && told.contains("nothing was changed"), "{told}");
    assert_eq!(case.snapshot(), before);
}

#[test]
fn a_malformed_file_of_ours_is_told_with_its_whole_path() {
    let case = release();
    case.write(&format!("spec/{EVENT}"), "description: [");
    let told = case.import(false).err().unwrap_or_default();
    assert!(told.contains(&case.path("spec").join(EVENT).display().to_string()), "{told}");
    assert_eq!(case.read(EVENT), "description: [");
}

#[test]
fn a_release_has_to_be_known_by_name() {
    let case = release();
    assert!(fs::rename(case.path("v1.19"), case.path("checkout")).is_ok());
    let into = Some(case.path("spec"));
    let unnamed = Arguments { source: case.path("checkout"), tag: None, into, release: None, check: false };
    assert!(case.run(&unnamed).is_err_and(|told| told.contains("--release v1.19")));
    assert_eq!(case.run(&Arguments { release: tree::version("1.18").ok(), ..unnamed }), Ok(()));
    assert!(case.read("source.yaml").contains("release: \"v1.18\"\n"));
}

#[test]
fn a_tag_is_fetched_from_a_repository() {
    let case = release();
    let git = |arguments: &[&str]| {
        let identity = [
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.org",
            "-c",
            "commit.gpgsign=false",
            "-c",
            "tag.gpgsign=false",
        ];
        let output = Command::new("git").current_dir(case.path("v1.19")).args(identity).args(arguments).output();
        output.is_ok_and(|output| output.status.success())
    };
    assert!(
        git(&["init", "--quiet"])
            && git(&["add", "."])
            && git(&["commit", "--quiet", "-m", "a"])
            && git(&["tag", "v1.17"])
    );
    case.write(&format!("v1.19/data/{EVENT}"), "not what the tag has: [");
    let into = Some(case.path("spec"));
    let arguments = |tag: &str| Arguments {
        source: case.path("v1.19"),
        tag: Some(tag.to_owned()),
        into: into.clone(),
        release: None,
        check: false,
    };
    let told = case.run(&arguments("v1.16")).err().unwrap_or_default();
    assert!(told.contains("git can't fetch the tag v1.16 of") && told.contains("git says:"), "{told}");
    assert_eq!(case.run(&arguments("v1.17")), Ok(()));
    assert!(case.read("source.yaml").contains("release: \"v1.17\"\n") && case.read(EVENT).contains("core/event.yaml"));
}

#[test]
fn our_own_tree_is_no_release() {
    let case = release();
    let into = case.path("spec");
    let arguments = Arguments { source: into.clone(), tag: None, into: Some(into), release: None, check: false };
    assert!(case.run(&arguments).is_err_and(|told| told.contains("can't be imported into itself")));
}

#[test]
fn what_changes_in_meaning_and_what_to_do_is_told() {
    let case = release();
    case.write(
        "spec/overrides.yaml",
        "kinds: [{events: m.a, kinds: to-device, why: a test}]\noptional: [{at: 'm.a.yaml#/properties/b', why: a test}]",
    );
    case.write(&format!("v1.19/data/{EVENT}"), "properties: {type: {enum: [m.a]}, content: {type: object}}");
    let arguments = |release: &str| Arguments {
        source: case.path("v1.19"),
        tag: None,
        into: None,
        release: tree::version(release).ok(),
        check: false,
    };
    assert_eq!(case.run(&arguments("1.19")), Ok(()));
    let new = "properties: {type: {enum: [m.b]}, content: {type: object, properties: {c: {type: string}}}}";
    case.write("v1.19/data/event-schemas/schema/m.b.yaml", new);
    case.write("v1.19/data/event-schemas/examples/m.b.yaml", "type: m.b");
    let told = case.told(&arguments("1.20")).unwrap_or_default();
    for part in [
        "Examples of the release that have none of our own:\n  event-schemas/examples/m.b.yaml\n",
        "What changes in meaning: v1.19 -> v1.20\n\nm.b\n  minor, stricter    new event\n",
        "m.b.yaml: nothing says where `m.b` events come from\n",
        "Overrides that don't apply any more:\n  overrides.yaml#/optional/0/at: ",
        "  1. write a `description:`",
        "  2. say where each new event comes from: an entry under `kinds` in overrides.yaml, with `since: \"1.20\"`\n",
        "  3. mend what regen will ask for",
        "  4. end each override",
        "  5. write an example",
        "  6. `cargo xtask regen`, then `cargo xtask regen --extend examples/own-events`",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    let again = case.told(&arguments("1.20")).unwrap_or_default();
    assert!(!again.contains("What changes in meaning") && again.contains("nothing says where `m.b`"), "{again}");
}

#[test]
fn the_changelog_gets_an_entry_from_an_import_into_spec_alone_and_only_once() {
    let case = release();
    case.write("spec/overrides.yaml", "kinds: [{events: m.a, kinds: to-device, why: a test}]");
    case.write(&format!("v1.19/data/{EVENT}"), "properties: {type: {enum: [m.a]}, content: {type: object}}");
    case.write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n");
    let arguments = |into: Option<PathBuf>, release: &str| Arguments {
        source: case.path("v1.19"),
        tag: None,
        into,
        release: tree::version(release).ok(),
        check: false,
    };
    let changelog = || fs::read_to_string(case.path("CHANGELOG.md")).unwrap_or_default();
    assert_eq!(case.run(&arguments(None, "1.19")), Ok(()));
    assert_eq!(changelog(), "# Changelog\n\n## Unreleased\n", "the first import has nothing to compare with");
    let more = "properties: {type: {enum: [m.a]}, content: {type: object, properties: {b: {type: string}}}}";
    case.write(&format!("v1.19/data/{EVENT}"), more);
    assert_eq!(case.run(&arguments(Some(case.path("other")), "1.20")), Ok(()));
    assert_eq!(changelog(), "# Changelog\n\n## Unreleased\n", "another folder is none of the changelog's");
    assert_eq!(case.run(&arguments(None, "1.20")), Ok(()));
    let once = changelog();
    assert!(once.contains("### The specification: v1.19 to v1.20") && once.contains("`content.b` new field"), "{once}");
    assert_eq!(case.run(&arguments(None, "1.20")), Ok(()));
    assert_eq!(changelog(), once);
}

#[test]
fn a_changelog_that_cannot_be_written_and_nothing_is_changed() {
    let case = release();
    case.write("spec/overrides.yaml", "kinds: [{events: m.a, kinds: to-device, why: a test}]");
    case.write("CHANGELOG.md", "# Changelog\n");
    case.write(&format!("v1.19/data/{EVENT}"), "properties: {type: {enum: [m.a]}, content: {type: object}}");
    let arguments = |release: &str| Arguments {
        source: case.path("v1.19"),
        tag: None,
        into: None,
        release: tree::version(release).ok(),
        check: false,
    };
    assert_eq!(case.run(&arguments("1.19")), Ok(()));
    case.write(
        "v1.19/data/event-schemas/schema/m.b.yaml",
        "properties: {type: {enum: [m.b]}, content: {type: object}}",
    );
    assert!(fs::create_dir_all(beside::new(&case.path("CHANGELOG.md"))).is_ok());
    let before = case.snapshot();
    let told = case.run(&arguments("1.20")).err().unwrap_or_default();
    assert!(told.contains("CHANGELOG.md can't be written") && told.contains("nothing was changed"), "{told}");
    assert_eq!(case.snapshot(), before);
}
