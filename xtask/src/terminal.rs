//! Printing, for all commands. Whoever reads may stop reading, as `| head` does: what comes after that is for nobody, and no
//! failure. Every other failure is one.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

/// Prints text as it is.
pub(crate) fn print(text: impl Display) -> Result<(), String> {
    written(io::stdout().lock(), &text.to_string())
}

/// Prints a line.
pub(crate) fn line(text: impl Display) -> Result<(), String> {
    print(format_args!("{text}\n"))
}

/// Prints a line that isn't the result: notes and failures.
pub(crate) fn tell(text: impl Display) -> Result<(), String> {
    written(io::stderr().lock(), &format!("{text}\n"))
}

fn written(mut to: impl Write, text: &str) -> Result<(), String> {
    match to.write_all(text.as_bytes()).and_then(|()| to.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("error: the output can't be written: {error}\n  = help: is there space where it goes?"))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind, Write};

    use super::written;

    struct Broken(ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_may_go_and_anything_else_is_a_failure() {
        assert_eq!(written(Broken(ErrorKind::BrokenPipe), "text"), Ok(()));
        let told = written(Broken(ErrorKind::PermissionDenied), "text").err().unwrap_or_default();
        assert!(told.starts_with("error: the output can't be written: "), "{told}");
    }
}
