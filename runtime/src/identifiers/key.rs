//! IDs of keys: an algorithm and a name.

use super::bytes::{split_once, Characters};
use super::InvalidReason;

identifier! {
    /// The ID of a key: the algorithm and the name of the key, with `:` between them.
    ///
    /// [Device keys](https://spec.matrix.org/latest/client-server-api/#device-keys) have such IDs, and their name is the ID of the
    /// device. The name of a [cross-signing](https://spec.matrix.org/latest/client-server-api/#cross-signing) key is the public
    /// key in unpadded base64. Signatures have the [ID of the key](https://spec.matrix.org/latest/appendices/#signing-details)
    /// that signed.
    ///
    /// A text is valid if it has a `:` after one or more other characters. The name has any characters.
    ///
    /// ```
    /// use matrix_events::KeyId;
    ///
    /// let key = KeyId::parse("ed25519:JLAFKJWSCS")?;
    /// assert_eq!(key.algorithm(), Some("ed25519"));
    /// assert_eq!(key.key_name(), Some("JLAFKJWSCS"));
    /// assert_eq!(key, KeyId::from_parts("ed25519", "JLAFKJWSCS"));
    ///
    /// assert!(KeyId::parse("JLAFKJWSCS").is_err());
    /// # Ok::<(), matrix_events::InvalidIdentifier>(())
    /// ```
    KeyId, check_key
}

identifier! {
    /// The ID of a [signing key of a server](https://spec.matrix.org/latest/server-server-api/#publishing-keys): the algorithm and
    /// the version of the key, with `:` between them.
    ///
    /// A text is valid if it has a `:` after one or more other characters, and if the version has one or more of `A-Z`, `a-z`,
    /// `0-9` and `_`.
    ///
    /// ```
    /// use matrix_events::ServerSigningKeyId;
    ///
    /// let key = ServerSigningKeyId::parse("ed25519:auto_2")?;
    /// assert_eq!(key.algorithm(), Some("ed25519"));
    /// assert_eq!(key.key_name(), Some("auto_2"));
    ///
    /// assert!(ServerSigningKeyId::parse("ed25519:auto-2").is_err());
    /// # Ok::<(), matrix_events::InvalidIdentifier>(())
    /// ```
    ServerSigningKeyId, check_server_key
}

const fn check_key(text: &str) -> Result<(), InvalidReason> {
    match split_once(text.as_bytes(), b':') {
        None | Some(([], _)) => Err(InvalidReason::MissingAlgorithm),
        Some(_) => Ok(()),
    }
}

const fn check_server_key(text: &str) -> Result<(), InvalidReason> {
    match split_once(text.as_bytes(), b':') {
        None | Some(([], _)) => Err(InvalidReason::MissingAlgorithm),
        Some((_, [])) => Err(InvalidReason::MissingKeyName),
        Some((_, version)) => Characters::Word.check(version, text.len() - version.len()),
    }
}

macro_rules! parts {
    ($($name:ident)+) => {$(
        impl $name {
            /// Creates the ID of a key from the algorithm and the name of the key, without validation.
            #[must_use]
            pub fn from_parts(algorithm: &str, key_name: &str) -> Self {
                Self::new(format!("{algorithm}:{key_name}"))
            }

            /// Returns the part before the first `:`. Returns `None` if there is no `:`, or no such part.
            #[must_use]
            pub fn algorithm(&self) -> Option<&str> {
                let (algorithm, _) = self.as_str().split_once(':')?;
                (!algorithm.is_empty()).then_some(algorithm)
            }

            /// Returns the part after the first `:`. Returns `None` if there is no `:`.
            #[must_use]
            pub fn key_name(&self) -> Option<&str> {
                self.as_str().split_once(':').map(|(_, name)| name)
            }
        }
    )+};
}

parts!(KeyId ServerSigningKeyId);

impl From<ServerSigningKeyId> for KeyId {
    fn from(key: ServerSigningKeyId) -> Self {
        Self::new(key.into_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_ids_have_an_algorithm() {
        for text in ["ed25519:1", "ed25519:", "a:b:c", "signed_curve25519:AAAAHg", "ed25519:a+b/c", "é: "] {
            assert_eq!(KeyId::validate(text), Ok(()), "{text}");
        }
        for text in ["", ":", ":1", "ed25519"] {
            assert_eq!(KeyId::parse(text).unwrap_err().reason, InvalidReason::MissingAlgorithm, "{text}");
            assert_eq!(ServerSigningKeyId::parse(text).unwrap_err().reason, InvalidReason::MissingAlgorithm, "{text}");
            assert_eq!(KeyId::new(text).algorithm().filter(|_| text != "ed25519"), None, "{text}");
        }
    }

    #[test]
    fn version_of_a_server_key_has_letters_digits_and_underscores() {
        for text in ["ed25519:1", "ed25519:a_Sdf", "x:_"] {
            assert_eq!(ServerSigningKeyId::validate(text), Ok(()), "{text}");
        }
        for (text, reason) in [
            ("ed25519:", InvalidReason::MissingKeyName),
            ("ed25519:a+b", InvalidReason::ForbiddenCharacter { character: '+', at: 9 }),
            ("ed25519:a:b", InvalidReason::ForbiddenCharacter { character: ':', at: 9 }),
            ("ed25519:é", InvalidReason::ForbiddenCharacter { character: 'é', at: 8 }),
        ] {
            assert_eq!(ServerSigningKeyId::parse(text).unwrap_err().reason, reason, "{text}");
        }
    }

    #[test]
    fn parts_are_split_at_the_first_colon() {
        let key = KeyId::from_parts("ed25519", "a:b");
        assert_eq!((key.algorithm(), key.key_name()), (Some("ed25519"), Some("a:b")));
        assert_eq!(KeyId::from(ServerSigningKeyId::from_parts("ed25519", "1")), "ed25519:1");
        let key = KeyId::new(":");
        assert_eq!((key.algorithm(), key.key_name()), (None, Some("")));
        let key = KeyId::new("a");
        assert_eq!((key.algorithm(), key.key_name()), (None, None));
    }
}
