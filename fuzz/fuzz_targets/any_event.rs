//! An event of any kind, from any bytes and back.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::any_event(bytes));
