use reactbin_dsl::*;

role! {
    #[deny(unknown_verb)]
    name: a,
    rules: [{ api_groups: [""], resources: ["pods"], verbs: ["gett"] }],
}

fn main() {}
