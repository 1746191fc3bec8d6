//! Tests of the golden cases. Each folder of `tests/cases` has an input, the expected IR and the expected Rust code.
//!
//! `UPDATE_EXPECT=1 cargo test -p matrix-events-codegen` updates `ir.json` and `expected.rs` in each folder.

mod support;

use expect_test::expect_file;
use support::{case, compile};

#[test]
fn every_case_gives_the_expected_ir_and_rust() {
    for case in case::all() {
        let output = case.output();
        let rust = case.rust(&output);
        if let Err(error) = syn::parse_file(&rust) {
            panic!("{}: failed to parse the emitted code: {error}\n{rust}", case.name);
        }
        expect_file![case.folder.join("ir.json")].assert_eq(&case.ir(&output));
        expect_file![case.folder.join("expected.rs")].assert_eq(&rust);
    }
}

#[test]
fn emitted_code_of_every_case_compiles_without_warnings() {
    let samples: Vec<_> = case::all().iter().flat_map(case::Case::samples).collect();
    compile::check("cases", &samples).unwrap_or_else(|errors| panic!("{errors}"));
}
