//! The values that corrections list because only prose states them, compared with the text of the release.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use matrix_events::common::{RelatesTo, RelationType};
use matrix_events::key::verification::cancel::{CancelCode, KeyVerificationCancelEventContent};
use matrix_events::key::verification::ready::KeyVerificationReadyEventContent;
use matrix_events::key::verification::VerificationMethod;
use matrix_events::tag::{TagEventContent, TagName};
use matrix_events_codegen::ir::Shape;
use matrix_events_codegen::parse_document;
use serde_json::json;
use spec_tests::events::round_trip;
use spec_tests::spec::{output, releases, settings};

/// The values that only the pages of the client-server API state, in files below `content/client-server-api`. A folder of a
/// release may lack these files.
const IN_PROSE: [&str; 12] = [
    "m.qr_code.show.v1",
    "m.qr_code.scan.v1",
    "m.mismatched_commitment",
    "m.mismatched_sas",
    "m.cross_signing.master",
    "m.cross_signing.self_signing",
    "m.cross_signing.user_signing",
    "m.megolm_backup.v1",
    "m.lowpriority",
    "m.replace",
    "contains_display_name",
    "monthly_active_user",
];

/// Returns the listed values with the name of their type.
fn listed() -> BTreeSet<(String, String)> {
    let overrides = parse_document("overrides.yaml", settings().overrides.text.as_bytes()).expect("YAML").to_json();
    let entries = overrides["values"].as_array().expect("a list").iter();
    let values = entries.flat_map(|entry| {
        let name = entry["name"].as_str().expect("a name");
        entry["values"].as_object().expect("a map").keys().map(move |value| (name.to_owned(), value.clone()))
    });
    values.collect()
}

/// Appends the texts of all files below a folder, except for examples.
fn read(folder: &Path, texts: &mut String) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("examples") {
            read(&path, texts);
        } else if let Ok(text) = fs::read_to_string(&path) {
            texts.push_str(&text);
        }
    }
}

/// Returns `true` if a text contains a value that is not a part of a longer value.
fn states(text: &str, value: &str) -> bool {
    let is_of_value = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    text.match_indices(value).any(|(at, _)| {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + value.len()..).unwrap_or_default());
        let mut after = after.chars();
        let ends = match after.next() {
            // A sentence may end after the value.
            Some('.') => !after.next().is_some_and(is_of_value),
            next => !next.is_some_and(is_of_value),
        };
        ends && !before.ends_with(|letter| is_of_value(letter) || letter == '.')
    })
}

#[test]
fn every_listed_value_is_in_the_text_of_the_release() {
    let listed = listed();
    assert!(listed.len() > 40, "{listed:?}");
    let Some(release) = releases().pop() else { return };
    let (mut data, mut prose) = (String::new(), String::new());
    read(&release.join("data"), &mut data);
    read(&release.join("content/client-server-api"), &mut prose);
    for (name, value) in listed {
        let is_stated = match IN_PROSE.contains(&value.as_str()) {
            true => prose.is_empty() || states(&prose, &value),
            false => states(&data, &value) || states(&prose, &value),
        };
        assert!(is_stated, "{value} of {name} is not in {}", release.display());
    }
}

#[test]
fn listed_values_are_the_variants_of_their_type() {
    let items = || output().ir.modules.values().flat_map(|module| &module.items);
    for (name, value) in listed() {
        let of_name = items().find(|item| item.name == name).map(|item| &item.shape);
        let Some(Shape::OpenEnum(values)) = of_name else { panic!("{name} is not an enum: {of_name:?}") };
        assert!(values.iter().any(|known| known.wire == value), "{name} has no {value}");
    }
}

#[test]
fn listed_and_other_values_round_trip() {
    let cancel: KeyVerificationCancelEventContent = round_trip(&json!({"code": "m.mismatched_sas", "reason": "r"}));
    assert_eq!(cancel.code, CancelCode::MismatchedSas);
    let relation: RelatesTo = round_trip(&json!({"rel_type": "org.example.copy", "event_id": "$e"}));
    assert_eq!(relation.rel_type.as_ref().map(RelationType::as_str), Some("org.example.copy"));
    let methods = json!(["m.sas.v1", "org.example.dance", "m.sas.v1"]);
    let ready: KeyVerificationReadyEventContent = round_trip(&json!({"from_device": "D", "methods": methods}));
    let dance = VerificationMethod::from("org.example.dance");
    assert_eq!(ready.methods, [VerificationMethod::SasV1, dance, VerificationMethod::SasV1]);
    let tags =
        json!({"tags": {"u.Garden": {}, "m.favourite": {"order": 0.5}, "org.example.a": {}, "m.lowpriority": 7}});
    let tags: TagEventContent = round_trip(&tags);
    let names: Vec<TagName> = tags.tags.expect("tags").into_keys().collect();
    assert_eq!(names, [TagName::Favorite, TagName::from("org.example.a"), TagName::of_user("Garden")]);
}
