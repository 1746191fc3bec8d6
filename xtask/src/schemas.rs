//! `cargo xtask schemas`: compares the documents of `matrix-events schemas` with validators in other languages.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{ensure, Context, Result};
use fs_err as fs;
use serde_json::Value;

use crate::ci::SKIPPED;
use crate::e2e::run_command;
use crate::{print, workspace::workspace};

/// The help text below the options.
const MORE_HELP: &str = "\
Writes the schemas of all events and responses, with the proposals, to target/schemas/documents. Compares them on all examples and
their mutations with our validators, through the crate `jsonschema`. Then installs jsonschema and fastjsonschema for Python, and ajv and
the validator of VS Code for Node.js, into target/schemas, and compares their verdicts on all examples and a sample of the mutations.

Examples:
  cargo xtask schemas

Exit codes:
  0   all validators have the same verdicts, except for the listed differences
  1   a verdict differs
  77  neither Python nor Node.js can install the packages";

/// Compare the JSON Schema documents with validators in other languages.
#[derive(clap::Args)]
#[command(after_long_help = MORE_HELP)]
pub(crate) struct Arguments {}

/// A validator in another language.
struct Peer {
    name: &'static str,
    language: Language,
    version: &'static str,
}

#[derive(Clone, Copy, PartialEq)]
enum Language {
    Python,
    JavaScript,
}

const PEERS: [Peer; 4] = [
    Peer { name: "jsonschema", language: Language::Python, version: "4.26.0" },
    Peer { name: "fastjsonschema", language: Language::Python, version: "2.22.3" },
    Peer { name: "ajv", language: Language::JavaScript, version: "8.20.0" },
    Peer { name: "vscode-json-languageservice", language: Language::JavaScript, version: "5.7.2" },
];

/// A difference that comes from a validator, not from a schema.
struct Difference {
    peer: &'static str,
    reason: &'static str,
    /// Returns `true` if the difference explains another verdict about a case.
    explains: fn(&Value) -> bool,
}

const DIFFERENCES: [Difference; 1] = [Difference {
    peer: "jsonschema",
    reason: "`$` in a pattern also matches before a line break at the end of a text (the module `re` of Python)",
    explains: |case| case["valid"] == false && ends_with_line_break(&case["value"]),
}];

/// Returns `true` if a string in a value ends with a line break.
fn ends_with_line_break(value: &Value) -> bool {
    match value {
        Value::String(text) => text.ends_with('\n'),
        Value::Array(list) => list.iter().any(ends_with_line_break),
        Value::Object(members) => members.values().any(ends_with_line_break),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

pub(crate) fn run(_: &Arguments) -> Result<()> {
    let workspace = workspace()?;
    let folder = workspace.join("target/schemas");
    fs::create_dir_all(&folder)?;
    let installed: Vec<&Peer> = [Language::Python, Language::JavaScript]
        .into_iter()
        .filter(|language| match language.install(&folder) {
            Ok(()) => true,
            Err(error) => {
                let _ = print(format_args!("skipped {}: {error:#}\n", language.name()));
                false
            }
        })
        .flat_map(Language::peers)
        .collect();
    if installed.is_empty() {
        std::process::exit(SKIPPED);
    }
    write_cases(&workspace, &folder)?;
    let mut failed = Vec::new();
    for peer in installed {
        failed.extend((!peer.agrees(&folder)?).then_some(peer.name));
    }
    ensure!(
        failed.is_empty(),
        "verdicts differ: {}\n  = help: fix the schemas, or edit `DIFFERENCES` in xtask/src/schemas.rs",
        failed.join(", ")
    );
    Ok(())
}

/// Writes the documents and the cases.
fn write_cases(workspace: &Path, folder: &Path) -> Result<()> {
    let documents = folder.join("documents");
    let cargo = |arguments: &str| {
        let mut cargo = Command::new("cargo");
        cargo.args(arguments.split(' ')).current_dir(workspace);
        cargo
    };
    let schemas = "run --quiet --package matrix-events-cli --features unstable -- schemas --unstable";
    run_command(cargo(schemas).arg(&documents))?;
    let test =
        "test --quiet --package spec-tests --features unstable --test json_schema written -- --ignored --nocapture";
    run_command(cargo(test).env("MATRIX_SCHEMAS", &documents).env("MATRIX_SCHEMA_CASES", folder))
}

impl Language {
    fn name(self) -> &'static str {
        match self {
            Self::Python => "Python",
            Self::JavaScript => "JavaScript",
        }
    }

    /// Returns the validators in this language.
    fn peers(self) -> impl Iterator<Item = &'static Peer> {
        PEERS.iter().filter(move |peer| peer.language == self)
    }

    /// Installs the validators, unless an earlier run installed them.
    fn install(self, folder: &Path) -> Result<()> {
        let (separator, script, text) = match self {
            Self::Python => ("==", "validate.py", include_str!("schemas/validate.py")),
            Self::JavaScript => ("@", "validate.cjs", include_str!("schemas/validate.cjs")),
        };
        fs::write(folder.join(script), text)?;
        let packages: Vec<String> =
            self.peers().map(|peer| format!("{}{separator}{}", peer.name, peer.version)).collect();
        let installed = folder.join(format!("{}.txt", self.name()));
        if fs::read_to_string(&installed).is_ok_and(|found| found == packages.join("\n")) {
            return Ok(());
        }
        match self {
            Self::Python => {
                let venv = folder.join("venv");
                run_command(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
                let mut pip = Command::new(venv.join("bin/pip"));
                run_command(pip.args(["install", "--quiet", "--disable-pip-version-check"]).args(&packages))?;
            }
            Self::JavaScript => {
                let mut npm = Command::new("npm");
                npm.args(["install", "--silent", "--no-save", "--no-audit", "--no-fund", "--prefix"]).arg(folder);
                run_command(npm.args(&packages))?;
            }
        }
        Ok(fs::write(installed, packages.join("\n"))?)
    }

    /// Returns a command that runs the script.
    fn script(self, folder: &Path) -> Command {
        let (program, script) = match self {
            Self::Python => (folder.join("venv/bin/python"), "validate.py"),
            Self::JavaScript => (PathBuf::from("node"), "validate.cjs"),
        };
        let mut command = Command::new(program);
        command.arg(folder.join(script));
        command
    }
}

impl Peer {
    /// Compares the verdicts, and prints the differences. Returns `true` if all of them are listed.
    fn agrees(&self, folder: &Path) -> Result<bool> {
        let mut script = self.language.script(folder);
        script.arg(self.name).arg(folder.join("documents")).arg(folder.join("cases.ndjson"));
        let output = script.stderr(Stdio::inherit()).output();
        let output = output.with_context(|| format!("failed to run {}", self.name))?;
        ensure!(output.status.success(), "{} ended with {}", self.name, output.status);
        let text = String::from_utf8(output.stdout)?;
        let (differences, count) = text.trim_end().rsplit_once('\n').unwrap_or(("", text.trim_end()));
        let count: usize = count.parse().with_context(|| format!("{} printed no number of cases", self.name))?;
        ensure!(count > 0, "{} compared no case", self.name);
        let (mut listed, mut others) = (BTreeMap::new(), Vec::new());
        for line in differences.lines() {
            let case: Value = serde_json::from_str(line)?;
            match DIFFERENCES.iter().find(|one| one.peer == self.name && (one.explains)(&case)) {
                Some(difference) => *listed.entry(difference.reason).or_insert(0) += 1,
                None => others.push(line),
            }
        }
        let (language, version) = (self.language.name(), self.version);
        let disagreements = others.len();
        print(format_args!("{} {version} ({language}): {count} cases, {disagreements} disagreements\n", self.name))?;
        for (reason, count) in &listed {
            print(format_args!("  {count} cases: {reason}\n"))?;
        }
        for line in others.iter().take(20) {
            print(format_args!("  {line}\n"))?;
        }
        let mut unused = DIFFERENCES.iter().filter(|one| one.peer == self.name && !listed.contains_key(one.reason));
        if let Some(unused) = unused.next() {
            print(format_args!("  no case has the listed difference: {}\n", unused.reason))?;
            return Ok(false);
        }
        Ok(others.is_empty())
    }
}
