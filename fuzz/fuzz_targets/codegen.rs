//! Runs the generator on a small tree with any text in place of one file.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::codegen(bytes));
