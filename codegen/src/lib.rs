//! Generates Rust types from the Matrix event schemas.
//!
//! The library behind the [`matrix-events`](https://docs.rs/matrix-events) crate: a tree of files with the
//! specification's event schemas goes in, a tree of files with Rust comes out. It touches neither disk nor network nor
//! clock, and the same input gives the same bytes. [`generate`] is the table of contents.

// No input gets anything here to panic.
#![cfg_attr(
    not(test),
    warn(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

pub mod compare;
mod diagnostics;
mod emit;
mod examples;
mod extension;
pub mod ir;
mod lower;
mod names;
mod node;
mod overrides;
mod render;
mod resolve;
mod rules;
mod schema;
mod second_opinion;
mod source;
mod validator;
mod version;

use std::collections::BTreeMap;

pub use diagnostics::{escape_pointer_token, unescape_pointer_token, Diagnostic, Diagnostics, Origin};
pub use examples::Example;
pub use extension::{extend, Extension};
pub use node::{Node, NodeKind, Number};
pub use schema::keywords::{Keyword, KeywordKind, SchemaRole, KEYWORDS};
pub use second_opinion::Compared;
pub use source::{parse_document, Files, EXAMPLES, SCHEMAS};
pub use version::Version;

/// What to generate from.
#[derive(Clone, Debug)]
pub struct Input<'i> {
    /// The specification's `data` folder: `event-schemas/**`, and of `api/**` what the event schemas refer to.
    pub files: &'i Files,
    /// What the schemas leave out or get wrong: the name of the file and its text.
    pub overrides: (&'i str, &'i str),
    /// The release that the files are from, where it is known. It decides which overrides have to apply.
    pub release: Option<Version>,
}

impl Input<'_> {
    /// The files of the tree, and the overrides.
    fn all_files(&self) -> Files {
        let mut files = self.files.clone();
        files.insert(self.overrides.0.to_owned(), self.overrides.1.as_bytes().to_vec());
        files
    }
}

/// What was generated.
#[derive(Clone, Debug)]
pub struct Output {
    /// The files of the crate's `src/events` folder, by their paths below it.
    pub events: BTreeMap<String, String>,
    /// A table with each example of the specification and the types that it is read into, for the tests.
    pub cases: String,
    /// What was decided, before it was written as Rust.
    pub ir: ir::Ir,
    /// The examples, what they refer to merged in.
    pub examples: Vec<Example>,
    /// Every file that was read.
    pub read: Vec<String>,
    /// The schemas that typify has read as well, and agrees on.
    pub second_opinion: Vec<Compared>,
    /// What may deserve a look, without being wrong: overrides that don't apply to a tree of an unknown release.
    pub notes: Diagnostics,
}

/// Reads schemas, decides types, and writes them as Rust.
///
/// # Errors
///
/// Everything that is wrong with the input, each with its place and what to do.
pub fn generate(input: &Input<'_>) -> Result<Output, Diagnostics> {
    let files = input.all_files();
    let mut sources = source::Sources::new(&files);
    match steps(input, &mut sources) {
        Ok((mut output, notes)) => {
            output.notes = sources.diagnose(notes);
            Ok(output)
        }
        Err(problems) => Err(sources.diagnose(problems)),
    }
}

type Notes = Vec<diagnostics::Problem>;

fn steps(input: &Input<'_>, sources: &mut source::Sources<'_>) -> Result<(Output, Notes), Notes> {
    let overrides = overrides::read(sources, input.overrides.0, input.release)?;
    let library = resolve::resolve(sources, &overrides)?;
    let (mut ir, witnesses) = lower::lower(&library, &overrides, input.release)?;
    let (second_opinion, examples) = hold(sources, &library, &overrides, &mut ir, &witnesses)?;
    let notes = overrides.settle()?;
    let release = ir.release.map_or(String::new(), |release| format!(" of {release}"));
    let events = render::files(emit::events(&ir), &format!("the events{release}"))?;
    let cases = render::cases(&emit::cases(&ir, &examples))?;
    let read = sources.read();
    Ok((Output { events, cases, ir, examples, read, second_opinion, notes: Diagnostics::default() }, notes))
}

/// Adds the rules to the types, and holds those against what else there is: Rust's names, a second reader, the examples.
fn hold(
    sources: &mut source::Sources<'_>,
    library: &resolve::Library,
    overrides: &overrides::Overrides,
    ir: &mut ir::Ir,
    witnesses: &[second_opinion::Witness],
) -> Result<(Vec<Compared>, Vec<Example>), Notes> {
    names::hidden(ir)?;
    emit::clashes(ir, ir)?;
    ir.rules = rules::rules(library, ir, overrides)?;
    let second_opinion = second_opinion::compare(library, ir, witnesses, overrides);
    let examples = examples::collect(sources, library, ir, overrides);
    match (second_opinion, examples) {
        (Ok(second_opinion), Ok(examples)) => Ok((second_opinion, examples)),
        (one, other) => Err(one.err().into_iter().chain(other.err()).flatten().collect()),
    }
}

/// What keeps a tree from being generated beyond what [`compare`](compare::compare) tells of it, such as examples that aren't
/// valid any more. Nothing where that can't be told yet, because not every type can be decided.
pub fn beyond_types(input: &Input<'_>) -> Diagnostics {
    let files = input.all_files();
    let mut sources = source::Sources::new(&files);
    let problems = further(input, &mut sources).err().unwrap_or_default();
    sources.diagnose(problems)
}

/// An event of which nothing says yet where it comes from keeps nothing of this from being told.
fn further(input: &Input<'_>, sources: &mut source::Sources<'_>) -> Result<(), Notes> {
    let Ok(overrides) = overrides::read(sources, input.overrides.0, input.release) else { return Ok(()) };
    let Ok(library) = resolve::resolve(sources, &overrides) else { return Ok(()) };
    let mut partly = lower::partly(&library, &overrides, input.release);
    if !partly.is_whole {
        return Ok(());
    }
    hold(sources, &library, &overrides, &mut partly.ir, &partly.witnesses).map(|_| ())
}
