//! The path from an event or definition to a place below.

use std::fmt::Write;

use super::sides::Sides;
use crate::diagnostics::Origin;
use crate::schema::Parts;

/// A place in an event, and the origins of its schemas in both trees.
#[derive(Clone, Debug, Default)]
pub(super) struct SchemaPath {
    /// The path from the event.
    pub(super) path: String,
    /// The path from the definition or event that states the place.
    pub(super) below: String,
    /// The file of that definition or event in the later tree, or in the earlier tree if the later tree lacks the place.
    pub(super) file: String,
    /// The origins of Rust items in each tree: those of the place, and of the nearest property that contains the place.
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
    /// Creates the path to an event or to a definition.
    pub(super) fn root(schemas: Sides<Option<&Parts<'_>>>, file: &str) -> Self {
        let origins = schemas.map(|schemas| schemas.map(Parts::origin).into_iter().collect());
        Self { file: file.to_owned(), origins, ..Self::default() }
    }

    /// Returns the path with one more step.
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

    /// Returns the path with one more step, to a place of both trees.
    pub(super) fn step_in_both(&self, step: &Step<'_>, schemas: Sides<&Parts<'_>>) -> Self {
        self.step(step, schemas.map(Some))
    }

    /// Returns the path with one more step, to a place without a separate schema.
    pub(super) fn step_within(&self, step: &Step<'_>) -> Self {
        self.step(step, Sides::default())
    }
}

fn append(path: &mut String, step: &Step<'_>) {
    let dot = if path.is_empty() { "" } else { "." };
    // Writing to a string never fails.
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
