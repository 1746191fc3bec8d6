//! Sets of features of `matrix-events`, to find code that does not compile without a feature.

use std::path::Path;
use std::process::Command;

use anyhow::{ensure, Context, Result};
use serde_json::Value;

/// The features that only enable others.
const GROUPS: [&str; 2] = ["default", "unstable"];

/// Returns the shell command that checks `matrix-events` with each set of features.
///
/// # Errors
///
/// Returns an error if Cargo fails to list the features.
pub(crate) fn command(workspace: &Path) -> Result<String> {
    let features = features(workspace)?;
    let checks = sets(&features)
        .into_iter()
        .map(|set| format!("cargo clippy --quiet --package matrix-events --features {} -- -D warnings", set.join(",")));
    Ok(checks.collect::<Vec<_>>().join(" && "))
}

/// Returns the features of `matrix-events`, sorted by name.
fn features(workspace: &Path) -> Result<Vec<String>> {
    let mut cargo = Command::new("cargo");
    let output = cargo.args(["metadata", "--no-deps", "--format-version", "1"]).current_dir(workspace).output()?;
    ensure!(output.status.success(), "failed to list the features: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    let package = packages.find(|package| package["name"] == "matrix-events").context("no package matrix-events")?;
    let names = package["features"].as_object().into_iter().flatten().map(|(name, _)| name.clone());
    let mut names: Vec<String> = names.filter(|name| !GROUPS.contains(&name.as_str())).collect();
    names.sort();
    Ok(names)
}

/// Returns few sets of features so that for each two features, one set contains the first without the second. A feature whose code
/// requires another feature then fails to compile in some set.
///
/// Each feature is in half of the sets, and no two features are in the same sets (Sperner's theorem).
fn sets(features: &[String]) -> Vec<Vec<&str>> {
    let members_for = |count: u32| (0..1_u64 << count).filter(move |members| members.count_ones() == count / 2);
    let count = (2..).find(|count| members_for(*count).count() >= features.len()).unwrap_or_default();
    let mut sets = vec![Vec::new(); count as usize];
    for (feature, members) in features.iter().zip(members_for(count)) {
        let chosen = sets.iter_mut().enumerate().filter(|(index, _)| members >> index & 1 == 1);
        chosen.for_each(|(_, set)| set.push(feature.as_str()));
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::sets;

    #[test]
    fn each_feature_is_in_a_set_without_each_other_feature() {
        for count in 1..40 {
            let features: Vec<String> = (0..count).map(|index| format!("feature{index}")).collect();
            let sets = sets(&features);
            assert!(sets.len() <= 8, "{} sets for {count} features", sets.len());
            for first in &features {
                assert!(sets.iter().any(|set| set.contains(&first.as_str())), "no set contains {first}");
                for second in features.iter().filter(|second| *second != first) {
                    let has_first_alone =
                        |set: &Vec<&str>| set.contains(&first.as_str()) && !set.contains(&second.as_str());
                    assert!(sets.iter().any(has_first_alone), "no set contains {first} without {second}");
                }
            }
        }
    }
}
