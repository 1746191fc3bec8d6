//! Compares every parser of JSON text with `serde_json`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::scanner(bytes));
