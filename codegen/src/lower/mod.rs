//! Lowers a model to the IR: the one place that decides names, types, presence and roles.

mod any;
mod boxing;
mod content;
mod envelope;
mod event;
mod open_enum;
mod types;
mod unused;

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::ir::{Docs, Ir, Item, ModulePath, Role, Shape, Type, ANY, COMMON};
use crate::model::Model;
use crate::names;
use crate::schema::{MergedSchema, Parts, SchemaSet, View};

/// The state that the steps of the lowering share.
struct Lowering<'m> {
    model: &'m Model,
    schemas: &'m SchemaSet,
    ir: Ir,
    /// The types of the definitions that several schemas share.
    shared: BTreeMap<Origin, Type>,
    types: Vec<TypeSource<'m>>,
    /// The type of `unsigned` in the envelopes, for events that do not declare the member.
    unsigned: Option<Type>,
    diagnostics: Diagnostics,
}

/// A type, and the schema that it was decided from.
pub(crate) struct TypeSource<'m> {
    pub(crate) module: ModulePath,
    pub(crate) name: String,
    pub(crate) schema: MergedSchema<'m>,
}

/// The result of lowering a model: the types that could be decided.
pub(crate) struct Lowered<'m> {
    pub(crate) ir: Ir,
    pub(crate) types: Vec<TypeSource<'m>>,
    /// The errors of types that could not be decided.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The errors of entries about names that have no effect. Empty if a type could not be decided.
    pub(crate) unused: Vec<Diagnostic>,
}

/// The module of the types of a schema, and the text that names the type if the schema has no title.
#[derive(Clone)]
struct Destination {
    module: ModulePath,
    hint: String,
}

impl Destination {
    fn named(&self, hint: impl Into<String>) -> Self {
        Self { module: self.module.clone(), hint: hint.into() }
    }
}

/// Decides every type that can be decided.
pub(crate) fn lower(model: &Model) -> Lowered<'_> {
    let mut lowering = Lowering {
        model,
        schemas: &model.schemas,
        ir: Ir { release: model.release, ..Ir::default() },
        shared: BTreeMap::new(),
        types: Vec::new(),
        unsigned: None,
        diagnostics: Diagnostics::default(),
    };
    envelope::lower(&mut lowering);
    event::lower(&mut lowering);
    any::lower(&mut lowering);
    boxing::lower(&mut lowering.ir);
    for (path, docs) in &model.config.module_docs {
        if lowering.ir.has_module(path) {
            lowering.ir.modules.entry(path.clone()).or_default().description = Some(docs.text.clone());
        }
    }
    let Lowering { ir, types, diagnostics, .. } = lowering;
    let is_whole = diagnostics.0.is_empty() && model.diagnostics.is_empty();
    let unused = if is_whole { unused::entries(model, &ir, &types) } else { Vec::new() };
    Lowered { ir, types, diagnostics: diagnostics.0, unused }
}

impl<'m> Lowering<'m> {
    /// Merges the schemas of a place, including the properties and definitions that corrections add.
    fn merge(&self, place: &Parts<'m>) -> Result<MergedSchema<'m>, Diagnostic> {
        self.schemas.merge(place, View::Corrected)
    }

    /// Returns the documentation of a place in the release. Definitions in corrections do not replace it.
    fn docs_of(&self, place: &Parts<'m>) -> Result<Docs, Diagnostic> {
        Ok(docs(&self.schemas.merge(place, View::Release)?, None))
    }

    /// Adds a type to a module. Fails if the module has another type of the name.
    fn define(&mut self, module: &ModulePath, item: Item, schema: &MergedSchema<'m>) -> Result<(), Diagnostic> {
        names::free(&item.name, &item.origin)
            .map_err(|diagnostic| Diagnostic { origin: schema.origin.clone(), ..diagnostic })?;
        check_field_count(&item, &schema.origin)?;
        self.types.push(TypeSource { module: module.clone(), name: item.name.clone(), schema: schema.clone() });
        let known = self.ir.modules.entry(module.clone()).or_default();
        if !known.files.contains(&item.origin.file) {
            known.files.push(item.origin.file.clone());
            known.files.sort();
        }
        match known.items.iter().find(|known| known.name == item.name) {
            None => known.items.push(item),
            // YAML anchors repeat a schema, and so its type.
            Some(known) if known.shape.is_same(&item.shape) => {}
            Some(known) => {
                let help = names::entry_for(&item.origin, "name: …");
                return Err(names::clash(&item.name, &schema.origin, &known.origin, help));
            }
        }
        Ok(())
    }

    /// Returns the type of a definition that several schemas may refer to, and defines the type once. `from` is a place that
    /// refers to the definition.
    fn shared(&mut self, target: &Origin, from: &Origin) -> Result<Type, Diagnostic> {
        if let Some(known) = self.shared.get(target) {
            return Ok(known.clone());
        }
        let schema = self.schemas.get(target).ok_or_else(|| {
            Diagnostic::at(from, format!("there is no definition {target}"))
                .expected("a definition in the tree")
                .help("correct the entry in overrides.yaml that names the definition, or add the definition")
        })?;
        if let Some(any) = self.model.config.any.iter().find(|any| any.schema.as_ref() == Some(target)) {
            return Ok(Type::Named(vec![ANY.to_owned()], any.name.clone()));
        }
        let stem = target.file.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml");
        let module = vec![COMMON.to_owned()];
        let hint = target.keys().last().unwrap_or_else(|| stem.to_owned());
        let ty = self.type_of(&schema.into(), &Destination { module, hint })?;
        self.shared.insert(target.clone(), ty.clone());
        Ok(ty)
    }
}

/// Returns the documentation of a schema, with a link to a section of the specification.
fn docs(schema: &MergedSchema<'_>, link: Option<String>) -> Docs {
    Docs {
        text: schema.description.clone(),
        since: schema.added,
        changed: schema.changed.clone(),
        deprecated: schema.deprecated,
        link,
    }
}

/// The maximum number of members of an object. The runtime has 64 bits to note the members that it has found.
const MEMBERS: usize = 63;

/// Checks that the type of an object has at most [`MEMBERS`] members.
fn check_field_count(item: &Item, schema: &Origin) -> Result<(), Diagnostic> {
    let Shape::Struct(shape) = &item.shape else { return Ok(()) };
    let is_envelope = matches!(shape.role, Role::Envelope { .. });
    let count = shape.fields.len() + shape.constants.len() + usize::from(is_envelope);
    if shape.role == Role::TopLevel || count <= MEMBERS {
        return Ok(());
    }
    Err(Diagnostic::at(schema, format!("expected at most {MEMBERS} properties in an object, found {count}"))
        .help("move some properties into an object of their own, or support more in runtime/src/json/object.rs"))
}
