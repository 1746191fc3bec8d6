//! Emits the constraint tables: a file for each event type, and a file for the constraints that several types share.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToShoutySnakeCase;
use proc_macro2::TokenStream;
use quote::quote;

mod row;

use row::{expression, list, mention, pair, string, strings, version, Implied};

use super::gate::Gate;
use super::paths::tokens;
use super::{gate, ident, Code, Emitted, File, ModuleLine, Paths};
use crate::diagnostics::Origin;
use crate::ir::constraints::{
    ConstraintTables, Constraints, ConstraintsId, EventConstraints, EventForm, RootConstraints, SchemaVariant,
    ServerMembers,
};
use crate::ir::{Ir, Root, Step};
use crate::names;
use crate::settings::schema_of;
use crate::source::short_path;

/// Returns the files, by their paths below `src/events`.
pub(crate) fn files(ir: &Ir, paths: &Paths<'_>) -> BTreeMap<String, File> {
    let tables = Tables::new(&ir.constraints, paths);
    let mut files = BTreeMap::new();
    for (index, event) in ir.constraints.events.iter().enumerate() {
        let own = event.proposal().map(|_| tables.of_proposal(index, event));
        let tables = own.as_ref().unwrap_or(&tables);
        let file = File {
            sources: std::iter::once(&event.base).chain(&event.variants).map(|variant| variant.file.clone()).collect(),
            docs: format!("Constraints on the event `{}`.", event.event_type),
            imports: vec![quote!(
                use super::*;
            )],
            items: emitted([], tables.event(event) + &tables.statics(Some(index))),
            ..File::default()
        };
        files.insert(format!("constraints/{}.rs", module_name(&event.module)), file);
    }
    for (file, proposal) in root_files(&ir.constraints) {
        let emitted = tables.of_roots(&file, proposal).roots(&file, proposal);
        files.insert(format!("constraints/{file}.rs"), emitted);
    }
    files.insert("constraints.rs".to_owned(), tables.root(ir));
    files
}

/// Returns the modules of the constraints on roots, each with the proposal of the roots.
fn root_files(tables: &ConstraintTables) -> BTreeSet<(String, Option<u32>)> {
    tables.roots.iter().map(|root| (root_module(&root.module, root.proposal()), root.proposal())).collect()
}

/// Returns the name of the module of the constraints on the roots in a module.
pub(super) fn root_module(module: &[String], proposal: Option<u32>) -> String {
    let first = module.first().map(String::as_str).unwrap_or_default();
    match proposal {
        None => format!("{first}_roots"),
        Some(number) => format!("{first}_roots_msc{number}"),
    }
}

/// Returns the name of the static of a root.
pub(super) fn root_static(root: &str) -> String {
    root.to_shouty_snake_case()
}

/// Returns the list of all roots. Rows of roots without their features are absent.
fn bodies(ir: &Ir) -> String {
    let mut roots: Vec<&Root> = ir.roots.iter().collect();
    roots.sort_by(|one, other| one.name.cmp(&other.name));
    let row = |root: &Root| {
        let condition = Gate { feature: root.feature.as_deref(), proposal: root.proposal() }.attribute();
        let condition = condition.map(|attribute| format!("    {attribute}\n")).unwrap_or_default();
        let (module, name) = (root_module(&root.module, root.proposal()), root_static(&root.name));
        format!("{condition}    &{module}::{name},\n")
    };
    let rows: String = roots.into_iter().map(row).collect();
    let rows = if rows.is_empty() { rows } else { format!("\n{rows}") };
    format!(
        "\n/// The schemas of all bodies of responses and requests, in the order of their names.\n\
         pub(crate) static BODIES: &[&Body] = &[{rows}];\n"
    )
}

/// Returns the name of the module of the constraints on an event type: the path of the content's module as one name.
pub(crate) fn module_name(content: &[String]) -> String {
    content.join("_")
}

/// Returns items, and text in its final layout after them.
fn emitted(items: impl IntoIterator<Item = TokenStream>, text: String) -> Vec<Emitted> {
    let codes = items.into_iter().map(Code::Rust).chain([Code::Text(text)]);
    codes.map(|code| Emitted { name: "constraint tables".to_owned(), code }).collect()
}

struct Tables<'i> {
    tables: &'i ConstraintTables,
    paths: &'i Paths<'i>,
    /// The constraints with a name. They are mentioned more than once.
    named: BTreeMap<ConstraintsId, Static<'i>>,
}

/// The names of other statics and constants.
const RESERVED: [&str; 8] = ["ANY_EDU", "ANY_EVENT", "BODIES", "EDUS", "EVENT", "EVENTS", "RELEASE", "SERVER_MEMBERS"];

/// Constraints that are mentioned by name.
#[derive(Clone)]
struct Static<'i> {
    name: String,
    /// The index of the event type that mentions the constraints, or `None` if several types do.
    event: Option<usize>,
    /// The features of the events, and of the proposals that add the constraints to events of the specification. Empty if the
    /// constraints require no feature.
    gates: BTreeSet<Gate<'i>>,
}

/// The mentions of constraints in the tables of some event types.
#[derive(Default)]
struct Mentions {
    counts: BTreeMap<ConstraintsId, usize>,
    /// The indexes of the event types that use the constraints.
    users: BTreeMap<ConstraintsId, BTreeSet<usize>>,
}

impl Mentions {
    /// Adds a mention by an event type, and the use of the constraints and of the constraints below. `is_end` is `true` for
    /// constraints whose parts do not count.
    fn add(
        &mut self,
        tables: &ConstraintTables,
        id: ConstraintsId,
        event: usize,
        is_end: &impl Fn(ConstraintsId) -> bool,
    ) {
        *self.counts.entry(id).or_default() += 1;
        self.reach(tables, id, event, is_end);
    }

    fn reach(
        &mut self,
        tables: &ConstraintTables,
        id: ConstraintsId,
        event: usize,
        is_end: &impl Fn(ConstraintsId) -> bool,
    ) {
        let is_first = !self.users.contains_key(&id);
        if is_end(id) || !self.users.entry(id).or_default().insert(event) {
            return;
        }
        for child in tables.node(id).children() {
            *self.counts.entry(child).or_default() += usize::from(is_first);
            self.reach(tables, child, event, is_end);
        }
    }
}

impl<'i> Tables<'i> {
    fn new(tables: &'i ConstraintTables, paths: &'i Paths<'i>) -> Self {
        let mut mentions = Mentions::default();
        for (index, event) in tables.events.iter().enumerate().filter(|(_, event)| event.proposal().is_none()) {
            let roots = std::iter::once(&event.base).chain(&event.variants).flat_map(roots);
            roots.for_each(|id| mentions.add(tables, id, index, &|_| false));
        }
        let any = tables.any_event.iter().chain(&tables.any_edu);
        for id in any.copied().filter(|_| matches!(paths, Paths::Inside)) {
            mentions.add(tables, id, tables.events.len(), &|_| false);
        }
        let mut new = Self { tables, paths, named: BTreeMap::new() };
        let events: Vec<&EventConstraints> = tables.events.iter().filter(|one| one.proposal().is_none()).collect();
        let gates = added(tables, events.into_iter().flat_map(mentioned), None);
        new.name_all(&mentions, |id| gates.get(&id).cloned().unwrap_or_default());
        new
    }

    /// Returns the tables for the event type of a proposal. Its file has the constraints that no events of the specification share,
    /// so a proposal does not change the tables of other events.
    fn of_proposal(&self, index: usize, event: &'i EventConstraints) -> Self {
        let shared = self.named.iter().filter(|(_, one)| one.event.is_none() && one.gates.is_empty());
        let named: BTreeMap<ConstraintsId, Static<'i>> = shared.map(|(id, one)| (*id, one.clone())).collect();
        let mut mentions = Mentions::default();
        for id in std::iter::once(&event.base).chain(&event.variants).flat_map(roots) {
            mentions.add(self.tables, id, index, &|id| named.contains_key(&id));
        }
        let mut new = Self { tables: self.tables, paths: self.paths, named };
        let gates = added(self.tables, mentioned(event), event.proposal());
        new.name_all(&mentions, |id| gates.get(&id).cloned().unwrap_or_default());
        new
    }

    /// Returns the tables for the roots of a file, which has the constraints that no events share. Roots do not change the tables of
    /// events.
    fn of_roots(&self, file: &str, proposal: Option<u32>) -> Self {
        let shared = self.named.iter().filter(|(_, one)| one.event.is_none() && one.gates.is_empty());
        let named: BTreeMap<ConstraintsId, Static<'i>> = shared.map(|(id, one)| (*id, one.clone())).collect();
        let mut mentions = Mentions::default();
        for root in self.roots_of(file, proposal) {
            mentions.add(self.tables, root.constraints, self.user_of_roots(), &|id| named.contains_key(&id));
        }
        let mut new = Self { tables: self.tables, paths: self.paths, named };
        let roots = self.roots_of(file, proposal).map(|root| (root.constraints, Gate::default()));
        let gates = added(self.tables, roots, proposal);
        new.name_all(&mentions, |id| gates.get(&id).cloned().unwrap_or_default());
        new
    }

    /// Returns the roots in a file.
    fn roots_of<'f>(&self, file: &'f str, proposal: Option<u32>) -> impl Iterator<Item = &'i RootConstraints> + 'f
    where
        'i: 'f,
    {
        let roots = self.tables.roots.iter();
        roots.filter(move |root| root.proposal() == proposal && root_module(&root.module, proposal) == file)
    }

    /// Returns the index for the roots of a file, after the indexes of event types.
    fn user_of_roots(&self) -> usize {
        self.tables.events.len() + 1
    }

    /// Returns the file of the constraints on roots.
    fn roots(&self, file: &str, proposal: Option<u32>) -> File {
        let roots: Vec<&RootConstraints> = self.roots_of(file, proposal).collect();
        let statics = roots.iter().map(|root| self.body(root)).collect::<String>();
        let sources: BTreeSet<String> = roots.iter().map(|root| root.origin.file.clone()).collect();
        File {
            sources: sources.into_iter().collect(),
            docs: "Constraints on the bodies of responses and requests.".to_owned(),
            imports: vec![quote!(
                use super::*;
            )],
            items: emitted([], statics + &self.statics(Some(self.user_of_roots()))),
            ..File::default()
        }
    }

    /// Returns the static of a root.
    fn body(&self, root: &RootConstraints) -> String {
        let implied = Implied::Place(Some(root.origin.clone()));
        let place = |EventForm { path, section, sigils, form, any, proposal }: &EventForm| {
            let (section, any, mut sigils) = (string(section), string(any), sigils.iter());
            let step = |step: &Step| match step {
                Step::Property(name) => format!("Step::Key({})", string(name)),
                Step::Entries => format!("Step::Entries({:?})", sigils.next().copied().flatten()),
                Step::Items => "Step::Items".to_owned(),
            };
            let (path, form, condition) = (list(path.iter().map(step)), form.variant(), gate::prefix(*proposal));
            let row = format!("section: {section}, path: {path}, form: Form::{form}, any: {any}");
            format!("\n        {condition}EventPlace {{ {row} }},")
        };
        let events: String = root.events.iter().map(place).collect();
        let events = if events.is_empty() { events } else { events + "\n    " };
        let rows = [
            format!("name: {}", string(&root.name)),
            format!("link: {}", string(root.link.as_deref().unwrap_or_default())),
            format!("file: {}", string(&row::place(&root.origin))),
            format!("constraints: {}", mention(self, root.constraints, &implied, 4)),
            format!("events: &[{events}]"),
        ];
        let rows: String = rows.iter().map(|row| format!("    {row},\n")).collect();
        let (name, text) = (root_static(&root.name), &root.name);
        format!("\n/// The schema of `{text}`, with its constraints.\npub(crate) static {name}: Body = Body {{\n{rows}}};\n")
    }

    /// Gives names to the constraints with several mentions.
    fn name_all(&mut self, mentions: &Mentions, gates: impl Fn(ConstraintsId) -> BTreeSet<Gate<'i>>) {
        let tables = self.tables;
        let counts = mentions.counts.iter().filter(|(_, count)| **count > 1).map(|(id, _)| *id);
        let is_named = |id: &ConstraintsId| *tables.node(*id) != Constraints::default();
        for id in counts.filter(is_named).filter(|id| !self.named.contains_key(id)).collect::<Vec<_>>() {
            let users = mentions.users.get(&id);
            let event = users.filter(|users| users.len() == 1).and_then(|users| users.first().copied());
            // The index after those of the events is for the schemas of all events.
            let event = event.filter(|event| *event != tables.events.len());
            let base = static_name(tables, id);
            // The statics that several event types share are in scope in the files of all event types.
            let meets = |one: &Static| event.is_none() || one.event.is_none() || one.event == event;
            let is_taken = |name: &String| {
                RESERVED.contains(&name.as_str()) || self.named.values().any(|one| meets(one) && one.name == *name)
            };
            let mut numbered = (2..).map(|number| format!("{base}_{number}"));
            let name = if is_taken(&base) { numbered.find(|name| !is_taken(name)) } else { None };
            // The file of an event type requires the feature of the event type.
            let own = event.and_then(|index| tables.events.get(index)).and_then(|event| event.feature.as_deref());
            let gates = gate::all_closed(gates(id).into_iter().map(|gate| gate.beyond(own.into())));
            self.named.insert(id, Static { name: name.unwrap_or(base), event, gates });
        }
    }

    fn node(&self, id: ConstraintsId) -> &Constraints {
        self.tables.node(id)
    }

    fn name(&self, id: ConstraintsId) -> Option<&str> {
        self.named.get(&id).map(|one| one.name.as_str())
    }

    /// Returns the statics that only one event type uses, or those that several types use if `event` is `None`.
    fn statics(&self, event: Option<usize>) -> String {
        let statics = self.named.iter().filter(|(_, one)| one.event == event);
        // Several schemas mention a static, so its place never follows from the one above.
        let nowhere = Implied::Place(Some(Origin::default()));
        let texts = statics.map(|(id, Static { name, gates, .. })| {
            let constraints = expression(self, self.node(*id), &nowhere, 0);
            let condition = gate::any_of(gates).map(|attribute| attribute + "\n").unwrap_or_default();
            format!("\n{condition}static {name}: Constraints = {constraints};\n")
        });
        texts.collect()
    }

    /// Returns the file of the shared constraints, with the lists of all event types.
    fn root(&self, ir: &Ir) -> File {
        let modules = self.tables.events.iter().map(|event| (module_name(&event.module), Gate::of_constraints(event)));
        let mut modules: Vec<_> = modules.collect();
        modules.sort();
        let line = |(name, gate): &(String, Gate<'_>)| {
            let attribute = gate.attribute();
            ModuleLine { attribute, ..ModuleLine::of_crate(ident(name).to_string()) }
        };
        let of_roots = root_files(self.tables).into_iter().map(|(file, proposal)| {
            let feature = ir.roots.iter().find(|root| root_module(&root.module, root.proposal()) == file);
            let feature = feature.and_then(|root| root.feature.as_deref());
            ModuleLine { attribute: Gate { feature, proposal }.attribute(), ..ModuleLine::of_crate(file) }
        });
        let mut modules: Vec<ModuleLine> = modules.iter().map(line).chain(of_roots).collect();
        modules.sort_by(|one, other| one.name.cmp(&other.name));
        let root = tokens(self.paths.root());
        let mut items = vec![self.list("EVENTS", "All event types", false)];
        // `matrix-events` requires both lists, even if one is empty.
        if matches!(self.paths, Paths::Inside) || self.tables.events.iter().any(EventConstraints::is_edu) {
            items.push(self.list("EDUS", "All types of ephemeral data units", true));
        }
        let mut text = String::new();
        if matches!(self.paths, Paths::Inside) {
            items.push(self.index());
            text = self.common(ir) + &self.server_members() + &bodies(ir);
        }
        File {
            docs: "Constraints on events, as tables for the validators.".to_owned(),
            imports: vec![quote!(
                use #root::__private::constraints::*;
            )],
            modules,
            items: emitted(items, text + &self.statics(None)),
            ..File::default()
        }
    }

    /// Returns the release, and the constraints on events of unknown types.
    fn common(&self, ir: &Ir) -> String {
        let release = ir.release.map_or("None".to_owned(), |release| format!("Some({})", version(release)));
        let [event, edu] = [self.tables.any_event, self.tables.any_edu].map(|common| {
            common.map_or("&Constraints::ANY".to_owned(), |id| mention(self, id, &Implied::Place(None), 0))
        });
        format!(
            "\n/// The release of the specification.\npub(crate) const RELEASE: Option<Version> = {release};\n\
             \n/// The constraints on all events.\npub(crate) static ANY_EVENT: &Constraints = {event};\n\
             \n/// The constraints on all ephemeral data units.\npub(crate) static ANY_EDU: &Constraints = {edu};\n"
        )
    }

    /// Returns the members that servers add to events.
    fn server_members(&self) -> String {
        let ServerMembers { event, unsigned, content } = &self.tables.server_members;
        format!(
            "\n/// The members that servers add to events although no schema declares them.\n\
             pub(crate) static SERVER_MEMBERS: ServerMembers = ServerMembers {{\n    event: {},\n    unsigned: {},\n    content: {},\n}};\n",
            strings(event),
            strings(unsigned),
            list(content.iter().map(pair))
        )
    }

    /// Returns the function that finds an event type. A `match` is fast, because it compares only strings of equal length.
    fn index(&self) -> TokenStream {
        let events = || self.tables.events.iter().filter(|event| !event.is_edu());
        let mut taken: BTreeSet<&str> = events().map(|event| event.event_type.as_str()).collect();
        let rows = events().map(|event| {
            let aliases: Vec<_> = event.aliases.iter().filter(|name| taken.insert(name)).collect();
            let (event_type, module) = (&event.event_type, ident(&module_name(&event.module)));
            let condition = Gate::of_constraints(event).condition();
            quote!(#condition #event_type #(| #aliases)* => Some(&#module::EVENT),)
        });
        let rows: Vec<_> = rows.collect();
        let prefixes = events().filter_map(|event| {
            let prefix = names::prefix_of(&event.event_type)?;
            let (condition, module) = (Gate::of_constraints(event).condition(), ident(&module_name(&event.module)));
            Some(quote!(#condition other if other.starts_with(#prefix) => Some(&#module::EVENT),))
        });
        quote! {
            /// Returns the event type with a name or an alias.
            pub(crate) fn named(event_type: &str) -> Option<&'static Event> {
                match event_type {
                    #(#rows)*
                    #(#prefixes)*
                    _ => None,
                }
            }
        }
    }

    fn list(&self, name: &str, docs: &str, is_edu: bool) -> TokenStream {
        let name = ident(name);
        let docs = super::docs::comment(&format!("{docs}, in the order of their names."));
        let of_kind = self.tables.events.iter().filter(|event| event.is_edu() == is_edu);
        let rows = of_kind.map(|event| {
            let (condition, module) = (Gate::of_constraints(event).condition(), ident(&module_name(&event.module)));
            quote!(#condition &#module::EVENT)
        });
        // A crate with custom events passes the list to the validators.
        let visibility = match self.paths {
            Paths::Inside => quote!(pub(crate)),
            Paths::Outside(_) => quote!(pub),
        };
        quote!(#docs #visibility static #name: &[&Event] = &[#(#rows),*];)
    }

    fn event(&self, event: &EventConstraints) -> String {
        let event_type = &event.event_type;
        let kinds = event.all_kinds().map(|(kind, proposal)| format!("{}Kind::{kind:?}", gate::prefix(proposal)));
        let discriminator = match &event.discriminator {
            Some(name) => format!("Some({})", string(name)),
            None => "None".to_owned(),
        };
        let condition = |one: &SchemaVariant| gate::prefix(one.proposal().filter(|_| event.proposal().is_none()));
        let variants: String =
            event.variants.iter().map(|one| format!("\n        {}{},", condition(one), self.variant(one, 8))).collect();
        let variants = if variants.is_empty() { variants } else { variants + "\n    " };
        let rows = [
            format!("event_type: {}", string(event_type)),
            format!("aliases: {}", strings(&event.aliases)),
            format!("aliases_in_use: {}", strings(&event.aliases_in_use)),
            format!("kinds: {}", list(kinds)),
            format!("link: {}", string(event.docs.link.as_deref().unwrap_or_default())),
            format!("base: {}", self.variant(&event.base, 4)),
            format!("discriminator: {discriminator}"),
            format!("variants: &[{variants}]"),
        ];
        let rows: String = rows.iter().map(|row| format!("    {row},\n")).collect();
        format!(
            "\n/// The schemas of `{event_type}`, with their constraints.\npub(crate) static EVENT: Event = Event {{\n{rows}}};\n"
        )
    }

    fn variant(&self, variant: &SchemaVariant, indent: usize) -> String {
        let implied = Implied::Place(Some(Origin::file(&variant.file)));
        let event = mention(self, variant.event, &implied, indent + 4);
        let content = variant
            .content
            .map_or("&Constraints::ANY".to_owned(), |id| mention(self, id, &Implied::Place(None), indent + 4));
        let rows = [
            format!("value: {}", string(&variant.value)),
            format!("file: {}", string(short_path(&variant.file))),
            format!("event: {event}"),
            format!("content: {content}"),
        ];
        let (outer, inner) = (" ".repeat(indent), " ".repeat(indent + 4));
        let rows: String = rows.iter().map(|row| format!("{inner}{row},\n")).collect();
        format!("SchemaVariant {{\n{rows}{outer}}}")
    }
}

/// Returns the constraints that the table of an event type mentions directly.
fn roots(variant: &SchemaVariant) -> impl Iterator<Item = ConstraintsId> {
    std::iter::once(variant.event).chain(variant.content)
}

/// Returns the constraints that the table of an event type mentions directly, each with the gate of its variant.
fn mentioned(event: &EventConstraints) -> impl Iterator<Item = (ConstraintsId, Gate<'_>)> + '_ {
    let variants = std::iter::once(&event.base).chain(&event.variants);
    let gate = |variant: &SchemaVariant| Gate { proposal: variant.proposal(), ..Gate::of_constraints(event) };
    variants.flat_map(move |variant| roots(variant).map(move |id| (id, gate(variant))))
}

/// Returns the gates of the constraints that only the events of areas, and the members and variants of proposals mention, among the
/// tables with some constraints. `own` is the proposal of the tables.
fn added<'i>(
    tables: &'i ConstraintTables,
    from: impl Iterator<Item = (ConstraintsId, Gate<'i>)>,
    own: Option<u32>,
) -> BTreeMap<ConstraintsId, BTreeSet<Gate<'i>>> {
    let mut found: BTreeMap<ConstraintsId, BTreeSet<Gate<'i>>> = BTreeMap::new();
    let is_other = |proposal: &u32| Some(*proposal) != own;
    let mut waiting: Vec<(ConstraintsId, Gate<'i>)> = from.map(|(id, gate)| (id, gate.beyond(own.into()))).collect();
    waiting.extend(tables.any_event.iter().chain(&tables.any_edu).map(|id| (*id, Gate::default())));
    while let Some((id, gate)) = waiting.pop() {
        if !found.entry(id).or_default().insert(gate) {
            continue;
        }
        let node = tables.node(id);
        let rows = node.object.iter().flat_map(|object| object.properties.iter().chain(&object.prose));
        let added: Vec<_> =
            rows.filter(|row| row.proposal.is_some()).map(|row| (row.constraints, row.proposal)).collect();
        let mut children = node.children();
        for (child, _) in &added {
            // A member that is not from a proposal may have the same constraints.
            children.iter().position(|other| other == child).map(|at| children.remove(at));
        }
        waiting.extend(children.into_iter().map(|child| (child, gate)));
        let of_row = |row: Option<u32>| Gate { proposal: row.filter(is_other).or(gate.proposal), ..gate };
        waiting.extend(added.into_iter().map(|(child, row)| (child, of_row(row))));
    }
    // Constraints that an event mentions without a feature require none.
    found.into_iter().map(|(id, gates)| (id, gate::all_closed(gates.into_iter()))).collect()
}

/// Returns the name of constraints, from the file and the pointer of the schema. Without a schema, the name is from the property.
fn static_name(tables: &ConstraintTables, id: ConstraintsId) -> String {
    let text = match &tables.node(id).location {
        Some(origin) => {
            let file = origin.file.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml").to_owned();
            // The keys around the schema are long, and do not distinguish the parts of the schema.
            let outside = schema_of(origin).keys().count();
            let keys =
                origin.keys().skip(outside).filter(|key| !matches!(key.as_str(), "properties" | "allOf" | "items"));
            let words = std::iter::once(file).chain(keys.filter(|key| key.parse::<u32>().is_err()));
            words.collect::<Vec<_>>().join("_")
        }
        None => {
            let objects = tables.nodes.iter().flat_map(|node| &node.object);
            let mut rows = objects.flat_map(|object| object.properties.iter().chain(&object.prose));
            rows.find(|row| row.constraints == id).map_or("anything".to_owned(), |row| row.name.clone())
        }
    };
    let name: String = text
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_uppercase() } else { '_' })
        .collect();
    match name.trim_matches('_') {
        name if name.starts_with(|first: char| first.is_ascii_alphabetic()) => name.to_owned(),
        name => format!("TABLE_{name}"),
    }
}
