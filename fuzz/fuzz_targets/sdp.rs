//! Parses session descriptions and metadata from any bytes.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::sdp(bytes));
