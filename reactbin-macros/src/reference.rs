//! The fields that refer to another object, and the kinds of items that they take.
//!
//! Data: to make a field a reference, add a line.

/// What a reference names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// What an item of this kind ends in.
    pub(crate) suffix: &'static str,
    /// The kind in words.
    pub(crate) what: &'static str,
}

macro_rules! targets {
    ($($name:ident: $suffix:literal, $what:literal;)*) => {
        $(pub(crate) const $name: Target = Target { suffix: $suffix, what: $what };)*
    };
}

targets! {
    CLUSTER_ROLE: "ClusterRole", "a ClusterRole";
    CONFIG_MAP: "ConfigMap", "a ConfigMap";
    CONTAINER: "Container", "a container";
    IMAGE: "Image", "an image";
    INIT_CONTAINER: "InitContainer", "an init container";
    NAMESPACE: "Namespace", "a Namespace";
    PARAMETER: "Parameter", "a parameter";
    PERSISTENT_VOLUME_CLAIM: "PersistentVolumeClaim", "a PersistentVolumeClaim";
    ROLE: "Role", "a Role";
    SECRET: "Secret", "a Secret";
    SERVICE: "Service", "a Service";
    SERVICE_ACCOUNT: "ServiceAccount", "a ServiceAccount";
    VAULT_AUTH: "VaultAuth", "a VaultAuth";
    WORKLOAD: "Workload", "a workload";
}

/// Type, field, and what the field's text names; sorted by type.
const REFERENCES: &[(&str, &str, Target)] = &[
    ("api.apps.v1.StatefulSetSpec", "serviceName", SERVICE),
    ("api.core.v1.ConfigMapEnvSource", "name", CONFIG_MAP),
    ("api.core.v1.ConfigMapKeySelector", "name", CONFIG_MAP),
    ("api.core.v1.ConfigMapProjection", "name", CONFIG_MAP),
    ("api.core.v1.ConfigMapVolumeSource", "name", CONFIG_MAP),
    ("api.core.v1.PersistentVolumeClaimVolumeSource", "claimName", PERSISTENT_VOLUME_CLAIM),
    ("api.core.v1.PodSpec", "serviceAccountName", SERVICE_ACCOUNT),
    ("api.core.v1.SecretEnvSource", "name", SECRET),
    ("api.core.v1.SecretKeySelector", "name", SECRET),
    ("api.core.v1.SecretProjection", "name", SECRET),
    ("api.core.v1.SecretVolumeSource", "secretName", SECRET),
    ("api.networking.v1.IngressServiceBackend", "name", SERVICE),
    ("api.networking.v1.IngressTLS", "secretName", SECRET),
    ("apimachinery.pkg.apis.meta.v1.ObjectMeta", "namespace", NAMESPACE),
    ("com.hashicorp.secrets.v1beta1.VaultAuthSpecJwt", "serviceAccount", SERVICE_ACCOUNT),
    ("com.hashicorp.secrets.v1beta1.VaultAuthSpecKubernetes", "serviceAccount", SERVICE_ACCOUNT),
    ("com.hashicorp.secrets.v1beta1.VaultStaticSecretSpec", "vaultAuthRef", VAULT_AUTH),
];

/// What the field refers to, if it is a reference.
pub(crate) fn target(ty: &str, field: &str) -> Option<Target> {
    REFERENCES.iter().find(|(t, f, _)| *t == ty && *f == field).map(|(_, _, target)| *target)
}

#[cfg(test)]
mod tests {
    use super::REFERENCES;
    use reactbin_check::facts::type_def;

    #[test]
    fn every_reference_is_a_field_and_the_table_is_sorted() {
        for (ty, field, _) in REFERENCES {
            let def = type_def(ty).unwrap_or_else(|| panic!("no type {ty}"));
            assert!(def.field(field).is_some(), "{ty} has no field {field}");
        }
        assert!(REFERENCES.is_sorted_by_key(|(ty, field, _)| (*ty, *field)));
    }
}
