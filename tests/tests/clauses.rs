//! The clauses of the specification that corrections name, compared with the headings and events of the release.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use matrix_events_codegen::{parse_document, ROOM_VERSIONS};
use spec_tests::spec::{folder, releases, settings};

/// Returns the clauses in `overrides.yaml` and in the rules of room versions.
fn clauses() -> BTreeSet<String> {
    let overrides = parse_document("overrides.yaml", settings().overrides.text.as_bytes()).expect("YAML").to_json();
    let bytes = fs::read(folder("spec").join(ROOM_VERSIONS)).expect("the rules of room versions");
    let versions = parse_document(ROOM_VERSIONS, &bytes).expect("YAML").to_json();
    let lists = overrides.as_object().into_iter().flatten().map(|(_, entries)| entries);
    let rules = versions.as_array().into_iter().flatten().filter_map(|version| version.get("rules"));
    let entries = lists.chain(rules).flat_map(|entries| entries.as_array().into_iter().flatten());
    entries.filter_map(|entry| entry.get("clause")).map(|clause| clause.as_str().expect("a text").to_owned()).collect()
}

/// Returns the Markdown files of a page: a file, or all files in a folder. A page about a room version includes fragments.
fn sources(content: &Path, page: &str) -> Vec<PathBuf> {
    let mut found = vec![content.join(format!("{page}.md"))];
    let mut folders = vec![content.join(page)];
    if page.starts_with("rooms/") {
        folders.push(content.join("rooms/fragments"));
    }
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { &mut folders } else { &mut found }.push(path);
        }
    }
    found.retain(|path| path.is_file());
    found
}

/// Returns the anchor of a heading, as the site generator of the specification does.
fn anchor(heading: &str) -> String {
    let is_kept = |letter: &char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_');
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter(is_kept)
        .map(|letter| if letter == ' ' { '-' } else { letter })
        .collect()
}

/// Returns the anchors of the headings of a page, or `None` if the release lacks the page.
fn headings(release: &Path, page: &str) -> Option<BTreeSet<String>> {
    let sources = sources(&release.join("content"), page);
    sources.iter().find(|path| !path.to_string_lossy().contains("fragments"))?;
    let texts = sources.iter().map(|path| fs::read_to_string(path).expect("UTF-8"));
    let text = texts.collect::<Vec<_>>().join("\n");
    let headings = text.lines().filter_map(|line| line.strip_prefix('#'));
    Some(headings.map(|heading| anchor(heading.trim_start_matches('#'))).collect())
}

/// Returns the anchors of the events of a release.
fn events(release: &Path) -> BTreeSet<String> {
    let files = fs::read_dir(release.join("data/event-schemas/schema")).into_iter().flatten().flatten();
    let names = files.filter_map(|file| file.file_name().into_string().ok());
    names.filter_map(|name| name.strip_suffix(".yaml").map(anchor)).collect()
}

#[test]
fn every_clause_is_a_section_or_an_event_of_the_release() {
    let clauses = clauses();
    assert!(clauses.len() > 40, "{clauses:?}");
    let Some(release) = releases().pop() else { return };
    let events = events(&release);
    for clause in clauses {
        let (page, wanted) = clause.split_once("/#").unwrap_or_else(|| panic!("{clause} is a page and an anchor"));
        let is_section = match headings(&release, page) {
            Some(headings) => headings.contains(wanted),
            // A release without the prose has only the anchors of events, which contain no space.
            None => wanted.contains('-') || !wanted.starts_with('m'),
        };
        assert!(is_section || events.contains(wanted), "{clause} is not in {}", release.display());
    }
}

#[test]
fn anchors_are_those_of_the_site() {
    for (heading, wanted) in [
        (" Voice over IP", "voice-over-ip"),
        (" Managing rooms/spaces included in a space", "managing-roomsspaces-included-in-a-space"),
        ("`m.room.power_levels` events accept", "mroompower_levels-events-accept"),
        ("m.room.name", "mroomname"),
    ] {
        assert_eq!(anchor(heading), wanted);
    }
}
