use reactbin_dsl::*;

// Whether there is such a lint is the application's to say; what else is wrong isn't.
pod! {
    #[allow(shop::no_owner, reason = "a test")]
    name: web,
    #[allow(shop::images::foreign, reason = "three parts")]
    image: "web:1.0",
}

fn main() {}
