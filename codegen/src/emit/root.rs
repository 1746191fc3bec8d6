//! Emits the schema of a root as a constant of its type, and the type of a root that is a list.

use proc_macro2::TokenStream;
use quote::quote;

use super::constraints::{root_module, root_static};
use super::paths::tokens;
use super::{any, docs, gate, ident, types, Block, Code, Context};
use crate::ir::{Part, Root, Step, Type};

pub(super) fn emit(root: &Root, context: &Context<'_>) -> Vec<Code> {
    if root.any.is_some() {
        return vec![schema(root, context).into()];
    }
    let list = root.list.iter().flat_map(|list| self::list(root, list, context));
    list.chain([body(root, context).into()]).chain(events(root, context)).collect()
}

/// Emits the iterators over the events of a root, if it has events.
fn events(root: &Root, context: &Context<'_>) -> Option<Code> {
    let mut node = Node::default();
    for place in &root.events {
        let steps = context.ir.parts_on(root, &place.path)?.into_iter().map(|part| match part {
            Part::Field(field) => (gate::prefix(field.docs.proposal), ident(&field.ident).to_string()),
            Part::Items(_) => (String::new(), "[]".to_owned()),
            Part::Entries(..) => (String::new(), "*".to_owned()),
        });
        let event = format!("{} {:?}", any::variant(&place.any, context.ir), Step::text(&place.path));
        node.insert(steps, event);
    }
    let list = if root.list.is_some() { ".0" } else { "" };
    let head = format!("{}{list}: {}::any;", ident(&root.name), context.paths.root());
    let mut call = context.paths.call("body_events", head);
    node.write(&mut call);
    (!root.events.is_empty()).then(|| call.into())
}

/// The places of events below a value.
#[derive(Default)]
struct Node {
    /// The parts of the value, each with the condition and the name of its field, or with a mark for the parts of a map or a list.
    parts: Vec<((String, String), Self)>,
    /// The variant and the path, if the value is an event.
    event: Option<String>,
}

/// Emits the schema of a root whose type is an enum of events.
fn schema(root: &Root, context: &Context<'_>) -> TokenStream {
    let docs = docs::attributes(&root.docs, "The schema of an event.", context.ir.release);
    let (name, of_crate) = (root_static(&root.name), context.paths.root());
    let module = root_module(&root.module, root.proposal());
    let table = format!("{}::{module}::{name}", context.paths.constraints(&root.module));
    let definition = tokens(&format!("pub const {name}: &{of_crate}::schema::Body = &{table};"));
    quote!(#docs #definition)
}

fn body(root: &Root, context: &Context<'_>) -> Block {
    let constraints = context.paths.constraints(&root.module);
    let (module, name) = (root_module(&root.module, root.proposal()), root_static(&root.name));
    let mut call = context.paths.call("body", ident(&root.name).to_string());
    call.row(format!("{constraints}::{module}::{name};"));
    call.row(format!("{}::validate::Validator;", context.paths.root()));
    call
}

/// Emits the type of a list, which has methods of its own.
fn list(root: &Root, list: &Type, context: &Context<'_>) -> [Code; 2] {
    let (name, list) = (ident(&root.name), tokens(&types::ty(list, context)));
    let docs = docs::attributes(&root.docs, "A list of events.", context.ir.release);
    let definition = quote! {
        #docs
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct #name(pub #list);
    };
    let implementation = tokens(&format!("{}::__private::list!({name});", context.paths.root()));
    [definition.into(), implementation.into()]
}

impl Node {
    /// Adds the event at a path. A step has the condition and the name of its field, or a mark for the parts of a map or a list.
    fn insert(&mut self, mut steps: impl Iterator<Item = (String, String)>, event: String) {
        let Some(step) = steps.next() else { return self.event = Some(event) };
        let index = self.parts.iter().position(|(known, _)| *known == step).unwrap_or_else(|| {
            self.parts.push((step, Self::default()));
            self.parts.len() - 1
        });
        if let Some((_, part)) = self.parts.get_mut(index) {
            part.insert(steps, event);
        }
    }

    /// Writes the rows of a value.
    fn write(&self, block: &mut Block) {
        block.rows(self.line());
        for ((condition, name), part) in self.parts.iter().filter(|_| self.line().is_none()) {
            match part.line() {
                Some(line) => block.row(format!("{condition}{name} {{ {line} }}")),
                None => {
                    let mut inner = Block::new(format!("{condition}{name}"));
                    part.write(&mut inner);
                    block.block(inner);
                }
            }
        }
    }

    /// Returns the row of a value that is an event or a list of events.
    fn line(&self) -> Option<String> {
        match self.parts.as_slice() {
            [((_, mark), Self { parts, event: Some(event) })] if mark == "[]" && parts.is_empty() => {
                Some(format!("[] {event}"))
            }
            _ => self.event.clone(),
        }
    }
}
