//! Schemas and overrides into the IR. The only place that decides the shape of a Rust type.

mod aliases;
mod any;
mod boxes;
mod content;
mod envelope;
mod event;
mod event_schema;
mod open_enum;
mod types;
mod whole;

pub(crate) use event_schema::link;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Checked, Origin, Problem, Problems};
use crate::ir::{Docs, Ir, Item, ModulePath, Shape, Type};
use crate::names;
use crate::overrides::Overrides;
use crate::resolve::Library;
use crate::schema::Schema;
use crate::second_opinion::Witness;
use crate::source::SCHEMAS;
use crate::version::Version;

/// What the steps of the lowering share.
pub(crate) struct Lowering<'a> {
    library: &'a Library,
    overrides: &'a Overrides,
    ir: Ir,
    /// The types of the definitions that several schemas share.
    shared: BTreeMap<Origin, Type>,
    /// The files that an event or a definition was made from.
    consumed: BTreeSet<String>,
    witnesses: Vec<Witness>,
    /// The type of `unsigned` in the envelopes, for events without one of their own.
    unsigned: Option<Type>,
    /// The events of which nothing says where they come from.
    unplaced: Vec<Problem>,
    /// The properties that no field can be named after.
    misnamed: Problems,
}

/// What was decided, and the schemas that it was decided from.
pub(crate) type Lowered = (Ir, Vec<Witness>);

/// What can be decided of a tree that has mistakes.
pub(crate) struct Partly {
    pub(crate) ir: Ir,
    /// What keeps the rest from being decided.
    pub(crate) problems: Vec<Problem>,
    /// The events without a kind, which are in the IR.
    pub(crate) unplaced: Vec<Problem>,
    /// Whether every type could be decided, so that overrides nobody has asked for don't apply.
    pub(crate) is_whole: bool,
    pub(crate) witnesses: Vec<Witness>,
}

/// Where the types of a schema go, and what they are called if it doesn't say.
#[derive(Clone)]
pub(crate) struct Place {
    module: ModulePath,
    hint: String,
}

impl Place {
    fn named(&self, hint: impl Into<String>) -> Self {
        Self { module: self.module.clone(), hint: hint.into() }
    }
}

/// Decides every type.
pub(crate) fn lower(
    library: &Library,
    overrides: &Overrides,
    release: Option<Version>,
) -> Result<Lowered, Vec<Problem>> {
    let mut partly = partly(library, overrides, release);
    partly.problems.append(&mut partly.unplaced);
    Problems(partly.problems).none((partly.ir, partly.witnesses))
}

/// Decides what can be decided.
pub(crate) fn partly(library: &Library, overrides: &Overrides, release: Option<Version>) -> Partly {
    let mut problems = Problems::default();
    let mut lowering = Lowering {
        library,
        overrides,
        ir: Ir { release, ..Ir::default() },
        shared: BTreeMap::new(),
        consumed: BTreeSet::new(),
        witnesses: Vec::new(),
        unsigned: None,
        unplaced: Vec::new(),
        misnamed: Problems::default(),
    };
    envelope::lower(&mut lowering, &mut problems);
    event::lower(&mut lowering, &mut problems);
    any::lower(&mut lowering, &mut problems);
    problems.0.append(&mut lowering.misnamed.0);
    let is_whole = problems.0.is_empty();
    if is_whole {
        lowering.check_consumed(&mut problems);
    }
    let Lowering { mut ir, witnesses, unplaced, .. } = lowering;
    boxes::lower(&mut ir);
    Partly { ir, problems: problems.0, unplaced, is_whole, witnesses }
}

impl Lowering<'_> {
    /// Adds a type to a module. Two of one name have to be the same.
    fn define(&mut self, module: &ModulePath, item: Item, schema: &Schema) -> Checked<()> {
        names::free(&item.name, &item.origin)?;
        fits(&item, schema)?;
        self.witnesses.push(Witness { module: module.clone(), name: item.name.clone(), schema: schema.clone() });
        let known = self.ir.modules.entry(module.clone()).or_default();
        if !known.files.contains(&item.origin.file) {
            known.files.push(item.origin.file.clone());
            known.files.sort();
        }
        match known.items.iter().find(|known| known.name == item.name) {
            None => known.items.push(item),
            // YAML anchors repeat a schema, and with it the type.
            Some(known) if known.shape.is_same(&item.shape) => {}
            Some(known) => return Err(names::clash(&item.name, &item.origin, &known.origin)),
        }
        Ok(())
    }

    /// The type of a definition that several schemas may refer to, `from` among them, defined once.
    fn shared(&mut self, target: &Origin, from: &Origin) -> Checked<Type> {
        if let Some(known) = self.shared.get(target) {
            return Ok(known.clone());
        }
        let schema = self.library.get(target).ok_or_else(|| {
            Problem::at(from, format!("the definition {target} isn't there"))
                .expected("a definition of the tree")
                .advice("add it, or correct the entry of overrides.yaml that names it")
        })?;
        self.consumed.insert(target.file.clone());
        let overrides = self.overrides;
        if let Some(any) = overrides.any().find(|any| any.schema.as_ref() == Some(target)) {
            return Ok(Type::Named(any::module(), any.name.clone()));
        }
        let stem = target.file.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml");
        let module = vec!["common".to_owned()];
        let hint = target.keys().last().unwrap_or_else(|| stem.to_owned());
        let ty = self.type_of(schema, &Place { module, hint })?;
        self.shared.insert(target.clone(), ty.clone());
        Ok(ty)
    }

    /// The documentation of a schema, with a link to a section of the specification.
    fn docs(schema: &Schema, link: Option<String>) -> Docs {
        Docs {
            text: schema.description.clone(),
            since: schema.added,
            changed: schema.changed.clone(),
            deprecated: schema.deprecated,
            link,
        }
    }

    /// Marks the files that a schema refers to as used, and theirs.
    fn consume(&mut self, schema: &Schema) {
        if let Some(target) = &schema.reference {
            if self.consumed.insert(target.file.clone()) || target.pointer.is_empty() {
                if let Some(schema) = self.library.get(target) {
                    self.consume(schema);
                }
            }
        }
        for child in schema.children() {
            self.consume(child);
        }
    }

    /// Every file in the folder of the event schemas has to have become something.
    fn check_consumed(&self, problems: &mut Problems) {
        for (origin, _) in self.library.iter() {
            let of_events = origin.file.starts_with(SCHEMAS) || self.overrides.folder_of(&origin.file).is_some();
            if of_events && !self.consumed.contains(&origin.file) {
                problems.push(
                    Problem::at(
                        &Origin::file(&origin.file),
                        "no event refers to this file, and it states no event `type`",
                    )
                    .expected("an event schema with an `enum` for its `type`, or a definition that one refers to")
                    .advice("state the `type` under `properties`, refer to the file, or remove it"),
                );
            }
        }
    }
}

/// The members of an object that `runtime::Shape` knows: it notes in 64 bits which of them have been read.
const MEMBERS: usize = 63;

/// An object can't have more fields than its type can tell apart.
fn fits(item: &Item, schema: &Schema) -> Checked<()> {
    let Shape::Struct(shape) = &item.shape else { return Ok(()) };
    let count = shape.fields.len() + shape.constants.len() + usize::from(shape.envelope.is_some());
    if shape.top_level || count <= MEMBERS {
        return Ok(());
    }
    Err(Problem::at(&schema.origin, format!("an object with {count} members that are fields of its type"))
        .expected(format!("at most {MEMBERS}"))
        .advice(
            "put some of them into an object of their own; more of them need support in runtime/src/json/object.rs",
        ))
}
