//! Tests of the program: its workspace, and output that cannot be written.

use std::fs::{self, OpenOptions};
use std::path::Path;
use std::process::{Command, Stdio};

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)?.flatten() {
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to)?,
            false => fs::copy(entry.path(), to).map(|_| ())?,
        }
    }
    Ok(())
}

#[test]
fn copied_program_works_on_the_workspace_of_the_caller() -> std::io::Result<()> {
    let temporary = tempfile::tempdir()?;
    let program = temporary.path().join("xtask");
    fs::copy(env!("CARGO_BIN_EXE_xtask"), &program)?;
    for name in ["of Cargo", "of the current folder"] {
        let workspace = temporary.path().join(name);
        copy(Path::new("../fuzz/tree"), &workspace.join("spec"))?;
        for folder in ["xtask", "tests/src"] {
            fs::create_dir_all(workspace.join(folder))?;
        }
        fs::write(workspace.join("Cargo.toml"), "[workspace]\n")?;
        fs::write(workspace.join("spec/source.yaml"), "release: \"v1.19\"\n")?;
        let mut command = Command::new(&program);
        match name {
            "of Cargo" => command.env("CARGO_MANIFEST_DIR", workspace.join("xtask")),
            _ => command.env_remove("CARGO_MANIFEST_DIR").current_dir(workspace.join("tests/src")),
        };
        let output = command.arg("regen").output()?;
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{stderr}");
        let emitted = ["generated/src/events/mod.rs", "tests/src/cases.rs"].map(|file| workspace.join(file));
        assert!(emitted.iter().all(|file| file.exists()), "{name}: {emitted:?}");
    }
    Ok(())
}

/// Runs a command, and returns its exit code and its standard error output.
#[cfg(target_os = "linux")]
fn run(arguments: &[&str], stdout: Stdio) -> std::io::Result<(Option<i32>, String)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let mut running = command.args(arguments).current_dir("..").stdout(stdout).stderr(Stdio::piped()).spawn()?;
    // Closes a pipe.
    drop(running.stdout.take());
    let output = running.wait_with_output()?;
    Ok((output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned()))
}

#[cfg(target_os = "linux")]
#[test]
fn closed_pipe_is_not_an_error_and_full_output_is() -> std::io::Result<()> {
    for arguments in [["diff", "spec", "spec"].as_slice(), &["regen", "--help"]] {
        assert_eq!(run(arguments, Stdio::piped())?, (Some(0), String::new()));
        let (code, stderr) = run(arguments, OpenOptions::new().write(true).open("/dev/full")?.into())?;
        assert!(code == Some(1) && stderr.starts_with("error: failed to write to the standard output: "), "{stderr}");
    }
    Ok(())
}

/// Creates a workspace with a small tree in `spec/`, and a file.
fn workspace(file: &str, text: &str) -> std::io::Result<tempfile::TempDir> {
    let workspace = tempfile::tempdir()?;
    copy(Path::new("../fuzz/tree"), &workspace.path().join("spec"))?;
    fs::write(workspace.path().join("Cargo.toml"), "[workspace]\n")?;
    fs::write(workspace.path().join("spec/source.yaml"), "release: \"v1.19\"\n")?;
    let path = workspace.path().join(file);
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, text)?;
    Ok(workspace)
}

#[test]
fn error_names_a_file_that_can_be_opened() -> std::io::Result<()> {
    let cases = [
        ("spec/event-schemas/schema/m.a.yaml", "type: [\n", ["regen"].as_slice(), ""),
        ("spec/overrides.yaml", "kinds: [\n", &["regen"], ""),
        ("spec/codegen.yaml", "kinds: [\n", &["regen"], "tests"),
        ("spec/event-schemas/schema/m.a.yml", "type: string\n", &["regen"], ""),
        ("own/schema/org.test.a.yaml", "type: [\n", &["regen", "--extend", "own"], ""),
        ("own/codegen.yaml", "kinds: [\n", &["regen", "--extend", "own"], ""),
        ("release/data/event-schemas/schema/m.a.yaml", "type: [\n", &["diff", "spec", "release"], ""),
        ("release/data/event-schemas/schema/m.a.yaml", "type: [\n", &["import", "release", "--release", "v1.20"], ""),
    ];
    for (file, text, arguments, folder) in cases {
        let workspace = workspace(file, text)?;
        let current = workspace.path().join(folder);
        fs::create_dir_all(&current)?;
        if arguments.contains(&"own") {
            fs::create_dir_all(workspace.path().join("own/schema"))?;
            fs::write(workspace.path().join("own/schema/org.test.b.yaml"), "type: object\n")?;
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let output = command.args(arguments).current_dir(&current).env_remove("CARGO_MANIFEST_DIR").output()?;
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{file}: {stderr}");
        let named = stderr.split_whitespace().map(|word| word.split(':').next().unwrap_or_default());
        let mut paths = named
            .filter(|word| word.ends_with(Path::new(file).file_name().and_then(|name| name.to_str()).unwrap_or(file)));
        assert!(paths.any(|path| current.join(path).is_file()), "{file}: {stderr}");
    }
    Ok(())
}

#[test]
fn comparison_warns_about_an_unknown_release() -> std::io::Result<()> {
    let workspace = workspace("release/event-schemas/schema/README.md", "")?;
    copy(&workspace.path().join("spec/event-schemas"), &workspace.path().join("release/event-schemas"))?;
    let diff = |options: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(["diff", "spec", "release"]).args(options).current_dir(workspace.path());
        let output = command.env_remove("CARGO_MANIFEST_DIR").output()?;
        Ok::<_, std::io::Error>(String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let warning = diff(&[])?;
    assert!(warning.contains("the release of release is unknown") && warning.contains("--after-release"), "{warning}");
    assert_eq!(diff(&["--after-release", "v1.20"])?, "");
    Ok(())
}
