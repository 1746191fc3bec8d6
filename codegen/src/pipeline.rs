//! The pipeline: load → lower → constrain → verify → emit. Each function of the generator runs these stages up to the stage that it
//! requires.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::thread;

use crate::cross_check::{self, Compared, CrossCheck};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::examples::{self, Example, RootExample};
use crate::extension::{self, Extension};
use crate::ir::Ir;
use crate::lower::{self, Lowered, TypeSource};
use crate::model::Model;
use crate::node::Node;
use crate::proposals::{self, PROSE};
use crate::settings::{self, changes_nothing};
use crate::source::{Files, Sources};
use crate::version::Version;
use crate::{constraints, emit, names, render, Input, Output, Settings, TextFile};

/// Generates Rust from schemas.
///
/// # Errors
///
/// Returns the errors in the input, each with its place and a fix.
pub fn generate(input: &Input<'_>) -> Result<Output, Diagnostics> {
    run(input, None, |run| {
        let model = run.load()?;
        proposals::check(&model)?;
        let mut decided = run.lower(&model)?;
        constrain(&model, &mut decided)?;
        let (verified, events) = thread::scope(|scope| {
            let ir = &decided.ir;
            let events = scope.spawn(|| render::files(emit::events(ir), &format!("the events{}", of_release(ir))));
            (run.verify(&model, &decided), events.join())
        });
        let (verified, events) = (verified?, events.unwrap_or_else(|panic| resume_unwind(panic))?);
        let Decided { ir, .. } = decided;
        let cases = render::single(&emit::cases(&ir, &verified.examples, &verified.of_roots))?;
        Ok(output(ir, verified, events, cases, run.sources.read()))
    })
    .map(|(output, notes, invalid_examples)| Output { notes, invalid_examples, ..output })
}

/// Generates Rust from the schemas of an extension, which may refer to the schemas of `input`.
///
/// The output is for a crate that depends on the crate generated from `input`. The output has no table of cases. If the
/// extension has examples, the files contain a test of them. The extension is independent of the proposals of `input`.
///
/// # Errors
///
/// Returns the errors in both inputs, each with its place and a fix.
pub fn extend(input: &Input<'_>, extension: &Extension<'_>) -> Result<Output, Diagnostics> {
    // The features of proposals are a choice of the program, not of the crate with custom events.
    let files = proposals::without(input.files, |folder| folder != PROSE);
    let input = &Input { files: &files, ..*input };
    let (base, ..) = run(input, None, |run| {
        let model = run.load()?;
        Ok(run.lower(&model)?.ir)
    })?;
    run(input, Some(extension), |run| {
        extension::check_files(input, extension)?;
        let model = run.load()?;
        extension::check(&model, &base, extension)?;
        let decided = run.lower(&model)?;
        let mut decided = extension::custom(&model, decided, &base, extension)?;
        constrain(&model, &mut decided)?;
        let mut verified = run.verify(&model, &decided)?;
        verified.examples.retain(|example| extension.files.contains_key(&example.path()));
        let Decided { ir, whole, .. } = decided;
        let files = emit::own_events(&ir, whole.as_ref().unwrap_or(&ir), &verified.examples);
        let events = render::files(files, &format!("events on top of those{}", of_release(&ir)))?;
        Ok(output(ir, verified, events, String::new(), extension.files.keys().cloned().collect()))
    })
    .map(|(output, notes, invalid_examples)| Output { notes, invalid_examples, ..output })
}

fn of_release(ir: &Ir) -> String {
    ir.release.map_or(String::new(), |release| format!(" of {release}"))
}

fn output(ir: Ir, verified: Verified, events: BTreeMap<String, String>, cases: String, read: Vec<String>) -> Output {
    let Verified { examples, of_roots, compared: cross_check, .. } = verified;
    Output {
        events,
        cases,
        ir,
        examples,
        root_examples: of_roots,
        read,
        cross_check,
        notes: Diagnostics::default(),
        invalid_examples: Diagnostics::default(),
    }
}

/// Parses files of a tree, with the fixes that the settings have for the release.
///
/// # Errors
///
/// Returns the syntax errors of the files, and the errors of the settings.
pub fn documents(input: &Input<'_>, names: &[String]) -> Result<BTreeMap<String, Node>, Diagnostics> {
    let files = all_files(input, None);
    let mut sources = Sources::new(&files);
    let mut parse = || -> Result<BTreeMap<String, Node>, Vec<Diagnostic>> {
        settings::read(&mut sources, input.release, input.settings, None)?;
        let names = names.iter().filter(|name| input.files.contains_key(*name));
        let document = |name: &String| match sources.document(name) {
            Ok(node) => Ok((name.clone(), node.cloned().unwrap_or(Node::Null))),
            Err(diagnostic) => Err(vec![diagnostic]),
        };
        names.map(document).collect()
    };
    parse().map_err(|diagnostics| sources.diagnose(diagnostics))
}

/// Returns the errors of a tree that [`compare`](crate::compare::compare()) does not report, such as invalid examples.
///
/// Returns no errors if the types of the tree cannot be decided.
pub fn beyond_types(input: &Input<'_>) -> Diagnostics {
    let files = all_files(input, None);
    let mut sources = Sources::new(&files);
    let Ok(model) = Model::load(&mut sources, input.release, input.settings, None) else {
        return Diagnostics::default();
    };
    let lowered = lower::lower(&model);
    if !lowered.diagnostics.is_empty() || !model.diagnostics.is_empty() {
        return Diagnostics::default();
    }
    let mut decided = Decided { ir: lowered.ir, whole: None, types: lowered.types };
    let verified = constrain(&model, &mut decided).and_then(|()| verify(&mut sources, &model, &decided));
    let diagnostics = verified.err().unwrap_or_default();
    sources.diagnose(diagnostics)
}

/// The decided types.
pub(crate) struct Decided<'m> {
    /// The types to emit.
    pub(crate) ir: Ir,
    /// All types, if `ir` has only the types of an extension.
    pub(crate) whole: Option<Ir>,
    /// The sources of the types to emit.
    pub(crate) types: Vec<TypeSource<'m>>,
}

/// The results of verifying types.
struct Verified {
    examples: Vec<Example>,
    of_roots: Vec<RootExample>,
    compared: Vec<Compared>,
    unused: Vec<Diagnostic>,
    /// The errors of the examples of an older release.
    invalid_examples: Vec<Diagnostic>,
}

/// Adds the constraints to the types, after checks that no emitted names clash.
fn constrain(model: &Model, decided: &mut Decided<'_>) -> Result<(), Vec<Diagnostic>> {
    let Decided { ir, whole, .. } = decided;
    if whole.is_none() {
        names::hidden(ir, |event| model.type_place(event, &event.event_type), |module| model.entry_of_module(module))?;
    }
    emit::clashes(ir, |event| model.type_place(event, &event.event_type))?;
    ir.constraints = constraints::constraints(model, ir)?;
    if whole.is_some() {
        // The specification has no section on a custom event.
        ir.constraints.events.iter_mut().for_each(|event| event.docs.link = None);
    }
    Ok(())
}

/// Compares the types with those of typify, and the examples with their schemas.
fn verify(sources: &mut Sources<'_>, model: &Model, decided: &Decided<'_>) -> Result<Verified, Vec<Diagnostic>> {
    let cross_check = cross_check::compare(model, &decided.ir, &decided.types);
    let examples = examples::collect(sources, model);
    match (cross_check, examples) {
        (Ok(CrossCheck { compared, unused }), Ok(examples)) => {
            let unused = unused.into_iter().chain(examples.unused).collect();
            let (list, of_roots) = (examples.list, examples.of_roots);
            Ok(Verified { examples: list, of_roots, compared, unused, invalid_examples: examples.of_older })
        }
        (one, other) => Err(one.err().into_iter().chain(other.err()).flatten().collect()),
    }
}

/// The state of a run. A stage with an error ends the run.
struct Run<'i, 'f> {
    input: &'i Input<'i>,
    extension: Option<&'i Settings>,
    sources: Sources<'f>,
    /// The entries of the settings that change nothing. They are errors unless the release is unknown or older.
    unused: Vec<Diagnostic>,
    /// The errors of the examples of an older release.
    invalid_examples: Vec<Diagnostic>,
}

impl Run<'_, '_> {
    fn load(&mut self) -> Result<Model, Vec<Diagnostic>> {
        let mut model = Model::load(&mut self.sources, self.input.release, self.input.settings, self.extension)?;
        self.unused.append(&mut model.unused);
        let is_released = |file: &&String| proposals::folder_of(file).is_none();
        model.specification = Some(self.input.files.keys().filter(is_released).cloned().collect());
        Ok(model)
    }

    fn lower<'m>(&mut self, model: &'m Model) -> Result<Decided<'m>, Vec<Diagnostic>> {
        let Lowered { ir, types, diagnostics, mut unused } = lower::lower(model);
        self.unused.append(&mut unused);
        let diagnostics =
            [model.diagnostics.clone(), model.unreached.clone(), model.without_kind.clone(), diagnostics].concat();
        Diagnostics(diagnostics).into_result(Decided { ir, whole: None, types })
    }

    fn verify(&mut self, model: &Model, decided: &Decided<'_>) -> Result<Verified, Vec<Diagnostic>> {
        let mut verified = verify(&mut self.sources, model, decided)?;
        self.unused.append(&mut verified.unused);
        self.invalid_examples.append(&mut verified.invalid_examples);
        Ok(verified)
    }
}

/// Runs stages on the files of an input, and adds lines and columns to the errors.
fn run<T>(
    input: &Input<'_>,
    extension: Option<&Extension<'_>>,
    stages: impl FnOnce(&mut Run<'_, '_>) -> Result<T, Vec<Diagnostic>>,
) -> Result<(T, Diagnostics, Diagnostics), Diagnostics> {
    let files = all_files(input, extension);
    let settings = extension.map(|extension| extension.settings);
    let mut run = Run {
        input,
        extension: settings,
        sources: Sources::new(&files),
        unused: Vec::new(),
        invalid_examples: Vec::new(),
    };
    let outcome = stages(&mut run);
    let Run { sources, mut unused, invalid_examples, .. } = run;
    unused.extend(unused_fixes(&sources, input.release));
    // Several steps may find that an entry changes nothing. The first one has the most specific reason.
    let mut reported = BTreeSet::new();
    unused.retain(|one| reported.insert(one.origin.clone()));
    let is_strict = input.settings.are_strict_for(input.release);
    let (errors, notes) = if is_strict { (unused, Vec::new()) } else { (Vec::new(), unused) };
    match outcome {
        Ok(value) if errors.is_empty() => Ok((value, sources.diagnose(notes), sources.diagnose(invalid_examples))),
        outcome => {
            let errors = outcome.err().into_iter().flatten().chain(errors);
            let is_own = |error: &Diagnostic| {
                let file = &error.origin.file;
                proposals::folder_of(file).is_some() || extension.is_some_and(|extension| extension.owns(file))
            };
            Err(sources
                .diagnose(errors.map(|error| if is_own(&error) { error.in_extension() } else { error }).collect()))
        }
    }
}

/// Returns the errors of fixes that no file required.
pub(crate) fn unused_fixes(sources: &Sources<'_>, release: Option<Version>) -> Vec<Diagnostic> {
    let why = "no file that an event refers to has the error";
    sources.unused_fixes().map(|entry| changes_nothing(entry, release, why)).collect()
}

/// Returns the files of an input, including the settings.
pub(crate) fn all_files(input: &Input<'_>, extension: Option<&Extension<'_>>) -> Files {
    let mut files = input.files.clone();
    files.extend(extension.iter().flat_map(|extension| extension.files.clone()));
    let settings = std::iter::once(input.settings).chain(extension.map(|extension| extension.settings));
    for TextFile { name, text } in settings.flat_map(|settings| [&settings.config, &settings.overrides]) {
        files.insert(name.clone(), text.as_bytes().to_vec());
    }
    files
}
