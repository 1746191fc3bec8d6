//! The functions that JavaScript calls.
//!
//! JavaScript calls `input` with the length of a request, and writes the request to the memory at the returned address. Then it calls
//! `respond`, which returns the length of the response. The response is at the address that `output` returns.

#![allow(unsafe_code)] // Only the attribute `no_mangle` is unsafe: a name can be that of another function.

use std::sync::{Mutex, MutexGuard, PoisonError};

static INPUT: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static OUTPUT: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// The largest capacity that a buffer keeps for the next request, in bytes.
const KEPT: usize = 1 << 20;

fn lock(buffer: &'static Mutex<Vec<u8>>) -> MutexGuard<'static, Vec<u8>> {
    buffer.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the address of a buffer for a request of `length` bytes.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn input(length: usize) -> *const u8 {
    let mut input = lock(&INPUT);
    input.clear();
    input.resize(length, 0);
    input.as_mut_ptr()
}

/// Processes the request in the buffer of `input`. Returns the length of the response in bytes.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn respond() -> usize {
    let mut input = lock(&INPUT);
    let response = crate::respond(&input);
    if input.capacity() > KEPT {
        *input = Vec::new();
    }
    let length = response.len();
    *lock(&OUTPUT) = response;
    length
}

/// Returns the address of the last response. The address is valid until the next call of `respond`.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn output() -> *const u8 {
    lock(&OUTPUT).as_ptr()
}
