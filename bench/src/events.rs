//! Files of the corpus, with an event per line.

use std::fs;

/// The text of a file of the corpus.
#[derive(Debug)]
pub struct Events(Vec<u8>);

impl Events {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    pub fn read(path: &str) -> Result<Self, String> {
        let read = fs::read(path).map(Self);
        read.map_err(|error| {
            format!(
                "failed to read {path}: {error}\n  = help: run `cargo run --release` in bench/, which writes the file"
            )
        })
    }

    /// Returns the bytes of each event.
    #[must_use]
    pub fn slices(&self) -> Vec<&[u8]> {
        self.0.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect()
    }
}

/// Returns the arguments of the program.
///
/// # Errors
///
/// Returns the usage if the number of arguments differs.
pub fn usage<const N: usize>(text: &str) -> Result<[String; N], String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    arguments.try_into().map_err(|_| format!("usage: {text}"))
}
