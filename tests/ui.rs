//! Every mistake of `tests/ui/<topic>/` gives the errors of the `.stderr` beside it.
//!
//! `TRYBUILD=overwrite cargo test --test ui` writes them anew: read the diff as the person who
//! made the mistake before committing it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail loudly")]

#[test]
fn every_mistake_is_told_at_its_token() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*/*.rs");
}
