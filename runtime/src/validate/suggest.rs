//! Suggestions for misspelled names.

/// Returns the known name that is most similar to a name. Up to a third of the letters can differ.
pub(super) fn nearest(name: &str, known: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
    let name: Vec<char> = name.chars().collect();
    let counts = counts(name.iter().copied());
    let mut limit = (name.len() / 3).max(1);
    let mut nearest = None;
    let mut buffers = Buffers::default();
    for known in known {
        let length = if known.is_ascii() { known.len() } else { known.chars().count() };
        if length.abs_diff(name.len()) > limit || least_distance(&counts, known) > limit {
            continue;
        }
        let Some(found) = distance(&name, known, limit, &mut buffers).filter(|found| *found > 0) else { continue };
        nearest = Some(known);
        // Only a smaller distance is of interest, so most comparisons end early.
        limit = found - 1;
        if limit == 0 {
            break;
        }
    }
    nearest
}

/// The numbers of the characters in a name, up to 255. Several characters share a number.
type Counts = [u8; 32];

fn counts(name: impl Iterator<Item = char>) -> Counts {
    let mut counts = Counts::default();
    for character in name {
        if let Some(count) = counts.get_mut(character as usize % 32) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

/// Returns a lower bound of the edit distance: the number of characters that one name has and the other lacks. The bound is fast
/// to compute, and excludes most names.
fn least_distance(one: &Counts, other: &str) -> usize {
    let other = counts(other.chars());
    let pairs = || one.iter().zip(&other);
    let surplus: usize = pairs().map(|(one, other)| usize::from(one.saturating_sub(*other))).sum();
    let missing: usize = pairs().map(|(one, other)| usize::from(other.saturating_sub(*one))).sum();
    surplus.max(missing)
}

/// The memory for comparisons.
#[derive(Default)]
struct Buffers {
    other: Vec<char>,
    before: Vec<usize>,
    row: Vec<usize>,
    next: Vec<usize>,
}

/// Returns the edit distance of two names, or `None` if it is above a limit. The distance is the number of substitutions,
/// insertions, deletions and transpositions.
fn distance(one: &[char], other: &str, limit: usize, buffers: &mut Buffers) -> Option<usize> {
    // Each character of UTF-8 has at most four bytes.
    if other.len() < one.len().saturating_sub(limit) || other.len() / 4 > one.len() + limit {
        return None;
    }
    let Buffers { other: characters, before, row, next } = buffers;
    characters.clear();
    characters.extend(other.chars());
    let other = &*characters;
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let far = limit + 1;
    let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(far);
    before.clear();
    row.clear();
    row.extend(0..=other.len());
    let mut previous = None;
    for (i, from) in one.iter().enumerate() {
        next.clear();
        next.push(i + 1);
        for (j, to) in other.iter().enumerate() {
            // Cells that are further from the diagonal than the limit are above the limit.
            if i.abs_diff(j) > limit {
                next.push(far);
                continue;
            }
            let mut best = at(row, j) + usize::from(from != to);
            best = best.min(at(row, j + 1) + 1).min(at(next, j) + 1);
            if j > 0 && previous == Some(to) && other.get(j - 1) == Some(from) {
                best = best.min(at(before, j - 1) + 1);
            }
            next.push(best);
        }
        // A transposition continues from the row before.
        if next.iter().chain(&*row).all(|cell| *cell > limit) {
            return None;
        }
        std::mem::swap(before, row);
        std::mem::swap(row, next);
        previous = Some(from);
    }
    row.last().copied().filter(|found| *found <= limit)
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

    #[test]
    fn distances_up_to_the_limit_are_exact() {
        let cases = [
            ("", "", 0),
            ("ab", "ba", 1),
            ("kitten", "sitting", 3),
            ("ca", "abc", 3),
            ("üöä", "üoä", 1),
            ("abcdef", "f", 5),
        ];
        for (one, other, expected) in cases {
            assert!(least_distance(&counts(one.chars()), other) <= expected, "{one} {other}");
            let one: Vec<char> = one.chars().collect();
            let mut buffers = Buffers::default();
            for limit in 0..8 {
                let found = distance(&one, other, limit, &mut buffers);
                assert_eq!(found, Some(expected).filter(|_| expected <= limit), "{one:?} {other} {limit}");
            }
        }
    }
}
