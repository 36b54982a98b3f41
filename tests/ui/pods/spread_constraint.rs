use reactbin_dsl::*;

deployment! {
    name: api,
    image: "api:1.0",
    topology_spread_constraints: [{
        max_skew: 0,
        topology_key: "zone",
        when_unsatisfiable: ScheduleAnyway,
        min_domains: 2,
    }],
}

fn main() {}
