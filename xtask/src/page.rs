//! `cargo xtask page`: builds the page that inspects events.

mod serve;
mod toolchain;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{ensure, Context, Result};
use base64::prelude::{Engine as _, BASE64_STANDARD};
use flate2::write::GzEncoder;
use flate2::Compression;
use fs_err as fs;
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::{generate, Settings};
use serde_json::{json, Value};

use crate::ci::SKIPPED;
use crate::workspace::{shown, workspace};
use crate::{e2e, print};

/// The files of the page that are copied.
const FILES: [&str; 7] =
    ["index.html", "style.css", "matrix-events.js", "editor.js", "events.js", "report.js", "page.js"];

/// The largest size of all files that a browser loads, compressed with gzip, in bytes.
const BUDGET: usize = 450_000;

/// The version of the package that controls the browser in the test.
const PLAYWRIGHT: &str = "playwright-core@1.65.1";

/// The help text below the options.
const MORE_HELP: &str = "\
Compiles web/ to WebAssembly, and writes the page to target/page. The page consists of files that a browser also opens without a
server. Uses the installed target wasm32-unknown-unknown. Where it is missing, compiles the standard library with the packages
rustc-web and rust-web-src of Debian.

With --test, also runs the tests of the page. They require Node. The test in a browser requires Chromium, and installs
playwright-core into target/page-test.

Examples:
  cargo xtask page
  cargo xtask page --serve
  cargo xtask page --test

Exit codes:
  0   the page is written, and its tests pass
  1   the page does not compile, is too large, or fails a test
  2   the arguments are invalid
  77  a program that is required is not installed";

/// Build the page that inspects events.
#[derive(clap::Args)]
#[command(after_long_help = MORE_HELP)]
pub(crate) struct Arguments {
    /// Serve the page on the loopback interface.
    #[arg(long)]
    serve: bool,
    /// Serve the page on this port.
    #[arg(long, default_value_t = 8000, requires = "serve")]
    port: u16,
    /// Run the tests of the page.
    #[arg(long)]
    test: bool,
    /// With the test in a browser, write the screenshots for docs/.
    #[arg(long, requires = "test")]
    screenshots: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = workspace()?;
    let folder = workspace.join("target/page");
    let wasm = match toolchain::build(&workspace)? {
        Ok(wasm) => wasm,
        Err(reason) => skip(&reason)?,
    };
    write(&workspace, &folder, &wasm)?;
    if arguments.test {
        test(&workspace, &folder, arguments.screenshots)?;
    }
    if arguments.serve {
        serve::serve(&folder, arguments.port)?;
    }
    Ok(())
}

/// Ends the program, because something that is required is missing.
fn skip(reason: &str) -> Result<PathBuf> {
    print(format_args!("skipped: {reason}\n"))?;
    std::process::exit(SKIPPED)
}

/// Writes the files of the page, and prints their sizes.
fn write(workspace: &Path, folder: &Path, wasm: &Path) -> Result<()> {
    let source = workspace.join("web/page");
    let wasm = fs::read(wasm)?;
    let mut files: Vec<(&str, Vec<u8>)> = Vec::new();
    for name in FILES {
        files.push((name, without_comments(name, &fs::read_to_string(source.join(name))?).into_bytes()));
    }
    files.push(("examples.js", examples(workspace)?.into_bytes()));
    // The page has no access to the network, so a script contains the module.
    let mut module = Vec::new();
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Gzip, wasm.as_slice(), &mut module)?;
    let module = BASE64_STANDARD.encode(&module);
    files.push(("matrix-events.wasm.js", format!("\"use strict\";\nconst matrixEventsWasm = \"{module}\";\n").into()));
    fs::create_dir_all(folder)?;
    let (mut raw, mut all) = (0, 0);
    for (name, bytes) in &files {
        let size = compressed(bytes)?.len();
        print(format_args!("{:>9} {size:>9} gzip  {name}\n", bytes.len()))?;
        (raw, all) = (raw + bytes.len(), all + size);
        fs::write(folder.join(name), bytes)?;
    }
    // For programs in JavaScript. The page does not load the file.
    fs::write(folder.join("matrix-events.wasm"), &wasm)?;
    let size = compressed(&wasm)?.len();
    print(format_args!(
        "{raw:>9} {all:>9} gzip  in {}\n{:>9} {size:>9} gzip  matrix-events.wasm, which is in the script\n",
        shown(folder).display(),
        wasm.len()
    ))?;
    ensure!(all <= BUDGET, "the page has {all} bytes, compressed with gzip\n  = expected: at most {BUDGET} bytes");
    Ok(())
}

/// Returns a file without the indentation, and without the lines of comments.
fn without_comments(name: &str, text: &str) -> String {
    let is_script = name.ends_with(".js");
    let is_comment = |line: &&str| match is_script {
        true => ["//", "/**", "* ", "*/"].iter().any(|start| line.starts_with(start)) || *line == "*",
        false => line.starts_with("/*") && line.ends_with("*/"),
    };
    text.lines().map(str::trim_start).filter(|line| !is_comment(line)).map(|line| format!("{line}\n")).collect()
}

fn compressed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Returns the script with the examples of the page: those of spec/, and the files of web/page/examples.
fn examples(workspace: &Path) -> Result<String> {
    let spec = workspace.join("spec");
    let tree = Tree::read(&spec, None)?;
    let settings = Settings::read(&spec)?;
    let output = generate(&tree.input(&settings)).map_err(|errors| Tree::with_paths(errors, &spec, &spec))?;
    let mut rows = Vec::new();
    for (name, file) in [
        ("Call invite with mistakes", "call-invite-with-mistakes.json"),
        ("Valid message", "message.json"),
        ("Response of /sync", "sync.json"),
        ("One event per line", "timeline.ndjson"),
        ("PDU of the federation", "pdu.json"),
    ] {
        let text = fs::read_to_string(workspace.join("web/page/examples").join(file))?;
        rows.push(json!({"group": "Start", "name": name, "text": text.trim_end()}));
    }
    let mut types = BTreeSet::new();
    // One example of each event type, because all of them would exceed the budget.
    for example in output.examples.iter().filter(|example| types.insert((&example.event_type, example.is_edu))) {
        let (group, name) = group(&example.file, example.is_edu);
        rows.push(json!({"group": group, "name": name, "value": example.value}));
    }
    let first: Vec<&str> = ["Start", "Events", "Ephemeral data units"].into();
    let rank = |row: &Value| first.iter().position(|group| row["group"] == **group).unwrap_or(first.len());
    rows.sort_by_key(rank);
    let rows = rows.iter().map(|row| format!("  {row},\n")).collect::<String>();
    Ok(format!("\"use strict\";\nconst matrixEventsExamples = [\n{rows}];\n"))
}

/// Returns the group and the name of an example, by the path of its file.
fn group(file: &str, is_edu: bool) -> (String, String) {
    let name = file.rsplit('/').next().unwrap_or(file);
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name).replace('$', ": ");
    let group = match file.strip_prefix("proposals/").and_then(|rest| rest.split('/').next()) {
        Some(proposal) => format!("Proposal {}", proposal.to_uppercase()),
        None if is_edu => "Ephemeral data units".to_owned(),
        None => "Events".to_owned(),
    };
    (group, name)
}

/// Runs the tests of the page.
fn test(workspace: &Path, folder: &Path, has_screenshots: bool) -> Result<()> {
    if !succeeds(Command::new("node").arg("--version")) {
        skip("Node is not installed")?;
    }
    let tests = workspace.join("web/tests");
    let modules = workspace.join("target/page-test");
    fs::create_dir_all(&modules)?;
    let mut native = Command::new("cargo");
    native.args(["build", "--locked", "--example", "respond", "--manifest-path"]);
    native.arg(workspace.join("web/Cargo.toml")).arg("--target-dir").arg(modules.join("native"));
    e2e::run_command(&mut native)?;
    let mut node = Command::new("node");
    node.arg("--test").arg(tests.join("wasm.test.cjs")).env("PAGE", folder);
    e2e::run_command(node.env("NATIVE", modules.join("native/debug/examples/respond")))?;
    let Some(browser) =
        ["/usr/bin/chromium", "/usr/bin/google-chrome"].into_iter().find(|path| Path::new(path).exists())
    else {
        return print("skipped the test in a browser: Chromium is not installed\n");
    };
    let installed = modules.join("node_modules/playwright-core/package.json");
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--silent", "--prefix"]).arg(&modules).arg(PLAYWRIGHT);
    if !installed.exists() && !succeeds(&mut npm) {
        return print(format_args!("skipped the test in a browser: failed to install {PLAYWRIGHT}\n"));
    }
    let mut node = Command::new("node");
    node.arg("--test").arg(tests.join("page.test.cjs")).env("PAGE", folder).env("BROWSER", browser);
    node.env("NODE_PATH", modules.join("node_modules")).env("SCREENSHOTS", modules.join("screenshots"));
    e2e::run_command(&mut node)?;
    if has_screenshots {
        let taken = modules.join("screenshots/page.png");
        fs::copy(&taken, workspace.join("docs/page.png")).context("failed to copy the screenshot")?;
    }
    Ok(())
}

fn succeeds(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

#[test]
fn comments_are_left_out() {
    let script = "/**\n * Adds.\n */\nconst a = 1; // one\n  // two\n  const b = a * 2;\n";
    assert_eq!(without_comments("page.js", script), "const a = 1; // one\nconst b = a * 2;\n");
    assert_eq!(without_comments("style.css", "/* All. */\n* {\n  margin: 0;\n}\n"), "* {\nmargin: 0;\n}\n");
}

#[test]
fn examples_have_groups() {
    let owned = |(group, name): (&str, &str)| (group.to_owned(), name.to_owned());
    assert_eq!(group("m.room.message$m.text.yaml", false), owned(("Events", "m.room.message: m.text")));
    assert_eq!(group("edu/m.typing.yaml", true), owned(("Ephemeral data units", "m.typing")));
    assert_eq!(group("proposals/msc3381/examples/m.poll.end.json", false), owned(("Proposal MSC3381", "m.poll.end")));
}
