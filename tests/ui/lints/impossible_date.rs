use reactbin_dsl::*;

cron_job! {
    #[deny(impossible_date)]
    name: report,
    schedule: "0 4 31 2 *",
    restart_policy: Never,
    image: "report:1.0",
}

fn main() {}
