//! The golden cases. Each folder of `tests/cases` has an input, the expected IR and the expected Rust code.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use matrix_events_codegen::ir::{Feature, Root};
use matrix_events_codegen::{extend, Extension, Files, Output, Settings, TextFile};
use serde::Serialize;

use super::compile::{paths, Sample};
use super::{Tree, CONFIG, OVERRIDES, SCHEMAS};

/// The files about all events of a tree. Only four cases show these files.
const SHARED: [&str; 5] = ["any.rs", "constraints.rs", "contents.rs", "envelope.rs", "mod.rs"];

/// The cases that show the files about all events of a tree.
const SHARED_CASES: [&str; 4] = ["features_of_areas", "formats_of_an_envelope", "kinds_of_proposals", "shared_files"];

/// The folder of the constraint tables, which two cases show.
const TABLES: &str = "constraints/";

/// The cases that show their constraint tables.
const TABLES_CASES: [&str; 2] = ["constraints", "roots"];

/// The files and the settings of an extension.
struct ExtensionFiles {
    files: Files,
    settings: Settings,
}

impl Default for ExtensionFiles {
    fn default() -> Self {
        let empty = |name: &str| TextFile { name: format!("extension/{name}"), text: String::new() };
        Self {
            files: Files::new(),
            settings: Settings { config: empty(CONFIG), overrides: empty(OVERRIDES), release: None },
        }
    }
}

/// A golden case.
pub(crate) struct Case {
    /// The name of its folder.
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    tree: Tree,
    /// An extension of the tree.
    extension: Option<ExtensionFiles>,
}

/// Returns all cases in the order of their names.
pub(crate) fn all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in paths(&folder).expect("tests/cases can be read") {
        if let Some((case, path)) = path.split_once('/') {
            cases.entry(case.to_owned()).or_default().push(path.to_owned());
        }
    }
    cases.into_iter().map(|(name, paths)| Case::read(folder.join(&name), name, &paths)).collect()
}

impl Case {
    /// Reads a case. `schema.yaml` is the schema of `m.test`. Other files have the same paths as in a spec tree. The files of an
    /// extension are in the folder `extension`.
    fn read(folder: PathBuf, name: String, paths: &[String]) -> Self {
        let mut tree = Tree::new();
        let mut extension: Option<ExtensionFiles> = None;
        for path in paths {
            let bytes = fs::read(folder.join(path)).expect("the file of a case can be read");
            let text = || String::from_utf8_lossy(&bytes).into_owned();
            match path.strip_prefix("extension/") {
                Some(path) => {
                    let extension = extension.get_or_insert_with(Default::default);
                    match path {
                        CONFIG => extension.settings.config.text = text(),
                        OVERRIDES => extension.settings.overrides.text = text(),
                        path => drop(extension.files.insert(path.to_owned(), bytes)),
                    }
                }
                None => match path.as_str() {
                    "schema.yaml" => tree = tree.file(&format!("{SCHEMAS}/m.test.yaml"), bytes),
                    CONFIG => tree = tree.config(&text()),
                    OVERRIDES => tree = tree.overrides(&text()),
                    "expected.rs" | "ir.json" => {}
                    path => tree = tree.file(path, bytes),
                },
            }
        }
        Self { name, folder, tree, extension }
    }

    /// Returns what the generator emits.
    pub(crate) fn output(&self) -> Output {
        let output = match &self.extension {
            None => self.tree.generate(),
            Some(ExtensionFiles { files, settings }) => {
                self.tree.with_input(|input| extend(input, &Extension { files, settings }))
            }
        };
        output.unwrap_or_else(|diagnostics| panic!("{}:\n{diagnostics}", self.name))
    }

    /// Returns the crates to compile.
    pub(crate) fn samples(&self) -> Vec<Sample> {
        let sample =
            |name: String, output: Output, base| Sample { base, is_unstable: false, ..Sample::new(name, &output) };
        match &self.extension {
            None => {
                let stable = sample(self.name.clone(), self.output(), None);
                let unstable = sample(format!("{}_unstable", self.name), self.output(), None);
                let unstable = Sample { is_unstable: true, ..unstable };
                [stable, unstable].into_iter().filter(|one| !one.is_unstable || !one.features.is_empty()).collect()
            }
            Some(_) => {
                let base = format!("{}_base", self.name);
                let extension = sample(self.name.clone(), self.output(), Some(base.clone()));
                vec![sample(base, self.tree.output(), None), extension]
            }
        }
    }

    fn shows(&self, file: &str) -> bool {
        match file {
            _ if self.extension.is_some() => true,
            _ if SHARED.contains(&file) => SHARED_CASES.contains(&self.name.as_str()),
            _ if file.starts_with(TABLES) => TABLES_CASES.contains(&self.name.as_str()),
            _ => true,
        }
    }

    /// Returns the emitted files that the case shows, each in its module.
    pub(crate) fn rust(&self, output: &Output) -> String {
        let shown = output.events.iter().filter(|(file, _)| self.shows(file));
        let modules = shown.map(|(file, text)| {
            // `mod` is a keyword.
            let path = if file == "mod.rs" { "root" } else { file.trim_end_matches(".rs") };
            let path: Vec<&str> = path.split('/').collect();
            let open: Vec<String> = path.iter().map(|part| format!("pub mod {part} {{")).collect();
            format!("// {file}\n{}\n{text}{}\n", open.join(" "), "}".repeat(path.len()))
        });
        modules.collect::<Vec<_>>().join("\n")
    }

    /// Returns the IR of the modules and events that the case shows, as JSON.
    pub(crate) fn ir(&self, output: &Output) -> String {
        #[derive(Serialize)]
        struct Shown<'i, M: Serialize, E: Serialize, A: Serialize> {
            modules: BTreeMap<String, &'i M>,
            events: &'i E,
            any: Option<&'i A>,
            #[serde(skip_serializing_if = "<[Feature]>::is_empty")]
            features: &'i [Feature],
            #[serde(skip_serializing_if = "<[Root]>::is_empty")]
            roots: &'i [Root],
        }
        let ir = &output.ir;
        let modules = ir.modules.iter().map(|(path, module)| (path.join("/"), module));
        let modules = modules.filter(|(path, _)| self.shows(&format!("{path}.rs"))).collect();
        let any = self.shows("any.rs").then_some(&ir.any);
        compact(&Shown { modules, events: &ir.events, any, features: &ir.features, roots: &ir.roots })
    }
}

/// Returns a value as JSON without `null`, `false`, empty lists and empty objects, which are most of an IR.
fn compact<T: Serialize>(value: &T) -> String {
    let json = serde_json::to_string_pretty(value).expect("the IR can be written as JSON");
    let mut lines: Vec<&str> = Vec::new();
    for line in json.lines() {
        let closed = line.trim_end_matches(',');
        let opening = match closed.trim_start() {
            "}" => Some('{'),
            "]" => Some('['),
            _ => None,
        };
        let is_empty = ["null", "false", "[]", "{}"].iter().any(|empty| closed.ends_with(empty));
        match opening {
            Some(bracket) if lines.last().is_some_and(|last| last.ends_with(bracket)) => drop(lines.pop()),
            Some(_) => {
                if let Some(last) = lines.last_mut() {
                    *last = last.trim_end_matches(',');
                }
                lines.push(line);
            }
            None if is_empty => {}
            None => lines.push(line),
        }
    }
    lines.join("\n") + "\n"
}
