//! `cargo xtask licences`: what the workspace depends on has to have a licence that it can live with.

use std::process::Command;

use serde_json::Value;

use crate::{terminal, tree, Outcome};

/// Licences that ask for no more than a notice.
const ALLOWED: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Zlib",
];

/// Packages with another licence that there is a reason to live with.
const EXCEPTIONS: [(&str, &str); 1] = [
    // Of ruma-common, and so behind the feature `ruma`. The licence is about the package's own files.
    ("as_variant", "MPL-2.0"),
];

/// Check that every dependency has a licence that is on the list.
///
/// Optional dependencies included. The list, and the exceptions from it, stand in xtask/src/licences.rs. Exit code 1: a licence
/// isn't on it.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

/// Checks the licence of every dependency, optional ones included.
pub(crate) fn run() -> Outcome<()> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--format-version", "1", "--locked", "--all-features"])
        .current_dir(tree::workspace())
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| format!("error: cargo can't be run: {error}"))?;
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("error: what `cargo metadata` prints can't be read: {error}"))?;
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let refused = refused(packages);
    if let Some((name, licence)) =
        EXCEPTIONS.iter().find(|exception| !packages.iter().any(|package| is(package, exception)))
    {
        return Err(format!("error: there is no {name} under {licence} any more: take it out of the exceptions").into());
    }
    if packages.is_empty() || !refused.is_empty() {
        let advice =
            "Do without it, or add its licence, or the package with the reason, to the lists in xtask/src/licences.rs.";
        return Err(
            format!("error: {} licences are not on the list\n{}{advice}", refused.len(), refused.concat()).into()
        );
    }
    terminal::line(format_args!(
        "{} packages under licences on the list, {} of them as exceptions",
        packages.len(),
        EXCEPTIONS.len()
    ))?;
    Ok(())
}

fn is(package: &Value, (name, licence): &(&str, &str)) -> bool {
    package["name"] == **name && package["license"] == **licence
}

/// A line for each package whose licence isn't allowed.
fn refused(packages: &[Value]) -> Vec<String> {
    let text = |package: &Value, key: &str| package[key].as_str().unwrap_or("none").to_owned();
    let is_refused = |package: &&Value| {
        let excepted = EXCEPTIONS.iter().any(|exception| is(package, exception));
        !excepted && !is_allowed(package["license"].as_str().unwrap_or_default())
    };
    let line = |package: &Value| {
        format!("  {} {}: {}\n", text(package, "name"), text(package, "version"), text(package, "license"))
    };
    packages.iter().filter(is_refused).map(line).collect()
}

/// Whether an SPDX expression leaves a choice that is allowed. `OR` binds less than `AND`, and older packages write it `/`.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.trim().replace('/', " OR ");
    if let Some((left, right)) = split(&expression, " OR ") {
        return is_allowed(left) || is_allowed(right);
    }
    if let Some((left, right)) = split(&expression, " AND ") {
        return is_allowed(left) && is_allowed(right);
    }
    match expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => is_allowed(inner),
        None => ALLOWED.contains(&expression.as_str()),
    }
}

/// The two sides of an operator that stands in no brackets.
fn split<'e>(expression: &'e str, operator: &str) -> Option<(&'e str, &'e str)> {
    let (at, _) = expression.match_indices(operator).find(|(at, _)| {
        let before = expression.get(..*at).unwrap_or_default();
        before.matches('(').count() == before.matches(')').count()
    })?;
    Some((expression.get(..at)?, expression.get(at + operator.len()..)?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_choice_is_enough_and_a_conjunction_is_not() {
        for allowed in [
            "MIT",
            "MIT OR GPL-3.0-only",
            "GPL-3.0-only OR MIT AND ISC",
            "Unlicense/MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(is_allowed(allowed), "{allowed}");
        }
        for refused in ["", "GPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT OR GPL-3.0-only) AND MPL-2.0"] {
            assert!(!is_allowed(refused), "{refused}");
        }
    }

    #[test]
    fn the_package_is_named() {
        let packages = [
            json!({"name": "good", "version": "1.0.0", "license": "MIT"}),
            json!({"name": "as_variant", "version": "1.0.0", "license": "MPL-2.0"}),
            json!({"name": "bad", "version": "2.0.0", "license": "GPL-3.0-only"}),
            json!({"name": "silent", "version": "3.0.0", "license": null}),
        ];
        assert_eq!(refused(&packages), ["  bad 2.0.0: GPL-3.0-only\n", "  silent 3.0.0: none\n"]);
    }
}
