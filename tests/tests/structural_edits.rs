//! Structural edits of whole releases: the same schemas, written in another way. For each edit, the generator emits the same types
//! and constraints, or reports an error that names the edited file or an entry of the settings with its place.
//!
//! `cargo test -p spec-tests --test structural_edits -- --ignored --nocapture` prints a table.
//!
//! | environment variable | value | default |
//! |---|---|---|
//! | `MUTATION_EDITS` | the number of edits of each kind in each release | 2 |
//! | `MUTATION_SEED` | the seed of the random numbers | 1 |
//! | `MATRIX_RELEASE` | the releases to edit, such as `v1.2,v1.19` | all releases |

#[path = "structural_edits/edit.rs"]
mod edit;
#[path = "structural_edits/meaning.rs"]
mod meaning;

use std::collections::BTreeMap;
use std::path::Path;

use edit::{Documents, Edit, SPLIT};
use fastrand::Rng;
use matrix_events_codegen::fs::{Tree, CONFIG, OVERRIDES};
use matrix_events_codegen::{documents, generate, Diagnostics, Input, Output, EXAMPLES};
use serde_json::Value;
use spec_tests::spec::{folder, selected_releases, settings};

/// The number of edits by their result: the same text, the same meaning, an error, and a defect.
type Counts = [usize; 4];

fn variable(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| value.parse().unwrap_or_else(|error| panic!("{name}: {error}")))
}

#[test]
#[ignore = "generates from each release many times"]
fn every_structural_edit_keeps_the_meaning_or_is_reported() {
    let mut counts = BTreeMap::new();
    let mut failures = Vec::new();
    for release in selected_releases() {
        edit_each(&release, variable("MUTATION_EDITS", 2), &mut counts, &mut failures);
    }
    print(&counts);
    assert!(failures.is_empty(), "{} failures\n\n{}", failures.len(), failures.join("\n\n"));
}

#[test]
fn structural_edits_of_spec_keep_the_meaning() {
    let (mut counts, mut failures) = (BTreeMap::new(), Vec::new());
    edit_each(&folder("spec"), 1, &mut counts, &mut failures);
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    assert_eq!(counts.len(), Edit::ALL.len());
}

/// Applies each kind of edit to random files of a release, one at a time.
fn edit_each(folder: &Path, edits: u64, counts: &mut BTreeMap<&'static str, Counts>, failures: &mut Vec<String>) {
    let tree = Tree::read(folder, None).unwrap_or_else(|error| panic!("{error}"));
    let settings = settings();
    let input = tree.input(&settings);
    let unedited = generate(&input).unwrap_or_else(|errors| panic!("{}: {errors}", folder.display()));
    // Proposals have settings next to their schemas.
    let is_settings = |name: &str| {
        [CONFIG, OVERRIDES, "proposal.yaml"].iter().any(|settings| name.ends_with(&format!("/{settings}")))
    };
    let is_schema = |name: &&String| !name.starts_with(EXAMPLES) && !is_settings(name);
    let read: Vec<String> = unedited.read.iter().filter(is_schema).cloned().collect();
    let documents: Documents = documents(&input, &read).unwrap_or_else(|errors| panic!("{errors}"));
    let files: Vec<&String> = documents.keys().collect();
    let expected = meaning::of(&unedited.ir);
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut rng = Rng::with_seed(variable("MUTATION_SEED", 1) + name.bytes().map(u64::from).sum::<u64>());
    for edit in Edit::ALL {
        let row = counts.entry(edit.name).or_default();
        for _ in 0..edits {
            let (file, edited) = loop {
                let file = files[rng.usize(..files.len())];
                if let Some(edited) = edit.apply(&tree.files, &documents, file, &mut rng) {
                    break (file, edited);
                }
            };
            let outcome = generate(&Input { files: &edited, ..input });
            match outcome.as_ref().map(|output| difference(&unedited, &expected, output)) {
                Ok(Difference::None) => row[0] += 1,
                Ok(Difference::Text) => row[1] += 1,
                Err(errors) if is_about(errors, file) => row[2] += 1,
                Err(errors) => {
                    row[3] += 1;
                    failures.push(format!("{name}, {} in {file}: no error names the file\n{errors}", edit.name));
                }
                // In an older release, an entry that has lost its place is a note.
                Ok(Difference::Meaning(_))
                    if outcome.as_ref().is_ok_and(|output| output.notes.len() > unedited.notes.len()) =>
                {
                    row[2] += 1;
                }
                Ok(Difference::Meaning(what)) => {
                    row[3] += 1;
                    failures.push(format!("{name}, {} in {file}: {what}", edit.name));
                }
            }
        }
    }
}

/// The difference between two outputs.
enum Difference {
    None,
    /// The order of fields, or places in comments and tables.
    Text,
    Meaning(String),
}

fn difference(unedited: &Output, expected: &BTreeMap<String, Value>, output: &Output) -> Difference {
    if unedited.events == output.events && unedited.cases == output.cases {
        return Difference::None;
    }
    let found = meaning::of(&output.ir);
    let mut names = expected.keys().chain(found.keys());
    let different = names.find(|name| expected.get(*name) != found.get(*name));
    match different {
        None => Difference::Text,
        Some(name) => {
            let text = |value: Option<&Value>| value.map_or("none".to_owned(), ToString::to_string);
            let (before, after) = (text(expected.get(name)), text(found.get(name)));
            let same = before.bytes().zip(after.bytes()).take_while(|(one, other)| one == other).count();
            let part = |text: &str| text.chars().skip(same.saturating_sub(80)).take(240).collect::<String>();
            Difference::Meaning(format!("{name} differs\n  before {}\n  after  {}", part(&before), part(&after)))
        }
    }
}

/// Returns `true` if an error names the edited file, a new file, or an entry of the settings.
fn is_about(errors: &Diagnostics, file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or_default();
    let stem = name.trim_end_matches(".yaml");
    let names =
        |text: &str| text.contains(stem) || text.contains(&format!("/{SPLIT}/")) || text.contains("added_level");
    errors.iter().any(|error| {
        names(&error.to_string()) || ["codegen.yaml", "overrides.yaml"].contains(&error.origin.file.as_str())
    })
}

fn print(counts: &BTreeMap<&'static str, Counts>) {
    println!("edit                        edits  same text  same meaning  error  defect");
    let mut sum = Counts::default();
    for (name, counts) in counts {
        print_row(name, counts);
        sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    print_row("all", &sum);
}

fn print_row(name: &str, counts: &Counts) {
    let edits: usize = counts.iter().sum();
    let [same, meaning, error, defect] = counts;
    println!("{name:<27} {edits:>5} {same:>10} {meaning:>13} {error:>6} {defect:>7}");
}
