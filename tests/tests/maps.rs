//! The maps of fields: their entries are those of the map of the standard library, for every operation.

use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use matrix_events::receipt::ReceiptEventContent;
use matrix_events::Map;
use proptest::prelude::*;

/// An operation on a map.
#[derive(Clone, Debug)]
enum Operation {
    Insert(String, u8),
    Remove(String),
    GetOrInsert(String, u8),
    Add(String, u8),
    Extend(Vec<(String, u8)>),
    Retain(u8),
}

fn operation() -> impl Strategy<Value = Operation> {
    let key = || "[a-d]{0,2}";
    prop_oneof![
        (key(), any::<u8>()).prop_map(|(key, value)| Operation::Insert(key, value)),
        key().prop_map(Operation::Remove),
        (key(), any::<u8>()).prop_map(|(key, value)| Operation::GetOrInsert(key, value)),
        (key(), any::<u8>()).prop_map(|(key, value)| Operation::Add(key, value)),
        prop::collection::vec((key(), any::<u8>()), 0..40).prop_map(Operation::Extend),
        (1_u8..8).prop_map(Operation::Retain),
    ]
}

/// Applies an operation to both maps, and compares the results.
fn apply(operation: Operation, map: &mut Map<String, u8>, expected: &mut BTreeMap<String, u8>) {
    match operation {
        Operation::Insert(key, value) => assert_eq!(map.insert(key.clone(), value), expected.insert(key, value)),
        Operation::Remove(key) => assert_eq!(map.remove(key.as_str()), expected.remove(key.as_str())),
        Operation::GetOrInsert(key, value) => {
            assert_eq!(map.get_or_insert_with(key.clone(), || value), expected.entry(key).or_insert(value));
        }
        Operation::Add(key, more) => {
            let add = |value: &mut u8| *value = value.wrapping_add(more);
            assert_eq!(map.get_mut(key.as_str()).map(add), expected.get_mut(key.as_str()).map(add));
        }
        Operation::Extend(entries) => {
            map.extend(entries.clone());
            expected.extend(entries);
        }
        Operation::Retain(divisor) => {
            map.retain(|_, value| *value % divisor != 0);
            expected.retain(|_, value| *value % divisor != 0);
        }
    }
}

/// Compares all methods that read a map.
fn compare(map: &Map<String, u8>, expected: &BTreeMap<String, u8>) {
    assert!(map.iter().eq(expected));
    assert!(map.iter().rev().eq(expected.iter().rev()));
    assert!(map.keys().eq(expected.keys()));
    assert!(map.values().eq(expected.values()));
    assert!(map.clone().into_keys().eq(expected.clone().into_keys()));
    assert!(map.clone().into_values().eq(expected.clone().into_values()));
    assert!(map.clone().into_iter().eq(expected.clone()));
    assert_eq!((map.len(), map.is_empty()), (expected.len(), expected.is_empty()));
    assert_eq!(map.first_key_value(), expected.first_key_value());
    assert_eq!(map.last_key_value(), expected.last_key_value());
    assert_eq!(format!("{map:?}"), format!("{expected:?}"));
    for key in ["", "a", "bb", "dd", "x"] {
        assert_eq!(map.get(key), expected.get(key));
        assert_eq!(map.contains_key(key), expected.contains_key(key));
    }
    assert_eq!(map, &Map::from(expected.clone()));
    assert_eq!(&BTreeMap::from(map.clone()), expected);
    let text = serde_json::to_string(map).unwrap();
    assert_eq!(text, serde_json::to_string(expected).unwrap());
    assert_eq!(&serde_json::from_str::<Map<String, u8>>(&text).unwrap(), map);
}

proptest! {
    #[test]
    fn map_equals_a_map_of_the_standard_library_after_each_operation(
        entries in prop::collection::vec(("[a-d]{0,2}", any::<u8>()), 0..40),
        operations in prop::collection::vec(operation(), 0..20),
    ) {
        let (mut map, mut expected) = (Map::from_iter(entries.clone()), BTreeMap::from_iter(entries));
        compare(&map, &expected);
        for operation in operations {
            apply(operation, &mut map, &mut expected);
            compare(&map, &expected);
        }
    }

    #[test]
    fn entries_in_any_order_deserialize_sorted(keys in prop::collection::vec("[a-d]{1,3}", 0..40)) {
        let member = |(index, key): (usize, &String)| format!("\"${key}\": {{\"m.read\": {{\"@u{index}:h\": {{}}}}}}");
        let members: Vec<_> = keys.iter().enumerate().map(member).collect();
        let text = format!("{{{}}}", members.join(", "));
        let content: ReceiptEventContent = matrix_events::from_str(&text).unwrap();
        let last: BTreeMap<_, _> = keys.iter().enumerate().map(|(index, key)| (format!("${key}"), index)).collect();
        prop_assert!(content.entries.keys().map(AsRef::as_ref).eq(last.keys().map(String::as_str)));
        for (value, index) in content.entries.values().zip(last.values()) {
            let read = value.read.as_ref().unwrap();
            let expected = format!("@u{index}:h");
            prop_assert!(read.keys().all(|user| user.as_str() == expected));
        }
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(matrix_events::to_string(&content), value.to_string());
    }
}

thread_local! {
    /// The number of comparisons of keys.
    static COMPARISONS: Cell<usize> = const { Cell::new(0) };
}

/// A key that counts its comparisons.
#[derive(PartialEq, Eq)]
struct Counted(usize);

impl Ord for Counted {
    fn cmp(&self, other: &Self) -> Ordering {
        COMPARISONS.set(COMPARISONS.get() + 1);
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Counted {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[test]
fn number_of_comparisons_is_almost_linear() {
    let comparisons = |count: usize| {
        COMPARISONS.set(0);
        let map: Map<Counted, ()> = (0..count).map(|index| (Counted(index * 7919 % count), ())).collect();
        assert_eq!(map.len(), count);
        COMPARISONS.get()
    };
    let (few, many) = (comparisons(1_000), comparisons(20_000));
    assert!(many < few * 40, "{many} comparisons of 20,000 keys, {few} of 1,000");
}

#[test]
fn key_with_a_valid_and_an_invalid_value_has_the_last_value() {
    let (valid, invalid) = (r#""$a:h": {"m.read": {}}"#, r#""$a:h": 1"#);
    for (text, entries) in [(format!("{{{valid}, {invalid}}}"), 0), (format!("{{{invalid}, {valid}}}"), 1)] {
        let content: ReceiptEventContent = matrix_events::from_str(&text).unwrap();
        assert_eq!((content.entries.len(), content.extra.get("$a:h").is_some()), (entries, entries == 0), "{text}");
    }
}
