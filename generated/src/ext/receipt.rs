//! The users, types and threads of read receipts.

#[cfg(feature = "edus")]
use crate::edu::receipt::ReadReceiptMetadata;
use crate::receipt::{Receipt, ReceiptEventContent};
use crate::{EventId, UserId};

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
    ($($(#[$cfg:meta])* $receipt:ident at $path:literal, $new:literal;)+) => {$(
        $(#[$cfg])*
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

threaded! {
    Receipt at "receipt", "::new()";
    #[cfg(feature = "edus")] ReadReceiptMetadata at "edu::receipt", "::new(1_741_860_298_455)";
}

/// The type of a [receipt](https://spec.matrix.org/latest/client-server-api/#receipts).
///
/// ```
/// use matrix_events::ReceiptType;
///
/// assert_eq!(ReceiptType::ReadPrivate.as_str(), "m.read.private");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ReceiptType {
    /// The public read receipt `m.read`.
    Read,
    /// The private read receipt `m.read.private`, which only its sender receives. Since v1.4.
    ReadPrivate,
}

impl ReceiptType {
    /// Returns the text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "m.read",
            Self::ReadPrivate => "m.read.private",
        }
    }
}

impl ReceiptEventContent {
    /// Iterates over all receipts, with the event, the type and the user of each.
    ///
    /// A client keeps one receipt for each user, type and [thread](Receipt::thread). A new receipt replaces the
    /// [earlier one](https://spec.matrix.org/latest/client-server-api/#receipts).
    ///
    /// ```
    /// use std::collections::HashMap;
    /// use matrix_events::receipt::ReceiptEventContent;
    ///
    /// let [one, other]: [ReceiptEventContent; 2] = serde_json::from_str(
    ///     r#"[{"$one": {"m.read": {"@mira:example.org": {"ts": 1}}}},
    ///         {"$two": {"m.read": {"@mira:example.org": {"ts": 2}, "@lev:example.org": {"ts": 3, "thread_id": "main"}}}}]"#,
    /// )?;
    /// let mut current = HashMap::new();
    /// for (event_id, receipt_type, user_id, receipt) in one.receipts().chain(other.receipts()) {
    ///     current.insert((user_id, receipt_type, receipt.thread()), event_id);
    /// }
    /// assert_eq!((current.len(), current.values().all(|event_id| *event_id == "$two")), (2, true));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn receipts(&self) -> impl Iterator<Item = (&EventId, ReceiptType, &UserId, &Receipt)> {
        self.entries.iter().flat_map(|(event_id, receipts)| {
            let types = [(ReceiptType::Read, &receipts.read), (ReceiptType::ReadPrivate, &receipts.read_private)];
            types.into_iter().flat_map(move |(receipt_type, users)| {
                users.iter().flatten().map(move |(user_id, receipt)| (event_id, receipt_type, user_id, receipt))
            })
        })
    }

    /// Returns the receipt of a user for a thread, with the event that the user has read.
    ///
    /// If there are several such receipts, the one with the latest `ts` is returned. A receipt without `ts` is the earliest.
    ///
    /// ```
    /// use matrix_events::receipt::ReceiptEventContent;
    /// use matrix_events::{ReceiptThread, ReceiptType};
    ///
    /// let content: ReceiptEventContent = serde_json::from_str(
    ///     r#"{"$one": {"m.read": {"@mira:example.org": {"ts": 1}}},
    ///         "$two": {"m.read": {"@mira:example.org": {"ts": 2, "thread_id": "main"}}}}"#,
    /// )?;
    /// let event_of = |thread| {
    ///     let receipt = content.user_receipt("@mira:example.org", ReceiptType::Read, thread);
    ///     receipt.map(|(event_id, _)| event_id.as_str())
    /// };
    /// assert_eq!(event_of(&ReceiptThread::Unthreaded), Some("$one"));
    /// assert_eq!(event_of(&ReceiptThread::Main), Some("$two"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn user_receipt(
        &self,
        user_id: &str,
        receipt_type: ReceiptType,
        thread: &ReceiptThread,
    ) -> Option<(&EventId, &Receipt)> {
        let receipts = self.receipts().filter(|(_, of_type, user, receipt)| {
            *of_type == receipt_type && *user == user_id && receipt.thread_id.as_deref() == thread.as_thread_id()
        });
        receipts.map(|(event_id, _, _, receipt)| (event_id, receipt)).max_by_key(|(_, receipt)| receipt.ts)
    }
}
