//! Common parts of identifiers that start with a sigil.

use super::{server_name, InvalidReason};

const MAX_BYTES: usize = 255;

/// Splits an identifier at the first colon, and checks the requirements of all kinds.
///
/// These are the sigil, the length, the absence of NUL, and a valid server name after the colon, if any.
pub(super) fn split(text: &str, sigil: char) -> Result<(&str, Option<&str>), InvalidReason> {
    let rest = text.strip_prefix(sigil).ok_or(InvalidReason::MissingSigil(sigil))?;
    if text.len() > MAX_BYTES {
        return Err(InvalidReason::TooLong { bytes: text.len(), max: MAX_BYTES });
    }
    if let Some(at) = text.find('\0') {
        return Err(InvalidReason::ForbiddenCharacter { character: '\0', at });
    }
    match rest.split_once(':') {
        Some((local, server)) => {
            server_name::check_part(server, text.len() - server.len())?;
            Ok((local, Some(server)))
        }
        None => Ok((rest, None)),
    }
}

/// Validates an identifier that requires a server name.
pub(super) fn check(text: &str, sigil: char) -> Result<(), InvalidReason> {
    match split(text, sigil)? {
        (_, Some(_)) => Ok(()),
        (_, None) => Err(InvalidReason::MissingColon),
    }
}

/// Returns the part between the sigil and the first colon, or the end.
pub(super) fn localpart(text: &str, sigil: char) -> Option<&str> {
    text.strip_prefix(sigil)?.split(':').next()
}

/// Returns the part after the first colon. A server name can contain further colons.
pub(super) fn server_name(text: &str, sigil: char) -> Option<&str> {
    let (_, server) = text.strip_prefix(sigil)?.split_once(':')?;
    (!server.is_empty()).then_some(server)
}
