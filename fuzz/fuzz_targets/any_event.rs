//! Deserialization of events of every kind from any bytes, and serialization.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::any_event(bytes));
