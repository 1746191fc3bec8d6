//! The corpus: a file with an event a line, as `cargo xtask bench` writes it.

use std::fs;

/// The text of a corpus.
#[derive(Debug)]
pub struct Events(Vec<u8>);

impl Events {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// What to tell the person who named the file.
    pub fn read(path: &str) -> Result<Self, String> {
        fs::read(path)
            .map(Self)
            .map_err(|error| format!("{path} can't be read: {error}; `cargo xtask bench` writes it"))
    }

    /// Each event: a slice of its own.
    #[must_use]
    pub fn slices(&self) -> Vec<&[u8]> {
        self.0.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect()
    }
}

/// The arguments of a program that takes these, or how it is used.
///
/// # Errors
///
/// Another number of arguments.
pub fn usage<const N: usize>(text: &str) -> Result<[String; N], String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    arguments.try_into().map_err(|_| format!("usage: {text}"))
}
