use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::{Context, Facts, Kind, Ports, Refusal, User, read};

/// A build context of one test's own, with these files in it.
struct Files(PathBuf);

impl Files {
    fn new(files: &[&str]) -> Files {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("reactbin-dockerfile-{}-{next}", std::process::id());
        let root = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&root).unwrap();
        for file in files {
            let file = root.join(file);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, "").unwrap();
        }
        Files(root)
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn facts(text: &str) -> Facts {
    read(text, None, &Context::new(PathBuf::new())).unwrap()
}

/// What is copied, as `path` of a file, `path/**` of something with all that is in it, `path?` of
/// what isn't there, each with ` < source`; `!` where something isn't known.
fn copied(files: &[&str], text: &str) -> Vec<String> {
    let files = Files::new(files);
    let facts = read(text, None, &Context::new(files.0.clone())).unwrap();
    let show = |kind: Kind| match kind {
        Kind::Directory => None,
        Kind::File => Some(""),
        Kind::Tree => Some("/**"),
        Kind::Missing => Some("?"),
    };
    let shown = facts.paths.iter().filter_map(|put| {
        let source =
            if put.source.is_empty() { String::new() } else { format!(" < {}", put.source) };
        Some(format!("{}{}{source}", put.path, show(put.kind)?))
    });
    let unknown = (!facts.all_paths).then(|| "!".to_owned());
    shown.chain(unknown).collect()
}

fn directories(text: &str) -> Vec<String> {
    let directories = |facts: Facts| {
        facts.paths.into_iter().filter(|put| put.kind == Kind::Directory).map(|put| put.path)
    };
    directories(facts(text)).collect()
}

fn user(text: &str) -> User {
    facts(text).user
}

fn ports(text: &str) -> (Vec<String>, bool) {
    let show = |Ports { first, last, protocol }: &Ports| format!("{first}-{last}/{protocol}");
    let facts = facts(text);
    (facts.ports.iter().map(show).collect(), facts.all_ports)
}

#[test]
fn the_last_user_counts() {
    let id = |id, line| User::Id { id, line };
    for (text, expected) in [
        ("FROM a", User::Unsaid),
        ("FROM a\nUSER 1001", id(1001, 2)),
        ("FROM a\nUSER 1\nUSER 1001:1001", id(1001, 3)),
        ("FROM a\nUSER root", id(0, 2)),
        ("FROM a\nUSER app:app", User::Name { name: "app".to_owned(), line: 2 }),
        ("FROM a\nARG ID=5\n\nUSER ${ID}", id(5, 4)),
        ("ARG ID=5\nFROM a\nARG ID\nUSER $ID:$ID", id(5, 4)),
        ("ARG ID=5\nFROM a\nUSER $ID", User::Unknown),
        ("FROM a\nARG ID\nUSER $ID", User::Unknown),
        ("FROM a\nARG ID=5\nENV ID=6\nUSER $ID", id(6, 4)),
        ("FROM a\nUSER ${ID:-7}", id(7, 2)),
        ("FROM a\nUSER 1\nUSER $ID", User::Unknown),
        ("FROM a\n# USER 2\nuser 3 \n", id(3, 3)),
        ("FROM a\nUSER \\\n  4", id(4, 3)),
        ("\u{feff}FROM a\r\nUSER 4\r\n", id(4, 2)),
    ] {
        assert_eq!(user(text), expected, "{text}");
    }
}

#[test]
fn only_the_last_stage_and_what_it_starts_from_count() {
    let text = "
        FROM a AS base
        USER 1
        WORKDIR /base
        ENV HOME_DIR=/home/app
        EXPOSE 80
        FROM b AS builder
        USER 2
        EXPOSE 81
        FROM BASE AS runtime
        WORKDIR sub
        EXPOSE 82
        FROM runtime
        WORKDIR $HOME_DIR";
    assert_eq!(user(text), User::Id { id: 1, line: 3 });
    assert_eq!(ports(text).0, ["80-80/TCP", "82-82/TCP"]);
    assert_eq!(directories(text), ["/base", "/base/sub", "/home/app"]);
    let context = Context::new(PathBuf::new());
    let builder = read(text, Some("builder"), &context).unwrap();
    assert_eq!(builder.user, User::Id { id: 2, line: 8 });
    let names = ["base", "builder", "runtime"].map(str::to_owned).to_vec();
    assert_eq!(read(text, Some("test"), &context), Err(Refusal::NoStage(names)));
}

#[test]
fn a_stage_can_be_chosen_by_an_argument() {
    let text = "ARG BASE=two\nFROM a AS one\nUSER 1\nFROM a AS two\nUSER 2\nFROM ${BASE}";
    assert_eq!(user(text), User::Id { id: 2, line: 5 });
}

#[test]
fn ports_are_numbers_ranges_and_protocols() {
    for (arguments, expected, complete) in [
        ("8000", &["8000-8000/TCP"][..], true),
        ("8000/tcp 53/udp", &["8000-8000/TCP", "53-53/UDP"], true),
        ("8000-8005/UDP", &["8000-8005/UDP"], true),
        ("\"80\"", &["80-80/TCP"], true),
        ("$PORT", &[], false),
        ("80 ${PORT}/tcp", &["80-80/TCP"], false),
        ("80/quic", &[], false),
        ("http", &[], false),
    ] {
        let (ports, all) = ports(&format!("FROM a\nEXPOSE {arguments}"));
        let ports: Vec<&str> = ports.iter().map(String::as_str).collect();
        assert_eq!((ports.as_slice(), all), (expected, complete), "{arguments}");
    }
    assert_eq!(ports("FROM a\nENV PORTS=\"80 81\"\nEXPOSE $PORTS").0, ["80-80/TCP", "81-81/TCP"]);
    assert_eq!(ports("FROM a"), (vec![], true));
}

#[test]
fn working_directories_follow_from_each_other() {
    let with = |rest: &str| directories(&format!("FROM a\n{rest}"));
    assert_eq!(
        with("WORKDIR /app\nWORKDIR src/./x\nWORKDIR .."),
        ["/app", "/app/src/x", "/app/src"]
    );
    assert_eq!(with("WORKDIR \"/my app\""), ["/my app"]);
    assert_eq!(with("WORKDIR /a\\ b"), ["/a b"]);
    assert_eq!(with("VOLUME /data /more"), ["/data", "/more"]);
    assert_eq!(with("VOLUME [\"/data\"]"), ["/data"]);
    // Of a base image the working directory isn't known; of none it is.
    assert!(!facts("FROM a\nWORKDIR app").all_paths);
    assert_eq!(directories("FROM scratch\nWORKDIR app"), ["/app"]);
    // After one that isn't known, nothing relative is.
    let lost = facts("FROM a\nWORKDIR $HOME\nWORKDIR app");
    assert!(!lost.all_paths && lost.paths.is_empty());
}

#[test]
fn copies_land_as_a_build_puts_them() {
    let files = ["alembic.ini", "setup.cfg", "app/main.py", "alembic/env.py", "tool.tar.gz"];
    for (instruction, expected) in [
        ("COPY alembic.ini .", &["/app/alembic.ini < alembic.ini"][..]),
        ("COPY alembic.ini ./", &["/app/alembic.ini < alembic.ini"]),
        ("COPY alembic.ini /app", &["/app/alembic.ini < alembic.ini"]),
        ("COPY alembic.ini /app/other.ini", &["/app/other.ini < alembic.ini"]),
        ("COPY alembic.ini /etc/", &["/etc/alembic.ini < alembic.ini"]),
        // What `RUN` made there may be a directory.
        ("COPY alembic.ini /d", &["/d < alembic.ini", "/d/alembic.ini < alembic.ini"]),
        ("COPY --chown=a:b ./alembic.ini ./", &["/app/alembic.ini < alembic.ini"]),
        ("COPY /alembic.ini ../x/", &["/x/alembic.ini < alembic.ini"]),
        ("COPY alembic/ ./alembic/", &["/app/alembic/** < alembic"]),
        ("COPY alembic alembic", &["/app/alembic/** < alembic"]),
        // The content of directories, not the directories.
        ("COPY app alembic ./", &["/app/** < app", "/app/** < alembic"]),
        ("COPY . .", &["/app/** < ."]),
        (
            "COPY alembic.ini setup.cfg conf",
            &["/app/conf/alembic.ini < alembic.ini", "/app/conf/setup.cfg < setup.cfg"],
        ),
        ("COPY [\"alembic.ini\", \"my conf/\"]", &["/app/my conf/alembic.ini < alembic.ini"]),
        (
            "COPY *.ini set?p.cfg ./",
            &["/app/alembic.ini < alembic.ini", "/app/setup.cfg < setup.cfg"],
        ),
        ("COPY a*c/*.py ./", &["/app/env.py < alembic/env.py"]),
        ("COPY *.toml ./", &[]),
        ("COPY [a-z]*.ini ./", &["/app/**"]),
        ("COPY gone.ini ./", &["/app/gone.ini? < gone.ini"]),
        ("COPY gone/ ./gone/", &["/app/gone? < gone"]),
        ("COPY --from=builder /out/bin /usr/local/bin/", &["/usr/local/bin/**"]),
        ("COPY --from=builder /out/api /api", &["/api/**"]),
        ("COPY --parents app/main.py ./", &["/app/**"]),
        ("COPY <<EOF ./made\nEOF", &["/app/made/**"]),
        ("COPY $FILE ./x/", &["/app/x/**"]),
        ("COPY alembic.ini $DIR/", &["!"]),
        ("ADD alembic.ini ./", &["/app/alembic.ini < alembic.ini"]),
        ("ADD tool.tar.gz /opt/tool/", &["/opt/tool/**"]),
        ("COPY tool.tar.gz /opt/tool/", &["/opt/tool/tool.tar.gz < tool.tar.gz"]),
        ("ADD https://example.com/x.json ./", &["/app/**"]),
        ("RUN cp a b", &[]),
        ("ONBUILD COPY alembic.ini ./", &[]),
    ] {
        let text = format!("FROM builder AS builder\nFROM a\nWORKDIR /app\n{instruction}\n");
        assert_eq!(copied(&files, &text), expected, "{instruction}");
    }
    // The working directory of a base image isn't known.
    assert_eq!(copied(&files, "FROM a\nCOPY alembic.ini ."), ["!"]);
}

#[test]
fn lines_are_those_of_the_file() {
    let files = Files::new(&["a", "b"]);
    let text = "FROM scratch\n\n# A comment\nCOPY \\\n  a \\\n  /x/\nCOPY b /x/\n";
    let facts = read(text, None, &Context::new(files.0.clone())).unwrap();
    let lines: Vec<usize> = facts.paths.iter().map(|put| put.line).collect();
    assert_eq!(lines, [4, 4, 7, 7]);
}

#[test]
fn what_is_no_dockerfile_says_so() {
    let refusal = |text: &str| match read(text, None, &Context::new(PathBuf::new())) {
        Err(Refusal::Syntax { message, line }) => format!("{line}: {message}"),
        other => panic!("{other:?}"),
    };
    assert_eq!(refusal("FROM a\nCOPPY a b"), "2: unknown instruction 'COPPY'");
    assert_eq!(refusal("FROM a\nUSER"), "2: USER instruction requires exactly one argument");
    assert_eq!(refusal(""), "0: expected at least one FROM instruction");
}

#[test]
fn no_text_makes_it_panic() {
    let all = "FROM a AS b\nARG A=1\nENV B=\"${A\nUSER $\nEXPOSE -\nWORKDIR \\\nCOPY [\"a\", \"\nADD <<E x";
    for end in 0..all.len() {
        let _ = read(&all[..end], None, &Context::new(Path::new("/").to_owned()));
    }
}
