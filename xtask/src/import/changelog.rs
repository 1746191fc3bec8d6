//! The entry that a new release gets in CHANGELOG.md.

use matrix_events_codegen::compare::Comparison;
use matrix_events_codegen::Version;

use crate::diff;

const UNRELEASED: &str = "## Unreleased";

/// What stands in the place of an entry that couldn't be made yet.
const TO_BE_MADE: &str = "What changes couldn't be told yet. Put here what this prints:";

/// The changelog with what a release changes, at the end of what is unreleased, or in the place that is held for it; none where
/// there is nothing to add, or where the release has its entry already.
pub(crate) fn with_entry(changelog: &str, comparison: &Comparison) -> Option<String> {
    let (before, after) = (comparison.before?, comparison.after?);
    if before == after || comparison.findings.is_empty() {
        return None;
    }
    let entry = diff::markdown(comparison);
    let place = place(&before.to_string(), after);
    if changelog.contains(&place) {
        return Some(changelog.replace(&place, &entry));
    }
    add(changelog, after, &entry)
}

/// The changelog with a place for what a release changes, which says how to fill it; none where the release has its entry.
pub(crate) fn with_place(changelog: &str, before: Option<&str>, after: Version) -> Option<String> {
    let before = before.filter(|before| *before != after.to_string())?;
    add(changelog, after, &place(before, after))
}

/// Whether a place is held for an entry.
pub(crate) fn has_place(changelog: &str) -> bool {
    changelog.contains(TO_BE_MADE)
}

fn place(before: &str, after: Version) -> String {
    let command = format!("cargo xtask diff <folder of {before}> spec --format markdown");
    format!("{}{before} to {after}\n\n{TO_BE_MADE}\n`{command}`\n", diff::HEADING)
}

/// Adds an entry at the end of what is unreleased, unless the release has one.
fn add(changelog: &str, after: Version, entry: &str) -> Option<String> {
    let has_entry = changelog.lines().any(|line| {
        let releases = line.strip_prefix(diff::HEADING).and_then(|releases| releases.rsplit_once(" to "));
        releases.is_some_and(|(_, to)| to == after.to_string())
    });
    if has_entry {
        return None;
    }
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
    use matrix_events_codegen::{Files, Settings, Version};

    use super::{has_place, with_entry, with_place};
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
        match of_trees(&before, &after, &Settings::new("kinds: [{at: m.a, kinds: to-device, why: a test}]", "")) {
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

    #[test]
    fn a_place_is_held_once_and_filled() {
        let after = Version { major: 1, minor: 19 };
        let held = with_place("## Unreleased\n\n- One.\n\n## 0.1.0\n", Some("v1.18"), after).unwrap_or_default();
        assert!(
            has_place(&held) && held.contains("`cargo xtask diff <folder of v1.18> spec --format markdown`"),
            "{held}"
        );
        assert_eq!(with_place(&held, Some("v1.18"), after), None);
        assert_eq!(with_place("", Some("v1.19"), after), None);
        let filled = added(&held, (18, 19), CHANGE).unwrap_or_default();
        assert!(!has_place(&filled) && filled.contains("`content.a` new field: string"), "{filled}");
        assert_eq!(filled.matches("### The specification").count(), 1, "{filled}");
        assert!(filled.ends_with("\n\n## 0.1.0\n"), "{filled}");
    }
}
