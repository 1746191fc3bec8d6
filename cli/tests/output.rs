//! Tests of the program when its output cannot be written.
#![cfg(target_os = "linux")]

use std::fs::{File, OpenOptions};
use std::process::Command;

fn full() -> File {
    OpenOptions::new().write(true).open("/dev/full").unwrap_or_else(|error| panic!("/dev/full: {error}"))
}

#[test]
fn full_output_is_an_error() {
    for arguments in [["validate", "Cargo.toml", "--format=json"].as_slice(), &["validate", "Cargo.toml"], &["--help"]]
    {
        let output = Command::new(env!("CARGO_BIN_EXE_matrix-events")).args(arguments).stdout(full()).output();
        let output = output.unwrap_or_else(|error| panic!("failed to run the program: {error}"));
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.starts_with("error: failed to write to the standard output: "), "{stderr}");
    }
}

#[test]
fn full_error_output_still_sets_the_exit_code() {
    let exit_code = |arguments: &[&str]| {
        let status = Command::new(env!("CARGO_BIN_EXE_matrix-events")).args(arguments).stderr(full()).status();
        status.ok().and_then(|status| status.code())
    };
    assert_eq!(exit_code(&["validate", "/nothing there"]), Some(2));
    assert_eq!(exit_code(&["validate", "--level"]), Some(2));
}
