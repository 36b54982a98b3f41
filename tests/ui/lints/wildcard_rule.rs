use reactbin_dsl::*;

role! {
    #[deny(wildcard_rule)]
    name: a,
    rules: [{ api_groups: [""], resources: ["pods"], verbs: ["*"] }],
}

fn main() {}
