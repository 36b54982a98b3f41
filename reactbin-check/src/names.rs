//! The spelling of field names: from JSON's camelCase to Rust's snake_case.
//!
//! Knows no field and no type, and nothing of the rest of the crate: the program that generates
//! the facts table compiles this file too.

/// The name of a JSON field in Rust, as k8s-openapi spells it but without its `r#` and trailing
/// `_`: `clusterIPs` is `cluster_ips`, `type` is `type`.
pub fn snake_case(json_name: &str) -> String {
    // `ref` alone would be a keyword, and k8s-openapi found a better word than `ref_`.
    if json_name == "$ref" {
        return "ref_path".to_owned();
    }
    let chars: Vec<char> = json_name.chars().collect();
    let mut snake = String::with_capacity(json_name.len() + 8);
    for (i, &c) in chars.iter().enumerate() {
        let boundary = !c.is_alphanumeric() || (c.is_uppercase() && starts_word(&chars, i));
        if boundary && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        if c.is_alphanumeric() {
            snake.extend(c.to_lowercase());
        }
    }
    snake
}

/// Whether the capital at `i` begins a word, rather than going on with an abbreviation.
fn starts_word(chars: &[char], i: usize) -> bool {
    let after_capital = i > 0 && chars.get(i - 1).is_some_and(|c| c.is_uppercase());
    if !after_capital {
        return true;
    }
    let next = chars.get(i + 1);
    // The plural of an abbreviation is one word: `IPs`, `CIDRs`.
    let plural = next == Some(&'s') && !chars.get(i + 2).is_some_and(|c| c.is_lowercase());
    next.is_some_and(|c| c.is_lowercase() || c.is_numeric()) && !plural
}

#[cfg(test)]
mod tests {
    use super::snake_case;

    #[test]
    fn abbreviations_are_one_word() {
        for (json, snake) in [
            ("image", "image"),
            ("type", "type"),
            ("imagePullPolicy", "image_pull_policy"),
            ("hostIPC", "host_ipc"),
            ("clusterIPs", "cluster_ips"),
            ("podCIDRs", "pod_cidrs"),
            ("secretIDPath", "secret_id_path"),
            ("openAPIV3Schema", "open_api_v3_schema"),
            ("x-kubernetes-int-or-string", "x_kubernetes_int_or_string"),
            ("$schema", "schema"),
            ("$ref", "ref_path"),
            ("", ""),
        ] {
            assert_eq!(snake_case(json), snake);
        }
    }
}
