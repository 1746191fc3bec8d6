//! Deserializes events of every kind from any bytes, and serializes them.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::any_event(bytes));
