//! The path from an event to a place in it.

use std::fmt::Write;

use super::sides::Sides;
use crate::diagnostics::Origin;
use crate::schema::Parts;

/// A place in an event, and the origins of its schemas in both trees.
#[derive(Clone, Debug, Default)]
pub(super) struct SchemaPath {
    /// The path from the event.
    pub(super) path: String,
    /// The path from the definition that states the place, or from the event if that states it.
    pub(super) below: String,
    /// The file of that definition in the later tree, or in the earlier tree if the later one has no such place.
    pub(super) file: String,
    /// The origins that a Rust item can have in each tree: those of the place, and of the nearest property around it.
    pub(super) origins: Sides<Vec<Origin>>,
}

/// One step of a path.
pub(super) enum Step<'s> {
    Property(&'s str),
    Keys,
    Member(Option<&'s str>),
    Item,
    Alternative(&'s str),
}

impl SchemaPath {
    /// The path to an event or to a definition as a whole.
    pub(super) fn root(schemas: Sides<Option<&Parts<'_>>>, file: &str) -> Self {
        let origins = schemas.map(|schemas| schemas.map(Parts::origin).into_iter().collect());
        Self { file: file.to_owned(), origins, ..Self::default() }
    }

    /// The path with one more step.
    pub(super) fn step(&self, step: &Step<'_>, schemas: Sides<Option<&Parts<'_>>>) -> Self {
        let mut path = self.clone();
        let is_property = matches!(step, Step::Property(_));
        path.origins = self.origins.as_ref().zip(schemas).map(|(above, schemas)| {
            let stated = schemas.map(Parts::origins).unwrap_or_default();
            if is_property {
                return stated;
            }
            above.iter().cloned().chain(stated).collect()
        });
        let file = schemas.latest().map(|schemas| schemas.origin().file).unwrap_or_default();
        if is_property && file != self.file && !file.is_empty() {
            (path.file, path.below) = (file, String::new());
        }
        append(&mut path.path, step);
        append(&mut path.below, step);
        path
    }

    /// The path with one more step, to a place of both trees.
    pub(super) fn step_in_both(&self, step: &Step<'_>, schemas: Sides<&Parts<'_>>) -> Self {
        self.step(step, schemas.map(Some))
    }

    /// The path with one more step, to a place without a schema of its own.
    pub(super) fn step_within(&self, step: &Step<'_>) -> Self {
        self.step(step, Sides::default())
    }
}

fn append(path: &mut String, step: &Step<'_>) {
    let dot = if path.is_empty() { "" } else { "." };
    // Writing to a string can't fail.
    let _ = match step {
        Step::Property(name) if name.contains(['.', '*', '[', ' ']) => write!(path, "{dot}`{name}`"),
        Step::Property(name) => write!(path, "{dot}{name}"),
        Step::Member(None) => write!(path, "{dot}*"),
        Step::Member(Some(pattern)) => write!(path, "{dot}/{pattern}/"),
        Step::Keys => write!(path, "{dot}(keys)"),
        Step::Item => write!(path, "[]"),
        Step::Alternative(kind) => write!(path, " as {kind}"),
    };
}
