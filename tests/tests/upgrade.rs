//! The upgrade from the previous release to the release of `spec/`, with the steps of CONTRIBUTING.md, in a temporary folder.
//! The result equals `spec/` and the committed types.
//!
//! `cargo test -p spec-tests --test upgrade -- --ignored --nocapture` prints the steps.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use matrix_events_codegen::fs::{Tree, CONFIG, OVERRIDES};
use matrix_events_codegen::{generate, parse_document, Diagnostics, Node, Output, Settings, TextFile, Version};
use spec_tests::spec::{folder, output, read, releases, settings};

/// A definition of the API with a root.
const SYNC: &str = "api/client-server/sync.yaml";

/// The copy of `spec/` that is upgraded.
struct Copy(PathBuf);

impl Copy {
    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.0.join(name);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, bytes));
        written.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Imports a release, and returns what the command prints.
    fn import(&self, release: &Path) -> String {
        let output = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--package", "xtask", "--", "import"])
            .arg(release)
            .arg("--into")
            .arg(&self.0)
            .current_dir(folder(""))
            .output()
            .unwrap_or_else(|error| panic!("failed to run cargo: {error}"));
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
        text
    }

    fn generate(&self) -> Result<Output, Diagnostics> {
        let settings = Settings::read(&self.0).unwrap_or_else(|error| panic!("{error}"));
        generate(&read(&self.0).input(&settings))
    }
}

#[test]
#[ignore = "requires two releases of the specification, and runs imports"]
fn upgrade_from_the_previous_release_results_in_spec() {
    let ours = read(&folder("spec"));
    let release = ours.release.expect("spec/ states its release");
    let releases: Vec<(PathBuf, Tree)> = releases().into_iter().map(|path| (path.clone(), read(&path))).collect();
    let Some([(before, old), (after, new)]) =
        releases.windows(2).find(|pair| pair[1].1.release == Some(release)).map(|pair| [&pair[0], &pair[1]])
    else {
        println!("skipped: {release} and the release before it are required");
        return;
    };
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let copy = Copy(temporary.path().join("spec"));
    let (before, old) = &completed(before, old, new, temporary.path());
    begin(&copy, &ours, [old, new]);
    copy.import(before);
    let types = copy.generate().unwrap_or_else(|errors| panic!("{}:\n{errors}", before.display()));
    println!("start     {} types of {}", count(&types), before.display());

    let report = copy.import(after);
    match copy.generate() {
        Ok(_) => println!("imported  the generator reports no errors"),
        Err(errors) => {
            let missing = errors.iter().find(|error| !report.contains(&error.message));
            assert!(missing.is_none(), "the import does not report an error of the generator\n{missing:?}\n{report}");
            println!("imported  the report has the {} errors of the generator", errors.len());
        }
    }

    let edited = edit(&copy, &ours);
    copy.import(after);
    println!("edited    {edited} files with descriptions or examples");
    let files = read(&copy.0).files;
    let all = ours.files.keys().chain(files.keys());
    let different: Vec<&String> = all.filter(|name| ours.files.get(*name) != files.get(*name)).collect();
    assert!(different.is_empty(), "files that differ from spec/: {different:?}");
    let types = copy.generate().unwrap_or_else(|errors| panic!("{release}:\n{errors}"));
    assert!(types.events == output().events, "the types differ from those of spec/");
    println!("result    {} types of {release}, equal to spec/ and generated/", count(&types));
}

/// Returns the previous release. If its folder lacks the definitions of the API, writes a copy with those of the next release.
fn completed(before: &Path, old: &Tree, new: &Tree, temporary: &Path) -> (PathBuf, Tree) {
    let folder = temporary.join(before.file_name().unwrap_or_default());
    let copy = Copy(folder.join("data"));
    let is_incomplete = !old.files.contains_key(SYNC);
    let is_added = |name: &String| is_incomplete && name.starts_with("api/") && !old.files.contains_key(name);
    let added = new.files.iter().filter(|(name, _)| is_added(name));
    old.files.iter().chain(added).for_each(|(name, bytes)| copy.write(name, bytes));
    let tree = read(&folder);
    (folder, tree)
}

/// Writes the state of `spec/` before the upgrade: the files that are our own or in the previous release, and the settings for
/// that release.
fn begin(copy: &Copy, ours: &Tree, [old, new]: [&Tree; 2]) {
    for (name, bytes) in &ours.files {
        if old.files.contains_key(name) || !new.files.contains_key(name) {
            copy.write(name, bytes);
        }
    }
    let release = new.release.expect("the release is known");
    let Settings { config, overrides, .. } = settings();
    copy.write(CONFIG, entries_before(&config, release).as_bytes());
    copy.write(OVERRIDES, entries_before(&overrides, release).as_bytes());
}

/// Copies the files that a person edits from `spec/`. Returns the number of edited files with descriptions or examples.
fn edit(copy: &Copy, ours: &Tree) -> usize {
    let Settings { config, overrides, .. } = settings();
    copy.write(CONFIG, config.text.as_bytes());
    copy.write(OVERRIDES, overrides.text.as_bytes());
    let is_different = |name: &str, bytes: &[u8]| fs::read(copy.0.join(name)).ok().as_deref() != Some(bytes);
    let different: Vec<_> = ours.files.iter().filter(|(name, bytes)| is_different(name, bytes)).collect();
    different.iter().for_each(|(name, bytes)| copy.write(name, bytes));
    different.len()
}

/// Returns settings without the entries for a release and later ones, as JSON, which is YAML.
fn entries_before(settings: &TextFile, release: Version) -> String {
    let root = parse_document(&settings.name, settings.text.as_bytes()).unwrap_or_else(|errors| panic!("{errors}"));
    let Node::Map(sections) = root else { return settings.text.clone() };
    let is_older = |entry: &Node| {
        let since = entry.get("since").and_then(text_of).and_then(Version::parse);
        since.is_none_or(|since| since < release)
    };
    let kept = sections.into_iter().map(|(name, section)| match section {
        Node::List(entries) => {
            (name, Node::List(entries.into_iter().filter(is_older).map(with_versions_as_text).collect()))
        }
        other => (name, other),
    });
    let kept: BTreeMap<String, Node> = kept.collect();
    Node::Map(kept.into_iter().collect()).to_json().to_string()
}

/// Returns the text of a version, with or without quotation marks.
fn text_of(node: &Node) -> Option<&str> {
    match node {
        Node::String(text) => Some(text),
        Node::Number(number) => Some(number.text()),
        _ => None,
    }
}

/// Converts versions to strings. As a JSON number, `1.10` would become `1.1`.
fn with_versions_as_text(entry: Node) -> Node {
    let Node::Map(members) = entry else { return entry };
    let member = |(key, value): (String, Node)| match text_of(&value) {
        Some(text) if ["since", "until"].contains(&key.as_str()) => (key, Node::String(text.to_owned())),
        _ => (key, value),
    };
    Node::Map(members.into_iter().map(member).collect())
}

fn count(output: &Output) -> usize {
    output.ir.modules.values().map(|module| module.items.len()).sum()
}

#[test]
fn entries_since_a_release_are_left_out() {
    let text = "kinds:\n- {at: m.a, why: x}\n- {at: m.b, since: 1.10, why: x}\n- {at: m.c, since: '1.11', why: x}\n";
    let kept = entries_before(&Settings::new(text, "").config, Version { major: 1, minor: 11 });
    assert_eq!(kept, r#"{"kinds":[{"at":"m.a","why":"x"},{"at":"m.b","since":"1.10","why":"x"}]}"#);
}
