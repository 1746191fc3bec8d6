//! Output: styles, numbers and control characters.

use std::fmt;
use std::io::{self, ErrorKind, Write};

use anstyle::{AnsiColor, Style};

/// The style of headings.
pub(crate) const BOLD: Style = Style::new().bold();
/// The style of errors.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// The style of names and locations.
pub(crate) const NAME: Style = AnsiColor::Cyan.on_default();
/// The style of less important text.
pub(crate) const DIM: Style = Style::new().dimmed();

/// Returns a text in a style. The output removes the style if it is not a terminal or if `NO_COLOR` is set.
pub(crate) fn styled(style: Style, text: impl fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Writes text to the standard output. Returns `false` if the reader closed the pipe early, as `head` does.
pub(crate) fn write(text: &str) -> Result<bool, String> {
    let mut output = anstream::AutoStream::auto(io::stdout().lock());
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(format!(
            "failed to write to the standard output: {error}\n  = help: check the free space on the target of the output"
        )),
    }
}

/// Prints a text to the standard output.
pub(crate) fn print(text: &str) -> Result<(), String> {
    write(text).map(drop)
}

/// Prints an error to the standard error output. If this fails, the exit code still reports the error.
pub(crate) fn print_error(message: &str) {
    print_to_stderr(&format!("{} {message}\n", styled(ERROR, "error:")));
}

/// Prints a text to the standard error output.
pub(crate) fn print_to_stderr(text: &str) {
    let _ = anstream::AutoStream::auto(io::stderr().lock()).write_all(text.as_bytes());
}

/// Replaces control characters, so that the text is safe to print.
pub(crate) fn printable(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

/// Formats a number with a comma between its thousands.
pub(crate) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Returns a number with a noun, such as `1 event` or `2 events`.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", number(count))
}
