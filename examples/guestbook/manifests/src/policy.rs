//! The team's own policy, in Rust: lints with the levels, waivers and reports of reactbin's own.

use reactbin_dsl::lint::{Level, Lint};

/// Every workload says which team is woken when it fails.
pub fn no_owner() -> Lint {
    Lint {
        name: "guestbook::no_owner",
        level: Level::Deny,
        what: "Every workload has a label `owner`.",
        check: Box::new(|object, findings| {
            if object.pod().is_some() && object.text("metadata.labels.owner").is_none() {
                findings
                    .report("metadata.labels", "this workload has no `owner`")
                    .help("add `labels: { owner: web }`");
            }
        }),
    }
}

/// Images come from this registry, which the team watches and mirrors others to.
pub fn foreign_image(registry: &'static str) -> Lint {
    Lint {
        name: "guestbook::foreign_image",
        level: Level::Deny,
        what: "Every image is pulled from the team's registry.",
        check: Box::new(move |object, findings| {
            let Some((pod, path)) = object.pod() else { return };
            let init = pod.init_containers.unwrap_or_default();
            let lists = [("initContainers", init), ("containers", pod.containers)];
            for (list, containers) in lists {
                for (index, container) in containers.into_iter().enumerate() {
                    let image = container.image.unwrap_or_default();
                    if !image.starts_with(&format!("{registry}/")) {
                        findings
                            .report(
                                format!("{path}.{list}[{index}].image"),
                                format!("`{image}` doesn't come from `{registry}`"),
                            )
                            .help(format!("mirror it, and use `{registry}/…`"));
                    }
                }
            }
        }),
    }
}
