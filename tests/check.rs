//! `reactbin check`: what it reads, what it prints, and how it ends.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A directory of one test's own.
fn scratch(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    for (file, text) in files {
        let path = dir.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn reactbin(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_reactbin"));
    command.arg("check").args(arguments).env_remove("NO_COLOR").current_dir(dir);
    command
}

fn run(dir: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = reactbin(dir, arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

fn json(dir: &Path, arguments: &[&str]) -> (Option<i32>, Vec<Value>) {
    let (status, stdout, _) = run(dir, &[&["--format", "json"], arguments].concat());
    (status, stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// Rule, path, line and column of each finding of each document.
fn found(documents: &[Value]) -> Vec<(&str, &str, u64, u64)> {
    let findings = documents.iter().flat_map(|document| document["findings"].as_array().unwrap());
    findings
        .map(|finding| {
            let text = |field: &str| finding[field].as_str().unwrap();
            let number = |field: &str| finding[field].as_u64().unwrap();
            (text("rule"), text("path"), number("line"), number("column"))
        })
        .collect()
}

/// What is found in one file of this text.
fn check(name: &str, text: &str) -> (Option<i32>, Vec<Value>) {
    json(&scratch(name, &[("a.yaml", text)]), &["a.yaml"])
}

const GOOD: &str = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: good\n";
const BAD: &str = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: Bad_Name\n";

#[test]
fn input_without_a_document_is_told() {
    let dir = scratch("nothing", &[("a.yaml", ""), ("b.yaml", "# nothing\n"), ("c.yaml", GOOD)]);
    let (status, stdout, stderr) = run(&dir, &["a.yaml", "b.yaml"]);
    assert_eq!((status, stdout.as_str()), (Some(0), ""));
    assert!(stderr.starts_with("warning: no documents in `a.yaml`, `b.yaml`\n"), "{stderr}");
    let (_, _, stderr) = run(&dir, &["a.yaml", "c.yaml"]);
    assert!(!stderr.contains("no documents"), "{stderr}");
}

#[test]
fn what_is_to_be_quoted_is_quoted_as_it_is_written() {
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  version: 1.10\n  \
                enabled: yes\n  mode: 0644\n  half: -0.50 # é\n";
    let (_, documents) = check("quoted", text);
    let findings = documents[0]["findings"].as_array().unwrap();
    let helps: Vec<&str> = findings.iter().filter_map(|finding| finding["help"].as_str()).collect();
    for expected in ["1.10", "yes", "0644", "-0.50"] {
        let help = format!("write `\"{expected}\"`");
        assert!(helps.contains(&help.as_str()), "{help} isn't in {helps:?}");
    }
}

#[test]
fn a_suffix_of_cpu_is_mended_as_one_of_cpu() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: a\n      \
               image: a:1\n      resources:\n        limits:\n          cpu: 100mi\n          memory: 100mi\n";
    let (_, documents) = check("cpu", pod);
    let findings = documents[0]["findings"].as_array().unwrap();
    let helps: Vec<&str> = findings
        .iter()
        .filter(|finding| finding["rule"] == "invalid_quantity")
        .filter_map(|finding| finding["help"].as_str())
        .collect();
    assert_eq!(helps, ["use `100m`", "use `100Mi`"]);
}

#[test]
fn our_own_manifests_are_clean_but_for_the_placeholder() {
    let (status, documents) =
        json(Path::new(env!("CARGO_MANIFEST_DIR")), &["k8s", "--policy", "none"]);
    assert_eq!((status, documents.len()), (Some(1), 12));
    let found = found(&documents);
    let paths: Vec<&str> = found.iter().map(|found| found.1).collect();
    assert_eq!(paths, ["spec.tls[0].hosts[0]", "spec.rules[0].host"]);
    for document in &documents {
        assert_eq!(document["valid"], document["kind"] != "Ingress", "{document}");
    }
}

#[test]
fn a_document_is_a_line_of_json() {
    let text = format!("{GOOD}---\n# nothing\n---\n{BAD}  namespace: x\n");
    let dir = scratch("json", &[("a.yaml", &text)]);
    let (status, stdout, stderr) = run(&dir, &["--format", "json", "a.yaml"]);
    assert_eq!((status, stderr.as_str()), (Some(1), ""));
    let lines: Vec<&str> = stdout.lines().collect();
    assert_eq!(
        lines[0],
        r#"{"file":"a.yaml","document":0,"kind":"Namespace","name":"good","namespace":null,"valid":true,"findings":[]}"#
    );
    let bad: Value = serde_json::from_str(lines[1]).unwrap();
    assert_eq!(
        (&bad["document"], &bad["name"], &bad["namespace"]),
        (&2.into(), &"Bad_Name".into(), &"x".into())
    );
    let finding = &bad["findings"][0];
    assert_eq!(finding["rule"], "invalid_name");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["path"], "metadata.name");
    assert_eq!((&finding["line"], &finding["column"]), (&11.into(), &9.into()));
    assert_eq!(finding["help"], "use `bad-name`");
    let keys: Vec<&String> = finding.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["column", "help", "line", "message", "path", "rule", "severity"]);
    assert_eq!(lines.len(), 2);
}

#[test]
fn people_see_the_line_and_carets() {
    let dir = scratch("human", &[("k8s/a.yaml", &format!("{GOOD}---\n{BAD}"))]);
    let (status, stdout, stderr) = run(&dir, &["k8s"]);
    assert_eq!(status, Some(1));
    let expected = "error[invalid_name]: `Bad_Name` has `B` at position 1, and a DNS label has only lower-case \
letters, digits and `-`
 --> k8s/a.yaml:9:9
  |
9 |   name: Bad_Name
  |         ^^^^^^^^
  |
  = note: Namespace `Bad_Name`, metadata.name
  = help: use `bad-name`

";
    assert_eq!(stdout, expected);
    assert_eq!(stderr, "2 documents in 1 file: 1 error, 0 warnings\n");
}

#[test]
fn sarif_has_its_results_and_their_rules() {
    let dir = scratch(
        "sarif",
        &[("a b.yaml", &format!("{BAD}---\n- 1\n")), ("b.yaml", GOOD), ("c.yaml", BAD)],
    );
    let (status, stdout, _) = run(&dir, &["--format", "sarif", "."]);
    assert_eq!(status, Some(1));
    let sarif: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        assert!(ids.contains(&result["ruleId"].as_str().unwrap()), "{result}");
        assert_eq!(result["level"], "error");
        assert!(result["message"]["text"].is_string());
    }
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "./a%20b.yaml");
    assert_eq!(
        (&place["region"]["startLine"], &place["region"]["startColumn"]),
        (&4.into(), &9.into())
    );
    let (_, none, _) = self::run(&dir, &["--format", "sarif", "b.yaml"]);
    let none: Value = serde_json::from_str(&none).unwrap();
    assert_eq!(none["runs"][0]["results"], Value::Array(Vec::new()));
}

#[test]
fn github_gets_a_command_for_each_finding() {
    let dir = scratch("github", &[("a.yaml", BAD)]);
    let (status, stdout, _) = run(&dir, &["--format", "github", "a.yaml"]);
    assert_eq!(status, Some(1));
    let begins = "::error file=a.yaml,line=4,col=9,endLine=4,endColumn=17,title=invalid_name::`Bad_Name` has";
    assert!(stdout.starts_with(begins), "{stdout}");
    assert!(stdout.ends_with("%0Ahelp: use `bad-name`\n"), "{stdout}");
    assert_eq!(stdout.lines().count(), 1);
}

#[test]
fn a_wrong_document_does_not_take_the_rest_with_it() {
    let text = "\
a: [1
---
- a list
---
apiVersion: v1
kind: Deploymint
---
apiVersion: example.com/v1
kind: Widget
---
a: &x 1
b: *y
---
? [a]
: b
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data:
  k: a
  'k': b
";
    let (status, documents) = check("wrong", text);
    assert_eq!(status, Some(1));
    let rules: Vec<_> =
        found(&documents).into_iter().map(|(rule, _, line, _)| (rule, line)).collect();
    assert_eq!(
        rules,
        [
            ("invalid_yaml", 2),
            ("not_an_object", 3),
            ("unknown_kind", 6),
            ("unknown_custom_kind", 9),
            ("invalid_yaml", 12),
            ("invalid_yaml", 14),
            ("duplicate_field", 22),
        ]
    );
    let numbers: Vec<_> =
        documents.iter().map(|document| document["document"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6]);
    let valid: Vec<_> =
        documents.iter().map(|document| document["valid"].as_bool().unwrap()).collect();
    assert_eq!(valid, [false, false, false, true, false, false, false]);
}

#[test]
fn bytes_that_are_no_text_are_told_at_their_place() {
    let dir = scratch("utf8", &[]);
    fs::write(
        dir.join("a.yaml"),
        b"a: b\nc: \xff\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n",
    )
    .unwrap();
    let (status, documents) = json(&dir, &["a.yaml"]);
    assert_eq!(status, Some(1));
    assert_eq!(found(&documents), [("invalid_yaml", "", 2, 4)]);
    assert_eq!(documents.len(), 2);
}

#[test]
fn each_object_of_a_list_is_checked() {
    let text = "\
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Namespace
  metadata: {name: good}
- apiVersion: v1
  kind: Namespace
  metadata: {name: Bad}
- apiVersion: v1
  kind: List
  items: [5]
---
apiVersion: v1
kind: ConfigMapList
items:
- metadata: {name: a}
  dato: {}
";
    let (status, documents) = check("list", text);
    assert_eq!((status, documents.len()), (Some(1), 2));
    assert_eq!(
        found(&documents),
        [
            ("invalid_name", "items[1].metadata.name", 9, 20),
            ("not_an_object", "items[2].items[0]", 12, 11),
            ("unknown_field", "items[0].dato", 18, 3),
        ]
    );
}

#[test]
fn anchors_and_merge_keys_stand_for_what_they_repeat() {
    let text = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: a, labels: &labels {app: a}}
spec:
  selector: {matchLabels: *labels}
  template:
    metadata: {labels: {<<: *labels, tier: web}}
    spec:
      containers:
      - &main {name: main, image: 'a:1', ports: [{containerPort: 99999}]}
      - {<<: *main, name: second}
";
    let (status, documents) = check("anchors", text);
    assert_eq!(status, Some(1));
    // Wrong where it is written, in both places where it stands.
    let path = |index| format!("spec.template.spec.containers[{index}].ports[0].containerPort");
    let (first, second) = (path(0), path(1));
    assert_eq!(
        found(&documents),
        [("integer_range", &*first, 10, 66), ("integer_range", &*second, 10, 66)]
    );
}

#[test]
fn scalars_are_what_kubectl_reads() {
    let text = "\
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
immutable: on
data:
  a: yes
  b: 0777
  c: 1:30
  d: 2001-01-01
  e: 'yes'
  y: text
";
    let (_, documents) = check("scalars", text);
    let messages: Vec<_> =
        documents[0]["findings"].as_array().unwrap().iter().map(|f| &f["message"]).collect();
    assert_eq!(
        found(&documents).iter().map(|found| found.1).collect::<Vec<_>>(),
        ["data[a]", "data[b]"],
        "{messages:?}"
    );
    // A number without a fraction is an integer, in YAML only.
    let pod = |port: &str| {
        format!(
            "{{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {{\"name\": \"a\"}},\n\t\"spec\": {{\"ports\": [{{\"port\": {port}}}]}}}}"
        )
    };
    assert_eq!(check("json-float", &pod("80.0")).0, Some(1));
    assert_eq!(check("json-int", &pod("80")).0, Some(0));
    assert_eq!(
        check("yaml-float", &format!("# a comment makes it YAML\n{}", pod("8e1"))).0,
        Some(0)
    );
}

#[test]
fn json_may_have_objects_one_after_the_other() {
    let object = |name: &str| {
        format!(
            "{{\"apiVersion\": \"v1\", \"kind\": \"Namespace\",\n\"metadata\": {{\"name\": \"{name}\"}}}}\n"
        )
    };
    let dir = scratch("json-objects", &[("a.json", &(object("a") + &object("B")))]);
    let (status, documents) = json(&dir, &["a.json"]);
    assert_eq!(status, Some(1));
    assert_eq!(documents.len(), 2);
    assert_eq!(documents[0]["valid"], true);
    let finding = &documents[1]["findings"][0];
    assert_eq!((&finding["rule"], &finding["line"]), (&"invalid_name".into(), &4.into()));
}

#[test]
fn json_has_escapes_that_yaml_has_not() {
    let text = r#"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"},
"data": {"a": "\ud83d\ude00\/\\ud83d"}}"#;
    let (status, documents) = check("surrogates", text);
    assert_eq!((status, found(&documents)), (Some(0), Vec::new()), "{documents:?}");
}

#[test]
fn directories_are_walked_in_order_and_streams_are_read() {
    let dir = scratch(
        "walk",
        &[
            ("k8s/b.yml", BAD),
            (
                "k8s/a/z.json",
                r#"{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "A"}}"#,
            ),
            ("k8s/c.txt", "not looked at"),
            ("k8s/.hidden/x.yaml", BAD),
            ("plain", GOOD),
        ],
    );
    let (status, documents) = json(&dir, &["plain", "k8s"]);
    let files: Vec<_> =
        documents.iter().map(|document| document["file"].as_str().unwrap()).collect();
    assert_eq!((status, files), (Some(1), vec!["plain", "k8s/a/z.json", "k8s/b.yml"]));

    let mut child = reactbin(&dir, &["--format", "json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(BAD.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &document["file"]), (Some(1), &"-".into()));
}

#[test]
fn many_files_come_in_their_order_every_time() {
    let files: Vec<(String, String)> = (0..200)
        .map(|number| {
            let many = if number % 10 == 0 { 200 } else { 1 };
            (format!("{number:03}.yaml"), format!("---\n{BAD}").repeat(many))
        })
        .collect();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let dir = scratch("order", &files);
    let (_, first, _) = run(&dir, &["--format", "json", "."]);
    let names: Vec<&str> =
        first.lines().map(|line| &line[..line.find(",\"kind\"").unwrap()]).collect();
    assert_eq!(names.len(), 180 + 20 * 200);
    assert!(names.is_sorted_by_key(|name| {
        let (file, document) = name.split_once(",\"document\":").unwrap();
        (file, document.parse::<u32>().unwrap())
    }));
    for _ in 0..3 {
        assert!(run(&dir, &["--format", "json", "."]).1 == first);
    }
}

#[test]
fn the_exit_status_says_how_it_went() {
    let dir = scratch("status", &[("good.yaml", GOOD), ("bad.yaml", BAD), ("empty/x.txt", "")]);
    assert_eq!(
        run(&dir, &["good.yaml"]),
        (Some(0), String::new(), "1 document in 1 file: 0 errors, 0 warnings\n".into())
    );
    assert_eq!(run(&dir, &["bad.yaml"]).0, Some(1));
    // What can be read is checked all the same.
    let (status, stdout, stderr) = run(&dir, &["nowhere.yaml", "bad.yaml", "--format", "json"]);
    assert_eq!((status, stdout.lines().count()), (Some(2), 1));
    assert!(stderr.starts_with("error: can't read `nowhere.yaml`: "), "{stderr}");
    let (status, _, stderr) = run(&dir, &["--kubernetes", "1.20", "good.yaml"]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("1.20") && stderr.contains("1.36"), "{stderr}");
    assert_eq!(run(&dir, &["--kubernetes", "1.36", "good.yaml"]).0, Some(0));
    for bad in [["--format", "xml"], ["--policy", "everything"], ["--schema", "nowhere"]] {
        assert_eq!(run(&dir, &[bad[0], bad[1], "good.yaml"]).0, Some(2), "{bad:?}");
    }
    let (status, stdout, stderr) = run(&dir, &["empty"]);
    assert_eq!((status, stdout.as_str()), (Some(0), ""));
    assert!(stderr.starts_with("warning: no YAML or JSON files in `empty`\n"), "{stderr}");
    let (status, help, _) = run(&dir, &["--help"]);
    assert_eq!(status, Some(0));
    for expected in ["Exit status", "16 MiB", "--schema", "--strict", "sarif"] {
        assert!(help.contains(expected), "{expected}");
    }
}

#[test]
fn what_is_accepted_is_a_warning_that_a_policy_leaves_out() {
    let text = "\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers: [{name: a, image: 'a:1', securityContext: {runAsUser: 0}}]
";
    let dir = scratch("policy", &[("a.yaml", text)]);
    // Nobody has chosen to deny it.
    let (status, documents) = json(&dir, &["a.yaml", "-A", "all", "-W", "run_as_root"]);
    assert_eq!((status, &documents[0]["valid"]), (Some(0), &true.into()));
    assert_eq!(found(&documents)[0].0, "run_as_root");
    assert_eq!(documents[0]["findings"][0]["severity"], "warning");
    // The Cargo.toml of this application has.
    let (status, documents) = json(&dir, &["a.yaml"]);
    assert_eq!(status, Some(1));
    assert_eq!(documents[0]["findings"][0]["severity"], "error");
    let contradiction = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  securityContext: {runAsNonRoot: \
                  true}\n  containers: [{name: a, image: 'a:1', securityContext: {runAsUser: 0}}]\n";
    let (_, documents) = check("softened", contradiction);
    let findings = documents[0]["findings"].as_array().unwrap();
    let softened = findings.iter().find(|finding| finding["rule"] == "root_despite_non_root");
    assert_eq!(softened.unwrap()["severity"], "warning");
    let (status, documents) = json(&dir, &["a.yaml", "--policy", "none"]);
    assert_eq!((status, found(&documents)), (Some(0), Vec::new()));
}

const WIDGET: &str = "\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            required: [size]
            properties:
              size: {type: integer, minimum: 1}
              mode: {type: string, enum: [fast, slow]}
              aB: {type: object, properties: {c: {type: string}}}
              a: {type: object, properties: {bC: {type: object, properties: {d: {type: string}}}}}
  - name: v2
    served: true
    storage: false
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
";

#[test]
fn a_schema_adds_its_kinds() {
    let widget = |version: &str, spec: &str| {
        format!(
            "apiVersion: example.com/{version}\nkind: Widget\nmetadata: {{name: a}}\nspec: {spec}\n"
        )
    };
    let text = [
        widget("v1", "{size: 1, mode: fast, a: {bC: {d: x}}, aB: {c: z}}"),
        widget("v1", "{size: 0, mode: medium, colour: red}"),
        widget("v2", "{anything: 1}"),
        widget("v3", "{}"),
    ]
    .join("---\n");
    let dir = scratch("schema", &[("crds/deep/widget.yaml", WIDGET), ("a.yaml", &text)]);
    let (status, documents) = json(&dir, &["a.yaml", "--schema", "crds"]);
    assert_eq!(status, Some(1));
    let rules: Vec<_> =
        found(&documents).into_iter().map(|(rule, path, ..)| (rule, path)).collect();
    assert_eq!(
        rules,
        [
            ("integer_range", "spec.size"),
            ("unsupported_value", "spec.mode"),
            ("unknown_field", "spec.colour"),
            ("unknown_custom_kind", "kind"),
        ]
    );
    let warned = |arguments: &[&str]| {
        let (status, documents) = json(&dir, &[&["a.yaml"], arguments].concat());
        let all = found(&documents).len();
        (status, all)
    };
    assert_eq!(warned(&[]), (Some(0), 4));
    assert_eq!(warned(&["--strict"]), (Some(1), 4));
}

#[test]
fn what_has_no_end_ends() {
    let bomb = (1..20).fold("a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, level| {
        let alias = format!("*a{}", level - 1);
        text + &format!("a{level}: &a{level} [{}]\n", [alias.as_str(); 9].join(", "))
    });
    let merges = (1..40).fold("a0: &a0 {x: 1}\n".to_owned(), |text, level| {
        let alias = level - 1;
        text + &format!(
            "a{level}: &a{level} {{x: *a{alias}, y: *a{alias}, <<: [*a{alias}, *a{alias}]}}\n"
        )
    });
    let block: String = (0..3000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    for (name, text, rule) in [
        ("bomb", bomb, "document_too_large"),
        ("merges", merges, "document_too_large"),
        ("flow", "[".repeat(1_000_000), "document_too_large"),
        ("maps", "{a: ".repeat(1_000_000), "document_too_large"),
        ("lists", "- ".repeat(1_000_000), "document_too_large"),
        ("keys", "? ".repeat(1_000_000), "invalid_yaml"),
        ("block", block, "document_too_large"),
        ("values", "- 1\n".repeat(1_100_000), "document_too_large"),
        ("long", "a".repeat(17 << 20), "document_too_large"),
        ("itself", "a: &a [*a]\n".to_owned(), "invalid_yaml"),
    ] {
        let start = Instant::now();
        let (status, documents) = check(&format!("bounds-{name}"), &format!("{text}\n"));
        assert_eq!(status, Some(1), "{name}");
        let rules: Vec<&str> = found(&documents).iter().map(|found| found.0).collect();
        assert_eq!(rules, [rule], "{name}");
        assert!(start.elapsed() < Duration::from_secs(20), "{name}: {:?}", start.elapsed());
    }
}

#[cfg(unix)]
#[test]
fn endless_input_is_an_error() {
    let zero = fs::File::open("/dev/zero").unwrap();
    let dir = scratch("endless", &[]);
    let output = reactbin(&dir, &["--format", "json", "-"]).stdin(zero).output().unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found(&[document]), [("document_too_large", "", 1, 1)]);
    assert_eq!(output.status.code(), Some(1));
}

#[cfg(unix)]
#[test]
fn a_reader_that_is_gone_is_no_panic() {
    let dir = scratch("pipe", &[("a.yaml", &format!("---\n{BAD}").repeat(20_000))]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = reactbin(&dir, &["--format", "json", "a.yaml"])
        .stdout(writer)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(1));
}

const ROOT: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  hostPID: true\n  \
                    containers:\n    - name: web\n      image: web:1\n      securityContext:\n        \
                    runAsUser: 0\n";

/// The rules that find something in a Pod that shares its node's processes and runs as root, each
/// with its severity.
fn weighed(name: &str, arguments: &[&str]) -> (Option<i32>, Vec<(String, String)>) {
    let policy = "[lints]\nsecurity = \"deny\"\nrun_as_root = \"allow\"\n";
    let dir = scratch(name, &[("a.yaml", ROOT), ("policy.toml", policy)]);
    let (status, documents) = json(&dir, &[&["a.yaml"], arguments].concat());
    let findings = documents[0]["findings"].as_array().unwrap().iter();
    let text = |finding: &Value, field: &str| finding[field].as_str().unwrap().to_owned();
    (status, findings.map(|f| (text(f, "rule"), text(f, "severity"))).collect())
}

#[test]
fn a_policy_says_what_weighs_how_much() {
    let pair = |rule: &str, severity: &str| (rule.to_owned(), severity.to_owned());
    let found = |arguments: &[&str]| weighed("policies", arguments);
    assert_eq!(found(&["--policy", "none"]), (Some(0), vec![]));
    let (status, all) = found(&["--policy", "all"]);
    assert_eq!(status, Some(0));
    assert!(all.contains(&pair("run_as_root", "warning")), "{all:?}");
    assert!(all.contains(&pair("pss/baseline/hostNamespaces", "warning")), "{all:?}");
    let (status, baseline) = found(&["--policy", "baseline"]);
    assert_eq!((status, baseline), (Some(1), vec![pair("pss/baseline/hostNamespaces", "error")]));
    let (_, restricted) = found(&["--policy", "restricted@1.37"]);
    let ids: Vec<&str> = restricted.iter().map(|(rule, _)| rule.as_str()).collect();
    assert_eq!(
        ids,
        [
            "pss/baseline/hostNamespaces",
            "pss/restricted/allowPrivilegeEscalation",
            "pss/restricted/capabilities_restricted",
            "pss/restricted/runAsNonRoot",
            "pss/restricted/seccompProfile_restricted",
            "pss/restricted/runAsUser",
        ]
    );
    let (status, file) = found(&["--policy", "policy.toml"]);
    assert_eq!(status, Some(1));
    assert!(file.contains(&pair("host_pid", "error")), "{file:?}");
    assert!(!file.iter().any(|(rule, _)| rule == "run_as_root"), "{file:?}");
}

#[test]
fn the_last_level_of_a_lint_counts() {
    let found = |arguments: &[&str]| {
        let (status, found) = weighed("levels", &[&["--policy", "none"], arguments].concat());
        let severity = found.iter().find(|(rule, _)| rule == "run_as_root").map(|(_, s)| s.clone());
        (status, severity)
    };
    assert_eq!(found(&["-W", "run_as_root"]), (Some(0), Some("warning".to_owned())));
    assert_eq!(found(&["-D", "run_as_root"]), (Some(1), Some("error".to_owned())));
    assert_eq!(found(&["-D", "security", "-A", "run_as_root", "-A", "security"]), (Some(0), None));
    assert_eq!(
        found(&["-A", "run_as_root", "-W", "run_as_root", "-D", "warnings"]),
        (Some(1), Some("error".to_owned()))
    );
    // Of a Cargo.toml, cargo's own lints are none of ours.
    let cargo = "[package]\nname = \"a\"\n[lints]\nworkspace = true\n\
                 [package.metadata.reactbin.lints]\nrun_as_root = \"deny\"\n";
    let dir = scratch("cargo-toml", &[("a.yaml", ROOT), ("Cargo.toml", cargo)]);
    let (status, _) = json(&dir, &["a.yaml", "--policy", "Cargo.toml"]);
    assert_eq!(status, Some(1));
    let dir = scratch("no-lint", &[("a.yaml", ROOT)]);
    let (status, _, stderr) = run(&dir, &["-D", "run_as_rot"]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("there is no lint `run_as_rot`; use `run_as_root`"), "{stderr}");
    let (status, _, stderr) = run(&dir, &["--policy", "basline"]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("did you mean `baseline`?"), "{stderr}");
}

/// What the manifests waive, and what a parameter may still change, isn't held against the YAML that
/// they have become.
#[test]
fn our_own_manifests_are_judged_with_their_waivers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (_, documents) = json(root, &["k8s", "-D", "run_as_root", "-D", "latest_tag"]);
    let rules: Vec<&str> = found(&documents).iter().map(|found| found.0).collect();
    assert_eq!(rules, ["invalid_format", "invalid_format"]);
    // A value that somebody else has put there is theirs.
    let set = fs::read_to_string(root.join("k8s/minio/statefulset.yaml")).unwrap();
    let dir = scratch("edited", &[("a.yaml", &set.replace("minio/minio:", "other/minio:"))]);
    let (_, documents) = json(&dir, &["a.yaml", "-D", "latest_tag"]);
    assert!(found(&documents).iter().any(|found| found.0 == "latest_tag"));
    // The same objects under another name are nobody's.
    let job = fs::read_to_string(root.join("k8s/minio/init-job.yaml")).unwrap();
    let dir = scratch("not-ours", &[("a.yaml", &job.replace("minio-init-bucket", "other"))]);
    let (_, documents) = json(&dir, &["a.yaml"]);
    assert!(found(&documents).iter().any(|found| found.0 == "run_as_root"));
}

const SERVICE: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\n\
                       spec: {selector: {app: web}, ports: [{port: 80}]}\n";
const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, labels: {app: web}}\n\
                   spec: {containers: [{name: web, image: 'web:1', ports: [{containerPort: 80}]}]}\n";

#[test]
fn objects_find_each_other_across_documents_and_files() {
    let dangling = ("dangling_service", 0);
    let cases = [
        ("alone", vec![("a.yaml", SERVICE.to_owned())], vec![dangling]),
        ("in-one-file", vec![("a.yaml", format!("{SERVICE}---\n{POD}"))], vec![]),
        ("later-file", vec![("a.yaml", SERVICE.to_owned()), ("b.yaml", POD.to_owned())], vec![]),
        ("earlier-file", vec![("a.yaml", POD.to_owned()), ("b.yaml", SERVICE.to_owned())], vec![]),
        (
            "other-namespace",
            vec![("a.yaml", SERVICE.to_owned()), ("b.yaml", POD.replace("shop", "mall"))],
            vec![dangling],
        ),
    ];
    for (name, files, expected) in cases {
        let files: Vec<(&str, &str)> =
            files.iter().map(|(file, text)| (*file, text.as_str())).collect();
        let dir = scratch(&format!("across-{name}"), &files);
        for order in [&["a.yaml"][..], &["."][..]].iter().skip(usize::from(files.len() > 1)) {
            let (status, documents) = json(&dir, &[*order, &["--policy", "across"][..]].concat());
            let rules: Vec<(&str, i32)> = found(&documents)
                .iter()
                .filter(|found| found.0 == "dangling_service")
                .map(|found| (found.0, 0))
                .collect();
            assert_eq!((status, rules), (Some(0), expected.clone()), "{name}");
        }
    }
}

#[test]
fn what_waits_for_other_documents_keeps_its_place() {
    // Many files, so that several threads have some, and the last of them answers the first.
    let files: Vec<(String, String)> = (0..40)
        .map(|number| {
            let name = format!("web{number}");
            let other = format!("web{}", 39 - number);
            let dangling = SERVICE.replace("web", &format!("gone{number}"));
            let text = format!(
                "{}---\n{dangling}---\n{BAD}---\n{}",
                SERVICE.replace("web", &name),
                POD.replace("web", &other)
            );
            (format!("{number:02}.yaml"), text)
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(f, t)| (f.as_str(), t.as_str())).collect();
    let dir = scratch("held", &files);
    for format in ["human", "json", "github"] {
        let (status, first, _) = run(&dir, &["--format", format, "--policy", "across"]);
        assert_eq!(status, Some(1));
        for _ in 0..3 {
            assert_eq!(run(&dir, &["--format", format, "--policy", "across"]).1, first);
        }
    }
    let (_, documents) = json(&dir, &[".", "--policy", "across"]);
    assert_eq!(documents.len(), 160);
    for (index, document) in documents.iter().enumerate() {
        assert_eq!(document["file"], format!("./{:02}.yaml", index / 4).as_str());
        assert_eq!(document["document"], index % 4);
        let dangles =
            found(std::slice::from_ref(document)).iter().any(|found| found.0 == "dangling_service");
        assert_eq!(dangles, index % 4 == 1, "{document}");
    }
    let (_, sarif, _) = run(&dir, &["--format", "sarif", "--policy", "across"]);
    let sarif: Value = serde_json::from_str(&sarif).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 80);
}
