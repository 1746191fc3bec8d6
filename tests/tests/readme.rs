//! README.md: the versions of its status line, and the numbers that the benchmarks measured.

use std::collections::BTreeSet;
use std::fs;

use regex::Regex;
use spec_tests::spec::folder;

fn text(file: &str) -> String {
    fs::read_to_string(folder(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Returns the value of a key of the workspace, such as `version`.
fn workspace_value(key: &str) -> String {
    let start = format!("{key} = \"");
    let manifest = text("Cargo.toml");
    let value = manifest.lines().find_map(|line| line.strip_prefix(&start)?.strip_suffix('"'));
    value.unwrap_or_else(|| panic!("Cargo.toml has no {key}")).to_owned()
}

/// Returns the text below a heading, up to the next heading.
fn section<'t>(text: &'t str, heading: &str) -> &'t str {
    let (_, rest) = text.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no section {heading}"));
    rest.split_once("\n## ").map_or(rest, |(section, _)| section)
}

/// Returns the numbers of a text, without those in words such as `serde_json`.
fn numbers(text: &str) -> BTreeSet<&str> {
    let number = Regex::new(r"\b\d+(?:[.,]\d+)*\b").expect("a regular expression");
    number.find_iter(text).map(|found| found.as_str()).collect()
}

#[test]
fn status_line_has_the_versions_of_the_workspace() {
    let readme = text("README.md");
    let status = readme.lines().find(|line| line.starts_with("Version ")).expect("a status line");
    let (version, rust) = (workspace_value("version"), workspace_value("rust-version"));
    let release = matrix_events::schema::release().expect("spec/ states its release");
    let expected =
        format!("Version {version}, not published yet · Matrix specification {release} · Rust {rust} or later");
    assert!(status.starts_with(&expected), "edit the status line of README.md: {expected}");
}

#[test]
fn measured_numbers_are_in_the_results() {
    // Tests assert these numbers.
    let tested = ["15,000", "200,000"];
    // The value that the ratios are relative to.
    let unit = ["1"];
    let (readme, results) = (text("README.md"), text("bench/RESULTS.md"));
    let results = numbers(&results);
    for heading in ["Why not Ruma?", "Performance"] {
        let stated = numbers(section(&readme, heading));
        let missing: Vec<&&str> = stated
            .iter()
            .filter(|number| !results.contains(**number) && !tested.contains(number) && !unit.contains(number))
            .collect();
        assert!(missing.is_empty(), "{heading}: bench/RESULTS.md does not contain {missing:?}");
    }
}
