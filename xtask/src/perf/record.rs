//! The record of instructions, and what counts as a loss.

use std::fmt;
use std::fs;
use std::path::Path;

use serde_json::{json, Map, Value};

use crate::Outcome;

/// How much more a path may cost than on record, in percent: what another layout of the code makes without a reason.
const TOLERATED: f64 = 5.0;

/// What each path costs in instructions, in the order in which they are measured.
#[derive(Debug, PartialEq)]
pub(super) struct Record {
    pub(super) compiler: String,
    pub(super) paths: Vec<(String, u64)>,
}

impl Record {
    pub(super) fn read(path: &Path) -> Outcome<Self> {
        let help = "`cargo xtask perf --record` writes it";
        let text = fs::read_to_string(path)
            .map_err(|error| format!("error: {} can't be read: {error}\n  = help: {help}", path.display()))?;
        Ok(Self::parse(&text).ok_or_else(|| format!("error: {} is no record\n  = help: {help}", path.display()))?)
    }

    fn parse(text: &str) -> Option<Self> {
        let record: Value = serde_json::from_str(text).ok()?;
        let paths = record.get("instructions")?.as_object()?;
        let paths = paths.iter().map(|(path, count)| Some((path.clone(), count.as_u64()?))).collect::<Option<_>>()?;
        Some(Self { compiler: record.get("compiler")?.as_str()?.to_owned(), paths })
    }

    pub(super) fn write(&self, path: &Path) -> Outcome<()> {
        let text = self.text();
        Ok(fs::write(path, text).map_err(|error| format!("error: {} can't be written: {error}", path.display()))?)
    }

    fn text(&self) -> String {
        let paths: Map<String, Value> =
            self.paths.iter().map(|(path, count)| (path.clone(), (*count).into())).collect();
        format!("{:#}\n", json!({"compiler": self.compiler, "instructions": paths}))
    }

    fn count(&self, path: &str) -> Option<u64> {
        self.paths.iter().find(|(name, _)| name == path).map(|(_, count)| *count)
    }

    /// Fails if a path costs clearly more than it did, or isn't on record, or isn't measured any more.
    pub(super) fn compare(&self, before: &Self) -> Outcome<()> {
        let mut losses = Vec::new();
        for (path, now) in &self.paths {
            match before.count(path) {
                None => losses.push(format!("{path}: not on record, now {now} instructions")),
                Some(before) if percent(before, *now) > TOLERATED => {
                    let more = percent(before, *now);
                    losses.push(format!("{path}: {before} instructions before, {now} now, {more:.1} % more"));
                }
                Some(_) => {}
            }
        }
        let gone = before.paths.iter().filter(|(path, _)| self.count(path).is_none());
        losses.extend(gone.map(|(path, _)| format!("{path}: on record, and not measured any more")));
        if losses.is_empty() {
            return Ok(());
        }
        let losses = losses.join("\n  ");
        Err(format!("error: not what is on record, within {TOLERATED} %\n  {losses}\n  = help: if that is the price of something, `cargo xtask perf --record`, and say of what").into())
    }
}

/// How much more it is now, in percent.
fn percent(before: u64, now: u64) -> f64 {
    (now as f64 / before as f64 - 1.0) * 100.0
}

/// A line for each path.
impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "instructions, by {}", self.compiler)?;
        self.paths.iter().try_for_each(|(path, count)| writeln!(f, "{count:>14}  {path}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(paths: &[(&str, u64)]) -> Record {
        let paths = paths.iter().map(|(path, count)| ((*path).to_owned(), *count)).collect();
        Record { compiler: "rustc 1.95.0".to_owned(), paths }
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let record = record(&[("read mix", 1_000), ("regen", 2)]);
        assert_eq!(Record::parse(&record.text()), Some(record));
        assert_eq!(Record::parse(r#"{"compiler": "rustc", "instructions": {"regen": "many"}}"#), None);
    }

    #[test]
    fn a_loss_is_named_with_before_and_after() {
        let failure = record(&[("read mix", 1_060), ("write mix", 1_040)])
            .compare(&record(&[("read mix", 1_000), ("write mix", 1_000)]))
            .expect_err("six percent more");
        let text = failure.to_string();
        assert!(text.contains("read mix: 1000 instructions before, 1060 now, 6.0 % more"), "{text}");
        assert!(!text.contains("write mix"), "{text}");
    }

    #[test]
    fn less_is_no_loss() {
        assert!(record(&[("regen", 10)]).compare(&record(&[("regen", 1_000)])).is_ok());
    }

    #[test]
    fn paths_have_to_be_the_same() {
        let failure = record(&[("read", 1)]).compare(&record(&[("regen", 1)])).expect_err("other paths").to_string();
        assert!(failure.contains("read: not on record") && failure.contains("regen: on record"), "{failure}");
    }
}
