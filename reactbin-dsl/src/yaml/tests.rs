//! What documents look like: layout, order, spelling and comments, each by an example.

#![allow(clippy::unwrap_used)]

use reactbin_check::tree::{Entry, NodeId, Tree};
use serde_yaml::Value;

use super::{Comments, write_document};

/// Builds a tree from YAML in any spelling, so that the examples can be read.
fn build(tree: &mut Tree, value: &Value) -> NodeId {
    match value {
        Value::Null => tree.push_null(),
        Value::Bool(value) => tree.push_bool(*value),
        Value::Number(number) => match number.as_i64() {
            Some(value) => tree.push_int(value),
            None => tree.push_float(number.as_f64().unwrap()),
        },
        Value::String(text) => tree.push_str(text),
        Value::Sequence(items) => {
            let items: Vec<NodeId> = items.iter().map(|item| build(tree, item)).collect();
            tree.push_list(&items)
        }
        Value::Mapping(entries) => {
            let entries: Vec<Entry> = entries
                .iter()
                .map(|(key, value)| Entry { key: build(tree, key), value: build(tree, value) })
                .collect();
            tree.push_map(&entries)
        }
        Value::Tagged(tagged) => build(tree, &tagged.value),
    }
}

fn parse(yaml: &str) -> (Tree, NodeId) {
    let mut tree = Tree::new();
    let root = build(&mut tree, &serde_yaml::from_str(yaml).unwrap());
    (tree, root)
}

fn check(input: &str, expected: &str) {
    check_with(input, expected, |_, _| Comments::default());
}

fn check_with(input: &str, expected: &str, comments: impl Fn(&Tree, NodeId) -> Comments) {
    let (tree, root) = parse(input);
    let mut out = String::new();
    write_document(&mut out, &tree, root, &comments(&tree, root));
    assert_eq!(out, expected, "\n{out}");
}

/// How the string is written as the value of `a`.
fn check_text(text: &str, expected: &str) {
    let mut tree = Tree::new();
    let key = tree.push_str("a");
    let value = tree.push_str(text);
    let root = tree.push_map(&[Entry { key, value }]);
    let mut out = String::new();
    write_document(&mut out, &tree, root, &Comments::default());
    assert_eq!(out, format!("a: {expected}\n"), "\n{out}");
}

#[test]
fn known_keys_come_first_and_the_others_keep_their_order() {
    check(
        "{spec: {b: 1, a: 2, metadata: {labels: {}, name: x}}, status: {}, data: {},
          metadata: {labels: {z: z, name: z}, namespace: ns, name: x}, kind: K, apiVersion: v1}",
        "\
apiVersion: v1
kind: K
metadata:
  name: x
  namespace: ns
  labels:
    z: z
    name: z
spec:
  b: 1
  a: 2
  metadata:
    labels: {}
    name: x
status: {}
data: {}
",
    );
}

#[test]
fn items_stand_two_columns_in_and_their_name_comes_first() {
    check(
        "{ports: [{port: 80, name: http}, 80, [a, [b, {name: c}], []], {}, null, {a: {b: c}}]}",
        "\
ports:
  - name: http
    port: 80
  - 80
  - - a
    - - b
      - name: c
    - []
  - {}
  - null
  - a:
      b: c
",
    );
}

#[test]
fn null_is_left_out_of_maps() {
    check("{a: null, b: {c: null}, d: 1}", "b: {}\nd: 1\n");
    check("{a: null}", "{}\n");
}

#[test]
fn a_document_may_be_anything() {
    check("[a, {b: c}]", "- a\n- b: c\n");
    check("[]", "[]\n");
    check("null", "null\n");
    check(r#"" a\n b\n""#, "\" a\\n b\\n\"\n");
}

#[test]
fn numbers_read_alike_as_yaml_and_json() {
    let cases = [
        ("420", "420"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("1.0", "1.0"),
        ("-0.0", "-0.0"),
        ("0.1", "0.1"),
        ("1e21", "1.0e+21"),
        ("1.5e300", "1.5e+300"),
        ("1e-7", "1.0e-7"),
    ];
    for (input, expected) in cases {
        check(&format!("a: {input}"), &format!("a: {expected}\n"));
    }
}

#[test]
fn strings_are_plain_where_all_readers_agree() {
    let plain = "api reactbin-api:latest /api/v1/health <your-domain> --console-address 10Gi 500m \
                 0.5Gi 1h30m 10.0.0.1 10.0.0.0/8 10.0.0.1:80 1.2.3 25% kv-v2 a#b a,b ==  http://x:1 \
                 letsencrypt-prod café 漢字 👩\u{200D}🚀 yessir $HOME a=b (x) ^a$ 2001-12-14x \\d";
    plain.split_whitespace().for_each(|text| check_text(text, text));
    check_text("alembic upgrade head", "alembic upgrade head");
    check_text("it's \"so\"", "it's \"so\"");
}

#[test]
fn strings_are_quoted_where_some_reader_would_see_something_else() {
    let quoted = ":9001 true Yes oFF y n ~ null << = 1 017 0o17 0x1F 1_000 190:20:30 1:30.5 2001-12-14 \
                  1e3 .5 5. +1 .inf -.INF .NaN e3 +-1 {{ [a] a: #a &a *a !a |a >a %a @a `a` ---a ...";
    quoted.split_whitespace().for_each(|text| check_text(text, &format!("\"{text}\"")));
    let spaced = ["", " a", "a ", "a: b", "a #b", "- a", "? a", "\u{A0}a"];
    spaced.iter().for_each(|text| check_text(text, &format!("\"{text}\"")));
    check_text("\"a\" \\", r#""\"a\" \\""#);
    check_text("'a'", r#""'a'""#);
    check_text("a\tb\r\0\u{1B}\u{85}\u{2028}", r#""a\tb\r\u0000\u001B\u0085\u2028""#);
    check_text("a\u{202E}b\u{200B}\u{FEFF}\u{FFFE}", r#""a\u202Eb\u200B\uFEFF\uFFFE""#);
}

#[test]
fn lines_make_a_literal_block() {
    check_text("a\nb", "|-\n  a\n  b");
    check_text("a\n\n# b:\n--- c\n", "|\n  a\n\n  # b:\n  --- c");
    check_text("  a\nb\n", "|2\n    a\n  b");
    check_text("\n\ta\n", "|2\n\n  \ta");
    check("{a: [\" a\\n\\n\"], b: c}", "a:\n  - |2+\n     a\n\nb: c\n");
}

#[test]
fn lines_that_a_block_cannot_carry_are_quoted() {
    check_text("\n", r#""\n""#);
    check_text("a \nb", r#""a \nb""#);
    check_text("a\n \nb", r#""a\n \nb""#);
    check_text("a\r\nb\n", r#""a\r\nb\n""#);
    check_text("a\n\n\n\nb", r#""a\n\n\n\nb""#);
    // At the end of a file, yamllint allows no empty line.
    check_text("a\n\n", r#""a\n\n""#);
}

#[test]
fn long_lines_are_folded() {
    check(
        "{args: ['mc alias set local http://minio.reactbin.svc.cluster.local:9000 $MINIO_ROOT_USER \
          $MINIO_ROOT_PASSWORD && mc mb --ignore-existing local/reactbin']}",
        "\
args:
  - >-
    mc alias set local http://minio.reactbin.svc.cluster.local:9000
    $MINIO_ROOT_USER $MINIO_ROOT_PASSWORD && mc mb --ignore-existing
    local/reactbin
",
    );
    let words = "word  word ".repeat(10);
    check_text(
        &format!("{words}\n"),
        "\
\"word  word word  word word  word word  word word  word word  word word  \\
  word word  word word  word word  word \\n\"",
    );
    check_text(
        &format!("{words}."),
        "\
>-
  word  word word  word word  word word  word word  word word  word word  word
  word  word word  word word  word .",
    );
}

#[test]
fn a_word_that_cannot_be_broken_stays_whole() {
    let digest = format!("registry.example.com/team/app@sha256:{}", "0".repeat(64));
    check_text(&digest, &digest);
    check_text(&format!("{digest} {digest}"), &format!(">-\n  {digest}\n  {digest}"));
    check(&format!("[{digest}, [{digest}]]"), &format!("- {digest}\n- - >-\n    {digest}\n"));
}

#[test]
fn keys_are_quoted_like_values_and_explicit_only_when_they_must_be() {
    check("{'on': 1, 'a b': 2, '1': 3, 'a: b': 4}", "\"on\": 1\na b: 2\n\"1\": 3\n\"a: b\": 4\n");
    check("{\"a\\nb\": {c: d}}", "\"a\\nb\":\n  c: d\n");
    let word = "k".repeat(90);
    check(&format!("{{{word}: [], b: c}}"), &format!("{word}:\n  []\nb: c\n"));
    let (first, second) = ("k".repeat(73), "k".repeat(17));
    check(
        &format!("[[{{{word}: b}}]]"),
        &format!("- - ? \"\\\n      {first}\\\n      {second}\"\n    : b\n"),
    );
    let spaced = "key ".repeat(25);
    let (first, second) = ("key ".repeat(18), "key ".repeat(7));
    check(
        &format!("{{'{spaced}': {{a: b}}, '{spaced}.': c}}"),
        &format!(
            "? \"{first}key \\\n  {}\"\n:\n  a: b\n? \"{first}key \\\n  {}.\"\n: c\n",
            &second[4..],
            &second[4..],
        ),
    );
    let huge = "k".repeat(1200);
    let (tree, root) = parse(&format!("? {huge}\n: b"));
    let mut out = String::new();
    write_document(&mut out, &tree, root, &Comments::default());
    assert!(out.starts_with("? \"\\\n  kkk") && out.ends_with("\n: b\n"), "{out}");
}

/// Comments above and behind the nodes at these paths; the last step of a path names the entry.
fn comments(
    tree: &Tree,
    root: NodeId,
    above: &[(&[&str], &str)],
    behind: &[(&[&str], &str)],
) -> Comments {
    let key = |path: &[&str]| {
        let (last, parents) = path.split_last().unwrap();
        let step = |id, step: &&str| match step.parse::<usize>() {
            Ok(index) => tree.items(id)[index],
            Err(_) => tree.entry(id, step).unwrap().value,
        };
        let parent = parents.iter().fold(root, step);
        match last.parse::<usize>() {
            Ok(index) => tree.items(parent)[index],
            Err(_) => tree.entry(parent, last).unwrap().key,
        }
    };
    Comments {
        head: Vec::new(),
        above: above.iter().map(|(path, text)| (key(path), vec![text.to_string()])).collect(),
        behind: behind.iter().map(|(path, text)| (key(path), text.to_string())).collect(),
    }
}

#[test]
fn comments_stand_above_and_behind_what_they_belong_to() {
    let wide = "too much to stand behind the value, on whose line there isn't so much room";
    check_with(
        "{spec: {containers: [{name: api, image: 'a:latest'}, b], args: [x, {c: \"1\\n2\"}]}}",
        "\
# the whole
spec:
  # the list
  containers:
    # the item
    # its name
    - name: api  # behind its name
      # the tag
      image: a:latest
    - b  # behind b
  args:
    # too much to stand behind the value, on whose line there isn't so much room
    - x
    # behind a block
    - c: |-
        1
        2
",
        |tree, root| {
            comments(
                tree,
                root,
                &[
                    (&["spec"], "the whole"),
                    (&["spec", "containers"], "the list"),
                    (&["spec", "containers", "0"], "the item"),
                    (&["spec", "containers", "0", "name"], "its name"),
                    (&["spec", "containers", "0", "image"], "the tag"),
                ],
                &[
                    (&["spec", "containers", "0", "name"], "behind\n its name"),
                    (&["spec", "containers", "1"], "behind b"),
                    (&["spec", "args", "0"], wide),
                    (&["spec", "args", "1", "c"], "behind a block"),
                ],
            )
        },
    );
}

#[test]
fn comments_at_the_head_wrap_and_cannot_end_early() {
    let head = |text: &str, expected: &str| {
        let expected = format!("{expected}a: b\n");
        check_with("{a: b}", &expected, |_, _| Comments {
            head: text.split('|').map(str::to_owned).collect(),
            ..Comments::default()
        });
    };
    head(
        "No Ingress for MinIO — internal access only (FR-012)",
        "# No Ingress for MinIO — internal access only (FR-012)\n",
    );
    head(" one|   two|| three", "# one\n#   two\n#\n# three\n");
    head("", "#\n");
    head(
        "a\n---\nkind: Pod\r\nb\rc\u{85}d\u{2028}e",
        "# a\n# ---\n# kind: Pod\n# b\n# c\n# d\n# e\n",
    );
    head(
        "a\0\u{1B}[0m\u{202E}\u{FEFF}\tb\u{FFFF} ",
        "# a\u{FFFD}\u{FFFD}[0m\u{FFFD}\u{FFFD} b\u{FFFD}\n",
    );
    head(
        &format!("- {}| https://{}", "word ".repeat(20), "x".repeat(90)),
        &format!(
            "# - {}word\n# {}word\n# https://{}\n",
            "word ".repeat(14),
            "word ".repeat(4),
            "x".repeat(90)
        ),
    );
}
