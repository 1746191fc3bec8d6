//! A sort function with little code for each type.

use std::cmp::Ordering;
use std::mem;

/// Sorts a list, and keeps the order of equal elements. Returns `true` if elements are equal.
///
/// The standard library compiles about 3,000 LLVM lines for each type and each order.
pub(crate) fn sort_by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) -> bool {
    let compare = |one: usize, other: usize| match (list.get(one), list.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Less,
    };
    let (swaps, is_repeated) = swaps(list.len(), &compare);
    for (one, other) in swaps {
        list.swap(one, other);
    }
    is_repeated
}

/// Returns the swaps that sort a list, and `true` if elements are equal. Equal elements keep their order.
fn swaps(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> (Vec<(usize, usize)>, bool) {
    if (1..count).all(|index| compare(index - 1, index).is_lt()) {
        return (Vec::new(), false);
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|one, other| compare(*one, *other));
    let is_repeated = order.iter().zip(order.iter().skip(1)).any(|(one, other)| compare(*one, *other).is_eq());
    let mut swaps = Vec::new();
    // Each cycle of the permutation is a list of swaps. Elements in their place refer to themselves.
    for start in 0..count {
        let mut at = start;
        while let Some(source) = order.get_mut(at).map(|source| mem::replace(source, at)) {
            if source == start {
                break;
            }
            swaps.push((at, source));
            at = source;
        }
    }
    (swaps, is_repeated)
}
