//! Comparisons of each release of the specification with the next one.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use matrix_events_codegen::compare::{compare, Comparison, SchemaChange, Subject, Validation};
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::ir::{Ir, Shape};
use spec_tests::spec::{from, read, releases, settings};

static TREES: LazyLock<Vec<Tree>> = LazyLock::new(|| releases().iter().map(|release| read(release)).collect());

/// The IR of each release.
static IRS: LazyLock<Vec<Ir>> = LazyLock::new(|| TREES.iter().map(|tree| from(tree).ir).collect());

/// The comparison of each release with the next one.
static COMPARISONS: LazyLock<Vec<Comparison>> =
    LazyLock::new(|| pairs().map(|[before, after]| between(before, after)).collect());

fn between(before: &Tree, after: &Tree) -> Comparison {
    let settings = settings();
    compare(&before.input(&settings), &after.input(&settings))
        .unwrap_or_else(|unreadable| panic!("{}", unreadable.diagnostics))
}

fn pairs() -> impl Iterator<Item = [&'static Tree; 2]> {
    TREES.windows(2).map(|pair| [&pair[0], &pair[1]])
}

fn name(tree: &Tree) -> String {
    tree.release.map(|release| release.to_string()).unwrap_or_default()
}

/// Returns the sorted findings about schemas. `mirrored` reverses them, as if the releases were swapped.
fn found(comparison: &Comparison, mirrored: bool) -> Vec<(String, String, SchemaChange, Validation)> {
    let of_schemas = comparison.findings.iter().filter(|one| !matches!(one.subject, Subject::Type(_)));
    let mut found: Vec<_> = of_schemas
        .map(|one| {
            let (change, validation) = match mirrored {
                true => (one.change.clone().mirrored(), one.validation.mirrored()),
                false => (one.change.clone(), one.validation),
            };
            (one.subject.name().to_owned(), one.path.clone(), change, validation)
        })
        .collect();
    found.sort();
    found
}

#[test]
fn release_compared_with_itself_gives_no_findings() {
    for tree in TREES.iter() {
        let comparison = between(tree, tree);
        assert!(comparison.findings.is_empty(), "{}: {:?}", name(tree), comparison.findings);
        assert!(comparison.problems.is_empty() && comparison.unused.is_empty(), "{}", comparison.problems);
    }
}

#[test]
fn reversed_comparison_gives_reversed_findings() {
    for ([before, after], comparison) in pairs().zip(COMPARISONS.iter()) {
        let back = between(after, before);
        assert_eq!(found(comparison, false), found(&back, true), "{} -> {}", name(before), name(after));
    }
}

#[test]
fn event_in_one_of_two_releases_is_added_or_removed() {
    let events: Vec<BTreeSet<String>> = IRS
        .iter()
        .map(|ir| {
            let name = |file: &str| file.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml").to_owned();
            ir.events.iter().map(|event| name(&event.file)).collect()
        })
        .collect();
    for ((comparison, events), [before, after]) in COMPARISONS.iter().zip(events.windows(2)).zip(pairs()) {
        let (old, new) = (&events[0], &events[1]);
        let of = |is: &dyn Fn(&SchemaChange) -> bool| -> BTreeSet<String> {
            let found = comparison.findings.iter().filter(|one| is(&one.change));
            found.map(|one| one.subject.name().to_owned()).collect()
        };
        let added = of(&|change| matches!(change, SchemaChange::EventAdded { .. }));
        let removed = of(&|change| matches!(change, SchemaChange::EventRemoved { .. }));
        assert_eq!(added, new.difference(old).cloned().collect(), "{} -> {}", name(before), name(after));
        assert_eq!(removed, old.difference(new).cloned().collect(), "{} -> {}", name(before), name(after));
    }
}

#[test]
fn every_removed_type_and_field_is_found() {
    for ((comparison, irs), [before, after]) in COMPARISONS.iter().zip(IRS.windows(2)).zip(pairs()) {
        let reported: BTreeSet<&String> = comparison.findings.iter().flat_map(|finding| &finding.rust).collect();
        let (old, new) = (paths(&irs[0]), paths(&irs[1]));
        let gone = old.difference(&new).filter(|path| {
            // A finding about a removed type includes its fields.
            let of = path.rsplit_once("::").map(|(of, _)| of.to_owned()).unwrap_or_default();
            !old.contains(&of) || new.contains(&of)
        });
        for path in gone {
            let is_reported = reported.contains(&format!("`{path}` is gone"));
            assert!(is_reported, "{} -> {}: no finding reports that `{path}` is gone", name(before), name(after));
        }
    }
}

/// Returns the paths of all types and fields.
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
