//! What becomes of a command whose output nobody takes.
#![cfg(target_os = "linux")]

use std::fs::OpenOptions;
use std::process::{Command, Stdio};

/// Runs a command, and says how it ended and what it had to say besides its output.
fn run(arguments: &[&str], stdout: Stdio) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let running = command.args(arguments).current_dir(folder).stdout(stdout).stderr(Stdio::piped()).spawn();
    let mut running = running.unwrap_or_else(|error| panic!("{arguments:?} can't be run: {error}"));
    // Where it is a pipe, nobody reads from here on.
    drop(running.stdout.take());
    let output = running.wait_with_output().unwrap_or_else(|error| panic!("{arguments:?} can't be run: {error}"));
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_reader_who_has_gone_changes_nothing_about_how_a_command_ends() {
    assert_eq!(run(&["diff", "spec", "spec", "--format", "json"], Stdio::piped()), (Some(0), String::new()));
    assert_eq!(run(&["regen", "--help"], Stdio::piped()), (Some(0), String::new()));
}

#[test]
fn output_that_cannot_be_written_is_a_failure() {
    for arguments in [["diff", "spec", "spec"].as_slice(), &["--help"]] {
        let full = OpenOptions::new().write(true).open("/dev/full");
        let full = full.unwrap_or_else(|error| panic!("/dev/full: {error}"));
        let (code, told) = run(arguments, full.into());
        assert!(code == Some(1) && told.starts_with("error: the output can't be written: "), "{code:?}: {told}");
    }
}
