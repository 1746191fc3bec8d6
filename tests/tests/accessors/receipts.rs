//! `user_receipt` and `receipts` (<https://spec.matrix.org/latest/client-server-api/#receipts>).

use matrix_events::receipt::ReceiptEventContent;
use matrix_events::{ReceiptThread, ReceiptType};
use serde_json::json;
use spec_tests::events::round_trip;

#[test]
fn latest_receipt_of_a_user_in_a_thread_is_returned() {
    let content: ReceiptEventContent = round_trip(&json!({
        "$a": {"m.read": {"@mira:example.org": {"ts": 5}, "@lev:example.org": {"ts": 9}}},
        "$b": {"m.read": {"@mira:example.org": {"ts": 7}}, "m.read.private": {"@mira:example.org": {"ts": 8}}},
        "$c": {"m.read": {"@mira:example.org": {"ts": 6}}},
        "$d": {"m.read": {"@mira:example.org": {"ts": 10, "thread_id": "main"}}},
        "$e": {"m.read": {"@mira:example.org": {"ts": 11, "thread_id": "$root"}}},
        "$f": {"m.read": {"@ada:example.org": {}, "@eve:example.org": 7}, "m.fully_read": {"@ada:example.org": {"ts": 20}}},
        "$g": {"org.matrix.msc2285.read.private": {"@ada:example.org": {"ts": "soon"}}},
    }));
    let root = ReceiptThread::Thread("$root".into());
    let other_root = ReceiptThread::Thread("$other".into());
    for (user, receipt_type, thread, expected) in [
        ("@mira:example.org", ReceiptType::Read, &ReceiptThread::Unthreaded, Some("$b")),
        ("@mira:example.org", ReceiptType::ReadPrivate, &ReceiptThread::Unthreaded, Some("$b")),
        ("@mira:example.org", ReceiptType::Read, &ReceiptThread::Main, Some("$d")),
        ("@mira:example.org", ReceiptType::ReadPrivate, &ReceiptThread::Main, None),
        ("@mira:example.org", ReceiptType::Read, &root, Some("$e")),
        ("@mira:example.org", ReceiptType::Read, &other_root, None),
        ("@lev:example.org", ReceiptType::Read, &ReceiptThread::Unthreaded, Some("$a")),
        ("@ada:example.org", ReceiptType::Read, &ReceiptThread::Unthreaded, Some("$f")),
        ("@ada:example.org", ReceiptType::ReadPrivate, &ReceiptThread::Unthreaded, Some("$g")),
        ("@eve:example.org", ReceiptType::Read, &ReceiptThread::Unthreaded, None),
        ("@zoe:example.org", ReceiptType::Read, &ReceiptThread::Unthreaded, None),
    ] {
        let found = content.user_receipt(user, receipt_type, thread).map(|(event_id, _)| event_id.as_str());
        assert_eq!(found, expected, "{user} {receipt_type:?} {thread:?}");
    }
    assert_eq!(content.receipts().count(), 9);
    assert!(content.receipts().all(|(event_id, of_type, user, receipt)| {
        content
            .user_receipt(user.as_str(), of_type, &receipt.thread())
            .is_some_and(|(latest, other)| latest == event_id || other.ts > receipt.ts)
    }));
}
