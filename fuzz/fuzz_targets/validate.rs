//! Any bytes against the specification's schemas.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::validate(bytes));
