//! Lowers a model to the IR: the one place that decides names, types, presence and roles.

mod any;
mod boxing;
mod content;
mod envelope;
mod event;
mod features;
mod links;
mod open_enum;
mod requirements;
mod root;
mod types;
mod unused;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::ir::{Docs, Ir, Item, ModulePath, Role, Shape, Step, Type, ANY, COMMON};
use crate::model::Model;
use crate::names::{self, NameKey, Named};
use crate::schema::{Chosen, MergedSchema, Parts, SchemaSet, View};
use crate::settings::{has_own_location, location_of, Change, Correction};

/// The state that the steps of the lowering share.
struct Lowering<'m> {
    model: &'m Model,
    schemas: &'m SchemaSet,
    ir: Ir,
    /// The types of the definitions that several schemas share.
    shared: BTreeMap<Origin, Type>,
    /// The definitions that one place alone refers to. Their types are in the module of that place.
    referenced_once: BTreeSet<Origin>,
    types: Vec<TypeSource<'m>>,
    /// The root whose types are lowered, if they are not those of events.
    root: Option<root::State<'m>>,
    /// The errors of paths of events that a root does not have.
    unused_roots: Vec<Diagnostic>,
    /// The type of `unsigned` in the envelopes, for events that do not declare the member.
    unsigned: Option<Type>,
    /// The places and entries of chosen names and modules that differ from the default.
    needed: BTreeSet<(Origin, Origin)>,
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
    /// The path from the root that is lowered. `None` in a definition that several places share.
    path: Option<Vec<Step>>,
}

impl Destination {
    fn new(module: ModulePath, hint: impl Into<String>) -> Self {
        Self { module, hint: hint.into(), path: None }
    }

    fn named(&self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self.clone() }
    }

    /// Returns the destination of a part.
    fn below(&self, step: Step) -> Self {
        let below = |path: &Vec<Step>| path.iter().cloned().chain([step]).collect();
        Self { path: self.path.as_ref().map(below), ..self.clone() }
    }
}

/// Decides every type that can be decided.
pub(crate) fn lower(model: &Model) -> Lowered<'_> {
    let features = model.config.features.iter().filter(|feature| feature.is_in_use(&model.events));
    let features = features.map(|entry| entry.feature.clone()).collect();
    let mut lowering = Lowering {
        model,
        schemas: &model.schemas,
        ir: Ir { release: model.release, proposals: model.proposals.clone(), features, ..Ir::default() },
        shared: BTreeMap::new(),
        referenced_once: model.schemas.referenced_once(&model.of_events, model.specification.as_ref()),
        types: Vec::new(),
        root: None,
        unused_roots: Vec::new(),
        unsigned: None,
        needed: BTreeSet::new(),
        diagnostics: Diagnostics::default(),
    };
    envelope::lower(&mut lowering);
    event::lower(&mut lowering);
    any::lower(&mut lowering);
    boxing::lower(&mut lowering.ir);
    root::lower(&mut lowering);
    features::lower(&mut lowering.ir);
    requirements::lower(&mut lowering.ir);
    for (path, docs) in &model.config.module_docs {
        if lowering.ir.has_module(path) {
            lowering.ir.modules.entry(path.clone()).or_default().description = Some(docs.text.clone());
        }
    }
    let Lowering { mut ir, types, needed, unused_roots, mut diagnostics, .. } = lowering;
    if !diagnostics.0.is_empty() || !model.diagnostics.is_empty() {
        return Lowered { ir, types, diagnostics: diagnostics.0, unused: Vec::new() };
    }
    let mut unused = unused::entries(model, &ir, &types, &needed);
    unused.extend(unused_roots);
    for (module, broken) in links::broken(model, &ir) {
        if model.is_older {
            // The release lacks the type. The default documentation of the module has no links.
            ir.modules.entry(module.clone()).or_default().description = None;
            unused.push(broken);
        } else {
            diagnostics.extend(vec![broken]);
        }
    }
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

    /// Returns the name or module of an entry, or the default if there is no entry.
    fn chosen<T: PartialEq>(
        &mut self,
        chosen: Option<Chosen<T>>,
        default: Result<T, Diagnostic>,
    ) -> Result<T, Diagnostic> {
        let Some(Chosen { name, at, entry }) = chosen else { return default };
        if default.ok().as_ref() != Some(&name) {
            self.needed.insert((at, entry));
        }
        Ok(name)
    }

    /// Adds a type to a module. Fails if the module has another type of the name.
    fn define(&mut self, module: &ModulePath, mut item: Item, schema: &MergedSchema<'m>) -> Result<(), Diagnostic> {
        // The type of a property that a proposal adds is a type of the proposal. The first schema is that in its settings.
        if schema.place.correction(|one| one.proposal).is_some() {
            item.origin = schema.place.origins().into_iter().next().unwrap_or(item.origin);
        }
        names::free(&item.name, &schema.origin, || names::entry_for(&item.origin, NameKey::Name))?;
        check_field_count(&item, &schema.origin)?;
        self.types.push(TypeSource { module: module.clone(), name: item.name.clone(), schema: schema.clone() });
        self.insert(module, item, &schema.place)
    }

    /// Adds a type to a module. `place` is the place of the type.
    fn insert(&mut self, module: &ModulePath, item: Item, place: &Parts<'m>) -> Result<(), Diagnostic> {
        let known = self.ir.modules.entry(module.clone()).or_default();
        if !known.files.contains(&item.origin.file) {
            known.files.push(item.origin.file.clone());
            known.files.sort();
        }
        let Some(known) = known.items.iter_mut().find(|known| known.name == item.name) else {
            known.items.push(item);
            return Ok(());
        };
        // YAML anchors repeat a schema, and so its type.
        if known.shape.is_same(&item.shape) {
            return Ok(());
        }
        let (first, origins) = (known.origin.clone(), place.origins());
        match place.correction(|one| one.same_as.as_deref()) {
            Some(shared) if known.docs.text == item.docs.text => {
                let differences = known.shape.differences(&item.shape);
                if !differences.is_empty() {
                    return Err(self.differs(&origins, &first, &differences));
                }
                known.shape = match origins.contains(&shared.first) {
                    true => item.shape.joined(&known.shape),
                    false => known.shape.joined(&item.shape),
                };
                Ok(())
            }
            _ => Err(self.type_clash(&item, &place.origin(), &first)),
        }
    }

    /// Creates the error of an entry under `same-as` whose types differ.
    fn differs(&self, origins: &[Origin], first: &Origin, differences: &[String]) -> Diagnostic {
        let is_entry = |one: &&Correction| matches!(one.change, Change::SameAs(_)) && origins.contains(&one.at);
        let correction = self.model.corrections.iter().find(is_entry);
        let entry = correction.map(|one| one.entry.clone()).unwrap_or_default();
        let [one, first] = [correction.map_or(first, |one| &one.at), first].map(location_of);
        let message = format!("the types of {first} and {one} differ: {}", differences.join(", "));
        Diagnostic::at(&entry, message)
            .expected("places whose types are equal, apart from their documentation")
            .help("remove the place from the entry, or limit the entry to other releases with `since:` and `until:`")
    }

    /// Creates the error of a type with the name of another type. `place` is the schema of the type, and `first` is the schema of
    /// the other type.
    fn type_clash(&self, item: &Item, place: &Origin, first: &Origin) -> Diagnostic {
        let Model { config, corrections, events, .. } = self.model;
        let is_entry = |one: &&Correction, at: &Origin| {
            one.at == *at && matches!(&one.change, Change::TypeName(name) if *name == item.name)
        };
        let shared = |at: &Origin| {
            let mut all = corrections.iter().filter(|one| one.at == *at).filter_map(Correction::shared_type);
            all.find(|shared| shared.name == item.name).map(|shared| shared.entry.child("name"))
        };
        let entry = |at: &Origin| {
            let envelope = config.envelopes.iter().find(|one| one.name == item.name && one.schema == *at);
            let envelope = envelope.map(|one| one.origin.child("name"));
            let named = || corrections.iter().find(|one| is_entry(one, at)).map(|one| one.entry.clone());
            envelope.or_else(named).or_else(|| shared(at))
        };
        // The names of other types come from the types of events.
        let takes_name = |at: &&Origin| has_own_location(at) && !events.iter().any(|event| event.base.origin == **at);
        let help = match [&item.origin, first].into_iter().find(takes_name) {
            Some(at) => names::entry_for(at, NameKey::Name),
            None => "change the title or the path of one of the two schemas".to_owned(),
        };
        let entries = (entry(&item.origin), entry(first));
        let one = Named { place, entry: entries.0.as_ref() };
        names::clash(&item.name, one, Named { place: first, entry: entries.1.as_ref() }, help)
    }

    /// Returns the type of a definition that several schemas may refer to, and defines the type once. `from` is a place that
    /// refers to the definition, in a schema whose types are in `module`.
    fn shared(&mut self, target: &Origin, from: &Origin, module: &ModulePath) -> Result<Type, Diagnostic> {
        if let Some(known) = self.shared.get(target) {
            return Ok(known.clone());
        }
        let schema = self.schemas.get(target).ok_or_else(|| {
            Diagnostic::at(from, format!("there is no definition {target}"))
                .expected("a definition in the tree")
                .help("correct the entry in overrides.yaml that names the definition, or add the definition")
        })?;
        if let Some(any) = self.model.config.any.iter().find(|any| any.schema.as_ref() == Some(target)) {
            self.needed.insert((target.clone(), target.clone()));
            return Ok(Type::Named(vec![ANY.to_owned()], any.name.clone()));
        }
        let name = target.file.rsplit('/').next().unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let hint = target.keys().last().unwrap_or_else(|| stem.to_owned());
        let module = match (self.referenced_once.contains(target), &self.root) {
            (true, _) => module.clone(),
            (false, Some(root)) => root.shared_module(),
            (false, None) => vec![COMMON.to_owned()],
        };
        let ty = self.type_of(&schema.into(), &Destination::new(module, hint))?;
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
        proposal: None,
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
