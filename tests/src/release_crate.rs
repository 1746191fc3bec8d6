//! Crates for other spec trees: the hand-written code of `matrix-events` with the code emitted from such a tree.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use matrix_events_codegen::Output;
use serde_json::{Map, Value};

use crate::spec::folder;

/// The hand-written modules that use emitted types, and their declarations. They require the types of the release in `spec/`.
const ON_EMITTED_TYPES: [(&str, &str); 2] = [("ext", "mod ext;\n"), ("voip", "pub mod voip;\n")];

const WORKSPACE: &str = "[workspace]\nresolver = \"2\"\nmembers = {members}\n\n[profile.dev]\ndebug = 0\n";

const MANIFEST: &str = r#"[package]
name = "{name}"
version = "0.0.0"
edition = "2021"

[dependencies]
matrix-events-runtime = { path = "{runtime}" }
serde_json = "1"

# Declared because the code mentions them.
[features]
arbitrary = []
ruma = []
schemars = []

[lints.rust]
warnings = "deny"
"#;

/// A workspace of such crates in the target folder.
pub struct ReleaseCrates {
    folder: PathBuf,
    target: PathBuf,
}

impl ReleaseCrates {
    /// Writes a workspace with a crate for each name and output. The crates share their dependencies.
    pub fn write(workspace: &str, crates: &[(String, Output)]) -> Self {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| folder("target"), PathBuf::from);
        let this = Self { folder: target.join(workspace), target: target.join("release-crates") };
        let members: Vec<&String> = crates.iter().map(|(name, _)| name).collect();
        write(&this.folder.join("Cargo.toml"), &WORKSPACE.replace("{members}", &format!("{members:?}")));
        write(&this.folder.join("Cargo.lock"), &read(&folder("Cargo.lock")));
        for (name, output) in crates {
            this.write_crate(name, output);
        }
        this
    }

    fn write_crate(&self, name: &str, output: &Output) {
        let folder = self.folder.join(name);
        for (path, text) in hand_written() {
            write(&folder.join("src").join(path), &text);
        }
        for (path, text) in &output.events {
            write(&folder.join("src/events").join(path), text);
        }
        let runtime = crate::spec::folder("runtime").display().to_string();
        let manifest = MANIFEST.replace("{name}", name).replace("{runtime}", &runtime);
        write(&folder.join("Cargo.toml"), &manifest);
        let program = include_str!("release_crate/round_trip.rs").replace("{crate}", &name.replace('-', "_"));
        write(&folder.join("examples/round_trip/main.rs"), &program);
        write(&folder.join("examples/round_trip/case.rs"), include_str!("case.rs"));
        write(&folder.join("examples/round_trip/cases.rs"), &output.cases);
        let examples: Map<String, Value> =
            output.examples.iter().map(|example| (example.file.clone(), example.value.clone())).collect();
        write(&folder.join("examples.json"), &Value::Object(examples).to_string());
    }

    /// Runs Cargo in the workspace, and returns its standard output.
    ///
    /// # Errors
    ///
    /// If the command fails: its output.
    pub fn cargo(&self, arguments: &[&str]) -> Result<String, String> {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .output()
            .map_err(|error| format!("failed to run cargo: {error}"))?;
        let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        match output.status.success() {
            true => Ok(stdout.into_owned()),
            false => Err(format!("cargo {} failed\n{stderr}{stdout}", arguments.join(" "))),
        }
    }

    /// Round-trips the examples of a crate. Returns how many there are, and how many are identical afterwards.
    ///
    /// # Errors
    ///
    /// If the crate does not compile, or its program fails.
    pub fn round_trip(&self, name: &str) -> Result<(usize, usize), String> {
        let printed = self.cargo(&["run", "--quiet", "--package", name, "--example", "round_trip", "--", name])?;
        let counts = printed.trim().split_once(' ');
        let counts = counts.and_then(|(cases, identical)| Some((cases.parse().ok()?, identical.parse().ok()?)));
        counts.ok_or_else(|| format!("round_trip of {name} printed {printed}"))
    }
}

/// Reads the hand-written files of `generated/src`, by their paths.
fn hand_written() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(&folder("generated/src"), "", &mut files);
    let is_kept = |path: &str| {
        let module = path.split(['/', '.']).next().unwrap_or_default();
        module != "events" && !ON_EMITTED_TYPES.iter().any(|(name, _)| *name == module)
    };
    files.retain(|path, _| is_kept(path));
    if let Some(root) = files.get_mut("lib.rs") {
        *root = ON_EMITTED_TYPES.iter().fold(root.clone(), |root, (_, declaration)| root.replace(declaration, ""));
    }
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())).flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        match entry.path() {
            path if path.is_dir() => collect(&path, &format!("{name}/"), files),
            path => drop(files.insert(name, read(&path))),
        }
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Writes a file if its text changed, so that Cargo compiles only what changed.
fn write(path: &Path, text: &str) {
    if fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes()) {
        return;
    }
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    written.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
