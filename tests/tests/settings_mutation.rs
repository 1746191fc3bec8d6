//! Random mutations of the settings in `spec/`: the configuration and the corrections. For each mutation, the generator reports
//! an error that names the entry, or emits code that compiles. The generator never panics.
//!
//! `cargo test -p spec-tests --test settings_mutation -- --ignored --nocapture` runs many mutations.
//!
//! | environment variable | value | default |
//! |---|---|---|
//! | `MUTATION_EDITS` | the number of mutations | 100 |
//! | `MUTATION_COMPILE` | the number of changed outputs to compile | 40 |
//! | `MUTATION_SEED` | the seed of the random numbers | 1 |

use std::collections::BTreeMap;
use std::io::Write;
use std::panic::{catch_unwind, AssertUnwindSafe};

use fastrand::Rng;
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::{generate, parse_document, Diagnostic, Diagnostics, Output, Settings};
use serde_json::{json, Map, Value};
use spec_tests::compile::{check, Sample};
use spec_tests::spec::{folder, output, read, settings};

/// The key that names the places of an entry.
const PLACE: &str = "at";

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Remove,
    Duplicate,
    ChangeValue,
    RemoveKey,
    RenameKey,
    OtherPlace,
    OtherSection,
}

const KINDS: [Kind; 7] = [
    Kind::Remove,
    Kind::Duplicate,
    Kind::ChangeValue,
    Kind::RemoveKey,
    Kind::RenameKey,
    Kind::OtherPlace,
    Kind::OtherSection,
];

/// Settings with one mutation.
struct Mutation {
    settings: Settings,
    /// The name of the mutated file.
    file: String,
    kind: Kind,
    /// The section of the entry after the mutation.
    section: String,
    /// The entry before the mutation.
    entry: Value,
}

impl Mutation {
    /// Mutates a random entry of one of the files. Returns `None` if the entry is unsuitable for the kind.
    fn new(settings: &Settings, kind: Kind, rng: &mut Rng) -> Option<Self> {
        let mut settings = settings.clone();
        let file = if rng.bool() { &mut settings.config } else { &mut settings.overrides };
        let mut root = parse_document(&file.name, file.text.as_bytes()).ok()?.to_json();
        let sections: Vec<String> = root.as_object()?.keys().cloned().collect();
        let places = places(&root);
        let mut section = rng.choice(&sections)?.clone();
        let entries = root[&section].as_array_mut()?;
        let index = rng.usize(..entries.len());
        let entry = entries[index].clone();
        if kind == Kind::OtherSection {
            entries.remove(index);
            let others: Vec<&String> = sections.iter().filter(|other| **other != section).collect();
            section = (*rng.choice(&others)?).clone();
            root[&section].as_array_mut()?.push(entry.clone());
        } else {
            mutate_entry(entries, index, kind, &places, rng)?;
        }
        file.text = root.to_string();
        let file = file.name.clone();
        Some(Self { settings, file, kind, section, entry })
    }

    /// Returns `true` if an error is in the section of the entry, or names the section or a file of the entry. The entry that
    /// is removed is in no section.
    fn is_named_in(&self, errors: &Diagnostics) -> bool {
        let (location, name) = (format!("/{}", self.section), format!("`{}`", self.section));
        let text = self.entry.to_string();
        let is_of_names = ["names", "modules", "prefixes"].contains(&self.section.as_str());
        let file = |error: &Diagnostic| error.origin.file.rsplit('/').next().unwrap_or_default().to_owned();
        let is_named = |error: &Diagnostic| match error.origin.file.as_str() {
            // The documentation of a module can link to a type whose name or module the entry chooses.
            file if file == self.file && is_of_names && error.origin.pointer.starts_with("/module-docs") => true,
            // An entry at another place can leave another entry without effect.
            _ if self.kind == Kind::OtherPlace && error.message.starts_with("this entry changes nothing") => true,
            file if file == self.file => error.origin.pointer.starts_with(&location),
            _ => error.to_string().contains(&name) || text.contains(&file(error)),
        };
        self.kind == Kind::Remove || errors.iter().any(is_named)
    }
}

/// Mutates an entry of a section.
fn mutate_entry(entries: &mut Vec<Value>, index: usize, kind: Kind, places: &[Value], rng: &mut Rng) -> Option<()> {
    let keys = keys(&entries[index]);
    match kind {
        Kind::Duplicate => entries.push(entries[index].clone()),
        Kind::ChangeValue => {
            let value = scalar(&mut entries[index][rng.choice(&keys)?], rng);
            *value = other_value(value, rng);
        }
        Kind::RemoveKey => drop(entries[index].as_object_mut()?.remove(rng.choice(&keys)?)),
        Kind::RenameKey => {
            let key = rng.choice(&keys)?;
            let value = entries[index].as_object_mut()?.remove(key)?;
            entries[index][misspelt(key, rng)] = value;
        }
        Kind::OtherPlace => *scalar(entries[index].get_mut(PLACE)?, rng) = rng.choice(places)?.clone(),
        Kind::Remove | Kind::OtherSection => drop(entries.remove(index)),
    }
    Some(())
}

/// Returns the keys of an entry, without the reason, which changes nothing.
fn keys(entry: &Value) -> Vec<String> {
    entry.as_object().into_iter().flat_map(|entry| entry.keys()).filter(|key| *key != "why").cloned().collect()
}

/// Returns the places that the entries of all sections name.
fn places(root: &Value) -> Vec<Value> {
    let entries = root.as_object().into_iter().flat_map(|root| root.values()).filter_map(Value::as_array).flatten();
    let named = entries.filter_map(|entry| entry.get(PLACE));
    named.flat_map(|place| place.as_array().cloned().unwrap_or_else(|| vec![place.clone()])).collect()
}

/// Returns a random value without children below a value.
fn scalar<'v>(value: &'v mut Value, rng: &mut Rng) -> &'v mut Value {
    let count = value.as_array().map_or(0, Vec::len) + value.as_object().map_or(0, Map::len);
    if count == 0 {
        return value;
    }
    let index = rng.usize(..count);
    let child = match value {
        Value::Array(items) => items.get_mut(index),
        Value::Object(members) => members.values_mut().nth(index),
        _ => None,
    };
    scalar(child.expect("the index is below the length"), rng)
}

fn other_value(value: &Value, rng: &mut Rng) -> Value {
    let misspelt = value.as_str().map(|text| misspelt(text, rng).into());
    let others = [json!(null), json!(true), json!(7), json!(""), json!("other"), json!([]), json!({"a": 1})];
    let others: Vec<Value> = others.into_iter().chain(misspelt).filter(|other| other != value).collect();
    others[rng.usize(..others.len())].clone()
}

/// Removes or repeats a letter.
fn misspelt(text: &str, rng: &mut Rng) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = rng.usize(..letters.len().max(1));
    let repeat = if rng.bool() { 2 } else { 0 };
    letters.iter().enumerate().flat_map(|(index, letter)| vec![*letter; if index == at { repeat } else { 1 }]).collect()
}

/// The results of all mutations.
#[derive(Default)]
struct Results {
    /// The number of unchanged, changed and refused outputs, by the kind of the mutation.
    rows: BTreeMap<String, [usize; 3]>,
    changed: Vec<Sample>,
    failures: Vec<String>,
}

impl Results {
    fn add(&mut self, number: usize, mutation: &Mutation, tree: &Tree, to_compile: usize) {
        let row = self.rows.entry(format!("{:?}", mutation.kind)).or_default();
        let outcome = catch_unwind(AssertUnwindSafe(|| generate(&tree.input(&mutation.settings))));
        let defect = match outcome {
            Err(_) => Some("the generator panics".to_owned()),
            Ok(Ok(output)) if is_unchanged(&output) => {
                row[0] += 1;
                None
            }
            Ok(Ok(output)) => {
                row[1] += 1;
                if self.changed.len() < to_compile {
                    let name = format!("mutation_{number}");
                    self.changed.push(Sample::new(name, &output));
                }
                None
            }
            Ok(Err(errors)) => {
                row[2] += 1;
                (!mutation.is_named_in(&errors)).then(|| format!("no error names the entry:\n{errors}"))
            }
        };
        let Mutation { kind, section, entry, .. } = mutation;
        self.failures.extend(defect.map(|what| format!("{number}, {kind:?} in {section}: {entry}\n{what}")));
    }

    fn print(&self) {
        let mut sum = [0; 3];
        self.rows.values().for_each(|row| sum.iter_mut().zip(row).for_each(|(sum, count)| *sum += count));
        let mut table = "mutations of settings  tried unchanged changed refused\n".to_owned();
        for (kind, [unchanged, changed, refused]) in self.rows.iter().map(|(kind, row)| (kind.as_str(), row)) {
            let tried = unchanged + changed + refused;
            table.push_str(&format!("{kind:<22} {tried:>5} {unchanged:>9} {changed:>7} {refused:>7}\n"));
        }
        let [unchanged, changed, refused] = sum;
        let (tried, compiled) = (unchanged + changed + refused, self.changed.len());
        let all = "all";
        table
            .push_str(&format!("{all:<22} {tried:>5} {unchanged:>9} {changed:>7} {refused:>7}\n{compiled} compiled\n"));
        // The test harness hides what a passing test prints with `println!`.
        let _ = std::io::stderr().write_all(table.as_bytes());
    }
}

fn is_unchanged(output: &Output) -> bool {
    let unedited = spec_tests::spec::output();
    output.events == unedited.events && output.cases == unedited.cases
}

fn mutate(workspace: &str, mutations: usize, to_compile: usize, seed: u64) {
    let tree = read(&folder("spec"));
    let settings = settings();
    let mut rng = Rng::with_seed(seed);
    let mut results = Results::default();
    output();
    for number in 0..mutations {
        let kind = KINDS[number % KINDS.len()];
        let mutation = std::iter::repeat_with(|| Mutation::new(&settings, kind, &mut rng)).flatten().next();
        results.add(number, &mutation.expect("an entry is suitable"), &tree, to_compile);
    }
    if let Err(error) = check(workspace, &results.changed) {
        results.failures.push(error);
    }
    results.print();
    assert!(results.failures.is_empty(), "{} failures\n\n{}", results.failures.len(), results.failures.join("\n\n"));
}

fn variable(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| value.parse().unwrap_or_else(|error| panic!("{name}: {error}")))
}

#[test]
fn mutated_entry_is_reported_or_gives_code_that_compiles() {
    mutate("settings_mutation", 14, 2, 1);
}

#[test]
#[ignore = "generates from spec/ many times"]
fn every_mutated_entry_is_reported_or_gives_code_that_compiles() {
    let [mutations, to_compile] = [("MUTATION_EDITS", 100), ("MUTATION_COMPILE", 20)]
        .map(|(name, default)| usize::try_from(variable(name, default)).expect("a small number"));
    mutate("all_settings_mutations", mutations, to_compile, variable("MUTATION_SEED", 1));
}
