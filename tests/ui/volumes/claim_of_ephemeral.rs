use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    volumes: {
        scratch: {
            ephemeral: {
                volume_claim_template: {
                    metadata: { name: scratch },
                    spec: { access_modes: [ReadWriteOnce], resources: { requests: { cpu: 1 } } },
                },
            },
        },
    },
}

fn main() {}
