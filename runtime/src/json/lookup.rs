//! A table of the members of an object, to find a member by the first bytes of its key.

use super::object::{Constant, FieldName};

/// The number of slots, a power of two. A larger table has fewer collisions, but every type has a table.
const SLOTS: usize = 64;

/// The number of multipliers that are compared. An object with 16 members has a table without a collision after six on average.
const ATTEMPTS: u32 = 24;

/// The place of the first constant. The places before it are those of the fields.
const FIRST_CONSTANT: u8 = 64;

/// The place in an empty slot.
const EMPTY: u8 = u8::MAX;

/// A table of places by a product of the first bytes of a key. A key without its own slot needs another search.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lookup {
    multiplier: u64,
    slots: [u8; SLOTS],
}

/// A possible member for a key.
pub(super) enum Candidate {
    /// The constant at an index.
    Constant(usize),
    /// The field at an index.
    Field(usize),
}

impl Lookup {
    /// Creates the table of the fields and the constants of a type, with as few collisions as possible.
    pub(super) const fn new(fields: &[FieldName], constants: &[Constant]) -> Self {
        let mut multiplier = 0x9e37_79b9_7f4a_7c15;
        let (mut best, mut collisions) = Self::with_multiplier(multiplier, fields, constants);
        let mut attempt = 1;
        while collisions > 0 && attempt < ATTEMPTS {
            multiplier = u64::wrapping_mul(multiplier, 0xd134_2543_de82_ef95);
            let (table, count) = Self::with_multiplier(multiplier, fields, constants);
            if count < collisions {
                (best, collisions) = (table, count);
            }
            attempt += 1;
        }
        best
    }

    /// Creates the table with a multiplier. Returns the table and the number of members without their own slot.
    const fn with_multiplier(multiplier: u64, fields: &[FieldName], constants: &[Constant]) -> (Self, usize) {
        let mut table = Self { multiplier, slots: [EMPTY; SLOTS] };
        let (mut collisions, mut place) = (0, 0);
        let mut rest = fields;
        while let [field, others @ ..] = rest {
            collisions += table.add(field.first, place);
            place += 1;
            rest = others;
        }
        let mut rest = constants;
        place = FIRST_CONSTANT;
        while let [constant, others @ ..] = rest {
            collisions += table.add(constant.field.first, place);
            place += 1;
            rest = others;
        }
        (table, collisions)
    }

    /// Adds a member unless its slot is full. Returns the number of collisions.
    // Only the compiler evaluates it, and a panic is an error of the build.
    #[allow(clippy::indexing_slicing)]
    const fn add(&mut self, first: u64, place: u8) -> usize {
        let slot = self.slot(first);
        if self.slots[slot] != EMPTY {
            return 1;
        }
        self.slots[slot] = place;
        0
    }

    #[inline(always)]
    const fn slot(&self, first: u64) -> usize {
        (first.wrapping_mul(self.multiplier) >> (u64::BITS - SLOTS.trailing_zeros())) as usize
    }

    /// Returns the member that a key with these first bytes can be.
    #[inline(always)]
    pub(super) fn candidate(&self, first: u64) -> Candidate {
        let place = self.slots.get(self.slot(first)).copied().unwrap_or(EMPTY);
        match place.checked_sub(FIRST_CONSTANT) {
            Some(index) => Candidate::Constant(usize::from(index)),
            None => Candidate::Field(usize::from(place)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cursor::Cursor;
    use super::super::object::{first_bytes, Constant, Descriptor, FieldName, Member};

    const FIELDS: &[FieldName] = &[
        FieldName::new(",\"body\":"),
        FieldName::new(",\"formatted_body\":"),
        FieldName::new(",\"formatted\":"),
        FieldName::new(",\"formatte\":"),
        FieldName::new(",\"m.relates_to_each_other\":"),
    ];
    const CONSTANTS: &[Constant] = &[Constant::new(",\"msgtype\":", "m.text")];
    const DESCRIPTOR: &Descriptor = &Descriptor::new(CONSTANTS, FIELDS, 0);

    #[test]
    fn every_name_is_found_also_after_a_collision() {
        for (index, field) in FIELDS.iter().enumerate() {
            let found = DESCRIPTOR.find(field.name, first_bytes(field.name));
            assert!(matches!(found, Member::Field(at) if at == index), "{}", field.name);
        }
        assert!(matches!(DESCRIPTOR.find("msgtype", first_bytes("msgtype")), Member::Constant(0, _)));
        for other in ["", "bod", "body2", "formatted_bodx", "m.relates_to_each_othes", "msgtypf"] {
            assert!(matches!(DESCRIPTOR.find(other, first_bytes(other)), Member::Other), "{other}");
        }
    }

    #[test]
    fn key_is_known_only_in_its_plain_form() {
        for text in ["\"body\":12345", "\"msgtype\":\"m.text\"", "\"m.relates_to_each_other\":{}"] {
            let mut json = Cursor::new(text);
            assert!(json.known_key(DESCRIPTOR, true).is_some(), "{text}");
            assert!(text.ends_with(json.rest_of_text()) && !json.rest_of_text().contains("\":"), "{text}");
        }
        let unusual = [
            "\"body\" :12345",
            " \"body\":12345",
            ",\"body\":12345",
            "\"body\\\"\":12345",
            "\"body\\u0000\":12345",
            "\"body\0\0\0\0\":12345",
            "\"bodé\":12345",
            "\"formatted_bod\":1",
            "\"formatted_body2\":1",
            "\"m.relates_to_each_othes\":1",
            "\"m.relates_to_each_other\"",
            "\"m.relates_to_each_othé\":1",
            "\"body\":",
        ];
        for text in unusual {
            let mut json = Cursor::new(text);
            assert!(json.known_key(DESCRIPTOR, true).is_none(), "{text}");
            assert_eq!(json.rest_of_text(), text);
        }
    }
}
