//! Emits the schema of a root as a constant of its type.

use super::constraints::{root_module, root_static};
use super::{ident, Block, Context};
use crate::ir::Root;

pub(super) fn emit(root: &Root, context: &Context<'_>) -> Block {
    let constraints = context.paths.constraints(&root.module);
    let (module, name) = (root_module(&root.module, root.proposal()), root_static(&root.name));
    let mut call = context.paths.call("body", ident(&root.name).to_string());
    call.row(format!("{constraints}::{module}::{name};"));
    call.row(format!("{}::validate::Validator;", context.paths.root()));
    call
}
