//! The schemas of a tree and the files that they refer to.

use std::collections::{BTreeMap, BTreeSet};

use super::{parse, Schema, View};
use crate::diagnostics::{nearest, Diagnostic, Diagnostics, Origin};
use crate::node::Node;
use crate::source::{short_path, Sources};

/// The loaded schemas, by their files or by places in files.
#[derive(Clone, Debug, Default)]
pub(crate) struct SchemaSet {
    schemas: BTreeMap<Origin, Schema>,
}

/// A reference to a schema, by another schema or by an entry of the settings.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reference {
    pub(crate) target: Origin,
    /// The place that refers to the schema. If there is none, the file may be missing.
    pub(crate) from: Option<Origin>,
}

impl SchemaSet {
    /// Loads schemas and the schemas that they refer to.
    pub(crate) fn load(
        &mut self,
        sources: &mut Sources<'_>,
        mut waiting: Vec<Reference>,
        diagnostics: &mut Diagnostics,
    ) {
        while let Some(reference) = waiting.pop() {
            if self.schemas.contains_key(&reference.target) {
                continue;
            }
            let Some(schema) = load(sources, &reference, diagnostics) else { continue };
            waiting.extend(references(&schema));
            self.schemas.insert(reference.target, schema);
        }
    }

    /// Returns the places of the loaded schemas.
    pub(crate) fn origins(&self) -> BTreeSet<Origin> {
        self.schemas.keys().cloned().collect()
    }

    /// Returns the schema of a file, or of a place in a file.
    pub(crate) fn get(&self, origin: &Origin) -> Option<&Schema> {
        self.schemas.get(origin)
    }

    /// Returns the loaded schemas.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Origin, &Schema)> {
        self.schemas.iter()
    }

    /// Returns the loaded schemas as mutable references.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Schema> {
        self.schemas.values_mut()
    }

    /// Returns some schemas, and the schemas that they refer to.
    pub(crate) fn reached<'o>(&self, from: impl Iterator<Item = &'o Origin>) -> BTreeSet<Origin> {
        let mut waiting: Vec<Origin> = from.cloned().collect();
        let mut reached = BTreeSet::new();
        while let Some(origin) = waiting.pop() {
            let Some(schema) = self.schemas.get(&origin).filter(|_| !reached.contains(&origin)) else { continue };
            waiting.extend(corrected_references(schema).into_iter().map(|reference| reference.target));
            reached.insert(origin);
        }
        reached
    }

    /// Returns the definitions that exactly one `$ref` and no correction refers to. References from an extension to a definition of
    /// `specification` do not count, because they do not change the types of the specification. `from` has the places of the schemas
    /// whose references count.
    pub(crate) fn referenced_once(
        &self,
        from: &BTreeSet<Origin>,
        specification: Option<&BTreeSet<String>>,
    ) -> BTreeSet<Origin> {
        let is_of_specification = |file: &str| specification.is_none_or(|files| files.contains(file));
        let mut places: BTreeMap<Origin, BTreeSet<Option<Origin>>> = BTreeMap::new();
        let mut corrections = BTreeSet::new();
        for (_, schema) in self.schemas.iter().filter(|(origin, _)| from.contains(origin)) {
            let references: Vec<Reference> = references(schema);
            let corrected = corrected_references(schema).into_iter().filter(|one| !references.contains(one));
            corrections.extend(corrected.map(|reference| reference.target));
            let counts = |one: &Reference| {
                one.from
                    .as_ref()
                    .is_none_or(|from| is_of_specification(&from.file) || !is_of_specification(&one.target.file))
            };
            for Reference { target, from } in references.into_iter().filter(counts) {
                places.entry(target).or_default().insert(from);
            }
        }
        let once = places.into_iter().filter(|(target, places)| places.len() == 1 && !corrections.contains(target));
        once.map(|(target, _)| target).collect()
    }

    /// Reports schemas that contain themselves. They have no finite Rust type.
    pub(crate) fn find_cycles(&self, diagnostics: &mut Diagnostics) {
        let mut done = BTreeSet::new();
        for origin in self.schemas.keys() {
            self.visit(origin, &mut Vec::new(), &mut done, diagnostics);
        }
    }

    fn visit(
        &self,
        origin: &Origin,
        path: &mut Vec<Origin>,
        done: &mut BTreeSet<Origin>,
        diagnostics: &mut Diagnostics,
    ) {
        let Some(schema) = self.schemas.get(origin).filter(|_| !done.contains(origin)) else { return };
        path.push(origin.clone());
        for Reference { target, from } in corrected_references(schema) {
            if path.contains(&target) {
                let round = path.iter().skip_while(|on_path| **on_path != target).chain([&target]);
                let cycle: Vec<String> = round.map(ToString::to_string).collect();
                let message = format!("`$ref` forms the cycle {}", cycle.join(" -> "));
                diagnostics.push(
                    Diagnostic::at(from.as_ref().unwrap_or(origin), message)
                        .expected("references without a cycle")
                        .help("remove one of the references")
                        .or_in_generator("support recursive types in codegen/src/lower"),
                );
            } else {
                self.visit(&target, path, done, diagnostics);
            }
        }
        path.pop();
        done.insert(origin.clone());
    }
}

/// Returns the references of a schema and of all schemas below it.
pub(crate) fn references(schema: &Schema) -> Vec<Reference> {
    let mut found = Vec::new();
    collect(schema, View::Release, &mut found);
    found
}

fn collect(schema: &Schema, view: View, found: &mut Vec<Reference>) {
    if let Some(target) = &schema.reference {
        found.push(Reference { target: target.clone(), from: Some(schema.origin.child("$ref")) });
    }
    schema.children().for_each(|child| collect(child, view, found));
    if view == View::Corrected {
        found.extend(schema.corrections.definition.clone());
        schema.corrections.additions.iter().for_each(|(_, addition)| collect(addition, view, found));
    }
}

/// Returns the references of a schema and of all schemas below it, including those of corrections.
fn corrected_references(schema: &Schema) -> Vec<Reference> {
    let mut found = Vec::new();
    collect(schema, View::Corrected, &mut found);
    found
}

fn load(sources: &mut Sources<'_>, reference: &Reference, diagnostics: &mut Diagnostics) -> Option<Schema> {
    let Reference { target, from } = reference;
    if let Some(from) = from.as_ref().filter(|_| !sources.exists(&target.file)) {
        diagnostics.push(missing(sources.schemas(), &target.file, from));
        return None;
    }
    let mut node = diagnostics.note(sources.document(&target.file))??;
    diagnostics.note(named_like_a_uri(&target.file))?;
    let from = from.as_ref().unwrap_or(target);
    let mut at = Origin::file(&target.file);
    for key in target.keys() {
        match node.step(&key) {
            Some(child) => (node, at) = (child, at.child(&key)),
            None => {
                // A place that may be missing has no reference.
                diagnostics.extend(reference.from.is_some().then(|| without_value(target, node, &at, &key, from)));
                return None;
            }
        }
    }
    if !target.pointer.is_empty() && !matches!(node, Node::Map(_)) {
        let message = format!("expected a reference to a schema, found {} at {target}", node.kind());
        let help = "write the pointer of a schema after the `#`, such as `#/properties/content`";
        diagnostics.push(Diagnostic::at(from, message).help(help));
        return None;
    }
    let node = node.clone();
    parse(&node, target, diagnostics)
}

/// Creates the error of a pointer without a value. `at` is the last value on the path of the pointer, and `key` is missing there.
fn without_value(target: &Origin, node: &Node, at: &Origin, key: &str, from: &Origin) -> Diagnostic {
    let keys: Vec<&str> = match node {
        Node::Map(entries) => entries.iter().map(|(key, _)| key.as_str()).collect(),
        _ => Vec::new(),
    };
    let help = match nearest(key, keys.iter().copied()) {
        Some(near) => format!("write `#{}` in place of `#{}`", at.child(near).pointer, at.child(key).pointer),
        None => "correct the pointer after the `#`".to_owned(),
    };
    let expected = match keys.as_slice() {
        [] => "a JSON pointer to a schema in that file".to_owned(),
        keys => format!("one of the keys `{}` at {at}", keys.join("`, `")),
    };
    let message = format!("{} has no value at `{}`", target.file, target.pointer);
    Diagnostic::at(from, message).expected(expected).help(help)
}

/// Checks that a file name needs no escapes in a `$ref`, which is the reference to a URI.
fn named_like_a_uri(file: &str) -> Result<(), Diagnostic> {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-._~!$&'()*+,;=@/".contains(character);
    let Some(other) = file.chars().find(|character| !is_plain(*character)) else { return Ok(()) };
    let name = file.rsplit('/').next().unwrap_or_default();
    let plain: String = name.chars().map(|character| if is_plain(character) { character } else { '_' }).collect();
    Err(Diagnostic::at(&Origin::file(file), format!("found {other:?} in the name of the file"))
        .expected("a name of ASCII letters, digits, and characters such as `.`, `_`, `-` and `$`")
        .help(format!("rename the file, for example to `{plain}`, and correct the references to the file")))
}

/// Creates the error of a reference to a missing file. `files` are the files that the reference may name.
pub(crate) fn missing(files: Vec<String>, file: &str, from: &Origin) -> Diagnostic {
    let is_reference = from.pointer.ends_with("$ref");
    let files: Vec<String> = files.into_iter().filter(|known| *known != from.file).collect();
    let near = similar(&files, file);
    let near = near.as_deref();
    let path = |near: &str| if is_reference { relative(&from.file, near) } else { short_path(near).to_owned() };
    let help = near.map_or("correct the path, or add the file".to_owned(), |near| {
        format!("write `{}`, or add the file", path(near))
    });
    Diagnostic::at(from, format!("there is no file {file}"))
        .expected(match is_reference {
            true => "the path of a file of the tree, relative to this file",
            false => "the path of a file of the tree",
        })
        .help(help)
}

/// Returns the schema in the tree whose name is most similar to that of a missing file, other than the file `except`.
pub(crate) fn similar_file(sources: &Sources<'_>, file: &str, except: &str) -> Option<String> {
    let files = sources.schemas().into_iter().filter(|known| known != except);
    similar(&files.collect::<Vec<_>>(), file)
}

/// Returns the file whose name is most similar to that of a missing file.
fn similar(files: &[String], file: &str) -> Option<String> {
    let name = |file: &str| {
        let name = file.rsplit('/').next().unwrap_or_default();
        let stem = name.rsplit_once('.').filter(|(_, ending)| matches!(*ending, "yaml" | "yml" | "json"));
        stem.map_or(name, |(stem, _)| stem).to_owned()
    };
    let names: Vec<String> = files.iter().map(|file| name(file)).collect();
    let sought = file.replace('\\', "/");
    let wanted = name(&sought);
    let begins = |known: &&String| wanted.len() > 3 && known.starts_with(&wanted);
    let near = match names.contains(&wanted) {
        true => wanted.as_str(),
        false => {
            nearest(&wanted, names.iter().map(String::as_str)).or(names.iter().find(begins).map(String::as_str))?
        }
    };
    // If several files have the name, the path decides.
    let candidates = files.iter().filter(|candidate| name(candidate) == near);
    candidates.min_by_key(|candidate| strsim::osa_distance(candidate, &sought)).cloned()
}

/// Returns the path of a file relative to another file.
fn relative(from: &str, to: &str) -> String {
    let shared = from.split('/').zip(to.split('/')).take_while(|(one, other)| one == other).count();
    let up = from.split('/').count().saturating_sub(shared + 1);
    let parts = std::iter::repeat_n("..", up).chain(to.split('/').skip(shared));
    parts.collect::<Vec<_>>().join("/")
}
