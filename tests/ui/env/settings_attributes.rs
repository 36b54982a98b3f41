use reactbin_dsl::*;

#[derive(RequiredEnv)]
#[env(prefx = "API_")]
struct Settings {
    #[env(nme = "DATABASE_URL")]
    database: String,
    #[env(name)]
    secret: String,
}

fn main() {}
