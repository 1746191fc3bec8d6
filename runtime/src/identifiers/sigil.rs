//! Common parts of identifiers that start with a sigil.

use super::bytes::{find, split_once};
use super::{server_name, InvalidReason};

const MAX_BYTES: usize = 255;

/// Splits an identifier at the first colon, and checks the requirements of all kinds.
///
/// These are the sigil, the length, the absence of NUL, and a valid server name after the colon, if any.
pub(super) const fn split(text: &str, sigil: char) -> Result<(&[u8], Option<&[u8]>), InvalidReason> {
    let bytes = text.as_bytes();
    let rest = match bytes {
        [first, rest @ ..] if *first as char == sigil => rest,
        _ => return Err(InvalidReason::MissingSigil(sigil)),
    };
    if bytes.len() > MAX_BYTES {
        return Err(InvalidReason::TooLong { bytes: bytes.len(), max: MAX_BYTES });
    }
    if let Some(at) = find(bytes, 0) {
        return Err(InvalidReason::ForbiddenCharacter { character: '\0', at });
    }
    let Some((local, server)) = split_once(rest, b':') else { return Ok((rest, None)) };
    match server_name::check_part(server, bytes.len() - server.len()) {
        Ok(()) => Ok((local, Some(server))),
        Err(reason) => Err(reason),
    }
}

/// Validates an identifier that requires a server name.
pub(super) const fn check(text: &str, sigil: char) -> Result<(), InvalidReason> {
    match split(text, sigil) {
        Ok((_, Some(_))) => Ok(()),
        Ok((_, None)) => Err(InvalidReason::MissingColon),
        Err(reason) => Err(reason),
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
