//! The public items of a crate, from the JSON that rustdoc writes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::{bail, ensure, Context, Result};
use serde_json::Value;

/// The deepest nesting of modules. The limit ends the search if modules re-export each other.
const DEEPEST: usize = 12;

/// The documented packages, whose names are also the names of the JSON files.
const PACKAGES: [&str; 4] = ["ruma-events", "ruma-common", "matrix-events", "matrix-events-runtime"];

/// Runs rustdoc for both crates and for the crate whose items `matrix-events` re-exports.
///
/// # Errors
///
/// Returns an error if Cargo fails.
pub(crate) fn write(manifest: &Path, target: &Path) -> Result<()> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["doc", "--no-deps", "--package", "ruma_names", "--features", "ruma_names/ruma", "--manifest-path"]);
    cargo.arg(manifest).arg("--target-dir").arg(target);
    for package in PACKAGES {
        cargo.args(["--package", package]);
    }
    // A stable compiler accepts unstable options only with this variable.
    cargo.env("RUSTC_BOOTSTRAP", "1");
    cargo.env("RUSTDOCFLAGS", "-Z unstable-options --output-format json --cap-lints allow");
    let status = cargo.status().context("failed to run cargo doc")?;
    ensure!(status.success(), "failed to document the crates: cargo doc ended with {status}");
    Ok(())
}

/// A crate's public items by their path without the name of the crate, such as `room::message::MessageType`.
pub(crate) struct Crate {
    /// The version of the crate.
    pub(crate) version: String,
    index: Value,
    /// The IDs of items.
    items: BTreeMap<String, String>,
    /// The paths of items of other crates.
    foreign: BTreeMap<String, String>,
}

impl Crate {
    /// Loads the JSON of a crate from the target folder of [`write`].
    ///
    /// # Errors
    ///
    /// Returns an error if the file is missing or has another structure.
    pub(crate) fn load(target: &Path, name: &str) -> Result<Self> {
        let file = target.join("doc").join(name).with_extension("json");
        let mut json: Value = serde_json::from_slice(&fs_err::read(&file)?)?;
        let root = id(&json["root"]);
        let version = text(&json["crate_version"]).to_owned();
        let mut found = Self { version, index: json["index"].take(), items: BTreeMap::new(), foreign: BTreeMap::new() };
        let Some(module) = found.index.get(&root).cloned() else { bail!("expected a root in {}", file.display()) };
        found.module("", &module, 0);
        ensure!(!found.items.is_empty(), "expected public items in {}", file.display());
        Ok(found)
    }

    fn module(&mut self, prefix: &str, module: &Value, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for child in list(&module["inner"]["module"]["items"]) {
            let child = id(child);
            let Some(item) = self.index.get(&child).cloned() else { continue };
            let import = &item["inner"]["use"];
            if import.is_null() {
                self.item(prefix, text(&item["name"]), child, &item, depth);
                continue;
            }
            let target = id(&import["id"]);
            match self.index.get(&target).cloned() {
                Some(module) if import["is_glob"] == true => self.module(prefix, &module, depth + 1),
                Some(item) => self.item(prefix, text(&import["name"]), target, &item, depth),
                None => {
                    self.foreign.insert(joined(prefix, text(&import["name"])), text(&import["source"]).to_owned());
                }
            }
        }
    }

    fn item(&mut self, prefix: &str, name: &str, id: String, item: &Value, depth: usize) {
        let path = joined(prefix, name);
        self.items.entry(path.clone()).or_insert(id);
        if kind(item) == "module" {
            self.module(&path, item, depth + 1);
        }
    }

    /// Returns the item at a path.
    pub(crate) fn item_at(&self, path: &str) -> Option<&Value> {
        self.index.get(self.items.get(path)?)
    }

    /// Returns the paths and items of types and traits of this crate.
    pub(crate) fn types(&self) -> impl Iterator<Item = (&str, &Value)> {
        let items = self.items.iter().filter_map(|(path, id)| Some((path.as_str(), self.index.get(id)?)));
        items.filter(|(_, item)| matches!(kind(item), "struct" | "enum" | "trait" | "type_alias"))
    }

    /// Returns the paths of the items of other crates, with their paths in the other crate.
    pub(crate) fn foreign(&self) -> impl Iterator<Item = (&str, &str)> {
        self.foreign.iter().map(|(path, source)| (path.as_str(), source.as_str()))
    }

    /// Returns the public methods of types and traits, and the functions, by the shortest path of their owner.
    pub(crate) fn methods(&self) -> Vec<Method<'_>> {
        let mut paths: Vec<_> = self.items.iter().map(|(path, id)| (path.as_str(), id.as_str())).collect();
        paths.sort_by_key(|(path, _)| (path.matches("::").count(), path.len(), *path));
        let mut seen = BTreeSet::new();
        let mut methods = Vec::new();
        for (path, id_of) in paths {
            let Some(item) = self.index.get(id_of).filter(|_| seen.insert(id_of)) else { continue };
            match kind(item) {
                "struct" | "enum" | "trait" => {}
                "function" => {
                    methods.push(Method { owner: None, name: path });
                    continue;
                }
                _ => continue,
            }
            let names: BTreeSet<_> =
                self.members(item, false).filter(|item| is_method(item)).map(|item| text(&item["name"])).collect();
            methods.extend(names.into_iter().map(|name| Method { owner: Some(path), name }));
        }
        methods
    }

    /// Returns the variants of an enum.
    pub(crate) fn variants<'c>(&'c self, item: &'c Value) -> impl Iterator<Item = &'c Value> {
        list(&item["inner"]["enum"]["variants"]).iter().filter_map(|variant| self.index.get(id(variant)))
    }

    /// Returns the text of the constant `TYPE` of a content.
    pub(crate) fn event_type(&self, item: &Value) -> Option<String> {
        let inner = &item["inner"][kind(item)];
        let impls = list(&inner["impls"]).iter().filter_map(|id_of| self.index.get(id(id_of)));
        let items = impls.flat_map(|found| list(&found["inner"]["impl"]["items"]));
        let mut items = items.filter_map(|id_of| self.index.get(id(id_of)));
        let constant = items.find(|item| item["name"] == "TYPE")?;
        serde_json::from_str(text(&constant["inner"]["assoc_const"]["value"])).ok()
    }

    /// Returns `true` if a type or trait has a field, a variant, a method or a constant with a name. `with_traits` adds the
    /// items of implemented traits.
    pub(crate) fn has_member(&self, item: &Value, name: &str, with_traits: bool) -> bool {
        self.members(item, with_traits).any(|member| member["name"] == name)
    }

    fn members<'c>(&'c self, item: &'c Value, with_traits: bool) -> impl Iterator<Item = &'c Value> {
        let inner = &item["inner"][kind(item)];
        let impls = list(&inner["impls"]).iter().filter_map(|id_of| self.index.get(id(id_of)));
        let impls = impls.map(|found| &found["inner"]["impl"]);
        let impls = impls.filter(move |found| with_traits || found["trait"].is_null());
        let members = impls.flat_map(|found| list(&found["items"]));
        let members = members.chain(list(&inner["kind"]["plain"]["fields"]));
        let members = members.chain(list(&inner["variants"])).chain(list(&inner["items"]));
        members.filter_map(|member| self.index.get(id(member)))
    }
}

/// A method of a type or trait, or a function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Method<'c> {
    /// The path of the type or trait.
    pub(crate) owner: Option<&'c str>,
    /// The name of the method, or the path of the function.
    pub(crate) name: &'c str,
}

/// Returns `true` for a public method. The methods of a trait have the visibility of the trait.
fn is_method(item: &Value) -> bool {
    kind(item) == "function" && (item["visibility"] == "public" || item["visibility"] == "default")
}

/// Returns the documentation of an item.
pub(crate) fn documentation(item: &Value) -> &str {
    text(&item["docs"])
}

/// Returns the texts between backticks.
pub(crate) fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Returns the kind of an item, such as `struct`.
fn kind(item: &Value) -> &str {
    item["inner"].as_object().and_then(|inner| inner.keys().next()).map_or("", String::as_str)
}

fn id(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn joined(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        return name.to_owned();
    }
    format!("{prefix}::{name}")
}
