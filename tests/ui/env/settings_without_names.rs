use reactbin_dsl::*;

#[derive(RequiredEnv)]
struct Settings(String);

#[derive(RequiredEnv)]
enum Mode {
    Fast,
    Slow,
}

const REQUIRED: [&[&str]; 2] = [Settings::ENV, Mode::ENV];

fn main() {}
