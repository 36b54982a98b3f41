//! Random objects: nothing may make the engine panic or take long.
//!
//! The seed is fixed and a run is short; `REACTBIN_FUZZ_SECONDS=600` makes it long, with other
//! objects in every second.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use reactbin_check::check::{check_fragment, check_kind};
use reactbin_check::facts::{Field, KINDS, TYPES, Ty, TypeDef};
use reactbin_check::lints::across::{Index, survey};
use reactbin_check::{Entry, Level, Levels, Naming, NodeId, Options, Tree, check_object};

/// No check of anything that this builds may take longer, in an unoptimised build on a busy machine.
const LIMIT: Duration = Duration::from_secs(10);

/// xorshift64*.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

fn fuzz_time() -> Duration {
    let seconds = std::env::var("REACTBIN_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(3))
}

/// Texts that some format, or some code that cuts texts up, might trip over.
const TEXTS: &[&str] = &[
    "",
    "a",
    "api",
    "A",
    "-",
    ".",
    "/",
    "//",
    ":",
    "@",
    "=",
    "%",
    "100%",
    "-5%",
    "0",
    "-1",
    "65536",
    "80",
    "http",
    "10Gi",
    "1e9",
    "1E",
    ".5",
    "-.5Ki",
    "500m",
    "0x10",
    "9223372036854775808",
    "99999999999999999999999999",
    "1e999999999",
    "0.000000000000001n",
    "TCP",
    "Always",
    "*/5 * * * *",
    "* * * * *",
    "60 24 31 12 7",
    "@daily",
    "TZ=UTC 1 * * * *",
    "CRON_TZ=",
    "1h",
    "1h30m",
    "-1h",
    "2026-01-31T12:00:00Z",
    "2026-13-01T00:00:00.000001+99:99",
    "nginx",
    "nginx:latest",
    "a/b/c:1@sha256:0",
    "docker.io/",
    "x@",
    ":tag",
    "10.0.0.0/8",
    "10.0.0.1",
    "::1",
    "::/0",
    "1.2.3.4/33",
    "fe80::1%eth0",
    "a.b.c",
    "a..b",
    "*.example.com",
    "example.com/name",
    "/",
    "a/b/c",
    "kubernetes.io/x",
    "/var/run",
    "../..",
    "/a/../b",
    "$(VAR)",
    "$(",
    "é",
    "日本語",
    "\u{0}",
    "\u{feff}",
    "\u{1f600}\u{301}",
    "a\nb",
    "aGVsbG8=",
    "aGVsbG8",
    "====",
    "{\"a\": 1}",
    "{",
    "[]",
    "null",
    "true",
    "yes",
    "RFC1123",
    "v1",
    "apps/v1",
    "/v1",
    "v1/",
    "object.spec.replicas <= 5",
    "self.x.y(",
    "((((((((((((((((",
    "\"\\",
    "'''",
    "a?b:c",
    "ClusterIP",
    "None",
    "Deployment",
];

struct Builder<'r> {
    random: &'r mut Random,
    tree: Tree,
    /// How many nodes may still be added.
    room: usize,
}

impl Builder<'_> {
    fn text(&mut self) -> NodeId {
        match self.random.below(12) {
            0 => {
                let text = self.random.pick(TEXTS).repeat(1 + self.random.below(300));
                self.tree.push_str(&text)
            }
            1 => {
                let text = format!("{}{}", self.random.pick(TEXTS), self.random.pick(TEXTS));
                self.tree.push_str(&text)
            }
            _ => {
                let text = self.random.pick(TEXTS);
                self.tree.push_str(text)
            }
        }
    }

    fn int(&mut self) -> NodeId {
        let numbers = [
            0,
            1,
            -1,
            2,
            80,
            443,
            511,
            1000,
            65535,
            65536,
            i64::from(i32::MAX),
            i64::MAX,
            i64::MIN,
        ];
        let number = self.random.pick(&numbers);
        self.tree.push_int(number)
    }

    /// A value of any kind at all.
    fn anything(&mut self, depth: usize) -> NodeId {
        match self.random.below(if depth == 0 { 6 } else { 8 }) {
            0 => self.tree.push_null(),
            1 => self.tree.push_bool(true),
            2 => self.int(),
            3 => {
                let number = self.random.pick(&[0.5, -0.0, f64::NAN, f64::INFINITY, 1e300, 80.0]);
                self.tree.push_float(number)
            }
            4 => self.text(),
            5 => self.tree.push_unknown(),
            6 => {
                let items: Vec<NodeId> =
                    (0..self.random.below(4)).map(|_| self.anything(depth - 1)).collect();
                self.tree.push_list(&items)
            }
            _ => {
                let entries: Vec<Entry> = (0..self.random.below(4))
                    .map(|_| Entry { key: self.text(), value: self.anything(depth - 1) })
                    .collect();
                self.tree.push_map(&entries)
            }
        }
    }

    fn value(&mut self, ty: &Ty, field: Option<&Field>, depth: usize) -> NodeId {
        self.room = self.room.saturating_sub(1);
        if depth == 0 || self.random.one_in(40) {
            return self.anything(2);
        }
        match ty {
            Ty::Bool => {
                let value = self.random.one_in(2);
                self.tree.push_bool(value)
            }
            Ty::Int32 | Ty::Int64 | Ty::Double => self.int(),
            Ty::IntOrString | Ty::Quantity if self.random.one_in(2) => self.int(),
            Ty::String
                if field.is_some_and(|field| !field.values.is_empty())
                    && !self.random.one_in(8) =>
            {
                let value = self.random.pick(field.unwrap().values);
                self.tree.push_str(value)
            }
            Ty::Object(ty) => self.object(ty, depth - 1),
            Ty::List(item) => {
                let count = self.random.below(4);
                let items: Vec<NodeId> =
                    (0..count).map(|_| self.value(item, field, depth - 1)).collect();
                self.tree.push_list(&items)
            }
            Ty::Map(item) => {
                let count = self.random.below(4);
                let entries: Vec<Entry> = (0..count)
                    .map(|_| Entry { key: self.text(), value: self.value(item, None, depth - 1) })
                    .collect();
                self.tree.push_map(&entries)
            }
            Ty::Any | Ty::AnyObject => self.anything(4),
            _ => self.text(),
        }
    }

    fn object(&mut self, ty: &TypeDef, depth: usize) -> NodeId {
        let share = 1 + self.random.below(8);
        let mut entries = Vec::new();
        for field in ty.fields {
            if self.room > 0
                && (field.required && !self.random.one_in(10) || self.random.one_in(share))
            {
                let key = self.tree.push_str(if self.random.one_in(60) {
                    field.snake
                } else {
                    field.name
                });
                let value = self.value(&field.ty, Some(field), depth);
                entries.push(Entry { key, value });
            }
        }
        if self.random.one_in(20) {
            entries.push(Entry { key: self.text(), value: self.anything(2) });
        }
        if let Some(first) = entries.first().copied().filter(|_| self.random.one_in(30)) {
            let key = self.tree.push_again(first.key);
            let value = self.anything(1);
            entries.push(Entry { key, value });
        }
        self.tree.push_map(&entries)
    }
}

fn timed(what: &dyn Fn() -> String, check: impl FnOnce()) {
    let start = Instant::now();
    check();
    assert!(start.elapsed() < LIMIT, "{} took {:?}", what(), start.elapsed());
}

#[test]
fn random_objects_of_every_kind() {
    let end = Instant::now() + fuzz_time();
    let mut random = Random(0x5EED);
    let mut round = 0;
    // Every kind at least once, however slow the machine is.
    while round < 2 || Instant::now() < end {
        for kind in KINDS {
            let seed = random.next() | 1;
            let mut builder = Builder { random: &mut Random(seed), tree: Tree::new(), room: 400 };
            let root = builder.object(kind.ty, 12);
            let (tree, options) =
                (builder.tree, Options::new([Naming::Camel, Naming::Snake][round % 2]));
            timed(&|| format!("{} of seed {seed}", kind.kind), || {
                for finding in check_kind(&tree, root, kind, &options) {
                    assert!(finding.node.index() < tree.len());
                    assert!(!finding.message.is_empty());
                }
                check_object(&tree, root, &options);
            });
        }
        round += 1;
    }
}

/// Objects that say of what kind they are, whatever else they say, ask all that there is to ask of
/// each other.
#[test]
fn random_objects_together() {
    let end = Instant::now() + fuzz_time();
    let levels = Levels::of_all(Level::Warn);
    let options = Options { levels: &levels, raw: true, ..Options::new(Naming::Snake) };
    let mut random = Random(0xAC05);
    let mut rounds = 0;
    while rounds < 2 || Instant::now() < end {
        let mut index = Index::default();
        let mut questions = Vec::new();
        for kind in KINDS {
            let seed = random.next() | 1;
            let mut builder = Builder { random: &mut Random(seed), tree: Tree::new(), room: 400 };
            let object = builder.object(kind.ty, 12);
            let mut tree = builder.tree;
            let said = [("apiVersion", kind.api_version()), ("kind", kind.kind.to_owned())];
            let mut entries = said
                .map(|(key, text)| Entry { key: tree.push_str(key), value: tree.push_str(&text) })
                .to_vec();
            entries.extend_from_slice(tree.entries(object));
            let root = tree.push_map(&entries);
            timed(&|| format!("{} of seed {seed}", kind.kind), || {
                let survey = survey(&tree, root, &options);
                for question in &survey.questions {
                    assert!(question.node.index() < tree.len());
                    assert!(!question.finding().message.is_empty());
                }
                index.add(survey.facts);
                questions.extend(survey.questions);
            });
        }
        timed(&|| "questions".to_owned(), || {
            questions.retain(|question| index.confirms(question));
        });
        rounds += 1;
    }
}

/// A list or map with very many items takes the time that it is large, not the square of it.
#[test]
fn wide_lists_and_maps_of_every_type() {
    const WIDTH: usize = 3000;
    let end = Instant::now() + fuzz_time();
    let mut random = Random(0xB16);
    let mut fields: Vec<(&'static TypeDef, &'static Field)> =
        TYPES.iter().flat_map(|ty| ty.fields.iter().map(move |field| (*ty, field))).collect();
    fields.retain(|(_, field)| matches!(field.ty, Ty::List(_) | Ty::Map(_)));
    for at in (1..fields.len()).rev() {
        fields.swap(at, random.below(at + 1));
    }
    for (ty, field) in fields {
        if Instant::now() > end {
            break;
        }
        let mut builder = Builder { random: &mut random, tree: Tree::new(), room: usize::MAX };
        let wide = wide(&mut builder, &field.ty, WIDTH);
        let key = builder.tree.push_str(field.name);
        let root = builder.tree.push_map(&[Entry { key, value: wide }]);
        let tree = builder.tree;
        timed(&|| format!("{} {}", ty.name, field.name), || {
            check_fragment(&tree, root, ty, &Options::new(Naming::Camel));
        });
    }
}

fn wide(builder: &mut Builder<'_>, ty: &Ty, width: usize) -> NodeId {
    // Each text is another one, so that no two items are alike.
    let item = |builder: &mut Builder<'_>, ty: &Ty, number: usize| match ty {
        Ty::Object(ty) => {
            let fields = ty
                .fields
                .iter()
                .filter(|field| matches!(field.ty, Ty::String | Ty::Int32 | Ty::Int64));
            let mut entries = Vec::new();
            for field in fields {
                let key = builder.tree.push_str(field.name);
                let value = match field.ty {
                    Ty::String => builder.tree.push_str(&format!("a{number}")),
                    _ => builder.tree.push_int(1 + number as i64),
                };
                entries.push(Entry { key, value });
            }
            builder.tree.push_map(&entries)
        }
        Ty::String => builder.tree.push_str(&format!("a{number}")),
        ty => builder.value(ty, None, 3),
    };
    match ty {
        Ty::List(ty) => {
            let items: Vec<NodeId> = (0..width).map(|number| item(builder, ty, number)).collect();
            builder.tree.push_list(&items)
        }
        Ty::Map(ty) => {
            let entries: Vec<Entry> = (0..width)
                .map(|number| Entry {
                    key: builder.tree.push_str(&format!("k{number}")),
                    value: item(builder, ty, number),
                })
                .collect();
            builder.tree.push_map(&entries)
        }
        ty => builder.value(ty, None, 3),
    }
}
