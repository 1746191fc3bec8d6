//! What identifiers that start with a sigil share: `&localpart:server_name`.

use super::{server_name, InvalidReason};

const MAX_BYTES: usize = 255;

/// Checks what all kinds ask for: the sigil, the length, no NUL, and a server name after the first colon if there is
/// one. Gives what is on either side of that colon.
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

/// Checks a kind that always has a server name.
pub(super) fn check(text: &str, sigil: char) -> Result<(), InvalidReason> {
    match split(text, sigil)? {
        (_, Some(_)) => Ok(()),
        (_, None) => Err(InvalidReason::MissingColon),
    }
}

/// What is between the sigil and the first colon, or the end where there is none.
pub(super) fn localpart(text: &str, sigil: char) -> Option<&str> {
    text.strip_prefix(sigil)?.split(':').next()
}

/// What follows the first colon: a server name can have colons of its own.
pub(super) fn server_name(text: &str, sigil: char) -> Option<&str> {
    let (_, server) = text.strip_prefix(sigil)?.split_once(':')?;
    (!server.is_empty()).then_some(server)
}
