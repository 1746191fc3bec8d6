//! Any session description, with any metadata.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::sdp(bytes));
