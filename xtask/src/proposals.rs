//! The proposals that a new release of the specification contains.

use std::path::Path;

use anyhow::Result;
use matrix_events_codegen::compare::{Comparison, SchemaChange, Subject};
use matrix_events_codegen::fs::read_files;
use matrix_events_codegen::{proposals, Files, PROPOSALS};

/// Lists the events, fields and kinds of proposals that a release adds, each with the folder of the proposal and the name that
/// becomes an alias.
///
/// # Errors
///
/// Returns an error if the proposals cannot be read.
pub(crate) fn released(comparison: &Comparison, spec: &Path) -> Result<Vec<String>> {
    let files = read_files(spec, PROPOSALS)?;
    let mut lines = Vec::new();
    for proposal in proposals(&files)? {
        let folder = format!("{PROPOSALS}/msc{}", proposal.number);
        let place = spec.join(&folder).display().to_string();
        let before = lines.len();
        for (unstable, stable) in proposal.names.iter().filter(|(_, stable)| adds(comparison, stable)) {
            lines.push(format!(
                "{place}: the release has `{stable}`. `{unstable}` becomes an alias of it in overrides.yaml"
            ));
        }
        let types = event_types(&files, &folder);
        let is_named = |name: &&&str| proposal.names.values().any(|stable| stable == **name);
        for event_type in types.iter().filter(|name| !is_named(name)).filter(|name| adds(comparison, name)) {
            lines.push(format!("{place}: the release has `{event_type}`. Remove its schema"));
        }
        let is_released = lines.len() > before;
        let kinds = proposal.kinds.iter().flat_map(|(name, kinds)| kinds.iter().map(move |kind| (name, kind)));
        for (event_type, kind) in kinds {
            if adds_kind(comparison, event_type, kind) {
                lines.push(format!("{place}: the release has `{event_type}` of the kind `{kind}`. Remove the kind"));
            } else if is_released {
                lines.push(format!(
                    "{place}: if the release has `{event_type}` of the kind `{kind}`, move the kind to `kinds` in codegen.yaml"
                ));
            }
        }
    }
    Ok(lines)
}

/// Returns the event types of the schemas of a proposal, by the names of the files.
fn event_types<'f>(files: &'f Files, folder: &str) -> Vec<&'f str> {
    let prefix = format!("{folder}/schema/");
    let names = files.keys().filter_map(|file| file.strip_prefix(&prefix)?.strip_suffix(".yaml"));
    names.filter(|name| !name.contains(['/', '$'])).collect()
}

/// Returns `true` if the later release adds an event type or a field of a name.
fn adds(comparison: &Comparison, name: &str) -> bool {
    comparison.findings.iter().any(|finding| match (&finding.change, &finding.subject) {
        (SchemaChange::EventAdded { .. }, Subject::Event(event)) => event.split('$').next() == Some(name),
        (SchemaChange::FieldAdded { .. }, _) => {
            finding.path.strip_suffix(name).is_some_and(|above| above.is_empty() || above.ends_with('.'))
        }
        _ => false,
    })
}

/// Returns `true` if an event type has a kind in the later release that it does not have in the earlier release.
fn adds_kind(comparison: &Comparison, event_type: &str, kind: &String) -> bool {
    comparison.findings.iter().any(|finding| match (&finding.change, &finding.subject) {
        (SchemaChange::Kinds { before, after }, Subject::Event(event)) => {
            event == event_type && after.contains(kind) && !before.contains(kind)
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use matrix_events_codegen::compare::compare;
    use matrix_events_codegen::fs::Tree;
    use matrix_events_codegen::Settings;

    use super::*;
    use crate::workspace::workspace;

    #[test]
    fn kind_of_a_proposal_is_reported_with_the_folder() {
        let spec = workspace().expect("the workspace").join("spec");
        let mut settings = Settings::read(&spec).expect("the settings");
        let tree = Tree::read(&spec, None).expect("the spec");
        let before = settings.clone();
        let entry = "  - at: [m.room_key]\n    kinds: [to-device, state]\n    why: a test\n";
        settings.config.text = settings.config.text.replacen("      - m.room_key\n", "", 1).replacen(
            "kinds:\n",
            &format!("kinds:\n{entry}"),
            1,
        );
        let comparison = compare(&tree.input(&before), &tree.input(&settings)).expect("a comparison");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let proposal = folder.path().join("proposals/msc2677");
        fs::create_dir_all(&proposal).expect("a new folder");
        let about = "number: 2677\ntitle: Keys\nurl: https://example.org\nstate: merged\ndate: \"2026-11-26\"\n\
                     description: Keys.\n";
        fs::write(proposal.join("proposal.yaml"), about).expect("a new file");
        let kinds = "kinds:\n- {at: [m.room_key, m.dummy], kinds: state, why: a test}\n";
        fs::write(proposal.join("codegen.yaml"), kinds).expect("a new file");
        let lines = released(&comparison, folder.path()).expect("the proposals");
        let place = proposal.display();
        assert_eq!(lines, [format!("{place}: the release has `m.room_key` of the kind `state`. Remove the kind")]);
    }

    #[test]
    fn event_and_field_of_a_proposal_are_reported_with_the_folder() {
        let spec = workspace().expect("the workspace").join("spec");
        let settings = Settings::read(&spec).expect("the settings");
        let after = Tree::read(&spec, None).expect("the spec");
        let mut before = after.clone();
        before.files.remove("event-schemas/schema/m.reaction.yaml");
        let comparison = compare(&before.input(&settings), &after.input(&settings)).expect("a comparison");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let proposal = folder.path().join("proposals/msc2677");
        fs::create_dir_all(proposal.join("schema")).expect("a new folder");
        let about = "number: 2677\ntitle: Reactions\nurl: https://example.org\nstate: merged\ndate: \"2026-11-26\"\n\
                     description: Reactions.\nnames: {org.example.reaction: m.reaction, org.example.key: m.key}\n";
        fs::write(proposal.join("proposal.yaml"), about).expect("a new file");
        let lines = released(&comparison, folder.path()).expect("the proposals");
        let place = proposal.display();
        let expected = format!(
            "{place}: the release has `m.reaction`. `org.example.reaction` becomes an alias of it in overrides.yaml"
        );
        assert_eq!(lines, [expected]);
    }
}
