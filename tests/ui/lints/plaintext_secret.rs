use reactbin_dsl::*;

secret! {
    #[deny(plaintext_secret)]
    name: a,
    string_data: { password: "hunter2" },
}

fn main() {}
