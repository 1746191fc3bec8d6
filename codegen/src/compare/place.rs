//! The way from an event to a place in it.

use std::fmt::Write;

use crate::diagnostics::Origin;
use crate::schema::Parts;

/// A place in an event, and where both trees state it.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// The way from the event.
    pub(super) path: String,
    /// The way from the definition that it stands in; that of the event where it stands there.
    pub(super) below: String,
    /// The file of that definition, by the later tree, or by the earlier where the later has it no more.
    pub(super) file: String,
    /// The places in both trees that a Rust item can be from: this one, and the nearest property around it.
    pub(super) before: Vec<Origin>,
    pub(super) after: Vec<Origin>,
}

/// One step on the way.
pub(super) enum Step<'s> {
    Property(&'s str),
    Keys,
    Member(Option<&'s str>),
    Item,
    Alternative(&'s str),
}

impl Place {
    pub(super) fn root(before: Option<&Parts<'_>>, after: Option<&Parts<'_>>, file: &str) -> Self {
        let origin = |schemas: Option<&Parts<'_>>| schemas.map(Parts::origin).into_iter().collect();
        Self { file: file.to_owned(), before: origin(before), after: origin(after), ..Self::default() }
    }

    /// The place one step further, of a schema that stands on at least one side.
    pub(super) fn step(&self, step: &Step<'_>, before: Option<&Parts<'_>>, after: Option<&Parts<'_>>) -> Self {
        let mut place = self.clone();
        for (origins, schemas) in [(&mut place.before, before), (&mut place.after, after)] {
            let stated: Vec<Origin> = schemas.map(Parts::origins).unwrap_or_default();
            match step {
                Step::Property(_) => *origins = stated,
                _ => origins.extend(stated),
            }
        }
        let file = after.or(before).map_or_else(|| self.file.clone(), |schemas| schemas.origin().file);
        let is_named = matches!(step, Step::Property(_));
        if is_named && file != self.file && !file.is_empty() {
            (place.file, place.below) = (file, String::new());
        }
        append(&mut place.path, step);
        append(&mut place.below, step);
        place
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
