//! The rules as tables: a file for each event type, written the way its schema is nested, and one for what several share.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::{quote, ToTokens};

mod leaf;

use leaf::{count, facts, option, pattern, place_of, short, text, types_of, version};

use super::{ident, File, Paths};
use crate::ir::rules::{Additional, EventRules, Exact, Node, NodeId, Property, Rules};
use crate::ir::Ir;

/// The files, by their paths below `src/events`.
pub(crate) fn files(ir: &Ir, paths: &Paths<'_>) -> BTreeMap<String, File> {
    let tables = Tables::new(&ir.rules, paths);
    let mut files = BTreeMap::new();
    for (index, event) in ir.rules.events.iter().enumerate() {
        let name = module_name(&event.module);
        let mut items = vec![(format!("the rules of {}", event.event_type), tables.event(event))];
        items.extend(tables.tables(Some(index)));
        let file = File {
            from: std::iter::once(&event.base).chain(&event.variants).map(|exact| exact.file.clone()).collect(),
            docs: format!("What is asked of the event `{}`.", event.event_type),
            head: tables.uses(&items),
            items,
        };
        files.insert(format!("rules/{name}.rs"), file);
    }
    files.insert("rules.rs".to_owned(), tables.root(ir));
    files
}

/// The module of the rules of an event type: that of its content with its path in one name.
pub(crate) fn module_name(content: &[String]) -> String {
    content.join("_")
}

struct Tables<'i> {
    rules: &'i Rules,
    paths: &'i Paths<'i>,
    /// The nodes that are mentioned more than once, and so have a table of their own.
    shared: BTreeMap<NodeId, Table>,
}

/// What stands beside the tables.
const BESIDE: [&str; 5] = ["ANY_EVENT", "EDUS", "EVENT", "EVENTS", "RELEASE"];

/// A table that is mentioned by its name.
struct Table {
    name: String,
    /// The one event type that it is for, by its index; `None` if it is for several.
    event: Option<usize>,
}

impl<'i> Tables<'i> {
    fn new(rules: &'i Rules, paths: &'i Paths<'i>) -> Self {
        let mut mentions: BTreeMap<NodeId, usize> = BTreeMap::new();
        let mut users: BTreeMap<NodeId, BTreeSet<usize>> = BTreeMap::new();
        rules.nodes.iter().flat_map(Node::children).for_each(|id| *mentions.entry(id).or_default() += 1);
        for (index, event) in rules.events.iter().enumerate() {
            for id in std::iter::once(&event.base).chain(&event.variants).flat_map(roots) {
                *mentions.entry(id).or_default() += 1;
                reach(rules, id, index, &mut users);
            }
        }
        let any = rules.any_event.iter().chain(&rules.any_edu);
        for id in any.copied().filter(|_| matches!(paths, Paths::Inside)) {
            *mentions.entry(id).or_default() += 1;
            reach(rules, id, rules.events.len(), &mut users);
        }
        let mut shared: BTreeMap<NodeId, Table> = BTreeMap::new();
        for id in mentions.into_iter().filter(|(_, count)| *count > 1).map(|(id, _)| id) {
            let users = users.get(&id);
            let event = users.filter(|users| users.len() == 1).and_then(|users| users.first().copied());
            let event = event.filter(|event| *event < rules.events.len());
            let base = table_name(rules.node(id));
            // What several events share stands above the tables of each, and is used there by its name.
            let meets = |table: &Table| event.is_none() || table.event.is_none() || table.event == event;
            let is_taken = |name: &String| {
                BESIDE.contains(&name.as_str()) || shared.values().any(|table| meets(table) && table.name == *name)
            };
            let mut numbered = (2..).map(|number| format!("{base}_{number}"));
            let name = if is_taken(&base) { numbered.find(|name| !is_taken(name)) } else { None };
            shared.insert(id, Table { name: name.unwrap_or(base), event });
        }
        Self { rules, paths, shared }
    }

    /// The tables for one event type alone, or for several.
    fn tables(&self, event: Option<usize>) -> impl Iterator<Item = (String, TokenStream)> + '_ {
        self.shared.iter().filter(move |(_, table)| table.event == event).map(move |(id, table)| {
            let node = self.rules.node(*id);
            let (ident, rules) = (ident(&table.name), self.rules(node));
            let place = node.places.last().map(place_of).unwrap_or_default();
            let docs = super::docs::comment(&format!("`{place}`"));
            (table.name.clone(), quote!(#docs static #ident: Rules = #rules;))
        })
    }

    /// The `use` lines of the file of an event type.
    fn uses(&self, items: &[(String, TokenStream)]) -> Vec<TokenStream> {
        let mut mentioned = BTreeSet::new();
        items.iter().for_each(|(_, tokens)| identifiers(tokens.clone(), &mut mentioned));
        let known = |name: &&str| mentioned.contains(*name);
        let facts: Vec<_> =
            ["Event", "Exact", "Kind", "Version"].iter().filter(|name| known(name)).map(|name| ident(name)).collect();
        let shared = self.shared.values().filter(|table| table.event.is_none()).map(|table| table.name.as_str());
        let shared: Vec<_> = shared.filter(known).map(ident).collect();
        let is_root = items.iter().any(|(name, _)| name == "the list of events");
        let from_above = (!shared.is_empty() && !is_root).then(|| quote!(use super::{#(#shared),*};));
        let root = self.paths.root();
        // Beside the types of the facts, all that a table is made of is in a `Rules`.
        let rules = mentioned.contains("Rules").then(|| quote!(use #root::__private::rules::*;));
        vec![quote! {
            #rules
            use #root::__private::{#(#facts),*};
            #from_above
        }]
    }

    /// The file of what several event types share, with the lists of all.
    fn root(&self, ir: &Ir) -> File {
        let mut modules: Vec<_> = self.rules.events.iter().map(|event| module_name(&event.module)).collect();
        modules.sort();
        let modules: Vec<_> = modules.iter().map(|name| ident(name)).collect();
        let mut items = vec![("the list of events".to_owned(), self.list("EVENTS", "All event types", false))];
        // `matrix-events` lists them for any tree.
        if matches!(self.paths, Paths::Inside) || self.rules.events.iter().any(EventRules::is_edu) {
            items.push(("the list of EDUs".to_owned(), self.list("EDUS", "All types of ephemeral data units", true)));
        }
        if matches!(self.paths, Paths::Inside) {
            items.push(("the index of events".to_owned(), self.index()));
            let release = option(ir.release.map(version));
            let [any, edu] = [self.rules.any_event, self.rules.any_edu]
                .map(|common| common.map_or(quote!(&Rules::ANY), |id| self.mention(id)));
            let constants = quote! {
                /// The release that they are of.
                pub const RELEASE: Option<Version> = #release;

                /// What all events have in common.
                pub static ANY_EVENT: &Rules = #any;

                /// What all ephemeral data units have in common.
                pub static ANY_EDU: &Rules = #edu;
            };
            items.push(("what all events have in common".to_owned(), constants));
        }
        items.extend(self.tables(None));
        let mut head = self.uses(&items);
        head.push(quote!(#(pub mod #modules;)*));
        let docs = "What the schemas ask of events, as tables for the validators.".to_owned();
        File { from: Vec::new(), docs, head, items }
    }

    /// The same for looking them up. Strings of a match are compared without a call, those of another length not at all.
    fn index(&self) -> TokenStream {
        let events = || self.rules.events.iter().filter(|event| !event.is_edu());
        let mut taken: BTreeSet<&str> = events().map(|event| event.event_type.as_str()).collect();
        let rows = events().map(|event| {
            let also: Vec<_> = event.also.iter().filter(|name| taken.insert(name)).collect();
            let (event_type, module) = (&event.event_type, ident(&module_name(&event.module)));
            quote!(#event_type #(| #also)* => Some(&#module::EVENT),)
        });
        let rows: Vec<_> = rows.collect();
        quote! {
            /// The event type of a name, or of one that its schema takes for the same.
            pub fn named(event_type: &str) -> Option<&'static Event> {
                match event_type {
                    #(#rows)*
                    _ => None,
                }
            }
        }
    }

    fn list(&self, name: &str, docs: &str, is_edu: bool) -> TokenStream {
        let name = ident(name);
        let docs = super::docs::comment(&format!("{docs}, in the order of their names."));
        let of_kind = self.rules.events.iter().filter(|event| event.is_edu() == is_edu);
        let modules = of_kind.map(|event| ident(&module_name(&event.module)));
        quote!(#docs pub static #name: &[&Event] = &[#(&#modules::EVENT),*];)
    }

    fn event(&self, event: &EventRules) -> TokenStream {
        let (event_type, also) = (&event.event_type, &event.also);
        let kinds = event.kinds.iter().map(|kind| ident(&format!("{kind:?}")));
        let link = event.docs.link.as_deref().unwrap_or_default();
        let discriminator = option(event.discriminator.as_ref().map(|name| quote!(#name)));
        let base = self.exact(&event.base);
        let variants = event.variants.iter().map(|exact| self.exact(exact));
        let docs = super::docs::comment(&format!("What the specification says of `{event_type}`."));
        let additions = &event.additions;
        quote! {
            #docs
            pub static EVENT: Event = Event {
                event_type: #event_type,
                also: &[#(#also),*],
                kinds: &[#(Kind::#kinds),*],
                link: #link,
                base: #base,
                discriminator: #discriminator,
                variants: &[#(#variants),*],
                additions: &[#(#additions),*],
            };
        }
    }

    fn exact(&self, exact: &Exact) -> TokenStream {
        let (value, file) = (&exact.value, short(&exact.file));
        let event = self.mention(exact.event);
        let content = exact.content.map_or(quote!(&Rules::ANY), |id| self.mention(id));
        quote!(Exact { value: #value, file: #file, event: #event, content: #content })
    }

    fn mention(&self, id: NodeId) -> TokenStream {
        match self.shared.get(&id) {
            Some(table) => {
                let name = ident(&table.name);
                quote!(&#name)
            }
            None => {
                let rules = self.rules(self.rules.node(id));
                quote!(&#rules)
            }
        }
    }

    fn rules(&self, node: &Node) -> TokenStream {
        let mut fields = Vec::new();
        if let Some(types) = &node.types {
            fields.push(types_of(types));
        }
        fields.extend(text(node));
        if node.range != (None, None) {
            let limit =
                |limit: Option<f64>| option(limit.map(|limit| Literal::f64_unsuffixed(limit).into_token_stream()));
            let (least, most) = (limit(node.range.0), limit(node.range.1));
            fields.push(quote!(range: Some(&Range { least: #least, most: #most })));
        }
        if node.items.is_some() || node.count != (None, None) {
            let items = option(node.items.map(|id| self.mention(id)));
            let (least, most) = (count(node.count.0), count(node.count.1));
            fields.push(quote!(list: Some(&List { items: #items, least: #least, most: #most })));
        }
        fields.extend(self.object(node));
        if !node.choices.is_empty() {
            let choices = node.choices.iter().map(|choice| {
                let exactly_one = choice.exactly_one;
                let alternatives = choice.alternatives.iter().map(|id| self.mention(*id));
                quote!(Choice { exactly_one: #exactly_one, alternatives: &[#(#alternatives),*] })
            });
            fields.push(quote!(choices: &[#(#choices),*]));
        }
        let facts = facts(node);
        if !facts.is_empty() {
            fields.push(quote!(facts: &Facts { #(#facts,)* ..Facts::NONE }));
        }
        quote!(Rules { #(#fields,)* ..Rules::ANY })
    }

    fn object(&self, node: &Node) -> Option<TokenStream> {
        let object = node.object.as_ref()?;
        let mut fields = Vec::new();
        if !object.properties.is_empty() {
            let properties = object.properties.iter().map(|property| self.property(property));
            fields.push(quote!(properties: &[#(#properties),*]));
        }
        if !object.patterns.is_empty() {
            let patterns = object.patterns.iter().map(|(one, id)| {
                let (one, rules) = (pattern(one), self.mention(*id));
                quote!((#one, #rules))
            });
            fields.push(quote!(patterns: &[#(#patterns),*]));
        }
        match &object.additional {
            Additional::Open => {}
            Additional::Closed => fields.push(quote!(additional: Additional::Closed)),
            Additional::Each(id) => {
                let rules = self.mention(*id);
                fields.push(quote!(additional: Additional::Each(#rules)));
            }
        }
        if let Some(id) = object.names {
            let rules = self.mention(id);
            fields.push(quote!(names: Some(#rules)));
        }
        for (name, limit) in [("least", object.count.0), ("most", object.count.1)] {
            let (name, limit) = (ident(name), limit.map(Literal::u64_unsuffixed));
            fields.extend(limit.map(|limit| quote!(#name: Some(#limit))));
        }
        Some(quote!(object: Some(&Object { #(#fields,)* ..Object::ANY })))
    }

    fn property(&self, property: &Property) -> TokenStream {
        let name = &property.name;
        let need = ident(match (property.required, property.declared) {
            (false, _) => "Optional",
            (true, true) => "Required",
            (true, false) => "Undeclared",
        });
        let rules = self.mention(property.node);
        quote!(Property::new(#name, Need::#need, #rules))
    }
}

fn identifiers(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => drop(found.insert(ident.to_string())),
            TokenTree::Group(group) => identifiers(group.stream(), found),
            _ => {}
        }
    }
}

/// The nodes that the table of an event type mentions itself.
fn roots(exact: &Exact) -> impl Iterator<Item = NodeId> {
    std::iter::once(exact.event).chain(exact.content)
}

/// Notes that an event type uses a node, and those below it.
fn reach(rules: &Rules, id: NodeId, event: usize, users: &mut BTreeMap<NodeId, BTreeSet<usize>>) {
    if users.entry(id).or_default().insert(event) {
        rules.node(id).children().into_iter().for_each(|child| reach(rules, child, event, users));
    }
}

/// What a shared table is called: after the file of its schema, and the way to it.
fn table_name(node: &Node) -> String {
    let Some(origin) = node.places.last().map(|place| &place.origin) else { return "ANYTHING".to_owned() };
    let file = origin.file.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml").to_owned();
    let keys = origin.keys().filter(|key| !matches!(key.as_str(), "properties" | "allOf" | "items"));
    let words = std::iter::once(file).chain(keys.filter(|key| key.parse::<u32>().is_err()));
    let text = words.collect::<Vec<_>>().join("_");
    let name: String = text
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_uppercase() } else { '_' })
        .collect();
    match name.trim_matches('_') {
        name if name.starts_with(|first: char| first.is_ascii_alphabetic()) => name.to_owned(),
        name => format!("TABLE_{name}"),
    }
}
