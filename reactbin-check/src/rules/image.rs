//! What a container and its image have to agree on. No object breaks one of these by itself: the
//! findings come from whoever knows the image, and these are what they are found by.

use super::Rule;
use crate::finding::Severity;

/// The rules of this file, which aren't among those that an object is checked by.
pub const RULES: &[Rule] = &[
    rule(
        "image_user_mismatch",
        "api.core.v1.PodSecurityContext api.core.v1.SecurityContext",
        "A container runs as the user that its image is made for: another one can't read or write \
         what the Dockerfile gave to that user.",
        "Dockerfile reference: USER",
    ),
    rule(
        "unexposed_port",
        "api.core.v1.ContainerPort",
        "A container's ports are among those that its image exposes, if it exposes any: behind \
         another one nothing is likely to listen.",
        "Dockerfile reference: EXPOSE",
    ),
    rule(
        "unknown_working_dir",
        "api.core.v1.Container",
        "A container starts in a directory that its image has: a runtime makes one that is missing, \
         empty.",
        "Dockerfile reference: WORKDIR",
    ),
    rule(
        "unproved_non_root",
        "api.core.v1.PodSecurityContext api.core.v1.SecurityContext",
        "A container that must not run as root says its user, or its image says one by number: the \
         kubelet doesn't start it otherwise.",
        "kubelet: verifyRunAsNonRoot",
    ),
];

const fn rule(
    id: &'static str,
    on: &'static str,
    what: &'static str,
    source: &'static str,
) -> Rule {
    Rule {
        id,
        on,
        severity: Severity::Error,
        waivable: true,
        what,
        source,
        bad: "",
        good: "",
        check: None,
    }
}
