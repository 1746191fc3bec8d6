//! Sets of features of `matrix-events`, to find code that does not compile without a feature.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{ensure, Context, Result};
use serde_json::Value;

/// The feature that enables those of the areas.
const DEFAULT: &str = "default";

/// The features that only enable others.
const GROUPS: [&str; 2] = [DEFAULT, "unstable"];

/// The features of a crate, each with the features that it enables.
type Features = BTreeMap<String, Vec<String>>;

/// Returns the shell command that checks `matrix-events` with each set of features.
///
/// # Errors
///
/// Returns an error if Cargo fails to list the features.
pub(crate) fn command(workspace: &Path) -> Result<String> {
    let features = features(workspace)?;
    let names: Vec<&str> = features.keys().map(String::as_str).filter(|name| !GROUPS.contains(name)).collect();
    // The other sets leave out the areas that no feature enables.
    let is_enabled = |area: &str| names.iter().any(|name| *name != area && enables(&features, name, area));
    let areas = features.get(DEFAULT).into_iter().flatten().filter(|area| is_enabled(area));
    let without_area = areas.map(|area| names.iter().copied().filter(|name| !enables(&features, name, area)).collect());
    let sets = sets(&names).into_iter().chain(without_area).chain([Vec::new()]);
    let checks = sets.map(|set: Vec<&str>| {
        let features = set.join(",");
        format!(
            "cargo clippy --quiet --package matrix-events --no-default-features --features '{features}' -- -D warnings"
        )
    });
    Ok(checks.collect::<Vec<_>>().join(" && "))
}

/// Returns `true` if a feature is another feature, or enables it.
fn enables(features: &Features, name: &str, other: &str) -> bool {
    name == other || features.get(name).into_iter().flatten().any(|enabled| enables(features, enabled, other))
}

/// Returns the features of `matrix-events`.
fn features(workspace: &Path) -> Result<Features> {
    let mut cargo = Command::new("cargo");
    let output = cargo.args(["metadata", "--no-deps", "--format-version", "1"]).current_dir(workspace).output()?;
    ensure!(output.status.success(), "failed to list the features: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    let package = packages.find(|package| package["name"] == "matrix-events").context("no package matrix-events")?;
    Ok(serde_json::from_value(package["features"].clone())?)
}

/// Returns few sets of features so that for each two features, one set contains the first without the second. A feature whose code
/// requires another feature then fails to compile in some set.
///
/// Each feature is in half of the sets, and no two features are in the same sets (Sperner's theorem).
fn sets<'f>(features: &[&'f str]) -> Vec<Vec<&'f str>> {
    let members_for = |count: u32| (0..1_u64 << count).filter(move |members| members.count_ones() == count / 2);
    let count = (2..).find(|count| members_for(*count).count() >= features.len()).unwrap_or_default();
    let mut sets = vec![Vec::new(); count as usize];
    for (feature, members) in features.iter().zip(members_for(count)) {
        let chosen = sets.iter_mut().enumerate().filter(|(index, _)| members >> index & 1 == 1);
        chosen.for_each(|(_, set)| set.push(*feature));
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::{enables, sets, Features};

    #[test]
    fn each_feature_is_in_a_set_without_each_other_feature() {
        for count in 1..=70 {
            let features: Vec<String> = (0..count).map(|index| format!("feature{index}")).collect();
            let features: Vec<&str> = features.iter().map(String::as_str).collect();
            let sets = sets(&features);
            assert!(sets.len() <= 8, "{} sets for {count} features", sets.len());
            for first in &features {
                assert!(sets.iter().any(|set| set.contains(first)), "no set contains {first}");
                for second in features.iter().filter(|second| *second != first) {
                    let has_first_alone = |set: &Vec<&str>| set.contains(first) && !set.contains(second);
                    assert!(sets.iter().any(has_first_alone), "no set contains {first} without {second}");
                }
            }
        }
    }

    #[test]
    fn feature_enables_itself_and_others() {
        let features = [("federation", vec!["edus"]), ("edus", vec![]), ("servers", vec!["federation", "dep:hash"])];
        let features =
            features.map(|(name, others)| (name.to_owned(), others.into_iter().map(str::to_owned).collect()));
        let features = Features::from(features);
        assert!(enables(&features, "servers", "edus") && enables(&features, "edus", "edus"));
        assert!(!enables(&features, "edus", "federation"));
    }
}
