//! The settings in each release of the specification, and comparisons of each release with the next one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use matrix_events_codegen::compare::{compare, Comparison, SchemaChange, Subject, Validation};
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::ir::{Ir, Shape};
use matrix_events_codegen::{documents, escape_pointer_token, parse_document, Node, Origin, Output, Version, EXAMPLES};
use spec_tests::spec::{from, read, releases, settings};

static TREES: LazyLock<Vec<Tree>> = LazyLock::new(|| releases().iter().map(|release| read(release)).collect());

/// The output for each release.
static OUTPUTS: LazyLock<Vec<Output>> = LazyLock::new(|| TREES.iter().map(from).collect());

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
        assert!(comparison.problems.is_empty(), "{}", comparison.problems);
        let is_older = tree.release < settings().release;
        assert!(is_older || comparison.unused.is_empty(), "{}", comparison.unused);
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
    let events: Vec<BTreeSet<String>> = OUTPUTS
        .iter()
        .map(|output| {
            let name = |file: &str| file.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml").to_owned();
            output.ir.events.iter().map(|event| name(&event.file)).collect()
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
    for ((comparison, outputs), [before, after]) in COMPARISONS.iter().zip(OUTPUTS.windows(2)).zip(pairs()) {
        let reported: BTreeSet<&String> = comparison.findings.iter().flat_map(|finding| &finding.rust).collect();
        let (old, new) = (paths(&outputs[0].ir), paths(&outputs[1].ir));
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

/// Returns the paths of all types and fields of events. Comparisons leave out the types of roots, because some releases lack the API
/// definitions.
fn paths(ir: &Ir) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    let is_of_root = |module: &[String]| ir.roots.iter().any(|root| root.module.first() == module.first());
    for (module, items) in ir.modules.iter().filter(|(module, _)| !is_of_root(module)) {
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

/// The entries for releases other than the available ones, by their places.
const FOR_OTHER_RELEASES: [&str; 1] = ["m.key.verification.m.relates_to.yaml"];

#[test]
fn every_entry_of_the_settings_changes_a_release() {
    let settings = settings();
    let files = [&settings.config, &settings.overrides].map(|file| {
        let root = parse_document(&file.name, file.text.as_bytes()).unwrap_or_else(|errors| panic!("{errors}"));
        (file.name.clone(), root)
    });
    // The place of each entry, or of a part of an entry, with the number of releases in which it changes nothing.
    let mut unused: BTreeMap<&Origin, usize> = BTreeMap::new();
    for note in OUTPUTS.iter().flat_map(|output| output.notes.iter()) {
        *unused.entry(&note.origin).or_default() += 1;
    }
    for (place, count) in unused {
        let keys: Vec<String> = place.keys().take(2).collect();
        let entry = files.iter().find(|(name, _)| *name == place.file).and_then(|(_, root)| {
            let Node::List(entries) = root.get(keys.first()?)? else { return None };
            entries.get(keys.get(1)?.parse::<usize>().ok()?)
        });
        let entry = entry.unwrap_or_else(|| panic!("{place} is not in an entry"));
        let limit = |key: &str| entry.get(key).and_then(Version::of);
        let (since, until) = (limit("since"), limit("until"));
        let is_within =
            |release: Version| since.is_none_or(|since| since <= release) && until.is_none_or(|until| release <= until);
        let releases = TREES.iter().filter(|tree| tree.release.is_some_and(is_within)).count();
        let is_for_others = entry.get("at").and_then(Node::as_str).is_some_and(|at| FOR_OTHER_RELEASES.contains(&at));
        assert!(
            count < releases || is_for_others,
            "{place} changes nothing in all {releases} releases that it applies to"
        );
    }
}

/// Returns the places in a document that state the release of their addition, each with the release.
fn dated(file: &str, root: &Node) -> BTreeMap<Origin, Version> {
    fn walk(node: &Node, origin: &Origin, found: &mut BTreeMap<Origin, Version>) {
        match node {
            Node::Map(members) => {
                if let Some(version) = node.get("x-addedInMatrixVersion").and_then(Version::of) {
                    found.insert(origin.clone(), version);
                }
                members.iter().for_each(|(key, node)| walk(node, &child(origin, key), found));
            }
            Node::List(list) => {
                list.iter().enumerate().for_each(|(index, node)| walk(node, &child(origin, &index.to_string()), found));
            }
            _ => {}
        }
    }
    let mut found = BTreeMap::new();
    walk(root, &Origin::file(file), &mut found);
    found
}

fn child(origin: &Origin, key: &str) -> Origin {
    Origin { file: origin.file.clone(), pointer: format!("{}/{}", origin.pointer, escape_pointer_token(key)) }
}

/// Returns the schema documents that the generator reads from a release.
fn read_documents(tree: &Tree, output: &Output) -> BTreeMap<String, Node> {
    let names: Vec<String> = output.read.iter().filter(|name| !name.starts_with(EXAMPLES)).cloned().collect();
    documents(&tree.input(&settings()), &names).unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn release_that_a_schema_states_agrees_with_the_comparison_or_is_listed() {
    let documents: Vec<_> =
        TREES.iter().zip(OUTPUTS.iter()).map(|(tree, output)| read_documents(tree, output)).collect();
    let mut listed = 0;
    for ((comparison, documents), [before, after]) in COMPARISONS.iter().zip(documents.windows(2)).zip(pairs()) {
        let disagreements: BTreeSet<&Origin> = comparison.disagreements.iter().map(|one| &one.origin).collect();
        listed += disagreements.len();
        let is_in_between = |version: Version| before.release < Some(version) && Some(version) <= after.release;
        let (old, new) = (&documents[0], &documents[1]);
        for (file, root) in new {
            for (place, version) in dated(file, root) {
                let mut keys = place.keys();
                let is_old = old.get(file).and_then(|root| {
                    keys.try_fold(root, |node, key| match node {
                        Node::List(list) => list.get(key.parse::<usize>().ok()?),
                        node => node.get(&key),
                    })
                });
                // A place that both releases have is older than its release, unless the release is listed.
                let agrees = is_old.is_none() || Some(version) <= before.release || disagreements.contains(&place);
                let pair = format!("{} -> {}", name(before), name(after));
                assert!(agrees, "{pair}: {place} states {version}, but {} has it", name(before));
            }
        }
        for one in &comparison.disagreements {
            let is_new = one.says.is_none_or(is_in_between);
            assert!(!is_new || one.is_old || one.says.is_none(), "{}: {one:?}", name(after));
        }
    }
    let _ = std::io::Write::write_fmt(
        &mut std::io::stderr(),
        format_args!("releases: {} comparisons, {listed} disagreements with a stated release\n", COMPARISONS.len()),
    );
}
