//! The features of `matrix-events` for proposals, which `regen` writes to a section of its Cargo.toml.

use anyhow::Result;
use matrix_events_codegen::ir::{feature, Proposal};

use crate::error;

/// The first line of the section.
const BEGIN: &str = "# Features of proposals, written by `cargo xtask regen`.\n";

/// The last line of the section.
const END: &str = "# End of the features of proposals.\n";

/// Returns the text of a Cargo.toml with a feature for each proposal, and the feature `unstable` for all of them.
///
/// # Errors
///
/// Returns an error if the text has no section for these features.
pub(crate) fn manifest(text: &str, proposals: &[Proposal]) -> Result<String> {
    let parts = text.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let Some((before, after)) = parts else {
        return Err(error(
            "generated/Cargo.toml has no section for the features of proposals".to_owned(),
            format!("the lines `{}` and `{}` below `[features]`", BEGIN.trim_end(), END.trim_end()),
            "add the two lines at the end of `[features]`, and run `cargo xtask regen`",
        ));
    };
    Ok(format!("{before}{BEGIN}{}{END}{after}", lines(proposals)))
}

fn lines(proposals: &[Proposal]) -> String {
    let all = proposals.iter().map(|proposal| format!("    {:?},\n", proposal.feature())).collect::<String>();
    let all = if all.is_empty() { all } else { format!("\n{all}") };
    let each = proposals.iter().map(|proposal| {
        let others = proposal.requires.iter().map(|number| feature(*number));
        let required = others.chain(proposal.features.iter().cloned()).map(|name| format!("{name:?}"));
        let required = required.collect::<Vec<_>>().join(", ");
        format!("# {}: {}\n{} = [{required}]\n", proposal.title, proposal.url, proposal.feature())
    });
    format!("# The types and fields of all proposals.\nunstable = [{all}]\n{}", each.collect::<String>())
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn proposal(number: u32, requires: &[u32]) -> Proposal {
        Proposal {
            number,
            title: "Polls".to_owned(),
            url: "https://example.org".to_owned(),
            state: "open".to_owned(),
            date: "2026-11-26".to_owned(),
            stable_since: None,
            description: String::new(),
            kinds: BTreeMap::new(),
            names: BTreeMap::new(),
            requires: requires.iter().copied().collect::<BTreeSet<u32>>(),
            features: BTreeSet::new(),
        }
    }

    #[test]
    fn section_has_a_feature_for_each_proposal() {
        let text = format!("[features]\na = []\n\n{BEGIN}old = []\n{END}\n[lints]\n");
        let expected = format!(
            "[features]\na = []\n\n{BEGIN}# The types and fields of all proposals.\nunstable = [\n    \"unstable-msc1\",\n    \
             \"unstable-msc2\",\n]\n# Polls: https://example.org\nunstable-msc1 = []\n# Polls: https://example.org\n\
             unstable-msc2 = [\"unstable-msc1\"]\n{END}\n[lints]\n"
        );
        let proposals = [proposal(1, &[]), proposal(2, &[1])];
        assert_eq!(manifest(&text, &proposals).ok(), Some(expected.clone()));
        assert_eq!(manifest(&expected, &proposals).ok(), Some(expected));
    }

    #[test]
    fn manifest_without_the_section_is_an_error() {
        let error = manifest("[features]\n", &[]).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("has no section for the features of proposals"), "{error}");
    }
}
