//! An independent JSON Schema validator, which uses the unmodified files of the schemas.

use std::collections::{BTreeMap, BTreeSet};

use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::{parse_document, EXAMPLES};
use serde_json::Value;

/// The schemas of a tree as JSON, by their files.
pub(crate) type Documents = BTreeMap<String, Value>;

/// The validators of a tree, by the file of the schema.
pub(crate) struct Oracle {
    validators: BTreeMap<String, jsonschema::Validator>,
}

/// The base URI of the files, which references between them are relative to.
pub(crate) const BASE: &str = "spec:///";

impl Oracle {
    /// Compiles the schemas of `files`. `read` contains the files of the tree that the generator reads.
    pub(crate) fn new<'f>(tree: &Tree, read: &[String], files: impl Iterator<Item = &'f str>) -> Self {
        Self::of(Self::documents(tree, read), files)
    }

    /// The schemas of a tree, of which the generator has read `read`.
    pub(crate) fn documents(tree: &Tree, read: &[String]) -> Documents {
        let is_schema = |name: &String| !name.starts_with(EXAMPLES) && read.contains(name);
        let schemas = tree.files.iter().filter(|(name, _)| is_schema(name));
        schemas.filter_map(|(name, bytes)| Some((name.clone(), parse_document(name, bytes).ok()?.to_json()))).collect()
    }

    /// Compiles the schemas of some files of some documents.
    pub(crate) fn of<'f>(documents: Documents, files: impl Iterator<Item = &'f str>) -> Self {
        let mut registry = jsonschema::Registry::new();
        for (name, document) in documents {
            registry =
                registry.add(format!("{BASE}{name}"), jsonschema::Resource::from_contents(document)).expect("a URI");
        }
        let registry = registry.prepare().expect("valid references");
        let compile = |file: &str| {
            let reference = serde_json::json!({ "$ref": format!("{BASE}{file}") });
            let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).with_registry(&registry);
            options.build(&reference).unwrap_or_else(|error| panic!("{file}: {error}"))
        };
        Self { validators: files.map(|file| (file.to_owned(), compile(file))).collect() }
    }

    /// Returns the locations of the violations of a schema.
    pub(crate) fn places(&self, file: &str, value: &Value) -> BTreeSet<String> {
        let errors = self.validators[file].iter_errors(value);
        errors.map(|error| error.instance_path().as_str().to_owned()).collect()
    }
}
