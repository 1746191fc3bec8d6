//! Runs the program.
#![allow(dead_code)] // Each test uses some of the functions.

use std::io::Write;
use std::process::{Command, Stdio};

/// The result of the program.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs the program with arguments and a standard input.
pub(crate) fn run(arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
    let mut program = Command::new(env!("CARGO_BIN_EXE_matrix-events"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("failed to run the program: {error}"));
    let mut stdin = program.stdin.take().expect("a pipe");
    let input = input.as_ref().to_vec();
    let writer = std::thread::spawn(move || {
        // The program can exit before it reads all.
        let _ = stdin.write_all(&input);
    });
    let output = program.wait_with_output().expect("the program ends");
    writer.join().expect("the writer ends");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Run { code: output.status.code().unwrap_or(-1), stdout: text(&output.stdout), stderr: text(&output.stderr) }
}
