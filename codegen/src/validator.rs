//! Validates values against the schemas of a tree, with the `jsonschema` crate and the documents as they are in their files.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use jsonschema::{Draft, Registry, Resource, Retrieve, Uri};
use serde_json::{json, Value};

use crate::diagnostics::{Diagnostic, Origin};
use crate::source::Sources;

/// The base of the URI of each file, against which `$ref` is resolved.
const BASE: &str = "spec:///";

/// The maximum length of a value in a message.
const MAX_VALUE: usize = 60;

/// A value that its schema rejects.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Violation {
    /// The JSON pointer of the value.
    pub(crate) pointer: String,
    /// The constraint that the value violates.
    pub(crate) message: String,
}

/// The schemas of a tree. A schema is compiled when the first value is validated against it.
pub(crate) struct Schemas {
    registry: Registry<'static>,
    compiled: RefCell<BTreeMap<Origin, Rc<jsonschema::Validator>>>,
}

/// Retrieves a schema without constraints for the files that no event refers to.
struct Unreached;

impl Retrieve for Unreached {
    fn retrieve(&self, _: &Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Value::Bool(true))
    }
}

impl Schemas {
    /// Collects the schemas of some files that have been parsed.
    pub(crate) fn new(sources: &Sources<'_>, files: &BTreeSet<&str>) -> Result<Self, Diagnostic> {
        let mut registry = Registry::new().draft(Draft::Draft202012).retriever(Unreached);
        for file in files {
            let mut document = sources.parsed(file).map(crate::node::Node::to_json).unwrap_or_default();
            // Every schema is read as draft 2020-12, although a few files of the oldest releases state another draft.
            document.as_object_mut().map(|members| members.remove("$schema"));
            let added = registry.add(format!("{BASE}{file}"), Resource::from_contents(document));
            registry = added.map_err(|error| failed(&Origin::file(*file), &error))?;
        }
        let first = files.first().copied().unwrap_or_default();
        let registry = registry.prepare().map_err(|error| failed(&Origin::file(first), &error))?;
        Ok(Self { registry, compiled: RefCell::default() })
    }

    /// Returns the violations of a schema in a value.
    pub(crate) fn validate(&self, schema: &Origin, value: &Value) -> Result<BTreeSet<Violation>, Diagnostic> {
        let validator = self.compiled(schema)?;
        let violations = validator.iter_errors(value).map(|error| {
            let is_short = error.instance().to_string().len() <= MAX_VALUE;
            let message = if is_short { error.to_string() } else { error.masked_with("the value").to_string() };
            Violation { pointer: error.instance_path().as_str().to_owned(), message }
        });
        Ok(violations.collect())
    }

    fn compiled(&self, schema: &Origin) -> Result<Rc<jsonschema::Validator>, Diagnostic> {
        if let Some(compiled) = self.compiled.borrow().get(schema) {
            return Ok(Rc::clone(compiled));
        }
        let reference = json!({ "$ref": format!("{BASE}{}#{}", schema.file, fragment(&schema.pointer)) });
        let options = jsonschema::options().with_draft(Draft::Draft202012).with_registry(&self.registry);
        let compiled = Rc::new(options.build(&reference).map_err(|error| failed(schema, &error))?);
        self.compiled.borrow_mut().insert(schema.clone(), Rc::clone(&compiled));
        Ok(compiled)
    }
}

/// Encodes a JSON pointer as the fragment of a URI.
fn fragment(pointer: &str) -> String {
    let encoded = pointer.bytes().map(|byte| match byte {
        b'/' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    encoded.collect()
}

fn failed(schema: &Origin, error: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::at(schema, format!("failed to compile the schema: {error}"))
        .expected("a schema of JSON Schema 2020-12")
        .help("fix the schema")
}
