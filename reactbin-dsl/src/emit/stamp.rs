//! What the last build wrote, kept beside the build script's other output.
//!
//! It tells a file that somebody edited from one that the manifests left behind. Knows nothing of
//! the directory that is synced.

use std::collections::BTreeMap;

/// The content of each file of an emission, as a hash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    hashes: BTreeMap<String, u64>,
}

impl Stamp {
    /// Whether the last emission had these bytes at this path.
    pub fn holds(&self, path: &str, bytes: &[u8]) -> bool {
        self.hashes.get(path) == Some(&hash(bytes))
    }

    /// Whether the last emission had a file at this path, whatever is there now.
    pub fn knows(&self, path: &str) -> bool {
        self.hashes.contains_key(path)
    }

    /// Notes what is at a path now.
    pub fn note(&mut self, path: &str, bytes: &[u8]) {
        self.hashes.insert(path.to_owned(), hash(bytes));
    }

    /// The stamp as text, a line for each file.
    pub fn encode(&self) -> String {
        self.hashes.iter().map(|(path, hash)| format!("{hash:016x} {path}\n")).collect()
    }

    /// Reads what [`Stamp::encode`] wrote, and passes over anything else: a lost stamp costs a
    /// warning or a refusal too many, never a file.
    pub fn decode(text: &str) -> Stamp {
        let line = |line: &str| {
            let (hash, path) = line.split_once(' ')?;
            Some((path.to_owned(), u64::from_str_radix(hash, 16).ok()?))
        };
        Stamp { hashes: text.lines().filter_map(line).collect() }
    }
}

/// FNV-1a: it has to be the same for every compiler, which the standard library's isn't.
fn hash(bytes: &[u8]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_survives_the_way_through_text() {
        let mut stamp = Stamp::default();
        stamp.note("api/deployment.yaml", b"replicas: 1\n");
        stamp.note("with space.yaml", b"");
        let read = Stamp::decode(&format!("{}garbage\nzz zz\n", stamp.encode()));
        assert_eq!(read, stamp);
        assert!(read.holds("api/deployment.yaml", b"replicas: 1\n"));
        assert!(!read.holds("api/deployment.yaml", b"replicas: 2\n"));
        assert!(!read.holds("api/service.yaml", b"replicas: 1\n"));
        assert!(read.knows("with space.yaml") && !read.knows("api/service.yaml"));
    }

    #[test]
    fn the_hash_is_fnv_1a() {
        // The test vectors of draft-eastlake-fnv.
        assert_eq!(hash(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
