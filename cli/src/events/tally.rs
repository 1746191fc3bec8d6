//! The numbers of events and of other values in an input.

/// The help for values that are neither an event nor a known response.
pub(crate) const HELP: &str =
    "\n  = help: pass events or a response that carries events, or pass `--type <event type>` for a content alone";

/// The error of inputs with responses and without events.
pub(crate) const NO_EVENTS: &str = "found no event in the input: the responses have none";

/// The numbers of events and of other values in an input.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// The number of events and of syntax errors.
    pub(crate) events: u64,
    /// The number of responses without events.
    pub(crate) responses: u64,
    /// The number of values that are neither an event nor a known response, and the place of the first.
    pub(crate) unrecognized: Option<(u64, String)>,
}

impl Tally {
    /// Returns the error of an input without an event. Moves the help into the first error that requires help.
    pub(crate) fn error(self, file: &str, help: &mut &'static str) -> Option<String> {
        let is_empty = self.events == 0 && self.responses == 0;
        match self.unrecognized {
            Some(_) if is_empty => Some(format!("found no event in {file}{}", std::mem::take(help))),
            Some((count, first)) => {
                let values = crate::text::counted(count, "value");
                Some(format!("found no event in {values} of {file}, first at {first}{}", std::mem::take(help)))
            }
            None => is_empty.then(|| format!("found no event in {file}: the input is empty")),
        }
    }
}
