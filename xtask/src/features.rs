//! The features of `matrix-events` for areas and proposals, which `regen` writes to sections of its Cargo.toml.

use anyhow::Result;
use matrix_events_codegen::ir::{feature, Feature, Proposal};

use crate::error;

/// A section of Cargo.toml, with a line at its start and a line at its end.
struct Section {
    content: &'static str,
    begin: &'static str,
    end: &'static str,
}

const AREAS: Section = Section {
    content: "features of areas",
    begin: "# Features of areas, written by `cargo xtask regen`.\n",
    end: "# End of the features of areas.\n",
};

const PROPOSALS: Section = Section {
    content: "features of proposals",
    begin: "# Features of proposals, written by `cargo xtask regen`.\n",
    end: "# End of the features of proposals.\n",
};

/// Returns the text of a Cargo.toml with a feature for each area and for each proposal. The feature `default` enables those of the
/// areas, and the feature `unstable` those of the proposals.
///
/// # Errors
///
/// Returns an error if the text has no sections for these features.
pub(crate) fn manifest(text: &str, areas: &[Feature], proposals: &[Proposal]) -> Result<String> {
    let text = AREAS.replaced(text, &of_areas(areas))?;
    PROPOSALS.replaced(&text, &of_proposals(proposals))
}

impl Section {
    /// Returns a text with other lines in the section.
    fn replaced(&self, text: &str, lines: &str) -> Result<String> {
        let Self { content, begin, end } = self;
        let parts = text.split_once(begin).and_then(|(before, rest)| Some((before, rest.split_once(end)?.1)));
        let Some((before, after)) = parts else {
            return Err(error(
                format!("generated/Cargo.toml has no section for the {content}"),
                format!("the lines `{}` and `{}` below `[features]`", begin.trim_end(), end.trim_end()),
                "add the two lines at the end of `[features]`, and run `cargo xtask regen`",
            ));
        };
        Ok(format!("{before}{begin}{lines}{end}{after}"))
    }
}

fn of_areas(areas: &[Feature]) -> String {
    let all: Vec<String> = areas.iter().map(|area| format!("{:?}", area.name)).collect();
    let each = areas.iter().map(|Feature { name, description }| format!("# {description}\n{name} = []\n"));
    format!("default = [{}]\n{}", all.join(", "), each.collect::<String>())
}

fn of_proposals(proposals: &[Proposal]) -> String {
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
    fn sections_have_a_feature_for_each_area_and_each_proposal() {
        let [areas, proposals] = [AREAS, PROPOSALS];
        let text = |of_areas: &str, of_proposals: &str| {
            format!(
                "[features]\na = []\n\n{}{of_areas}{}\n{}{of_proposals}{}\n[lints]\n",
                areas.begin, areas.end, proposals.begin, proposals.end
            )
        };
        let expected = text(
            "default = [\"calls\"]\n# Events of calls.\ncalls = []\n",
            "# The types and fields of all proposals.\nunstable = [\n    \"unstable-msc1\",\n    \
             \"unstable-msc2\",\n]\n# Polls: https://example.org\nunstable-msc1 = []\n# Polls: https://example.org\n\
             unstable-msc2 = [\"unstable-msc1\"]\n",
        );
        let areas = [Feature { name: "calls".to_owned(), description: "Events of calls.".to_owned() }];
        let proposals = [proposal(1, &[]), proposal(2, &[1])];
        assert_eq!(manifest(&text("old = []\n", "old = []\n"), &areas, &proposals).ok(), Some(expected.clone()));
        assert_eq!(manifest(&expected, &areas, &proposals).ok(), Some(expected));
    }

    #[test]
    fn manifest_without_the_sections_is_an_error() {
        let error = manifest("[features]\n", &[], &[]).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("has no section for the features of areas"), "{error}");
    }
}
