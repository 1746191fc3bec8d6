//! `cargo xtask robustness`: random mistakes in whole releases of the specification, each of which the generator has to
//! take, or to find.

mod compile;
mod edit;
mod verdict;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use matrix_events_codegen::{Input, Output, Settings};

use crate::random::Random;
use crate::tree::Tree;
use crate::{regen, terminal, tree, Outcome};
use edit::Edit;
use verdict::Verdict;

/// Make random mistakes in releases of the specification, and see that the generator finds them.
///
/// Each edit is of one line of one schema. Either what is generated is Rust, or a diagnostic names the edited file or one
/// that depends on it; and nothing panics. Prints a table. Exit code 1: anything is amiss.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folders of releases, as they come. Without any: spec/.
    #[arg(value_name = "RELEASE")]
    releases: Vec<PathBuf>,
    /// How many edits to make in each release.
    #[arg(long, default_value_t = 200, value_name = "COUNT")]
    edits: u32,
    /// Of how many edits of each release to compile what was generated.
    #[arg(long, default_value_t = 0, value_name = "COUNT")]
    compile: usize,
    /// Where the random numbers start: the same edits for the same seed.
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    seed: u64,
}

/// How many edits came to what.
#[derive(Default)]
struct Counts {
    same: usize,
    other: usize,
    named: usize,
    dependent: usize,
    weak: usize,
}

impl Counts {
    fn add(&mut self, verdict: &Verdict) {
        let count = match verdict {
            Verdict::Same => &mut self.same,
            Verdict::Other(_) => &mut self.other,
            Verdict::Named => &mut self.named,
            Verdict::Dependent => &mut self.dependent,
            Verdict::Weakness(_) => &mut self.weak,
        };
        *count += 1;
    }
}

/// What came of all edits.
#[derive(Default)]
struct Tally {
    rows: BTreeMap<(String, &'static str), Counts>,
    weaknesses: Vec<String>,
    samples: Vec<compile::Sample>,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome<()> {
    let releases = match arguments.releases.as_slice() {
        [] => vec![tree::workspace().join("spec")],
        releases => releases.to_vec(),
    };
    let mut tally = Tally::default();
    for release in &releases {
        one(release, arguments, &mut tally)?;
    }
    table(&tally)?;
    if !tally.weaknesses.is_empty() {
        let count = tally.weaknesses.len();
        return Err(
            format!("error: {count} edits are neither taken nor found\n\n{}", tally.weaknesses.join("\n\n")).into()
        );
    }
    if !tally.samples.is_empty() {
        compile::check(&tally.samples)?;
        terminal::line(format_args!("{} of those that were taken as something else compile", tally.samples.len()))?;
    }
    Ok(())
}

fn one(folder: &Path, arguments: &Arguments, tally: &mut Tally) -> Outcome<()> {
    let tree = tree::read(folder, None)?;
    let whole = regen::from_tree(folder, None)?.output;
    let settings = tree::settings()?;
    let name = tree.release.map_or("unknown".to_owned(), |release| release.to_string());
    let files: Vec<&String> = whole.read.iter().filter(|file| is_schema(file)).collect();
    // Each release has edits of its own.
    let mut random = Random::new(arguments.seed.wrapping_add(name.bytes().map(u64::from).sum()));
    let mut samples = 0;
    for number in 0..arguments.edits as usize {
        let (kind, edit) = Edit::ALL[number % Edit::ALL.len()];
        let (file, text) = edited(&tree, &files, edit, &mut random);
        let verdict = judge(&tree, &settings, (&file, &text), &whole);
        tally.rows.entry((name.clone(), kind)).or_default().add(&verdict);
        match verdict {
            Verdict::Weakness(what) => {
                let change = changed_line(&tree, &file, &text);
                tally.weaknesses.push(format!("{name}, edit {number}, {kind} in {file}: {change}\n{what}"));
            }
            Verdict::Other(output) if samples < arguments.compile => {
                samples += 1;
                let crate_name = format!("{}-{number}", name.replace('.', "-"));
                tally.samples.push((crate_name, output.events));
            }
            _ => {}
        }
    }
    Ok(())
}

fn is_schema(file: &str) -> bool {
    (file.starts_with("event-schemas/") && !file.starts_with("event-schemas/examples/")) || file.starts_with("api/")
}

/// A file, and its text with an edit. Every release has places for each kind of edit.
fn edited(tree: &Tree, files: &[&String], edit: Edit, random: &mut Random) -> (String, String) {
    loop {
        let file = *random.pick(files);
        let text = tree.files.get(file).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
        if let Some(text) = edit::edit(&text, edit, random) {
            return (file.clone(), text);
        }
    }
}

fn judge(tree: &Tree, settings: &Settings, (file, text): (&str, &str), whole: &Output) -> Verdict {
    let mut files = tree.files.clone();
    files.insert(file.to_owned(), text.as_bytes().to_vec());
    let input = Input { files: &files, settings, release: tree.release };
    verdict::of(&input, file, whole)
}

fn changed_line(tree: &Tree, file: &str, text: &str) -> String {
    let before = tree.files.get(file).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let changed = before.lines().zip(text.lines()).enumerate().find(|(_, (old, new))| old != new);
    changed.map_or(String::new(), |(line, (old, new))| format!("line {}, `{old}` -> `{new}`", line + 1))
}

fn table(tally: &Tally) -> Outcome<()> {
    terminal::line(format_args!(
        "{:<9} {:<26} {:>6} {:>7} {:>7} {:>7} {:>10} {:>5}",
        "release", "edit", "edits", "as ever", "as else", "named", "dependents", "weak"
    ))?;
    let mut sum = Counts::default();
    for ((release, kind), Counts { same, other, named, dependent, weak }) in &tally.rows {
        let all = same + other + named + dependent + weak;
        terminal::line(format_args!(
            "{release:<9} {kind:<26} {all:>6} {same:>7} {other:>7} {named:>7} {dependent:>10} {weak:>5}"
        ))?;
        sum.same += same;
        sum.other += other;
        sum.named += named;
        sum.dependent += dependent;
        sum.weak += weak;
    }
    let Counts { same, other, named, dependent, weak } = sum;
    let all = same + other + named + dependent + weak;
    terminal::line(format_args!(
        "{:<9} {:<26} {all:>6} {same:>7} {other:>7} {named:>7} {dependent:>10} {weak:>5}",
        "all", ""
    ))?;
    Ok(())
}
