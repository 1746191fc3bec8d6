//! The methods of Ruma's types, and the counterpart of each one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{bail, ensure, Context, Result};
use serde_json::Value;

use crate::crates::{Counterpart, Crates};
use crate::map::{last, Form};

/// The path of `ruma-common`, which paths state because the other ones omit the crate.
const COMMON: &str = "ruma_common::";

/// The parts of `ruma-common` with events, in addition to the types at the root: modules and types.
const COMMON_PARTS: [&str; 9] = [
    "canonical_json::",
    "matrix_uri::",
    "power_levels::",
    "presence::",
    "push::",
    "room::",
    "room_version_rules::",
    "serde::Raw",
    "third_party_invite::",
];

/// A method or function of Ruma, with its counterpart.
pub(crate) struct Method {
    /// The path of the type or trait. It is empty for a function.
    pub(crate) owner: String,
    pub(crate) name: String,
    pub(crate) found: Counterpart,
}

impl Crates {
    /// Returns the owners and the names of Ruma's methods. The owner of a function is empty.
    pub(crate) fn ruma_methods(&self) -> Vec<(String, String)> {
        let events = self.ruma.methods().into_iter().map(|method| (method, ""));
        let common = self.common.methods().into_iter().filter(|method| is_part(method.owner.unwrap_or(method.name)));
        let common = common.map(|method| (method, COMMON));
        let owned = |(method, prefix): (crate::rustdoc::Method<'_>, &str)| match method.owner {
            Some(owner) => (format!("{prefix}{owner}"), method.name.to_owned()),
            None => (String::new(), format!("{prefix}{}", method.name)),
        };
        events.chain(common).map(owned).collect()
    }

    /// Returns the counterpart of a method: an entry, the member with the same name of the counterpart of its owner, or a pattern.
    ///
    /// # Errors
    ///
    /// Returns an error if the method has none of them, or if its entry is unnecessary or wrong.
    pub(crate) fn method(&self, owner: &str, name: &str) -> Result<Counterpart> {
        let path = path(owner, name);
        let of = if owner.is_empty() { None } else { self.find(owner)? };
        let targets = of.as_ref().map_or(&[][..], |of| of.targets.as_slice());
        let member = targets.iter().find(|target| self.has_member(target, name, false));
        let member = member.map(|target| format!("{target}::{name}"));
        match (self.map.methods.get(&path), member) {
            (Some(entry), member) => self.by_entry(&path, entry, member),
            (None, Some(member)) if of.as_ref().is_some_and(|of| matches!(of.form, Form::Same)) => {
                Ok(Counterpart::same(member))
            }
            (None, Some(member)) => {
                Ok(Counterpart { form: Form::Name(vec![member.clone()]), ..Counterpart::same(member) })
            }
            (None, None) => match of {
                Some(of) if matches!(of.form, Form::Missing) => Ok(Counterpart { pattern: None, ..of }),
                _ => self.method_by_pattern(owner, &path, targets),
            },
        }
    }

    fn method_by_pattern(&self, owner: &str, path: &str, targets: &[String]) -> Result<Counterpart> {
        let name = &path[owner.len() - last(owner).len()..];
        let Some((key, entry, _)) = self.map.methods.pattern(&[path, name]) else {
            bail!("expected a member or an entry for the method `{path}`{}", note(targets));
        };
        let mut found = entry.counterpart(String::new(), Vec::new());
        if let Form::Name(paths) | Form::Other(paths) = &mut found.form {
            for path in paths {
                // In the target of a pattern, a `*` is the counterpart of the owner.
                let mut of = targets.iter().map(|target| path.replace('*', target));
                let target = if path.contains('*') { of.find(|path| self.exists(path)) } else { Some(path.clone()) };
                let target = target.filter(|path| self.exists(path));
                found
                    .targets
                    .push(target.with_context(|| format!("the entry `{key}` has an unknown target for `{path}`"))?);
            }
        }
        found.pattern = Some(key.to_owned());
        Ok(found)
    }
}

fn note(targets: &[String]) -> String {
    if targets.is_empty() {
        String::new()
    } else {
        format!(" (the counterpart is {})", targets.join(", "))
    }
}

fn path(owner: &str, name: &str) -> String {
    if owner.is_empty() {
        name.to_owned()
    } else {
        format!("{owner}::{name}")
    }
}

fn is_part(path: &str) -> bool {
    !path.contains("::") || COMMON_PARTS.iter().any(|part| path.starts_with(part))
}

/// A project whose calls were counted.
pub(crate) struct Project {
    pub(crate) repository: String,
    pub(crate) commit: String,
}

/// The counts of calls by name: `calls.json`.
pub(crate) struct Calls {
    pub(crate) projects: Vec<Project>,
    /// The names without counts, because other types have methods with these names.
    pub(crate) ambiguous: Vec<String>,
    calls: BTreeMap<String, u64>,
}

impl Calls {
    /// Loads the file.
    ///
    /// # Errors
    ///
    /// Returns an error if the file is missing, has another structure, or contains a name that no method of Ruma has.
    pub(crate) fn load(file: &Path, names: &BTreeSet<&str>) -> Result<Self> {
        let json: Value = serde_json::from_slice(&fs_err::read(file)?)?;
        let list = |value: &Value| value.as_array().cloned().context("expected an array in calls.json");
        let text = |value: &Value| value.as_str().map(str::to_owned).context("expected a text in calls.json");
        let project = |of: &Value| Ok(Project { repository: text(&of["repository"])?, commit: text(&of["commit"])? });
        let projects = list(&json["projects"])?.iter().map(project).collect::<Result<Vec<_>>>()?;
        let ambiguous = list(&json["ambiguous"]["names"])?.iter().map(text).collect::<Result<Vec<_>>>()?;
        let calls = json["calls"].as_object().context("expected `calls` in calls.json")?;
        let count = |(name, counts): (&String, &Value)| {
            let counts: Vec<_> = list(counts)?.iter().filter_map(Value::as_u64).collect();
            ensure!(counts.len() == projects.len(), "expected a count for each project in `{name}` of calls.json");
            ensure!(!ambiguous.contains(name), "calls.json contains `{name}` twice");
            Ok((name.clone(), counts.iter().sum()))
        };
        let calls = calls.iter().map(count).collect::<Result<BTreeMap<_, _>>>()?;
        for name in calls.keys().chain(&ambiguous) {
            ensure!(names.contains(name.as_str()), "calls.json contains `{name}`, which no method of Ruma has");
        }
        Ok(Self { projects, ambiguous, calls })
    }

    /// Returns the number of calls of methods with a name.
    pub(crate) fn of(&self, name: &str) -> u64 {
        self.calls.get(last(name)).copied().unwrap_or(0)
    }
}
