//! Parses files. This is the only module that knows YAML and JSON.

mod document;
mod scalar;
mod syntax;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::node::Node;
use document::{Document, Range, ReadError};

/// A tree of files: paths below its root, with `/` between their parts, and the bytes of each file.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The folder of the event schemas.
pub const SCHEMAS: &str = "event-schemas/schema";

/// Returns the path of a schema as the settings name it: below the folder of the event schemas, if it is there.
pub fn short_path(file: &str) -> &str {
    file.strip_prefix(SCHEMAS).map_or(file, |rest| rest.trim_start_matches('/'))
}

/// The folder of the examples.
pub const EXAMPLES: &str = "event-schemas/examples";

/// The maximum number of characters of a line that a diagnostic repeats.
const MAX_SNIPPET: usize = 1000;

/// The documents of a tree, each parsed when a step first reads it: a release of the specification has hundreds of API
/// definitions, and events refer to a dozen of them.
pub(crate) struct Sources<'f> {
    files: &'f Files,
    texts: BTreeMap<String, String>,
    documents: BTreeMap<String, Document>,
    failed: BTreeSet<String>,
}

impl<'f> Sources<'f> {
    pub(crate) fn new(files: &'f Files) -> Self {
        Self { files, texts: BTreeMap::new(), documents: BTreeMap::new(), failed: BTreeSet::new() }
    }

    /// Returns the paths of the documents below a folder.
    pub(crate) fn below(&self, folder: &str) -> Vec<String> {
        let prefix = format!("{folder}/");
        let is_document = |path: &&String| path.ends_with(".yaml") || path.ends_with(".json");
        self.files.keys().filter(|path| path.starts_with(&prefix)).filter(is_document).cloned().collect()
    }

    pub(crate) fn exists(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    /// Parses a file, once. Returns `None` if the tree has no such file or an earlier attempt failed.
    pub(crate) fn document(&mut self, file: &str) -> Result<Option<&Node>, Diagnostic> {
        if !self.documents.contains_key(file) && !self.failed.contains(file) {
            let Some(bytes) = self.files.get(file) else { return Ok(None) };
            self.texts.insert(file.to_owned(), String::from_utf8_lossy(bytes).into_owned());
            let parsed = text(file, bytes).and_then(|text| {
                let document = parse(file, &text);
                self.texts.insert(file.to_owned(), text);
                document
            });
            match parsed {
                Ok(document) => {
                    self.documents.insert(file.to_owned(), document);
                }
                Err(diagnostic) => {
                    self.failed.insert(file.to_owned());
                    return Err(diagnostic);
                }
            }
        }
        Ok(self.parsed(file))
    }

    /// Returns a document that has been parsed.
    pub(crate) fn parsed(&self, file: &str) -> Option<&Node> {
        self.documents.get(file).map(|document| &document.node)
    }

    /// Returns the node of a place in a document that has been parsed.
    pub(crate) fn node(&self, origin: &Origin) -> Option<&Node> {
        origin.keys().try_fold(self.parsed(&origin.file)?, |node, key| node.step(&key))
    }

    /// Returns every file that a step has read.
    pub(crate) fn read(&self) -> Vec<String> {
        self.texts.keys().cloned().collect()
    }

    /// Adds to each diagnostic its line and column.
    pub(crate) fn diagnose(&self, diagnostics: Vec<Diagnostic>) -> Diagnostics {
        diagnostics.into_iter().map(|diagnostic| self.locate(diagnostic)).collect()
    }

    fn locate(&self, diagnostic: Diagnostic) -> Diagnostic {
        let Origin { file, .. } = &diagnostic.origin;
        let text = self.texts.get(file).map_or("", String::as_str);
        let document = self.documents.get(file).filter(|_| diagnostic.line == 0);
        match document.and_then(|document| document.range(diagnostic.origin.keys())) {
            Some(range) => mark(diagnostic, text, range),
            None => Diagnostic { snippet: snippet(text, diagnostic.line), ..diagnostic },
        }
    }
}

/// Adds a range of a text to a diagnostic.
fn mark(diagnostic: Diagnostic, text: &str, Range { start, end }: Range) -> Diagnostic {
    let snippet = snippet(text, start.line());
    let width = if end.line() == start.line() { end.col().saturating_sub(start.col()) } else { snippet.len() };
    let marked: String = snippet.chars().skip(start.col()).take(width).collect();
    // The range of a quoted value or of a collection contains the spaces and the comment after the value.
    let marked = marked.split(" #").next().unwrap_or_default().trim_end();
    let length = marked.chars().count().max(1);
    Diagnostic { line: start.line(), column: start.col() + 1, length, snippet, ..diagnostic }
}

/// The line of a number.
fn snippet(text: &str, line: usize) -> String {
    text.lines().nth(line.saturating_sub(1)).unwrap_or_default().chars().take(MAX_SNIPPET).collect()
}

/// Parses one document.
///
/// # Errors
///
/// Returns the first error of the file: bytes that are not UTF-8, or text that is not YAML or, in a file named `.json`, JSON.
pub fn parse_document(file: &str, bytes: &[u8]) -> Result<Node, Diagnostics> {
    let files = Files::from([(file.to_owned(), bytes.to_vec())]);
    let mut sources = Sources::new(&files);
    match sources.document(file) {
        Ok(document) => Ok(document.cloned().unwrap_or(Node::Null)),
        Err(diagnostic) => Err(sources.diagnose(vec![diagnostic])),
    }
}

/// The text of a file: UTF-8, without a byte order mark, lines ending in `\n`.
fn text(file: &str, bytes: &[u8]) -> Result<String, Diagnostic> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.replace("\r\n", "\n")),
        Err(error) => {
            let before = String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default());
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let diagnostic =
                Diagnostic::at(&Origin::file(file), "failed to parse the file: found a byte that is not UTF-8");
            Err(Diagnostic { line, column, length: 1, ..diagnostic.help("save the file as UTF-8") })
        }
    }
}

fn parse(file: &str, text: &str) -> Result<Document, Diagnostic> {
    let is_json = file.ends_with(".json");
    let events = if is_json { syntax::json(text) } else { syntax::yaml(text) };
    events.and_then(|events| Document::build(&events)).map_err(|ReadError { cause, help, range }| {
        let language = if is_json { "JSON" } else { "YAML" };
        let message = format!("failed to parse the file as {language}: {cause}");
        mark(Diagnostic::at(&Origin::file(file), message).help(help), text, range)
    })
}
