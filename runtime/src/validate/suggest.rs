//! Suggestions for misspelled names.

/// Returns the known name that is most similar to a name. Up to a third of the letters can differ.
pub(super) fn nearest(name: &str, known: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
    let limit = (name.chars().count() / 3).max(1);
    let with_distance = known.into_iter().map(|known| (distance(name, known), known));
    let near = with_distance.filter(|(distance, known)| *distance <= limit && *known != name);
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

/// Returns the edit distance of two names: the number of substitutions, insertions, deletions and transpositions.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    // Texts of very different lengths are not similar, and a comparison takes long.
    if one.len().abs_diff(other.len()) > 64 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    let mut previous = None;
    for (i, from) in one.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, to) in other.iter().enumerate() {
            let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX - 1);
            let mut best = at(&row, j) + usize::from(from != *to);
            best = best.min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            if j > 0 && previous == Some(*to) && other.get(j - 1) == Some(&from) {
                best = best.min(at(&before, j - 1) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
        previous = Some(from);
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_name_is_suggested() {
        let known = ["purpose", "audio_muted", "video_muted", "m.screenshare"];
        assert_eq!(nearest("propose", known), Some("purpose"));
        assert_eq!(nearest("nmae", ["name", "topic"]), Some("name"));
        assert_eq!(nearest("audio_mute", known), Some("audio_muted"));
        assert_eq!(nearest("m.screensharing", known), Some("m.screenshare"));
        assert_eq!(nearest("purpose", known), None);
        assert_eq!(nearest("org.example.colour", known), None);
        assert_eq!(nearest("", known), None);
    }
}
