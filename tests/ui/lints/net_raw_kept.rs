use reactbin_dsl::*;

pod! {
    #[deny(net_raw_kept)]
    name: a,
    containers: [
        {
            name: "a",
            image: "i",
            security_context: { capabilities: { drop: ["CHOWN"] } },
        },
    ],
}

fn main() {}
