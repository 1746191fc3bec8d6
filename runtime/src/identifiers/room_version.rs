//! Room versions.

use super::bytes::Characters;
use super::InvalidReason;

const MAX_BYTES: usize = 32;

identifier! {
    /// A [room version](https://spec.matrix.org/latest/rooms/#room-version-grammar).
    ///
    /// A text is valid if it has 1 to 32 of the characters `a-z`, `0-9`, `.` and `-`. The specification reserves room versions of
    /// digits and `.` alone. Room versions have no order in the specification. The order of this type is that of the texts.
    /// [`rules`](RoomVersionId::rules) returns the rules of a room version.
    ///
    /// ```
    /// use matrix_events::RoomVersionId;
    ///
    /// assert_eq!(RoomVersionId::parse("12")?, RoomVersionId::V12);
    /// assert!(RoomVersionId::parse("org.example.2-beta").is_ok());
    /// assert!(RoomVersionId::parse("Version 2").is_err());
    /// # Ok::<(), matrix_events::InvalidIdentifier>(())
    /// ```
    RoomVersionId, check
}

const fn check(text: &str) -> Result<(), InvalidReason> {
    match text.len() {
        0 => Err(InvalidReason::NoCharacters),
        1..=MAX_BYTES => Characters::RoomVersion.check(text.as_bytes(), 0),
        bytes => Err(InvalidReason::TooLong { bytes, max: MAX_BYTES }),
    }
}

macro_rules! versions {
    ($($name:ident $number:literal)+) => {
        impl RoomVersionId {
            $(
                #[doc = concat!(
                    "The text of [room version ", $number, "](https://spec.matrix.org/latest/rooms/v", $number, "/)."
                )]
                pub const $name: &'static str = $number;
            )+

            /// Returns `true` if the room version is one of the versions that this type has constants for.
            ///
            /// ```
            /// use matrix_events::RoomVersionId;
            ///
            /// assert!(RoomVersionId::new("11").is_known());
            /// assert!(!RoomVersionId::new("org.example.2-beta").is_known());
            /// ```
            #[must_use]
            pub fn is_known(&self) -> bool {
                [$(Self::$name),+].contains(&self.as_str())
            }
        }
    };
}

versions! {
    V1 "1" V2 "2" V3 "3" V4 "4" V5 "5" V6 "6" V7 "7" V8 "8" V9 "9" V10 "10" V11 "11" V12 "12"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_versions_follow_the_grammar() {
        for text in ["1", "1.2", "1.2-beta", "com.example.version", &"x".repeat(32)] {
            assert_eq!(RoomVersionId::validate(text), Ok(()), "{text}");
        }
        for (text, reason) in [
            ("", InvalidReason::NoCharacters),
            ("1_2", InvalidReason::ForbiddenCharacter { character: '_', at: 1 }),
            ("V1", InvalidReason::ForbiddenCharacter { character: 'V', at: 0 }),
            ("1é", InvalidReason::ForbiddenCharacter { character: 'é', at: 1 }),
            (&"x".repeat(33), InvalidReason::TooLong { bytes: 33, max: 32 }),
        ] {
            assert_eq!(RoomVersionId::parse(text).unwrap_err().reason, reason, "{text}");
        }
    }
}
