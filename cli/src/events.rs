//! The events of files: input, recognition of responses, and positions in the text.

pub(crate) mod event;
pub(crate) mod files;
pub(crate) mod input;
pub(crate) mod job;
pub(crate) mod position;
pub(crate) mod read;
pub(crate) mod tally;
mod utf16;
