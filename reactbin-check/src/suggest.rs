//! Did you mean: the nearest of a few known words. Must not know what the words stand for.

/// The candidate that `wrong` most likely stands for, or none.
///
/// First a candidate of the same letters, in another case or with other separators (`envFrom` for
/// `env_from`); then the nearest by edit distance, at most a third of the word away; then the only
/// one that goes on where `wrong` ends (`liveness` for `liveness_probe`).
pub fn suggest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = folded(wrong);
    let most = if letters.len() < 3 { 0 } else { letters.len() / 3 };
    let mut nearest: Option<(usize, &str)> = None;
    let mut longer: Option<&str> = None;
    let mut longer_count = 0;
    for candidate in candidates {
        let other = folded(candidate);
        if other == letters && !letters.is_empty() {
            return Some(candidate);
        }
        let bound = nearest.map_or(most, |(distance, _)| distance.saturating_sub(1));
        let distance =
            distance_within(&letters, &other, bound).filter(|&d| d > 0 && d < other.len());
        if let Some(distance) = distance
            && nearest.is_none_or(|(least, _)| distance < least)
        {
            nearest = Some((distance, candidate));
        }
        if goes_on(wrong, candidate) {
            longer = Some(candidate);
            longer_count += 1;
        }
    }
    nearest.map(|(_, candidate)| candidate).or(longer.filter(|_| longer_count == 1))
}

/// The letters and digits of a word in lower case.
fn folded(word: &str) -> Vec<char> {
    word.chars()
        .filter(|c| !matches!(c, '_' | '-' | '.' | ' '))
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// Whether `wrong` is the beginning of `candidate` up to the end of a word in it.
fn goes_on(wrong: &str, candidate: &str) -> bool {
    wrong.len() >= 5
        && candidate.strip_prefix(wrong).is_some_and(|rest| {
            rest.starts_with(|c: char| matches!(c, '_' | '-' | '.') || c.is_ascii_uppercase())
        })
}

/// The edit distance, where swapping two neighbours is one edit, if it is at most `most`.
fn distance_within(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, &y) in b.iter().enumerate() {
            let mut least = (above[j] + usize::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        if row.iter().all(|&distance| distance > most) {
            return None;
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().filter(|&distance| distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTAINER: [&str; 14] = [
        "args",
        "command",
        "env",
        "env_from",
        "image",
        "image_pull_policy",
        "liveness_probe",
        "name",
        "ports",
        "readiness_probe",
        "resources",
        "security_context",
        "volume_mounts",
        "working_dir",
    ];

    #[test]
    fn finds_what_was_meant() {
        for (wrong, meant) in [
            ("envFrom", "env_from"),
            ("ENV_FROM", "env_from"),
            ("env-from", "env_from"),
            ("envform", "env_from"),
            ("imagePullPolicy", "image_pull_policy"),
            ("imge", "image"),
            ("port", "ports"),
            ("prots", "ports"),
            ("nmae", "name"),
            ("names", "name"),
            ("evn", "env"),
            ("envs", "env"),
            ("arg", "args"),
            ("livenes_prob", "liveness_probe"),
            ("readyness_probe", "readiness_probe"),
            ("liveness", "liveness_probe"),
            ("security", "security_context"),
            ("resource", "resources"),
            ("volumes_mount", "volume_mounts"),
            ("workdir", ""),
            ("comand", "command"),
        ] {
            let meant = Some(meant).filter(|meant| !meant.is_empty());
            assert_eq!(suggest(wrong, CONTAINER), meant, "{wrong}");
        }
        assert_eq!(suggest("clusterip", ["ClusterIP", "NodePort"]), Some("ClusterIP"));
        assert_eq!(suggest("kv_v2", ["kv-v1", "kv-v2"]), Some("kv-v2"));
    }

    #[test]
    fn leaves_other_words_alone() {
        for wrong in
            ["foo", "", "_", "x", "no", "replicas", "selector", "host", "value", "tag", "ép"]
        {
            assert_eq!(suggest(wrong, CONTAINER), None, "{wrong}");
        }
        assert_eq!(suggest("foo", ["env"]), None);
        assert_eq!(suggest("", [""]), None);
        // Two words go on from it.
        assert_eq!(suggest("volume", ["volume_claim_templates", "volume_binding_mode"]), None);
    }

    #[test]
    fn the_first_of_equals_wins() {
        assert_eq!(suggest("cot", ["cat", "cut"]), Some("cat"));
        assert_eq!(suggest("cut", ["cat", "CUT"]), Some("CUT"));
    }
}
