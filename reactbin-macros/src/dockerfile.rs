//! What a Dockerfile says of the image that is built from it: its user, its ports, and what it
//! puts where.
//!
//! Knows nothing of Kubernetes, and of files only what a `COPY` names. What the text doesn't tell
//! is unknown and never guessed: what the base image brings, what `RUN` does, a variable without a
//! default.

use parse_dockerfile::{
    Dockerfile, ExposeInstruction, Instruction, JsonOrStringArray, UnescapedString, parse,
};

pub(crate) use self::context::Context;
use self::copies::place_copies;
use self::paths::join;
use self::variables::Variables;

mod context;
mod copies;
mod paths;
mod variables;

/// What is known of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) user: User,
    pub(crate) ports: Vec<Ports>,
    /// Whether these are all ports that are exposed.
    pub(crate) all_ports: bool,
    pub(crate) paths: Vec<Put>,
    /// Whether these are all paths that aren't the base image's or made by `RUN`.
    pub(crate) all_paths: bool,
}

/// The user that an image runs as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum User {
    Unknown,
    /// There is no `USER`.
    Unsaid,
    Name {
        name: String,
        line: usize,
    },
    Id {
        id: i64,
        line: usize,
    },
}

/// Ports that are exposed, from the first to the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ports {
    pub(crate) first: i64,
    pub(crate) last: i64,
    /// As Kubernetes writes it.
    pub(crate) protocol: String,
}

/// Something that is put at a path of the image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Put {
    /// Absolute, without a `/` at its end.
    pub(crate) path: String,
    pub(crate) kind: Kind,
    /// What of the build context it is; empty for anything else.
    pub(crate) source: String,
    pub(crate) line: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A directory of which only this is known.
    Directory,
    /// A file.
    File,
    /// A file, or a directory with all that may be in it.
    Tree,
    /// What isn't in the build context.
    Missing,
}

/// Why nothing can be said of an image.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The Dockerfile is none.
    Syntax { message: String, line: usize },
    /// It has no stage of the name that is asked for; those that it has.
    NoStage(Vec<String>),
}

/// What the Dockerfile says of the image that its last stage makes, or the stage `target`.
pub(crate) fn read(text: &str, target: Option<&str>, context: &Context) -> Result<Facts, Refusal> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let dockerfile = parse(text)
        .map_err(|error| Refusal::Syntax { message: format!("{error:#}"), line: error.line() })?;
    let names = stage_names(&dockerfile);
    let last = names.len().saturating_sub(1);
    let stage = match target {
        None => last,
        Some(target) => {
            names.iter().position(|name| name.eq_ignore_ascii_case(target)).ok_or_else(|| {
                Refusal::NoStage(names.iter().filter(|n| !n.is_empty()).cloned().collect())
            })?
        }
    };
    let escape =
        dockerfile.parser_directives.escape.as_ref().map_or('\\', |escape| escape.value.value);
    let mut global = Variables::new(escape);
    for arg in dockerfile.global_args() {
        global.declare(&arg.arguments.value, None);
    }
    let reader = Reader { text, dockerfile: &dockerfile, names: &names, global: &global, context };
    Ok(reader.stage(stage).facts)
}

/// The name of each stage; empty where it has none.
fn stage_names(dockerfile: &Dockerfile<'_>) -> Vec<String> {
    let name = |stage: parse_dockerfile::Stage<'_, '_>| {
        stage.from.as_.as_ref().map(|(_, name)| name.value.to_string()).unwrap_or_default()
    };
    dockerfile.stages().map(name).collect()
}

struct Reader<'a, 't> {
    text: &'a str,
    dockerfile: &'a Dockerfile<'t>,
    names: &'a [String],
    /// Arguments in front of the first stage.
    global: &'a Variables,
    context: &'a Context,
}

/// A stage while its instructions are read.
struct Stage {
    facts: Facts,
    variables: Variables,
    /// The working directory; `None` where the base image's isn't known.
    directory: Option<String>,
}

impl Reader<'_, '_> {
    fn line(&self, at: usize) -> usize {
        self.text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
    }

    /// A stage, with all that it has from those of this file that it starts from.
    fn stage(&self, index: usize) -> Stage {
        let Some(stage) = self.dockerfile.stages().nth(index) else { return self.of_base("") };
        let base = self.global.expand(&stage.from.image.value).unwrap_or_default();
        let earlier = self.names[..index]
            .iter()
            .position(|name| !name.is_empty() && name.eq_ignore_ascii_case(&base));
        let mut state = match earlier {
            Some(earlier) => self.stage(earlier),
            None => self.of_base(&base),
        };
        for instruction in stage.instructions {
            self.instruction(instruction, &mut state);
        }
        state
    }

    /// What is known of an image that isn't made here.
    fn of_base(&self, image: &str) -> Stage {
        Stage {
            facts: Facts {
                user: User::Unsaid,
                ports: Vec::new(),
                all_ports: true,
                paths: Vec::new(),
                all_paths: true,
            },
            variables: Variables::new(self.global.escape),
            directory: (image == "scratch").then(|| "/".to_owned()),
        }
    }

    fn instruction(&self, instruction: &Instruction<'_>, stage: &mut Stage) {
        match instruction {
            Instruction::Arg(arg) => {
                stage.variables.declare(&arg.arguments.value, Some(self.global))
            }
            Instruction::Env(env) => stage.variables.set(&env.arguments.value),
            Instruction::User(user) => {
                stage.facts.user = self.user(&user.arguments, &stage.variables);
            }
            Instruction::Workdir(workdir) => {
                let UnescapedString { span, value, .. } = &workdir.arguments;
                let path = stage.variables.expand(value);
                stage.directory = path.and_then(|path| join(stage.directory.as_deref(), &path));
                let line = self.line(span.start);
                match stage.directory.clone() {
                    Some(path) => stage.facts.put(path, Kind::Directory, "", line),
                    None => stage.facts.all_paths = false,
                }
            }
            Instruction::Volume(volume) => {
                let volumes = match &volume.arguments {
                    JsonOrStringArray::Json(list) => list.value.as_slice(),
                    JsonOrStringArray::String(list) => list.as_slice(),
                };
                for volume in volumes {
                    let path = stage.variables.expand(&volume.value);
                    match path.and_then(|path| join(None, &path)) {
                        Some(path) => {
                            stage.facts.put(
                                path,
                                Kind::Directory,
                                "",
                                self.line(volume.span.start),
                            );
                        }
                        None => stage.facts.all_paths = false,
                    }
                }
            }
            Instruction::Expose(expose) => self.expose(expose, stage),
            Instruction::Copy(copy) => {
                let line = self.line(copy.copy.span.start);
                let copy = copies::Copy::new(&copy.options, &copy.src, &copy.dest, line);
                place_copies(self.context, &copy, stage);
            }
            Instruction::Add(add) => {
                let line = self.line(add.add.span.start);
                let copy = copies::Copy::new(&add.options, &add.src, &add.dest, line);
                place_copies(self.context, &copy.unpacking(), stage);
            }
            _ => {}
        }
    }

    fn user(&self, said: &UnescapedString<'_>, variables: &Variables) -> User {
        let Some(text) = variables.expand(&said.value) else { return User::Unknown };
        let line = self.line(said.span.start);
        let name = text.split(':').next().unwrap_or_default();
        match name.parse() {
            Ok(id) => User::Id { id, line },
            Err(_) if name == "root" => User::Id { id: 0, line },
            Err(_) if name.is_empty() => User::Unknown,
            Err(_) => User::Name { name: name.to_owned(), line },
        }
    }

    fn expose(&self, expose: &ExposeInstruction<'_>, stage: &mut Stage) {
        for argument in &expose.arguments {
            let text = stage.variables.expand(&argument.value);
            // A variable can hold several.
            let ports = text
                .as_deref()
                .map(|text| text.split_whitespace().map(read_ports).collect::<Option<Vec<_>>>());
            match ports.flatten() {
                Some(ports) => stage.facts.ports.extend(ports),
                None => stage.facts.all_ports = false,
            }
        }
    }
}

/// `8000`, `8000-8005/udp`.
fn read_ports(text: &str) -> Option<Ports> {
    let (range, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let protocol = protocol.to_ascii_uppercase();
    let known = matches!(protocol.as_str(), "TCP" | "UDP" | "SCTP");
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    known.then_some(Ports { first, last, protocol })
}

impl Facts {
    /// Of an image of which nothing is known.
    pub(crate) fn unknown() -> Facts {
        Facts {
            user: User::Unknown,
            ports: Vec::new(),
            all_ports: false,
            paths: Vec::new(),
            all_paths: false,
        }
    }

    fn put(&mut self, path: String, kind: Kind, source: &str, line: usize) {
        self.paths.push(Put { path, kind, source: source.to_owned(), line });
    }

    /// Whether a path is known to be a directory, or on the way to something.
    fn has_directory(&self, path: &str) -> bool {
        self.paths.iter().any(|put| {
            let itself = put.path == path && matches!(put.kind, Kind::Directory | Kind::Tree);
            itself || paths::is_below(&put.path, path)
        })
    }
}

#[cfg(test)]
mod tests;
