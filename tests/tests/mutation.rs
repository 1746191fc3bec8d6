//! Random typing errors in the schemas of whole releases. For each edit, the generator reports an error that names the place,
//! or emits valid Rust. The generator never panics.
//!
//! `cargo test -p spec-tests --test mutation -- --ignored --nocapture` prints a table.
//!
//! | environment variable | value | default |
//! |---|---|---|
//! | `MUTATION_EDITS` | the number of edits in each release | 20 |
//! | `MUTATION_COMPILE` | the number of changed outputs of each release to compile | 0 |
//! | `MUTATION_SEED` | the seed of the random numbers | 1 |

#[path = "mutation/edit.rs"]
mod edit;
#[path = "mutation/verdict.rs"]
mod verdict;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use edit::Edit;
use fastrand::Rng;
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::{generate, Output, EXAMPLES};
use spec_tests::release_crate::ReleaseCrates;
use spec_tests::spec::{folder, releases, settings};
use verdict::Verdict;

/// The results of all edits.
#[derive(Default)]
struct Results {
    /// The number of edits for each column of the table, by release and edit.
    rows: BTreeMap<(String, &'static str), [usize; 5]>,
    /// The outputs to compile.
    changed: Vec<(String, Output)>,
    failures: Vec<String>,
}

fn variable(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| value.parse().unwrap_or_else(|error| panic!("{name}: {error}")))
}

#[test]
#[ignore = "generates from each release many times"]
fn every_edit_is_reported_or_generates_valid_rust() {
    let mut trees: Vec<PathBuf> = releases();
    if trees.is_empty() {
        trees.push(folder("spec"));
    }
    let mut results = Results::default();
    for tree in &trees {
        if let Err(error) = mutate(tree, &mut results) {
            results.failures.push(format!("{}: {error}", tree.display()));
        }
    }
    print(&results.rows);
    if !results.changed.is_empty() {
        let crates = ReleaseCrates::write("mutation", &results.changed);
        match crates.cargo(&["check", "--workspace", "--keep-going"]) {
            Ok(_) => println!("{} changed outputs compile", results.changed.len()),
            Err(error) => results.failures.push(error),
        }
    }
    assert!(results.failures.is_empty(), "{} failures\n\n{}", results.failures.len(), results.failures.join("\n\n"));
}

/// Edits the schemas of a release, one at a time.
fn mutate(folder: &Path, results: &mut Results) -> Result<(), String> {
    let tree = Tree::read(folder, None).map_err(|error| error.to_string())?;
    let settings = settings();
    let unedited = generate(&tree.input(&settings)).map_err(|errors| errors.to_string())?;
    let name = tree.release.map_or("unknown".to_owned(), |release| release.to_string());
    let is_example = |file: &str| file.starts_with(EXAMPLES);
    let files: Vec<&String> =
        unedited.read.iter().filter(|file| tree.files.contains_key(*file) && !is_example(file)).collect();
    // The edits of each release are different.
    let mut rng = Rng::with_seed(variable("MUTATION_SEED", 1) + name.bytes().map(u64::from).sum::<u64>());
    let mut to_compile = variable("MUTATION_COMPILE", 0);
    for (number, edit) in (0..variable("MUTATION_EDITS", 20)).zip(Edit::all().iter().cycle()) {
        let (file, text) = edit_any(&tree, &files, edit, &mut rng);
        let mut edited = tree.clone();
        edited.files.insert(file.clone(), text.clone().into_bytes());
        let verdict = Verdict::of(&edited.input(&settings), file, &unedited);
        let row = results.rows.entry((name.clone(), edit.name)).or_default();
        match verdict {
            Verdict::Unchanged => row[0] += 1,
            Verdict::Changed(output) => {
                row[1] += 1;
                if to_compile > 0 {
                    to_compile -= 1;
                    results.changed.push((format!("{}-{number}", name.replace('.', "-")), *output));
                }
            }
            Verdict::Named => row[2] += 1,
            Verdict::Dependent => row[3] += 1,
            Verdict::Defect(what) => {
                row[4] += 1;
                let change = changed_line(&String::from_utf8_lossy(&tree.files[file]), &text);
                results.failures.push(format!("{name}, edit {number}, {} in {file}: {change}\n{what}", edit.name));
            }
        }
    }
    Ok(())
}

/// Edits a random file. Every release has files for each kind of edit.
fn edit_any<'f>(tree: &Tree, files: &[&'f String], edit: &Edit, rng: &mut Rng) -> (&'f String, String) {
    loop {
        let file = files[rng.usize(..files.len())];
        if let Some(text) = edit.apply(&String::from_utf8_lossy(&tree.files[file]), rng) {
            return (file, text);
        }
    }
}

fn changed_line(before: &str, after: &str) -> String {
    let changed = before.lines().zip(after.lines()).zip(1..).find(|((old, new), _)| old != new);
    changed.map_or(String::new(), |((old, new), line)| format!("line {line}, `{old}` -> `{new}`"))
}

fn print(rows: &BTreeMap<(String, &'static str), [usize; 5]>) {
    println!("release   edit                       edits unchanged changed named dependent defect");
    let mut sum = [0; 5];
    let total = ("all".to_owned(), "");
    for (key, counts) in rows {
        print_row(key, counts);
        sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    print_row(&total, &sum);
}

fn print_row((release, edit): &(String, &str), counts: &[usize; 5]) {
    let edits: usize = counts.iter().sum();
    let [unchanged, changed, named, dependent, defect] = counts;
    println!("{release:<9} {edit:<26} {edits:>5} {unchanged:>9} {changed:>7} {named:>5} {dependent:>9} {defect:>6}");
}
