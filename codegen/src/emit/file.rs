//! What emitters make: files whose items are Rust, or invocations of macros with a row per line.

use proc_macro2::TokenStream;

/// An emitted file.
#[derive(Debug, Default)]
pub(crate) struct File {
    /// The files that it comes from. Empty, if these are all files.
    pub(crate) sources: Vec<String>,
    /// The documentation of its module.
    pub(crate) docs: String,
    /// Its `use` lines.
    pub(crate) imports: Vec<TokenStream>,
    /// Its `mod` lines.
    pub(crate) modules: Vec<ModuleLine>,
    /// Its items.
    pub(crate) items: Vec<Emitted>,
}

/// The declaration of a module with a file of its own.
#[derive(Debug)]
pub(crate) struct ModuleLine {
    /// The name.
    pub(crate) name: String,
    /// Its visibility, with a blank behind it.
    pub(crate) visibility: &'static str,
    /// Its attribute.
    pub(crate) attribute: Option<&'static str>,
}

impl ModuleLine {
    /// A module that is part of the API.
    pub(crate) fn public(name: impl Into<String>) -> Self {
        Self { name: name.into(), visibility: "pub ", attribute: None }
    }

    /// A module that only emitted code uses, perhaps that of another crate.
    pub(crate) fn hidden(name: impl Into<String>) -> Self {
        Self { attribute: Some("#[doc(hidden)]"), ..Self::public(name) }
    }

    /// A module for the crate alone.
    pub(crate) fn of_crate(name: impl Into<String>) -> Self {
        Self { visibility: "pub(crate) ", ..Self::public(name) }
    }
}

/// An item, with a name for the message if it can't be formatted.
#[derive(Debug)]
pub(crate) struct Emitted {
    pub(crate) name: String,
    pub(crate) code: Code,
}

/// The code of an item.
#[derive(Debug)]
pub(crate) enum Code {
    /// Rust, which the printer formats.
    Rust(TokenStream),
    /// The invocation of a macro, which the printer can't format: it is laid out by hand.
    Macro(Block),
    /// Rust in its final layout, with a blank line before each item.
    Text(String),
}

impl From<TokenStream> for Code {
    fn from(tokens: TokenStream) -> Self {
        Self::Rust(tokens)
    }
}

impl From<Block> for Code {
    fn from(block: Block) -> Self {
        Self::Macro(block)
    }
}

/// Text between an opening and a closing line, a row per line.
#[derive(Debug)]
pub(crate) struct Block {
    open: String,
    rows: Vec<Row>,
    close: &'static str,
}

#[derive(Debug)]
enum Row {
    Line(String),
    Block(Block),
}

impl Block {
    /// A block between braces.
    pub(crate) fn new(head: impl AsRef<str>) -> Self {
        Self { open: format!("{} {{", head.as_ref()), rows: Vec::new(), close: "}" }
    }

    /// The invocation of a macro with one head between parentheses.
    pub(crate) fn call(path: impl AsRef<str>, head: impl AsRef<str>) -> Self {
        Self { open: format!("{}({} {{", path.as_ref(), head.as_ref()), rows: Vec::new(), close: "});" }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, line: impl Into<String>) {
        self.rows.push(Row::Line(line.into()));
    }

    /// Adds rows.
    pub(crate) fn rows(&mut self, lines: impl IntoIterator<Item = String>) {
        self.rows.extend(lines.into_iter().map(Row::Line));
    }

    /// Adds a block as a row.
    pub(crate) fn block(&mut self, block: Self) {
        self.rows.push(Row::Block(block));
    }

    /// Returns the text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0);
        text
    }

    fn write(&self, text: &mut String, depth: usize) {
        let indent = " ".repeat(4 * depth);
        if self.rows.is_empty() {
            text.push_str(&format!("{indent}{}{}\n", self.open, self.close));
            return;
        }
        text.push_str(&format!("{indent}{}\n", self.open));
        for row in &self.rows {
            match row {
                Row::Line(line) => text.push_str(&format!("{indent}    {line}\n")),
                Row::Block(block) => block.write(text, depth + 1),
            }
        }
        text.push_str(&format!("{indent}{}\n", self.close));
    }
}
