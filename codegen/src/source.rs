//! Files into documents that know where each of their values stands. The only place that knows YAML.

mod yaml;

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeSeed;

use crate::diagnostics::{Diagnostic, Diagnostics, Origin, Problem};
use crate::node::{Locate, Node, NodeSeed};

/// A tree of files: paths below its root, with `/` between their parts, and what is in them.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The folder of the event schemas.
pub(crate) const SCHEMAS: &str = "event-schemas/schema";

/// The documents of a tree, parsed when they are asked for: a release of the specification has hundreds of API
/// definitions, of which events refer to a dozen.
pub(crate) struct Sources<'f> {
    files: &'f Files,
    texts: BTreeMap<String, String>,
    documents: BTreeMap<String, Node>,
    failed: BTreeSet<String>,
}

impl<'f> Sources<'f> {
    pub(crate) fn new(files: &'f Files) -> Self {
        Self { files, texts: BTreeMap::new(), documents: BTreeMap::new(), failed: BTreeSet::new() }
    }

    /// The paths of the files below a folder.
    pub(crate) fn below(&self, folder: &str) -> Vec<String> {
        let prefix = format!("{folder}/");
        let is_document = |path: &&String| path.ends_with(".yaml") || path.ends_with(".json");
        self.files.keys().filter(|path| path.starts_with(&prefix)).filter(is_document).cloned().collect()
    }

    pub(crate) fn exists(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    /// Parses a file, once; `None` where it has no such file or an earlier attempt failed.
    pub(crate) fn document(&mut self, file: &str) -> Result<Option<&Node>, Problem> {
        if !self.documents.contains_key(file) && !self.failed.contains(file) {
            let Some(bytes) = self.files.get(file) else { return Ok(None) };
            self.texts.insert(file.to_owned(), String::from_utf8_lossy(bytes).into_owned());
            let parsed = text(file, bytes).and_then(|text| {
                let node = parse(file, &text);
                self.texts.insert(file.to_owned(), text);
                node
            });
            match parsed {
                Ok(node) => {
                    self.documents.insert(file.to_owned(), node);
                }
                Err(problem) => {
                    self.failed.insert(file.to_owned());
                    return Err(problem);
                }
            }
        }
        Ok(self.documents.get(file))
    }

    /// Every file that was asked for.
    pub(crate) fn read(&self) -> Vec<String> {
        self.texts.keys().cloned().collect()
    }

    /// Adds to problems the line and column at which each stands.
    pub(crate) fn diagnose(&self, problems: Vec<Problem>) -> Diagnostics {
        Diagnostics::new(problems.into_iter().map(|problem| self.diagnostic(problem)).collect())
    }

    /// The position of a place, or of what stands around it where the document doesn't have it.
    fn locate(&self, text: &str, origin: &Origin) -> Option<(usize, usize)> {
        let mut node = self.documents.get(&origin.file)?;
        let mut there = Origin::file(&origin.file);
        for key in origin.keys() {
            let Some(child) = node.step(&key) else { break };
            (node, there) = (child, there.child(&key));
        }
        if there.pointer.is_empty() {
            return None;
        }
        locate(text, &there, true).or_else(|| locate(text, &there, false))
    }

    fn diagnostic(&self, problem: Problem) -> Diagnostic {
        let text = self.texts.get(&problem.origin.file).map_or("", String::as_str);
        let (line, column) = match problem.position {
            Some(position) => position,
            None => self.locate(text, &problem.origin).unwrap_or((0, 0)),
        };
        let snippet = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        Diagnostic {
            line,
            column,
            snippet: snippet.chars().take(160).map(visible).collect(),
            origin: problem.origin,
            message: problem.message,
            expected: problem.expected,
            advice: problem.advice,
        }
    }
}

/// Reads one document, for those who want the values of a file without what they mean.
///
/// # Errors
///
/// What keeps it from being read, and where: it isn't UTF-8, YAML or (in a file named `.json`) JSON.
pub fn parse_document(file: &str, bytes: &[u8]) -> Result<Node, Diagnostics> {
    let files = Files::from([(file.to_owned(), bytes.to_vec())]);
    let mut sources = Sources::new(&files);
    match sources.document(file) {
        Ok(document) => Ok(document.cloned().unwrap_or(Node::Null)),
        Err(problem) => Err(sources.diagnose(vec![problem])),
    }
}

/// The text of a file: UTF-8, without a byte order mark, lines ending in `\n`.
fn text(file: &str, bytes: &[u8]) -> Result<String, Problem> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.replace("\r\n", "\n")),
        Err(error) => {
            let before = bytes.iter().take(error.valid_up_to());
            let line = before.clone().filter(|byte| **byte == b'\n').count() + 1;
            let column = before.rev().take_while(|byte| **byte != b'\n').count() + 1;
            Err(Problem::at(&Origin::file(file), "the file isn't UTF-8")
                .expected("text in UTF-8, as YAML and JSON demand")
                .advice("save the file as UTF-8")
                .position(line, column))
        }
    }
}

fn parse(file: &str, text: &str) -> Result<Node, Problem> {
    let failed = |message: String, position: Option<(usize, usize)>| {
        let kind = if is_json(file) { "JSON" } else { "YAML" };
        let problem = Problem::at(&Origin::file(file), format!("this isn't {kind} that can be read: {message}"))
            .advice("mend the file; a checker of your editor shows more");
        match position {
            Some((line, column)) => problem.position(line, column),
            None => problem,
        }
    };
    if is_json(file) {
        let mut reader = serde_json::Deserializer::from_str(text);
        let node = NodeSeed::DOCUMENT.deserialize(&mut reader).and_then(|node| reader.end().map(|()| node));
        return node.map_err(|error| failed(strip_position(&error.to_string()), Some((error.line(), error.column()))));
    }
    let node = NodeSeed::DOCUMENT.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| {
        let message = strip_position(&error.to_string());
        let position = error.location().map(|at| (at.line(), at.column()));
        let (message, position) = match yaml::position(&message, text) {
            Some((message, position)) => (message, Some(position)),
            None => (message, position),
        };
        failed(message, position)
    })?;
    match yaml::merge_key(&node, &Origin::file(file)) {
        None => Ok(node),
        Some(origin) => Err(merge_key(text, &origin)),
    }
}

fn merge_key(text: &str, origin: &Origin) -> Problem {
    let problem = Problem::at(origin, "`<<`, a merge key, isn't supported")
        .expected("the members themselves, which other readers see as well")
        .advice("write out in its place the members that it stands for");
    match locate(text, origin, true) {
        Some((line, column)) => problem.position(line, column),
        None => problem,
    }
}

fn is_json(file: &str) -> bool {
    file.ends_with(".json")
}

/// Terminals would act on control characters.
fn visible(character: char) -> char {
    match character {
        '\t' => character,
        _ if character.is_control() => '\u{FFFD}',
        _ => character,
    }
}

/// Parsers end their messages with a position, which the diagnostic shows in its own place.
fn strip_position(message: &str) -> String {
    message.split(" at line ").next().unwrap_or(message).to_owned()
}

/// The line and column of a value, or of the key that it stands under.
fn locate(text: &str, origin: &Origin, key: bool) -> Option<(usize, usize)> {
    let path: Vec<String> = origin.keys().collect();
    let locate = Locate { path: &path, key };
    if is_json(&origin.file) {
        let error = locate.deserialize(&mut serde_json::Deserializer::from_str(text)).err()?;
        // That is where the reader had come to: behind the key, or behind a value that is neither list nor object.
        let line = text.lines().nth(error.line().saturating_sub(1))?;
        let key = serde_json::to_string(path.last()?).ok()?;
        let column = line.get(..error.column()).and_then(|read| read.rfind(&key)).map(|start| start + 1);
        return Some((error.line(), column.unwrap_or(error.column())));
    }
    let error = locate.deserialize(serde_yaml::Deserializer::from_str(text)).err()?;
    error.location().map(|at| (at.line(), at.column()))
}
