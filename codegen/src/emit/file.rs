//! Emitted files. Their items are Rust code, or macro invocations with a row per line.

use proc_macro2::TokenStream;

/// An emitted file.
#[derive(Debug, Default)]
pub(crate) struct File {
    /// The schema files that the code comes from; empty if the code comes from all files.
    pub(crate) sources: Vec<String>,
    /// The documentation of the module.
    pub(crate) docs: String,
    /// The `use` lines.
    pub(crate) imports: Vec<TokenStream>,
    /// The `mod` lines.
    pub(crate) modules: Vec<ModuleLine>,
    /// The items.
    pub(crate) items: Vec<Emitted>,
}

/// The declaration of a module in another file.
#[derive(Debug)]
pub(crate) struct ModuleLine {
    /// The name.
    pub(crate) name: String,
    /// The visibility, with a space at the end.
    pub(crate) visibility: &'static str,
    /// The attribute.
    pub(crate) attribute: Option<String>,
}

impl ModuleLine {
    /// Creates the declaration of a public module.
    pub(crate) fn public(name: impl Into<String>) -> Self {
        Self { name: name.into(), visibility: "pub ", attribute: None }
    }

    /// Creates the declaration of a public module without documentation, for emitted code of other crates.
    pub(crate) fn hidden(name: impl Into<String>) -> Self {
        Self { attribute: Some("#[doc(hidden)]".to_owned()), ..Self::public(name) }
    }

    /// Creates the declaration of a module that is visible in its crate.
    pub(crate) fn of_crate(name: impl Into<String>) -> Self {
        Self { visibility: "pub(crate) ", ..Self::public(name) }
    }
}

/// An item, with a name for errors of formatting.
#[derive(Debug)]
pub(crate) struct Emitted {
    pub(crate) name: String,
    pub(crate) code: Code,
}

/// The code of an item.
#[derive(Debug)]
pub(crate) enum Code {
    /// Rust code to format.
    Rust(TokenStream),
    /// A macro invocation, which the formatter cannot format.
    Macro(Block),
    /// Formatted Rust code, with a blank line before each item.
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

/// Text with an opening line, rows and a closing line.
#[derive(Debug)]
pub(crate) struct Block {
    attribute: Option<String>,
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
    /// Creates a block between braces.
    pub(crate) fn new(head: impl AsRef<str>) -> Self {
        Self { attribute: None, open: format!("{} {{", head.as_ref()), rows: Vec::new(), close: "}" }
    }

    /// Creates a macro invocation with a head and a block between parentheses.
    pub(crate) fn call(path: impl AsRef<str>, head: impl AsRef<str>) -> Self {
        let open = format!("{}({} {{", path.as_ref(), head.as_ref());
        Self { attribute: None, open, rows: Vec::new(), close: "});" }
    }

    /// Adds an attribute before the block.
    pub(crate) fn with_attribute(self, attribute: &str) -> Self {
        Self { attribute: Some(attribute.to_owned()), ..self }
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
        text.extend(self.attribute.iter().map(|attribute| format!("{indent}{attribute}\n")));
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
