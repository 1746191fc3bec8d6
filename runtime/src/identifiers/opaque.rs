//! Opaque identifiers: device IDs, transaction IDs, IDs of encryption sessions, and IDs of calls and their parties.

use super::bytes::Characters;
use super::InvalidReason;

const MAX_BYTES: usize = 255;

identifier! {
    /// A [device ID](https://spec.matrix.org/latest/#devices).
    ///
    /// The server or the client chooses the device ID at login. The specification states no grammar, so every text is valid.
    ///
    /// In to-device messages between servers, `*` in place of a device ID means
    /// [all devices of the user](https://spec.matrix.org/latest/server-server-api/#send-to-device-messaging).
    ///
    /// ```
    /// use matrix_events::DeviceId;
    ///
    /// let device = DeviceId::new("JLAFKJWSCS");
    /// assert_eq!(device, "JLAFKJWSCS");
    /// assert!(device.is_valid());
    /// ```
    DeviceId, opaque
}

identifier! {
    /// A [transaction ID](https://spec.matrix.org/latest/client-server-api/#transaction-identifiers), or the ID of a request or a
    /// verification that a client chooses in the same way.
    ///
    /// The specification states no grammar, so every text is valid.
    ///
    /// ```
    /// use matrix_events::TransactionId;
    ///
    /// let transaction = TransactionId::new("m1725450000.7");
    /// assert_eq!(transaction, "m1725450000.7");
    /// assert!(transaction.is_valid());
    /// ```
    TransactionId, opaque
}

identifier! {
    /// The ID of a [Megolm](https://spec.matrix.org/latest/client-server-api/#mmegolmv1aes-sha2) session, whose keys encrypt the
    /// events of a room.
    ///
    /// The specification states no grammar, so every text is valid.
    ///
    /// ```
    /// use matrix_events::SessionId;
    ///
    /// let session = SessionId::new("X3lUlvLELLYxeTx4yOVu6UDpasGEVO0Jbu+QFnm0cKQ");
    /// assert!(session.is_valid());
    /// ```
    SessionId, opaque
}

const fn opaque(_: &str) -> Result<(), InvalidReason> {
    Ok(())
}

identifier! {
    /// The ID of a [call](https://spec.matrix.org/latest/client-server-api/#grammar-for-voip-ids), or of a party of a call.
    ///
    /// A text is valid if it has 1 to 255 of the characters `A-Z`, `a-z`, `0-9`, `-`, `.`, `_` and `~`. This is the grammar of
    /// [opaque identifiers](https://spec.matrix.org/latest/appendices/#opaque-identifiers).
    ///
    /// ```
    /// use matrix_events::VoipId;
    ///
    /// assert!(VoipId::parse("c1725450000~7").is_ok());
    /// assert!(VoipId::parse("call 7").is_err());
    /// ```
    VoipId, check_opaque_identifier
}

const fn check_opaque_identifier(text: &str) -> Result<(), InvalidReason> {
    match text.len() {
        0 => Err(InvalidReason::NoCharacters),
        1..=MAX_BYTES => Characters::Unreserved.check(text.as_bytes(), 0),
        bytes => Err(InvalidReason::TooLong { bytes, max: MAX_BYTES }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_a_valid_opaque_identifier() {
        for text in ["", "*", "JLAFKJWSCS", "a b\n", "é\0", &"x".repeat(1000)] {
            assert!(
                DeviceId::parse(text).is_ok() && TransactionId::parse(text).is_ok() && SessionId::parse(text).is_ok()
            );
        }
    }

    #[test]
    fn voip_ids_have_unreserved_characters() {
        for text in ["1", "c1725450000.7", "a-B_~", &"x".repeat(255)] {
            assert_eq!(VoipId::validate(text), Ok(()), "{text}");
        }
        for (text, reason) in [
            ("", InvalidReason::NoCharacters),
            ("a b", InvalidReason::ForbiddenCharacter { character: ' ', at: 1 }),
            ("aé", InvalidReason::ForbiddenCharacter { character: 'é', at: 1 }),
            ("@alice:example.org", InvalidReason::ForbiddenCharacter { character: '@', at: 0 }),
            (&"x".repeat(256), InvalidReason::TooLong { bytes: 256, max: 255 }),
        ] {
            assert_eq!(VoipId::parse(text).unwrap_err().reason, reason, "{text}");
        }
    }
}
