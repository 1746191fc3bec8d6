//! `cargo xtask rehearsal`: the way from one release of the specification to the next, gone as a person would.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use matrix_events_codegen::{generate, parse_document, Diagnostics, Input, Node, Output, Version};

use crate::import;
use crate::scratch::Scratch;
use crate::{conformance, diff, regen, terminal, tree, write, Outcome};

/// Go the way from the release before the one in spec/ to that one, in a temporary folder.
///
/// Begins with the facts of the earlier release, our descriptions and examples where they apply, and the overrides without
/// those that are `since` the later one. Imports the later release, adds what the import asks for, and regenerates. What
/// comes of it has to be spec/ and the generated crate to the byte, to compile, and to round-trip its examples. Exit code 1:
/// it isn't, or doesn't.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the release before.
    #[arg(value_name = "BEFORE")]
    before: PathBuf,
    /// The folder of the release that spec/ is of.
    #[arg(value_name = "AFTER")]
    after: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome<()> {
    let scratch = Scratch::new()?;
    let rehearsal = Rehearsal {
        spec: tree::workspace().join("spec"),
        copy: scratch.path().join("spec"),
        overrides: diff::overrides()?,
    };
    let release = rehearsal.begin(&arguments.before, &arguments.after)?;
    rehearsal.import(&arguments.before)?;
    let types = rehearsal.generate()?.map_err(|problems| format!("{}:\n{problems}", arguments.before.display()))?;
    terminal::line(format_args!("begun     {} types of {}", regen::count_kinds(&types).1, arguments.before.display()))?;
    let told = rehearsal.import(&arguments.after)?;
    rehearsal.is_told(&told)?;
    rehearsal.write_overrides(&rehearsal.overrides)?;
    let written = rehearsal.write_descriptions_and_examples()?;
    rehearsal.import(&arguments.after)?;
    terminal::line(format_args!("written   {written} files with descriptions or examples of our own"))?;
    rehearsal.is_spec()?;
    let types = rehearsal.generate()?.map_err(|problems| format!("{release}:\n{problems}"))?;
    rehearsal.is_generated(&types)?;
    terminal::line(format_args!(
        "arrived   {} types of {release}, as they are in spec/ and generated/",
        regen::count_kinds(&types).1
    ))?;
    conformance::run(&conformance::Arguments::of(&rehearsal.copy))
}

struct Rehearsal {
    /// Our tree.
    spec: PathBuf,
    /// The tree that gets there.
    copy: PathBuf,
    /// Our overrides.
    overrides: String,
}

impl Rehearsal {
    /// Our tree without what only the later release needs; the facts of the earlier one come by import.
    fn begin(&self, before: &Path, after: &Path) -> Outcome<Version> {
        let (before, after) = (tree::read(before, None)?, tree::read(after, None)?);
        let ours = tree::read(&self.spec, None)?;
        let (Some(release), true) = (after.release, after.release == ours.release) else {
            return Err("error: spec/ isn't of the later release\n  = help: give the release of spec/source.yaml, and the one before it".into());
        };
        for (name, bytes) in &ours.files {
            if before.files.contains_key(name) || !after.files.contains_key(name) {
                store(&self.copy.join(name), bytes)?;
            }
        }
        self.write_overrides(&without(&self.overrides, release)?)?;
        Ok(release)
    }

    fn import(&self, release: &Path) -> Outcome<String> {
        import::run_in(&tree::workspace(), &import::Arguments::of(release, &self.copy))
    }

    fn write_overrides(&self, text: &str) -> Outcome<()> {
        store(&self.copy.join("overrides.yaml"), text.as_bytes())
    }

    /// What the generator makes of the tree as it is.
    fn generate(&self) -> Outcome<Result<Output, Diagnostics>> {
        let tree = tree::read(&self.copy, None)?;
        let path = self.copy.join("overrides.yaml");
        let overrides =
            fs::read_to_string(&path).map_err(|error| format!("error: {} can't be read: {error}", path.display()))?;
        let input = Input { files: &tree.files, overrides: ("overrides.yaml", &overrides), release: tree.release };
        Ok(generate(&input))
    }

    /// Whatever stops the generator after an import, the import has told.
    fn is_told(&self, told: &str) -> Outcome<()> {
        let Err(problems) = self.generate()? else {
            terminal::line("imported  and nothing stops the generator")?;
            return Ok(());
        };
        if let Some(problem) = problems.iter().find(|problem| !told.contains(&problem.message)) {
            return Err(format!("error: the import doesn't tell what stops the generator\n{problem}\n{told}").into());
        }
        terminal::line(format_args!("imported  and told what stops the generator: {} things", problems.len()))?;
        Ok(())
    }

    /// What a person writes, taken from our tree: how many files have more than the import left in them.
    fn write_descriptions_and_examples(&self) -> Outcome<usize> {
        let mut written = 0;
        for (name, bytes) in tree::read(&self.spec, None)?.files {
            let path = self.copy.join(&name);
            if fs::read(&path).ok().as_ref() != Some(&bytes) {
                store(&path, &bytes)?;
                written += 1;
            }
        }
        Ok(written)
    }

    fn is_spec(&self) -> Outcome<()> {
        let (ours, copy) = (tree::read(&self.spec, None)?.files, tree::read(&self.copy, None)?.files);
        let all = ours.keys().chain(copy.keys());
        let differing: Vec<&str> = all.filter(|name| ours.get(*name) != copy.get(*name)).map(String::as_str).collect();
        match differing.is_empty() {
            true => Ok(()),
            false => Err(format!("error: the tree isn't spec/ in the end: {}", differing.join(", ")).into()),
        }
    }

    fn is_generated(&self, output: &Output) -> Outcome<()> {
        let events = tree::workspace().join("generated/src/events");
        match write::compare(&events, &output.events)? {
            difference if difference.is_none() => Ok(()),
            difference => Err(format!("error: the types aren't those of generated/src/events: {difference:?}").into()),
        }
    }
}

fn store(path: &Path, bytes: &[u8]) -> Outcome<()> {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, bytes));
    Ok(written.map_err(|error| format!("error: {} can't be written: {error}", path.display()))?)
}

/// The overrides without the entries that are for a release and those after it. JSON is YAML.
fn without(overrides: &str, release: Version) -> Outcome<String> {
    let root = parse_document("overrides.yaml", overrides.as_bytes()).map_err(|problems| problems.to_string())?;
    let Node::Map(sections) = root else { return Ok(overrides.to_owned()) };
    let is_older = |entry: &Node| {
        let since = entry.get("since").and_then(Version::of);
        since.is_none_or(|since| since < release)
    };
    let kept: BTreeMap<String, Node> = sections
        .into_iter()
        .map(|(name, section)| match section {
            Node::List(entries) => (name, Node::List(entries.into_iter().filter(is_older).collect())),
            other => (name, other),
        })
        .collect();
    Ok(Node::Map(kept.into_iter().collect()).to_json().to_string())
}

#[cfg(test)]
mod tests {
    use matrix_events_codegen::Version;

    use super::without;

    #[test]
    fn what_only_a_release_needs_is_left_out() {
        let overrides = "kinds:\n- {events: m.a, why: x}\n- {events: m.b, since: '1.10', why: x}\n- {events: m.c, since: 1.11, why: x}\n";
        let kept = without(overrides, Version { major: 1, minor: 11 }).unwrap_or_default();
        assert_eq!(kept, r#"{"kinds":[{"events":"m.a","why":"x"},{"events":"m.b","since":"1.10","why":"x"}]}"#);
    }
}
