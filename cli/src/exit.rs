//! The exit codes.

use std::process::ExitCode;

/// The table of the exit codes in the help texts.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  success; all events are valid
  1  an event has a violation, or a text has a syntax error
  2  an argument is invalid, an input cannot be read or has no events, or the output cannot be written";

/// The result of a command, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    Success,
    Violations,
    Error,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Success => 0,
            Exit::Violations => 1,
            Exit::Error => 2,
        })
    }
}
