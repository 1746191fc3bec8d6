//! The public items of `matrix-events`, from rustdoc's JSON output for this crate and for the runtime.
//!
//! `cargo test -p spec-tests --test public_items -- --nocapture` prints the number of items of each kind.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

/// Names of items that only emitted code uses. They belong in the hidden module `__private`.
const PLUMBING: [&str; 21] = [
    "Constant",
    "Constraints",
    "Cursor",
    "Descriptor",
    "EventTable",
    "FromToJson",
    "JsonRef",
    "JsonType",
    "ListElements",
    "MapEntries",
    "MapKey",
    "Members",
    "NoTopLevel",
    "ObjectFields",
    "ParseError",
    "Tagged",
    "TopLevelMembers",
    "any",
    "envelope",
    "rules",
    "runtime",
];

#[test]
fn public_items_are_documented_and_plumbing_is_hidden() {
    let [Some(main), Some(runtime)] = ["matrix_events", "matrix_events_runtime"].map(Crate::document) else {
        println!("skipped: rustdoc of this toolchain writes no JSON");
        return;
    };
    let items = Items::of(&main, &runtime);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    items.found.iter().for_each(|item| *counts.entry(&item.kind).or_default() += 1);
    println!("{} public items: {counts:?}", items.found.len());

    // The macro `user_id!` creates a `UserId` from a literal.
    let name_of_type = |item: &Item| item.name().replace('_', "").to_lowercase();
    let structs: BTreeSet<String> =
        items.found.iter().filter(|item| item.kind == "struct").map(|item| item.name().to_lowercase()).collect();
    let is_literal = |item: &Item| structs.contains(&name_of_type(item));
    let is_hidden = |item: &Item| match &*item.kind {
        "macro" => !is_literal(item),
        kind => kind == "static",
    };
    let plumbing = |item: &&Item| PLUMBING.contains(&item.name()) || is_hidden(item);
    let plumbing: Vec<&Item> = items.found.iter().filter(plumbing).collect();
    assert!(plumbing.is_empty(), "make these private, or move them to `__private`: {plumbing:?}");
    let undocumented: Vec<&Item> = items.found.iter().filter(|item| !item.is_documented).collect();
    assert!(undocumented.is_empty(), "these have no documentation: {undocumented:?}");
    let traits = main.implemented();
    assert!(traits.contains("EventContent"), "{traits:?}");
    let shown: Vec<&String> = traits.iter().filter(|name| PLUMBING.contains(&name.as_str())).collect();
    assert!(shown.is_empty(), "hide these traits with `#[doc(hidden)]`: {shown:?}");
}

/// The rustdoc JSON of a crate.
struct Crate {
    json: Value,
}

impl Crate {
    /// Runs rustdoc. `RUSTC_BOOTSTRAP` enables the JSON output of a stable compiler, which is unstable.
    fn document(name: &str) -> Option<Self> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("public-items");
        let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["rustdoc", "--quiet", "--lib", "--package", &name.replace('_', "-")])
            .args(["--", "-Z", "unstable-options", "--output-format", "json"])
            .current_dir(workspace)
            .env("CARGO_TARGET_DIR", &target)
            .env("RUSTC_BOOTSTRAP", "1")
            .status()
            .expect("cargo runs");
        let text = fs::read_to_string(target.join(format!("doc/{name}.json"))).ok();
        let json =
            text.filter(|_| status.success()).map(|text| serde_json::from_str(&text).expect("rustdoc writes JSON"));
        json.map(|json| Self { json })
    }

    fn item(&self, id: &Value) -> Option<&Value> {
        self.json["index"].get(id.to_string())
    }

    /// Returns the item at a path.
    fn at(&self, path: &Value, kind: &Value) -> Option<&Value> {
        let paths = self.json["paths"].as_object()?;
        let is_it = |summary: &Value| summary["path"] == *path && summary["kind"] == *kind && summary["crate_id"] == 0;
        let (id, _) = paths.iter().find(|(_, summary)| is_it(summary))?;
        self.json["index"].get(id)
    }

    /// Returns the traits whose implementations are in the documentation.
    fn implemented(&self) -> BTreeSet<String> {
        let index = self.json["index"].as_object().expect("an index of items");
        index.values().filter_map(|item| item["inner"]["impl"]["trait"]["path"].as_str()).map(str::to_owned).collect()
    }
}

#[derive(Debug)]
struct Item {
    kind: String,
    path: String,
    is_documented: bool,
}

impl Item {
    fn name(&self) -> &str {
        self.path.rsplit("::").next().unwrap_or_default()
    }
}

/// The items that programs can name, with all of their public paths.
struct Items<'c> {
    main: &'c Crate,
    runtime: &'c Crate,
    found: Vec<Item>,
}

impl<'c> Items<'c> {
    fn of(main: &'c Crate, runtime: &'c Crate) -> Self {
        let mut items = Self { main, runtime, found: Vec::new() };
        let root = main.item(&main.json["root"]).expect("the root of the crate");
        items.members(main, root, "matrix_events");
        items
    }

    fn members(&mut self, of: &'c Crate, module: &Value, path: &str) {
        for id in module["inner"]["module"]["items"].as_array().into_iter().flatten() {
            if let Some(item) = of.item(id) {
                self.add(of, item, item["name"].as_str(), path);
            }
        }
    }

    fn add(&mut self, of: &'c Crate, item: &'c Value, name: Option<&str>, parent: &str) {
        let reexport = &item["inner"]["use"];
        if reexport.is_object() {
            let Some((of, target)) = self.target(of, &reexport["id"]) else { return };
            return match reexport["is_glob"] == true {
                true => self.members(of, target, parent),
                false => self.add(of, target, reexport["name"].as_str(), parent),
            };
        }
        let kind = item["inner"].as_object().and_then(|inner| inner.keys().next()).cloned().unwrap_or_default();
        let is_public = item["visibility"] == "public" || kind == "macro";
        let path = format!("{parent}::{}", name.unwrap_or_default());
        if !is_public || self.found.iter().any(|found| found.path == path && found.kind == kind) {
            return;
        }
        let is_documented = item["docs"].as_str().is_some_and(|docs| !docs.is_empty());
        self.found.push(Item { kind, path: path.clone(), is_documented });
        self.members(of, item, &path);
    }

    /// Returns the item that a reexport names. The item may belong to the runtime.
    fn target(&self, of: &'c Crate, id: &Value) -> Option<(&'c Crate, &'c Value)> {
        if let Some(item) = of.item(id) {
            return Some((of, item));
        }
        let summary = self.main.json["paths"].get(id.to_string())?;
        self.runtime.at(&summary["path"], &summary["kind"]).map(|item| (self.runtime, item))
    }
}
