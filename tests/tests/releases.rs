//! The releases of the specification, each held against the next.

use std::collections::BTreeSet;

use matrix_events_codegen::compare::{compare, Change, Comparison, Subject, Validation};
use matrix_events_codegen::ir::{Ir, Shape};
use matrix_events_codegen::Input;
use spec_tests::spec::{from, overrides, read, releases};
use xtask::tree::Tree;

fn between(before: &Tree, after: &Tree) -> Comparison {
    let overrides = overrides();
    let [before, after] = [before, after].map(|tree| Input {
        files: &tree.files,
        overrides: ("overrides.yaml", &overrides),
        release: tree.release,
    });
    compare(&before, &after).unwrap_or_else(|unreadable| panic!("{}", unreadable.diagnostics))
}

fn pairs() -> Vec<(Tree, Tree)> {
    releases().windows(2).map(|pair| (read(&pair[0]), read(&pair[1]))).collect()
}

fn name(tree: &Tree) -> String {
    tree.release.map(|release| release.to_string()).unwrap_or_default()
}

/// What was found in the schemas, as something that can be held against what is found on the way back.
fn found(comparison: Comparison, mirrored: bool) -> Vec<(String, String, Change, Validation)> {
    let of_schemas = comparison.findings.into_iter().filter(|one| !matches!(one.subject, Subject::Type(_)));
    let mut found: Vec<_> = of_schemas
        .map(|one| {
            let (change, validation) = match mirrored {
                true => (one.change.mirrored(), one.validation.mirrored()),
                false => (one.change, one.validation),
            };
            (one.subject.name().to_owned(), one.path, change, validation)
        })
        .collect();
    found.sort();
    found
}

#[test]
fn nothing_changes_from_a_release_to_itself() {
    for release in releases() {
        let tree = read(&release);
        let comparison = between(&tree, &tree);
        assert!(comparison.findings.is_empty(), "{}: {:?}", name(&tree), comparison.findings);
        assert!(comparison.problems.is_empty() && comparison.unused.is_empty(), "{}", comparison.problems);
    }
}

#[test]
fn the_way_back_is_the_mirror() {
    for (before, after) in pairs() {
        let there = found(between(&before, &after), false);
        let back = found(between(&after, &before), true);
        assert_eq!(there, back, "{} -> {}", name(&before), name(&after));
    }
}

#[test]
fn events_that_come_and_go_are_those_that_only_one_release_has() {
    for (before, after) in pairs() {
        let [old, new] = [&before, &after].map(|tree| -> BTreeSet<String> {
            let name = |file: &str| file.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml").to_owned();
            from(tree).ir.events.iter().map(|event| name(&event.file)).collect()
        });
        let comparison = between(&before, &after);
        let of = |is: &dyn Fn(&Change) -> bool| -> BTreeSet<String> {
            let found = comparison.findings.iter().filter(|one| is(&one.change));
            found.map(|one| one.subject.name().to_owned()).collect()
        };
        let added = of(&|change| matches!(change, Change::EventAdded { .. }));
        let removed = of(&|change| matches!(change, Change::EventRemoved { .. }));
        assert_eq!(added, new.difference(&old).cloned().collect(), "{} -> {}", name(&before), name(&after));
        assert_eq!(removed, old.difference(&new).cloned().collect(), "{} -> {}", name(&before), name(&after));
    }
}

#[test]
fn every_type_and_field_that_goes_is_told() {
    for (before, after) in pairs() {
        let told: BTreeSet<String> =
            between(&before, &after).findings.into_iter().flat_map(|finding| finding.rust).collect();
        let [old, new] = [&before, &after].map(|tree| paths(&from(tree).ir));
        let gone = old.difference(&new).filter(|path| {
            // With a type, its fields go as well.
            let of = path.rsplit_once("::").map(|(of, _)| of.to_owned()).unwrap_or_default();
            !old.contains(&of) || new.contains(&of)
        });
        for path in gone {
            let told = told.contains(&format!("`{path}` is gone"));
            assert!(told, "{} -> {}: `{path}` is gone, and nothing says so", name(&before), name(&after));
        }
    }
}

/// The paths of all types and their fields.
fn paths(ir: &Ir) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for (module, items) in &ir.modules {
        for item in &items.items {
            let path = format!("{}::{}", module.join("::"), item.name);
            if let Shape::Struct(shape) = &item.shape {
                paths.extend(shape.fields.iter().map(|field| format!("{path}::{}", field.ident)));
            }
            paths.insert(path);
        }
    }
    paths
}
