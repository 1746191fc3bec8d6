//! What becomes of the program when its output can't be written.
#![cfg(target_os = "linux")]

use std::fs::OpenOptions;
use std::process::Command;

#[test]
fn output_that_cannot_be_written_is_a_failure_and_no_panic() {
    let full = || OpenOptions::new().write(true).open("/dev/full").unwrap_or_else(|error| panic!("/dev/full: {error}"));
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    for arguments in [[manifest, "--format=json"], [manifest, "--format=text"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_validate")).args(arguments).stdout(full()).output();
        let output = output.unwrap_or_else(|error| panic!("the program can't be run: {error}"));
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.starts_with("error: the output can't be written: "), "{told}");
    }
    let status = Command::new(env!("CARGO_BIN_EXE_validate")).arg("/nothing there").stderr(full()).status();
    assert_eq!(status.ok().and_then(|status| status.code()), Some(1));
}
