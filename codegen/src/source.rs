//! Parses files. This is the only module that knows YAML and JSON.

mod advice;
mod document;
mod fix;
mod scalar;
mod syntax;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::node::Node;
use crate::proposals;
use document::{Document, DocumentError, Range};
pub(crate) use fix::{Fix, FixKind};

/// A tree of files: paths below its root, with `/` between their parts, and the bytes of each file.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The folder of the event schemas.
pub const SCHEMAS: &str = "event-schemas/schema";

/// Returns the path of a schema as the settings name the file: without the folder of the event schemas.
pub fn short_path(file: &str) -> &str {
    file.strip_prefix(SCHEMAS).map_or(file, |rest| rest.trim_start_matches('/'))
}

/// The folder of the examples.
pub const EXAMPLES: &str = "event-schemas/examples";

/// The maximum number of characters of a line that a diagnostic repeats.
const MAX_SNIPPET: usize = 1000;

/// The documents of a tree. A document is parsed when a step first reads the file.
///
/// A release of the specification has hundreds of API definitions. Events refer to a dozen of them.
pub(crate) struct Sources<'f> {
    files: &'f Files,
    texts: BTreeMap<String, String>,
    documents: BTreeMap<String, Document>,
    failed: BTreeSet<String>,
    /// The fixes of files, each with the number of its uses so far.
    fixes: Vec<(Fix, usize)>,
}

impl<'f> Sources<'f> {
    pub(crate) fn new(files: &'f Files) -> Self {
        Self { files, texts: BTreeMap::new(), documents: BTreeMap::new(), failed: BTreeSet::new(), fixes: Vec::new() }
    }

    /// Returns the paths of the documents below a folder.
    pub(crate) fn below(&self, folder: &str) -> Vec<String> {
        let prefix = format!("{folder}/");
        self.files.keys().filter(|path| path.starts_with(&prefix) && is_document(path)).cloned().collect()
    }

    /// Returns the folders with schemas of our own: those of proposals, and that of the prose.
    pub(crate) fn own_folders(&self) -> BTreeSet<String> {
        proposals::folders(self.files)
    }

    /// Returns the paths of the schemas that another schema can refer to.
    pub(crate) fn schemas(&self) -> Vec<String> {
        let own = self.own_folders().into_iter().map(|folder| format!("{folder}/schema"));
        let folders = [SCHEMAS.to_owned(), "api".to_owned()].into_iter().chain(own);
        folders.flat_map(|folder| self.below(&folder)).collect()
    }

    /// Returns the paths of the examples of events.
    pub(crate) fn examples(&self) -> Vec<String> {
        self.files.keys().filter(|path| is_example(path)).cloned().collect()
    }

    /// Returns `true` if the tree has an example of an event at a path.
    pub(crate) fn has_example(&self, path: &str) -> bool {
        is_example(path) && self.exists(path)
    }

    pub(crate) fn exists(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    /// Returns the path of a file that the settings name. A release may have the file as YAML or as JSON.
    pub(crate) fn named(&self, file: String) -> String {
        let other = match file.rsplit_once('.') {
            Some((stem, "yaml")) => format!("{stem}.json"),
            Some((stem, "json")) => format!("{stem}.yaml"),
            _ => return file,
        };
        if !self.exists(&file) && self.exists(&other) {
            other
        } else {
            file
        }
    }

    /// Parses a file, once. Returns `None` if the tree has no such file or an earlier attempt failed.
    pub(crate) fn document(&mut self, file: &str) -> Result<Option<&Node>, Diagnostic> {
        if !self.documents.contains_key(file) && !self.failed.contains(file) {
            let Some(bytes) = self.files.get(file) else { return Ok(None) };
            self.texts.insert(file.to_owned(), String::from_utf8_lossy(bytes).into_owned());
            let parsed = text(file, bytes).and_then(|text| {
                let document = parse(file, &text, &mut self.fixes);
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

    /// Adds a fix for the files that are parsed later.
    pub(crate) fn fix(&mut self, fix: Fix) {
        self.fixes.push((fix, 0));
    }

    /// Returns the entries of fixes that no parsed file required.
    pub(crate) fn unused_fixes(&self) -> impl Iterator<Item = &Origin> {
        self.fixes.iter().filter(|(_, uses)| *uses == 0).map(|(fix, _)| &fix.entry)
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

    fn locate(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        if let Some(other) = &mut diagnostic.other {
            let document = self.documents.get(&other.origin.file);
            if let Some(Range { start, .. }) = document.and_then(|document| document.range(other.origin.keys())) {
                (other.line, other.column) = (start.line(), start.col() + 1);
            }
        }
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

/// Returns a line of a text, counted from 1.
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

/// Returns a string as YAML writes it between braces and brackets: in quotes, if it requires them.
pub(crate) fn flow_string(text: &str) -> String {
    let document = format!("{{{text}: [{text}]}}");
    let plain = Node::Map(vec![(text.to_owned(), Node::List(vec![Node::String(text.to_owned())]))]);
    match parse_document("", document.as_bytes()) {
        Ok(node) if node == plain => text.to_owned(),
        _ if text.contains(char::is_control) => serde_json::Value::from(text).to_string(),
        _ => format!("'{}'", text.replace('\'', "''")),
    }
}

/// Decodes a file. The text has no byte order mark, and its lines end in `\n`.
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
            let diagnostic = diagnostic.expected("text in UTF-8").help("save the file as UTF-8");
            Err(Diagnostic { line, column, length: 1, ..diagnostic })
        }
    }
}

fn parse(file: &str, text: &str, fixes: &mut [(Fix, usize)]) -> Result<Document, Diagnostic> {
    let is_json = file.ends_with(".json");
    let events = if is_json { syntax::json(text) } else { syntax::yaml(text) };
    let mut repeated = None;
    let mut replacements = Vec::new();
    for (fix, uses) in fixes.iter_mut().filter(|(fix, _)| fix.is_for(file)) {
        match &fix.kind {
            FixKind::RepeatedKeys => repeated = Some(uses),
            FixKind::Replace(find, by) => replacements.push((find, by, uses)),
        }
    }
    let document = events.and_then(|events| Document::build(&events, repeated)).map(|mut document| {
        for (find, by, uses) in replacements {
            *uses += usize::from(document.replace(find, by));
        }
        document
    });
    document.map_err(|DocumentError { cause, expected, help, range }| {
        let language = if is_json { "JSON" } else { "YAML" };
        let message = format!("failed to parse the file as {language}: {cause}");
        mark(Diagnostic::at(&Origin::file(file), message).expected(expected).help(help), text, range)
    })
}

/// Returns `true` for the path of a document, by its extension.
fn is_document(path: &str) -> bool {
    path.ends_with(".yaml") || path.ends_with(".json")
}

/// Returns `true` for the path of an example of an event.
fn is_example(path: &str) -> bool {
    let is_of_release = || path.strip_prefix(EXAMPLES).is_some_and(|rest| rest.starts_with('/'));
    is_document(path) && (is_of_release() || proposals::is_in(path, "examples"))
}

#[cfg(test)]
mod tests {
    use super::{parse_document, Files, Sources};
    use crate::diagnostics::{Diagnostic, Origin};
    use crate::node::Node;

    /// Returns the line, the column and the marked text of a place.
    fn marked(file: &str, text: &str, pointer: &str) -> (usize, usize, String) {
        let files = Files::from([(file.to_owned(), text.as_bytes().to_vec())]);
        let mut sources = Sources::new(&files);
        assert!(matches!(sources.document(file), Ok(Some(_))), "{text}");
        let origin = Origin { file: file.to_owned(), pointer: pointer.to_owned() };
        let found = sources.diagnose(vec![Diagnostic::at(&origin, "")]);
        let one = found.iter().next().cloned().unwrap_or_else(|| Diagnostic::at(&origin, ""));
        let characters = one.snippet.chars().skip(one.column.saturating_sub(1)).take(one.length);
        (one.line, one.column, characters.collect())
    }

    #[test]
    fn places_are_marked_from_the_key_to_the_end_of_the_line() {
        let yaml = "a: text  # comment\nb:\n  - c: 1.10\n  - 'x'   \n\"é\": {d: [1, 2]} # comment\ne: |\n  f\n";
        for (pointer, expected) in [
            ("/a", (1, 1, "a: text")),
            ("/b", (2, 1, "b")),
            ("/b/0/c", (3, 5, "c: 1.10")),
            ("/b/1", (4, 5, "'x'")),
            ("/é", (5, 1, "\"é\": {d: [1, 2]}")),
            ("/é/d/1", (5, 14, "2")),
            ("/e", (6, 1, "e")),
            // The nearest existing place.
            ("/b/0/missing", (3, 5, "c")),
            ("/b/7/c", (2, 1, "b")),
        ] {
            let (line, column, text) = expected;
            assert_eq!(marked("a.yaml", yaml, pointer), (line, column, text.to_owned()), "{pointer}");
        }
        assert_eq!(marked("a.yaml", yaml, ""), (0, 0, String::new()));
        let json = "{\n\t\"a~/b\": {\"c\" : \"x\"}\n}";
        assert_eq!(marked("a.json", json, "/a~0~1b/c"), (2, 11, "\"c\" : \"x\"".to_owned()));
    }

    #[test]
    fn alias_is_marked_at_its_own_place() {
        let yaml = "a: &x {b: 1}\nc: *x\n";
        assert_eq!(marked("a.yaml", yaml, "/c"), (2, 1, "c: *x".to_owned()));
        assert_eq!(marked("a.yaml", yaml, "/c/b"), (1, 8, "b: 1".to_owned()));
    }

    #[test]
    fn json_with_escapes_tabs_and_long_keys_is_parsed() {
        let key = "k".repeat(2000);
        let text = format!("{{\n\t\"{key}\": \"\\ud83d\\ude00\\/\",\n\t\"<<\": -1.5e3, \"\": [[], {{}}]\n}}");
        let expected = serde_json::from_str::<serde_json::Value>(&text).ok();
        assert_eq!(parse_document("a.json", text.as_bytes()).ok().map(|node| node.to_json()), expected);
    }

    #[test]
    fn number_keeps_its_text() {
        let node = parse_document("a.yaml", b"a: 1.10").ok();
        let number = node.as_ref().and_then(|node| node.get("a"));
        assert!(matches!(number, Some(Node::Number(number)) if number.text() == "1.10"), "{number:?}");
    }
}
