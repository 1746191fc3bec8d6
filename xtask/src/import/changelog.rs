//! The entry that a new release gets in CHANGELOG.md.

use matrix_events_codegen::compare::Comparison;

use crate::diff;

const UNRELEASED: &str = "## Unreleased";

/// The changelog with what a release changes, at the end of what is unreleased; none where there is nothing to add, or where
/// the release has its entry already.
pub(crate) fn with_entry(changelog: &str, comparison: &Comparison) -> Option<String> {
    let (before, after) = (comparison.before?, comparison.after?);
    let has_entry = changelog.lines().any(|line| {
        let releases = line.strip_prefix(diff::HEADING).and_then(|releases| releases.rsplit_once(" to "));
        releases.is_some_and(|(_, to)| to == after.to_string())
    });
    if before == after || comparison.findings.is_empty() || has_entry {
        return None;
    }
    let entry = diff::markdown(comparison);
    let Some(start) = changelog.lines().position(|line| line.trim_end() == UNRELEASED) else {
        return Some(format!("{}\n\n{UNRELEASED}\n\n{entry}", changelog.trim_end()));
    };
    let lines: Vec<&str> = changelog.lines().collect();
    let is_next = |line: &&str| line.starts_with("## ");
    let end = lines.iter().skip(start + 1).position(is_next).map_or(lines.len(), |length| start + 1 + length);
    let (section, rest) = lines.split_at(end);
    let mut text = format!("{}\n\n{}\n", section.join("\n").trim_end(), entry.trim_end());
    if !rest.is_empty() {
        text.push_str(&format!("\n{}\n", rest.join("\n")));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use matrix_events_codegen::{Files, Version};

    use super::with_entry;
    use crate::diff::of_trees;
    use crate::tree::Tree;

    fn added(changelog: &str, releases: (u16, u16), content: (&str, &str)) -> Option<String> {
        let tree = |minor: u16, content: &str| {
            let schema =
                format!("properties: {{type: {{enum: [m.a]}}, content: {{type: object, properties: {content}}}}}");
            let files = Files::from([("event-schemas/schema/m.a.yaml".to_owned(), schema.into_bytes())]);
            Tree { files, release: Some(Version { major: 1, minor }) }
        };
        let (before, after) = (tree(releases.0, content.0), tree(releases.1, content.1));
        match of_trees(&before, &after, "kinds: [{events: m.a, kinds: to-device, why: a test}]") {
            Ok(comparison) => with_entry(changelog, &comparison),
            Err(unreadable) => panic!("{}", unreadable.diagnostics),
        }
    }

    const CHANGE: (&str, &str) = ("{}", "{a: {type: string}}");

    #[test]
    fn the_entry_stands_at_the_end_of_what_is_unreleased_and_only_once() {
        let changelog = "# Changelog\n\n## Unreleased\n\n- The first.\n\n## 0.1.0\n\n- Old.\n";
        let once = added(changelog, (18, 19), CHANGE).unwrap_or_default();
        let (before, rest) = once.split_once("\n### The specification: v1.18 to v1.19\n").unwrap_or_default();
        assert_eq!(before, "# Changelog\n\n## Unreleased\n\n- The first.\n");
        assert!(
            rest.contains("`content.a` new field: string") && rest.ends_with(".\n\n## 0.1.0\n\n- Old.\n"),
            "{once}"
        );
        assert_eq!(added(&once, (18, 19), CHANGE), None);
        let twice = added(&once, (19, 20), CHANGE).unwrap_or_default();
        let (first, second) = (twice.find("v1.18 to v1.19"), twice.find("v1.19 to v1.20"));
        assert!(first.is_some() && first < second && second < twice.find("## 0.1.0"), "{twice}");
    }

    #[test]
    fn a_changelog_without_the_section_gets_it() {
        let text = added("# Changelog\n", (18, 19), CHANGE).unwrap_or_default();
        assert!(text.starts_with("# Changelog\n\n## Unreleased\n\n### The specification: v1.18 to v1.19\n"), "{text}");
    }

    #[test]
    fn no_change_is_no_entry() {
        assert_eq!(added("## Unreleased\n", (18, 19), ("{}", "{}")), None);
        assert_eq!(added("## Unreleased\n", (19, 19), CHANGE), None);
    }
}
