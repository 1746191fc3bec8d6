//! The location of a finding in a file.

use serde_json::{json, Value};

use crate::events::position::Position;

/// The location of a finding in the input.
#[derive(Clone, Debug)]
pub(crate) struct Location {
    pub(crate) file: String,
    pub(crate) position: Position,
    /// The JSON pointer of the value in its document or in its line.
    pub(crate) pointer: String,
}

impl Location {
    /// Returns the location as `file:line:column`.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}:{}", self.file, self.position.line, self.position.column)
    }

    pub(crate) fn json(&self) -> Value {
        let Position { line, column } = self.position;
        json!({"file": self.file, "line": line, "column": column, "pointer": self.pointer})
    }
}
