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
