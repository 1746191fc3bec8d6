//! The threads of read receipts.

use crate::edu::receipt::ReadReceiptMetadata;
use crate::receipt::Receipt;
use crate::EventId;

/// The value of `thread_id` for events outside of threads.
const MAIN: &str = "main";

/// The thread of a [read receipt](https://spec.matrix.org/latest/client-server-api/#threaded-read-receipts), which the field
/// `thread_id` contains since v1.4.
///
/// ```
/// use matrix_events::receipt::Receipt;
/// use matrix_events::ReceiptThread;
///
/// let receipt: Receipt = serde_json::from_str(r#"{"ts": 1741860298455, "thread_id": "$root"}"#)?;
/// assert_eq!(receipt.thread(), ReceiptThread::Thread("$root".into()));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ReceiptThread {
    /// All events up to the event of the receipt, in all threads. The field `thread_id` is absent.
    Unthreaded,
    /// The events outside of threads. The value of `thread_id` is `main`.
    Main,
    /// The events of a thread. The value of `thread_id` is the event ID of the thread root.
    Thread(EventId),
}

impl ReceiptThread {
    /// Returns the value of `thread_id`. Returns `None` if the field is absent.
    ///
    /// ```
    /// use matrix_events::ReceiptThread;
    ///
    /// assert_eq!(ReceiptThread::Main.as_thread_id(), Some("main"));
    /// assert_eq!(ReceiptThread::Unthreaded.as_thread_id(), None);
    /// ```
    pub fn as_thread_id(&self) -> Option<&str> {
        match self {
            Self::Unthreaded => None,
            Self::Main => Some(MAIN),
            Self::Thread(root) => Some(root.as_str()),
        }
    }
}

impl From<Option<&str>> for ReceiptThread {
    /// Converts a value of `thread_id`. Any text other than `main` is the event ID of a thread root.
    fn from(thread_id: Option<&str>) -> Self {
        match thread_id {
            None => Self::Unthreaded,
            Some(MAIN) => Self::Main,
            Some(root) => Self::Thread(EventId::new(root)),
        }
    }
}

macro_rules! threaded {
    ($($receipt:ident at $path:literal, $new:literal),+) => {$(
        impl $receipt {
            /// Returns the thread of the receipt.
            ///
            /// ```
            #[doc = concat!("use matrix_events::", $path, "::", stringify!($receipt), ";")]
            /// use matrix_events::ReceiptThread;
            ///
            #[doc = concat!("let receipt = ", stringify!($receipt), $new, ";")]
            /// assert_eq!(receipt.thread(), ReceiptThread::Unthreaded);
            /// ```
            pub fn thread(&self) -> ReceiptThread {
                self.thread_id.as_deref().into()
            }

            /// Returns the receipt for a thread, with the corresponding value of `thread_id`.
            ///
            /// ```
            #[doc = concat!("use matrix_events::", $path, "::", stringify!($receipt), ";")]
            /// use matrix_events::ReceiptThread;
            ///
            #[doc = concat!("let receipt = ", stringify!($receipt), $new, ".with_thread(&ReceiptThread::Main);")]
            /// assert_eq!(receipt.thread_id.as_deref(), Some("main"));
            /// ```
            #[must_use]
            pub fn with_thread(self, thread: &ReceiptThread) -> Self {
                Self { thread_id: thread.as_thread_id().map(str::to_owned), ..self }
            }
        }
    )+};
}

threaded! { Receipt at "receipt", "::new()", ReadReceiptMetadata at "edu::receipt", "::new(1_741_860_298_455)" }
