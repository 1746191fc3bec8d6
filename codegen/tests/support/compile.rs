//! Compiles emitted code in a workspace with a crate for each sample, and one `cargo check` for all crates.

// The library `spec-tests` includes this module.
#![allow(unreachable_pub)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use matrix_events_codegen::ir::Proposal;
use matrix_events_codegen::Output;

/// Emitted code that has to compile.
#[derive(Default)]
pub struct Sample {
    /// The name of its crate.
    pub name: String,
    /// The files of `src/events`, by their paths below that folder.
    pub events: BTreeMap<String, String>,
    /// The base sample of an extension. `None` for a crate that replaces `matrix-events`.
    pub base: Option<String>,
    /// The features for areas, proposals and roots.
    pub features: Vec<String>,
    /// Set if these features are enabled.
    pub is_unstable: bool,
    /// Other files of the crate, by their paths.
    pub others: BTreeMap<String, String>,
}

impl Sample {
    /// Creates the sample of an output, with all features enabled.
    pub fn new(name: impl Into<String>, output: &Output) -> Self {
        let of_proposals = output.ir.proposals.iter().map(Proposal::feature);
        let of_roots = output.ir.roots.iter().filter_map(|root| root.feature.clone());
        let of_enums = output.ir.any.iter().filter_map(|any| any.feature.clone());
        let of_areas = output.ir.features.iter().map(|feature| feature.name.clone());
        let others: BTreeSet<String> = of_roots.chain(of_enums).chain(of_areas).collect();
        let features = of_proposals.chain(others).collect();
        Self { name: name.into(), events: output.events.clone(), features, is_unstable: true, ..Self::default() }
    }
}

/// The hand-written modules of `matrix-events` that require no emitted type of `spec/`. The samples contain no other.
const FOR_ALL_TREES: [&str; 5] = ["features", "migration", "raw", "schema", "validate"];

/// The manifest of a sample. The optional features of `matrix-events` exist and have no effect. Dead code is allowed, because a
/// small tree does not use all hand-written code.
const MANIFEST: &str = r#"[package]
name = "{name}"
version = "0.0.0"
edition = "2021"

[dependencies]
{dependencies}

[dev-dependencies]
serde = { version = "1", default-features = false, features = ["std"] }

[features]
arbitrary = []
federation = []
hash = []
markdown = []
parallel = []
ruma = []
schemars = []
tools = []
{features}
[lints.rust]
warnings = "deny"
dead_code = { level = "allow", priority = 1 }
"#;

const DEPENDENCIES: &str = r#"matrix-events-runtime = { path = "{runtime}" }
serde_json = { version = "1", features = ["raw_value", "float_roundtrip"] }"#;

const ROOT: &str = r#"[workspace]
resolver = "2"
members = {members}

[profile.dev]
debug = 0
"#;

/// The library of an extension.
const EXTENSION: &str = "mod events;\n\npub use events::*;\n";

/// A workspace of samples in the target folder.
pub struct Workspace {
    folder: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Writes a workspace of this name. Cargo compiles only the samples that have changed since the last run.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be read or written.
    pub fn write(name: &str, samples: &[Sample]) -> io::Result<Self> {
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository().join("target"), PathBuf::from);
        let this = Self { folder: target.join("samples").join(name), target: target.join("samples/target") };
        let template = template()?;
        let mut files = BTreeMap::new();
        for sample in samples {
            insert_sample(sample, &template, &mut files);
        }
        let members: Vec<&String> = samples.iter().map(|sample| &sample.name).collect();
        files.insert("Cargo.toml".to_owned(), ROOT.replace("{members}", &format!("{members:?}")));
        // The versions in the lock file of the repository have been downloaded. Cargo adds the samples to the file.
        if !this.folder.join("Cargo.lock").exists() {
            files.insert("Cargo.lock".to_owned(), fs::read_to_string(repository().join("Cargo.lock"))?);
        }
        synchronize(&this.folder, &files)?;
        Ok(this)
    }

    /// Runs Cargo without network access, and returns its standard output.
    ///
    /// # Errors
    ///
    /// Returns the output of the command if the command fails.
    pub fn cargo(&self, arguments: &[&str]) -> Result<String, String> {
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["--offline", "--quiet"])
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("RUSTFLAGS")
            .output()
            .map_err(|error| format!("failed to run cargo: {error}"))?;
        let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        match output.status.success() {
            true => Ok(stdout.into_owned()),
            false => Err(format!("cargo {} failed\n{stderr}{stdout}", arguments.join(" "))),
        }
    }
}

/// Checks samples in a workspace of this name, with warnings as errors.
///
/// # Errors
///
/// Returns an error if a file cannot be read or written, or a sample does not compile.
pub fn check(workspace: &str, samples: &[Sample]) -> Result<(), String> {
    // Cargo refuses a workspace without members.
    if samples.is_empty() {
        return Ok(());
    }
    let written = Workspace::write(workspace, samples);
    let workspace = written.map_err(|error| format!("failed to write the samples of {workspace}: {error}"))?;
    workspace.cargo(&["check", "--workspace", "--keep-going"]).map(drop)
}

/// Returns the root of the repository. Cargo sets the variable when it runs a test. The value at compile time may be another
/// checkout that shares the target folder.
fn repository() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    package.parent().map(Path::to_owned).unwrap_or_default()
}

fn insert_sample(sample: &Sample, template: &BTreeMap<String, String>, files: &mut BTreeMap<String, String>) {
    let dependencies = match &sample.base {
        None => DEPENDENCIES.replace("{runtime}", &repository().join("runtime").display().to_string()),
        Some(base) => format!("matrix-events = {{ package = \"{base}\", path = \"../{base}\" }}"),
    };
    let enabled = if sample.is_unstable { sample.features.as_slice() } else { &[] };
    let lines = sample.features.iter().map(|feature| format!("{feature} = []\n"));
    let features: String = lines.filter(|line| !MANIFEST.contains(line)).collect();
    let manifest = MANIFEST
        .replace("{name}", &sample.name)
        .replace("{dependencies}", &dependencies)
        .replace("{features}", &format!("{features}default = {enabled:?}\n"));
    let mut insert = |path: &str, text: &str| files.insert(format!("{}/{path}", sample.name), text.to_owned());
    insert("Cargo.toml", &manifest);
    match &sample.base {
        None => template.iter().for_each(|(path, text)| drop(insert(&format!("src/{path}"), text))),
        Some(_) => drop(insert("src/lib.rs", EXTENSION)),
    }
    for (path, text) in &sample.events {
        insert(&format!("src/events/{path}"), text);
    }
    for (path, text) in &sample.others {
        insert(path, text);
    }
}

/// Returns the hand-written files of `matrix-events`, except for those for the emitted types of `spec/`.
fn template() -> io::Result<BTreeMap<String, String>> {
    let module_of = |path: &str| path.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
    let root = repository().join("generated/src");
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut left_out = BTreeSet::new();
    for path in paths(&root)? {
        let module = module_of(&path);
        match module.as_str() {
            "lib" => drop(files.insert(path.clone(), fs::read_to_string(root.join(path))?)),
            "events" => {}
            module if FOR_ALL_TREES.contains(&module) => {
                drop(files.insert(path.clone(), fs::read_to_string(root.join(path))?));
            }
            _ => drop(left_out.insert(module)),
        }
    }
    if let Some(library) = files.get_mut("lib.rs") {
        *library = without_modules(library, &left_out);
    }
    Ok(files)
}

/// Removes the declarations and the reexports of modules, with their attributes and comments.
fn without_modules(library: &str, modules: &BTreeSet<String>) -> String {
    let is_of = |line: &str| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        let name = line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';'));
        let name = name.or_else(|| Some(line.strip_prefix("use ")?.split_once("::")?.0));
        name.is_some_and(|name| modules.contains(name))
    };
    let (mut kept, mut attributes, mut is_inside) = (String::new(), String::new(), false);
    for line in library.split_inclusive('\n') {
        let is_attribute = line.starts_with("#[") || (line.starts_with("//") && !line.starts_with("//!"));
        is_inside |= is_of(line.trim_end());
        if is_inside {
            attributes.clear();
            is_inside = !line.trim_end().ends_with(';');
        } else if is_attribute {
            attributes.push_str(line);
        } else {
            kept.push_str(&std::mem::take(&mut attributes));
            kept.push_str(line);
        }
    }
    kept + &attributes
}

/// Writes files to a folder, and removes all other files except for the lock file. A file with equal text keeps its modification
/// time.
fn synchronize(folder: &Path, files: &BTreeMap<String, String>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for path in paths(folder)?.into_iter().filter(|path| path != "Cargo.lock" && !files.contains_key(path)) {
        fs::remove_file(folder.join(path))?;
    }
    for (path, text) in files {
        let path = folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|current| current == *text) {
            continue;
        }
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// Returns the paths of all files below a folder, with `/` between their parts.
pub fn paths(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            found.extend(paths(&entry.path())?.into_iter().map(|below| format!("{name}/{below}")));
        } else {
            found.insert(name);
        }
    }
    Ok(found)
}
