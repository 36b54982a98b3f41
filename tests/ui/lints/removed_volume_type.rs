use reactbin_dsl::*;

pod! {
    #[deny(removed_volume_type)]
    name: a,
    volumes: [{ name: "v", git_repo: { repository: "https://git.example.com/a" } }],
    containers: [{ name: "a", image: "i" }],
}

fn main() {}
